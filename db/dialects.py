"""What the two databases word differently in a question: said once here, and worded by each as it is asked."""

from typing import Any

from sqlalchemy import Boolean, ColumnElement, Date, String, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class _Later(FunctionElement[Any]):
    type = Date()
    inherit_cache = True


class _DayAsText(FunctionElement[Any]):
    type = String()
    inherit_cache = True


class _AmongTexts(FunctionElement[Any]):
    type = Boolean()
    inherit_cache = True


def later(day: ColumnElement[Any], number: int, unit: str) -> ColumnElement[Any]:
    """A day so many ``days`` or calendar ``months`` after another; one that does not exist is the month's last."""
    return _Later(day, literal_column(str(number)), literal_column(unit))


def day_as_text(day: ColumnElement[Any]) -> ColumnElement[str]:
    """A day as ``2026-03-12``."""
    return _DayAsText(day)


def among_texts(text: ColumnElement[str], listed: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a text is in a list that comes with the statement as JSON: one parameter however long it is."""
    return _AmongTexts(text, listed)


@compiles(_Later, "sqlite")
def _later_in_file(element: _Later, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401
    day, number, unit = (compiler.process(part, **how) for part in element.clauses)
    return f"date({day}, '+{number} {unit}', 'floor')"


@compiles(_Later, "postgresql")
def _later_on_server(element: _Later, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401
    day, number, unit = (compiler.process(part, **how) for part in element.clauses)
    return f"CAST({day} + make_interval({unit} => {number}) AS DATE)"


@compiles(_DayAsText, "sqlite")
def _day_in_file(element: _DayAsText, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401
    return "".join(compiler.process(part, **how) for part in element.clauses)


@compiles(_DayAsText, "postgresql")
def _day_on_server(element: _DayAsText, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401
    (day,) = (compiler.process(part, **how) for part in element.clauses)
    return f"to_char({day}, 'YYYY-MM-DD')"


@compiles(_AmongTexts, "sqlite")
def _among_in_file(element: _AmongTexts, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401
    text, listed = (compiler.process(part, **how) for part in element.clauses)
    return f"{text} IN (SELECT value FROM json_each({listed}))"  # noqa: S608 - compiled parts


@compiles(_AmongTexts, "postgresql")
def _among_on_server(element: _AmongTexts, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401
    text, listed = (compiler.process(part, **how) for part in element.clauses)
    return f"{text} IN (SELECT json_array_elements_text(CAST({listed} AS JSON)))"
