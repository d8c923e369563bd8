"""Referrals and enquiries by ISO week of receipt, beside the same weeks of the year before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from db.reports.counted import Tally
from db.reports.span import Span
from db.rules.reporting import Period, Week
from db.vocabulary import Classification

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


def weeks_shown(period: Period) -> tuple[Week, ...]:
    """The weeks of a period's chart: those of a year or, for less than a year, the quarter that ends with it."""
    weeks = Week.within(period)
    if len(weeks) > SHOWN:
        return weeks
    last = weeks[-1]
    return tuple(Week.containing(last.first - timedelta(weeks=back)) for back in reversed(range(SHOWN)))


def series(
    period: Period, span: Span, referrals: tuple[Tally, Tally], enquiries: tuple[Tally, Tally]
) -> tuple[WeekCount, ...]:
    """The chart's weeks that have begun, oldest first.

    Args:
        period: what is looked at.
        span: the days that may be counted: the year's own for a year, else all until the day read.
        referrals: referrals by day and classification, this year and the year before.
        enquiries: enquiries by day, this year and the year before.
    """
    (now, then), (calls, calls_then) = map(_by_week, referrals), map(_by_week, enquiries)
    found = []
    for week in weeks_shown(period):
        shown, before = span.within(week.first, week.last), _same_week(week)
        kinds = now.get(week.first, {})
        if shown.days:
            found.append(
                WeekCount(
                    week.label, week.number, shown.first, shown.last, tuple(kinds.get(kind, 0) for kind in KINDS),
                    _total(then, before), sum(calls.get(week.first, {}).values()), _total(calls_then, before),
                )
            )  # fmt: skip
    return tuple(found)


def _same_week(week: Week) -> date | None:
    """The Monday of the week of the same number a year before; None for a week 53 that year did not have."""
    before = week.year_before
    return before.first if before.number == week.number else None


def _total(weeks: Mapping[date, Mapping[object, int]], monday: date | None) -> int | None:
    return None if monday is None else sum(weeks.get(monday, {}).values())


def _by_week(counted: Tally) -> Mapping[date, Mapping[object, int]]:
    """A tally whose keys are the day received and a kind, by the Monday of its week."""
    weeks: dict[date, dict[object, int]] = {}
    for (day, kind), number in counted.items():
        monday = monday_of(day)
        if monday not in weeks:
            weeks[monday] = {}
        weeks[monday][kind] = weeks[monday].get(kind, 0) + number
    return weeks


@lru_cache(maxsize=4096)
def monday_of(day: str) -> date:
    """The Monday of the week of a day given as ISO text."""
    on = date.fromisoformat(day)
    return on - timedelta(days=on.weekday())
