"""Open cases over the posts that are there to hold them.

What was open at the end of a day follows from what is open now: take away what came since, add back what closed
since. Nothing older than the span is read, however long the record.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import Any

from sqlalchemy import ColumnElement, Date, Row, Select, bindparam, func, select

from db.dialects import day_as_text
from db.models import Absence, Case, Officer, PostFilled, table
from db.reports.span import Span
from db.rules.reporting import Month, Period, half_up
from db.vocabulary import OfficerRole
from db.work import Work

HIGH = 90
"""Open cases per full-time LADO above which a caseload is high."""

POST_NOT_FILLED = ("parental", "secondment")
"""Absences in which a post counts as not filled by its holder: whoever covers fills one of their own."""

_cases, _posts, _absences, _officers = table(Case), table(PostFilled), table(Absence), table(Officer)

_OPEN_NOW = select(func.count()).select_from(_cases).where(_cases.c.closed_on.is_(None))


def _since(column: ColumnElement[Any]) -> Select[Any]:
    later = column > bindparam("day", type_=Date)
    columns: list[ColumnElement[Any]] = [day_as_text(column), func.count()]
    return select(*columns).where(later).group_by(column)


_RECEIVED_SINCE, _CLOSED_SINCE = _since(_cases.c.received_on), _since(_cases.c.closed_on)
_HELD_NOW = (
    select(_cases.c.owner_id, func.count().label("number"))
    .where(_cases.c.closed_on.is_(None))
    .group_by(_cases.c.owner_id)
)
_LADO_POSTS = select(_posts.c.officer_id, _posts.c.from_on, _posts.c.to_on, _posts.c.fte).where(
    _posts.c.post == OfficerRole.LADO.value
)
_ABSENCES = select(_absences.c.officer_id, _absences.c.from_on, _absences.c.to_on, _absences.c.reason)
_OFFICERS = select(_officers.c.id, _officers.c.initials)


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """Open cases and LADO posts filled, in full-time equivalents, at a month's end."""

    on: date
    open: int
    fte: Decimal

    @property
    def per_fte(self) -> Fraction | None:
        """Open cases for each full-time LADO; None where no post is filled."""
        return Fraction(self.open) / Fraction(self.fte) if self.fte else None


@dataclass(frozen=True, slots=True)
class Load:
    """What one officer holds now.

    Attributes:
        officer: their number; None for cases not allocated.
        initials: theirs, or "not allocated".
        open: open cases held.
        fte: the LADO posts they fill today; nought where they fill none.
        away: whether they are absent today.
    """

    officer: int | None
    initials: str
    open: int
    fte: Decimal
    away: bool

    @property
    def per_fte(self) -> int | None:
        """Cases as a full-time LADO would hold them, to the nearest whole; None without a post."""
        return _whole(Fraction(self.open) / Fraction(self.fte)) if self.fte else None


@dataclass(frozen=True, slots=True)
class Team:
    """The LADO posts of the record and who was away, read once."""

    posts: Sequence[Row[Any]]
    absences: Sequence[Row[Any]]

    @classmethod
    def of(cls, work: Work) -> "Team":
        """The team as the record has it."""
        return cls(work.rows(_LADO_POSTS), work.rows(_ABSENCES))

    def away(self, day: date, reasons: Sequence[str] = ()) -> set[int]:
        """The officers absent on a day, for one of some reasons or for any."""
        return {s.officer_id for s in self.absences if _covers(s, day) and (not reasons or s.reason in reasons)}

    def filled(self, day: date) -> dict[int, Decimal]:
        """Full-time equivalents of LADO posts filled on a day, by officer."""
        gone, filled = self.away(day, POST_NOT_FILLED), dict[int, Decimal]()
        for post in self.posts:
            if post.officer_id not in gone and _covers(post, day):
                filled[post.officer_id] = filled.get(post.officer_id, Decimal()) + post.fte
        return filled


def mean_caseload(work: Work, span: Span) -> int | None:
    """Open cases per full-time LADO: the mean of the span's month ends, to the nearest whole."""
    days = ends_of_months(span)
    return mean_of(month_ends(work, Team.of(work), days))


def mean_of(ends: Iterable[MonthEnd]) -> int | None:
    """The mean caseload of some month ends, to the nearest whole; None where there is none."""
    known = [end.per_fte for end in ends if end.per_fte is not None]
    return _whole(sum(known, Fraction()) / len(known)) if known else None


def ends_of_months(span: Span) -> list[date]:
    """The last days of the months that ended within a span."""
    if not span.days:
        return []
    months = Month.within(Period("", span.first, span.last))
    return [month.last for month in months if month.last <= span.last]


def month_ends(work: Work, team: Team, days: Sequence[date]) -> tuple[MonthEnd, ...]:
    """Open cases and posts filled at the end of each of some days, earliest first."""
    if not days:
        return ()
    filled = [sum(team.filled(day).values(), Decimal()) for day in days]
    return tuple(map(MonthEnd, days, open_at(work, days), filled))


def open_at(work: Work, days: Sequence[date]) -> list[int]:
    """How many cases were open at the end of each of some days, earliest first."""
    open_now = work.connection.execute(_OPEN_NOW).scalar_one()
    came, went = (_later_than_each(work, since, days) for since in (_RECEIVED_SINCE, _CLOSED_SINCE))
    return [open_now - received + closed for received, closed in zip(came, went, strict=True)]


def _later_than_each(work: Work, since: Select[Any], days: Sequence[date]) -> list[int]:
    """How many of the counted rows came after each of the days."""
    texts = [day.isoformat() for day in days]
    between = [0] * (len(days) + 1)
    for on, number in work.connection.execute(since, {"day": days[0]}).all():
        between[bisect_left(texts, on)] += number
    return list(accumulate(reversed(between[1:])))[::-1]


def _covers(spell: Row[Any], day: date) -> bool:
    ends: date | None = spell.to_on
    return bool(spell.from_on <= day and (ends is None or ends >= day))


def loads(work: Work, team: Team) -> tuple[Load, ...]:
    """What each officer holds today, LADOs first, by initials; then what is not allocated."""
    held = {row.owner_id: int(row.number) for row in work.rows(_HELD_NOW)}
    filled, away = team.filled(work.today), team.away(work.today)
    shown = [row for row in work.rows(_OFFICERS) if row.id in held or row.id in filled]
    told = [
        Load(row.id, row.initials, held.get(row.id, 0), filled.get(row.id, Decimal()), row.id in away)
        for row in sorted(shown, key=lambda row: (row.id not in filled, row.initials))
    ]
    return (*told, *([Load(None, "not allocated", held[None], Decimal(), away=False)] if None in held else ()))


def _whole(ratio: Fraction) -> int:
    return int(half_up(Decimal(ratio.numerator) / Decimal(ratio.denominator)))
