"""Working days in England and Wales: Monday to Friday, bank holidays left out.

The bank holidays come from the rule (Banking and Financial Dealings Act 1971, Easter by `dateutil`) and a table of the
days that were moved or added by proclamation. They hold from 1996 on; days proclaimed later are added to the table.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter
from dateutil.relativedelta import MO, relativedelta

MOVED: Mapping[date, date] = {
    date(2002, 5, 27): date(2002, 6, 4),  # Golden Jubilee
    date(2012, 5, 28): date(2012, 6, 4),  # Diamond Jubilee
    date(2020, 5, 4): date(2020, 5, 8),  # 75 years since VE Day
    date(2022, 5, 30): date(2022, 6, 2),  # Platinum Jubilee
}
"""Bank holidays that were held on another day that year: when the rule puts them -> when they were held."""

ADDED: Mapping[date, str] = {
    date(1999, 12, 31): "Millennium",
    date(2002, 6, 3): "Golden Jubilee",
    date(2011, 4, 29): "Royal wedding",
    date(2012, 6, 5): "Diamond Jubilee",
    date(2022, 6, 3): "Platinum Jubilee",
    date(2022, 9, 19): "State funeral of Queen Elizabeth II",
    date(2023, 5, 8): "Coronation of King Charles III",
}
"""Bank holidays that were held once."""

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=256)
def bank_holidays(year: int) -> tuple[date, ...]:
    """The bank holidays of a year in England and Wales, in order, each on the weekday on which it is kept."""
    ruled = {MOVED.get(day, day) for day in _by_rule(year)}
    return tuple(sorted(ruled | {day for day in ADDED if day.year == year}))


def is_working_day(day: date) -> bool:
    """Whether the service works on that day."""
    return day.weekday() < _SATURDAY and day not in bank_holidays(day.year)


def next_working_day(day: date) -> date:
    """The first working day after a day."""
    return add_working_days(day, 1)


def add_working_days(day: date, count: int) -> date:
    """The day that many working days later, or earlier for a negative count; the day itself for 0.

    The day counted from is not itself counted, so that one working day from Friday, Saturday or Sunday is Monday.
    """
    step = _ONE_DAY if count >= 0 else -_ONE_DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and with `end`; negative if `end` is the earlier.

    This undoes `add_working_days`: what is due on Friday and looked at on Monday is one working day late.
    """
    if end < start:
        return -working_days_between(end, start)
    return _weekdays_to(end) - _weekdays_to(start) - _holidays_between(start, end)


def _by_rule(year: int) -> Iterator[date]:
    yield _new_year(year)
    yield easter(year) - timedelta(days=2)
    yield easter(year) + _ONE_DAY
    yield date(year, 5, 1) + relativedelta(weekday=MO(1))
    yield date(year, 5, 31) + relativedelta(weekday=MO(-1))
    yield date(year, 8, 31) + relativedelta(weekday=MO(-1))
    yield from _christmas(year)


def _new_year(year: int) -> date:
    first = date(year, 1, 1)
    return first if first.weekday() < _SATURDAY else first + relativedelta(weekday=MO(1))


def _christmas(year: int) -> tuple[date, date]:
    """Christmas Day and Boxing Day; whichever falls on a weekend is kept on the next weekday that is free."""
    christmas, boxing = date(year, 12, 25), date(year, 12, 26)
    two_days = timedelta(days=2)
    return (
        christmas if christmas.weekday() < _SATURDAY else christmas + two_days,
        boxing if boxing.weekday() < _SATURDAY else boxing + two_days,
    )


def _weekdays_to(day: date) -> int:
    """Mondays to Fridays from the beginning of the calendar up to and with a day."""
    weeks, days = divmod(day.toordinal(), 7)
    return weeks * 5 + min(days, 5)


def _holidays_between(start: date, end: date) -> int:
    return sum(
        bisect_right(days, end) - bisect_right(days, start)
        for days in map(bank_holidays, range(start.year, end.year + 1))
    )
