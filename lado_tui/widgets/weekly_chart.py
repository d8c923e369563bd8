"""Weeks against the same weeks last year: a line each, bars made of letters, numbers beside them.

chart = WeeklyChart((Series("allegations", "#"), Series("consultations", "="), Series("not decided yet", "?", "ask")))
chart.show([Week("wk 49", (11, 6, 2), last_year=22, hit="2022-W49"), ...])
chart.in_words()                       # the same in sentences (key D)
@on(WeeklyChart.Opened)                # Enter or a click on a week: list what it counts
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Blur, Click, Focus
from textual.message import Message

from lado_tui.widgets.bars import Series, bar_parts
from lado_tui.widgets.drawn import Drawn, Part, cells, fit

LAST_YEAR = Series("last year", "o", "last_year")


@dataclass(frozen=True, slots=True)
class Week:
    """One week: its name, how many of each kind this year, how many in all last year, and what Enter opens.

    `last_year` is None where there is no such week or no figure, which is drawn as "-" and is not nought.
    """

    label: str
    counts: tuple[int, ...]
    last_year: int | None = None
    hit: str = ""


class WeeklyChart(Drawn, can_focus=True):
    """The chart. Shows as many weeks as fit, the newest last, and moves with the keys of a list."""

    HELP = "Each line is a week, this year and last. Up and Down move, Enter lists what it counts, D says it in words."

    DEFAULT_CSS = "WeeklyChart { height: 1fr; }"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "move(-1000000)", show=False),
        Binding("end", "move(1000000)", show=False),
        Binding("enter", "open", show=False),
    ]

    class Opened(Message):
        """The officer wants to see what a week counts."""

        def __init__(self, week: Week) -> None:
            super().__init__()
            self.week = week

    def __init__(self, series: Sequence[Series]) -> None:
        """Make the chart.

        Args:
            series: the kinds stacked in this year's bar, in order.
        """
        super().__init__()
        self.series = series
        self.weeks: Sequence[Week] = ()
        self._cursor = 0

    def show(self, weeks: Sequence[Week], *, keep: bool = False) -> None:
        """Show these weeks, the cursor on the newest, or (`keep`) on the week of the same name as before."""
        on = self.week.hit if keep and self.week else None
        self.weeks = weeks
        self._cursor = next((at for at, week in enumerate(weeks) if week.hit == on), max(0, len(weeks) - 1))
        self.refresh()

    @property
    def week(self) -> Week | None:
        """The week under the cursor; None where there is none."""
        return self.weeks[self._cursor] if self.weeks else None

    def in_words(self) -> str:
        """Every week as a sentence, newest last."""
        return "\n".join(self._sentence(week) for week in self.weeks)

    def _sentence(self, week: Week) -> str:
        kinds = ", ".join(f"{n} {kind.name}" for n, kind in zip(week.counts, self.series, strict=True) if n)
        last = "no figure for last year" if week.last_year is None else f"{week.last_year} last year"
        return f"{week.label}: {sum(week.counts)} this year{f' ({kinds})' if kinds else ''}, {last}."

    def legend(self) -> list[Part]:
        """What the letters stand for, as parts of a line."""
        return [
            part for kind in (*self.series, LAST_YEAR) for part in (Part(kind.mark, kind.ink), Part(f" {kind.name}  "))
        ]

    # Drawing

    def _first(self) -> int:
        room = max(1, self.size.height)
        return max(0, min(self._cursor - room // 2, len(self.weeks) - room))

    def draw(self, y: int) -> Iterable[Part]:
        """Week, this year's bar and number, last year's bar and number."""
        at = self._first() + y
        if at >= len(self.weeks):
            return
        week, here = self.weeks[at], at == self._cursor and self.has_focus
        label = max(cells(each.label) for each in self.weeks)
        room = max(5, (self.size.width - label - 26) // 2)
        most = max((max(sum(each.counts), each.last_year or 0) for each in self.weeks), default=0)
        yield Part(f"{'>' if here else ' '}{fit(week.label, label)} ", "selected" if here else "", hit=at)
        yield Part("this ", "quiet")
        yield from bar_parts(week.counts, self.series, most, room)
        yield Part(f"{sum(week.counts):>5,}", "strong", hit=at)
        yield Part("   last ", "quiet")
        yield from bar_parts((week.last_year or 0,), (LAST_YEAR,), most, room)
        yield Part("    -" if week.last_year is None else f"{week.last_year:>5,}")

    # Moving

    def action_move(self, by: int) -> None:
        """To another week."""
        self._cursor = max(0, min(self._cursor + by, len(self.weeks) - 1))
        self.refresh()

    def action_page(self, by: int) -> None:
        """A screenful of weeks."""
        self.action_move(by * max(1, self.size.height - 1))

    def action_open(self) -> None:
        """Open the week under the cursor."""
        if self.weeks:
            self.post_message(self.Opened(self.weeks[self._cursor]))

    def on_click(self, event: Click) -> None:
        """A click opens that week."""
        at = self.hit(event)
        if isinstance(at, int):
            self._cursor = at
            self.action_open()

    def on_focus(self, event: Focus) -> None:
        """Drawn with its cursor."""
        self.refresh()

    def on_blur(self, event: Blur) -> None:
        """Drawn without it."""
        self.refresh()
