"""How far the audit trail has come, noted outside the store: its number of entries and its last seal.

A chain of seals cannot see its own tail cut off, nor an older copy of the whole file put in its place. The note can:
a store that holds fewer entries than were noted here, or another seal at that number, is not the store that was left.
The note is written a few seconds after a save, and never in its way, so that it may lag behind; it never runs ahead.
"""

import atexit
import json
import threading
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sqlalchemy import Connection, select

from db import audit
from db.errors import DeskError
from db.keyring import write_whole
from db.models import AuditEntry, table
from db.postgres import standing_name

if TYPE_CHECKING:
    from db.store import Store

EVERY = 3.0
"""Seconds between a save and its note, at most; however many saves there are, there is one note in that time."""

LAST_FEW = 1_000
"""Entries that are checked each time a store is opened; all of them are, each night."""

_entries = table(AuditEntry)


@dataclass(frozen=True, slots=True)
class AuditHead:
    """The number of entries, and the seal of the last."""

    entries: int = 0
    seal: str = ""

    @classmethod
    def of(cls, connection: Connection) -> Self:
        """How far the trail of a store has come."""
        statement = select(_entries.c.id, _entries.c.seal).order_by(_entries.c.id.desc()).limit(1)
        last = connection.execute(statement).first()
        return cls(last.id, last.seal) if last else cls()

    @classmethod
    def noted(cls, store: Path, state: Path) -> Self | None:
        """What was noted on this machine of the store at a path; None where there is no note that can be read."""
        try:
            found = json.loads(_note_path(store, state).read_text("utf-8"))
            return cls(int(found["entries"]), str(found["seal"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def note(self, store: Path, state: Path) -> None:
        """Note it on this machine, unless the note there has come further already."""
        there = AuditHead.noted(store, state)
        if there is None or there.entries < self.entries:
            path = _note_path(store, state)
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(path, json.dumps({"entries": self.entries, "seal": self.seal}).encode())


@dataclass(frozen=True, slots=True)
class Compared:
    """The trail beside the note.

    Attributes:
        noted: what the note says; None where nothing was noted on this machine yet.
        found: how far the trail in the store has come.
        holds: whether the store still holds all that was noted, unchanged.
    """

    noted: AuditHead | None
    found: AuditHead
    holds: bool

    @property
    def sentence(self) -> str:
        """What is wrong, for the officer; "" where nothing is."""
        if self.holds or self.noted is None:
            return ""
        if self.found.entries < self.noted.entries:
            missing = self.noted.entries - self.found.entries
            return (
                f"The audit trail is {missing:,} {'entry' if missing == 1 else 'entries'} shorter than it was on this "
                "machine: its end was cut off, or an older copy of the store was put in its place"
            )
        return f"Entry {self.noted.entries:,} of the audit trail is not the one that was noted on this machine"


def compare(connection: Connection, store: Path, state: Path) -> Compared:
    """Whether a store still holds what was noted of it on this machine."""
    noted, found = AuditHead.noted(store, state), AuditHead.of(connection)
    if noted is None or noted.entries == 0:
        return Compared(noted, found, holds=True)
    seal = connection.execute(select(_entries.c.seal).where(_entries.c.id == noted.entries)).scalar()
    return Compared(noted, found, holds=seal == noted.seal)


def what_is_wrong(store: "Store", state: Path, *, last: int | None = LAST_FEW) -> str:
    """What is wrong with a store's trail, in a sentence; "" where its ``last`` so many entries and the note agree."""
    with store.read() as connection:
        beside_note = compare(connection, store.path, state).sentence
        trail = audit.verify(connection, store.derived_key("audit"), last=last)
    if trail.first_bad is not None:
        return f"The audit trail does not hold from entry {trail.first_bad:,}"
    return beside_note


def set_note_aside(store: Path, state: Path) -> None:
    """Begin a new note: a backup was put where this store was, on purpose. The old note is kept beside it."""
    path = _note_path(store, state)
    with suppress(FileNotFoundError):
        path.replace(path.with_suffix(".before"))


class HeadKeeper:
    """Notes how far an open store's trail has come, soon after each save and when the store is closed."""

    def __init__(self, store: "Store", state: Path, *, every: float = EVERY) -> None:
        self._store, self._state, self._every = store, state, every
        self._due: threading.Timer | None = None
        self._lock = threading.Lock()
        atexit.register(self.note_now)

    def saved(self) -> None:
        """Something was saved: a note is due within a few seconds. Costs a save nothing to speak of."""
        with self._lock:
            if self._due is None:
                self._due = threading.Timer(self._every, self.note_now)
                self._due.daemon = True
                self._due.start()

    def note_now(self) -> None:
        """Write the note that is due. A disk that cannot take it leaves the one before."""
        with self._lock:
            due, self._due = self._due, None
        if due is not None:
            due.cancel()
            with suppress(DeskError, OSError):
                with self._store.read() as connection:
                    head = AuditHead.of(connection)
                head.note(self._store.path, self._state)

    def close(self) -> None:
        """The store is about to be closed."""
        self.note_now()
        atexit.unregister(self.note_now)


def _note_path(store: Path, state: Path) -> Path:
    name = sha256(standing_name(store).encode()).hexdigest()[:16]
    return state / "audit-heads" / f"{name}.json"
