"""The page before something is kept: every answer on a numbered line, with what is still to be done under it.

Pressing a number goes to that answer to change it; so does Enter on the line under the cursor.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.events import Click, Key
from textual.message import Message

from lado_tui.show import masked_text, names_hidden
from lado_tui.widgets.drawn import Drawn, Part, fit
from lado_tui.widgets.passage import wrapped

_LABEL = 20


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One answer as it will be kept.

    Attributes:
        field: the field it is answered in.
        label: what it is.
        words: the answer in words.
        below: lines under it, such as what a finding means.
        todo: what is still to be done; it becomes an action.
        own_words: whether somebody wrote the words, which are covered while names are hidden.
    """

    field: str
    label: str
    words: str
    below: tuple[str, ...] = ()
    todo: tuple[str, ...] = ()
    own_words: bool = False


class _Lines(Drawn):
    DEFAULT_CSS = "_Lines { height: auto; }"

    def __init__(self) -> None:
        super().__init__()
        self.checked: Sequence[CheckLine] = ()
        self.at = -1
        self._drawn: list[tuple[int, list[Part]]] = []
        self._drawn_for = 0

    def show(self, lines: Sequence[CheckLine]) -> None:
        self.checked, self._drawn_for = lines, 0
        self.refresh(layout=True)

    def lines(self, width: int) -> int:
        if width != self._drawn_for:
            self._drawn_for = width
            self._drawn = [(at, row) for at, line in enumerate(self.checked) for row in _rows(at, line, width)]
        return len(self._drawn)

    def top_of(self, at: int) -> int:
        return next((y for y, (line, _) in enumerate(self._drawn) if line == at), 0)

    def draw(self, y: int) -> Iterable[Part]:
        self.lines(self.size.width)
        if y >= len(self._drawn):
            return
        at, row = self._drawn[y]
        marked = at == self.at and self.top_of(at) == y
        yield Part(">" if marked else " ", "key")
        for part in row:
            cover = part.hit == _OWN_WORDS and names_hidden()
            yield Part(masked_text(part.words) if cover else part.words, part.ink, at)


_OWN_WORDS = "own words"


def _rows(at: int, line: CheckLine, width: int) -> Iterable[list[Part]]:
    first, *rest = list(wrapped(line.words, width - _LABEL - 5)) or [""]
    own = _OWN_WORDS if line.own_words else None
    yield [Part(f"{at + 1:>2} ", "quiet"), Part(fit(line.label, _LABEL), "label"), Part(first, "strong", own)]
    indent = " " * (_LABEL + 3)
    for more in rest:
        yield [Part(indent), Part(more, "strong", own)]
    for words in line.below:
        yield from ([Part("     "), Part(part)] for part in wrapped(words, width - 7))
    for words in line.todo:
        yield from ([Part("   ! ", "late"), Part(part, "late")] for part in wrapped(words, width - 7))


class CheckPage(VerticalScroll, can_focus=True):
    """Every answer on a numbered line. Takes the focus, so that a digit is a command here and not text."""

    HELP = "Press the number of a line to change it. Up and Down choose a line, Enter changes it."

    DEFAULT_CSS = "CheckPage { height: 1fr; scrollbar-size-vertical: 1; }"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("enter", "change", show=False),
    ]

    class Change(Message):
        """The officer wants to change the answer in this field."""

        def __init__(self, field: str) -> None:
            super().__init__()
            self.field = field

    def __init__(self) -> None:
        super().__init__()
        self._lines = _Lines()
        self._typed = ""

    def compose(self) -> Iterable[Drawn]:
        """The lines."""
        yield self._lines

    def show(self, lines: Sequence[CheckLine]) -> None:
        """Show these."""
        self._lines.show(lines)
        self._typed = ""
        self.scroll_home(animate=False)

    @property
    def checked(self) -> Sequence[CheckLine]:
        """The lines shown."""
        return self._lines.checked

    def on_key(self, event: Key) -> None:
        """Digits name a line; as soon as only one can be meant, it is gone to."""
        if event.character and event.character.isdigit():
            event.stop()
            self._typed += event.character
            meant = [at for at in range(len(self.checked)) if str(at + 1).startswith(self._typed)]
            if len(meant) == 1:
                self._go(meant[0])
            elif not meant:
                self._typed = ""

    def _go(self, at: int) -> None:
        self._typed = ""
        self.post_message(self.Change(self.checked[at].field))

    def action_step(self, by: int) -> None:
        """Mark another line."""
        lines = self._lines
        lines.at = max(0, min(lines.at + by, len(self.checked) - 1))
        lines.refresh()
        top = lines.top_of(lines.at)
        if not self.scroll_y <= top < self.scroll_y + self.size.height - 1:
            self.scroll_to(y=max(0, top - self.size.height // 2), animate=False)

    def action_change(self) -> None:
        """Go to the line whose number was typed, or that is marked."""
        if self._typed:
            self._go(int(self._typed) - 1)
        elif 0 <= self._lines.at < len(self.checked):
            self._go(self._lines.at)

    def on_click(self, event: Click) -> None:
        """A click on a line changes it."""
        at = self._lines.hit(event)
        if isinstance(at, int):
            self._go(at)
