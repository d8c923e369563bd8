"""The audit trail: who did, opened, searched or was refused what, when and why; each row seals the one before.

A row is sealed with a key made from the store's own, over its content and the seal before it, so that a row changed,
dropped, added or swapped with another tool is found. What a chain cannot see, its tail cut off, is caught by the count
and last seal kept outside the store.
"""

import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from platform import node
from typing import Any

from sqlalchemy import Column, Connection, insert, select

from db.models import AuditEntry, table

_entries = table(AuditEntry)
_START = "0" * 64
_MACHINE = node()[:120] or "not known"
_SEALED_FIELDS = ("id", "at", "officer_id", "act", "result", "subject", "why", "machine", "detail")
_BATCH = 2_000

_LAST = select(_entries.c.id, _entries.c.seal).order_by(_entries.c.id.desc()).limit(1)
_ADD = insert(_entries)

DONE, REFUSED = "done", "refused"


@dataclass(frozen=True, slots=True)
class Change:
    """One row made or changed within an act, told without the words people wrote."""

    row: str
    fields: dict[str, Any]
    made: bool


@dataclass(frozen=True, slots=True)
class Verified:
    """What ``lado verify`` found: how many rows, the last seal, and the first row that does not hold, if any."""

    rows: int
    head: str
    first_bad: int | None = None


def append(
    connection: Connection,
    key: bytes,
    *,
    at: datetime,
    officer_id: int | None,
    act: str,
    result: str = DONE,
    subject: str | None = None,
    why: str | None = None,
    changes: Iterable[Change] = (),
) -> None:
    """Add a row in the caller's own transaction: without it, the act itself is undone."""
    last = connection.execute(_LAST).first()
    told = [{"row": c.row, "made": c.made, "fields": c.fields} for c in changes]
    row: dict[str, Any] = {
        "id": last.id + 1 if last else 1,
        "at": at,
        "officer_id": officer_id,
        "act": act,
        "result": result,
        "subject": subject,
        "why": why,
        "machine": _MACHINE,
        "detail": json.dumps(told, separators=(",", ":")) if told else None,
    }
    row["seal"] = _seal(key, last.seal if last else _START, row)
    connection.execute(_ADD, row)


def verify(connection: Connection, key: bytes, *, last: int | None = None) -> Verified:
    """Walk the trail, all of it or its ``last`` so many rows, and name the first row that does not hold."""
    before, number = _anchor(connection, last)
    statement = select(_entries).where(_entries.c.id > number).order_by(_entries.c.id)
    walked = connection.execute(statement, execution_options={"yield_per": _BATCH}).mappings()
    count = 0
    for row in walked:
        number += 1
        if row["id"] != number or not hmac.compare_digest(row["seal"], _seal(key, before, row)):
            return Verified(count, before, first_bad=row["id"])
        before, count = row["seal"], count + 1
    return Verified(count, before)


def told_without_words(column: Column[Any], value: Any, key: bytes) -> Any:  # noqa: ANN401
    """A value as the trail keeps it: codes and dates as they are, people's words as a length and a keyed digest."""
    if isinstance(value, str) and column.info.get("sealed"):
        return {"chars": len(value), "digest": hmac.digest(key, value.encode(), sha256).hex()[:16]}
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _anchor(connection: Connection, last: int | None) -> tuple[str, int]:
    """The seal and number of the row before the first one to check."""
    if last is not None:
        newest = connection.execute(_LAST).scalar() or 0
        row = connection.execute(select(_entries.c.id, _entries.c.seal).where(_entries.c.id == newest - last)).first()
        if row is not None:
            return row.seal, row.id
    return _START, 0


def _seal(key: bytes, previous: str, row: Mapping[Any, Any]) -> str:
    said = [row[name].isoformat() if isinstance(row[name], datetime) else row[name] for name in _SEALED_FIELDS]
    body = previous + json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hmac.digest(key, body.encode(), sha256).hex()
