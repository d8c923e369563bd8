"""The work list: open cases and enquiries in the order in which they are to be worked, late first, no date last.

A list is read in pages between keys, never by counting rows off, so a page of a million rows costs what a page of
fifty costs. Each kind of record and each owner is a *branch* that an index already holds in order; a page takes as
many rows from each branch as it may need and merges them.
"""

import heapq
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, Table, and_, false, func, literal, select, true, tuple_

from db.access import may_see
from db.clock import local
from db.desk import query
from db.models import Adult, Case, Enquiry, Officer, Setting, table
from db.permissions import Permission
from db.queries.officers import away_with_work
from db.rules.clocks import Status, due_status
from db.vocabulary import Classification
from db.work import Work

_cases, _enquiries = table(Case), table(Enquiry)
_adults, _settings, _officers = table(Adult), table(Setting), table(Officer)

MOST_COUNTED = 5_000
"""Counts stop here and say "5,000+": no room works a longer list by eye, and counting on costs what it counts."""

NO_DATE = date.max
"""Where a row without a due date stands: after every dated one."""


class Section(StrEnum):
    """One of the lists of the home screen."""

    MINE = "mine"
    DUTY = "duty"
    TEAM = "team"
    NOT_ALLOCATED = "not_allocated"
    TO_MOVE = "to_move"


Kind = Literal["case", "enquiry"]
_TABLES: Mapping[Kind, Table] = {"case": _cases, "enquiry": _enquiries}
_PLACES: tuple[Kind, ...] = ("case", "enquiry")


