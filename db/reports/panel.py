"""The stats panel: a period beside the same period a year before, in numbers that each open what they count.

The rows are data (`SECTIONS`); what a row counts is its figure's own definition, and no other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache

from db.reports import weekly
from db.reports.caseload import HIGH, Load, Team, ends_of_months, loads, mean_of, month_ends
from db.reports.catalogue import FIGURES
from db.reports.counted import Counted
from db.reports.figure import Figure, Where, only
from db.reports.narrowed import Narrowed
from db.reports.span import Span, period_before
from db.reports.tally import Number, count, tally
from db.reports.weekly import WeekCount
from db.rules.clocks import TIMESCALES
from db.rules.reporting import Period, ReportingYear, per_week, percent, percent_change
from db.work import Work


@dataclass(frozen=True, slots=True)
class Asked:
    """Which number it is: enough to count it again and to list what it counts.

    Attributes:
        figure: the figure's id.
        span: the days it was counted over and the day as at which.
        where: what narrows it: one sector, one officer's cases.
        within: the same in words; "" where nothing does.
    """

    figure: str
    span: Span
    where: Where = ()
    within: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A number as it is shown.

    Attributes:
        value: the number itself; None where there is nothing to say, which is not nought.
        words: the number in words and figures.
        asked: what it counts, where it can be listed.
    """

    value: Number
    words: str
    asked: Asked | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the panel, as defined: its figure, how far it is set in, and what it is a part of.

    Attributes:
        share_of: the figure it is given as a percentage of; "" for a count.
        target: the percentage it should reach.
        most: the number it should not pass.
    """

    figure: str
    indent: int = 0
    label: str = ""
    share_of: str = ""
    target: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """One row of the panel: this period, the one a year before, and how they differ.

    Attributes:
        figure: the figure's id, with ``.percent`` behind it where the row is a share.
        label: what is measured.
        indent: how far it is set in under the row it is part of.
        now, before: the two numbers.
        change: how they differ, "+26%" or "+6 pts"; "-" where that cannot be said.
        target: the target or mark with a word on whether it is met; "-" where none was set.
        met: whether it is met; None where none was set or nothing counted.
        detail: what the percentage was made of.
        counts: the sentence that says what is counted.
    """

    figure: str
    label: str
    indent: int
    now: Shown
    before: Shown
    change: str
    target: str
    met: bool | None
    detail: str
    counts: str


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading."""

    title: str
    rows: tuple[Measured, ...]


@dataclass(frozen=True, slots=True)
class StatsPanel:
    """Everything on the stats page.

    Attributes:
        period: the period looked at, and the one a year before.
        today: the day at the desk.
        span, before: the days counted in each.
        sector: the one sector it is narrowed to; None for all.
        weeks: the chart, oldest first.
        average, average_before: referrals progressed a week, over the reporting year to the day read.
        sections: the measures.
        loads: what each officer holds today; None for those who may not see it.
    """

    period: Period
    period_before: Period
    today: date
    span: Span
    before: Span
    sector: str | None
    weeks: tuple[WeekCount, ...]
    average: Decimal | None
    average_before: Decimal | None
    sections: tuple[Section, ...]
    loads: tuple[Load, ...] | None

    def row(self, figure: str) -> Measured:
        """The row of a figure.

        Raises:
            StopIteration: the panel has none.
        """
        return next(row for section in self.sections for row in section.rows if row.figure == figure)

    def week_asked(self, figure: str, week: WeekCount) -> Asked:
        """What a week of the chart counts: ``referrals.received`` or ``enquiries``."""
        span = Span(week.first, week.last, self.span.as_at, self.span.past)
        return self._narrowed(figure, span)

    def week_asked_before(self, figure: str, week: WeekCount) -> Asked:
        """What the same week counts a year before."""
        days = weekly.days_before(self.period, week)
        as_at = max(self.before.as_at, days.last)
        return self._narrowed(figure, Span(days.first, days.last, as_at, past=True))

    def load_asked(self, load: Load) -> Asked:
        """The open cases that an officer holds today."""
        today = Span(self.today, self.today, self.today, past=False)
        return Asked("caseload.open", today, only(owner=load.officer), load.initials)

    def _narrowed(self, figure: str, span: Span) -> Asked:
        asked = self.row(figure).now.asked
        return replace(asked, span=span) if asked else Asked(figure, span)


