"""When a closed record is looked at again, under the service's rules and under another's."""

from dataclasses import replace
from datetime import date

import pytest

from db.rules.retention import ENQUIRY, STANDARD, RetentionRule, RetentionSchedule, review_on
from db.vocabulary import Classification, Finding

BORN = date(1985, 3, 14)
CLOSED = date(2026, 3, 12)
ALLEGATION = Classification.ALLEGATION
TEN_YEARS_ON, BIRTHDAY = date(2036, 3, 12), date(2085, 3, 14)


@pytest.mark.parametrize(
    ("kind", "outcome", "rule", "on"),
    [
        (ALLEGATION, Finding.SUBSTANTIATED, "subst_unsubst", BIRTHDAY),
        (ALLEGATION, Finding.UNSUBSTANTIATED, "subst_unsubst", BIRTHDAY),
        (ALLEGATION, Finding.FALSE, "false_group", TEN_YEARS_ON),
        (ALLEGATION, Finding.MALICIOUS, "false_group", TEN_YEARS_ON),
        (ALLEGATION, Finding.UNFOUNDED, "false_group", TEN_YEARS_ON),
        (ALLEGATION, None, "not_progressed", TEN_YEARS_ON),
        *((kind, None, "not_progressed", TEN_YEARS_ON) for kind in Classification),
        (ENQUIRY, None, "advice", date(2032, 3, 12)),
    ],
)
@pytest.mark.parametrize("legal_hold", [False, True])
def test_every_kind_of_record_has_its_review(
    kind: str, outcome: str | None, rule: str, on: date, legal_hold: bool
) -> None:
    due = review_on(kind, outcome, BORN, CLOSED, legal_hold=legal_hold)
    expected = ("legal_hold", None) if legal_hold else (rule, on)
    assert (due.rule_code, due.review_on) == expected


def test_the_rule_is_told_in_words() -> None:
    assert review_on(ALLEGATION, Finding.FALSE, BORN, CLOSED).words == (
        "Keep until review on 12 March 2036: 10 years after closing"
    )
    assert review_on(ALLEGATION, Finding.SUBSTANTIATED, BORN, CLOSED).words == (
        "Keep until review on 14 March 2085: the adult's 100th birthday"
    )
    assert (
        review_on(ALLEGATION, None, BORN, CLOSED, legal_hold=True).words == "Legal hold: keep until the hold is lifted"
    )


def test_a_date_of_birth_that_nobody_knows_is_not_guessed() -> None:
    due = review_on(ALLEGATION, Finding.UNSUBSTANTIATED, None, CLOSED)
    assert due.review_on is None
    assert due.words == "Keep. Review on the adult's 100th birthday: date of birth not known, so no date is set"


def test_ten_years_need_no_date_of_birth() -> None:
    assert review_on(ALLEGATION, Finding.FALSE, None, CLOSED).review_on == TEN_YEARS_ON


def test_an_open_record_has_no_review_yet() -> None:
    due = review_on(ALLEGATION, Finding.FALSE, BORN, None)
    assert due.review_on is None
    assert due.words == "Keep while it is open. Then review: 10 years after closing"


def test_a_review_never_falls_before_the_closing() -> None:
    assert review_on(ALLEGATION, Finding.SUBSTANTIATED, date(1924, 1, 1), CLOSED).review_on == CLOSED


def test_a_birthday_on_29_february_is_kept_in_a_year_without_one() -> None:
    assert review_on(ALLEGATION, Finding.SUBSTANTIATED, date(2000, 2, 29), CLOSED).review_on == date(2100, 2, 28)


LONGER = RetentionSchedule(
    "longer",
    (
        RetentionRule(
            "closure_100",
            (ALLEGATION,),
            (Finding.SUBSTANTIATED, Finding.UNSUBSTANTIATED),
            "closing",
            100,
            "100 years after closing",
        ),
        *STANDARD.rules,
    ),
)


def test_another_service_may_count_from_closing_instead() -> None:
    due = review_on(ALLEGATION, Finding.UNSUBSTANTIATED, None, CLOSED, schedule=LONGER)
    assert (due.rule_code, due.review_on) == ("closure_100", date(2126, 3, 12))
    assert review_on(ALLEGATION, Finding.FALSE, BORN, CLOSED, schedule=LONGER).rule_code == "false_group"


def test_a_schedule_with_a_hole_says_so_rather_than_choosing() -> None:
    holed = replace(STANDARD, version="holed", rules=STANDARD.rules[1:])
    with pytest.raises(LookupError, match="schedule holed has no rule for allegation closed with substantiated"):
        review_on(ALLEGATION, Finding.SUBSTANTIATED, BORN, CLOSED, schedule=holed)
