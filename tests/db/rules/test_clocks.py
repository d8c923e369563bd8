"""The clocks on a case and the first words of a worklist row, as an officer reads them on Thursday 12 March 2026."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.clocks import BANDS, TIMESCALES, Band, band, closing_clocks, days_since, due_on, due_status

TODAY = date(2026, 3, 12)
DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("code", "start", "due"),
    [
        ("employer_to_lado", "2026-03-13", "2026-03-16"),
        ("lado_decision", "2026-03-12", "2026-03-13"),
        ("lado_decision", "2026-04-02", "2026-04-07"),  # Maundy Thursday
        ("evaluation_meeting", "2026-03-12", "2026-03-19"),
        ("minutes_out", "2026-03-12", "2026-04-09"),
        ("first_review", "2024-02-01", "2024-02-29"),
        ("monitor", "2026-01-31", "2026-02-28"),
        ("dbs_referral", "2026-03-12", "2026-04-12"),
        ("ofsted_early_years", "2026-03-12", "2026-03-26"),
        ("foi", "2026-03-12", "2026-04-13"),
        ("sar", "2026-03-12", "2026-04-12"),
        ("kpi_1m", "2023-01-31", "2023-02-28"),
        ("kpi_3m", "2022-11-30", "2023-02-28"),
        ("kpi_12m", "2024-02-29", "2025-02-28"),
    ],
)
def test_each_limit_has_its_own_way_of_counting(code: str, start: str, due: str) -> None:
    assert due_on(code, day(start)) == day(due)


def test_the_published_targets_are_eighty_and_ninety_in_a_hundred() -> None:
    assert [TIMESCALES[code].target_percent for code in ("kpi_1m", "kpi_3m", "kpi_12m")] == [80, 90, None]


def said(received: str, as_at: date = TODAY, closed: str | None = None) -> list[str]:
    clocks = closing_clocks(day(received), as_at, day(closed) if closed else None)
    return [f"{clock.name}: {clock.words}" for clock in clocks]


def test_an_open_case_says_what_is_past_and_what_is_left() -> None:
    assert said("2026-02-04") == ["1 month: PAST by 8 days", "3 months: 53 days left", "12 months: 329 days left"]
    assert days_since(day("2026-02-04"), TODAY) == 36


def test_the_last_days_of_a_limit_are_named() -> None:
    assert said("2026-02-12")[0] == "1 month: last day today"
    assert said("2026-02-13")[0] == "1 month: 1 day left"
    assert said("2026-02-11")[0] == "1 month: PAST by 1 day"
    assert [closing_clocks(day(f"2026-02-{n}"), TODAY)[0].state for n in (11, 12)] == ["past", "running"]


def test_a_closed_case_says_which_limits_it_met() -> None:
    assert said("2026-01-01", closed="2026-03-03") == [
        "1 month: missed by 30 days",
        "3 months: met on day 61",
        "12 months: met on day 61",
    ]
    assert [clock.state for clock in closing_clocks(day("2026-01-01"), TODAY, day("2026-03-03"))] == [
        "missed",
        "met",
        "met",
    ]


def test_a_case_closed_later_was_still_open_then() -> None:
    assert said("2026-02-04", closed="2026-04-01") == said("2026-02-04")


YEAR_END = date(2023, 3, 31)


@pytest.mark.parametrize(
    ("received", "closed", "expected"),
    [
        ("2022-06-10", "2022-06-10", "1_month"),
        ("2022-06-10", "2022-07-10", "1_month"),
        ("2022-06-10", "2022-07-11", "3_months"),
        ("2023-01-31", "2023-02-28", "1_month"),
        ("2023-01-31", "2023-03-01", "3_months"),
        ("2022-06-10", "2022-09-10", "3_months"),
        ("2022-06-10", "2022-09-11", "12_months"),
        ("2022-03-31", "2023-03-31", "12_months"),
        ("2022-03-30", "2023-03-31", "over_12_months"),
        ("2022-06-10", None, "open"),
        ("2022-06-10", "2023-04-01", "open"),
    ],
)
def test_a_case_is_in_the_first_band_it_closed_within(received: str, closed: str | None, expected: Band) -> None:
    assert band(day(received), day(closed) if closed else None, YEAR_END) == expected


@given(DAYS, DAYS | st.none(), DAYS)
def test_band_and_clocks_never_disagree(received: date, closed: date | None, as_at: date) -> None:
    if closed is not None and closed < received:
        return
    met = [clock.state for clock in closing_clocks(received, as_at, closed)].count("met")
    expected = {3: "1_month", 2: "3_months", 1: "12_months", 0: "over_12_months"}[met]
    is_closed = closed is not None and closed <= as_at
    assert band(received, closed, as_at) == (expected if is_closed else "open")
    assert band(received, closed, as_at) in BANDS


TEN_TO_NINE = datetime(2026, 3, 12, 8, 50)  # noqa: DTZ001 - the clock on the wall


@pytest.mark.parametrize(
    ("due", "facts", "shown"),
    [
        ("2026-03-10", {}, "!! LATE 2d"),
        ("2026-03-11", {}, "!! LATE 1d"),
        ("2026-03-06", {}, "!! LATE 4d"),  # over a weekend: working days
        ("2026-03-12", {}, "!  TODAY"),
        ("2026-03-13", {"new_since": TEN_TO_NINE}, "*  NEW 08:50"),
        ("2026-03-13", {"new_since": datetime(2026, 3, 11, 16, 10)}, "*  NEW"),  # noqa: DTZ001
        ("2026-03-16", {"waiting": True}, ".. WAITING"),
        (None, {"restricted": True}, "## RESTRICT"),
        ("2026-03-18", {}, "   ON TRACK"),
        (None, {}, "   NO DATE"),
        # What is late stays late, whatever else it is
        ("2026-03-11", {"waiting": True}, "!! LATE 1d"),
        ("2026-03-11", {"new_since": TEN_TO_NINE}, "!! LATE 1d"),
        ("2026-03-12", {"waiting": True, "new_since": TEN_TO_NINE}, "!  TODAY"),
        ("2026-03-16", {"waiting": True, "new_since": TEN_TO_NINE}, "*  NEW 08:50"),
        # A restricted row says nothing else
        ("2026-03-10", {"restricted": True, "waiting": True, "new_since": TEN_TO_NINE}, "## RESTRICT"),
    ],
)
def test_a_row_of_the_worklist_opens_with_its_status(due: str | None, facts: dict[str, object], shown: str) -> None:
    assert due_status(day(due) if due else None, TODAY, **facts).text == shown  # type: ignore[arg-type]


def test_what_was_due_on_saturday_is_late_on_sunday_though_no_working_day_has_passed() -> None:
    assert due_status(day("2026-03-14"), day("2026-03-15")).text == "!! LATE"
    assert due_status(day("2026-03-14"), day("2026-03-16")).text == "!! LATE 1d"


def test_the_worklist_sorts_late_today_new_waiting_restricted_on_track() -> None:
    rows = [
        due_status(day("2026-03-10"), TODAY),
        due_status(TODAY, TODAY),
        due_status(day("2026-03-13"), TODAY, new_since=TEN_TO_NINE),
        due_status(day("2026-03-16"), TODAY, waiting=True),
        due_status(None, TODAY, restricted=True),
        due_status(day("2026-03-18"), TODAY),
        due_status(None, TODAY),
    ]
    assert [row.rank for row in rows] == sorted(row.rank for row in rows)


def test_every_status_can_be_told_apart_without_colour_or_mark() -> None:
    words = {due_status(day(f"2026-03-{n}"), TODAY).word for n in (11, 12, 13)}
    words |= {
        due_status(None, TODAY, waiting=waits, restricted=shut).word
        for waits in (False, True)
        for shut in (False, True)
    }
    assert len(words) == 6


def test_no_status_is_wider_than_its_column() -> None:
    assert len(due_status(day("2025-11-12"), TODAY).text) <= 12
