"""A case ends with an agreed outcome; it can be taken back for ten minutes, and is corrected after that."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from db.actions.outcomes import CaseEnded, close_case, record_outcome, undo_outcome
from db.actions.referrals import enter_referral
from db.actions.screening import decide_threshold
from db.desk import Desk
from db.errors import ChangedMeanwhile, DeskError, Refused, ThereIsAProblem
from db.forms.outcome import CloseForm, OutcomeForm
from db.forms.referral import ReferralForm
from db.forms.screening import ScreeningForm
from db.models import Case, Concern, Outcome, Step, table
from db.queries.outcomes import outcome_page
from tests.conftest import NOW, FrozenClock

TODAY = NOW.date()
REASON = "Two accounts conflict. No injury and no witness."

REFERRAL: dict[str, object] = {
    "received": "9 3 2026",
    "name": "James Hartley",
    "born": "14 3 1985",
    "role": "t",
    "setting": "St Mary's CE Primary School",
    "setting_kind": "primary",
    "children": [{"name": "J.S.", "age": "7"}],
    "concerns": [{"type": "ph", "subtype": "other_physical"}, {"type": "em"}],
}

SCREENING: dict[str, object] = {
    "limb_1": "y",
    "limb_2": "n",
    "limb_3": "n",
    "limb_4": "n",
    "reason": "A red mark was seen by the first aider.",
    "decision": "allegation",
    "principal_type": "physical",
    "principal_subtype": "other_physical",
    "police": "n",
    "social_care": "n",
}

OUTCOME: dict[str, object] = {
    "concluded": "12 3 2026",
    "finding": "unsubstantiated",
    "employer_view": "unsubstantiated",
    "lado_view": "unsubstantiated",
    "agreed_employer": "y",
    "agreed_police": "n",
    "agreed_social_care": "n",
    "reason": REASON,
    "employment_result": "management_action",
    "dbs_removed": "n",
    "dbs_harm": "n",
    "dbs_status": "not_needed",
    "regulator_status": "not_needed",
    "adult_told": "y",
    "child_told": "y",
    "parent_told": "y",
    "child_impact": "Settled in class. Says he feels safe.",
    "residual_risk": "Watched by the head for a term.",
    "learning": "Safer handling refresher for all staff.",
}


@pytest.fixture
def case_id(desk: Desk) -> int:
    """An allegation, decided and held by the duty LADO."""
    referral = ReferralForm.read(REFERRAL, today=TODAY, words=desk.vocabulary)
    saved = desk.do(enter_referral, referral)
    screening = ScreeningForm.read(SCREENING, today=TODAY, words=desk.vocabulary)
    desk.do(decide_threshold, saved.case_id, screening, after=0)
    return saved.case_id


def conclude(desk: Desk, case_id: int, after: int = 0, /, **answers: object) -> CaseEnded:
    page = desk.ask(outcome_page, case_id)
    found = [{"concern": str(number), "finding": "unsubstantiated"} for number in page.concerns]
    typed = OUTCOME | {"findings": found} | answers
    form = OutcomeForm.read(typed, today=desk.clock().date(), words=desk.vocabulary)
    return desk.do(record_outcome, case_id, form, after=after)


def rows(desk: Desk, model: Any) -> list[dict[str, Any]]:
    with desk.store.read() as connection:
        return [dict(row) for row in connection.execute(select(table(model))).mappings()]


def open_steps(desk: Desk) -> list[str]:
    return [step["what"] for step in rows(desk, Step) if step["done_on"] is None]


def test_an_outcome_closes_the_case_and_says_how_long_it_is_kept(desk: Desk, case_id: int) -> None:
    ended = conclude(desk, case_id)

    (case,) = rows(desk, Case)
    assert (case["closed_on"], case["closed_as"]) == (date(2026, 3, 12), "outcome")
    assert (case["retention_rule"], case["retention_review_on"]) == ("subst_unsubst", date(2085, 3, 14))
    assert "14 March 2085" in ended.kept
    (outcome,) = rows(desk, Outcome)
    assert (outcome["finding"], outcome["is_current"], outcome["conflict"]) == ("unsubstantiated", True, False)
    assert {concern["finding"] for concern in rows(desk, Concern)} == {"unsubstantiated"}
    assert open_steps(desk) == []


def test_every_concern_needs_its_own_finding(desk: Desk, case_id: int) -> None:
    page = desk.ask(outcome_page, case_id)
    first = next(iter(page.concerns))
    with pytest.raises(ThereIsAProblem, match=r"Enter a finding for 2\. Emotional abuse"):
        conclude(desk, case_id, findings=[{"concern": str(first), "finding": "false"}])
    assert rows(desk, Outcome) == []


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("finding", "Enter the agreed outcome"),
        ("concluded", "Enter the date the outcome was agreed"),
        ("reason", "20 characters"),
        ("child_impact", "Enter the impact on the child"),
        ("residual_risk", "Enter the risk that is left"),
        ("adult_told", "Enter if the adult has been told"),
        ("dbs_removed", "Enter if the adult was removed"),
    ],
)
def test_what_must_be_known_stops_the_closing(desk: Desk, case_id: int, missing: str, sentence: str) -> None:
    with pytest.raises(ThereIsAProblem) as told:
        conclude(desk, case_id, **{missing: ""})
    assert missing in [problem.field for problem in told.value.problems]
    assert any(sentence in problem.sentence for problem in told.value.problems)
    assert rows(desk, Case)[0]["closed_on"] is None


def test_what_is_still_to_be_done_becomes_a_next_step(desk: Desk, case_id: int) -> None:
    ended = conclude(desk, case_id, adult_told="n", learning="")

    assert ended.actions == ("See that the adult is told the outcome", "Record what can be learnt from this case")
    assert open_steps(desk) == list(ended.actions)
    (case,) = rows(desk, Case)
    assert case["due_on"] == date(2026, 3, 19)


def test_differing_views_are_flagged(desk: Desk, case_id: int) -> None:
    ended = conclude(desk, case_id, employer_view="false")
    assert rows(desk, Outcome)[0]["conflict"]
    assert any("differ" in step for step in ended.actions)


def test_a_duty_to_refer_cannot_be_called_not_needed(desk: Desk, case_id: int) -> None:
    with pytest.raises(ThereIsAProblem, match="both conditions of the duty are met"):
        conclude(desk, case_id, employment_result="dismissed", dbs_removed="y", dbs_harm="y")


def test_an_outcome_is_undone_within_ten_minutes_as_if_it_had_not_been(
    desk: Desk, case_id: int, clock: FrozenClock
) -> None:
    before = (rows(desk, Case), open_steps(desk), rows(desk, Concern))
    conclude(desk, case_id, adult_told="n")
    clock.pass_time(minutes=9, seconds=59)
    desk.do(undo_outcome, case_id)

    after = (rows(desk, Case), open_steps(desk), rows(desk, Concern))
    for was, is_now in zip((before[0], before[2]), (after[0], after[2]), strict=True):
        strip = [{**row, "version": 0} for row in was], [{**row, "version": 0} for row in is_now]
        assert strip[0] == strip[1]
    assert before[1] == after[1]
    assert [(row["is_current"], row["undone_at"] is not None) for row in rows(desk, Outcome)] == [(False, True)]


def test_after_ten_minutes_it_is_corrected_and_both_versions_are_kept(
    desk: Desk, case_id: int, clock: FrozenClock
) -> None:
    conclude(desk, case_id)
    clock.pass_time(minutes=10)
    with pytest.raises(DeskError, match="cannot be undone any more"):
        desk.do(undo_outcome, case_id)
    with pytest.raises(ThereIsAProblem, match="Why it is corrected"):
        conclude(desk, case_id, 1, finding="unfounded")

    conclude(desk, case_id, 1, finding="unfounded", correction_reason="The employer's report came after all.")
    versions = desk.ask(outcome_page, case_id).versions
    assert [(v.number, v.finding, v.current) for v in versions] == [
        (1, "unsubstantiated", False),
        (2, "unfounded", True),
    ]


def test_an_outcome_is_not_undone_over_a_later_change(desk: Desk, case_id: int) -> None:
    conclude(desk, case_id)
    with desk.store.write() as connection:
        connection.exec_driver_sql("UPDATE case_file SET version = version + 1")
    with pytest.raises(DeskError, match="cannot be undone"):
        desk.do(undo_outcome, case_id)


def test_two_outcomes_at_once_do_not_overwrite(desk: Desk, desk_of: Callable[[str], Desk], case_id: int) -> None:
    conclude(desk, case_id)
    with pytest.raises(ChangedMeanwhile, match="Mary Okoro"):
        conclude(desk_of("lado2"), case_id, 0, finding="false")


def close(desk: Desk, case_id: int, **answers: object) -> CaseEnded:
    form = CloseForm.read(answers, today=TODAY, words=desk.vocabulary)
    return desk.do(close_case, case_id, form)


def test_an_allegation_closes_without_an_outcome_only_to_another_lado_or_as_an_error(
    desk: Desk, desk_of: Callable[[str], Desk], case_id: int
) -> None:
    with pytest.raises(ThereIsAProblem, match="must be one of"):
        close(desk, case_id, closed_as="no_further_action", closed_reason="Back to the employer to manage.")
    with pytest.raises(Refused, match="Only the manager"):
        close(desk, case_id, closed_as="entered_in_error", closed_reason="The same form was entered twice.")
    manager = desk_of("manager")
    ended = close(manager, case_id, closed_as="entered_in_error", closed_reason="The same form was entered twice.")
    assert ended.ref == "R26-0001"
    assert rows(desk, Case)[0]["closed_as"] == "entered_in_error"


def test_the_relief_worker_concludes_nothing(desk: Desk, desk_of: Callable[[str], Desk], case_id: int) -> None:
    with pytest.raises(Refused):
        conclude(desk_of("relief"), case_id)
