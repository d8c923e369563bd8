"""The one engine: how many rows of a cohort hold what, in a span; and figures made of that.

Figures of one cohort are counted from one statement. Few columns are added up by the database; many are nearly all
different, and are cheaper counted here in one pass.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, func, select

from db.reports.caseload import mean_caseload
from db.reports.cohorts import COHORTS
from db.reports.counted import Counted, Tally
from db.reports.deciding import longer_to_decide
from db.reports.figure import Figure, Measure, Where
from db.reports.span import Span
from db.rules.reporting import per_week
from db.work import Work

Number = int | Decimal | None
"""What a figure comes to; None where there is nothing to say."""

_ADDED_UP_BY_DATABASE = 4


def tally(work: Work, cohort: str, columns: Sequence[str], span: Span, where: Where = (), *, summed: str = "") -> Tally:
    """How many rows of a cohort hold each combination of some columns, in a span.

    Args:
        work: the officer's turn.
        cohort: the cohort's name.
        columns: the columns, by the cohort's names.
        span: the days counted and the day as at which they are read.
        where: conditions every row must meet.
        summed: a column to add up in place of counting rows.
    """
    if span.last < span.first:
        return {}
    statement = _statement(cohort, tuple(columns), where, span.past, summed)
    rows = work.connection.execute(statement, parameters(span)).all()
    if _counts_each_row(cohort, columns, summed):
        return Counter(map(tuple, rows))
    return {tuple(row[:-1]): row[-1] or 0 for row in rows}


def parameters(span: Span) -> dict[str, Any]:
    """What every statement about a span is given."""
    return {"first": span.first, "last": span.last, "as_at": span.as_at, **longer_to_decide(span.first, span.last)}


@cache
def _statement(cohort: str, columns: tuple[str, ...], where: Where, past: bool, summed: str) -> Select[Any]:
    of = COHORTS[cohort]
    asked = [of.column(name, past=past).label(name) for name in columns]
    statement = select(*asked).select_from(of.source).where(of.counted, meeting(cohort, where, past=past))
    if _counts_each_row(cohort, columns, summed):
        return statement
    number = func.sum(of.column(summed, past=past)) if summed else of.number
    return statement.add_columns(number.label("number")).group_by(*asked)


def _counts_each_row(cohort: str, columns: Sequence[str], summed: str) -> bool:
    return len(columns) > _ADDED_UP_BY_DATABASE and not summed and not COHORTS[cohort].repeats


def meeting(cohort: str, where: Where, *, past: bool) -> Any:  # noqa: ANN401 - a condition, or all rows
    """The conditions of a figure for the database."""
    of = COHORTS[cohort]
    return and_(True, *(condition.sql(of.column(condition.column, past=past)) for condition in where))


# Figures -----------------------------------------------------------------------------------------------------------


def count(work: Work, figures: Iterable[Figure], span: Span, where: Where = ()) -> dict[str, Number]:
    """What each figure comes to in a span, by id; ``where`` narrows all of them, to one sector say."""
    figures = tuple(figures)
    found: dict[str, Number] = {f.id: mean_caseload(work, span) for f in figures if f.measure is Measure.CASELOAD}
    for (cohort, summed), alike in _together(f for f in figures if f.id not in found).items():
        columns = sorted({condition.column for figure in alike for condition in figure.where})
        numbers = Counted(columns, tally(work, cohort, columns, span, where, summed=summed)).numbers(alike)
        found |= {figure.id: _made_of(figure, numbers[figure.id], span) for figure in alike}
    return found


def _together(figures: Iterable[Figure]) -> dict[tuple[str, str], list[Figure]]:
    """Figures that one statement can answer."""
    alike: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        alike.setdefault((figure.cohort, figure.summed), []).append(figure)
    return alike


def _made_of(figure: Figure, number: int, span: Span) -> Number:
    if figure.measure is Measure.PER_WEEK:
        return per_week(number, span.days) if span.days else None
    return number
