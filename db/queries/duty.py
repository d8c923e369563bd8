"""The duty line as it stands: who is on, until when and who follows, who is away, and what callers meet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select

from db.clock import day_of, local
from db.desk import query
from db.models import DutySpell, DutyTurn, Officer, table
from db.permissions import Permission
from db.queries.officers import Away, away_with_work, left_by, relief_until
from db.queries.worklist import Counted, open_work_of
from db.vocabulary import DutyStatus
from db.work import Work

_spells, _turns, _officers = table(DutySpell), table(DutyTurn), table(Officer)


@dataclass(frozen=True, slots=True)
class Turn:
    """An officer's turn on the duty line; ``until`` is the time on the wall clock."""

    officer_id: int
    name: str
    initials: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Spell:
    """What callers meet: the status, why, and the last day of it; None where nobody said."""

    status: DutyStatus = DutyStatus.OPEN
    reason: str = ""
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class DutyNow:
    """Everything the banner says.

    Attributes:
        now: whose turn it is; None where nobody is down for it.
        next: whose turn is next today.
        away: officers whose open work nobody is looking after, with how much each holds.
        relief: relief workers and the last day of each.
    """

    spell: Spell
    now: Turn | None
    next: Turn | None
    away: tuple[tuple[Away, Counted], ...]
    relief: tuple[tuple[str, date], ...]


@query(Permission.READ_RECORD)
def duty_now(work: Work) -> DutyNow:
    """The duty line as it stands now."""
    turns = _turns_today(work)
    return DutyNow(
        current_spell(work),
        next((turn for begun, turn in turns if begun), None),
        next((turn for begun, turn in turns if not begun), None),
        tuple((officer, open_work_of(work, officer.id)) for officer in away_with_work(work)),
        tuple(relief_until(work)),
    )


def current_spell(work: Work) -> Spell:
    """What callers meet now; open where no spell was begun, or the last one has run out."""
    statement = (
        select(_spells)
        .where(_spells.c.from_at <= work.now, or_(_spells.c.to_at.is_(None), _spells.c.to_at > work.now))
        .order_by(_spells.c.id.desc())
        .limit(1)
    )
    row = work.first(statement)
    if row is None:
        return Spell()
    last_day = day_of(row.to_at - timedelta(seconds=1)) if row.to_at else None
    return Spell(DutyStatus(row.status), row.reason or "", last_day)


def _turns_today(work: Work) -> Sequence[tuple[bool, Turn]]:
    """The turns not over yet that begin today, those of officers who are here, the earliest first."""
    statement = (
        select(_turns.c.officer_id, _turns.c.from_at, _turns.c.to_at, _officers.c.name, _officers.c.initials)
        .join(_officers, _officers.c.id == _turns.c.officer_id)
        .where(_turns.c.to_at > work.now, ~left_by(work.today))
        .order_by(_turns.c.from_at, _turns.c.id)
        .limit(_LOOKED_AT)
    )
    return [
        (row.from_at <= work.now, Turn(row.officer_id, row.name, row.initials, local(row.to_at)))
        for row in work.rows(statement)
        if local(row.from_at).date() <= work.today
    ]


_LOOKED_AT = 8
