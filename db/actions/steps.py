"""Next steps: what is to be done on a case or an enquiry, and the line by which it shows on the work list."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, select

from db.models import Case, Enquiry, Step, table
from db.rules.after_decision import DECIDE
from db.rules.clocks import due_on as due_under
from db.work import Work

_steps = table(Step)

MINUTES = "minutes"
"""A meeting was held and its minutes are to be sent."""

DETAILS = "details"
"""A form was returned to the referrer, and what was missing is to come."""


def add_step(
    work: Work,
    what: str,
    due_on: date | None,
    *,
    case_id: int | None = None,
    enquiry_id: int | None = None,
    owner_id: int | None = None,
    waiting_for: str | None = None,
    kind: str | None = None,
    asked_by_outcome: int | None = None,
) -> int:
    """Add something to be done on one case or one enquiry; nobody as owner means the duty officer."""
    number = work.insert(
        Step,
        case_id=case_id,
        enquiry_id=enquiry_id,
        kind=kind,
        what=what,
        owner_id=owner_id,
        waiting_for=waiting_for,
        due_on=due_on,
        added_at=work.now,
        added_by=work.officer.id,
        asked_by_outcome=asked_by_outcome,
    )
    show_next(work, case_id=case_id, enquiry_id=enquiry_id)
    return number


def add_decide_step(work: Work, case_id: int, received_on: date) -> int:
    """Ask for the threshold decision on a new referral: within one working day of receipt."""
    return add_step(work, "Decide threshold", due_under("lado_decision", received_on), case_id=case_id, kind=DECIDE)


def finish_steps(work: Work, case_id: int, *kinds: str) -> None:
    """Mark a case's open steps of these kinds as done today by this officer."""
    undone = select(_steps.c.id).where(
        _steps.c.case_id == case_id, _steps.c.done_on.is_(None), _steps.c.kind.in_(kinds)
    )
    for step in work.rows(undone):
        work.change(Step, step.id, done_on=work.today, done_by=work.officer.id)
    show_next(work, case_id=case_id)


def show_next(work: Work, *, case_id: int | None = None, enquiry_id: int | None = None) -> None:
    """Bring the record's line on the work list up to date: its earliest step not yet done."""
    statement, number = (_NEXT_OF_CASE, case_id) if case_id is not None else (_NEXT_OF_ENQUIRY, enquiry_id)
    step = work.connection.execute(statement, {"record": number}).first()
    line = {
        "next_step": step.what if step else None,
        "due_on": step.due_on if step else None,
        "waiting": bool(step and step.waiting_for),
    }
    if case_id is not None:
        work.change(Case, case_id, **line)
    elif enquiry_id is not None:
        work.change(Enquiry, enquiry_id, **line)


def _earliest(of: ColumnElement[int]) -> Select[Any]:
    return (
        select(_steps.c.what, _steps.c.due_on, _steps.c.waiting_for)
        .where(of == bindparam("record"), _steps.c.done_on.is_(None))
        .order_by(_steps.c.due_on.is_(None), _steps.c.due_on, _steps.c.id)
        .limit(1)
    )


_NEXT_OF_CASE, _NEXT_OF_ENQUIRY = _earliest(_steps.c.case_id), _earliest(_steps.c.enquiry_id)
