"""Referrals and enquiries by ISO week of receipt, beside the same weeks of the year before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from db.reports.catalogue import FIGURES
from db.reports.counted import Tally
from db.reports.narrowed import Narrowed
from db.reports.span import Span
from db.reports.tally import tally
from db.rules.reporting import Period, ReportingYear, Week
from db.vocabulary import Classification
from db.work import Work

_BY_DAY = ("received_on",)

SHOWN = 13
"""Weeks in the chart of a week or a month: a quarter of a year, the newest last."""

KINDS = (
    Classification.ALLEGATION,
    Classification.CONSULTATION,
    Classification.INFORMATION_ONLY,
    Classification.NOT_THRESHOLD,
    Classification.TRANSFERRED_OUT,
    Classification.PENDING,
)
"""What a week's bar is stacked of, in order; "not decided yet" is always seen."""


@dataclass(frozen=True, slots=True)
class WeekCount:
    """One week of the chart.

    Attributes:
        label: ``2022-W40``.
        number: its ISO number, 1 to 53.
        first, last: the days counted: where a year begins or ends within it, those of the year.
        received: referrals received, by classification in the order of ``KINDS``.
        before: referrals received in the same week a year before; None where that year had no such week.
        enquiries: enquiries received.
        enquiries_before: in the same week a year before.
    """

    label: str
    number: int
    first: date
    last: date
    received: tuple[int, ...]
    before: int | None
    enquiries: int
    enquiries_before: int | None

    @property
    def total(self) -> int:
        """Referrals received."""
        return sum(self.received)


@lru_cache(maxsize=64)
def weeks_shown(period: Period) -> tuple[Week, ...]:
    """The weeks of a period's chart: those of a year or, for less than a year, the quarter that ends with it."""
    weeks = Week.within(period)
    if len(weeks) > SHOWN:
        return weeks
    last = weeks[-1]
    return tuple(Week.containing(last.first - timedelta(weeks=back)) for back in reversed(range(SHOWN)))


@lru_cache(maxsize=64)
def _weeks_before(period: Period) -> tuple[Week | None, ...]:
    """The weeks of the same numbers a year before; None for a week 53 that year did not have."""
    found = ((week, week.year_before) for week in weeks_shown(period))
    return tuple(before if before.number == week.number else None for week, before in found)


def series(work: Work, period: Period, span: Span, narrowed: Narrowed) -> tuple[WeekCount, ...]:
    """The chart's weeks that have begun, oldest first.

    Args:
        work: the officer's turn.
        period: what is looked at; a year's chart counts the year's own days, others whole weeks.
        span: the period's days counted, and the day as at which they are read.
        narrowed: the sector looked at.
    """
    now, before = _days_shown(period, span)
    cases, calls = narrowed.within("received"), FIGURES["enquiries"].where + narrowed.within("enquiries")
    kinds = _kinds(tally(work, "received", ("received_on", "classification"), now, cases))
    enquiries = _totals(tally(work, "enquiries", _BY_DAY, now, calls))
    kinds_before = _totals(tally(work, "received", _BY_DAY, before, cases))
    enquiries_before = _totals(tally(work, "enquiries", _BY_DAY, before, calls))
    found = []
    for week, earlier in zip(weeks_shown(period), _weeks_before(period), strict=True):
        days = now.within(week.first, week.last)
        if days.days:
            counts = kinds.get(week.first, {})
            found.append(
                WeekCount(
                    week.label, week.number, days.first, days.last, tuple(counts.get(kind, 0) for kind in KINDS),
                    kinds_before.get(earlier.first, 0) if earlier else None, enquiries.get(week.first, 0),
                    enquiries_before.get(earlier.first, 0) if earlier else None,
                )
            )  # fmt: skip
    return tuple(found)


def days_before(period: Period, week: WeekCount) -> Period:
    """The days that the same week counted a year before; of a year's chart, only those of that year."""
    earlier = Week.containing(week.first).year_before
    if not isinstance(period, ReportingYear):
        return earlier
    year = period.previous
    return Period(earlier.label, max(earlier.first, year.first), min(earlier.last, year.last))


def _days_shown(period: Period, span: Span) -> tuple[Span, Span]:
    """The days the chart may count this year, and the year before: there, each week to its end."""
    if isinstance(period, ReportingYear):
        earlier = period.previous
        return span, Span(earlier.first, earlier.last, span.as_at, past=False)
    first, last = weeks_shown(period)[0], weeks_shown(period)[-1]
    return (
        Span(first.first, min(last.last, span.as_at), span.as_at, span.past),
        Span(first.year_before.first, last.year_before.last, span.as_at, past=False),
    )


def _kinds(counted: Tally) -> Mapping[date, Mapping[str, int]]:
    """Referrals by day and classification, by the Monday of their week."""
    weeks: dict[date, dict[str, int]] = {}
    for (day, kind), number in counted.items():
        monday = _monday(day)
        if monday not in weeks:
            weeks[monday] = {}
        weeks[monday][kind] = weeks[monday].get(kind, 0) + number
    return weeks


def _totals(counted: Tally) -> Mapping[date, int]:
    """Rows by day, by the Monday of their week."""
    weeks: dict[date, int] = {}
    for (day,), number in counted.items():
        monday = _monday(day)
        weeks[monday] = weeks.get(monday, 0) + number
    return weeks


@lru_cache(maxsize=4096)
def _monday(day: str) -> date:
    on = date.fromisoformat(day)
    return on - timedelta(days=on.weekday())
