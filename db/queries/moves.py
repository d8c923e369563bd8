"""Who could take a case, how much they hold already, and why some cannot."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select

from db.access import open_record
from db.desk import query
from db.models import Case, Officer, table
from db.officers import OfficerName
from db.permissions import Permission, may
from db.queries.officers import left_by
from db.queries.who_may_hold import why_not
from db.vocabulary import OfficerRole
from db.work import Work

_cases, _officers = table(Case), table(Officer)


@dataclass(frozen=True, slots=True)
class Taker:
    """An officer who may hold cases. ``problem`` says why not this one; "" where they can take it."""

    initials: str
    name: str
    open_cases: int
    problem: str


@query(Permission.READ_RECORD)
def who_may_take(work: Work, case_id: int) -> Sequence[Taker]:
    """Every officer who may hold cases, fewest open cases first, those who cannot have this one last.

    Raises:
        NotOnAccessList: the case is not this officer's to open.
    """
    case = open_record(work, _cases, case_id)
    held = (
        select(func.count())
        .where(_cases.c.owner_id == _officers.c.id, _cases.c.closed_on.is_(None))
        .scalar_subquery()
        .label("held")
    )
    columns = (_officers.c.id, _officers.c.name, _officers.c.initials, _officers.c.role, held)
    found = [
        Taker(row.initials, row.name, row.held, why_not(work, case, _named(row)))
        for row in work.rows(select(*columns).where(~left_by(work.today)))
        if may(row.role, Permission.OVERSEE)
    ]
    return sorted(found, key=lambda one: (bool(one.problem), one.open_cases, one.initials))


def _named(row: Row[Any]) -> OfficerName:
    return OfficerName(row.id, row.name, row.initials, OfficerRole(row.role))
