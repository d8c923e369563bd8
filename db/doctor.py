"""What is wrong with a store and its backups, and what to do about it. Looks, and never writes to the store."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from db import audit, sqlite_file
from db.audit_head import compare
from db.backup import kept, newest_good
from db.backup_age import BackupState, backup_state, moment, way_back
from db.errors import DeskError, StoreBusy, StoreDamaged, StoreMissing, StoreNewer, StoreNotOurs
from db.keyring import ring_path
from db.models import AuditEntry, table
from db.places import backups_folder, doubt_about, room_is_short
from db.store import PRACTICE_KEY, SCHEMA, Store

FINE, LOOK_INTO, CANNOT_BE_USED = 0, 1, 3
"""The exit codes: all is well; it works, but something is to be done; the store cannot be used as it is."""

_PAGE = 4096
_PRIVATE = 0o077
_TOLD = 3
_entries = table(AuditEntry)
_LAST_AT = select(_entries.c.at).order_by(_entries.c.id.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        code: what it is, for a script.
        sentence: what is wrong.
        advice: what to do.
        stops_work: whether the store cannot be used until it is put right.
    """

    code: str
    sentence: str
    advice: str
    stops_work: bool = False


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found, the gravest first, and what was looked at."""

    findings: tuple[Finding, ...]
    looked_at: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """0, 1 or 3: see `FINE`, `LOOK_INTO` and `CANNOT_BE_USED`."""
        if any(finding.stops_work for finding in self.findings):
            return CANNOT_BE_USED
        return LOOK_INTO if self.findings else FINE


def examine(path: Path, state: Path, now: datetime, key: bytes | None = None) -> Diagnosis:
    """Look a store over: the file, its place, its ring, its backups and, with a key, every page and the audit trail.

    Args:
        path: the store.
        state: the folder where the program keeps its state.
        now: the present instant.
        key: the store's key; a practice store's is known.
    """
    visit = _Visit(path, state, now, key)
    findings = tuple(visit.findings())
    return Diagnosis(tuple(sorted(findings, key=lambda one: not one.stops_work)), tuple(visit.looked_at))


class _Visit:
    """One visit to one store."""

    def __init__(self, path: Path, state: Path, now: datetime, key: bytes | None) -> None:
        self.path, self.state, self.now = path, state, now
        self.has_ring = ring_path(path).exists()
        self.key = key if key or self.has_ring else PRACTICE_KEY
        self.looked_at: list[str] = []

    def findings(self) -> Iterator[Finding]:
        """Everything that is wrong, in the order in which it is looked at."""
        self.looked_at.append("the file")
        unusable = self._the_file()
        if unusable:
            yield unusable
            yield from self._the_bytes_of_backups()
            return
        yield from self._the_place()
        yield from self._the_ring()
        yield from self._the_bytes_of_backups()
        if self.key is None:
            self.looked_at.append("not the pages and the audit trail, which need an officer's passphrase")
        else:
            yield from self._the_record(self.key)

    def _the_file(self) -> Finding | None:
        try:
            sqlite_file.look_before_opening(self.path)
        except StoreMissing as error:
            there_is = newest_good(self.path) is not None
            advice = way_back(self.path) if there_is else "Look for it where it was last kept"
            return Finding("missing", error.sentence, advice, stops_work=True)
        except StoreNotOurs as error:
            empty = self.path.is_file() and not self.path.stat().st_size
            return Finding("empty" if empty else "foreign", error.sentence, way_back(self.path), stops_work=True)
        if self.path.stat().st_size % _PAGE:
            return Finding("cut_short", f"{self.path} ends in the middle of a page", way_back(self.path), True)
        return None

    def _the_place(self) -> Iterator[Finding]:
        self.looked_at.append("where it lies")
        doubt = doubt_about(self.path)
        if doubt:
            move = "Move it to a disk of this machine, or use PostgreSQL for a team"
            yield Finding("network_share", f"The store lies on {doubt.what}", move, stops_work=not doubt.allowed)
        if not sqlite_file.writable(self.path):
            yield Finding(
                "read_only", "The store can only be read by you", "Ask for the right to write to it and its folder"
            )
        if self.path.stat().st_mode & _PRIVATE:
            yield Finding(
                "not_private", "Others on this machine may read the file", f"Close it to them: chmod 600 {self.path}"
            )
        if room_is_short(self.path.parent, 2 * self.path.stat().st_size):
            yield Finding("disk_nearly_full", "The disk is nearly full", "Free some space before the next backup")

    def _the_ring(self) -> Iterator[Finding]:
        self.looked_at.append("the key ring")
        if not self.has_ring:
            return
        try:
            slots = json.loads(ring_path(self.path).read_text("utf-8"))["slots"]
        except (OSError, ValueError, KeyError, TypeError):
            slots = None
        if not slots:
            yield Finding("ring_damaged", "The key ring cannot be read", self._ring_back(), stops_work=True)

    def _ring_back(self) -> str:
        backup = newest_good(self.path)
        if backup is None:
            return "Put it back from a copy that lies elsewhere. Without it nobody can sign in"
        return f"Copy it back from the last backup: {ring_path(backup.store)} to {ring_path(self.path)}"

    def _the_bytes_of_backups(self) -> Iterator[Finding]:
        self.looked_at.append("the backups")
        backups = kept(self.path)
        for backup in backups:
            if backup.wrong or not backup.reads_back():
                made = moment(backup.made_at)
                yield Finding(
                    "backup_bad", f"The backup of {made} is not good", f"Do not use it. Look into {backup.folder}"
                )
        if not any(backup.good for backup in backups) and not self._practice:
            where = backups_folder(self.path)
            yield Finding("no_backup", f"There is no good backup in {where}", "Make one now: lado backup")

    @property
    def _practice(self) -> bool:
        return self.key == PRACTICE_KEY

    def _the_record(self, key: bytes) -> Iterator[Finding]:
        """What only the key can tell."""
        self.looked_at.append("every page, and the audit trail")
        try:
            connection = sqlite_file.connect(self.path, key, look=True)
        except DeskError as error:
            yield self._closed(error)
            return
        try:
            yield from self._pages(connection)
        finally:
            connection.close()

    def _closed(self, error: DeskError) -> Finding:
        if isinstance(error, StoreBusy):
            return Finding("busy", error.sentence, "Close the other program, or wait", stops_work=True)
        if self._practice:
            ring = f"It is no practice store. A real one has its key ring beside it, at {ring_path(self.path)}"
            return Finding("ring_missing_or_damaged", f"{error.sentence}. {ring}", self._ring_back(), stops_work=True)
        return Finding("damaged", error.sentence, way_back(self.path), stops_work=True)

    def _pages(self, connection: Any) -> Iterator[Finding]:  # noqa: ANN401 - the driver is untyped
        try:
            version = sqlite_file.check_identity(connection, self.path, SCHEMA)
        except DeskError as error:
            yield self._not_this_desks(error)
            return
        wrong = sqlite_file.pages_that_do_not_hold(connection)
        if wrong:
            some = "; ".join(wrong[:_TOLD])
            sentence = f"{len(wrong):,} {'page does' if len(wrong) == 1 else 'pages do'} not read back: {some}"
            yield Finding("damaged", sentence, f"Do not save into it. {way_back(self.path)}", stops_work=True)
        elif version < SCHEMA:
            yield Finding(
                "older", "The store was made by an older LADO Desk", "Open it: it is backed up, then upgraded"
            )
        else:
            yield from self._trail()

    def _not_this_desks(self, error: DeskError) -> Finding:
        codes: dict[type[DeskError], str] = {StoreNewer: "newer", StoreDamaged: "cut_short", StoreNotOurs: "foreign"}
        advice = "Install that version" if isinstance(error, StoreNewer) else way_back(self.path)
        return Finding(codes.get(type(error), "damaged"), error.sentence, advice, stops_work=True)

    def _trail(self) -> Iterator[Finding]:
        store = Store.look(self.path, self.key or PRACTICE_KEY)
        try:
            with store.read() as connection:
                trail = audit.verify(connection, store.derived_key("audit"))
                beside_note = compare(connection, self.path, self.state)
                last_at = connection.execute(_LAST_AT).scalar()
            backups = backup_state(store, self.now)
        finally:
            store.close()
        yield from self._of_the_trail(trail, beside_note.sentence)
        if last_at and last_at > self.now:
            yield Finding(
                "clock_behind",
                f"The last entry was made at {moment(last_at)}, and the clock says {moment(self.now)}",
                "Put this machine's clock right",
            )
        yield from self._of_the_last_backup(backups)

    def _of_the_trail(self, trail: audit.Verified, beside_note: str) -> Iterator[Finding]:
        keep = "Keep the file as it is and tell the manager"
        if trail.first_bad is not None:
            yield Finding("audit_chain", f"The audit trail does not hold from entry {trail.first_bad:,}", keep)
        if beside_note:
            yield Finding("audit_head", beside_note, f"{keep}, unless you put a backup there yourself")

    def _of_the_last_backup(self, state: BackupState) -> Iterator[Finding]:
        if state.alarm and state.last_good:
            yield Finding(
                "backup_old", f"The last good backup is of {moment(state.last_good)}", "Make one: lado backup"
            )
