"""Who opened a case, and when, from the audit trail."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from db.access import open_record
from db.clock import local
from db.desk import query
from db.models import AuditEntry, Case, table
from db.officers import NOBODY, everyone
from db.permissions import Permission
from db.work import Work

_entries, _cases = table(AuditEntry), table(Case)

MOST = 200
"""Entries told, the newest."""


@dataclass(frozen=True, slots=True)
class Look:
    """One entry of the trail about a case: when, who, what they did, whether it was refused."""

    when: str
    who: str
    what: str


@query(Permission.OVERSEE)
def who_looked(work: Work, case_id: int) -> Sequence[Look]:
    """What the trail holds about a case, newest first.

    Raises:
        NotOnAccessList: the case is not this officer's to open.
    """
    case = open_record(work, _cases, case_id)
    names = everyone(work)
    about = select(_entries).where(_entries.c.subject == case.ref).order_by(_entries.c.id.desc()).limit(MOST)
    return [
        Look(
            f"{local(row.at):%d %b %Y %H:%M}",
            names.get(row.officer_id, NOBODY).name,
            f"{row.act.replace('_', ' ')}{', refused' if row.result != 'done' else ''}",
        )
        for row in work.rows(about)
    ]
