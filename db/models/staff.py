"""The officers of the service, the posts they fill, and who may or may not open what."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, Numeric
from sqlmodel import Field, SQLModel

from db.models import columns
from db.vocabulary import DutyStatus, OfficerRole


class Officer(SQLModel, table=True):
    """Someone who signs in at the desk."""

    __tablename__ = "officer"

    id: int | None = columns.key()
    version: int = columns.version()
    name: str = columns.plain()
    initials: str = columns.plain(limit=6)
    sign_in: str = columns.plain(limit=60)
    role: str = columns.code(OfficerRole)
    starts_on: date
    ends_on: date | None = None
    ended_at: datetime | None = None

    __table_args__ = (Index("ux_officer_sign_in", "sign_in", unique=True),)


class PostFilled(SQLModel, table=True):
    """A post filled by an officer, in full-time equivalents, from when to when (last day included)."""

    __tablename__ = "post_filled"

    id: int | None = columns.key()
    officer_id: int = columns.link("officer.id")
    post: str = columns.code(OfficerRole)
    fte: Decimal = Field(sa_type=Numeric(3, 2))
    from_on: date
    to_on: date | None = None

    __table_args__ = (CheckConstraint("fte > 0 AND fte <= 1", name="ck_post_filled_fte"),)


class Absence(SQLModel, table=True):
    """Days an officer is away (both ends included), and who covers."""

    __tablename__ = "absence"

    id: int | None = columns.key()
    officer_id: int = columns.link("officer.id")
    from_on: date
    to_on: date | None = None
    reason: str = columns.code(among=("leave", "sickness", "parental", "training", "secondment", "other"))
    cover_id: int | None = columns.link("officer.id", null=True, index=False)


class DutyTurn(SQLModel, table=True):
    """Whose turn it is on the duty line."""

    __tablename__ = "duty_turn"

    id: int | None = columns.key()
    officer_id: int = columns.link("officer.id", index=False)
    from_at: datetime
    to_at: datetime

    __table_args__ = (Index("ix_duty_turn_from", "from_at"),)


class DutySpell(SQLModel, table=True):
    """A spell in which callers met open lines, reduced hours or suspended enquiries."""

    __tablename__ = "duty_spell"

    id: int | None = columns.key()
    status: str = columns.code(DutyStatus)
    from_at: datetime
    to_at: datetime | None = None
    reason: str | None = columns.plain(null=True)


class Restriction(SQLModel, table=True):
    """Why a case or enquiry is closed to all but its access list."""

    __tablename__ = "restriction"

    id: int | None = columns.key()
    case_id: int | None = columns.link("case_file.id", null=True)
    enquiry_id: int | None = columns.link("enquiry.id", null=True)
    reason: str = columns.code()
    set_by: int = columns.link("officer.id", index=False)
    set_at: datetime
    ended_at: datetime | None = None


class Grant(SQLModel, table=True):
    """An officer's place on the access list of a restricted record."""

    __tablename__ = "access_grant"

    id: int | None = columns.key()
    case_id: int | None = columns.link("case_file.id", null=True)
    enquiry_id: int | None = columns.link("enquiry.id", null=True)
    officer_id: int = columns.link("officer.id")
    granted_by: int = columns.link("officer.id", index=False)
    from_at: datetime
    until: datetime | None = None
    reason: str | None = columns.text(null=True)


class Conflict(SQLModel, table=True):
    """An officer's declared interest in an adult; it overrides every role."""

    __tablename__ = "conflict"

    id: int | None = columns.key()
    officer_id: int = columns.link("officer.id")
    adult_id: int = columns.link("adult.id")
    declared_at: datetime
    words: str | None = columns.text(null=True)
