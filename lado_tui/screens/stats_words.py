"""The stats page in words: its rows, its headings, and the whole of it as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.queries.figures import ProblemFound
from db.reports.caseload import HIGH, Load
from db.reports.panel import Asked, Measured, StatsPanel
from db.reports.weekly import KINDS, WeekCount
from db.rules.reporting import Month, Period, ReportingYear, Week, per_week
from db.vocabulary import Vocabulary
from lado_tui.widgets.bars import Bar, Series
from lado_tui.widgets.drawn import Part
from lado_tui.widgets.passage import Paragraph
from lado_tui.widgets.record_list import Column
from lado_tui.widgets.weekly_chart import Week as ChartWeek

Looked = Week | Month | ReportingYear
"""What the page can look at."""

KINDS_OF_PERIOD: Mapping[str, type[Week] | type[Month] | type[ReportingYear]] = {
    "week": Week,
    "month": Month,
    "year": ReportingYear,
}
"""What W, M and Y look at."""

_MARKS = ("#", "=", "-", ".", ">", "?")
_INKS = ("this_year", "second", "quiet", "quiet", "quiet", "ask")
_WEEK = 7

ENQUIRY_SERIES = (Series("enquiries", "#"),)
"""The chart of enquiries: one kind."""

CASELOADS = "Open cases each officer holds today"


def referral_series(words: Vocabulary) -> tuple[Series, ...]:
    """The chart of referrals: a letter for each classification, in the words of the service."""
    labels = (words.label("classification", kind).lower() for kind in KINDS)
    return tuple(Series(*each) for each in zip(labels, _MARKS, _INKS, strict=True))


@dataclass(frozen=True, slots=True)
class StatsRow:
    """One row of the list: a measure, an officer's caseload, or something missing from the record."""

    key: str
    group: str
    label: str
    now: str
    before: str = "-"
    change: str = "-"
    target: str = "-"
    detail: str = ""
    missed: bool = False
    asked: Asked | None = None
    asked_before: Asked | None = None


def columns(panel: StatsPanel, *, detailed: bool) -> tuple[Column, ...]:
    """The list's columns, headed with the two periods; where there is room, also what a percentage is made of."""
    detail = (Column("", 16, lambda row: row.detail),) if detailed else ()
    return (
        Column("MEASURE", 0, lambda row: row.label),
        Column(panel.period.label, 9, lambda row: Part(row.now, "strong"), right=True),
        *detail,
        Column(panel.period_before.label, 9, lambda row: row.before, right=True),
        Column("CHANGE", 8, lambda row: row.change, right=True),
        Column(" TARGET", 14, lambda row: Part(f" {row.target}", "late" if row.missed else "")),
    )


PROBLEM_COLUMNS = (
    Column("WHAT IS MISSING OR AT ODDS", 0, lambda row: row.label),
    Column("RECORDS", 9, lambda row: Part(row.now, "strong"), right=True),
)


def measure_rows(panel: StatsPanel) -> list[StatsRow]:
    """The panel's measures, and what each officer holds where the officer may see it."""
    rows = [
        _measure_row(f"{section.title} {at}", section.title, row)
        for section in panel.sections
        for at, row in enumerate(section.rows)
    ]
    return [*rows, *(_load_row(panel, load) for load in panel.loads or ())]


def _measure_row(key: str, group: str, row: Measured) -> StatsRow:
    return StatsRow(
        key, group.upper(), f"{'  ' * row.indent}{row.label}", row.now.words, row.before.words, row.change,
        row.target, row.detail, row.met is False, row.now.asked, row.before.asked,
    )  # fmt: skip


def _load_row(panel: StatsPanel, load: Load) -> StatsRow:
    over = load.per_fte is not None and load.per_fte > HIGH
    fte = f", {load.fte} FTE" if load.fte else ""
    per_fte = f"{load.per_fte} per full-time post" if load.per_fte is not None else ""
    return StatsRow(
        f"load.{load.officer}", CASELOADS.upper(), f"{load.initials}{fte}{', away today' if load.away else ''}",
        f"{load.open:,}", target=f"{HIGH}{'  ^ ABOVE' if over else ''}" if load.fte else "-",
        detail=per_fte if load.fte and load.fte != 1 else "", missed=over, asked=panel.load_asked(load),
    )  # fmt: skip


def problem_rows(found: Sequence[ProblemFound]) -> list[StatsRow]:
    """What is missing or at odds, as rows."""
    return [StatsRow(each.figure, "", each.label, f"{each.number:,}", asked=each.asked) for each in found]


def problem_line(found: Sequence[ProblemFound]) -> str:
    """The same in one line; "" where all is well."""
    if not found:
        return ""
    most = max(found, key=lambda each: each.number)
    more = f", and {_several(len(found) - 1, 'other gap')}" if len(found) > 1 else ""
    return f"! X lists gaps. {most.label}: {most.number:,}{more}."


def chart_weeks(panel: StatsPanel, *, enquiries: bool) -> list[ChartWeek]:
    """The weeks of the chart, oldest first."""
    return [
        ChartWeek(
            week_label(week),
            (week.enquiries,) if enquiries else week.received,
            week.enquiries_before if enquiries else week.before,
            week.label,
        )
        for week in panel.weeks
    ]


def week_label(week: WeekCount) -> str:
    """``wk 40``, or ``wk 13 3d`` for the three days of it that its year has."""
    days = (week.last - week.first).days + 1
    return f"wk {week.number:>2}{f' {days}d' if days < _WEEK else ''}"