_PROGRESSED, _RECEIVED = "referrals.progressed", "referrals.received"
_KPI_1, _KPI_3 = TIMESCALES["kpi_1m"], TIMESCALES["kpi_3m"]

_IN_TIME = "deciding.in_time"
_ONE_MONTH, _STILL_OPEN = "kpi.closed_within_1_month", "kpi.open"

SECTIONS: Mapping[str, tuple[Line, ...]] = {
    "In short": (
        Line("enquiries"),
        Line(_RECEIVED),
        Line(_PROGRESSED),
        Line("referrals.allegation", 1, "allegations (threshold met)"),
        Line(_IN_TIME, share_of=_RECEIVED),
        Line(_ONE_MONTH, share_of=_PROGRESSED, target=_KPI_1.target_percent),
        Line(_STILL_OPEN),
        Line("caseload.mean", most=HIGH),
    ),
    "Enquiries": (Line("enquiries"), Line("enquiries_advised_to_refer", 1, "advised to refer")),
    "Referrals received, by decision": (
        Line(_RECEIVED),
        Line(_PROGRESSED, 1, "progressed"),
        Line("referrals.allegation", 2, "allegations (threshold met)"),
        Line("referrals.consultation", 2, "consultations"),
        Line("referrals.information_only", 2, "information only"),
        Line("referrals.not_threshold", 1, "threshold not met"),
        Line("referrals.transferred_out", 1, "other authority's LADO"),
        Line("referrals.pending", 1, "not decided yet"),
    ),
    "Deciding, of referrals received": (
        Line(_IN_TIME, label="In 1 working day", share_of=_RECEIVED),
        Line(_IN_TIME, 1, "in 1 working day"),
        Line("deciding.late", 1, "later"),
        Line("deciding.overdue", 1, "not decided, past 1 working day"),
        Line("deciding.not_due", 1, "not decided, still in time"),
    ),
    "Closing, of referrals progressed": (
        Line(_ONE_MONTH, share_of=_PROGRESSED, target=_KPI_1.target_percent),
        Line("kpi.closed_within_3_months", share_of=_PROGRESSED, target=_KPI_3.target_percent),
        Line("kpi.closed_within_12_months", share_of=_PROGRESSED),
        Line(_ONE_MONTH, 1, "within 1 month"),
        Line("kpi.closed_1_to_3_months", 1, "in 1 to 3 months"),
        Line("kpi.closed_3_to_12_months", 1, "in 3 to 12 months"),
        Line("kpi.closed_over_12_months", 1, "after 12 months"),
        Line(_STILL_OPEN, 1, "still open"),
    ),
    "Open cases": (Line("caseload.open", label="Open cases, whole service"), Line("caseload.mean", most=HIGH)),
}
"""The panel's rows by heading. Within a heading, rows set in under another add up to it."""


def build_panel(work: Work, period: Period, sector: str | None, *, caseloads: bool) -> StatsPanel:
    """The stats of a period.

    Args:
        work: the officer's turn.
        period: a week, a month or a reporting year.
        sector: only this sector of the workforce; caseloads are the whole service's.
        caseloads: whether what each officer holds may be told.
    """
    spans = Span.of(period, work.today), Span.year_before(period, work.today)
    narrowed = Narrowed(sector, work.vocabulary)
    values = [_values(work, span, narrowed) for span in spans]
    years = _years_of(spans[0], work.today)
    averages = [_average(work, year, narrowed, told, spans) for year, told in zip(years, values, strict=True)]
    team = Team.of(work) if caseloads else None
    if team:
        _add_caseloads(work, team, values, spans, years)
    return StatsPanel(
        period,
        period_before(period),
        work.today,
        *spans,
        sector,
        weekly.series(work, period, spans[0], narrowed),
        averages[0],
        averages[1],
        tuple(_sections(values, spans, narrowed)),
        loads(work, team) if team else None,
    )


def _values(work: Work, span: Span, narrowed: Narrowed) -> dict[str, Number]:
    """What each figure of the panel comes to in a span."""
    columns = ("classification", "band", "deciding")
    cases = tally(work, "received", columns, span, narrowed.within("received"))
    calls = tally(work, "enquiries", ("subject", "result"), span, narrowed.within("enquiries"))
    return {
        **Counted(columns, cases).numbers(_figures("received")),
        **Counted(("subject", "result"), calls).numbers(_figures("enquiries")),
    }


