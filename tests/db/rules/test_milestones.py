"""The dates of a case come in their order, and only what is certainly out of it is spoken of."""

from datetime import date

import pytest

from db.rules.dates import DateKind, Day, read_date
from db.rules.milestones import order_problems

TODAY = date(2026, 3, 12)
KINDS = {"born_on": DateKind.ADULT_BIRTH, "happened_on": DateKind.EVENT}


def days(**typed: str) -> dict[str, Day]:
    """The dates as an officer types them, by field."""
    return {
        field: read_date(text, TODAY, label=field, kind=KINDS.get(field, DateKind.DONE))
        for field, text in typed.items()
    }


def test_dates_in_their_order_are_not_spoken_of() -> None:
    all_on_one_day = dict.fromkeys(("happened_on", "received_on", "decided_on", "closed_on"), "9 3 2026")
    assert order_problems(days(born_on="14 3 1985", **all_on_one_day)) == {}


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        (
            {"received_on": "9 3 2026", "decided_on": "8 3 2026"},
            "decided_on",
            "Date decided must be the same as or after 9 March 2026, when it was received",
        ),
        (
            {"born_on": "14 3 1985", "happened_on": "14 3 1985"},
            "happened_on",
            "Date it happened must be after 14 March 1985, when the adult was born",
        ),
        (
            {"happened_on": "10 3 2026", "received_on": "9 3 2026"},
            "received_on",
            "Date received must be the same as or after 10 March 2026, when it happened",
        ),
        (
            {"received_on": "1 3 2026", "decided_on": "5 3 2026", "closed_on": "4 3 2026"},
            "closed_on",
            "Date closed must be the same as or after 5 March 2026, when it was decided",
        ),
        (
            {"happened_on": "9 3 2026", "received_on": "2 3 2026", "closed_on": "1 3 2026"},
            "closed_on",
            "Date closed must be the same as or after 9 March 2026, when it happened",
        ),
    ],
)
def test_a_date_before_its_time_is_told(typed: dict[str, str], field: str, sentence: str) -> None:
    assert order_problems(days(**typed))[field] == sentence


def test_a_month_or_a_year_is_given_the_benefit_of_the_doubt() -> None:
    assert order_problems(days(happened_on="mar 2026", received_on="2 3 2026")) == {}
    assert order_problems(days(born_on="14 3 1985", happened_on="1985")) == {}
    assert "happened_on" in order_problems(days(born_on="14 3 1985", happened_on="feb 1985"))


def test_what_is_not_known_is_held_against_nothing() -> None:
    assert order_problems(days(born_on="?", happened_on="?", received_on="9 3 2026")) == {}
