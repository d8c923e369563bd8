"""Who may open which record: restricted records, their access lists, and declared conflicts of interest.

A restricted record shows to others as its reference and the word restricted. A declared conflict beats every role.
"""

from typing import Any

from sqlalchemy import ColumnElement, Table, and_, exists, or_, select, true

from db.errors import NotFound, NotOnAccessList
from db.models import Case, Conflict, Enquiry, Grant, table
from db.vocabulary import OfficerRole
from db.work import Work

_conflicts = table(Conflict)
_grants = table(Grant)
_OWN_KEY = {table(Case): _grants.c.case_id, table(Enquiry): _grants.c.enquiry_id}


def may_see(work: Work, of: Table) -> ColumnElement[bool]:
    """A condition on cases or enquiries that holds for the records whose content this officer may see."""
    conflicted = exists(
        select(_conflicts.c.id).where(
            _conflicts.c.officer_id == work.officer.id, _conflicts.c.adult_id == of.c.adult_id
        )
    )
    return and_(~conflicted, or_(~of.c.restricted, _on_list(work, of)))


def open_record(work: Work, of: Table, record_id: int) -> Any:  # noqa: ANN401 - a row of cases or of enquiries
    """The row of a case or enquiry the officer may open; names it for the audit trail.

    Raises:
        NotFound: there is no such record.
        NotOnAccessList: it is restricted and the officer is not on its list, or has declared a conflict.
    """
    row = work.first(select(of, may_see(work, of).label("allowed")).where(of.c.id == record_id))
    if row is None:
        raise NotFound("There is no such record. It may have been mistyped")
    work.subject = row.ref
    if not row.allowed:
        raise NotOnAccessList(row.ref)
    return row


def _on_list(work: Work, of: Table) -> ColumnElement[bool]:
    if work.officer.role is OfficerRole.MANAGER:
        return true()
    return exists(
        select(_grants.c.id).where(
            _OWN_KEY[of] == of.c.id,
            _grants.c.officer_id == work.officer.id,
            or_(_grants.c.until.is_(None), _grants.c.until > work.now),
        )
    )
