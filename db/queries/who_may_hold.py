"""Who may hold a case, and why somebody may not."""

from typing import Any

from sqlalchemy import Row, or_, select

from db.models import Grant, table
from db.officers import OfficerName, has_conflict
from db.permissions import Permission, may
from db.vocabulary import OfficerRole
from db.work import Work

_grants = table(Grant)


def why_not(work: Work, case: Row[Any], to: OfficerName) -> str:
    """Why a case cannot be given to an officer, in a sentence; "" where it can."""
    if case.closed_on is not None:
        return f"{case.ref} is closed. A closed case stays with who closed it"
    if to.id == case.owner_id:
        return f"{to.name} holds {case.ref} already"
    if not may(to.role, Permission.OVERSEE):
        return f"{to.name} is a {to.role.label} and cannot hold a case"
    if has_conflict(work, to.id, case.adult_id):
        return f"{to.name} cannot take {case.ref}: a conflict of interest is declared"
    if case.restricted and not on_list(work, case.id, to):
        return f"{to.name} is not on the access list for {case.ref}. Add them to the list first"
    return ""


def on_list(work: Work, case_id: int, officer: OfficerName) -> bool:
    """Whether an officer may open a restricted case by role or by its access list, conflicts apart."""
    listed = select(_grants.c.id).where(
        _grants.c.case_id == case_id,
        _grants.c.officer_id == officer.id,
        or_(_grants.c.until.is_(None), _grants.c.until > work.now),
    )
    return officer.role is OfficerRole.MANAGER or work.first(listed) is not None
