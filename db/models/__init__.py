"""The tables of the record, one module a subject. They hold; forms check.

Input never goes straight into a table class: SQLModel validates none of it. What matters is also a CHECK.
"""

from sqlalchemy import Table
from sqlmodel import SQLModel

from db.models.audit import AuditEntry, ReferenceCounter, ServiceTerm, Snapshot, StoreFact
from db.models.cases import Case, CaseChild, CaseFlag, Concern, ScreeningDecision
from db.models.columns import add_checks
from db.models.enquiries import Enquiry
from db.models.outcomes import Outcome
from db.models.oversight import Alert, Allocation, Delay, Escalation, Meeting, Note, Share, Step, Strand
from db.models.people import Adult, AdultLink, Child, ChildMark, Contact, OtherName, Post, Setting
from db.models.registers import Complaint, Feedback, LeadRole, Recommendation, Request, Training
from db.models.search import NameToken, NameWord
from db.models.staff import (
    Absence,
    Conflict,
    DutySpell,
    DutyTurn,
    Grant,
    Officer,
    PostFilled,
    Restriction,
)

METADATA = SQLModel.metadata
add_checks(METADATA)


def table(model: type[SQLModel]) -> Table:
    """The table behind a class, for statements written in SQL's own terms."""
    return METADATA.tables[str(model.__tablename__)]


__all__ = [
    "METADATA",
    "Absence",
    "Adult",
    "AdultLink",
    "Alert",
    "Allocation",
    "AuditEntry",
    "Case",
    "CaseChild",
    "CaseFlag",
    "Child",
    "ChildMark",
    "Complaint",
    "Concern",
    "Conflict",
    "Contact",
    "Delay",
    "DutySpell",
    "DutyTurn",
    "Enquiry",
    "Escalation",
    "Feedback",
    "Grant",
    "LeadRole",
    "Meeting",
    "NameToken",
    "NameWord",
    "Note",
    "Officer",
    "OtherName",
    "Outcome",
    "Post",
    "PostFilled",
    "Recommendation",
    "ReferenceCounter",
    "Request",
    "Restriction",
    "ScreeningDecision",
    "ServiceTerm",
    "Setting",
    "Share",
    "Snapshot",
    "Step",
    "StoreFact",
    "Strand",
    "Training",
    "add_checks",
    "table",
]
