"""The figures: a year's, the stats page's, what a number counts, and what does not add up."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, select, true, tuple_

from db.access import may_see
from db.desk import query
from db.models import Case, table
from db.permissions import Permission
from db.reports.catalogue import FIGURES, published_names
from db.reports.cohorts import COHORTS, Cohort
from db.reports.figure import Figure
from db.reports.narrowed import Narrowed
from db.reports.panel import Asked, StatsPanel, build_panel
from db.reports.problems import problems
from db.reports.span import Span
from db.reports.tally import Number, count, meeting, parameters
from db.rules.reporting import Period, ReportingYear
from db.work import Work

PAGE = 50
"""Rows of a list asked for at a time."""


@query(Permission.READ_FIGURES)
def year_figures(work: Work, year: ReportingYear) -> dict[str, Number]:
    """Every figure of a reporting year as at its last day (or today), under the ids it was published by.

    Percentages are not among them: they are computed where they are shown.
    """
    names = published_names()
    counted = count(work, FIGURES.values(), Span.of(year, work.today))
    return {names.get(id_, id_): number for id_, number in counted.items()}


@query(Permission.READ_FIGURES)
def stats_panel(work: Work, period: Period, sector: str | None = None) -> StatsPanel:
    """The stats page for a week, a month or a reporting year; caseloads only for those who may read them.

    Args:
        work: the officer's turn.
        period: what to look at.
        sector: only this sector of the workforce.
    """
    return build_panel(work, period, sector, caseloads=work.may(Permission.READ_CASELOADS))


@dataclass(frozen=True, slots=True)
class ProblemFound:
    """Something missing from the record or at odds with itself, and how many records it concerns."""

    figure: str
    label: str
    number: int
    asked: Asked


@query(Permission.READ_FIGURES)
def problems_found(work: Work, period: Period, sector: str | None = None) -> tuple[ProblemFound, ...]:
    """What is missing or at odds among the records of a period; nothing where all is well."""
    span = Span.of(period, work.today)
    narrowed = Narrowed(sector, work.vocabulary)
    where = narrowed.within("received")
    checks = tuple(problems())
    counted = count(work, checks, span, where)
    return tuple(
        ProblemFound(check.id, check.label, number, Asked(check.id, span, where, narrowed.words))
        for check in checks
        if isinstance(number := counted[check.id], int) and number
    )


# What a number counts ----------------------------------------------------------------------------------------------


class CountedKey(NamedTuple):
    """Where a row stands in its list: newest first, then by its number in the record."""

    on: date
    id: int


@dataclass(frozen=True, slots=True)
class CountedRow:
    """One row that a number counts. Names nobody.

    Attributes:
        record: the id of the case or enquiry it opens; None where it opens nothing.
        kind: ``case`` or ``enquiry``; "" where it opens nothing.
        ref: that record's reference.
        on: the day it is counted by.
        words: what it is, in the words of the code lists.
        closed_on: when that record was closed; None while open.
    """

    key: CountedKey
    record: int | None
    kind: str
    ref: str
    on: date
    words: tuple[str, ...]
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class CountedHead:
    """What stands over the list of what a number counts.

    Attributes:
        title: the figure, and what it is narrowed to.
        counts: the sentence that says what is counted.
        number: how many rows count.
        hidden: how many of them are restricted, and counted without being listed.
    """

    title: str
    counts: str
    number: int
    hidden: int


@query(Permission.READ_FIGURES)
def counted_head(work: Work, asked: Asked) -> CountedHead:
    """How many rows a number counts, and how many of them this officer may not see."""
    work.require(Permission.READ_RECORD)
    figure = FIGURES[asked.figure]
    number, seen = (_how_many(work, asked, condition) for condition in (true(), _seen(work, figure)))
    title = ", ".join(filter(None, (figure.words(work.vocabulary), asked.within)))
    return CountedHead(title, figure.counts, number, number - seen)


@query(Permission.READ_FIGURES)
def cases_counted(
    work: Work, asked: Asked, after: CountedKey | None = None, count: int = PAGE, *, backwards: bool = False
) -> tuple[CountedRow, ...]:
    """A page of the rows that a number counts, newest first. Restricted ones are left out: the head counts them.

    Args:
        work: the officer's turn.
        asked: the number.
        after: the key of the row next to the page; None for the beginning of the list (or, backwards, its end).
        count: rows wanted; fewer mean that the list ends there.
        backwards: the rows before the key instead.
    """
    work.require(Permission.READ_RECORD)
    of = COHORTS[FIGURES[asked.figure].cohort]
    statement = _rows_counted(work, asked, of).limit(count)
    place = tuple_(of.on, of.key)
    if after is not None:
        statement = statement.where(place > tuple_(*after) if backwards else place < tuple_(*after))
    order = (of.on, of.key) if backwards else (of.on.desc(), of.key.desc())
    rows = work.connection.execute(statement.order_by(*order), parameters(asked.span)).all()
    found = [_row(work, of, row) for row in rows]
    return tuple(reversed(found) if backwards else found)


def _how_many(work: Work, asked: Asked, seen: ColumnElement[bool]) -> int:
    figure = FIGURES[asked.figure]
    of = COHORTS[figure.cohort]
    statement = select(of.number).select_from(of.source).where(_counts(asked, figure), seen)
    return int(work.connection.execute(statement, parameters(asked.span)).scalar_one())


def _counts(asked: Asked, figure: Figure) -> ColumnElement[bool]:
    of = COHORTS[figure.cohort]
    return and_(of.counted, meeting(figure.cohort, figure.where + asked.where, past=asked.span.past))


def _seen(work: Work, figure: Figure) -> ColumnElement[bool]:
    """Whether a row may be listed: one without a record always, else as the record says."""
    of = COHORTS[figure.cohort]
    return true() if of.record is None else may_see(work, of.record) | of.record.c.id.is_(None)


def _rows_counted(work: Work, asked: Asked, of: Cohort) -> Select[Any]:
    figure = FIGURES[asked.figure]
    listed = [of.column(name, past=asked.span.past).label(f"w{at}") for at, (_, name) in enumerate(of.listed)]
    record = of.record
    about = [] if record is None else [record.c.id.label("record"), record.c.ref, record.c.closed_on]
    statement = select(of.on.label("on"), of.key.label("key"), *about, *listed).select_from(of.source)
    return (statement.distinct() if of.repeats else statement).where(_counts(asked, figure), _seen(work, figure))


def _row(work: Work, of: Cohort, row: Row[Any]) -> CountedRow:
    values = row._mapping
    words = tuple(work.vocabulary.label(name, values[f"w{at}"]) for at, (name, _) in enumerate(of.listed))
    kind = "" if of.record is None or row.record is None else ("case" if of.record is table(Case) else "enquiry")
    return CountedRow(
        CountedKey(row.on, row.key),
        values.get("record"),
        kind,
        values.get("ref") or "",
        row.on,
        words,
        values.get("closed_on"),
    )
