"""The service's other work: requests and checks, training, feedback, complaints, lead roles, recommendations."""

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from db.models import columns
from db.vocabulary import Answer


class Request(SQLModel, table=True):
    """A check on a name, or a request for what is held, with the day it falls due."""

    __tablename__ = "request"

    id: int | None = columns.key()
    kind: str = columns.code()
    received_on: date
    due_on: date | None = None
    answered_on: date | None = None
    asked_by: str | None = columns.name(null=True)
    about: str | None = columns.name(null=True)
    result: str | None = columns.text(null=True)
    enquiry_id: int | None = columns.link("enquiry.id", null=True)

    __table_args__ = (Index("ix_request_received", "received_on", "kind"),)


class Training(SQLModel, table=True):
    """A session delivered."""

    __tablename__ = "training"

    id: int | None = columns.key()
    kind: str = columns.code(among=("need_to_know", "bespoke", "network", "induction"))
    title: str = columns.plain()
    held_on: date
    places: int | None = None
    attended: int | None = None
    sector: str | None = columns.code(null=True)


class Feedback(SQLModel, table=True):
    """A feedback form, scored 0 to 10."""

    __tablename__ = "feedback"

    id: int | None = columns.key()
    received_on: date
    score: int | None = None
    sector: str | None = columns.code(null=True)
    words: str | None = columns.text(null=True)

    __table_args__ = (CheckConstraint("score BETWEEN 0 AND 10", name="ck_feedback_score"),)


class Complaint(SQLModel, table=True):
    """A complaint about the service."""

    __tablename__ = "complaint"

    id: int | None = columns.key()
    received_on: date
    stage: int
    upheld: str = columns.code(Answer)
    closed_on: date | None = None
    words: str | None = columns.text(null=True)

    __table_args__ = (CheckConstraint("stage IN (1, 2)", name="ck_complaint_stage"),)


class LeadRole(SQLModel, table=True):
    """Who leads on a part of the service's work; nobody means vacant."""

    __tablename__ = "lead_role"

    id: int | None = columns.key()
    role: str = columns.code()
    officer_id: int | None = columns.link("officer.id", null=True, index=False)
    from_on: date
    to_on: date | None = None


class Recommendation(SQLModel, table=True):
    """A recommendation of the annual report, with its progress."""

    __tablename__ = "recommendation"

    id: int | None = columns.key()
    year: str = columns.plain(limit=7)
    number: str = columns.plain(limit=6)
    words: str = columns.text()
    purpose: str | None = columns.text(null=True)
    due_on: date | None = None
    rag: str | None = columns.code(null=True)
    progress: str | None = columns.text(null=True)
