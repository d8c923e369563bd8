"""Reporting years, months and weeks, and the arithmetic that makes a figure the same wherever it is shown."""

from dataclasses import FrozenInstanceError
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.reporting import (
    Month,
    Period,
    ReportingYear,
    UnclearPeriod,
    Week,
    half_up,
    per_week,
    percent,
    percent_change,
)

DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))


def test_a_reporting_year_runs_from_april_to_march() -> None:
    year = ReportingYear.parse("2022-23")
    assert (year.first, year.last, year.days) == (date(2022, 4, 1), date(2023, 3, 31), 365)
    assert (year.previous.label, year.following.label) == ("2021-22", "2023-24")
    assert ReportingYear.parse("2023-24").days == 366
    assert ReportingYear.parse("1999-00").last == date(2000, 3, 31)


@pytest.mark.parametrize(("day", "label"), [("2023-03-31", "2022-23"), ("2023-04-01", "2023-24")])
def test_a_day_falls_in_one_reporting_year(day: str, label: str) -> None:
    assert ReportingYear.containing(date.fromisoformat(day)).label == label


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        *((ReportingYear, typed, "Year must be a reporting year, like 2022-23")
          for typed in ("2022", "2022-24", "2022-2023", "22-23", "9999-00", "", "2022-23x")),
        *((Month, typed, "Month must be a year and a month, like 2022-10")
          for typed in ("2022-13", "2022-00", "2022-1", "10-2022", "9999-12", "")),
        *((Week, typed, "Week must be a year and a week, like 2022-W40")
          for typed in ("2022-W53", "2022-W00", "2022-40", "W40", "9999-W52", "")),
    ],
)  # fmt: skip
def test_a_period_that_is_none_is_refused_in_words(
    kind: type[ReportingYear | Month | Week], typed: str, sentence: str
) -> None:
    with pytest.raises(UnclearPeriod) as refused:
        kind.parse(typed)
    assert refused.value.sentence == sentence


def test_a_week_runs_from_monday_to_sunday() -> None:
    week = Week.parse("2022-W40")
    assert (week.first, week.last, week.days, week.number) == (date(2022, 10, 3), date(2022, 10, 9), 7, 40)
    assert Week.parse("2022-w40") == week
    assert (week.previous.label, week.following.label) == ("2022-W39", "2022-W41")


def test_a_week_is_shown_beside_the_week_of_the_same_number_a_year_before() -> None:
    assert Week.parse("2022-W40").year_before.label == "2021-W40"
    assert Week.parse("2021-W01").year_before.label == "2020-W01"
    assert Week.parse("2020-W53").year_before.label == "2019-W52"


def test_new_years_day_may_belong_to_the_old_years_last_week() -> None:
    assert Week.containing(date(2023, 1, 1)).label == "2022-W52"
    assert Week.containing(date(2021, 1, 3)).label == "2020-W53"


def test_a_year_is_made_of_its_months_and_reached_by_its_weeks() -> None:
    year = ReportingYear.parse("2022-23")
    assert [month.label for month in Month.within(year)][::11] == ["2022-04", "2023-03"]
    assert sum(month.days for month in Month.within(year)) == year.days
    weeks = Week.within(year)
    assert (weeks[0].label, weeks[-1].label, len(weeks)) == ("2022-W13", "2023-W13", 53)


def test_a_year_under_way_counts_the_days_that_have_begun() -> None:
    year = ReportingYear.parse("2022-23")
    assert year.days_to(date(2022, 3, 31)) == 0
    assert year.days_to(date(2022, 4, 1)) == 1
    assert year.days_to(date(2023, 3, 31)) == 365
    assert year.days_to(date(2024, 1, 1)) == 365


def test_any_run_of_days_is_a_period() -> None:
    fortnight = Period("1 to 14 June 2022", date(2022, 6, 1), date(2022, 6, 14))
    assert fortnight.days == 14
    assert date(2022, 6, 14) in fortnight
    assert date(2022, 6, 15) not in fortnight


def test_a_period_does_not_change_under_the_hand() -> None:
    with pytest.raises(FrozenInstanceError):
        Week.parse("2022-W40").first = date(2022, 10, 4)  # type: ignore[misc]


@pytest.mark.parametrize("kind", [ReportingYear, Month, Week])
@given(day=DAYS)
def test_every_day_is_in_one_period_of_each_kind(kind: type[ReportingYear | Month | Week], day: date) -> None:
    period = kind.containing(day)
    assert day in period
    assert kind.parse(period.label) == period
    assert period.previous.last + timedelta(days=1) == period.first
    assert period.following.first - timedelta(days=1) == period.last
    assert period.following.previous == period


@pytest.mark.parametrize(
    ("count", "days", "rate"),
    [(1104, 365, "21.2"), (686, 365, "13.2"), (342, 365, "6.6"), (76, 365, "1.5"), (0, 365, "0.0"), (1, 140, "0.1")],
)
def test_a_weekly_rate_is_the_count_times_seven_over_the_days(count: int, days: int, rate: str) -> None:
    assert str(per_week(count, days)) == rate


def test_a_rate_needs_days_to_be_counted_in() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        per_week(4, 0)


@pytest.mark.parametrize(
    ("part", "whole", "in_a_hundred"),
    [(454, 1104, 41), (568, 1104, 51), (1, 200, 1), (1, 201, 0), (5, 200, 3), (0, 7, 0), (7, 7, 100), (0, 0, None)],
)
def test_a_percentage_is_rounded_half_up(part: int, whole: int, in_a_hundred: int | None) -> None:
    assert percent(part, whole) == in_a_hundred


@pytest.mark.parametrize(("now", "before", "change"), [(817, 646, 26), (1270, 1731, -27), (5, 0, None), (195, 200, -3)])
def test_change_is_told_against_what_was_before(now: int, before: int, change: int | None) -> None:
    assert percent_change(now, before) == change


def test_a_half_goes_up_where_a_machine_would_go_to_the_even_number() -> None:
    assert half_up(Decimal("0.5")) == 1
    assert half_up(Decimal("2.5")) == 3
    assert half_up(Decimal("91.5")) == 92
    assert half_up(Decimal("21.15"), 1) == Decimal("21.2")
