"""What is decided of each case and enquiry before any row is written. Everything else is drawn around it."""

from dataclasses import dataclass, field
from datetime import date, datetime

from db.vocabulary import Classification, EmploymentResult, Finding, Sector


@dataclass(slots=True, eq=False)
class PlannedCase:
    """One adult from referral to closure: the codes and dates that figures rest on.

    ``year`` is the year of receipt, or "earlier"; ``group`` the part of the workforce in shape.toml.
    """

    year: str
    group: str
    sector: Sector | None
    classification: Classification
    first: Classification
    type: str | None = None
    subtype: str | None = None
    kind: str | None = None
    role: str | None = None
    area: str = "not_known"
    agency: str = "other"
    received: date = date.min
    decided: date = date.min
    redecided: date | None = None
    closed: date | None = None
    closed_as: str | None = None
    concluded: date | None = None
    finding: Finding | None = None
    employment: EmploymentResult | None = None
    dbs_made: bool = False
    marks: set[str] = field(default_factory=set)
    setting: int | None = None
    adult: int = 0
    enquiry: "PlannedEnquiry | None" = None
    ref: str = ""

    @property
    def progressed(self) -> bool:
        """Whether it counts as progressed."""
        return self.classification is not Classification.NOT_THRESHOLD

    @property
    def allegation(self) -> bool:
        """Whether it stands as an allegation."""
        return self.classification is Classification.ALLEGATION

    def open_on(self, day: date) -> bool:
        """Whether it was open at the end of a day."""
        return self.received <= day and (self.closed is None or self.closed > day)


@dataclass(slots=True, eq=False)
class PlannedEnquiry:
    """One contact with the duty line, linked or not to the referral it led to."""

    year: str
    subject: str
    received_at: datetime
    received: date
    result: str | None
    case: PlannedCase | None = None
    sector: Sector | None = None
    kind: str | None = None
    role: str | None = None
    agency: str = "school"
    setting: int | None = None
    adult: int | None = None
    due: date | None = None
    closed: date | None = None
    ref: str = ""
