"""Who holds a case: given at the first decision, moved with a reason, one or many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from db.access import open_record
from db.desk import action
from db.errors import DeskError
from db.forms.oversight import MoveForm
from db.last_saved import changed_meanwhile
from db.models import Allocation, Case, Grant, Step, table
from db.officers import OfficerName, by_initials
from db.permissions import Permission
from db.queries.who_may_hold import why_not
from db.work import Work

_cases, _allocations, _steps, _grants = table(Case), table(Allocation), table(Step), table(Grant)


class CannotMove(DeskError):
    """A case that this officer cannot be given, and why."""

    title = "Not moved"
    exit_code = 2


@dataclass(frozen=True, slots=True)
class Moved:
    """Cases that changed hands: their references, and who holds them now."""

    refs: tuple[str, ...]
    to: str


def give(work: Work, case_id: int, officer_id: int, reason: str) -> None:
    """Make an officer the holder of a case, end the former holder's time, and pass on what was theirs to do."""
    held = select(_allocations.c.id, _allocations.c.officer_id).where(
        _allocations.c.case_id == case_id, _allocations.c.to_on.is_(None)
    )
    for before in work.rows(held):
        work.change(Allocation, before.id, to_on=work.today)
        _pass_on_steps(work, case_id, before.officer_id, officer_id)
    work.insert(
        Allocation,
        case_id=case_id,
        officer_id=officer_id,
        from_on=work.today,
        reason=reason,
        given_by=work.officer.id,
    )
    work.change(Case, case_id, owner_id=officer_id)


@action(Permission.OVERSEE)
def move_case(work: Work, case_id: int, form: MoveForm, *, version: int) -> Moved:
    """Give a case to another officer. A LADO may hand over their own or take one nobody holds; a manager, any.

    Raises:
        Refused: it is another officer's case and this one is no manager.
        CannotMove: the officer it is for may not have it; the sentence says why.
        ChangedMeanwhile: someone saved the case since it was opened.
    """
    case = open_record(work, _cases, case_id)
    if case.version != version:
        raise changed_meanwhile(work, case.ref)
    to = by_initials(work, form.to or "", form, "to")
    if case.owner_id not in (None, work.officer.id):
        work.require(Permission.ALLOCATE)
    _move(work, case, to, form.reason or "")
    return Moved((case.ref,), to.name)


@action(Permission.ALLOCATE)
def move_cases(work: Work, case_ids: Sequence[int], form: MoveForm) -> Moved:
    """Give many cases to one officer for one reason, all or none; each case gets its own entry.

    Raises:
        CannotMove: one of them may not be theirs; nothing was moved.
    """
    to = by_initials(work, form.to or "", form, "to")
    refs = []
    for case_id in dict.fromkeys(case_ids):
        case = open_record(work, _cases, case_id)
        _move(work, case, to, form.reason or "")
        refs.append(case.ref)
    work.subject = None
    return Moved(tuple(refs), to.name)


def _move(work: Work, case: Row[Any], to: OfficerName, reason: str) -> None:
    if problem := why_not(work, case, to):
        raise CannotMove(problem)
    give(work, case.id, to.id, reason)


def _pass_on_steps(work: Work, case_id: int, before: int, after: int) -> None:
    theirs = select(_steps.c.id).where(
        _steps.c.case_id == case_id, _steps.c.owner_id == before, _steps.c.done_on.is_(None)
    )
    for step in work.rows(theirs):
        work.change(Step, step.id, owner_id=after)
