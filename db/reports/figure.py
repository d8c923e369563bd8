"""What a figure is: a sentence, a cohort, and conditions on its columns."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_

from db.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Condition:
    """What one column of a cohort must hold for a row to count. None stands for "not recorded".

    Attributes:
        column: the cohort's name for it.
        values: what it may hold, or (`among` false) may not hold.
    """

    column: str
    values: frozenset[str | int | None]
    among: bool = True

    def holds(self, value: object) -> bool:
        """Whether a row with this value counts."""
        return (value in self.values) is self.among

    def sql(self, column: ColumnElement[Any]) -> ColumnElement[bool]:
        """The same condition for the database."""
        known = [value for value in self.values if value is not None]
        if self.among:
            listed = column.in_(known) if known else false()
            return or_(listed, column.is_(None)) if None in self.values else listed
        if None in self.values:
            return and_(column.not_in(known), column.is_not(None))
        return or_(column.not_in(known), column.is_(None))


Where = tuple[Condition, ...]
"""Conditions that must all hold."""

Value = str | int | Iterable[str | int | None] | None


def only(**columns: Value) -> Where:
    """Rows whose columns hold one of these values: ``only(sector="education", role=None)``."""
    return tuple(Condition(name, _values(given)) for name, given in columns.items())


def but(**columns: Value) -> Where:
    """Rows whose columns hold anything else, including nothing at all."""
    return tuple(Condition(name, _values(given), among=False) for name, given in columns.items())


def _values(given: Value) -> frozenset[str | int | None]:
    return frozenset((given,)) if given is None or isinstance(given, str | int) else frozenset(given)


class Measure(Enum):
    """What is made of the rows that count."""

    COUNT = auto()
    PER_WEEK = auto()
    """Count times seven over the days counted, to one decimal place, half up."""
    SUM = auto()
    """The figure's ``summed`` column added up."""
    CASELOAD = auto()
    """Open cases at each month's end over LADO posts filled, mean of the months, to the nearest whole."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the service.

    Attributes:
        id: its lasting name.
        label: what staff call it.
        counts: one sentence: what is counted, of which base, and in what time.
        cohort: the rows it is counted in, by the cohort's name.
        where: the conditions a row must meet.
        measure: what is made of them.
        summed: the column that is added up, for a sum.
        term: the code list and code that complete the label, where the figure is one part of a table.
    """

    id: str
    label: str
    counts: str
    cohort: str
    where: Where = ()
    measure: Measure = Measure.COUNT
    summed: str = ""
    term: tuple[str, str] | None = None

    def words(self, vocabulary: Vocabulary) -> str:
        """The label with the word for its code."""
        return f"{self.label}: {vocabulary.label(*self.term)}" if self.term else self.label


@dataclass(frozen=True, slots=True)
class Table:
    """A whole and the parts that add up to it, "not recorded" among them.

    Attributes:
        whole: the figure of the whole.
        parts: its parts, by id, in the order shown; each row of the whole is in exactly one.
    """

    whole: str
    parts: tuple[str, ...]
