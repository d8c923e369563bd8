"""Working days: the bank holidays as they were published, and the counting that the duty line lives by."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.working_days import (
    add_working_days,
    bank_holidays,
    is_working_day,
    next_working_day,
    working_days_between,
)

# England and Wales, copied by hand from the published lists: month and day, year by year.
PUBLISHED = {
    2019: "1-1 4-19 4-22 5-6 5-27 8-26 12-25 12-26",
    2020: "1-1 4-10 4-13 5-8 5-25 8-31 12-25 12-28",
    2021: "1-1 4-2 4-5 5-3 5-31 8-30 12-27 12-28",
    2022: "1-3 4-15 4-18 5-2 6-2 6-3 8-29 9-19 12-26 12-27",
    2023: "1-2 4-7 4-10 5-1 5-8 5-29 8-28 12-25 12-26",
    2024: "1-1 3-29 4-1 5-6 5-27 8-26 12-25 12-26",
    2025: "1-1 4-18 4-21 5-5 5-26 8-25 12-25 12-26",
    2026: "1-1 4-3 4-6 5-4 5-25 8-31 12-25 12-28",
    2027: "1-1 3-26 3-29 5-3 5-31 8-30 12-27 12-28",
}
# Older years with days moved, added or kept later.
REMEMBERED = {
    1999: "1-1 4-2 4-5 5-3 5-31 8-30 12-27 12-28 12-31",
    2002: "1-1 3-29 4-1 5-6 6-3 6-4 8-26 12-25 12-26",
    2011: "1-3 4-22 4-25 4-29 5-2 5-30 8-29 12-26 12-27",
    2012: "1-2 4-6 4-9 5-7 6-4 6-5 8-27 12-25 12-26",
}
DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))


@pytest.mark.parametrize(("year", "listed"), [*PUBLISHED.items(), *REMEMBERED.items()])
def test_bank_holidays_are_those_that_were_published(year: int, listed: str) -> None:
    assert bank_holidays(year) == tuple(date(year, *map(int, day.split("-"))) for day in listed.split())


@pytest.mark.parametrize("year", range(2000, 2051))
def test_every_year_has_its_eight_bank_holidays_on_weekdays(year: int) -> None:
    days = bank_holidays(year)
    added = {2002: 1, 2011: 1, 2012: 1, 2022: 2, 2023: 1}.get(year, 0)
    assert len(set(days)) == 8 + added
    assert all(day.weekday() < 5 and day.year == year for day in days)


@pytest.mark.parametrize(
    ("said_on", "count", "due"),
    [
        ("2026-03-12", 1, "2026-03-13"),  # Thursday to Friday
        ("2026-03-13", 1, "2026-03-16"),  # Friday to Monday
        ("2026-03-14", 1, "2026-03-16"),  # Saturday to Monday
        ("2026-03-15", 1, "2026-03-16"),  # Sunday to Monday
        ("2026-04-02", 1, "2026-04-07"),  # over Easter
        ("2026-04-02", 5, "2026-04-13"),
        ("2026-12-24", 1, "2026-12-29"),  # Boxing Day kept on Monday
        ("2022-09-16", 1, "2022-09-20"),  # the state funeral
        ("2024-02-28", 1, "2024-02-29"),  # leap day
        ("2022-12-30", 1, "2023-01-03"),  # New Year's Day kept on Monday
        ("2026-03-12", 0, "2026-03-12"),
        ("2026-03-16", -1, "2026-03-13"),
        ("2026-04-07", -1, "2026-04-02"),
    ],
)
def test_working_days_step_over_weekends_and_bank_holidays(said_on: str, count: int, due: str) -> None:
    assert add_working_days(date.fromisoformat(said_on), count) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("due", "looked_at", "late"),
    [
        ("2026-03-10", "2026-03-12", 2),
        ("2026-03-13", "2026-03-16", 1),
        ("2026-03-13", "2026-03-15", 0),
        ("2026-04-02", "2026-04-07", 1),
        ("2026-03-16", "2026-03-12", -2),
        ("2022-04-01", "2023-03-31", 250),  # 52 weeks of five days, and ten bank holidays
        ("2019-12-31", "2020-12-31", 254),
    ],
)
def test_lateness_is_counted_in_working_days(due: str, looked_at: str, late: int) -> None:
    assert working_days_between(date.fromisoformat(due), date.fromisoformat(looked_at)) == late


def test_a_call_on_christmas_eve_is_answered_after_the_holidays() -> None:
    assert next_working_day(date(2021, 12, 24)) == date(2021, 12, 29)
    assert not is_working_day(date(2021, 12, 27))
    assert is_working_day(date(2021, 12, 29))


@given(DAYS, st.integers(1, 80))
def test_counting_undoes_adding(day: date, count: int) -> None:
    due = add_working_days(day, count)
    assert is_working_day(due)
    assert working_days_between(day, due) == count
    assert working_days_between(due, day) == -count


@given(DAYS, st.integers(0, 900))
def test_counting_agrees_with_going_day_by_day(start: date, length: int) -> None:
    days = [start + timedelta(days=n) for n in range(1, length + 1)]
    assert working_days_between(start, start + timedelta(days=length)) == sum(map(is_working_day, days))
