"""What the desk keeps about itself: the audit trail, the counters of references, the service's own words."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from db.models import columns


class AuditEntry(SQLModel, table=True):
    """Who did, opened, searched or was refused what, when and why. Only ever added to; each row seals the last."""

    __tablename__ = "audit_entry"

    id: int | None = columns.key()
    at: datetime
    officer_id: int | None = columns.link("officer.id", null=True)
    act: str = columns.plain(limit=60)
    result: str = columns.code(among=("done", "refused"))
    subject: str | None = columns.plain(null=True, limit=60)
    why: str | None = columns.text(null=True)
    machine: str = columns.plain(limit=120)
    detail: str | None = None
    seal: str = columns.plain(limit=64)

    __table_args__ = (Index("ix_audit_subject", "subject", "id"),)


class ReferenceCounter(SQLModel, table=True):
    """The last number given out for a kind of reference in a calendar year."""

    __tablename__ = "reference_counter"

    kind: str = Field(primary_key=True, max_length=2)
    year: int = Field(primary_key=True)
    last: int


class StoreFact(SQLModel, table=True):
    """What the store says of itself: practice or real, its id, the service's name."""

    __tablename__ = "store_fact"

    fact: str = Field(primary_key=True, max_length=columns.CODE_LIMIT)
    value: str = columns.plain()


class ServiceTerm(SQLModel, table=True):
    """A service's own wording of one entry of a code list."""

    __tablename__ = "service_term"

    list_name: str = Field(primary_key=True, max_length=columns.CODE_LIMIT)
    code: str = Field(primary_key=True, max_length=columns.CODE_LIMIT)
    label: str = columns.plain()
    under: str | None = columns.code(null=True)
    retired: bool = False
    position: int = 0


class Snapshot(SQLModel, table=True):
    """A figure of a year as it was published, kept for comparison."""

    __tablename__ = "snapshot"

    year: str = Field(primary_key=True, max_length=7)
    figure: str = Field(primary_key=True, max_length=120)
    value: str = columns.plain(limit=40)
    taken_at: datetime
