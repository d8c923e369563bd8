"""Stats: each week against last year, the measures with their targets, and the cases behind every number."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Resize

from db.queries.figures import ProblemFound, problems_found, stats_panel
from db.reports.caseload import HIGH
from db.reports.panel import Asked, StatsPanel
from db.reports.weekly import WeekCount
from db.rules.reporting import ReportingYear
from db.vocabulary import Sector
from lado_tui.screens import stats_words as words
from lado_tui.screens.place import Place
from lado_tui.widgets.bars import Bars
from lado_tui.widgets.drawn import Words
from lado_tui.widgets.record_list import FewRows, RecordList
from lado_tui.widgets.rule import Rule
from lado_tui.widgets.weekly_chart import WeeklyChart

WIDE_FROM, WIDER_FROM = 120, 150
"""Columns from which a percentage also shows what it is made of: more where caseloads stand beside the measures."""

_SECTORS: tuple[str | None, ...] = (None, *(sector.value for sector in Sector))


class StatsScreen(Place[None]):
    """The service's figures for a week, a month or a reporting year. No names of adults or children stand here."""

    NAME = "stats"
    CSS_PATH = "../styles/stats.tcss"
    HELP = (
        "A period beside the same period last year. Left and Right go back and forward, W, M and Y change what is "
        "looked at, S the sector, E between referrals and enquiries. Enter lists the cases that a number counts, L "
        "those of last year's. D says the page in sentences. Tab goes from the chart to the measures and back."
    )

    def __init__(self, period: words.Looked | None = None, sector: str | None = None) -> None:
        """Open the figures.

        Args:
            period: what to look at first; the reporting year under way where it is not given.
            sector: only this sector.
        """
        super().__init__()
        self.period = period
        self.sector = sector
        self.enquiries = False
        self.panel: StatsPanel | None = None
        self.problems: Sequence[ProblemFound] = ()
        self.problems_shown = False

    def body(self) -> ComposeResult:
        """The days, the chart with its letters, the measures."""
        self.head, self.chart_head, self.legend = Words(""), Words(""), Words("")
        self.chart = WeeklyChart(words.referral_series(self.desk.vocabulary))
        self.table = RecordList(
            words.PROBLEM_COLUMNS, empty="Nothing is missing.", group_of=lambda row: row.group, numbered=False
        )
        self.bars = Bars(f"CASES PER FULL-TIME POST, MARK AT {HIGH}", limit=HIGH)
        self.bars.add_class("side")
        yield self.head
        yield self.chart_head
        yield self.legend
        yield self.chart
        yield Rule()
        with Horizontal():
            yield self.table
            yield self.bars

    # Asking

    def on_place_shown(self) -> None:
        """Count afresh whenever the officer comes here."""
        if self.panel is None:
            self.table.focus()
        self.look_at(self.period or ReportingYear.containing(self.desk.today), keep=self.panel is not None)

    def look_at(self, period: words.Looked, *, keep: bool = True) -> None:
        """Count a period and show it; ``keep`` leaves the cursor on its measure."""
        self.period = period
        self.start(self.load(period, keep=keep), group="stats", alone=True)

    async def load(self, period: words.Looked, *, keep: bool) -> None:
        """The panel first; what is missing from the record comes after it."""
        panel = await self.desk.ask(stats_panel, period, self.sector)
        self.panel, self.problems = panel, ()
        self.show(panel, keep=keep)
        found = await self.desk.ask(problems_found, period, self.sector)
        self.problems = found
        self.say(words.problem_line(self.problems), urgent=bool(self.problems))
        if self.problems_shown:
            self.show_rows(panel, keep=keep)

    # Showing

    def show(self, panel: StatsPanel, *, keep: bool) -> None:
        """Everything of a panel; ``keep`` leaves the cursors where they are."""
        self.set_where(f"Stats | {words.period_words(panel.period)} | no names")
        self.head.say(words.head_line(panel, self.desk.vocabulary))
        self.bars.show(words.load_bars(panel.loads or ()))
        self.bars.set_class(not panel.loads, "-empty")
        self.show_chart(panel, keep=keep)
        self.show_rows(panel, keep=keep)

    def show_chart(self, panel: StatsPanel, *, keep: bool = True) -> None:
        """Referrals or enquiries by week."""
        self.chart.series = words.ENQUIRY_SERIES if self.enquiries else words.referral_series(self.desk.vocabulary)
        self.chart_head.say(words.chart_head(panel, enquiries=self.enquiries))
        weeks = words.chart_weeks(panel, enquiries=self.enquiries)
        self.legend.say(words.legend(weeks, self.chart.series))
        self.chart.show(weeks, keep=keep)

    def show_rows(self, panel: StatsPanel, *, keep: bool) -> None:
        """The measures, or what is missing."""
        measures = words.columns(panel, detailed=self.app.size.width >= (WIDER_FROM if panel.loads else WIDE_FROM))
        self.table.columns = words.PROBLEM_COLUMNS if self.problems_shown else measures
        rows = words.problem_rows(self.problems) if self.problems_shown else words.measure_rows(panel)
        self.table.show(FewRows(rows), keep=keep)

    def on_resize(self, event: Resize) -> None:
        """A wider window says more of each measure."""
        if self.panel is not None:
            self.show_rows(self.panel, keep=True)

    # What to look at

    def do_look_at(self, kind: str) -> None:
        """A week, a month or a year: the one that holds the last day in view."""
        if self.panel is not None:
            self.look_at(words.KINDS_OF_PERIOD[kind].containing(self.panel.span.last))

    def do_change_period(self, way: str) -> None:
        """The period before or after; there is nothing after the one under way."""
        period = self.period
        if period is None:
            return
        if way == "before":
            self.look_at(period.previous)
        elif period.following.first > self.desk.today:
            self.app.say(f"{words.period_words(period)} is the newest. Nothing has been received after it.")
        else:
            self.look_at(period.following)

    def do_change_sector(self) -> None:
        """The next sector, and after the last all of them."""
        self.sector = _SECTORS[(_SECTORS.index(self.sector) + 1) % len(_SECTORS)]
        if self.period is not None:
            self.look_at(self.period)

    def do_referrals_or_enquiries(self) -> None:
        """The chart of the other."""
        self.enquiries = not self.enquiries
        if self.panel is not None:
            self.show_chart(self.panel)

    def do_problems(self) -> None:
        """What is missing from the record, and back to the measures."""
        self.problems_shown = not self.problems_shown
        if self.panel is not None:
            self.show_rows(self.panel, keep=False)
            self.table.focus()

    def do_in_words(self) -> None:
        """The page in sentences."""
        if self.panel is not None:
            paragraphs = words.in_words(self.panel, self.problems, self.desk.vocabulary)
            self.app.open_place("reading", title="Stats in words", paragraphs=paragraphs)

    # What a number counts

    @on(RecordList.Opened)
    def open_number(self, event: RecordList.Opened) -> None:
        """List what this period's number counts."""
        self.open_list(event.row.asked)

    @on(WeeklyChart.Opened)
    def open_week(self, event: WeeklyChart.Opened) -> None:
        """List what a week counts."""
        self.open_list(self.week_asked(event.week.hit, before=False))

    def do_list_last_year(self) -> None:
        """List what last year's number counts, in the row or the week under the cursor."""
        if self.chart.has_focus and self.chart.week is not None:
            self.open_list(self.week_asked(self.chart.week.hit, before=True))
        elif self.table.row is not None:
            self.open_list(self.table.row.asked_before)

    def week_asked(self, label: str, *, before: bool) -> Asked | None:
        """What a week of the chart counts, this year or the year before."""
        week = self.week(label)
        if self.panel is None or week is None:
            return None
        figure = "enquiries" if self.enquiries else "referrals.received"
        return self.panel.week_asked_before(figure, week) if before else self.panel.week_asked(figure, week)

    def week(self, label: str) -> WeekCount | None:
        """A week of the chart by its label."""
        return next((week for week in self.panel.weeks if week.label == label), None) if self.panel else None

    def open_list(self, asked: Asked | None) -> None:
        """Go to the list of what is counted."""
        if asked is None:
            self.app.say("This number is worked out from others. There is no list of cases behind it.")
        else:
            self.app.open_place("counted", asked=asked)
