"""Who saved a record last, and when: what a clash tells the officer whose save came second."""

from sqlalchemy import select

from db import audit
from db.clock import local
from db.errors import ChangedMeanwhile
from db.models import AuditEntry, Officer, table
from db.work import Work

_entries, _officers = table(AuditEntry), table(Officer)


def changed_meanwhile(work: Work, ref: str) -> ChangedMeanwhile:
    """The clash to raise where a record was saved by someone since this officer opened it."""
    newest = (
        select(_entries.c.at, _officers.c.name)
        .join(_officers, _officers.c.id == _entries.c.officer_id)
        .where(_entries.c.subject == ref, _entries.c.result == audit.DONE, _entries.c.detail.is_not(None))
        .order_by(_entries.c.id.desc())
        .limit(1)
    )
    found = work.first(newest)
    return ChangedMeanwhile(ref, found.name, f"{local(found.at):%H:%M}") if found else ChangedMeanwhile(ref)
