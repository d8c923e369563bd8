"""Ending a case: the outcome recorded and the case closed, taken back within ten minutes, corrected after that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select

from db.access import open_record
from db.actions.steps import add_step, show_next
from db.desk import action
from db.errors import DeskError, NotFound, Problem, Refused, ThereIsAProblem
from db.forms.outcome import CloseForm, OutcomeForm
from db.last_saved import changed_meanwhile
from db.models import Adult, Case, CaseChild, Concern, Outcome, Step, table
from db.permissions import Permission
from db.queries.outcomes import concerns_in_words
from db.rules.outcomes import Closing, can_undo, closing_problems, gaps, ways_to_close
from db.rules.retention import RetentionDue, review_on
from db.rules.threshold import REASON_AT_LEAST
from db.rules.working_days import add_working_days
from db.vocabulary import Answer, Classification, ClosedAs, RegulatorStatus
from db.work import Work

_cases, _concerns, _outcomes, _steps = table(Case), table(Concern), table(Outcome), table(Step)
_children = table(CaseChild)

GAP_DUE = 5
"""Working days in which what is still to be done at closing falls due."""

_ANSWERED = ("agreed_employer", "agreed_police", "agreed_social_care", "dbs_removed", "dbs_harm", "adult_told",
             "child_told", "parent_told")  # fmt: skip
_SAME = ("finding", "employer_view", "lado_view", "employment_result", "employment_words", "dbs_reason", "regulator",
         "not_told_reason", "child_impact", "child_feedback", "learning", "residual_risk")  # fmt: skip
_DAYS = {
    "dbs_on": "dbs_on",
    "regulator_on": "regulator_on",
    "adult_told_on": "adult_told_on",
    "child_told_on": "child_told_on",
    "parent_told_on": "parent_told_on",
    "risk_review": "risk_review_on",
}
_REOPENED = ("closed_on", "closed_as", "closed_reason", "retention_rule", "retention_review_on")


@dataclass(frozen=True, slots=True)
class CaseEnded:
    """A case as it was closed: the version of its outcome, what became an action, and how long it is kept."""

    ref: str
    number: int
    actions: tuple[str, ...]
    kept: str


@action(Permission.CONCLUDE)
def record_outcome(work: Work, case_id: int, form: OutcomeForm, *, after: int = 0) -> CaseEnded:
    """Record the agreed outcome and close the case; what is still to be done becomes a next step.

    With ``form.correction_reason`` it corrects an outcome recorded before: both versions are kept.

    Args:
        work: the officer's turn.
        case_id: an allegation.
        form: the answers.
        after: the number of the last version the officer had in view; 0 for none.

    Raises:
        ChangedMeanwhile: another version was recorded since.
        ThereIsAProblem: what stops the case from closing.
        DeskError: it is no allegation, or it is concluded already and no reason for a correction was given.
    """
    case = open_record(work, _cases, case_id)
    if _last_number(work, case_id) != after:
        raise changed_meanwhile(work, case.ref)
    _stop_unless_it_can_conclude(case, form)
    concerns = concerns_in_words(work, case_id)
    has_child = work.first(select(_children.c.id).where(_children.c.case_id == case_id)) is not None
    if problems := [*form.problems(concerns, has_child=has_child), *_out_of_order(case, form)]:
        raise ThereIsAProblem(problems)
    concluded_on = _concluded_on(form)
    for one in form.findings:
        if one.concern in concerns:
            work.change(Concern, one.concern, None, finding=one.finding, finding_on=concluded_on)
    _end_current(work, case_id)
    outcome_id = _insert(work, case_id, form, number=after + 1, concluded_on=concluded_on)
    _end_steps(work, case_id, outcome_id)
    todo = _ask_for_the_rest(work, case, form, outcome_id, form.closing(concerns, has_child=has_child))
    kept = _close(work, case, ClosedAs.OUTCOME, concluded_on, str(form.reason), outcome=form.finding)
    work.change(Outcome, outcome_id, None, case_version=work.row(Case, case_id).version)
    return CaseEnded(case.ref, after + 1, todo, kept.words)


@action(Permission.CONCLUDE)
def close_case(work: Work, case_id: int, form: CloseForm) -> CaseEnded:
    """Close a case without an outcome, in one of the ways its classification allows.

    Raises:
        ThereIsAProblem: it cannot end that way.
        Refused: only a manager may say that a case was entered in error.
    """
    case = open_record(work, _cases, case_id)
    if case.closed_on is not None:
        raise DeskError(f"{case.ref} is closed already")
    if problems := closing_problems(case.classification, form.closed_as, form.closed_reason or ""):
        raise ThereIsAProblem(problems)
    way = next(way for way in ways_to_close(case.classification) if way.closed_as == form.closed_as)
    if way.closed_as is ClosedAs.OUTCOME:
        raise ThereIsAProblem([form.problem("closed_as", "Record the outcome to close an allegation")])
    if way.manager_only:
        _require_manager(work)
    closed_on = form.closed_on.on if form.closed_on and form.closed_on.on else work.today
    _end_steps(work, case_id)
    kept = _close(work, case, way.closed_as, closed_on, str(form.closed_reason))
    return CaseEnded(case.ref, 0, (), kept.words)


@action(Permission.CONCLUDE)
def undo_outcome(work: Work, case_id: int) -> str:
    """Take back an outcome within ten minutes, as if it had not been; its version stays, marked as undone.

    Returns:
        The case's reference.

    Raises:
        DeskError: the ten minutes are over, or the case has been changed since: correct it instead.
    """
    case = open_record(work, _cases, case_id)
    current = _current(work, case_id)
    if current is None:
        raise NotFound(f"{case.ref} has no outcome to undo")
    if not can_undo(current.recorded_at, work.now, changed_since=case.version != current.case_version):
        raise DeskError(f"The outcome of {case.ref} cannot be undone any more. Correct it: both versions are kept")
    work.change(Outcome, current.id, None, is_current=False, undone_at=work.now)
    before = _version_before(work, case_id, current.number)
    if before is not None:
        work.change(Outcome, before.id, None, is_current=True)
        return str(case.ref)
    concerns = select(_concerns.c.id).where(_concerns.c.case_id == case_id)
    for row in work.rows(concerns):
        work.change(Concern, row.id, None, finding=None, finding_on=None)
    _take_back_steps(work, current.id)
    work.change(Case, case_id, None, **dict.fromkeys(_REOPENED))
    show_next(work, case_id=case_id)
    return str(case.ref)


def _stop_unless_it_can_conclude(case: Row[Any], form: OutcomeForm) -> None:
    if case.classification != Classification.ALLEGATION:
        raise DeskError(f"{case.ref} is not an allegation. Close it without an outcome, or decide the threshold again")
    if case.closed_on is not None and len((form.correction_reason or "").strip()) < REASON_AT_LEAST:
        sentence = f"Why it is corrected must be {REASON_AT_LEAST} characters or more"
        raise ThereIsAProblem([Problem("correction_reason", "Why it is corrected", sentence)])


def _out_of_order(case: Row[Any], form: OutcomeForm) -> list[Problem]:
    concluded_on = form.concluded.on if form.concluded else None
    if concluded_on is not None and concluded_on < case.received_on:
        return [form.problem("concluded", "Date agreed must be the same as or after the day it was received")]
    return []


def _concluded_on(form: OutcomeForm) -> date:
    if form.concluded is None or form.concluded.on is None:
        raise ThereIsAProblem([form.problem("concluded", "Enter the date the outcome was agreed")])
    return form.concluded.on


def _last_number(work: Work, case_id: int) -> int:
    newest = work.first(select(func.max(_outcomes.c.number).label("number")).where(_outcomes.c.case_id == case_id))
    return int(newest.number or 0) if newest else 0


def _current(work: Work, case_id: int) -> Row[Any] | None:
    return work.first(select(_outcomes).where(_outcomes.c.case_id == case_id, _outcomes.c.is_current))


def _version_before(work: Work, case_id: int, number: int) -> Row[Any] | None:
    earlier = select(_outcomes.c.id).where(
        _outcomes.c.case_id == case_id, _outcomes.c.number < number, _outcomes.c.undone_at.is_(None)
    )
    return work.first(earlier.order_by(_outcomes.c.number.desc()).limit(1))


def _end_current(work: Work, case_id: int) -> None:
    current = _current(work, case_id)
    if current is not None:
        work.change(Outcome, current.id, None, is_current=False)


def _insert(work: Work, case_id: int, form: OutcomeForm, *, number: int, concluded_on: date) -> int:
    days: Mapping[str, Any] = {column: getattr(form, name) for name, column in _DAYS.items()}
    return work.insert(
        Outcome,
        case_id=case_id,
        number=number,
        is_current=True,
        concluded_on=concluded_on,
        conflict=form.conflict,
        reason=form.reason,
        dbs_status=form.dbs_status or RegulatorStatus.CONSIDERING,
        regulator_status=form.regulator_status or RegulatorStatus.CONSIDERING,
        recorded_by=work.officer.id,
        recorded_at=work.now,
        correction_reason=form.correction_reason,
        **{name: getattr(form, name) for name in _SAME},
        **{name: getattr(form, name) or Answer.NOT_KNOWN for name in _ANSWERED},
        **{column: day.on if day else None for column, day in days.items()},
    )


def _ask_for_the_rest(
    work: Work, case: Row[Any], form: OutcomeForm, outcome_id: int, closing: Closing
) -> tuple[str, ...]:
    """What closing leaves to be done becomes steps of whoever holds the case."""
    holder = case.owner_id or work.officer.id
    todo = [gap.sentence for gap in gaps(closing) if not gap.blocking]
    due = dict.fromkeys(todo, add_working_days(work.today, GAP_DUE))
    if form.risk_review and form.risk_review.on:
        due["Review the risk that is left"] = form.risk_review.on
    for what, due_on in due.items():
        add_step(work, what, due_on, case_id=case.id, owner_id=holder, asked_by_outcome=outcome_id)
    return tuple(due)


def _close(
    work: Work, case: Row[Any], way: ClosedAs, closed_on: date, reason: str, *, outcome: str | None = None
) -> RetentionDue:
    born_on = work.row(Adult, case.adult_id).born_on
    kept = review_on(case.classification, outcome, born_on, closed_on, legal_hold=case.legal_hold)
    work.change(
        Case,
        case.id,
        None,
        closed_on=closed_on,
        closed_as=way,
        closed_reason=reason,
        retention_rule=kept.rule_code,
        retention_review_on=kept.review_on,
    )
    return kept


def _end_steps(work: Work, case_id: int, outcome_id: int | None = None) -> None:
    """A case that closes waits for nothing more."""
    for row in work.rows(select(_steps.c.id).where(_steps.c.case_id == case_id, _steps.c.done_on.is_(None))):
        ended = {"done_on": work.today, "done_by": work.officer.id, "ended_by_outcome": outcome_id}
        work.change(Step, row.id, None, **ended)
    show_next(work, case_id=case_id)


def _take_back_steps(work: Work, outcome_id: int) -> None:
    """Bring back what the closing ended, and end what it asked for."""
    for row in work.rows(select(_steps.c.id).where(_steps.c.asked_by_outcome == outcome_id)):
        work.change(Step, row.id, None, done_on=work.today, done_by=work.officer.id)
    for row in work.rows(select(_steps.c.id).where(_steps.c.ended_by_outcome == outcome_id)):
        work.change(Step, row.id, None, done_on=None, done_by=None, ended_by_outcome=None)


def _require_manager(work: Work) -> None:
    if not work.may(Permission.MANAGE_STAFF):
        raise Refused("Only the manager can say that a case was entered in error")
