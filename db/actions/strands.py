"""What runs beside the oversight of a case: strands, meetings, sharing, escalations, alerts and its concerns."""

from sqlalchemy import select

from db.access import open_record
from db.actions.oversight import Kept, answers_kept, open_case_row, same_version
from db.actions.steps import MINUTES, add_step, finish_steps
from db.desk import action
from db.errors import ThereIsAProblem
from db.forms.oversight import AlertForm, EscalationForm, MeetingForm, ShareForm, StrandForm
from db.forms.referral import ConcernForm
from db.models import Alert, Case, CaseChild, Concern, Escalation, Meeting, Share, Strand, table
from db.officers import by_initials
from db.permissions import Permission
from db.rules.after_decision import MEETING, REVIEW
from db.rules.clocks import due_on
from db.work import Work

_cases, _children = table(Case), table(CaseChild)


@action(Permission.OVERSEE)
def open_strand(work: Work, case_id: int, form: StrandForm) -> Kept:
    """Add an investigation that runs beside the oversight; it started today unless another day is given."""
    case = open_case_row(work, case_id)
    kept = answers_kept(form)
    return Kept(case.ref, work.insert(Strand, case_id=case_id, **(kept | _today(work, kept, "started_on"))))


@action(Permission.OVERSEE)
def change_strand(work: Work, strand_id: int, form: StrandForm, *, version: int) -> Kept:
    """Change a strand, or end it with what came of it.

    Raises:
        ChangedMeanwhile: someone saved it since it was opened.
    """
    strand = work.row(Strand, strand_id)
    case = open_case_row(work, strand.case_id)
    same_version(work, case, strand, version)
    work.change(Strand, strand_id, version, **answers_kept(form))
    return Kept(case.ref, strand_id)


@action(Permission.OVERSEE)
def record_meeting(work: Work, case_id: int, form: MeetingForm) -> Kept:
    """Record a meeting held. It asks for the minutes within 28 days, and for a review 28 days after it."""
    case = open_case_row(work, case_id)
    kept = answers_kept(form, "chair")
    meeting = work.insert(Meeting, case_id=case_id, chair_id=_chair(work, form), **kept)
    finish_steps(work, case_id, MEETING)
    holder = case.owner_id or work.officer.id
    if form.minutes_sent_on is None:
        add_step(work, "Send the minutes", due_on("minutes_out", kept["held_on"]), case_id=case_id, owner_id=holder,
                 kind=MINUTES)  # fmt: skip
    if case.closed_on is None:
        finish_steps(work, case_id, REVIEW)
        again = kept["next_review_on"] or due_on("first_review", kept["held_on"])
        add_step(work, "Review meeting or review", again, case_id=case_id, owner_id=holder, kind=REVIEW)
    return Kept(case.ref, meeting)


@action(Permission.OVERSEE)
def change_meeting(work: Work, meeting_id: int, form: MeetingForm, *, version: int) -> Kept:
    """Complete a meeting's record, such as its minutes and the day they were sent.

    Raises:
        ChangedMeanwhile: someone saved it since it was opened.
    """
    meeting = work.row(Meeting, meeting_id)
    case = open_case_row(work, meeting.case_id)
    same_version(work, case, meeting, version)
    changes = answers_kept(form, "chair") | {"chair_id": _chair(work, form)}
    work.change(Meeting, meeting_id, version, **changes)
    if form.minutes_sent_on is not None:
        finish_steps(work, meeting.case_id, MINUTES)
    return Kept(case.ref, meeting_id)


@action(Permission.OVERSEE)
def record_share(work: Work, case_id: int, form: ShareForm) -> Kept:
    """Keep who was told what, when and on what basis."""
    case = open_case_row(work, case_id)
    kept = answers_kept(form)
    return Kept(case.ref, work.insert(Share, case_id=case_id, **(kept | _today(work, kept, "on_date"))))


