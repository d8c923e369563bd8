"""Heard before? One line under the adult's name while it is typed, and a list once the officer goes there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.events import Blur, Focus

from lado_tui.show import Name
from lado_tui.widgets.drawn import Part, cells
from lado_tui.widgets.known_adults import Known, KnownAdults

if TYPE_CHECKING:
    from db.queries.people import PeopleFound

MAY_MATCH = "a restricted record may match"


class HeardLine(KnownAdults):
    """How many people the name may mean and who the nearest are; once gone to, a line for each."""

    HELP = (
        "Up and Down choose. Enter says that it is the same person, X that it is somebody else: both are kept when "
        "you save, and entries are never merged. F4 opens the history of the one marked, Esc goes back."
    )

    DEFAULT_CSS = "HeardLine { display: block; }"

    def __init__(self) -> None:
        super().__init__()
        self.found: PeopleFound | None = None

    def tell(self, found: PeopleFound | None) -> None:
        """Show who was found; None while no name is typed."""
        if found != self.found:
            self.found = found
            self.show(found.people if found else (), MAY_MATCH if found and found.restricted else "")

    @property
    def how_many(self) -> str:
        """``2 possible``, ``no``; and that a restricted record may match, where one may."""
        if self.found is None:
            return "as the name is typed"
        many = len([one for one in self.found.people if one.adult_id not in self.not_same]) + self.found.more
        words = f"{many} possible" if many else "no"
        return f"{words}, {self.note}" if self.note else words

    def _paint(self) -> None:
        self.refresh(layout=True)

    def lines(self, width: int) -> int:
        """One line; a list while the cursor is in it."""
        return super().lines(width) if self.has_focus else 1

    def _heading(self) -> Iterable[Part]:
        if self.has_focus:
            yield from super()._heading()
            return
        yield Part("   HEARD BEFORE? ", "heading")
        yield Part(self.how_many, "strong" if self.people or self.note else "quiet")
        tail = "  F4" if self.people else ""
        room = self.size.width - 17 - cells(self.how_many) - cells(tail)
        for letter, person in zip("ABC", self.people, strict=False):
            parts = [Part(f"  {letter} "), Part(Name(person.name), "name"), Part(f" {_year(person)}", "quiet")]
            room -= sum(cells(part.words) for part in parts)
            if room < 0:
                break
            yield from parts
        yield Part(tail, "key")

    def on_focus(self, event: Focus) -> None:
        """Open into the list."""
        self.refresh(layout=True)

    def on_blur(self, event: Blur) -> None:
        """One line again."""
        self.refresh(layout=True)


def _year(person: Known) -> str:
    """The year of the newest record about somebody, from its reference; "" where there is none."""
    return f"20{person.latest[1:3]}" if person.latest else ""
