"""Lists of cases by what they are, newest first: for the ``lado`` command and behind every number of the stats page.

Pages go on from a key, so that the last page of a million costs what the first does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Row, and_, func, select, true, tuple_

from db.access import may_see
from db.desk import query
from db.models import Adult, Case, Officer, Setting, table
from db.permissions import Permission
from db.rules.clocks import Status, due_status
from db.work import Work

_cases, _adults, _settings, _officers = table(Case), table(Adult), table(Setting), table(Officer)

Direction = Literal["down", "up"]


class CaseKey(NamedTuple):
    """Where a case stands in a list, newest first."""

    received_on: date
    id: int


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as a list shows it. A restricted one that is not the officer's to see has its reference and no more."""

    key: CaseKey
    id: int
    ref: str
    restricted: bool
    received_on: date | None = None
    adult: str = ""
    setting: str = ""
    classification: str = ""
    type: str = ""
    owner: str = ""
    next_step: str = ""
    due_on: date | None = None
    status: Status | None = None
    closed_on: date | None = None
    closed_as: str = ""


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases a list holds; what is left empty does not narrow it. Spans are (first day, last day), both in.

    Attributes:
        state: ``open``, ``closed``, or "" for both.
        received, decided, closed: when received, first decided, closed.
        classification, sector, agency, principal_type, area: codes.
        owner_id: who holds it.
        setting_id: where the adult works.
    """

    state: Literal["", "open", "closed"] = ""
    received: tuple[date, date] | None = None
    decided: tuple[date, date] | None = None
    closed: tuple[date, date] | None = None
    classification: str = ""
    sector: str = ""
    agency: str = ""
    principal_type: str = ""
    area: str = ""
    owner_id: int | None = None
    setting_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseCount:
    """How many cases a list holds, and how many of them are restricted and not the officer's to see."""

    total: int
    restricted: int

    @property
    def words(self) -> str:
        """``412 cases and 2 restricted``."""
        seen = self.total - self.restricted
        told = f"{seen:,} case" if seen == 1 else f"{seen:,} cases"
        return f"{told} and {self.restricted:,} restricted" if self.restricted else told


@query(Permission.READ_RECORD)
def list_cases(
    work: Work,
    wanted: CaseFilter = CaseFilter(),
    after: CaseKey | None = None,
    direction: Direction = "down",
    count: int = 200,
) -> Sequence[CaseRow]:
    """Up to ``count`` cases after a key ("down", older) or before it ("up", newer), newest first."""
    place = tuple_(_cases.c.received_on, _cases.c.id)
    if after is None:
        beyond: ColumnElement[bool] = true()
    else:
        beyond = place < tuple_(*after) if direction == "down" else place > tuple_(*after)
    order = [column.desc() if direction == "down" else column for column in (_cases.c.received_on, _cases.c.id)]
    statement = (
        select(
            _cases,
            may_see(work, _cases).label("allowed"),
            _adults.c.name.label("adult"),
            _settings.c.name.label("setting"),
            _officers.c.initials.label("owner"),
        )
        .join(_adults, _adults.c.id == _cases.c.adult_id)
        .outerjoin(_settings, _settings.c.id == _cases.c.setting_id)
        .outerjoin(_officers, _officers.c.id == _cases.c.owner_id)
        .where(_that_are(wanted), beyond)
        .order_by(*order)
        .limit(count)
    )
    rows = [_row(work, row) for row in work.rows(statement)]
    return rows if direction == "down" else rows[::-1]


@query(Permission.READ_RECORD)
def count_cases(work: Work, wanted: CaseFilter = CaseFilter()) -> CaseCount:
    """How many cases there are of that kind; restricted ones count, whoever asks."""
    hidden = func.count().filter(~may_see(work, _cases)).label("hidden")
    columns: list[Any] = [func.count().label("total"), hidden]
    found = work.first(select(*columns).select_from(_cases).where(_that_are(wanted)))
    return CaseCount(found.total, found.hidden) if found else CaseCount(0, 0)


def _that_are(wanted: CaseFilter) -> ColumnElement[bool]:
    return and_(true(), *_conditions(wanted))


def _conditions(wanted: CaseFilter) -> Iterator[ColumnElement[bool]]:
    spans = {"received": _cases.c.received_on, "decided": _cases.c.first_decided_on, "closed": _cases.c.closed_on}
    same = ("classification", "sector", "agency", "principal_type", "area", "owner_id", "setting_id")
    for name, column in spans.items():
        if span := getattr(wanted, name):
            yield column.between(*span)
    for name in same:
        if value := getattr(wanted, name):
            yield _cases.c[name] == value
    if wanted.state:
        yield _cases.c.closed_on.is_(None) if wanted.state == "open" else _cases.c.closed_on.is_not(None)


def _row(work: Work, row: Row[Any]) -> CaseRow:
    key = CaseKey(row.received_on, row.id)
    if not row.allowed:
        return CaseRow(key, row.id, row.ref, restricted=True)
    return CaseRow(
        key,
        row.id,
        row.ref,
        restricted=False,
        received_on=row.received_on,
        adult=row.adult,
        setting=row.setting or "",
        classification=row.classification,
        type=work.vocabulary.label("concern_type", row.principal_type) if row.principal_type else "",
        owner=row.owner or "",
        next_step=row.next_step or "",
        due_on=row.due_on,
        status=None if row.closed_on else due_status(row.due_on, work.today, waiting=row.waiting),
        closed_on=row.closed_on,
        closed_as=row.closed_as or "",
    )
