"""What happens in a case between the decision and the outcome."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import SQLModel

from db.models import columns
from db.vocabulary import StrandKind

_UNDONE = text("done_on IS NULL")
_ONE_RECORD = "(case_id IS NULL) <> (enquiry_id IS NULL)"


class Strand(SQLModel, table=True):
    """An investigation running beside the LADO's oversight."""

    __tablename__ = "strand"

    id: int | None = columns.key()
    version: int = columns.version()
    case_id: int = columns.link("case_file.id")
    kind: str = columns.code(StrandKind)
    lead: str | None = columns.name(null=True)
    reference: str | None = columns.plain(null=True, limit=60)
    started_on: date | None = None
    ended_on: date | None = None
    result: str | None = columns.text(null=True)


class Meeting(SQLModel, table=True):
    """A meeting or the oversight by phone and email in its place."""

    __tablename__ = "meeting"

    id: int | None = columns.key()
    version: int = columns.version()
    case_id: int | None = columns.link("case_file.id", null=True)
    kind: str = columns.code()
    held_on: date
    chair_id: int | None = columns.link("officer.id", null=True, index=False)
    attended: str | None = columns.text(null=True)
    minutes: str | None = columns.text(null=True)
    minutes_sent_on: date | None = None
    recommendations: str | None = columns.text(null=True)
    next_review_on: date | None = None

    __table_args__ = (Index("ix_meeting_held", "held_on", "kind"),)


class Step(SQLModel, table=True):
    """Something to be done: by whom (nobody means the duty officer) and by when.

    ``asked_by_outcome`` and ``ended_by_outcome`` tell what closing the case left to do and what it made idle, so that
    both can be taken back with it.

    ``kind`` names the steps the desk itself follows up, such as the threshold decision or the monthly review.
    """

    __tablename__ = "step"

    id: int | None = columns.key()
    version: int = columns.version()
    case_id: int | None = columns.link("case_file.id", null=True)
    enquiry_id: int | None = columns.link("enquiry.id", null=True)
    kind: str | None = columns.code(null=True)
    what: str = columns.name()
    owner_id: int | None = columns.link("officer.id", null=True, index=False)
    waiting_for: str | None = columns.name(null=True)
    due_on: date | None = None
    added_at: datetime
    added_by: int = columns.link("officer.id", index=False)
    done_on: date | None = None
    done_by: int | None = columns.link("officer.id", null=True, index=False)
    asked_by_outcome: int | None = columns.link("outcome.id", null=True, index=False)
    ended_by_outcome: int | None = columns.link("outcome.id", null=True, index=False)

    __table_args__ = (
        CheckConstraint(_ONE_RECORD, name="ck_step_one_record"),
        columns.index_where(_UNDONE, "ix_step_undone", "case_id", "due_on"),
    )


class Note(SQLModel, table=True):
    """A dated entry in the chronology. Never edited: a correction is a new one that points to the first.

    ``changed`` is written by the desk where an officer's decision changed what the case is.
    """

    __tablename__ = "note"

    id: int | None = columns.key()
    case_id: int | None = columns.link("case_file.id", null=True)
    enquiry_id: int | None = columns.link("enquiry.id", null=True)
    at: datetime
    officer_id: int = columns.link("officer.id", index=False)
    kind: str = columns.code(among=("call", "email", "visit", "note", "supervision", "handover", "changed"))
    words: str = columns.text()
    third_party: bool = False
    corrects_id: int | None = columns.link("note.id", null=True, index=False)

    __table_args__ = (CheckConstraint(_ONE_RECORD, name="ck_note_one_record"),)


class Delay(SQLModel, table=True):
    """What a case is held up by, from when to when."""

    __tablename__ = "delay"

    id: int | None = columns.key()
    case_id: int = columns.link("case_file.id")
    cause: str = columns.code()
    from_on: date
    to_on: date | None = None
    words: str | None = columns.text(null=True)


class Escalation(SQLModel, table=True):
    """A disagreement taken further, inside the authority or outside it."""

    __tablename__ = "escalation"

    id: int | None = columns.key()
    version: int = columns.version()
    case_id: int = columns.link("case_file.id")
    reason: str = columns.code()
    detail: str | None = columns.code(null=True)
    party: str = columns.code()
    raised_on: date
    answered_on: date | None = None
    words: str | None = columns.text(null=True)
    result: str | None = columns.text(null=True)


class Alert(SQLModel, table=True):
    """A safeguarding alert to senior officers, with the criterion it met."""

    __tablename__ = "alert"

    id: int | None = columns.key()
    case_id: int | None = columns.link("case_file.id", null=True)
    criterion: str = columns.code()
    sent_on: date
    words: str | None = columns.text(null=True)
    response: str | None = columns.text(null=True)


class Share(SQLModel, table=True):
    """Who was told what, when, and on what basis."""

    __tablename__ = "share"

    id: int | None = columns.key()
    case_id: int = columns.link("case_file.id")
    kind: str = columns.code()
    told: str = columns.name()
    on_date: date
    basis: str | None = columns.name(null=True)
    words: str | None = columns.text(null=True)


class Allocation(SQLModel, table=True):
    """Who held a case, from when to when, and why it moved."""

    __tablename__ = "allocation"

    id: int | None = columns.key()
    case_id: int = columns.link("case_file.id")
    officer_id: int = columns.link("officer.id")
    from_on: date
    to_on: date | None = None
    reason: str | None = columns.text(null=True)
    given_by: int = columns.link("officer.id", index=False)
