"""Deciding on the harm threshold: a dated decision with its reason, and what follows from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select

from db.access import open_record
from db.actions.allocation import give
from db.actions.steps import add_step, finish_steps
from db.actions.strands import subtype_problem
from db.desk import action
from db.errors import DeskError, Problem, ThereIsAProblem
from db.forms.screening import ScreeningForm
from db.last_saved import changed_meanwhile
from db.models import Adult, Case, Concern, Note, ScreeningDecision, Step, table
from db.permissions import Permission
from db.rules.after_decision import CLOSING, DECIDE, steps_after
from db.rules.dates import Day
from db.rules.milestones import order_problems
from db.rules.retention import review_on
from db.rules.threshold import guidance_in_force
from db.vocabulary import Classification, ClosedAs, GuidanceVersion, Informed
from db.work import Work

_cases, _decisions, _concerns, _steps = table(Case), table(ScreeningDecision), table(Concern), table(Step)

_CLOSED_AS: Mapping[str, ClosedAs] = {
    Classification.NOT_THRESHOLD: ClosedAs.NOT_PROGRESSED,
    Classification.TRANSFERRED_OUT: ClosedAs.OTHER_LADO,
}
_STAYS_CLOSED = (ClosedAs.OUTCOME, ClosedAs.ENTERED_IN_ERROR)


class ClosedForGood(DeskError):
    """A case whose ending must be corrected before its classification can change."""

    title = "Not decided"
    exit_code = 2


@dataclass(frozen=True, slots=True)
class Screened:
    """A decision as it was kept.

    ``number`` counts the decisions of the case from 1; ``next_step`` and ``due_on`` are what the work list now says.
    """

    ref: str
    number: int
    classification: Classification
    closed: bool
    next_step: str | None
    due_on: date | None


@action(Permission.SCREEN)
def decide_threshold(work: Work, case_id: int, form: ScreeningForm, *, after: int) -> Screened:
    """Keep a decision on the harm threshold. The first is number 1; a reclassification is the next, never a change.

    A real decision sets what the case is, gives it to the officer where nobody holds it, and asks for what comes
    next. "Not met" and "other authority's LADO" close the referral that day; a later decision opens it again.

    Args:
        work: the officer's turn.
        case_id: the case.
        form: the answers.
        after: the number of the last decision that the officer had in view; 0 for none.

    Raises:
        ChangedMeanwhile: another decision was kept since; both are told apart on the screen.
        ClosedForGood: the case closed with an outcome or as an error; that must be corrected first.
        ThereIsAProblem: an answer does not fit the case.
    """
    case = open_record(work, _cases, case_id)
    if _last_number(work, case_id) != after:
        raise changed_meanwhile(work, case.ref)
    if case.closed_as in _STAYS_CLOSED:
        raise ClosedForGood(f"{case.ref} is closed: {_label(work, case.closed_as)}. Correct that first")
    if problems := list(_misfits(work, case, form)):
        raise ThereIsAProblem(problems)
    _keep_decision(work, case, form, after + 1)
    _set_case(work, case, form)
    _set_concern(work, case, form)
    if case.owner_id is None:
        give(work, case_id, work.officer.id, "Made the threshold decision")
    _ask_for_next(work, case, form)
    now = work.row(Case, case_id)
    return Screened(
        case.ref, after + 1, Classification(now.classification), now.closed_on is not None, now.next_step, now.due_on
    )


def _last_number(work: Work, case_id: int) -> int:
    newest = select(func.max(_decisions.c.number).label("number")).where(_decisions.c.case_id == case_id)
    found = work.first(newest)
    return found.number or 0 if found else 0


def _label(work: Work, closed_as: str) -> str:
    return work.vocabulary.label("closed_as", closed_as).lower()


def _misfits(work: Work, case: Row[Any], form: ScreeningForm) -> Iterator[Problem]:
    known = {"received_on": Day(case.received_on), "decided_on": Day(form.day(work.today))}
    for field, sentence in order_problems(known).items():
        yield form.problem(field, sentence)
    if form.decision == Classification.PENDING and case.first_classification:
        yield form.problem("decision", "More facts needed cannot follow a decision that was made. Choose another")
    if sentence := subtype_problem(work, form.principal_type, form.principal_subtype):
        yield form.problem("principal_subtype", sentence)


def _keep_decision(work: Work, case: Row[Any], form: ScreeningForm, number: int) -> None:
    decided_on = form.day(work.today)
    work.insert(
        ScreeningDecision,
        case_id=case.id,
        number=number,
        decided_at=work.now,
        decided_on=decided_on,
        officer_id=work.officer.id,
        limb_1=form.limb_1,
        limb_2=form.limb_2,
        limb_3=form.limb_3,
        limb_4=form.limb_4,
        reason=form.reason,
        classification=form.decision,
        guidance=form.guidance or guidance_in_force(decided_on) or GuidanceVersion.WT2018,
        decide_by=form.decide_by.on if form.decide_by else None,
        police=form.police or Informed.NOT_KNOWN,
        social_care=form.social_care or Informed.NOT_KNOWN,
        other_authority=form.other_authority,
    )


def _set_case(work: Work, case: Row[Any], form: ScreeningForm) -> None:
    decided_on = form.day(work.today)
    changes: dict[str, object] = {"classification": form.decision, **_ending(work, case, form, decided_on)}
    if form.decision != Classification.PENDING and case.first_classification is None:
        changes |= {"first_classification": form.decision, "first_decided_on": decided_on}
    if form.principal_type:
        changes |= {"principal_type": form.principal_type, "principal_subtype": form.principal_subtype}
        _note_change_of_type(work, case, form)
    if form.other_authority:
        changes["other_authority"] = form.other_authority
    work.change(Case, case.id, None, **changes)


def _ending(work: Work, case: Row[Any], form: ScreeningForm, decided_on: date) -> Mapping[str, object]:
    if form.decision not in CLOSING:
        return dict.fromkeys(("closed_on", "closed_as", "closed_reason", "retention_rule", "retention_review_on"))
    born_on = work.row(Adult, case.adult_id).born_on
    kept = review_on(form.decision, None, born_on, decided_on, legal_hold=case.legal_hold)
    return {
        "closed_on": decided_on,
        "closed_as": _CLOSED_AS[form.decision],
        "closed_reason": form.reason,
        "retention_rule": kept.rule_code,
        "retention_review_on": kept.review_on,
    }


def _note_change_of_type(work: Work, case: Row[Any], form: ScreeningForm) -> None:
    before, after = (
        _type_words(work, case.principal_type, case.principal_subtype),
        _type_words(work, form.principal_type, form.principal_subtype),
    )
    if case.first_classification and before != after:
        words = f"Type: {before} -> {after}"
        work.insert(Note, case_id=case.id, at=work.now, officer_id=work.officer.id, kind="changed", words=words)


def _type_words(work: Work, kind: str | None, subtype: str | None) -> str:
    label = work.vocabulary.label
    return ", ".join((label("concern_type", kind), *([label("concern_subtype", subtype)] if subtype else [])))


def _set_concern(work: Work, case: Row[Any], form: ScreeningForm) -> None:
    """The principal type needs a concern behind it: the only one takes it on; where there is none, one is made."""
    if not form.principal_type:
        return
    concerns = work.rows(select(_concerns.c.id, _concerns.c.type).where(_concerns.c.case_id == case.id))
    kind = {"type": form.principal_type, "subtype": form.principal_subtype}
    if len(concerns) == 1:
        work.change(Concern, concerns[0].id, None, **kind)
    elif form.principal_type not in {concern.type for concern in concerns}:
        work.insert(Concern, case_id=case.id, happened_given="not_known", **kind)


def _ask_for_next(work: Work, case: Row[Any], form: ScreeningForm) -> None:
    finish_steps(work, case.id, DECIDE)
    if form.decision in CLOSING:
        return
    holder = case.owner_id or work.officer.id
    asked = steps_after(form.screening(), case.received_on, form.day(work.today), social_care=form.social_care)
    for step in asked:
        if not _asked_already(work, case.id, step.kind):
            add_step(
                work,
                step.what,
                step.due_on,
                case_id=case.id,
                owner_id=holder,
                waiting_for=step.waiting_for,
                kind=step.kind,
            )


def _asked_already(work: Work, case_id: int, kind: str) -> bool:
    same = select(_steps.c.id).where(_steps.c.case_id == case_id, _steps.c.kind == kind, _steps.c.done_on.is_(None))
    return work.first(same) is not None