class WorkKey(NamedTuple):
    """Where a row stands in its list: by due date, then cases before enquiries, then as they were entered."""

    due_on: date
    kind: int
    id: int


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One row of a work list. A restricted one carries its reference and nothing else that could be shown.

    Attributes:
        owner: initials of who holds it, "duty" for an enquiry nobody holds, "" for a case nobody holds.
        adult: the adult as named, None where not named yet or restricted.
        undecided: whether its threshold decision is still to be made.
    """

    key: WorkKey
    kind: Kind
    id: int
    ref: str
    status: Status
    restricted: bool = False
    adult: str | None = None
    setting: str | None = None
    next_step: str | None = None
    owner: str = ""
    due_on: date | None = None
    undecided: bool = False


class Counted(NamedTuple):
    """A count that stops at a limit, so that it costs the same on any store."""

    number: int
    more: bool = False

    @property
    def words(self) -> str:
        """``14``, or ``5,000+`` where counting stopped."""
        return f"{self.number:,}{'+' if self.more else ''}"


class _Branch(NamedTuple):
    """Open records of one kind that an index holds in the order of the list."""

    kind: Kind
    condition: ColumnElement[bool]


@query(Permission.READ_RECORD)
def worklist(
    work: Work, section: Section, after: WorkKey | None = None, count: int = 50, *, backwards: bool = False
) -> tuple[WorkRow, ...]:
    """A page of a list, in the list's order: up to ``count`` rows after a key, or before it.

    Args:
        work: the officer's turn.
        section: which list.
        after: the key of the row next to the page; None for the list's beginning (or, backwards, its end).
        count: rows wanted; fewer mean that the list ends there.
        backwards: the rows before the key instead.
    """
    branches = _branches(work, section)
    found: list[tuple[WorkKey, Row[Any]]] = []
    for dated in (False, True) if backwards else (True, False):
        wanted = count - len(found)
        if wanted and _reaches(after, dated=dated, backwards=backwards):
            pages = [_page(work, branch, after, wanted, dated=dated, backwards=backwards) for branch in branches]
            found += islice(heapq.merge(*pages, key=_by_key, reverse=backwards), wanted)
    rows = [_row(work, key, row) for key, row in found]
    return tuple(reversed(rows) if backwards else rows)


@query(Permission.READ_RECORD)
def section_counts(work: Work) -> Mapping[Section, Counted]:
    """How many rows each list has; restricted ones count."""
    return {section: _count(work, _branches(work, section)) for section in Section}


@query(Permission.READ_RECORD)
def late_and_due(work: Work, section: Section) -> tuple[Counted, Counted]:
    """How many rows of a list are late, and how many are due today."""
    branches = _branches(work, section)
    return tuple(  # type: ignore[return-value]
        _count(work, [_Branch(b.kind, and_(b.condition, when(_TABLES[b.kind].c.due_on, work.today))) for b in branches])
        for when in (ColumnElement.__lt__, ColumnElement.__eq__)
    )


def open_work_of(work: Work, officer_id: int) -> Counted:
    """How many open cases and enquiries an officer holds, within a turn already begun."""
    return _count(work, list(_owned_by(officer_id)))


# Which records a list holds ---------------------------------------------------------------------------------------


def _branches(work: Work, section: Section) -> list[_Branch]:
    return list(_SECTIONS[section](work))


def _mine(work: Work) -> Iterator[_Branch]:
    yield from _owned_by(work.officer.id)


def _duty(work: Work) -> Iterator[_Branch]:
    """Enquiries nobody holds, undecided cases whoever holds them, and what is late with an absent officer."""
    yield _Branch("enquiry", _enquiries.c.owner_id.is_(None))
    undecided = _cases.c.classification == _literal(Classification.PENDING)
    yield _Branch("case", undecided)
    for officer in away_with_work(work):
        late = [b.condition & (_TABLES[b.kind].c.due_on < work.today) for b in _owned_by(officer.id)]
        yield _Branch("case", late[0] & ~undecided)
        yield _Branch("enquiry", late[1])


def _team(work: Work) -> Iterator[_Branch]:
    yield from (_Branch(kind, true()) for kind in _PLACES)


def _not_allocated(work: Work) -> Iterator[_Branch]:
    yield _Branch("case", _cases.c.owner_id.is_(None))


def _to_move(work: Work) -> Iterator[_Branch]:
    for officer in away_with_work(work):
        yield from _owned_by(officer.id)


def _owned_by(officer_id: int) -> Iterator[_Branch]:
    yield from (_Branch(kind, _TABLES[kind].c.owner_id == officer_id) for kind in _PLACES)


_SECTIONS: Mapping[Section, Callable[[Work], Iterable[_Branch]]] = {
    Section.MINE: _mine,
    Section.DUTY: _duty,
    Section.TEAM: _team,
    Section.NOT_ALLOCATED: _not_allocated,
    Section.TO_MOVE: _to_move,
}


def _literal(code: str) -> ColumnElement[str]:
    """A code written into the statement, as a partial index must see it."""
    return literal(code, literal_execute=True)


# One page of one branch -------------------------------------------------------------------------------------------


def _reaches(after: WorkKey | None, *, dated: bool, backwards: bool) -> bool:
    """Whether the dated (or undated) part of the list has rows beyond the key."""
    if after is None:
        return True
    return dated == (after.due_on != NO_DATE) or dated == backwards


def _page(
    work: Work, branch: _Branch, after: WorkKey | None, count: int, *, dated: bool, backwards: bool
) -> list[tuple[WorkKey, Row[Any]]]:
    of, place = _TABLES[branch.kind], _PLACES.index(branch.kind)
    beyond = _beyond(of, place, after, dated=dated, backwards=backwards)
    order = [of.c.due_on, of.c.id] if dated else [of.c.id]
    statement = (
        _columns(work, branch.kind)
        .where(of.c.closed_on.is_(None), branch.condition, _has_date(of, dated), beyond)
        .order_by(*(column.desc() if backwards else column for column in order))
        .limit(count)
    )
    return [(WorkKey(row.due_on or NO_DATE, place, row.id), row) for row in work.rows(statement)]


def _has_date(of: Table, dated: bool) -> ColumnElement[bool]:
    return of.c.due_on.is_not(None) if dated else of.c.due_on.is_(None)


def _beyond(of: Table, place: int, after: WorkKey | None, *, dated: bool, backwards: bool) -> ColumnElement[bool]:
    """The rows of one table that stand after (or before) a key, within the dated or the undated part."""
    if after is None or dated != (after.due_on != NO_DATE):
        return true()
    if place == after.kind and dated:
        return _past(tuple_(of.c.due_on, of.c.id), (after.due_on, after.id), backwards)
    if place == after.kind:
        return _past(of.c.id, after.id, backwards)
    ties_lie_beyond = (place > after.kind) is not backwards
    if dated:
        return _past(of.c.due_on, after.due_on, backwards, or_equal=ties_lie_beyond)
    return true() if ties_lie_beyond else false()


def _past(column: Any, value: Any, backwards: bool, *, or_equal: bool = False) -> ColumnElement[bool]:  # noqa: ANN401
    compare = (operator.le if or_equal else operator.lt) if backwards else (operator.ge if or_equal else operator.gt)
    past: ColumnElement[bool] = compare(column, value)
    return past


def _columns(work: Work, kind: Kind) -> Select[Any]:
    of = _TABLES[kind]
    place = _settings.c.name if kind == "case" else func.coalesce(_settings.c.name, of.c.works_at)
    undecided = of.c.classification == Classification.PENDING if kind == "case" else of.c.result.is_(None)
    return (
        select(
            of.c.id,
            of.c.ref,
            of.c.due_on,
            of.c.next_step,
            of.c.waiting,
            of.c.owner_id,
            of.c.entered_at,
            literal(kind).label("kind"),
            undecided.label("undecided"),
            _adults.c.name.label("adult"),
            place.label("setting"),
            _officers.c.initials,
            may_see(work, of).label("allowed"),
        )
        .outerjoin(_adults, _adults.c.id == of.c.adult_id)
        .outerjoin(_settings, _settings.c.id == of.c.setting_id)
        .outerjoin(_officers, _officers.c.id == of.c.owner_id)
    )


def _by_key(found: tuple[WorkKey, Row[Any]]) -> WorkKey:
    return found[0]


def _row(work: Work, key: WorkKey, row: Row[Any]) -> WorkRow:
    if not row.allowed:
        return WorkRow(key, row.kind, row.id, row.ref, due_status(None, work.today, restricted=True), restricted=True)
    arrived = _arrived_today(work, row.entered_at) if row.undecided else None
    return WorkRow(
        key,
        row.kind,
        row.id,
        row.ref,
        due_status(row.due_on, work.today, waiting=bool(row.waiting), new_since=arrived),
        adult=row.adult,
        setting=row.setting,
        next_step=row.next_step,
        owner=row.initials or ("duty" if row.kind == "enquiry" else ""),
        due_on=row.due_on,
        undecided=bool(row.undecided),
    )


def _arrived_today(work: Work, entered_at: datetime) -> datetime | None:
    """When it came, on the wall clock, if that was today: nobody has decided it yet, so it is new."""
    arrived = local(entered_at)
    return arrived if arrived.date() == work.today else None


def _count(work: Work, branches: Sequence[_Branch]) -> Counted:
    number = 0
    for branch in branches:
        of = _TABLES[branch.kind]
        left = MOST_COUNTED - number + 1
        in_order = (of.c.due_on, of.c.id)  # the order costs nothing, and leads the planner to the index that has it
        some = (
            select(of.c.id).where(of.c.closed_on.is_(None), branch.condition).order_by(*in_order).limit(left).subquery()
        )
        number += work.connection.execute(select(func.count()).select_from(some)).scalar() or 0
    return Counted(min(number, MOST_COUNTED), number > MOST_COUNTED)
