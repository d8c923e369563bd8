"""Words to be read in full: labels and what was written under them, wrapped at words, line ends kept.

passage = Passage()
passage.show(("What happened", account), ("Decision 1", "Allegation, ..."))
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from rich.cells import chop_cells
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from lado_tui.show import masked_text, names_hidden, shown
from lado_tui.widgets.drawn import Drawn, Part, cells

Paragraph = tuple[str, str]
"""A label, "" for none, and the words under it."""

_INDENT = 3


class Passage(Drawn):
    """Labels and words. Everything under a label is somebody's words and is covered while names are hidden."""

    DEFAULT_CSS = "Passage { height: auto; }"

    def __init__(self, *paragraphs: Paragraph) -> None:
        super().__init__()
        self.paragraphs: Sequence[Paragraph] = paragraphs
        self._set_for = 0
        self._lines: list[Part] = []

    def show(self, *paragraphs: Paragraph) -> None:
        """Show these in place of what stood here."""
        if paragraphs != self.paragraphs:
            self.paragraphs, self._set_for = paragraphs, 0
            self.refresh(layout=True)

    @property
    def text(self) -> str:
        """All of it as plain words."""
        return "\n".join(f"{label}\n{words}".strip() for label, words in self.paragraphs)

    def lines(self, width: int) -> int:
        """As many as the words take at that width."""
        if width != self._set_for:
            self._set_for, self._lines = width, list(self._set(width))
        return len(self._lines)

    def draw(self, y: int) -> Iterable[Part]:
        """The wrapped line."""
        if y >= self.lines(self.size.width):
            return
        part = self._lines[y]
        covered = not part.ink and names_hidden()
        yield Part(masked_text(part.words), part.ink) if covered else part

    def _set(self, width: int) -> Iterator[Part]:
        for label, words in self.paragraphs:
            if label:
                yield Part(f" {label}", "label")
            for line in wrapped(words, width - _INDENT - 1):
                yield Part(f"{' ' * _INDENT if label else ' '}{line}")


class Reading(VerticalScroll, can_focus=True):
    """A passage that scrolls with the arrow keys."""

    HELP = "Up, Down, PgUp, PgDn, Home and End move. Esc goes back."

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "page_down", show=False)]

    DEFAULT_CSS = "Reading { height: 1fr; scrollbar-size-vertical: 1; }"


def wrapped(words: str, width: int) -> Iterator[str]:
    """The words in lines of at most a width in cells, cut at spaces; a word too long for a line is cut within."""
    for paragraph in words.split("\n"):
        line = ""
        for word in shown(paragraph).split(" "):
            if line and cells(line) + 1 + cells(word) > width:
                yield line
                line = ""
            *whole, line = chop_cells(f"{line} {word}" if line else word, max(1, width)) or [""]
            yield from whole
        yield line
