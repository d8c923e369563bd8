"""Closing a case to all but its access list, and who is on the list. Managers always are, conflicts apart."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import or_, select

from db.access import open_record
from db.actions.allocation import CannotMove
from db.actions.oversight import Kept, open_case_row
from db.clock import ENGLAND
from db.desk import action
from db.errors import DeskError, ThereIsAProblem
from db.forms.oversight import GrantEndedForm, GrantForm, RestrictForm, UnrestrictForm
from db.models import Case, Grant, Note, Restriction, table
from db.officers import OfficerName, by_initials, everyone, has_conflict
from db.permissions import Permission
from db.queries.who_may_hold import on_list
from db.vocabulary import OfficerRole
from db.work import Work

_cases, _grants, _restrictions = table(Case), table(Grant), table(Restriction)


class CannotGrant(CannotMove):
    """An officer who cannot be put on an access list, and why."""

    title = "Not on the list"


def close_to_list(work: Work, case_id: int, reason: str, *officer_ids: int) -> None:
    """Restrict a case and put these officers on its list."""
    work.insert(Restriction, case_id=case_id, reason=reason, set_by=work.officer.id, set_at=work.now)
    for officer_id in dict.fromkeys(officer_ids):
        _put_on_list(work, case_id, officer_id)
    work.change(Case, case_id, restricted=True)


@action(Permission.RESTRICT)
def restrict_case(work: Work, case_id: int, form: RestrictForm) -> Kept:
    """Close a case to all but its list: the officer, who holds it, and who else is named.

    Raises:
        DeskError: it is restricted already.
        ThereIsAProblem: nobody has such initials.
        CannotGrant: someone named has declared a conflict.
    """
    case = open_record(work, _cases, case_id)
    if case.restricted:
        raise DeskError(f"{case.ref} is restricted already. Add people to its list instead")
    named = [by_initials(work, initials, form, "who") for initials in (form.who or "").replace(",", " ").split()]
    for officer in named:
        _must_be_free(work, case.ref, case.adult_id, officer)
    holder = [case.owner_id] if case.owner_id else []
    close_to_list(work, case_id, form.reason or "", work.officer.id, *holder, *(officer.id for officer in named))
    return Kept(case.ref, case_id)


@action(Permission.RESTRICT)
def lift_restriction(work: Work, case_id: int, form: UnrestrictForm) -> Kept:
    """Open a restricted case to the team again, with the reason; its list and its history stay.

    Raises:
        DeskError: it is not restricted.
    """
    case = open_case_row(work, case_id)
    if not case.restricted:
        raise DeskError(f"{case.ref} is not restricted")
    running = select(_restrictions.c.id).where(_restrictions.c.case_id == case_id, _restrictions.c.ended_at.is_(None))
    for restriction in work.rows(running):
        work.change(Restriction, restriction.id, ended_at=work.now)
    work.insert(
        Note,
        case_id=case_id,
        at=work.now,
        officer_id=work.officer.id,
        kind="changed",
        words=f"Open to the team again: {form.reason}",
    )
    work.change(Case, case_id, restricted=False)
    return Kept(case.ref, case_id)


@action(Permission.RESTRICT)
def grant_access(work: Work, case_id: int, form: GrantForm) -> Kept:
    """Put an officer on the access list of a restricted case, to a day or while it is restricted.

    Raises:
        CannotGrant: they have declared a conflict, or are on the list already.
    """
    case = open_case_row(work, case_id)
    officer = by_initials(work, form.who or "", form, "who")
    _must_be_free(work, case.ref, case.adult_id, officer)
    if on_list(work, case_id, officer):
        raise CannotGrant(f"{officer.name} is on the access list for {case.ref} already")
    work.insert(
        Grant,
        case_id=case_id,
        officer_id=officer.id,
        granted_by=work.officer.id,
        from_at=work.now,
        until=_end_of(form.until.on if form.until else None),
        reason=form.reason,
    )
    return Kept(case.ref, case_id)


@action(Permission.RESTRICT)
def end_access(work: Work, case_id: int, form: GrantEndedForm) -> Kept:
    """Take an officer off the access list, from now on.

    Raises:
        ThereIsAProblem: they are not on it by a grant.
    """
    case = open_case_row(work, case_id)
    officer = by_initials(work, form.who or "", form, "who")
    theirs = select(_grants.c.id).where(
        _grants.c.case_id == case_id,
        _grants.c.officer_id == officer.id,
        or_(_grants.c.until.is_(None), _grants.c.until > work.now),
    )
    listed = work.rows(theirs)
    if not listed:
        raise ThereIsAProblem([form.problem("who", f"{officer.name} is not on the access list for {case.ref}")])
    for grant in listed:
        work.change(Grant, grant.id, until=work.now)
    return Kept(case.ref, case_id)


def _end_of(day: date | None) -> datetime | None:
    """The instant at which a day is over in England."""
    return datetime.combine(day + timedelta(days=1), time.min, ENGLAND).astimezone(UTC) if day else None


def _put_on_list(work: Work, case_id: int, officer_id: int) -> None:
    if everyone(work)[officer_id].role is not OfficerRole.MANAGER:
        work.insert(Grant, case_id=case_id, officer_id=officer_id, granted_by=work.officer.id, from_at=work.now)


def _must_be_free(work: Work, ref: str, adult_id: int, officer: OfficerName) -> None:
    if has_conflict(work, officer.id, adult_id):
        raise CannotGrant(f"{officer.name} cannot open {ref}: a conflict of interest is declared")
