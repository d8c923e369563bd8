"""People on record who may be the adult being typed, with their records, and which of them the officer says it is.

The list asks nobody: the screen tells it who may be meant (`show`) and hears what the officer decides (`Decided`).
Entries are never merged: "use this entry" puts the new record with a person who is there already.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar, Protocol

from textual.binding import Binding, BindingType
from textual.events import Blur, Click, Focus
from textual.message import Message

from lado_tui.show import Name
from lado_tui.widgets.drawn import Drawn, Part, fit

SHOWN = 3
"""Most people shown."""

_NAME = 22


class Known(Protocol):
    """An adult on record, as a search finds them."""

    @property
    def adult_id(self) -> int:
        """Their number."""

    @property
    def name(self) -> str:
        """As recorded."""

    @property
    def born_on(self) -> date | None:
        """As recorded; None where not known."""

    @property
    def role(self) -> str:
        """What they work as."""

    @property
    def setting(self) -> str:
        """Where they work."""

    @property
    def records(self) -> int:
        """How many cases and enquiries are about them."""

    @property
    def latest(self) -> str:
        """The newest record, and what it was."""


class KnownAdults(Drawn, can_focus=True):
    """Who may be meant: at most three people, a line each; or the one who is, once that is said."""

    HELP = (
        "Up and Down choose. Enter uses that person's entry: the referral goes with their earlier records. "
        "X says that it is somebody else. F4 opens their history, Esc goes back to the name."
    )

    DEFAULT_CSS = """
    KnownAdults { height: auto; display: none; }
    KnownAdults:focus { background: $surface; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("enter", "use", show=False),
        Binding("x,delete", "not_the_same", show=False),
        Binding("escape", "leave", show=False),
        Binding("tab,shift+tab", "leave", show=False),
    ]

    class Decided(Message):
        """The officer said who it is (`person`), or that this is somebody else (`same` is False)."""

        def __init__(self, person: Known, *, same: bool) -> None:
            super().__init__()
            self.person = person
            self.same = same

    class Left(Message):
        """Back to where the name is typed."""

    def __init__(self) -> None:
        super().__init__()
        self.people: Sequence[Known] = ()
        self.used: Known | None = None
        self.not_same: set[int] = set()
        self.note = ""
        self._at = 0

    def show(self, people: Sequence[Known], note: str = "") -> None:
        """Show who may be meant, those left out whom the officer said it is not.

        Args:
            people: the likeliest first.
            note: more in words, as that a restricted record may match.
        """
        left = [person for person in people if person.adult_id not in self.not_same]
        self.people, self.note, self._at = left[:SHOWN], note, 0
        self._paint()

    def use(self, person: Known | None) -> None:
        """Show that this person's entry is used; None goes back to who may be meant."""
        self.used = person
        self._paint()

    def take_over(self, other: KnownAdults) -> None:
        """Stand as another list stood, with all that was said in it."""
        self.people, self.used, self.not_same, self.note = other.people, other.used, other.not_same, other.note
        self._paint()

    def _paint(self) -> None:
        self.display = bool(self.people or self.used or self.note)
        self.refresh(layout=True)

    @property
    def marked(self) -> Known | None:
        """The person under the cursor, or the one whose entry is used."""
        if self.used is not None:
            return self.used
        return self.people[self._at] if self.people else None

    def lines(self, width: int) -> int:
        """A heading and the people; one line once somebody's entry is used."""
        return 1 if self.used else 1 + len(self.people)

    def draw(self, y: int) -> Iterable[Part]:
        """The heading, then one person a line."""
        if self.used is not None:
            yield Part("   ON RECORD  ", "new")
            yield from self._person(self.used, self.size.width - 31)
            yield Part(" X not the same" if self.has_focus else " F4 changes", "quiet")
        elif y == 0:
            yield from self._heading()
        else:
            marked = self.has_focus and y - 1 == self._at
            yield Part(f"  {'>' if marked else ' '}{'ABC'[y - 1]} ", "key", hit=y - 1)
            yield from self._person(self.people[y - 1], self.size.width - 5, "selected" if marked else "")

    def _heading(self) -> Iterable[Part]:
        count = len(self.people)
        yield Part("   HEARD BEFORE? ", "ask")
        if count:
            keys = "Enter use this   X not the same   F4 history" if self.has_focus else "F4 chooses"
            yield Part(f"{count} possible   {keys}")
        yield Part(f"   {self.note}" if self.note else "", "quiet")

    def _person(self, person: Known, room: int, ink: str = "") -> Iterable[Part]:
        born = f"{person.born_on.day} {person.born_on:%b %Y}" if person.born_on else "born ?"
        records = "1 record" if person.records == 1 else f"{person.records} records"
        newest = person.latest.partition(" ")[0]
        where = ", ".join(filter(None, (person.role, person.setting)))
        told = f" {born:<11}  {records + (f', {newest}' if newest else ''):<19}  {where}"
        yield Part(Name(fit(person.name, _NAME)), ink or "name")
        yield Part(fit(told, max(0, room - _NAME)), ink)

    # What the officer says

    def action_step(self, by: int) -> None:
        """Mark the next person, or the one before."""
        if self.people:
            self._at = (self._at + by) % len(self.people)
            self.refresh()

    def action_use(self) -> None:
        """This is the one: use their entry."""
        if self.marked is not None and self.used is None:
            self.post_message(self.Decided(self.marked, same=True))
        else:
            self.action_leave()

    def action_not_the_same(self) -> None:
        """This is somebody else."""
        person = self.marked
        if person is not None:
            self.used = None
            self.not_same.add(person.adult_id)
            self.show(self.people, self.note)
            self.post_message(self.Decided(person, same=False))

    def action_leave(self) -> None:
        """Back to the name."""
        self.post_message(self.Left())

    def on_click(self, event: Click) -> None:
        """A click marks a person."""
        at = self.hit(event)
        if isinstance(at, int) and at < len(self.people):
            self._at = at
            self.refresh()

    def on_focus(self, event: Focus) -> None:
        """Drawn with its cursor."""
        self.refresh()

    def on_blur(self, event: Blur) -> None:
        """Drawn without its cursor."""
        self.refresh()
