"""The rhythm of the year: working days, school holidays, ends of term, and the hour at which things arrive."""

import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from db.clock import ENGLAND
from db.rules.working_days import bank_holidays, is_working_day
from db.sample.chance import Chance, Urn

TODAY = date(2023, 3, 31)
"""The day on which the practice service's clock stands."""

_FIRST, _LAST = date(2014, 1, 1), date(2024, 3, 31)
_ONE_DAY = timedelta(days=1)


@cache
def _rhythm() -> dict[str, Any]:
    return tomllib.loads(files("db.sample").joinpath("calendar.toml").read_text("utf-8"))


@cache
def _working_days() -> Sequence[date]:
    span = (_LAST - _FIRST).days
    return [day for n in range(span) if is_working_day(day := _FIRST + timedelta(days=n))]


def working_days(first: date, last: date) -> Sequence[date]:
    """The working days from one day to another, both included."""
    days = _working_days()
    return days[bisect_left(days, first) : bisect_right(days, last)]


def working_day_on_or_after(day: date) -> date:
    """The day itself if the service works on it, else the next on which it does."""
    days = _working_days()
    return days[bisect_left(days, day)]


def after(day: date, count: int) -> date:
    """That many working days later, counted from the day itself."""
    days = _working_days()
    return days[bisect_right(days, day) + count - 1] if count > 0 else working_day_on_or_after(day)


def is_month_end(day: date) -> bool:
    """Whether the day is the last of its month."""
    return (day + _ONE_DAY).month != day.month


def month_ends(first: date, last: date) -> list[date]:
    """The last day of each month between two days."""
    return [d for n in range((last - first).days + 1) if is_month_end(d := first + timedelta(days=n))]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How busy each day of a span is, for work that follows the school year and for work that does not."""

    days: Sequence[date]
    school: Urn
    other: Urn

    @classmethod
    def over(cls, first: date, last: date) -> "Rhythm":
        """The rhythm of a span, both days included."""
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return cls(days, Urn([_weight(d, "school") for d in days]), Urn([_weight(d, "other") for d in days]))

    def draw(self, chance: Chance, *, school: bool) -> date:
        """A day on which something is received."""
        return self.days[(self.school if school else self.other).draw(chance)]

    def draw_working(self, chance: Chance, *, school: bool) -> date:
        """A working day on which something is received."""
        while not is_working_day(day := self.draw(chance, school=school)):
            pass
        return day


def _weight(day: date, work: str) -> float:
    rhythm = _rhythm()
    if day in bank_holidays(day.year):
        return float(rhythm["bank_holiday"])
    if day.weekday() > 4:
        return float(rhythm["weekend"])
    weight = float(rhythm["weekdays"][day.weekday()]) * _of_term(day, work)
    return weight * float(rhythm["last_day"]) if day == TODAY else weight


def _of_term(day: date, work: str) -> float:
    rhythm = _rhythm()
    for holiday in rhythm["holidays"]:
        if holiday["from"] <= day <= holiday["to"]:
            return float(rhythm[work][holiday["name"]])
    coming = (h["from"] - day for h in rhythm["holidays"] if h["from"] > day and h["name"] != "half_term")
    near = min(coming, default=timedelta(days=99)).days <= rhythm["last_weeks"]
    return float(rhythm["end_of_term"]) if near else 1.0


def at(day: date, hour: int, minute: int) -> datetime:
    """An instant, from the day and the time on the office wall."""
    return datetime.combine(day, time(hour, minute), ENGLAND).astimezone(UTC)


def in_office_hours(chance: Chance, day: date) -> datetime:
    """An instant of a working day; before ten on the day the clock stands at."""
    if day == TODAY:
        return at(day, chance.choice((8, 9)), chance.randrange(30, 58))
    return at(day, chance.choice((9, 9, 10, 10, 11, 11, 12, 13, 14, 14, 15, 15, 16)), chance.randrange(60))
