"""Periods that figures are given for, and the arithmetic that every figure shares.

A reporting year runs from 1 April to 31 March. Weeks are ISO weeks, Monday to Sunday. Rates and percentages are
computed, never typed, and rounded half up, away from nought.
"""

import re
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

_ONE_DAY = timedelta(days=1)
_APRIL = 4
_YEAR = "((?:19|20|21)[0-9]{2})"


class UnclearPeriod(ValueError):
    """What was typed is no period that figures are given for.

    Attributes:
        sentence: what to tell the person who asked.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Period:
    """A run of days that figures are given for.

    Attributes:
        label: the period as it is typed and shown.
        first, last: its first and last day, both within it.
    """

    label: str
    first: date
    last: date

    @property
    def days(self) -> int:
        """Calendar days in the period."""
        return (self.last - self.first).days + 1

    def days_to(self, as_at: date) -> int:
        """Calendar days of the period that have begun by a day: none before it, all of them after."""
        return max(0, min((as_at - self.first).days + 1, self.days))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


class _Named(Period, ABC):
    """A period that is one of a row of its kind, with others before and after."""

    @classmethod
    @abstractmethod
    def containing(cls, day: date) -> Self:
        """The one in which a day falls."""

    @property
    def previous(self) -> Self:
        """The one before."""
        return self.containing(self.first - _ONE_DAY)

    @property
    def following(self) -> Self:
        """The one after."""
        return self.containing(self.last + _ONE_DAY)

    @classmethod
    def within(cls, period: Period) -> tuple[Self, ...]:
        """Every one that has a day in a longer period, in order; the outermost may reach beyond it."""
        found = [cls.containing(period.first)]
        while found[-1].last < period.last:
            found.append(found[-1].following)
        return tuple(found)


class ReportingYear(_Named):
    """A year of the annual report, 1 April to 31 March."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """A year as it is written, like 2022-23.

        Raises:
            UnclearPeriod: it is written otherwise, or its two years do not follow each other.
        """
        found = re.fullmatch(rf"{_YEAR}-([0-9]{{2}})", text.strip())
        if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
            raise UnclearPeriod("Year must be a reporting year, like 2022-23")
        return cls.starting(int(found[1]))

    @classmethod
    def starting(cls, year: int) -> Self:
        """The reporting year that begins in a calendar year."""
        return cls(f"{year}-{(year + 1) % 100:02}", date(year, _APRIL, 1), date(year + 1, _APRIL, 1) - _ONE_DAY)

    @classmethod
    def containing(cls, day: date) -> Self:
        """The year in which a day falls."""
        return cls.starting(day.year if day.month >= _APRIL else day.year - 1)


class Month(_Named):
    """A calendar month."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """A month as it is written, like 2022-10.

        Raises:
            UnclearPeriod: it is written otherwise, or there is no such month.
        """
        if found := re.fullmatch(rf"{_YEAR}-([0-9]{{2}})", text.strip()):
            with suppress(ValueError):  # month 13
                return cls.containing(date(int(found[1]), int(found[2]), 1))
        raise UnclearPeriod("Month must be a year and a month, like 2022-10")

    @classmethod
    def containing(cls, day: date) -> Self:
        """The month in which a day falls."""
        first = day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - _ONE_DAY
        return cls(f"{first.year:04}-{first.month:02}", first, last)


class Week(_Named):
    """An ISO week, Monday to Sunday; the first of a year is the one with its first Thursday."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """A week as it is written, like 2022-W40.

        Raises:
            UnclearPeriod: it is written otherwise, or the year has no such week.
        """
        if found := re.fullmatch(rf"{_YEAR}-[Ww]([0-9]{{2}})", text.strip()):
            with suppress(ValueError):  # week 53 of a year of 52
                return cls.containing(date.fromisocalendar(int(found[1]), int(found[2]), 1))
        raise UnclearPeriod("Week must be a year and a week, like 2022-W40")

    @classmethod
    def containing(cls, day: date) -> Self:
        """The week in which a day falls."""
        monday = day - timedelta(days=day.weekday())
        year, week, _ = day.isocalendar()
        return cls(f"{year}-W{week:02}", monday, monday + timedelta(days=6))

    @property
    def number(self) -> int:
        """Its number within its year, 1 to 53."""
        return self.first.isocalendar().week

    @property
    def year_before(self) -> Self:
        """The week of the same number a year before; week 52 where that year had no week 53."""
        year, week, _ = self.first.isocalendar()
        last_week = date(year - 1, 12, 28).isocalendar().week
        return self.containing(date.fromisocalendar(year - 1, min(week, last_week), 1))


def half_up(value: Decimal, places: int = 0) -> Decimal:
    """A number rounded to so many decimal places; a half goes away from nought."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def per_week(count: int, days: int) -> Decimal:
    """How many a week: the count times seven over the calendar days it was counted in, to one decimal place.

    Raises:
        ValueError: there are no days to count in.
    """
    if days < 1:
        raise ValueError("a weekly rate needs at least one day")
    return half_up(Decimal(count * 7) / days, 1)


def percent(part: int, whole: int, places: int = 0) -> Decimal | None:
    """What part of a whole in a hundred; None where there is no whole to be a part of."""
    return half_up(Decimal(part * 100) / whole, places) if whole else None


def percent_change(now: int, before: int) -> Decimal | None:
    """How much more or less than before, in whole percent; None where there was nothing before."""
    return percent(now - before, before)
