"""The three clocks of a case in words: 1 month, 3 months, 12 months. Nothing ticks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from lado_tui.widgets.drawn import Drawn, Part, cells

if TYPE_CHECKING:
    from db.rules.clocks import Clock

_LABEL = cells(" CLOCK  ") - 3
"""Cells before the first clock, less the gap that the last one does not need."""

_INKS = {"past": "late", "missed": "late"}


class ClockBar(Drawn):
    """One line: ` CLOCK  1 month: PAST by 8 days   3 months: 53 days left   12 months: 327 days left`."""

    DEFAULT_CSS = "ClockBar { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self.clocks: Sequence[Clock] = ()

    def show(self, clocks: Sequence[Clock]) -> None:
        """Show these clocks."""
        self.clocks = clocks
        self.refresh()

    def draw(self, y: int) -> Iterable[Part]:
        """Each clock's name and its words."""
        yield Part(" CLOCK  ", "label")
        for clock, words in zip(self.clocks, self._words(), strict=True):
            yield Part(f"{clock.name}: ", "quiet")
            yield Part(f"{words}   ", _INKS.get(clock.state, ""))

    def _words(self) -> Sequence[str]:
        """As much of each clock's words as the line has room for: days are what is counted unless another is said."""
        told = [clock.words for clock in self.clocks]
        for shorter in (" days left", " days"):
            if self._wide(told) > self.size.width:
                told = [words.replace(shorter, shorter.replace(" days", "")) for words in told]
        return told

    def _wide(self, told: Sequence[str]) -> int:
        return _LABEL + sum(cells(f"{clock.name}: {words}   ") for clock, words in zip(self.clocks, told, strict=True))
