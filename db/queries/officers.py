"""Who is here, who is away, and who has left: the officers as the lists and the duty line need them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_, select

from db.desk import query
from db.models import Absence, Case, Enquiry, Officer, table
from db.permissions import Permission
from db.vocabulary import OfficerRole
from db.work import OfficerCard, Work

_officers, _absences = table(Officer), table(Absence)
_cases, _enquiries = table(Case), table(Enquiry)


@dataclass(frozen=True, slots=True)
class Away:
    """An officer who is absent today, or has left, and still holds open work.

    ``back_on`` is the last day of an absence, None where it is open or the officer has left.
    """

    id: int
    name: str
    initials: str
    left: bool
    back_on: date | None


@query(Permission.READ_RECORD)
def at_the_desk(work: Work) -> OfficerCard:
    """Who is at the desk. Like every question, it is refused once their access has ended."""
    return work.officer


def left_by(today: date) -> ColumnElement[bool]:
    """A condition on officers that holds for those who have left, or whose last day is past."""
    past = and_(_officers.c.ends_on.is_not(None), _officers.c.ends_on < today)  # never NULL, so that it can be negated
    return or_(_officers.c.ended_at.is_not(None), past)


def away_with_work(work: Work) -> Sequence[Away]:
    """Officers whose open work nobody is looking after today."""
    absent = and_(_absences.c.from_on <= work.today, or_(_absences.c.to_on.is_(None), _absences.c.to_on >= work.today))
    has_left = left_by(work.today)
    statement = (
        select(_officers.c.id, _officers.c.name, _officers.c.initials, has_left.label("gone"), _absences.c.to_on)
        .outerjoin(_absences, and_(_absences.c.officer_id == _officers.c.id, absent))
        .where(or_(has_left, _absences.c.id.is_not(None)), _holds_open_work())
        .order_by(_officers.c.name, _absences.c.to_on.desc())
    )
    found: dict[int, Away] = {}
    for row in work.rows(statement):
        found.setdefault(row.id, Away(row.id, row.name, row.initials, bool(row.gone), row.to_on))
    return tuple(found.values())


def _holds_open_work() -> ColumnElement[bool]:
    return or_(
        *(
            exists(select(of.c.id).where(of.c.owner_id == _officers.c.id, of.c.closed_on.is_(None)))
            for of in (_cases, _enquiries)
        )
    )


def relief_until(work: Work) -> Sequence[tuple[str, date]]:
    """Relief workers at the desk now, and the last day of each."""
    statement = (
        select(_officers.c.name, _officers.c.ends_on)
        .where(
            _officers.c.role == OfficerRole.RELIEF,
            _officers.c.starts_on <= work.today,
            _officers.c.ends_on.is_not(None),
            ~left_by(work.today),
        )
        .order_by(_officers.c.ends_on, _officers.c.name)
    )
    return tuple((row.name, row.ends_on) for row in work.rows(statement))
