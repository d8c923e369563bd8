"""A case: one adult from referral to closure, with its concerns, children and screening decisions."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from db.models import columns
from db.vocabulary import Answer, Classification, ClosedAs, Finding, GuidanceVersion, Informed, LimbAnswer, Sector

_OPEN = text("closed_on IS NULL")
_REDECIDED = text("number > 1")
_CLOSED = text("closed_on IS NOT NULL")
_OPEN_UNDECIDED = text("closed_on IS NULL AND classification = 'pending'")


class Case(SQLModel, table=True):
    """One adult from referral to closure; what a service counts as one referral.

    ``received_on`` is when the form reached the service, ``entered_at`` when it was keyed. ``sector``, ``role``,
    ``setting_kind`` and ``area`` are as they stood at referral. ``classification`` is the current one and
    ``first_classification`` what was first decided.
    """

    __tablename__ = "case_file"

    id: int | None = columns.key()
    version: int = columns.version()
    ref: str = columns.plain(limit=12)
    enquiry_id: int | None = columns.link("enquiry.id", null=True)
    adult_id: int = columns.link("adult.id")
    setting_id: int | None = columns.link("setting.id", null=True)
    referrer_id: int | None = columns.link("contact.id", null=True)
    employer_contact_id: int | None = columns.link("contact.id", null=True)
    agency: str | None = columns.code(null=True)
    role: str | None = columns.code(null=True)
    basis: str | None = columns.code(null=True)
    sector: str | None = columns.code(Sector, null=True)
    setting_kind: str | None = columns.code(null=True)
    area: str | None = columns.code(null=True)
    received_on: date
    received_week: int
    employer_aware_on: date | None = None
    entered_at: datetime
    entered_by: int = columns.link("officer.id")
    portal_ref: str | None = columns.plain(null=True, limit=60)
    external_ref: str | None = columns.plain(null=True, limit=60)
    account: str | None = columns.text(null=True)
    account_from: str | None = columns.name(null=True)
    incidents: int | None = None
    witnesses: str | None = columns.text(null=True)
    actions_taken: str | None = columns.text(null=True)
    earlier_known: str | None = columns.text(null=True)
    adult_aware: str = columns.code(Answer)
    parents_aware: str = columns.code(Answer)
    police_told: str = columns.code(Answer)
    social_care_told: str = columns.code(Answer)
    interim_measure: str | None = columns.code(null=True)
    classification: str = columns.code(Classification)
    first_classification: str | None = columns.code(Classification, null=True)
    first_decided_on: date | None = None
    principal_type: str | None = columns.code(null=True)
    principal_subtype: str | None = columns.code(null=True)
    other_authority: str | None = columns.name(null=True)
    returned_on: date | None = None
    returned_missing: str | None = columns.text(null=True)
    owner_id: int | None = columns.link("officer.id", null=True, index=False)
    next_step: str | None = columns.plain(null=True)
    waiting: bool = False
    due_on: date | None = None
    reviewed_on: date | None = None
    closed_on: date | None = None
    closed_as: str | None = columns.code(ClosedAs, null=True)
    closed_reason: str | None = columns.text(null=True)
    retention_rule: str | None = columns.code(null=True)
    retention_review_on: date | None = None
    legal_hold: bool = False
    restricted: bool = False

    __table_args__ = (
        Index("ux_case_ref", "ref", unique=True),
        Index("ix_case_received", "received_on", "id"),
        Index(
            "ix_case_counts", "received_on", "classification", "closed_on", "first_decided_on", "closed_as", "sector"
        ),
        columns.index_where(_OPEN, "ix_case_open_due", "due_on", "id"),
        columns.index_where(_OPEN, "ix_case_open_owner", "owner_id", "due_on", "id"),
        columns.index_where(_OPEN_UNDECIDED, "ix_case_undecided_due", "due_on", "id"),
        columns.index_where(_OPEN, "ix_case_open_received", "received_on", "closed_on"),
        Index("ix_case_setting_received", "setting_id", "received_on"),
        columns.index_where(_CLOSED, "ix_case_closed", "closed_on", "id"),
    )


class CaseFlag(SQLModel, table=True):
    """A mark on a case: non-recent, arose outside work, restraint, and the like."""

    __tablename__ = "case_flag"

    case_id: int = Field(foreign_key="case_file.id", primary_key=True)
    flag: str = Field(primary_key=True, max_length=columns.CODE_LIMIT)


class CaseChild(SQLModel, table=True):
    """A child in a case, and what the child is to the adult."""

    __tablename__ = "case_child"

    id: int | None = columns.key()
    case_id: int = columns.link("case_file.id")
    child_id: int = columns.link("child.id")
    relationship: str | None = columns.name(null=True)


class Concern(SQLModel, table=True):
    """One alleged incident within a case, with its own finding."""

    __tablename__ = "concern"

    id: int | None = columns.key()
    version: int = columns.version()
    case_id: int = columns.link("case_file.id")
    child_id: int | None = columns.link("child.id", null=True)
    type: str = columns.code()
    subtype: str | None = columns.code(null=True)
    happened_on: date | None = None
    happened_given: str = columns.code(among=("day", "month", "year", "not_known"))
    place: str | None = columns.name(null=True)
    account: str | None = columns.text(null=True)
    finding: str | None = columns.code(Finding, null=True)
    finding_on: date | None = None


class ScreeningDecision(SQLModel, table=True):
    """A dated decision on the harm threshold. A reclassification is a new one; none is ever changed.

    A limb nobody answered (more facts needed, or passed on) is left empty: it is not "not sure", and never yes.
    """

    __tablename__ = "screening_decision"

    id: int | None = columns.key()
    case_id: int = columns.link("case_file.id")
    number: int
    decided_at: datetime
    decided_on: date
    officer_id: int = columns.link("officer.id", index=False)
    limb_1: str | None = columns.code(LimbAnswer, null=True)
    limb_2: str | None = columns.code(LimbAnswer, null=True)
    limb_3: str | None = columns.code(LimbAnswer, null=True)
    limb_4: str | None = columns.code(LimbAnswer, null=True)
    reason: str = columns.text()
    classification: str = columns.code(Classification)
    guidance: str = columns.code(GuidanceVersion)
    decide_by: date | None = None
    police: str = columns.code(Informed)
    social_care: str = columns.code(Informed)
    other_authority: str | None = columns.name(null=True)

    __table_args__ = (
        UniqueConstraint("case_id", "number", name="ux_screening_decision_number"),
        columns.index_where(_REDECIDED, "ix_screening_redecided", "decided_on", "case_id"),
    )
