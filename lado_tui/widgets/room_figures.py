"""The room at a glance, below the home list of a wide window: the week, the open cases, what is late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from lado_tui.widgets.bars import Series, bar_parts
from lado_tui.widgets.drawn import Drawn, Part, fit

ROWS = 5
_LEFT, _RIGHT = 46, 30
_SERIES = (Series("open cases", "#"),)


class WeekLine(NamedTuple):
    """What came this week, and in the same days of the same week last year."""

    label: str
    this_year: int
    last_year: int


class LoadLine(NamedTuple):
    """How many open cases an officer holds, and how many would be too many for the post."""

    initials: str
    cases: int
    mark: int
    note: str = ""


class RoomFigures(Drawn):
    """Three blocks side by side, each with its heading. Every bar has its number."""

    SCOPED_CSS: ClassVar[bool] = False
    """The rule asks for the window's own class, which lies outside this widget."""

    DEFAULT_CSS = """
    RoomFigures { display: none; height: 7; }
    .-wide RoomFigures { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.week: Sequence[WeekLine] = ()
        self.loads: Sequence[LoadLine] = ()
        self.clocks: Sequence[tuple[str, str]] = ()
        self.whose = ""

    def say(
        self,
        week: Sequence[WeekLine],
        loads: Sequence[LoadLine],
        clocks: Sequence[tuple[str, str]],
        *,
        whose: str,
    ) -> None:
        """Show these figures.

        Args:
            week: the week so far.
            loads: open cases of each officer, or of this one alone.
            clocks: a label and a count for each.
            whose: whose work the clocks run on.
        """
        self.week, self.loads, self.clocks, self.whose = week, loads, clocks, whose
        self.refresh()

    def draw(self, y: int) -> Iterable[Part]:
        """A rule, the headings, then a line of each block."""
        if y == 0:
            yield Part("─" * self.size.width, "rule")
            return
        middle = self.size.width - _LEFT - _RIGHT
        if y == 1:
            heads = (("THIS WEEK (Mon to now)  this year  last year", _LEFT), ("| OPEN CASES", middle))
            for words, width in heads:
                yield Part(fit(f" {words}", width), "heading")
            yield Part(f"| CLOCKS, {self.whose}" if self.whose else "| CLOCKS", "heading")
            return
        yield from self._week(y - 2)
        yield from self._load(y - 2, middle)
        yield from self._clock(y - 2)

    def _week(self, at: int) -> Iterable[Part]:
        if at < len(self.week):
            line = self.week[at]
            yield Part(f" {fit(line.label, 24)}{line.this_year:>8,} {line.last_year:>10,}  ")
        else:
            yield Part(" " * _LEFT)

    def _load(self, at: int, width: int) -> Iterable[Part]:
        yield Part(" | ", "rule")
        if at >= len(self.loads):
            yield Part(" " * (width - 3))
            return
        load, room = self.loads[at], width - 27
        most = max(*(max(each.cases, each.mark) for each in self.loads), 1)
        over = load.cases >= load.mark
        yield Part(f"{fit(load.initials, 4)} ", "label")
        yield from bar_parts([load.cases], _SERIES, most, room)
        note = f"over {load.mark}" if over else f"mark {load.mark}"
        yield Part(f" {load.cases:>5,} ", "late" if over else "")
        yield Part(fit(load.note or note, 12), "quiet")

    def _clock(self, at: int) -> Iterable[Part]:
        yield Part("| ", "rule")
        if at < len(self.clocks):
            label, count = self.clocks[at]
            yield Part(f"{fit(label, 20)}{count:>7}")
