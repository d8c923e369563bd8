"""Must the employer refer to the DBS? Two conditions, both needed; and nothing unknown is taken as yes."""

from itertools import product

import pytest

from db.rules.dbs import CONDITIONS, duty_to_refer, met_by_any, removed_by
from db.vocabulary import Answer, EmploymentResult

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.NOT_KNOWN


@pytest.mark.parametrize(
    ("removed", "harm", "result", "authority_may_refer"),
    [
        (YES, YES, "duty", True),
        (YES, NO, "no_duty", False),
        (NO, YES, "no_duty", True),
        (NO, NO, "no_duty", False),
        (UNKNOWN, NO, "no_duty", False),
        (NO, UNKNOWN, "no_duty", False),
        (YES, UNKNOWN, "not_known", False),
        (UNKNOWN, YES, "not_known", True),
        (UNKNOWN, UNKNOWN, "not_known", False),
        (None, None, "not_known", False),
        (None, YES, "not_known", True),
    ],
)
def test_both_conditions_make_a_duty(
    removed: Answer | None, harm: Answer | None, result: str, authority_may_refer: bool
) -> None:
    duty = duty_to_refer(removed, harm)
    assert (duty.result, duty.authority_may_refer) == (result, authority_may_refer)
    assert duty.reason


def test_suspension_alone_is_no_removal() -> None:
    assert "Suspension is no removal" in duty_to_refer(NO, YES).reason


def test_what_is_not_known_says_what_to_find_out() -> None:
    assert duty_to_refer(YES, UNKNOWN).reason.startswith("Not known yet: find out if the harm test is met")
    assert duty_to_refer(UNKNOWN, YES).reason.startswith("Not known yet: find out if the adult was removed")


def test_a_duty_is_only_ever_made_of_two_yeses() -> None:
    for removed, harm in product([*Answer, None], repeat=2):
        assert (duty_to_refer(removed, harm).result == "duty") == (removed == harm == YES)


@pytest.mark.parametrize(
    ("parts", "met"),
    [
        ([NO, YES, UNKNOWN], YES),
        ([NO, NO, NO], NO),
        ([NO, NO, UNKNOWN], UNKNOWN),
        ([NO, NO, None], UNKNOWN),
        ([], UNKNOWN),
    ],
)
def test_one_part_is_enough_and_no_needs_them_all(parts: list[Answer | None], met: Answer) -> None:
    assert met_by_any(parts) == met


@pytest.mark.parametrize(
    ("result", "removed"),
    [
        (EmploymentResult.DISMISSED, YES),
        (EmploymentResult.DEREGISTERED, YES),
        (EmploymentResult.CEASED_USE, YES),
        (EmploymentResult.REDEPLOYED, YES),
        (EmploymentResult.RESIGNED, UNKNOWN),
        (EmploymentResult.RETIRED, UNKNOWN),
        (EmploymentResult.SETTLEMENT, UNKNOWN),
        (EmploymentResult.NOT_KNOWN, UNKNOWN),
        (EmploymentResult.DISCIPLINARY, NO),
        (EmploymentResult.MANAGEMENT_ACTION, NO),
        (EmploymentResult.NO_ACTION, NO),
        (None, UNKNOWN),
    ],
)
def test_what_the_employer_did_suggests_the_first_answer(result: EmploymentResult | None, removed: Answer) -> None:
    assert removed_by(result) == removed


def test_each_condition_names_three_ways_to_meet_it() -> None:
    assert [(condition.field, len(condition.parts)) for condition in CONDITIONS] == [
        ("dbs_removed", 3),
        ("dbs_harm", 3),
    ]
