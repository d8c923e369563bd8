"""What the outcome pages need to know of a case before it can be concluded."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select

from db.access import open_record
from db.desk import query
from db.models import Adult, Case, CaseChild, Concern, Officer, Outcome, table
from db.permissions import Permission
from db.rules.outcomes import can_undo, undo_until
from db.work import Work

_cases, _adults, _outcomes, _officers = table(Case), table(Adult), table(Outcome), table(Officer)
_concerns, _children = table(Concern), table(CaseChild)


@dataclass(frozen=True, slots=True)
class OutcomeVersion:
    """One version of a case's outcome: who recorded it, and why it was corrected or that it was undone."""

    number: int
    finding: str
    concluded_on: date
    recorded_at: datetime
    recorded_by: str
    correction_reason: str | None
    undone: bool
    current: bool


@dataclass(frozen=True, slots=True)
class OutcomePage:
    """A case as the outcome pages open it.

    Attributes:
        answers: the current outcome as the form's answers, empty where there is none.
        concerns: the case's concerns, number in the record to words.
        regulator: the regulator that the adult's role suggests, "" for none.
        undo_until: until when the closing can be taken back; None when it cannot.
    """

    case_id: int
    ref: str
    adult: str
    born_on: date | None
    classification: str
    received_on: date
    closed_on: date | None
    closed_as: str | None
    legal_hold: bool
    owner: str
    concerns: dict[int, str]
    has_child: bool
    regulator: str
    answers: dict[str, str]
    versions: tuple[OutcomeVersion, ...]
    undo_until: datetime | None

    @property
    def last_number(self) -> int:
        """The number of the newest version, 0 where none was recorded."""
        return self.versions[-1].number if self.versions else 0


@query(Permission.READ_RECORD, logged=True)
def outcome_page(work: Work, case_id: int) -> OutcomePage:
    """Open a case at its outcome.

    Raises:
        NotOnAccessList: it is restricted and the officer is not on its list.
    """
    case = open_record(work, _cases, case_id)
    adult = work.row(Adult, case.adult_id)
    rows = work.rows(
        select(_outcomes, _officers.c.name.label("who"))
        .join(_officers, _officers.c.id == _outcomes.c.recorded_by)
        .where(_outcomes.c.case_id == case_id)
        .order_by(_outcomes.c.number)
    )
    current = next((row for row in rows if row.is_current), None)
    owner = work.first(select(_officers.c.name).where(_officers.c.id == case.owner_id))
    return OutcomePage(
        case_id=case_id,
        ref=case.ref,
        adult=adult.name,
        born_on=adult.born_on,
        classification=case.classification,
        received_on=case.received_on,
        closed_on=case.closed_on,
        closed_as=case.closed_as,
        legal_hold=case.legal_hold,
        owner=owner.name if owner else "",
        concerns=concerns_in_words(work, case_id),
        has_child=work.first(select(_children.c.id).where(_children.c.case_id == case_id)) is not None,
        regulator=work.vocabulary.term("role", case.role).regulator if case.role else "",
        answers=_answers(work, case_id, current) if current else {},
        versions=tuple(_version(row) for row in rows),
        undo_until=_undo_until(work, case, current),
    )


def concerns_in_words(work: Work, case_id: int) -> dict[int, str]:
    """The concerns of a case by number, each in a few words, as the outcome pages name them."""
    statement = select(_concerns.c.id, _concerns.c.type, _concerns.c.happened_on, _concerns.c.happened_given).where(
        _concerns.c.case_id == case_id
    )
    return {
        row.id: f"{place}. {work.vocabulary.label('concern_type', row.type)}"
        for place, row in enumerate(work.rows(statement.order_by(_concerns.c.id)), 1)
    }


def _version(row: Row[Any]) -> OutcomeVersion:
    return OutcomeVersion(
        number=row.number,
        finding=row.finding,
        concluded_on=row.concluded_on,
        recorded_at=row.recorded_at,
        recorded_by=row.who,
        correction_reason=row.correction_reason,
        undone=row.undone_at is not None,
        current=row.is_current,
    )


def _undo_until(work: Work, case: Row[Any], current: Row[Any] | None) -> datetime | None:
    if current is None:
        return None
    changed = case.version != current.case_version
    return undo_until(current.recorded_at) if can_undo(current.recorded_at, work.now, changed_since=changed) else None


_DAYS = {
    "concluded": "concluded_on",
    "dbs_on": "dbs_on",
    "regulator_on": "regulator_on",
    "adult_told_on": "adult_told_on",
    "child_told_on": "child_told_on",
    "parent_told_on": "parent_told_on",
}
_SAME = (
    "finding", "employer_view", "lado_view", "agreed_employer", "agreed_police", "agreed_social_care", "reason",
    "employment_result", "employment_words", "dbs_removed", "dbs_harm", "dbs_status", "dbs_reason", "regulator",
    "regulator_status", "adult_told", "child_told", "parent_told", "not_told_reason", "child_impact",
    "child_feedback", "learning", "residual_risk",
)  # fmt: skip


def _answers(work: Work, case_id: int, current: Row[Any]) -> dict[str, str]:
    """The current outcome as it would be typed, for a correction."""
    same = {name: getattr(current, name) or "" for name in _SAME}
    days = {name: day.isoformat() if (day := getattr(current, column)) else "" for name, column in _DAYS.items()}
    statement = select(_concerns.c.id, _concerns.c.finding).where(_concerns.c.case_id == case_id)
    findings: dict[str, str] = {}
    for place, row in enumerate(work.rows(statement.order_by(_concerns.c.id))):
        findings |= {f"findings.{place}.concern": str(row.id), f"findings.{place}.finding": row.finding or ""}
    return same | days | findings
