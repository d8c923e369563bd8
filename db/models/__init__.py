"""The tables of the record, one module a subject. They hold; forms check.

Input never goes straight into a table class: SQLModel validates none of it. What matters is also a CHECK.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sqlmodel import SQLModel

if TYPE_CHECKING:
    from sqlalchemy import MetaData, Table

    from db.models.audit import AuditEntry, ReferenceCounter, ServiceTerm, Snapshot, StoreFact
    from db.models.cases import Case, CaseChild, CaseFlag, Concern, ScreeningDecision
    from db.models.enquiries import Enquiry
    from db.models.outcomes import Outcome
    from db.models.oversight import Alert, Allocation, Delay, Escalation, Meeting, Note, Share, Step, Strand
    from db.models.people import Adult, AdultLink, Child, ChildMark, Contact, OtherName, Post, Setting
    from db.models.registers import Complaint, Feedback, LeadRole, Recommendation, Request, Training
    from db.models.search import NameToken, NameWord
    from db.models.staff import Absence, Conflict, DutySpell, DutyTurn, Grant, Officer, PostFilled, Restriction

    METADATA: MetaData

_SUBJECTS = {
    "audit": (
        "AuditEntry",
        "ReferenceCounter",
        "ServiceTerm",
        "Snapshot",
        "StoreFact",
    ),
    "cases": (
        "Case",
        "CaseChild",
        "CaseFlag",
        "Concern",
        "ScreeningDecision",
    ),
    "enquiries": ("Enquiry",),
    "outcomes": ("Outcome",),
    "oversight": (
        "Alert",
        "Allocation",
        "Delay",
        "Escalation",
        "Meeting",
        "Note",
        "Share",
        "Step",
        "Strand",
    ),
    "people": (
        "Adult",
        "AdultLink",
        "Child",
        "ChildMark",
        "Contact",
        "OtherName",
        "Post",
        "Setting",
    ),
    "registers": (
        "Complaint",
        "Feedback",
        "LeadRole",
        "Recommendation",
        "Request",
        "Training",
    ),
    "search": (
        "NameToken",
        "NameWord",
    ),
    "staff": (
        "Absence",
        "Conflict",
        "DutySpell",
        "DutyTurn",
        "Grant",
        "Officer",
        "PostFilled",
        "Restriction",
    ),
}
_SUBJECT_OF = {name: subject for subject, names in _SUBJECTS.items() for name in names}


def table(model: type[SQLModel]) -> "Table":
    """The table behind a class, for statements written in SQL's own terms."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a table class, or all of them
    """Bring in a subject's tables when they are first asked for: the home list needs half of them, and is waited for.

    ``METADATA`` is every table of the record with its CHECKs.
    """
    if name == "METADATA":
        found: Any = _whole_record()
    elif name in _SUBJECT_OF:
        found = getattr(import_module(f"db.models.{_SUBJECT_OF[name]}"), name)
    else:
        raise AttributeError(name)
    globals()[name] = found
    return found


def _whole_record() -> "MetaData":
    from db.models.columns import add_checks

    for subject in _SUBJECTS:
        import_module(f"db.models.{subject}")
    add_checks(SQLModel.metadata)
    return SQLModel.metadata


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
    "table",
]
