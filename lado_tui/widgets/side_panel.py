"""More about what the cursor is on, at the right of a wide window. Nothing is only here.

Shown from 120 columns on (`Place` gives itself the class `-wide`, styles/base.tcss shows it), hidden below that.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.cells import chop_cells

from lado_tui.show import Name, shown
from lado_tui.widgets.drawn import Drawn, Part, cells


class SidePanel(Drawn):
    """Lines of words, wrapped to the panel's width. Put it beside the list in a `Horizontal`."""

    SCOPED_CSS: ClassVar[bool] = False
    """The rule asks for the window's own class, which lies outside this widget."""

    DEFAULT_CSS = """
    SidePanel { display: none; width: 36; height: 1fr; padding: 0 1; border-left: solid $border-blurred; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Part] = []

    def say(self, *rows: str | Part) -> None:
        """Show these lines, each wrapped at words; "" is an empty line."""
        self._rows = [row if isinstance(row, Part) else Part(row) for row in rows]
        self.refresh()

    def draw(self, y: int) -> Iterable[Part]:
        """The wrapped line."""
        wrapped = [line for row in self._rows for line in _wrapped(row, self.size.width)]
        return [wrapped[y]] if y < len(wrapped) else []


def _wrapped(row: Part, width: int) -> list[Part]:
    """A row cut at words into lines that fit; names are kept in one piece so that they can be covered."""
    if isinstance(row.words, Name) or cells(row.words) <= width:
        return [row]
    indent = " " * (len(row.words) - len(row.words.lstrip()))
    lines: list[str] = []
    line = indent
    for word in shown(row.words).split():
        if cells(line) + cells(word) + 1 > width and line.strip():
            lines.append(line)
            line = indent
        line = f"{line}{' ' if line.strip() else ''}{word}"
        *whole, line = chop_cells(line, max(1, width))
        lines += whole
    kind = type(row.words)
    return [Part(kind(each), row.ink, row.hit) for each in (*lines, line)]
