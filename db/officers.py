"""Who is who at the desk, by number and by initials, and whose access has ended."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from db.errors import ThereIsAProblem
from db.forms.form import Form
from db.models import Conflict, Officer, table
from db.queries.officers import left_by
from db.vocabulary import OfficerRole
from db.work import Work

_officers, _conflicts = table(Officer), table(Conflict)


@dataclass(frozen=True, slots=True)
class OfficerName:
    """An officer as lists show them."""

    id: int
    name: str
    initials: str
    role: OfficerRole


NOBODY = OfficerName(0, "not allocated", "-", OfficerRole.AUDITOR)
"""Stands for an officer where there is none."""


def everyone(work: Work) -> Mapping[int, OfficerName]:
    """Every officer there is or was, by number."""
    statement = select(_officers.c.id, _officers.c.name, _officers.c.initials, _officers.c.role)
    return {row.id: OfficerName(row.id, row.name, row.initials, OfficerRole(row.role)) for row in work.rows(statement)}


def by_initials(work: Work, initials: str, form: Form, field: str) -> OfficerName:
    """The officer still at this desk whose initials these are, in capitals or not.

    Raises:
        ThereIsAProblem: nobody here has them, told beside the form's field.
    """
    statement = select(_officers.c.id, _officers.c.name, _officers.c.initials, _officers.c.role).where(
        ~left_by(work.today)
    )
    wanted = initials.strip().casefold()
    for row in work.rows(statement.order_by(_officers.c.id)):
        if row.initials.casefold() == wanted:
            return OfficerName(row.id, row.name, row.initials, OfficerRole(row.role))
    raise ThereIsAProblem([form.problem(field, f"Nobody at this desk has the initials {initials.strip()}")])


def has_conflict(work: Work, officer_id: int, adult_id: int) -> bool:
    """Whether an officer has declared an interest in an adult."""
    declared = select(_conflicts.c.id).where(_conflicts.c.officer_id == officer_id, _conflicts.c.adult_id == adult_id)
    return work.first(declared) is not None
