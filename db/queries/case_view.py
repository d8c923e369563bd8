"""What a case page shows, as small frozen rows: codes where something follows from them, words where they are read."""

from dataclasses import dataclass
from datetime import date

from db.officers import OfficerName
from db.queries.known import KnownRecord
from db.queries.settings import SettingPattern
from db.rules.clocks import Clock, Status
from db.vocabulary import Classification


@dataclass(frozen=True, slots=True)
class StepRow:
    """Something to be done: ``who`` is initials or who is waited for."""

    id: int
    version: int
    what: str
    who: str
    due_on: date | None
    status: Status
    kind: str


@dataclass(frozen=True, slots=True)
class StrandRow:
    """An investigation beside the oversight; ``ended_on`` None while it runs."""

    id: int
    kind: str
    label: str
    lead: str
    reference: str
    started_on: date | None
    ended_on: date | None
    result: str


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting held."""

    id: int
    kind: str
    label: str
    held_on: date
    chair: str
    minutes_sent_on: date | None


@dataclass(frozen=True, slots=True)
class DelayRow:
    """What the case was or is held up by."""

    id: int
    cause: str
    label: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class HeldRow:
    """Who held the case, from when to when (None: holds it), and why it came to them."""

    officer: OfficerName
    from_on: date
    to_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class ConcernRow:
    """One alleged incident."""

    id: int
    type: str
    label: str
    child: str
    happened: str
    place: str
    finding: str


@dataclass(frozen=True, slots=True)
class ChildRow:
    """A child in the case."""

    id: int
    name: str
    age: str
    marks: str
    relationship: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A dated decision on the threshold: what, by whom, by which limbs, under which guidance, and why."""

    id: int
    number: int
    label: str
    decided_on: date
    who: str
    limbs: tuple[int, ...]
    guidance: str
    reason: str


@dataclass(frozen=True, slots=True)
class Access:
    """Who may open the case. ``listed`` are those on its list by a grant; managers are besides."""

    restricted: bool
    reason: str = ""
    listed: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """``normal`` or ``RESTRICTED``."""
        return "RESTRICTED" if self.restricted else "normal"

    @property
    def words(self) -> str:
        """``normal``, or why it is restricted and who may open it."""
        if not self.restricted:
            return "normal"
        who = ", ".join(self.listed)
        return f"RESTRICTED, {self.reason}. Open to managers{f' and {who}' if who else ''}"


@dataclass(frozen=True, slots=True)
class Earlier:
    """What else the record has about this adult, or an entry said to be the same person.

    ``restricted``: whether there is more that this officer may not see.
    """

    records: tuple[KnownRecord, ...]
    restricted: bool

    @property
    def short(self) -> str:
        """``2 records``, ``none``, with a plus where there is more than may be seen."""
        told = "1 record" if len(self.records) == 1 else f"{len(self.records)} records" if self.records else "none"
        return f"{told} +restricted" if self.restricted else told

    @property
    def words(self) -> str:
        """``2 earlier: R24-0871 allegation, unsubstantiated``, in few words."""
        more = " + restricted" if self.restricted else ""
        if not self.records:
            return f"none seen{more}" if more else "none"
        newest = self.records[0]
        return f"{len(self.records)}: {newest.ref} {newest.what.lower()}, {newest.state}{more}"


@dataclass(frozen=True, slots=True)
class Looking:
    """Another officer who opened the case within the last quarter of an hour; ``since`` as a time of day."""

    name: str
    since: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case, whole, for the officer who oversees it. Clocks count calendar days and months.

    Attributes:
        version: for saving a change of the case itself.
        day: which calendar day of the case today is, or its last was.
        last_decision: the number of the newest threshold decision; 0 for none.
        finding: the agreed outcome, in words with its meaning; "" while there is none.
        review_due_on: the day of the next monthly review, if one is asked for.
    """

    id: int
    version: int
    ref: str
    adult_id: int
    adult: str
    born: str
    role: str
    setting_id: int | None
    setting: str
    sector: str
    agency: str
    enquiry_ref: str
    received_on: date
    account: str
    police_told: str
    social_care_told: str
    classification: Classification
    first_classification: str
    first_decided_on: date | None
    principal_type: str
    principal_subtype: str
    type_words: str
    owner: OfficerName
    day: int
    clocks: tuple[Clock, Clock, Clock]
    next_step: str
    due_on: date | None
    status: Status
    reviewed_on: date | None
    review_due_on: date | None
    closed_on: date | None
    closed_as: str
    closed_reason: str
    finding: str
    keep_words: str
    legal_hold: bool
    flags: tuple[str, ...]
    access: Access
    earlier: Earlier
    pattern: SettingPattern | None
    looking: tuple[Looking, ...]
    steps: tuple[StepRow, ...]
    strands: tuple[StrandRow, ...]
    meetings: tuple[MeetingRow, ...]
    delays: tuple[DelayRow, ...]
    held: tuple[HeldRow, ...]
    concerns: tuple[ConcernRow, ...]
    children: tuple[ChildRow, ...]
    decisions: tuple[DecisionRow, ...]

    @property
    def last_decision(self) -> int:
        """The number of the newest threshold decision; 0 for none."""
        return self.decisions[-1].number if self.decisions else 0

    @property
    def held_up_by(self) -> str:
        """``police (27 Feb), CPS decision (2 Mar)``; "" where nothing holds the case up."""
        running = [delay for delay in self.delays if delay.to_on is None]
        return ", ".join(f"{delay.label.lower()} ({delay.from_on:%d %b})" for delay in running)
