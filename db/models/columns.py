"""Kinds of column: what a field may hold, said once, so that the database refuses what a form would refuse.

Text that identifies or describes people is marked *sealed*: the audit trail keeps its length and a keyed digest,
never the words.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TextClause,
)
from sqlmodel import Field

from db.text import NAME_LIMIT, TEXT_LIMIT
from db.vocabulary import Worded

CODE_LIMIT = 40


def key() -> Any:  # noqa: ANN401 - SQLModel's Field stands in for any attribute type
    """The row's own number."""
    return Field(default=None, primary_key=True)


def version() -> Any:  # noqa: ANN401
    """Counts the changes of a row two people may have open; a save over a newer one is refused."""
    return Field(default=1, sa_type=Integer, nullable=False)


def link(target: str, *, null: bool = False, index: bool = True) -> Any:  # noqa: ANN401
    """A reference to another table's row, ``"adult.id"``; the database holds it to exist."""
    return Field(default=None, sa_type=Integer, sa_column_args=[ForeignKey(target)], nullable=null, index=index)


def name(*, null: bool = False, limit: int = NAME_LIMIT) -> Any:  # noqa: ANN401
    """One line about a person or place, sealed."""
    return _words(String(limit), limit, null=null, sealed=True)


def text(*, null: bool = False) -> Any:  # noqa: ANN401
    """A narrative, sealed, 20,000 characters at most."""
    return _words(Text(), TEXT_LIMIT, null=null, sealed=True)


def plain(*, null: bool = False, limit: int = NAME_LIMIT) -> Any:  # noqa: ANN401
    """One line that names nobody, such as an initial, a unit or a reference."""
    return _words(String(limit), limit, null=null, sealed=False)


def code(listed: type[Worded] | None = None, *, null: bool = False, among: Sequence[str] = ()) -> Any:  # noqa: ANN401
    """A code: from a fixed list, which the database checks, or from a list the service may edit."""
    allowed = tuple(among) or tuple(entry.value for entry in listed or ())
    info = {"length": CODE_LIMIT, "among": allowed}
    return Field(default=None, sa_type=String(CODE_LIMIT), nullable=null, sa_column_kwargs={"info": info})


def _words(kind: String, limit: int, *, null: bool, sealed: bool) -> Any:  # noqa: ANN401
    info = {"length": limit, "sealed": sealed}
    return Field(default=None, sa_type=kind, nullable=null, sa_column_kwargs={"info": info})


def index_where(rows: ColumnElement[bool] | TextClause, name: str, *fields: str, unique: bool = False) -> Index:
    """An index of some rows only, such as the cases that are open.

    What PostgreSQL is to be told is kept in ``info``: naming that database here would load its drivers at every start.
    """
    return Index(name, *fields, unique=unique, sqlite_where=rows, info={"where": rows})


def add_checks(metadata: MetaData) -> None:
    """Turn what each column says of itself into CHECK constraints, so that no path into the file goes round them."""
    for table in metadata.tables.values():
        for column in list(table.columns):
            if limit := column.info.get("length"):
                _check(table, f"{column.name}_length", f"length({column.name}) <= {limit}")
            if among := column.info.get("among"):
                listed = ", ".join(f"'{value}'" for value in among)
                _check(table, f"{column.name}_listed", f"{column.name} IN ({listed})")


def _check(table: Any, suffix: str, rule: str) -> None:  # noqa: ANN401 - Table, whose append_constraint is untyped
    table.append_constraint(CheckConstraint(rule, name=f"ck_{table.name}_{suffix}"))
