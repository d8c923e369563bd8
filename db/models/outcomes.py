"""How a case ended."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint, text
from sqlmodel import SQLModel

from db.models import columns
from db.vocabulary import Answer, EmploymentResult, Finding, RegulatorStatus

_CURRENT = text("is_current")


class Outcome(SQLModel, table=True):
    """The agreed outcome of an allegation and all that follows from it.

    One version is current. A correction is a new version with its reason; an undone one stays, marked. The views
    differ where there is a conflict. ``dbs_*`` answer the two conditions of the duty to refer.
    """

    __tablename__ = "outcome"

    id: int | None = columns.key()
    case_id: int = columns.link("case_file.id")
    number: int
    is_current: bool = True
    concluded_on: date
    finding: str = columns.code(Finding)
    employer_view: str | None = columns.code(Finding, null=True)
    lado_view: str | None = columns.code(Finding, null=True)
    conflict: bool = False
    agreed_employer: str = columns.code(Answer)
    agreed_police: str = columns.code(Answer)
    agreed_social_care: str = columns.code(Answer)
    reason: str = columns.text()
    employment_result: str = columns.code(EmploymentResult)
    employment_words: str | None = columns.text(null=True)
    dbs_removed: str = columns.code(Answer)
    dbs_harm: str = columns.code(Answer)
    dbs_status: str = columns.code(RegulatorStatus)
    dbs_on: date | None = None
    dbs_reason: str | None = columns.text(null=True)
    regulator: str | None = columns.code(null=True)
    regulator_status: str = columns.code(RegulatorStatus)
    regulator_on: date | None = None
    adult_told: str = columns.code(Answer)
    adult_told_on: date | None = None
    child_told: str = columns.code(Answer)
    child_told_on: date | None = None
    parent_told: str = columns.code(Answer)
    parent_told_on: date | None = None
    not_told_reason: str | None = columns.text(null=True)
    child_impact: str | None = columns.text(null=True)
    child_feedback: str | None = columns.text(null=True)
    learning: str | None = columns.text(null=True)
    residual_risk: str | None = columns.text(null=True)
    risk_review_on: date | None = None
    recorded_by: int = columns.link("officer.id", index=False)
    recorded_at: datetime
    correction_reason: str | None = columns.text(null=True)
    undone_at: datetime | None = None
    case_version: int = 0

    __table_args__ = (
        UniqueConstraint("case_id", "number", name="ux_outcome_number"),
        columns.index_where(_CURRENT, "ux_outcome_current", "case_id", unique=True),
        columns.index_where(_CURRENT, "ix_outcome_concluded", "concluded_on", "case_id"),
    )
