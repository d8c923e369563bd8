"""Closing a case: what stops it, what becomes an action, and the ten minutes in which it can be taken back."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from db.rules.outcomes import (
    REQUIREMENTS,
    Closing,
    can_undo,
    closing_problems,
    gaps,
    undo_until,
    views_differ,
    ways_to_close,
)
from db.vocabulary import Answer, Classification, ClosedAs, EmploymentResult, Finding, RegulatorStatus

REASON = "Two accounts conflict. No injury. No witness."
COMPLETE = Closing(
    findings={"physical, 9 March 2026": Finding.FALSE},
    finding=Finding.FALSE,
    concluded_on=date(2026, 3, 12),
    employer_view=Finding.FALSE,
    lado_view=Finding.FALSE,
    agreed_employer=Answer.YES,
    agreed_police=Answer.YES,
    agreed_social_care=Answer.NOT_KNOWN,
    reason=REASON,
    employment_result=EmploymentResult.NO_ACTION,
    dbs_removed=Answer.NO,
    dbs_harm=Answer.NO,
    dbs_status=RegulatorStatus.NOT_NEEDED,
    regulator_status=RegulatorStatus.NOT_NEEDED,
    adult_told=Answer.YES,
    child_told=Answer.YES,
    parent_told=Answer.YES,
    child_impact="Anxious at school for a week. Says he feels listened to.",
    learning="Safer handling refresher for all staff.",
)
DUTY = replace(
    COMPLETE,
    finding=Finding.SUBSTANTIATED,
    employment_result=EmploymentResult.DISMISSED,
    dbs_removed=Answer.YES,
    dbs_harm=Answer.YES,
    dbs_status=RegulatorStatus.MADE_EMPLOYER,
)


def stops(closing: Closing) -> list[str]:
    return [gap.sentence for gap in gaps(closing) if gap.blocking]


def actions(closing: Closing) -> list[str]:
    return [gap.sentence for gap in gaps(closing) if not gap.blocking]


def test_each_of_the_five_findings_has_its_meaning_beside_it() -> None:
    assert len(Finding) == 5
    assert all(finding.meaning.endswith(".") for finding in Finding)
    assert "guilt or innocence" in Finding.UNSUBSTANTIATED.meaning


def test_a_case_with_everything_known_closes_without_a_word() -> None:
    assert gaps(COMPLETE) == ()
    assert gaps(DUTY) == ()


def test_an_empty_page_is_stopped_once_for_each_answer_that_is_needed() -> None:
    stopped = [gap.field for gap in gaps(Closing()) if gap.blocking]
    assert stopped == [
        "findings",
        "finding",
        "concluded_on",
        "lado_view",
        "agreed_employer",
        "agreed_police",
        "agreed_social_care",
        "reason",
        "employment_result",
        "dbs_removed",
        "dbs_harm",
        "dbs_status",
        "regulator_status",
        "adult_told",
        "child_told",
        "parent_told",
        "child_impact",
    ]


def test_every_concern_needs_its_own_finding() -> None:
    closing = replace(COMPLETE, findings={"physical, 9 March": Finding.FALSE, "emotional, 2 March": None})
    assert stops(closing) == ["Enter a finding for emotional, 2 March"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reason": "nineteen characters"}, "Why this is the outcome must be 20 characters or more"),
        ({"child_impact": "  "}, "Enter the impact on the child"),
        ({"finding": "unsubstantiated"}, "Enter the risk that is left and who watches it"),
    ],
)
def test_what_must_be_known_stops_the_closing(change: dict[str, str], sentence: str) -> None:
    assert stops(replace(COMPLETE, **change)) == [sentence]  # type: ignore[arg-type]


def test_an_unsubstantiated_outcome_closes_once_the_risk_that_is_left_is_told() -> None:
    closing = replace(COMPLETE, finding=Finding.UNSUBSTANTIATED, residual_risk="Employer supervises for six months.")
    assert gaps(closing) == ()


def test_two_views_that_differ_become_an_action_and_do_not_stop_the_closing() -> None:
    closing = replace(COMPLETE, employer_view=Finding.UNFOUNDED)
    assert views_differ(closing.employer_view, closing.lado_view)
    assert stops(closing) == []
    assert actions(closing) == ["The employer's view and the LADO's view differ. Decide if this is to be escalated"]


def test_a_view_that_is_missing_is_no_conflict() -> None:
    assert not views_differ(None, Finding.FALSE)
    assert actions(replace(COMPLETE, employer_view=None)) == ["Ask the employer for its view"]


@pytest.mark.parametrize(
    ("who", "action"),
    [
        ("adult_told", "See that the adult is told the outcome"),
        ("child_told", "See that the child is told the outcome"),
        ("parent_told", "See that the parents are told the outcome"),
    ],
)
@pytest.mark.parametrize("answer", [Answer.NO, Answer.NOT_KNOWN])
def test_whoever_is_not_told_yet_becomes_an_action(who: str, action: str, answer: Answer) -> None:
    closing = replace(COMPLETE, **{who: answer})  # type: ignore[arg-type]
    assert stops(closing) == []
    assert actions(closing) == [action]


def test_a_reason_not_to_tell_excuses_a_no_but_never_a_not_known() -> None:
    excused = replace(
        COMPLETE, child_told=Answer.NO, not_told_reason="Child has moved abroad; agreed with social care."
    )
    assert gaps(excused) == ()
    assert actions(replace(excused, child_told=Answer.NOT_KNOWN)) == ["See that the child is told the outcome"]


def test_a_case_without_a_child_asks_nothing_about_one() -> None:
    alone = replace(COMPLETE, has_child=False, child_told=None, parent_told=None, child_impact="")
    assert gaps(alone) == ()


def test_learning_can_wait() -> None:
    assert actions(replace(COMPLETE, learning="")) == ["Record what can be learnt from this case"]


@pytest.mark.parametrize(
    ("status", "stopped", "action"),
    [
        (RegulatorStatus.NOT_NEEDED, ["DBS referral cannot be not needed: both conditions of the duty are met"], []),
        (RegulatorStatus.CONSIDERING, [], ["Check that the employer refers to the DBS"]),
        (RegulatorStatus.ADVISED, [], ["Check that the employer refers to the DBS"]),
        (RegulatorStatus.REFUSED, [], ["Escalate: the employer declined to refer to the DBS"]),
        (RegulatorStatus.MADE_EMPLOYER, [], []),
        (RegulatorStatus.MADE_LA, [], []),
        (RegulatorStatus.CONFIRMED, [], []),
    ],
)
def test_a_duty_to_refer_is_never_lost_sight_of(status: RegulatorStatus, stopped: list[str], action: list[str]) -> None:
    closing = replace(DUTY, dbs_status=status)
    assert (stops(closing), actions(closing)) == (stopped, action)


def test_a_duty_that_is_not_known_yet_is_found_out() -> None:
    closing = replace(DUTY, dbs_harm=Answer.NOT_KNOWN, dbs_status=RegulatorStatus.CONSIDERING)
    assert actions(closing) == ["Find out if the duty to refer to the DBS applies"]
    unanswered = replace(closing, dbs_harm=None)
    assert (stops(unanswered), actions(unanswered)) == (["Enter if the harm test is met"], [])
    denied = replace(closing, dbs_status=RegulatorStatus.NOT_NEEDED)
    assert stops(denied) == ["Enter why no DBS referral is needed"]
    assert stops(replace(denied, dbs_reason="Employer took advice from the DBS.")) == []


@pytest.mark.parametrize(
    ("status", "action"),
    [
        (RegulatorStatus.ADVISED, ["Check that the employer refers to the regulator"]),
        (RegulatorStatus.REFUSED, ["Escalate: the employer declined to refer to the regulator"]),
        (RegulatorStatus.CONFIRMED, []),
    ],
)
def test_a_regulator_is_followed_up(status: RegulatorStatus, action: list[str]) -> None:
    assert actions(replace(COMPLETE, regulator_status=status)) == action


def test_a_settlement_agreement_is_pointed_out() -> None:
    closing = replace(COMPLETE, employment_result=EmploymentResult.SETTLEMENT)
    assert actions(closing) == ["Settlement agreement: find out why, and if it hides the outcome"]


def test_every_requirement_belongs_to_a_field_of_the_page() -> None:
    assert {requirement.field for requirement in REQUIREMENTS} <= {f.name for f in fields(Closing)}


@pytest.mark.parametrize(
    ("classification", "ways"),
    [
        (Classification.ALLEGATION, ["outcome", "other_lado", "entered_in_error"]),
        (Classification.CONSULTATION, ["no_further_action", "other_lado", "entered_in_error"]),
        (Classification.INFORMATION_ONLY, ["no_further_action", "other_lado", "entered_in_error"]),
        (Classification.NOT_THRESHOLD, ["not_progressed", "other_lado", "entered_in_error"]),
        (Classification.TRANSFERRED_OUT, ["other_lado", "entered_in_error"]),
        (Classification.PENDING, ["other_lado", "entered_in_error"]),
    ],
)
def test_a_case_ends_in_the_ways_of_its_classification(classification: Classification, ways: list[str]) -> None:
    assert [way.closed_as for way in ways_to_close(classification)] == ways


def test_only_a_manager_says_that_a_case_was_entered_in_error() -> None:
    assert {way.closed_as for way in ways_to_close("allegation") if way.manager_only} == {ClosedAs.ENTERED_IN_ERROR}


def sentences(classification: Classification, closed_as: ClosedAs | None, reason: str = REASON) -> list[str]:
    return [problem.sentence for problem in closing_problems(classification, closed_as, reason)]


def test_an_allegation_cannot_slip_away_as_a_consultation() -> None:
    assert sentences(Classification.ALLEGATION, ClosedAs.NO_FURTHER_ACTION) == [
        "How it ends must be one of: Outcome agreed; Passed to another authority's LADO; Entered in error"
    ]


def test_a_case_nobody_has_decided_is_decided_first() -> None:
    assert sentences(Classification.PENDING, ClosedAs.NOT_PROGRESSED) == [
        "Decide the threshold before you close this case"
    ]


def test_every_closing_has_a_way_and_a_reason() -> None:
    assert sentences(Classification.CONSULTATION, ClosedAs.NO_FURTHER_ACTION, "employer to train him") == []
    assert sentences(Classification.CONSULTATION, ClosedAs.NO_FURTHER_ACTION, "employer to train it") == []
    assert sentences(Classification.CONSULTATION, None, "short") == [
        "Enter how this case ends",
        "Why it closes must be 20 characters or more",
    ]
    for classification, closed_as in product(Classification, ClosedAs):
        allowed = closed_as in {way.closed_as for way in ways_to_close(classification)}
        assert (sentences(classification, closed_as) == []) == allowed


SAVED = datetime(2026, 3, 12, 10, 42, tzinfo=UTC)


@pytest.mark.parametrize(("seconds", "still"), [(0, True), (599, True), (600, False), (86_400, False), (-60, True)])
def test_a_closing_can_be_taken_back_for_ten_minutes(seconds: int, still: bool) -> None:
    assert can_undo(SAVED, SAVED + timedelta(seconds=seconds), changed_since=False) is still


def test_a_closing_is_not_taken_back_once_someone_has_worked_on_it() -> None:
    assert not can_undo(SAVED, SAVED + timedelta(minutes=1), changed_since=True)
    assert undo_until(SAVED).minute == 52
