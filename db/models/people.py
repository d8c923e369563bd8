"""The people of the record: the adult a concern is about, the children, and those who ring or refer."""

from datetime import date, datetime

from sqlalchemy import Index, literal_column
from sqlmodel import Field, SQLModel

from db.models import columns
from db.vocabulary import Answer, Sector

BIRTH_GIVEN = ("recorded", "not_known", "to_confirm")
"""How far a birth date can be relied on: as recorded, not known, or a made-up looking one still to be confirmed."""

_BORN_KNOWN = literal_column("born_on").is_not(None)


class Adult(SQLModel, table=True):
    """Someone who works with children and about whom something was said. Linked to another entry, never merged."""

    __tablename__ = "adult"

    id: int | None = columns.key()
    version: int = columns.version()
    name: str = columns.name()
    born_on: date | None = None
    born_given: str = columns.code(among=BIRTH_GIVEN)
    sex: str | None = columns.code(null=True)
    ethnicity: str | None = columns.code(null=True)
    home_address: str | None = columns.text(null=True)
    own_children: str | None = columns.text(null=True)
    other_work: str | None = columns.text(null=True)
    entered_at: datetime

    __table_args__ = (columns.index_where(_BORN_KNOWN, "ix_adult_born_on", "born_on"),)


class OtherName(SQLModel, table=True):
    """A former name, a known-as name, or a spelling met elsewhere."""

    __tablename__ = "other_name"

    id: int | None = columns.key()
    adult_id: int = columns.link("adult.id")
    name: str = columns.name()
    kind: str = columns.code(among=("former", "known_as", "spelling"))


class AdultLink(SQLModel, table=True):
    """An officer's decision that two entries are, or are not, the same person. Ended, never deleted."""

    __tablename__ = "adult_link"

    id: int | None = columns.key()
    adult_id: int = columns.link("adult.id")
    other_id: int = columns.link("adult.id")
    same: bool
    reason: str | None = columns.text(null=True)
    decided_by: int = columns.link("officer.id", index=False)
    decided_at: datetime
    ended_at: datetime | None = None


class Post(SQLModel, table=True):
    """An adult's work at a setting: in what role, on what basis, from when to when."""

    __tablename__ = "post"

    id: int | None = columns.key()
    adult_id: int = columns.link("adult.id")
    setting_id: int | None = columns.link("setting.id", null=True)
    role: str | None = columns.code(null=True)
    basis: str | None = columns.code(null=True)
    sector: str | None = columns.code(Sector, null=True)
    started_on: date | None = None
    service_length: str | None = columns.plain(null=True)
    ended_on: date | None = None


class Child(SQLModel, table=True):
    """A child in a referral; initials are enough until the name is given."""

    __tablename__ = "child"

    id: int | None = columns.key()
    version: int = columns.version()
    name: str = columns.name()
    born_on: date | None = None
    age: int | None = None
    sex: str | None = columns.code(null=True)
    address: str | None = columns.text(null=True)
    needs: str = columns.code(Answer)
    in_care: str = columns.code(Answer)
    placing_authority: str | None = columns.name(null=True)
    social_worker: str | None = columns.name(null=True)


class ChildMark(SQLModel, table=True):
    """One of the marks a child may carry: in care to whom, plan, special needs. Marks overlap."""

    __tablename__ = "child_mark"

    child_id: int = Field(foreign_key="child.id", primary_key=True)
    mark: str = Field(primary_key=True, max_length=columns.CODE_LIMIT)


class Contact(SQLModel, table=True):
    """Who rang or referred: name, agency, role and how to reach them."""

    __tablename__ = "contact"

    id: int | None = columns.key()
    name: str = columns.name()
    agency: str | None = columns.code(null=True)
    role: str | None = columns.code(null=True)
    organisation: str | None = columns.name(null=True)
    phone: str | None = columns.name(null=True, limit=60)
    email: str | None = columns.name(null=True)


class Setting(SQLModel, table=True):
    """A place where adults work with children; what it is decides under which heading its cases count."""

    __tablename__ = "setting"

    id: int | None = columns.key()
    version: int = columns.version()
    name: str = columns.name()
    kind: str | None = columns.code(null=True)
    sector: str | None = columns.code(Sector, null=True)
    governance: str | None = columns.code(null=True)
    district: str | None = columns.code(null=True)
    area: str | None = columns.code(null=True)
    provider: str | None = columns.name(null=True)
    registration: str | None = columns.plain(null=True, limit=60)
    town: str | None = columns.plain(null=True)
    own_service: bool = False
    entered_at: datetime

    __table_args__ = (Index("ix_setting_name", "name"),)