# Lines -------------------------------------------------------------------------------------------------------------


def head_line(panel: StatsPanel, words: Vocabulary) -> str:
    """The days looked at, as at when, which sector, and beside what."""
    sector = words.label("sector", panel.sector) if panel.sector else "all sectors"
    whole = panel.before.last == panel.period_before.last
    beside = panel.period_before.label if whole else f"{panel.period_before.label} to {day_words(panel.before.last)}"
    return f" {days_words(panel)} | {sector} | beside {beside}"


def days_words(panel: StatsPanel) -> str:
    """The days counted, and the day as at which."""
    span = panel.span
    if not span.days:
        return f"{panel.period.label}: not begun"
    read = f", as at {day_words(span.as_at)}" if span.as_at != span.last else ""
    return f"{day_words(span.first)} to {day_words(span.last)}{read}"


def chart_head(panel: StatsPanel, *, enquiries: bool) -> list[Part]:
    """What the chart shows, and how many a week: referrals progressed over the year, enquiries over the period."""
    title = Part(f" {'ENQUIRIES' if enquiries else 'REFERRALS'} EACH WEEK   ", "heading")
    if enquiries:
        number = panel.row("enquiries").now.value
        each_week = per_week(int(number or 0), panel.span.days) if panel.span.days else None
        return [title] if each_week is None else [title, Part(f"{each_week}", "strong"), Part(" a week in this period")]
    if panel.average is None:
        return [title]
    before = "" if panel.average_before is None else f" (last year {panel.average_before})"
    return [title, Part("the year's average "), Part(f"{panel.average}", "strong"), Part(f" progressed{before}")]


def legend(weeks: Sequence[ChartWeek], series: Sequence[Series]) -> list[Part]:
    """What the letters of the bars stand for: of the kinds there are in view."""
    there = [any(week.counts[at] for week in weeks) for at in range(len(series))]
    shown = [kind for kind, seen in zip(series, there, strict=True) if seen] if len(series) > 1 else []
    return [part for kind in shown for part in (Part(f" {kind.mark}", kind.ink), Part(f" {kind.name} "))]


def day_words(day: date) -> str:
    """A day as staff write it: 31 Mar 2023."""
    return f"{day.day} {day:%b %Y}"


def period_words(period: Period) -> str:
    """A period as a title has it: 2022-23; Week 40, 2022; October 2022."""
    if isinstance(period, Week):
        return f"Week {period.number}, {period.label[:4]}"
    return f"{period.first:%B %Y}" if isinstance(period, Month) else period.label


# In sentences ------------------------------------------------------------------------------------------------------


def in_words(panel: StatsPanel, problems: Sequence[ProblemFound], words: Vocabulary) -> list[Paragraph]:
    """The whole page as sentences, for reading aloud."""
    average = "" if panel.average is None else f" On average {panel.average} progressed a week over the year."
    gaps = " ".join(f"{each.label}: {each.number:,}." for each in problems)
    return [
        (period_words(panel.period), f"{head_line(panel, words).strip()}.{average}"),
        ("Each week", "\n".join(_week_in_words(week, words) for week in panel.weeks)),
        *((section.title, "\n".join(map(_sentence, section.rows))) for section in panel.sections),
        *([(CASELOADS, " ".join(map(_load_in_words, panel.loads)))] if panel.loads else []),
        *([("What is missing or at odds", gaps)] if gaps else []),
        ("What is counted", "\n".join(dict.fromkeys(f"{row.label}: {row.counts}" for row in _rows(panel)))),
    ]


def _rows(panel: StatsPanel) -> Iterator[Measured]:
    for section in panel.sections:
        yield from section.rows


def _week_in_words(week: WeekCount, words: Vocabulary) -> str:
    made_of = ", ".join(
        f"{number} {words.label('classification', kind).lower()}"
        for kind, number in zip(KINDS, week.received, strict=True)
        if number
    )
    referrals = f"{_several(week.total, 'referral')}{f' ({made_of})' if made_of else ''}, {_last_year(week.before)}"
    enquiries = f"{_several(week.enquiries, 'enquiry')}, {_last_year(week.enquiries_before)}"
    return f"Week {week.number}, {day_words(week.first)} to {day_words(week.last)}: {referrals}; {enquiries}."


def _last_year(number: int | None) -> str:
    return "no such week last year" if number is None else f"{number} last year"


def _several(number: int, thing: str) -> str:
    many = f"{thing[:-1]}ies" if thing.endswith("y") else f"{thing}s"
    return f"{number} {thing if number == 1 else many}"


def _sentence(row: Measured) -> str:
    made_of = f" ({row.detail})" if row.detail else ""
    change = "" if row.change == "-" else f", {row.change}"
    target = "" if row.target == "-" else f". Target {_target_in_words(row.target)}"
    return f"{row.label}: {row.now.words}{made_of}, last year {row.before.words}{change}{target}."


def _target_in_words(target: str) -> str:
    """``80%  v BELOW`` as 80%, below: the arrow only repeats the word."""
    return ", ".join(word.lower() for word in target.split() if word not in "^v")


def _load_in_words(load: Load) -> str:
    return f"{load.initials}: {load.open}{', away today' if load.away else ''}."


# Caseloads as bars -------------------------------------------------------------------------------------------------


def load_bars(loads: Sequence[Load]) -> list[Bar]:
    """What each officer holds, as a full-time post would hold it."""
    return [
        Bar(load.initials, load.per_fte, f"{load.fte} FTE{', away' if load.away else ''}")
        for load in loads
        if load.per_fte is not None
    ]
