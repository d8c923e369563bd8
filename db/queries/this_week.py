"""The week so far beside the same days last year, open cases past their limits, and how many each officer holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from dateutil.relativedelta import relativedelta
from sqlalchemy import ColumnElement, Table, and_, func, or_, select, true

from db.desk import query
from db.models import Case, Enquiry, Officer, PostFilled, table
from db.permissions import Permission
from db.queries.officers import away_with_work, left_by
from db.queries.worklist import MOST_COUNTED, Counted
from db.rules.clocks import TIMESCALES
from db.rules.reporting import Week
from db.vocabulary import PROGRESSED, OfficerRole
from db.work import Work

_cases, _enquiries = table(Case), table(Enquiry)
_officers, _posts = table(Officer), table(PostFilled)

CASELOAD_MARK = 90
"""Open cases per full-time officer at which the service says that the work is too much for the post."""


class ThenAndNow(NamedTuple):
    """One line of the week's table."""

    label: str
    this_year: int
    last_year: int


@query(Permission.READ_FIGURES)
def week_so_far(work: Work) -> tuple[ThenAndNow, ...]:
    """What came since Monday, and by the same weekday of the same week last year. Restricted records count."""
    now, then = Week.containing(work.today), Week.containing(work.today).year_before
    days = work.today - now.first
    spells = [(week.first, week.first + days) for week in (now, then)]
    enquiries = [_received(work, _enquiries, spell, _enquiries.c.subject == "lado") for spell in spells]
    cases = [_by_classification(work, spell) for spell in spells]
    lines = [
        ThenAndNow("Enquiries", *enquiries),
        ThenAndNow("Referrals", *(sum(found.values()) for found in cases)),
    ]
    lines += [ThenAndNow(f"  {kind.label}", *(found.get(kind, 0) for found in cases)) for kind in PROGRESSED]
    return tuple(lines)


def _received(work: Work, of: Table, spell: tuple[date, date], condition: ColumnElement[bool]) -> int:
    statement = select(func.count()).select_from(of).where(of.c.received_on.between(*spell), condition)
    return int(work.connection.execute(statement).scalar_one())


def _by_classification(work: Work, spell: tuple[date, date]) -> Mapping[str, int]:
    statement = (
        select(_cases.c.classification, func.count().label("many"))
        .where(_cases.c.received_on.between(*spell))
        .group_by(_cases.c.classification)
    )
    return {row.classification: row.many for row in work.rows(statement)}


@query(Permission.READ_RECORD)
def past_limits(work: Work, *, mine: bool) -> tuple[Counted, Counted]:
    """Open cases past three months and past twelve months since receipt: the officer's own, or everybody's."""
    whose = _cases.c.owner_id == work.officer.id if mine else true()
    three, twelve = (
        _counted(work, and_(whose, _cases.c.received_on <= _last_past(code, work.today)))
        for code in ("kpi_3m", "kpi_12m")
    )
    return three, twelve


def _last_past(code: str, today: date) -> date:
    """The latest day of receipt whose limit has passed."""
    scale = TIMESCALES[code]
    day = today - relativedelta(months=scale.limit) + timedelta(days=3)
    while scale.due_on(day) >= today:
        day -= timedelta(days=1)
    return day


def _counted(work: Work, condition: ColumnElement[bool]) -> Counted:
    some = select(_cases.c.id).where(_cases.c.closed_on.is_(None), condition).limit(MOST_COUNTED + 1).subquery()
    number = int(work.connection.execute(select(func.count()).select_from(some)).scalar_one())
    return Counted(min(number, MOST_COUNTED), number > MOST_COUNTED)


@dataclass(frozen=True, slots=True)
class Caseload:
    """How many open cases an officer holds. ``mark`` is 90 for a full-time post, less for part of one."""

    officer_id: int
    name: str
    initials: str
    cases: Counted
    fte: Decimal
    note: str

    @property
    def mark(self) -> int:
        """How many would be too many for this post."""
        return int(CASELOAD_MARK * self.fte)


@query(Permission.READ_RECORD)
def my_caseload(work: Work) -> Caseload | None:
    """The officer's own open cases; None for a role that holds none."""
    if work.officer.role not in _HOLDERS:
        return None
    return _caseload(work, work.officer.id, work.officer.name, work.officer.initials, _fte(work), "")


@query(Permission.READ_CASELOADS)
def caseloads(work: Work) -> Sequence[Caseload]:
    """Every officer who holds cases, or whose post is to hold them, the fullest first."""
    fte = _fte(work)
    away = {officer.id: "left" if officer.left else "absent" for officer in away_with_work(work)}
    statement = select(_officers).where(or_(_officers.c.id.in_(away), _officers.c.role.in_(_HOLDERS)))
    rows = work.rows(statement.where(or_(_officers.c.id.in_(away), ~left_by(work.today))))
    loads = [_caseload(work, row.id, row.name, row.initials, fte, away.get(row.id) or _note(row.role)) for row in rows]
    to_show = [load for load in loads if load.cases.number or not load.note]
    return sorted(to_show, key=lambda load: (-load.cases.number, load.name))


_HOLDERS = (OfficerRole.LADO, OfficerRole.RELIEF, OfficerRole.MANAGER)


def _note(role: str) -> str:
    return role if role in (OfficerRole.RELIEF, OfficerRole.MANAGER) else ""


def _caseload(work: Work, officer_id: int, name: str, initials: str, fte: Mapping[int, Decimal], note: str) -> Caseload:
    cases = _counted(work, _cases.c.owner_id == officer_id)
    return Caseload(officer_id, name, initials, cases, fte.get(officer_id, Decimal(1)), note)


def _fte(work: Work) -> Mapping[int, Decimal]:
    """The full-time equivalents each officer fills today; one who is down for no post counts as full-time."""
    today = work.today
    filled = and_(_posts.c.from_on <= today, or_(_posts.c.to_on.is_(None), _posts.c.to_on >= today))
    statement = select(_posts.c.officer_id, func.sum(_posts.c.fte).label("fte")).where(filled)
    return {row.officer_id: row.fte for row in work.rows(statement.group_by(_posts.c.officer_id))}
