"""Deciding on the harm threshold: what is kept, what follows, and what is refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from db.actions.screening import ClosedForGood, Screened, decide_threshold
from db.desk import Desk
from db.errors import ChangedMeanwhile, NotOnAccessList, Refused, ThereIsAProblem
from db.forms.screening import ScreeningForm
from db.models import (
    Allocation,
    AuditEntry,
    Case,
    Concern,
    Note,
    ScreeningDecision,
    Step,
    table,
)
from tests.conftest import FrozenClock
from tests.hostile import HOSTILE
from tests.planted import plant, plant_adult, plant_case

REASON = "Red mark seen by first aider. Child gave the same account twice."
LIMBS: dict[str, Any] = {"limb_1": "yes", "limb_2": "no", "limb_3": "yes", "limb_4": "no"}
TYPE: dict[str, Any] = {"principal_type": "physical", "principal_subtype": "unauthorised_intervention"}
ALLEGATION: dict[str, Any] = {**LIMBS, **TYPE, "reason": REASON, "decision": "allegation"}
NONE_MET: dict[str, Any] = {f"limb_{number}": "no" for number in (1, 2, 3, 4)}


def read(desk: Desk, **answers: Any) -> ScreeningForm:
    return ScreeningForm.read(answers, today=desk.clock().date(), words=desk.vocabulary)


def decide(desk: Desk, case_id: int, *, after: int = 0, **answers: Any) -> Screened:
    return desk.do(decide_threshold, case_id, read(desk, **answers), after=after)


def rows(desk: Desk, model: Any) -> list[Any]:
    with desk.store.read() as connection:
        return list(connection.execute(select(table(model)).order_by(table(model).c.id)))


def case_row(desk: Desk) -> Any:
    return rows(desk, Case)[0]


def open_steps(desk: Desk) -> list[tuple[str, date]]:
    return [(step.what, step.due_on) for step in rows(desk, Step) if step.done_on is None]


@pytest.fixture
def case_id(desk: Desk) -> int:
    """R26-…: James Hartley, received on Monday 9 March 2026; today is Thursday."""
    number = plant_case(desk.store, adult_id=plant_adult(desk.store, born_on=date(1985, 3, 14)))
    plant(
        desk.store, Step, version=1, case_id=number, kind="decide", what="Decide threshold",
        due_on=date(2026, 3, 10), added_at=desk.clock(), added_by=3,
    )  # fmt: skip
    return number


# What is kept


def test_an_allegation_is_kept_with_who_decided_and_when(desk: Desk, case_id: int) -> None:
    screened = decide(desk, case_id, **ALLEGATION)

    kept = rows(desk, ScreeningDecision)[0]
    assert (screened.number, screened.classification, screened.closed) == (1, "allegation", False)
    assert (kept.officer_id, kept.decided_at, kept.decided_on) == (desk.officer.id, desk.clock(), date(2026, 3, 12))
    assert (kept.limb_1, kept.limb_2, kept.limb_3, kept.limb_4) == ("yes", "no", "yes", "no")
    assert kept.reason == REASON
    case = case_row(desk)
    assert (case.classification, case.first_classification) == ("allegation", "allegation")
    assert case.first_decided_on == date(2026, 3, 12)
    assert (case.principal_type, case.principal_subtype) == ("physical", "unauthorised_intervention")


def test_the_guidance_in_force_on_the_day_is_kept(desk: Desk, case_id: int) -> None:
    decide(desk, case_id, **ALLEGATION)
    assert rows(desk, ScreeningDecision)[0].guidance == "WT2023"


def test_a_decision_entered_late_keeps_its_day_and_the_guidance_of_that_day(desk: Desk) -> None:
    case_id = plant_case(desk.store, received_on=date(2023, 11, 27))
    decide(desk, case_id, **ALLEGATION, decided_on="28 11 2023")

    kept = rows(desk, ScreeningDecision)[0]
    assert (kept.decided_on, kept.guidance) == (date(2023, 11, 28), "WT2018")
    assert kept.decided_at == desk.clock()
    assert case_row(desk).first_decided_on == date(2023, 11, 28)


def test_who_decides_holds_the_case_where_nobody_did(desk: Desk, case_id: int) -> None:
    decide(desk, case_id, **ALLEGATION)
    assert case_row(desk).owner_id == desk.officer.id
    assert [held.officer_id for held in rows(desk, Allocation)] == [desk.officer.id]


def test_a_case_already_allocated_stays_with_its_officer(desk: Desk, desk_of: Callable[[str], Desk]) -> None:
    holder = desk_of("lado2").officer
    case_id = plant_case(desk.store, owner_id=holder.id)
    decide(desk, case_id, **ALLEGATION)
    assert case_row(desk).owner_id == holder.id
    assert {step.owner_id for step in rows(desk, Step)} == {holder.id}


def test_the_principal_type_has_a_concern_behind_it(desk: Desk, case_id: int) -> None:
    decide(desk, case_id, **ALLEGATION)
    assert [(c.type, c.subtype, c.finding) for c in rows(desk, Concern)] == [
        ("physical", "unauthorised_intervention", None)
    ]


def test_the_only_concern_takes_on_the_principal_type(desk: Desk, case_id: int) -> None:
    plant(desk.store, Concern, version=1, case_id=case_id, type="emotional", happened_given="not_known")
    decide(desk, case_id, **ALLEGATION)
    assert [c.type for c in rows(desk, Concern)] == ["physical"]


def test_words_are_kept_letter_for_letter(desk: Desk) -> None:
    for words in HOSTILE.values():
        case_id = plant_case(desk.store)
        form = read(desk, **{**ALLEGATION, "reason": f"{words} and twenty more letters"})
        desk.do(decide_threshold, case_id, form, after=0)
        assert rows(desk, ScreeningDecision)[-1].reason == form.reason


def test_the_reason_is_not_copied_into_the_trail(desk: Desk, case_id: int) -> None:
    decide(desk, case_id, **{**ALLEGATION, "reason": "Zzkestrel was seen twice by a witness"})
    assert "Zzkestrel" not in str(rows(desk, AuditEntry)[-1])
    assert rows(desk, AuditEntry)[-1].act == "decide_threshold"


# What follows


def test_an_allegation_asks_for_a_meeting_in_five_working_days_and_a_review_in_a_month(
    desk: Desk, case_id: int
) -> None:
    screened = decide(desk, case_id, **ALLEGATION)
    assert open_steps(desk) == [
        ("Evaluation meeting, if needed", date(2026, 3, 16)),
        ("Monthly review", date(2026, 4, 12)),
    ]
    assert (screened.next_step, screened.due_on) == ("Evaluation meeting, if needed", date(2026, 3, 16))


def test_the_step_to_decide_is_done(desk: Desk, case_id: int) -> None:
    decide(desk, case_id, **ALLEGATION)
    asked = rows(desk, Step)[0]
    assert (asked.done_on, asked.done_by) == (date(2026, 3, 12), desk.officer.id)


def test_more_facts_needed_asks_again_by_its_date_and_decides_nothing(desk: Desk, case_id: int) -> None:
    screened = decide(desk, case_id, reason=REASON, decision="pending", decide_by="+2d", police="ask_now")

    assert open_steps(desk) == [("Ask the police", date(2026, 3, 12)), ("Decide threshold", date(2026, 3, 16))]
    case = case_row(desk)
    assert (case.classification, case.first_classification, case.first_decided_on) == ("pending", None, None)
    assert (screened.number, case.closed_on) == (1, None)


def test_a_limb_nobody_answered_is_left_empty(desk: Desk, case_id: int) -> None:
    decide(desk, case_id, reason=REASON, decision="pending", decide_by="+2d", limb_1="yes")
    kept = rows(desk, ScreeningDecision)[0]
    assert (kept.limb_1, kept.limb_2, kept.limb_3, kept.limb_4) == ("yes", None, None, None)
    assert (kept.police, kept.social_care) == ("not_known", "not_known")


def test_a_consultation_waits_for_the_employer(desk: Desk, case_id: int) -> None:
    decide(desk, case_id, **{**ALLEGATION, "decision": "consultation", "police": "not_needed"})
    case = case_row(desk)
    assert (case.next_step, case.waiting, case.closed_on) == ("Hear from the employer, then close", True, None)


@pytest.mark.parametrize(
    ("decision", "more", "closed_as"),
    [
        ("not_threshold", NONE_MET, "not_progressed"),
        ("transferred_out", {"other_authority": "Northshire"}, "other_lado"),
    ],
)
def test_what_is_not_ours_closes_that_day_with_its_review_date(
    desk: Desk, case_id: int, decision: str, more: dict[str, Any], closed_as: str
) -> None:
    screened = decide(desk, case_id, reason=REASON, decision=decision, **more)
    case = case_row(desk)
    assert screened.closed
    assert (case.closed_on, case.closed_as) == (date(2026, 3, 12), closed_as)
    assert (case.retention_rule, case.retention_review_on) == ("not_progressed", date(2036, 3, 12))
    assert open_steps(desk) == []


def test_a_decision_that_closes_waits_until_the_police_were_asked(desk: Desk, case_id: int) -> None:
    answers = {**NONE_MET, "limb_2": "not_sure", "reason": REASON, "decision": "not_threshold"}
    with pytest.raises(ThereIsAProblem, match="Ask the police first, then enter told"):
        decide(desk, case_id, **answers, police="ask_now")
    assert decide(desk, case_id, **answers, police="told").closed


# Reclassification


def test_a_reclassification_is_a_new_dated_decision(desk: Desk, case_id: int, clock: FrozenClock) -> None:
    decide(desk, case_id, **ALLEGATION)
    clock.pass_time(days=8)
    again = decide(
        desk, case_id, after=1, **{**ALLEGATION, "decision": "consultation", "police": "told", "limb_1": "no"}
    )

    kept = rows(desk, ScreeningDecision)
    assert again.number == 2
    assert [(d.number, d.classification, d.decided_on) for d in kept] == [
        (1, "allegation", date(2026, 3, 12)),
        (2, "consultation", date(2026, 3, 20)),
    ]
    case = case_row(desk)
    assert (case.classification, case.first_classification) == ("consultation", "allegation")
    assert case.first_decided_on == date(2026, 3, 12)


def test_a_changed_type_is_told_in_the_chronology(desk: Desk, case_id: int) -> None:
    decide(desk, case_id, **{**ALLEGATION, "principal_type": "emotional", "principal_subtype": ""})
    decide(desk, case_id, after=1, **ALLEGATION)
    notes = [(note.kind, note.words) for note in rows(desk, Note)]
    assert notes == [("changed", "Type: Emotional abuse -> Physical abuse, Unauthorised physical intervention")]


def test_a_referral_not_met_opens_again_with_a_new_decision(desk: Desk, case_id: int) -> None:
    decide(desk, case_id, **NONE_MET, reason=REASON, decision="not_threshold")
    decide(desk, case_id, after=1, **ALLEGATION)
    case = case_row(desk)
    assert (case.closed_on, case.closed_as, case.retention_review_on) == (None, None, None)
    assert case.next_step == "Evaluation meeting, if needed"


def test_a_decided_referral_does_not_go_back_to_more_facts(desk: Desk, case_id: int) -> None:
    decide(desk, case_id, **ALLEGATION)
    with pytest.raises(ThereIsAProblem, match="cannot follow a decision that was made"):
        decide(desk, case_id, after=1, reason=REASON, decision="pending", decide_by="+2d")


def test_a_case_with_an_outcome_is_corrected_not_reclassified(desk: Desk) -> None:
    case_id = plant_case(desk.store, closed_on=date(2026, 3, 11), closed_as="outcome", classification="allegation")
    with pytest.raises(ClosedForGood, match=r"outcome agreed\. Correct that first"):
        decide(desk, case_id, **ALLEGATION)


# Who may, and two at once


def test_the_second_of_two_decisions_is_refused_and_names_the_first(
    desk: Desk, desk_of: Callable[[str], Desk], case_id: int
) -> None:
    decide(desk_of("lado2"), case_id, **ALLEGATION)
    with pytest.raises(ChangedMeanwhile, match=r"Peter Singh saved R26-.* at 10:42\. Your words are kept"):
        decide(desk, case_id, **{**ALLEGATION, "reason": "Something else that I saw myself"})
    assert len(rows(desk, ScreeningDecision)) == 1


@pytest.mark.parametrize("who", ["cro", "relief", "auditor"])
def test_only_a_lado_or_the_manager_decides(desk_of: Callable[[str], Desk], case_id: int, who: str) -> None:
    with pytest.raises(Refused):
        decide(desk_of(who), case_id, **ALLEGATION)
    assert rows(desk_of(who), ScreeningDecision) == []


def test_a_restricted_case_is_not_screened_off_its_list(desk: Desk) -> None:
    case_id = plant_case(desk.store, restricted=True)
    with pytest.raises(NotOnAccessList):
        decide(desk, case_id, **ALLEGATION)


# What has to be put right


@pytest.mark.parametrize(
    ("answers", "field", "sentence"),
    [
        ({**ALLEGATION, "reason": "Too short"}, "reason", "Why you decided this must be 20 characters or more"),
        ({**ALLEGATION, "decision": ""}, "decision", "Enter your decision"),
        ({**ALLEGATION, "limb_3": ""}, "limb_3", "Enter yes, no or not sure for limb 3"),
        ({**ALLEGATION, "principal_type": ""}, "principal_type", "Enter the principal type of concern"),
        ({**ALLEGATION, "guidance": "WT2018"}, "guidance", "Guidance must be one that was in force on the day"),
        (
            {**ALLEGATION, "limb_2": "not_sure", "decision": "consultation"},
            "police",
            "Ask or tell the police before you choose consultation",
        ),
        ({"reason": REASON, "decision": "pending"}, "decide_by", "Enter the date to decide by"),
        ({"reason": REASON, "decision": "transferred_out"}, "other_authority", "Enter the authority whose LADO"),
    ],
)
def test_each_gap_has_its_sentence(desk: Desk, answers: dict[str, Any], field: str, sentence: str) -> None:
    with pytest.raises(ThereIsAProblem) as told:
        read(desk, **answers)
    assert [(p.field, sentence in p.sentence) for p in told.value.problems] == [(field, True)]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"principal_subtype": ""}, "Enter the sub-type"),
        ({"principal_subtype": "dishonesty"}, "Sub-type must be one of the type chosen"),
        ({"decided_on": "8 3 2026"}, "Date decided must be the same as or after 9 March 2026, when it was received"),
    ],
)
def test_what_does_not_fit_the_case_is_told_and_nothing_is_kept(
    desk: Desk, case_id: int, changed: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ThereIsAProblem, match=sentence):
        decide(desk, case_id, **{**ALLEGATION, **changed})
    assert rows(desk, ScreeningDecision) == []
