"""The audit trail as it can be asked about."""

from db import audit
from db.audit import Verified
from db.desk import query
from db.permissions import Permission
from db.work import Work


@query(Permission.VERIFY)
def verify_trail(work: Work, last: int | None = None) -> Verified:
    """Whether the audit trail holds, all of it or its ``last`` so many entries."""
    return audit.verify(work.connection, work.audit_key, last=last)
