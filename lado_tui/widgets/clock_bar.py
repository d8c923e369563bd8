"""The three clocks of a case in words: 1 month, 3 months, 12 months. Nothing ticks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from lado_tui.widgets.drawn import Drawn, Part, cells

if TYPE_CHECKING:
    from db.rules.clocks import Clock

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
        wide = sum(cells(f"{clock.name}: {clock.words}   ") for clock in self.clocks) + 8 <= self.size.width
        for clock in self.clocks:
            words = clock.words if wide else clock.words.replace(" days left", " left")
            yield Part(f"{clock.name}: ", "quiet")
            yield Part(f"{words}   ", _INKS.get(clock.state, ""))
