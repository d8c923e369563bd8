"""The year's mean caseload: open cases at each month's end over posts filled, brought to the published mark."""

from collections.abc import Sequence
from datetime import date, timedelta
from statistics import fmean

from db.sample.calendar import is_month_end, month_ends, working_day_on_or_after
from db.sample.chance import Chance
from db.sample.planned import PlannedCase
from db.sample.shape import Year
from db.sample.team import lado_fte

_MARK = 91.9
_NEAR_ENOUGH = 0.1
_MOST_MOVES = 4000
_A_MONTH = timedelta(days=30)
_BEFORE_END = timedelta(days=2)

LONG = timedelta(days=96)
"""A case closed this long after receipt, or longer, is safely beyond three calendar months."""


def mean_caseload(cases: Sequence[PlannedCase], year: Year) -> float:
    """Open progressed cases per full-time LADO post filled, averaged over the year's twelve month ends."""
    return fmean(
        sum(case.progressed and case.open_on(day) for case in cases) / lado_fte(day)
        for day in month_ends(year.start, year.end)
    )


def bring_to_mark(cases: Sequence[PlannedCase], movable: Sequence[PlannedCase], year: Year, chance: Chance) -> None:
    """Move the closing of some cases a month earlier or later until the mean stands at the mark.

    What was received in the year keeps to its band of three to twelve months.

    Raises:
        ValueError: it cannot be reached.
    """
    mean = mean_caseload(cases, year)
    for _ in range(_MOST_MOVES):
        if abs(mean - _MARK) <= _NEAR_ENOUGH:
            return
        case = chance.choice(movable)
        before = mean_caseload([case], year)
        _move(case, _A_MONTH if mean < _MARK else -_A_MONTH, year)
        mean += mean_caseload([case], year) - before
    raise ValueError(f"mean caseload stays at {mean:.2f}")


def _move(case: PlannedCase, by: timedelta, year: Year) -> None:
    if case.closed is None:
        return
    day = working_day_on_or_after(case.closed + by)
    day = working_day_on_or_after(day + timedelta(days=1)) if is_month_end(day) else day
    if _earliest(case, year) < day < year.end - _BEFORE_END:
        case.closed = day
        case.concluded = day if case.concluded else None


def _earliest(case: PlannedCase, year: Year) -> date:
    return case.received + LONG if case.year == year.name else year.start
