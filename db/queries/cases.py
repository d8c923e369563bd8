"""One case, opened whole by the officer who oversees it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeAlias

from sqlalchemy import Row, or_, select

from db import audit
from db.access import open_record
from db.clock import local
from db.desk import query
from db.errors import NotFound
from db.models import (
    Adult,
    Allocation,
    AuditEntry,
    Case,
    CaseChild,
    CaseFlag,
    Child,
    ChildMark,
    Concern,
    Delay,
    Enquiry,
    Grant,
    Meeting,
    Outcome,
    Restriction,
    ScreeningDecision,
    Setting,
    Step,
    Strand,
    table,
)
from db.officers import NOBODY, OfficerName, everyone
from db.permissions import Permission
from db.queries.case_view import (
    Access,
    CaseView,
    ChildRow,
    ConcernRow,
    DecisionRow,
    DelayRow,
    Earlier,
    HeldRow,
    Looking,
    MeetingRow,
    StepRow,
    StrandRow,
)
from db.queries.known import records_of_adults
from db.queries.same_person import same_person
from db.queries.settings import pattern_at
from db.rules.after_decision import REVIEW
from db.rules.clocks import closing_clocks, days_since, due_status
from db.rules.dates import Day, age_on, words
from db.vocabulary import Answer, Classification, Finding, LimbAnswer
from db.work import Work

_cases, _steps, _restrictions, _grants = table(Case), table(Step), table(Restriction), table(Grant)
_entries, _children, _in_case, _marks = table(AuditEntry), table(Child), table(CaseChild), table(ChildMark)

Names: TypeAlias = Mapping[int, OfficerName]

LOOKING_FOR = timedelta(minutes=15)
"""How long after opening a case an officer is told of as looking at it."""


@query(Permission.READ_RECORD, logged=True)
def open_case(work: Work, case_id: int) -> CaseView:
    """A case, whole. Opening it is kept in the audit trail, and so is being refused.

    Raises:
        NotFound: there is no such case.
        NotOnAccessList: it is restricted and the officer is not on its list, or has declared a conflict.
    """
    return case_view(work, open_record(work, _cases, case_id))


@query(Permission.READ_RECORD, logged=True)
def show_case(work: Work, ref: str) -> CaseView:
    """A case by its reference, ``R26-0412``.

    Raises:
        NotFound: there is no such case.
        NotOnAccessList: it is restricted and the officer is not on its list, or has declared a conflict.
    """
    found = work.first(select(_cases.c.id).where(_cases.c.ref == ref.strip().upper()))
    if found is None:
        raise NotFound(f"There is no case {ref.strip()[:20]}. It may have been mistyped")
    return case_view(work, open_record(work, _cases, found.id))


def case_view(work: Work, case: Row[Any]) -> CaseView:
    """A case whole, from its row, within a turn already begun."""
    names = everyone(work)
    return CaseView(
        **_as_kept(case), **_in_words(work, case), **_standing(work, case, names), **_parts(work, case, names)
    )


def _as_kept(case: Row[Any]) -> dict[str, Any]:
    """What the row holds, as it is; nothing for what is empty."""
    same = ("id", "version", "ref", "adult_id", "setting_id", "received_on", "police_told", "social_care_told",
            "first_decided_on", "due_on", "reviewed_on", "closed_on", "legal_hold")  # fmt: skip
    or_nothing = ("account", "first_classification", "principal_type", "principal_subtype", "next_step",
                  "closed_reason")  # fmt: skip
    return {name: getattr(case, name) for name in same} | {name: getattr(case, name) or "" for name in or_nothing}


def _in_words(work: Work, case: Row[Any]) -> dict[str, Any]:
    label, adult = work.vocabulary.label, work.row(Adult, case.adult_id)
    return {
        "adult": adult.name,
        "born": _born(adult, work.today),
        "role": label("role", case.role),
        "setting": work.row(Setting, case.setting_id).name if case.setting_id else "",
        "sector": label("sector", case.sector),
        "agency": label("referrer_agency", case.agency),
        "enquiry_ref": work.row(Enquiry, case.enquiry_id).ref if case.enquiry_id else "",
        "classification": Classification(case.classification),
        "type_words": _type_words(work, case),
        "closed_as": label("closed_as", case.closed_as) if case.closed_as else "",
        "finding": _finding(work, case),
        "keep_words": _keep_words(case),
        "flags": tuple(label("case_flag", row.flag) for row in _rows(work, CaseFlag, case, "flag")),
    }


def _standing(work: Work, case: Row[Any], names: Names) -> dict[str, Any]:
    return {
        "owner": names.get(case.owner_id, NOBODY),
        "day": days_since(case.received_on, case.closed_on or work.today),
        "clocks": closing_clocks(case.received_on, work.today, case.closed_on),
        "status": due_status(case.due_on, work.today, waiting=case.waiting),
        "access": _access(work, case, names),
        "earlier": _earlier(work, case),
        "pattern": pattern_at(work, case.setting_id, same_person(work, case.adult_id)) if case.setting_id else None,
        "looking": tuple(_looking(work, case, names)),
    }


def _parts(work: Work, case: Row[Any], names: Names) -> dict[str, Any]:
    steps = tuple(_steps_of(work, case, names))
    return {
        "steps": steps,
        "review_due_on": next((step.due_on for step in steps if step.kind == REVIEW), None),
        "strands": tuple(_strands_of(work, case)),
        "meetings": tuple(_meetings_of(work, case, names)),
        "delays": tuple(_delays_of(work, case)),
        "held": tuple(_held(work, case, names)),
        "concerns": tuple(_concerns_of(work, case)),
        "children": tuple(_children_of(work, case)),
        "decisions": tuple(_decisions_of(work, case, names)),
    }


def _rows(work: Work, model: Any, case: Row[Any], by: str = "id") -> Sequence[Row[Any]]:  # noqa: ANN401
    of = table(model)
    return work.rows(select(of).where(of.c.case_id == case.id).order_by(of.c[by]))


def _born(adult: Row[Any], today: date) -> str:
    if adult.born_on is None:
        return "birth date not known"
    confirm = ", to confirm" if adult.born_given == "to_confirm" else ""
    return f"born {words(adult.born_on)}, {age_on(adult.born_on, today)}{confirm}"


def _type_words(work: Work, case: Row[Any]) -> str:
    label = work.vocabulary.label
    parts = (("concern_type", case.principal_type), ("concern_subtype", case.principal_subtype))
    return ", ".join(label(listed, code) for listed, code in parts if code)


def _finding(work: Work, case: Row[Any]) -> str:
    current = next((row for row in _rows(work, Outcome, case) if row.is_current), None)
    return f"{Finding(current.finding).label}. {Finding(current.finding).meaning}" if current else ""


def _keep_words(case: Row[Any]) -> str:
    if case.legal_hold:
        return "Legal hold"
    return f"Keep until review on {words(case.retention_review_on)}" if case.retention_review_on else ""


def _access(work: Work, case: Row[Any], names: Names) -> Access:
    if not case.restricted:
        return Access(restricted=False)
    running = select(_restrictions.c.reason).where(
        _restrictions.c.case_id == case.id, _restrictions.c.ended_at.is_(None)
    )
    listed = select(_grants.c.officer_id).where(
        _grants.c.case_id == case.id, or_(_grants.c.until.is_(None), _grants.c.until > work.now)
    )
    found = work.first(running.order_by(_restrictions.c.id.desc()))
    reason = work.vocabulary.label("restriction_reason", found.reason if found else None).lower()
    on_it = dict.fromkeys(names[row.officer_id].initials for row in work.rows(listed.order_by(_grants.c.id)))
    return Access(restricted=True, reason=reason, listed=tuple(on_it))


def _earlier(work: Work, case: Row[Any]) -> Earlier:
    adults = same_person(work, case.adult_id)
    found, hidden = records_of_adults(work, adults)
    others = tuple(r for r in found if (r.kind, r.id) != ("case", case.id) and r.id != _own_enquiry(r.kind, case))
    return Earlier(others, bool(hidden))


def _own_enquiry(kind: str, case: Row[Any]) -> int | None:
    return case.enquiry_id if kind == "enquiry" else None


def _looking(work: Work, case: Row[Any], names: Names) -> Iterator[Looking]:
    opened = (
        select(_entries.c.officer_id, _entries.c.at)
        .where(
            _entries.c.subject == case.ref,
            _entries.c.at > work.now - LOOKING_FOR,
            _entries.c.act.in_((open_case.name, "open_screening")),
            _entries.c.result == audit.DONE,
            _entries.c.officer_id != work.officer.id,
        )
        .order_by(_entries.c.id)
    )
    first = {row.officer_id: row.at for row in reversed(work.rows(opened))}
    for officer_id, at in first.items():
        yield Looking(names.get(officer_id, NOBODY).name, f"{local(at):%H:%M}")


def _steps_of(work: Work, case: Row[Any], names: Names) -> Iterator[StepRow]:
    undone = select(_steps).where(_steps.c.case_id == case.id, _steps.c.done_on.is_(None))
    for row in work.rows(undone.order_by(_steps.c.due_on.is_(None), _steps.c.due_on, _steps.c.id)):
        yield StepRow(
            row.id,
            row.version,
            row.what,
            row.waiting_for or names.get(row.owner_id, NOBODY).initials,
            row.due_on,
            due_status(row.due_on, work.today, waiting=bool(row.waiting_for)),
            row.kind or "",
        )


def _strands_of(work: Work, case: Row[Any]) -> Iterator[StrandRow]:
    for row in _rows(work, Strand, case):
        label = work.vocabulary.label("strand_kind", row.kind)
        yield StrandRow(
            row.id, row.kind, label, row.lead or "", row.reference or "", row.started_on, row.ended_on, row.result or ""
        )


def _meetings_of(work: Work, case: Row[Any], names: Names) -> Iterator[MeetingRow]:
    for row in _rows(work, Meeting, case, "held_on"):
        label = work.vocabulary.label("meeting_kind", row.kind)
        chair = names.get(row.chair_id, NOBODY).initials
        yield MeetingRow(row.id, row.kind, label, row.held_on, chair, row.minutes_sent_on)


def _delays_of(work: Work, case: Row[Any]) -> Iterator[DelayRow]:
    for row in _rows(work, Delay, case):
        yield DelayRow(row.id, row.cause, work.vocabulary.label("delay_cause", row.cause), row.from_on, row.to_on)


def _held(work: Work, case: Row[Any], names: Names) -> Iterator[HeldRow]:
    for row in _rows(work, Allocation, case):
        yield HeldRow(names.get(row.officer_id, NOBODY), row.from_on, row.to_on, row.reason or "")


def _concerns_of(work: Work, case: Row[Any]) -> Iterator[ConcernRow]:
    label = work.vocabulary.label
    children = {row.id: row.name for row in _children_rows(work, case)}
    for row in _rows(work, Concern, case):
        kind = label("concern_type", row.type)
        more = f", {label('concern_subtype', row.subtype)}" if row.subtype else ""
        finding = Finding(row.finding).label if row.finding else ""
        happened = Day(row.happened_on, row.happened_given).words
        child = children.get(row.child_id, "")
        yield ConcernRow(row.id, row.type, f"{kind}{more}", child, happened, row.place or "", finding)


def _children_rows(work: Work, case: Row[Any]) -> Sequence[Row[Any]]:
    statement = (
        select(_children, _in_case.c.relationship)
        .join(_in_case, _in_case.c.child_id == _children.c.id)
        .where(_in_case.c.case_id == case.id)
    )
    return work.rows(statement.order_by(_in_case.c.id))


def _children_of(work: Work, case: Row[Any]) -> Iterator[ChildRow]:
    rows = _children_rows(work, case)
    marks = work.rows(select(_marks).where(_marks.c.child_id.in_([row.id for row in rows])))
    for row in rows:
        told = [work.vocabulary.label("child_status", mark.mark) for mark in marks if mark.child_id == row.id]
        told += ["needs or disability"] if row.needs == Answer.YES and not told else []
        age = f"{age_on(row.born_on, case.received_on)}" if row.born_on else str(row.age or "")
        yield ChildRow(row.id, row.name, age, ", ".join(told), row.relationship or "")


def _decisions_of(work: Work, case: Row[Any], names: Names) -> Iterator[DecisionRow]:
    for row in _rows(work, ScreeningDecision, case, "number"):
        met = tuple(n for n in (1, 2, 3, 4) if getattr(row, f"limb_{n}") == LimbAnswer.YES)
        label = work.vocabulary.label("decision", row.classification)
        guidance = work.vocabulary.label("guidance_version", row.guidance)
        who = names.get(row.officer_id, NOBODY).initials
        yield DecisionRow(row.id, row.number, label, row.decided_on, who, met, guidance, row.reason)
