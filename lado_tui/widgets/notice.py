"""Sentences with a label before the first line, wrapped to the window: an answer, a warning, what a word means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lado_tui.widgets.drawn import Drawn, Part, cells
from lado_tui.widgets.passage import wrapped


class Told(NamedTuple):
    """A label, the sentences after it, and the ink they are drawn in. Never a person's words or name."""

    label: str
    words: str
    ink: str = ""


class Notice(Drawn):
    """A few such sentences below each other; lines after the first hang under the words."""

    DEFAULT_CSS = "Notice { height: auto; }"

    def __init__(self, *told: Told, most: int = 6) -> None:
        """Make one.

        Args:
            told: what to say at first.
            most: most lines it may take.
        """
        super().__init__()
        self.told: Sequence[Told] = told
        self.most = most

    def say(self, *told: Told) -> None:
        """Say these in place of what stood here."""
        if tuple(told) != tuple(self.told):
            self.told = told
            self.refresh(layout=True)

    def lines(self, width: int) -> int:
        """As many as the words take at a width."""
        return min(self.most, len(self._set(width)))

    def draw(self, y: int) -> Iterable[Part]:
        """Label and words, or words alone under them."""
        found = self._set(self.size.width)
        return found[y] if y < len(found) else ()

    def _set(self, width: int) -> list[list[Part]]:
        rows: list[list[Part]] = []
        for label, words, ink in self.told:
            head = f" {label}  " if label else " "
            for place, line in enumerate(wrapped(words, max(8, width - cells(head) - 1))):
                rows.append([Part(" " * cells(head)) if place else Part(head, "label"), Part(line, ink)])
        return rows
