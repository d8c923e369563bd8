"""Contacts with the duty line."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from db.models import columns
from db.vocabulary import Answer, EnquiryResult

_OPEN = text("closed_on IS NULL")

SUBJECTS = ("lado", "ofsted_information")
"""What an enquiry is about: a LADO matter, or an inspectorate asking what is held (counted apart)."""


class Enquiry(SQLModel, table=True):
    """One contact with the duty line. It stays an enquiry; a referral made from it points back to it."""

    __tablename__ = "enquiry"

    id: int | None = columns.key()
    version: int = columns.version()
    ref: str = columns.plain(limit=12)
    subject: str = columns.code(among=SUBJECTS)
    received_at: datetime
    received_on: date
    received_week: int
    entered_at: datetime
    taken_by: int = columns.link("officer.id")
    method: str = columns.code()
    call_back: str | None = columns.name(null=True, limit=60)
    caller_name: str | None = columns.name(null=True)
    caller_role: str | None = columns.code(null=True)
    agency: str | None = columns.code(null=True)
    organisation: str | None = columns.name(null=True)
    child_safe: str = columns.code(Answer)
    adult_with_children: str = columns.code(Answer)
    police_or_care_told: str = columns.code(Answer)
    adult_id: int | None = columns.link("adult.id", null=True)
    role: str | None = columns.code(null=True)
    works_at: str | None = columns.name(null=True)
    setting_id: int | None = columns.link("setting.id", null=True)
    works_elsewhere: str = columns.code(Answer)
    other_authority: str | None = columns.name(null=True)
    other_work: str = columns.code(Answer)
    children: str | None = columns.text(null=True)
    child_needs: str = columns.code(Answer)
    child_in_care: str = columns.code(Answer)
    account: str | None = columns.text(null=True)
    advice: str | None = columns.text(null=True)
    result: str | None = columns.code(EnquiryResult, null=True)
    owner_id: int | None = columns.link("officer.id", null=True, index=False)
    next_step: str | None = columns.plain(null=True)
    waiting: bool = False
    due_on: date | None = None
    closed_on: date | None = None
    closed_reason: str | None = columns.text(null=True)
    restricted: bool = False

    __table_args__ = (
        Index("ux_enquiry_ref", "ref", unique=True),
        Index("ix_enquiry_received", "received_on", "id"),
        Index("ix_enquiry_counts", "received_on", "subject", "result", "role"),
        columns.index_where(_OPEN, "ix_enquiry_open_due", "due_on", "id"),
        columns.index_where(_OPEN, "ix_enquiry_open_owner", "owner_id", "due_on", "id"),
    )
