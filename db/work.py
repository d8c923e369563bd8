"""One officer's turn at the record: a connection, the time, and what this turn has changed so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Row, Select, Update, bindparam, insert, select, update
from sqlmodel import SQLModel

from db.audit import Change, told_without_words
from db.clock import day_of
from db.errors import ChangedMeanwhile, NotFound, Refused
from db.models import ReferenceCounter, table
from db.permissions import Permission, may
from db.vocabulary import OfficerRole, Vocabulary

_counters = table(ReferenceCounter)


@dataclass(frozen=True, slots=True)
class OfficerCard:
    """Who is at the desk."""

    id: int
    name: str
    initials: str
    role: OfficerRole


@dataclass(slots=True)
class Work:
    """What an action or a question works with. It lives for one transaction.

    ``subject`` names the record for the audit trail, ``case/412``; ``why`` is the officer's reason where one is asked.
    """

    connection: Connection
    officer: OfficerCard
    now: datetime
    vocabulary: Vocabulary
    digest_key: bytes
    audit_key: bytes
    why: str | None = None
    subject: str | None = None
    changes: list[Change] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day in England."""
        return day_of(self.now)

    def may(self, permission: Permission) -> bool:
        """Whether this officer's role allows it."""
        return may(self.officer.role, permission)

    def require(self, permission: Permission) -> None:
        """Stop here unless the officer may.

        Raises:
            Refused: kept in the audit trail.
        """
        if not self.may(permission):
            raise Refused(f"A {self.officer.role.label} cannot do this. Ask a LADO or the manager")

    def rows(self, statement: Select[Any]) -> Sequence[Row[Any]]:
        """All rows of a question to the database."""
        return self.connection.execute(statement).all()

    def first(self, statement: Select[Any]) -> Row[Any] | None:
        """The first row, if there is one."""
        return self.connection.execute(statement).first()

    def row(self, model: type[SQLModel], id: int) -> Row[Any]:  # noqa: A002 - the field's own name
        """One row by its number.

        Raises:
            NotFound: there is none.
        """
        found = self.connection.execute(_row_of(model), {"which_id": id}).first()
        if found is None:
            raise NotFound("There is no such record. It may have been mistyped")
        return found

    def insert(self, model: type[SQLModel], /, **values: object) -> int:
        """Add a row and remember it for the audit trail; returns its number (0 for rows without one)."""
        result = self.connection.execute(_insert_into(model), {**_defaults(model), **values})
        made = result.inserted_primary_key
        number = int(made[0]) if made and isinstance(made[0], int) else 0
        self._tell(model, number, values, made=True)
        return number

    def change(self, model: type[SQLModel], id: int, version: int | None = None, /, **values: object) -> None:  # noqa: A002
        """Change a row; with ``version``, only if nobody saved it since that version was read.

        Raises:
            ChangedMeanwhile: someone else's change came first; nothing was overwritten.
        """
        statement = _update_of(model, tuple(values), version is not None)
        which = {"which_id": id} if version is None else {"which_id": id, "which_version": version}
        if self.connection.execute(statement, {**values, **which}).rowcount != 1:
            raise ChangedMeanwhile("this record")
        self._tell(model, id, values, made=False)

    def next_reference(self, kind: str) -> str:
        """The next unbroken reference of this calendar year, such as ``E26-0817``."""
        year = self.today.year
        number = self.connection.execute(_COUNT_ON, {"of_kind": kind, "of_year": year}).scalar()
        if number is None:
            self.connection.execute(insert(_counters), {"kind": kind, "year": year, "last": 1})
            number = 1
        return f"{kind}{year % 100:02d}-{number:04d}"

    def _tell(self, model: type[SQLModel], number: int, values: dict[str, object], *, made: bool) -> None:
        of = table(model).c
        kept = {
            name: told_without_words(of[name], value, self.digest_key)
            for name, value in values.items()
            if value is not None or not made
        }
        self.changes.append(Change(f"{model.__tablename__}/{number}", kept, made))


@cache
def _row_of(model: type[SQLModel]) -> Select[Any]:
    return select(table(model)).where(table(model).c.id == bindparam("which_id"))


@cache
def _insert_into(model: type[SQLModel]) -> Insert:
    return insert(table(model))


@cache
def _update_of(model: type[SQLModel], names: tuple[str, ...], versioned: bool) -> Update:
    """One row's update, made once for each set of fields: a save takes as long to word as to write otherwise."""
    target = table(model)
    statement = update(target).where(target.c.id == bindparam("which_id"))
    if versioned:
        statement = statement.where(target.c.version == bindparam("which_version"))
    values: dict[str, Any] = {name: bindparam(name) for name in names}
    if "version" in target.c:
        values["version"] = target.c.version + 1
    return statement.values(values)


@cache
def _defaults(model: type[SQLModel]) -> dict[str, object]:
    return {
        name: field.default
        for name, field in model.model_fields.items()
        if name != "id" and isinstance(field.default, int | bool)
    }


_COUNT_ON = (
    update(_counters)
    .where(_counters.c.kind == bindparam("of_kind"), _counters.c.year == bindparam("of_year"))
    .values(last=_counters.c.last + 1)
    .returning(_counters.c.last)
)