def _years_of(span: Span, today: date) -> tuple[Span, Span]:
    """The reporting year in which a span is read, to that day, and as much of the year before."""
    year = ReportingYear.containing(span.as_at)
    return Span.of(year, today), Span.year_before(year, today)


def _average(
    work: Work, year: Span, narrowed: Narrowed, values: Mapping[str, Number], spans: Sequence[Span]
) -> Decimal | None:
    """Referrals progressed a week, over the reporting year to the day read."""
    if not (spans[0].days and year.days):
        return None
    told = values if year in spans else count(work, [FIGURES[_PROGRESSED]], year, narrowed.within("received"))
    return per_week(int(told[_PROGRESSED] or 0), year.days)


def _add_caseloads(
    work: Work, team: Team, values: Sequence[dict[str, Number]], spans: Sequence[Span], years: Sequence[Span]
) -> None:
    """The year's mean caseload and what was open on the day read, for both years from one reading."""
    ends = [ends_of_months(year) for year in years]
    days = sorted({span.as_at for span in spans}.union(*ends))
    told = {end.on: end for end in month_ends(work, team, days)}
    for found, span, months in zip(values, spans, ends, strict=True):
        found["caseload.mean"] = mean_of(told[day] for day in months)
        found["caseload.open"] = told[span.as_at].open


@cache
def _figures(cohort: str) -> tuple[Figure, ...]:
    figures = (FIGURES[line.figure] for lines in SECTIONS.values() for line in lines)
    return tuple(figure for figure in figures if figure.cohort == cohort)


def _sections(values: Sequence[Mapping[str, Number]], spans: Sequence[Span], narrowed: Narrowed) -> Iterator[Section]:
    for title, lines in SECTIONS.items():
        told = [line for line in lines if line.figure in values[0]]
        if told:
            yield Section(title, tuple(_measured(line, values, spans, narrowed) for line in told))


# Rows --------------------------------------------------------------------------------------------------------------


def _measured(
    line: Line, values: Sequence[Mapping[str, Number]], spans: Sequence[Span], narrowed: Narrowed
) -> Measured:
    figure = FIGURES[line.figure]
    where = narrowed.within(figure.cohort)
    asked = (Asked(line.figure, span, where, narrowed.words if where else "") for span in spans)
    now, before = (_shown(line, told, each) for told, each in zip(values, asked, strict=True))
    target, met = _target(line, now)
    return Measured(
        f"{line.figure}.percent" if line.share_of else line.figure,
        line.label or figure.label,
        line.indent,
        now,
        before,
        _change(line, now, before),
        target,
        met,
        _detail(line, values[0]),
        figure.counts,
    )


def _shown(line: Line, values: Mapping[str, Number], asked: Asked) -> Shown:
    value = values[line.figure]
    if not line.share_of:
        listed = asked if line.figure != "caseload.mean" else None
        return Shown(value, "-" if value is None else f"{value:,}", listed)
    share = percent(int(value or 0), int(values[line.share_of] or 0))
    return Shown(share, "-" if share is None else f"{share}%", asked)


def _detail(line: Line, values: Mapping[str, Number]) -> str:
    return f"{values[line.figure] or 0:,} of {values[line.share_of] or 0:,}" if line.share_of else ""


def _change(line: Line, now: Shown, before: Shown) -> str:
    if now.value is None or before.value is None:
        return "-"
    if line.share_of:
        points = int(now.value - before.value)
        return f"{_signed(points)} pt{'' if abs(points) == 1 else 's'}"
    change = percent_change(int(now.value), int(before.value))
    return "-" if change is None else f"{_signed(int(change))}%"


def _signed(number: int) -> str:
    return f"{number:+d}" if number else "0"


def _target(line: Line, now: Shown) -> tuple[str, bool | None]:
    """The target and whether it is met, in a word; the mark before the word only repeats it."""
    if line.target is not None:
        met = None if now.value is None else now.value >= line.target
        return f"{line.target}%{_SAID[met]}", met
    if line.most is not None:
        met = None if now.value is None else now.value <= line.most
        return f"{line.most}{_SAID_OF_MOST[met]}", met
    return "-", None


_SAID = {None: "", True: "  ^ MET", False: "  v BELOW"}
_SAID_OF_MOST = {None: "", True: "  v WITHIN", False: "  ^ ABOVE"}
