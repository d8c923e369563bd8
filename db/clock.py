"""The time at the desk. Instants are UTC; what an officer reads is the time in England."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ENGLAND = ZoneInfo("Europe/London")

Clock = Callable[[], datetime]
"""Gives the present instant, aware and in UTC."""

PRACTICE_NOW = datetime(2023, 3, 31, 9, 0, tzinfo=UTC)
"""The practice service's clock stands at Friday 31 March 2023, 10:00 in England."""


def system_clock() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


def practice_clock() -> datetime:
    """The practice service's clock, which stands still."""
    return PRACTICE_NOW


def local(instant: datetime) -> datetime:
    """An instant as the clock on the office wall shows it."""
    return instant.astimezone(ENGLAND)


def day_of(instant: datetime) -> date:
    """The day in England on which an instant falls."""
    return local(instant).date()


def week_number(day: date) -> int:
    """The ISO week of a day as one number, 202240 for week 40 of 2022, as kept beside received dates."""
    year, week, _ = day.isocalendar()
    return year * 100 + week
