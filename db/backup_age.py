"""How old the last good backup of a store is, in words, and whether that is an alarm."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from db.backup import newest_good
from db.clock import local
from db.models import AuditEntry, table
from db.rules.backups import backup_due, backup_late

if TYPE_CHECKING:
    from db.store import Store

_entries = table(AuditEntry)


@dataclass(frozen=True, slots=True)
class BackupState:
    """How safe the record is, for the home screen.

    Attributes:
        words: the age of the last good backup, in words; "" for a practice store, or one that a server backs up.
        alarm: whether something was kept a working day ago that no good backup holds.
        due: whether a backup should be made now.
        last_good: when the last good one was made.
    """

    words: str
    alarm: bool = False
    due: bool = False
    last_good: datetime | None = None


def backup_state(store: "Store", now: datetime) -> BackupState:
    """How old the last good backup of a store is, and whether that is an alarm."""
    if store.practice or store.on_server:
        return BackupState("")
    last = newest_good(store.path)
    since = _unsaved_since(store, last.head.entries if last and last.head else 0)
    last_good = last.made_at if last else None
    alarm = backup_late(since, now)
    words = f"Backed up {_when(last_good, now)}" if last_good else "No backup yet"
    if alarm:
        words = f"{words}. Not since: tell the manager" if last_good else f"{words}: tell the manager"
    return BackupState(words, alarm, backup_due(last_good, now, since is not None), last_good)


def way_back(path: Path) -> str:
    """What to do about a damaged store, in a sentence."""
    backup = newest_good(path)
    if backup is None:
        return "There is no good backup of it here. Keep the file, and ask whoever keeps the copies off this machine"
    return (
        f"The newest good backup was made on {moment(backup.made_at)}. "
        f"Put it in a new file with: lado restore {backup.folder} --store NEW-FILE"
    )


def _unsaved_since(store: "Store", entries: int) -> datetime | None:
    """When the first thing was kept that a backup with so many audit entries does not hold."""
    statement = select(_entries.c.at).where(_entries.c.id > entries).order_by(_entries.c.id).limit(1)
    with store.read() as connection:
        at: datetime | None = connection.execute(statement).scalar()
    return at


def moment(instant: datetime) -> str:
    """An instant as an officer says it: ``Thursday 12 March 2026 at 10:42``."""
    wall = local(instant)
    return f"{wall:%A} {wall.day} {wall:%B %Y} at {wall:%H:%M}"


def _when(instant: datetime, now: datetime) -> str:
    wall, today = local(instant), local(now).date()
    days = (today - wall.date()).days
    if days in (0, 1):
        return f"{('today', 'yesterday')[days]} {wall:%H:%M}"
    return f"{wall:%a} {wall.day} {wall:%b} {wall:%H:%M}" + ("" if wall.year == today.year else f" {wall.year}")