@action(Permission.OVERSEE)
def record_escalation(work: Work, case_id: int, form: EscalationForm) -> Kept:
    """Keep a disagreement that is taken further."""
    case = open_case_row(work, case_id)
    kept = answers_kept(form)
    return Kept(case.ref, work.insert(Escalation, case_id=case_id, **(kept | _today(work, kept, "raised_on"))))


@action(Permission.OVERSEE)
def change_escalation(work: Work, escalation_id: int, form: EscalationForm, *, version: int) -> Kept:
    """Keep the answer to an escalation.

    Raises:
        ChangedMeanwhile: someone saved it since it was opened.
    """
    escalation = work.row(Escalation, escalation_id)
    case = open_case_row(work, escalation.case_id)
    same_version(work, case, escalation, version)
    kept = answers_kept(form)
    work.change(Escalation, escalation_id, version, **(kept | {"raised_on": kept["raised_on"] or escalation.raised_on}))
    return Kept(case.ref, escalation_id)


@action(Permission.OVERSEE)
def record_alert(work: Work, case_id: int, form: AlertForm) -> Kept:
    """Keep a safeguarding alert sent to senior officers."""
    case = open_case_row(work, case_id)
    kept = answers_kept(form)
    return Kept(case.ref, work.insert(Alert, case_id=case_id, **(kept | _today(work, kept, "sent_on"))))


@action(Permission.OVERSEE)
def add_concern(work: Work, case_id: int, form: ConcernForm) -> Kept:
    """Add an alleged incident to the case.

    Raises:
        ThereIsAProblem: its sub-type is missing, or belongs to another type.
    """
    case = open_case_row(work, case_id)
    return Kept(case.ref, work.insert(Concern, case_id=case_id, **_concern(work, case_id, form)))


@action(Permission.OVERSEE)
def change_concern(work: Work, concern_id: int, form: ConcernForm, *, version: int) -> Kept:
    """Change what is said of an alleged incident; its finding is part of the outcome and stays.

    Raises:
        ChangedMeanwhile: someone saved it since it was opened.
        ThereIsAProblem: its sub-type is missing, or belongs to another type.
    """
    concern = work.row(Concern, concern_id)
    case = open_record(work, _cases, concern.case_id)
    same_version(work, case, concern, version)
    work.change(Concern, concern_id, version, **_concern(work, concern.case_id, form))
    return Kept(case.ref, concern_id)


def subtype_problem(work: Work, kind: str | None, subtype: str | None) -> str:
    """What is wrong with a sub-type of concern, in a sentence; "" where nothing is."""
    belonging = {term.code for term in work.vocabulary.terms("concern_subtype", group=kind)} if kind else set()
    if belonging and not subtype:
        return "Enter the sub-type of concern"
    return "Sub-type must be one of the type chosen" if subtype and subtype not in belonging else ""


def _concern(work: Work, case_id: int, form: ConcernForm) -> dict[str, object]:
    if sentence := subtype_problem(work, form.type, form.subtype):
        raise ThereIsAProblem([form.problem("subtype", sentence)])
    return {
        "type": form.type,
        "subtype": form.subtype,
        "happened_on": form.happened.on if form.happened else None,
        "happened_given": form.happened.given if form.happened else "not_known",
        "place": form.place,
        "account": form.details,
        "child_id": _child(work, case_id, form),
    }


def _child(work: Work, case_id: int, form: ConcernForm) -> int | None:
    if not form.child:
        return None
    children = work.rows(select(_children.c.child_id).where(_children.c.case_id == case_id).order_by(_children.c.id))
    if form.child > len(children):
        raise ThereIsAProblem([form.problem("child", f"Which child must be {len(children)} or less")])
    return int(children[form.child - 1].child_id)


def _chair(work: Work, form: MeetingForm) -> int:
    return by_initials(work, form.chair, form, "chair").id if form.chair else work.officer.id


def _today(work: Work, kept: dict[str, object], field: str) -> dict[str, object]:
    return {field: kept[field] or work.today}
