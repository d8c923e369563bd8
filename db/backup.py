"""Backups of a store: encrypted like the store itself, whole or not there at all, and good only once proved.

Each backup is a folder named by its instant, with the store's bytes, its key ring and ``about.json``. While the desk is
unlocked it is copied as one moment of the record while others go on saving, opened, every page checked, and its rows
and last seal compared with that moment's. While the desk is locked no key is at hand: the bytes are copied as they lie
once nobody saves, and proved when somebody next unlocks. Whatever cuts a backup off, the ones before it are untouched.
"""

import errno
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from db import sqlite_file
from db.audit_head import AuditHead
from db.errors import NotBackedUp, StoreDamaged
from db.keyring import ring_path, write_whole
from db.places import backups_folder, room_is_short
from db.postgres import is_server
from db.rules.backups import backups_to_keep

STORE, ABOUT = "store.lado", "about.json"
_MAKING = ".making-"
_STAMP = "%Y%m%dT%H%M%SZ"
_UNPROVED = "-unproved"
_ORPHAN_SECONDS = 3_600
_TRIES, _PAUSE, _REST = 5, 0.5, 0.03
_WEEK = 7
_DAMAGED = "The store does not read back as it was written. Run: lado doctor"


@dataclass(frozen=True, slots=True)
class Counted:
    """What a store holds at one moment: rows by table, and how far its audit trail has come."""

    rows: Mapping[str, int]
    head: AuditHead


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup.

    Attributes:
        folder: where it lies.
        made_at: the moment of the record that it holds.
        files: the digest of each file's bytes, by name.
        head: how far its audit trail goes; known once it is proved.
        wrong: why it is not good, in a sentence; "" where nothing is known against it.
    """

    folder: Path
    made_at: datetime
    files: Mapping[str, str] = field(default_factory=dict)
    head: AuditHead | None = None
    wrong: str = ""

    @property
    def good(self) -> bool:
        """Whether it was opened, compared and found whole, and nothing was found against it since."""
        return self.head is not None and not self.wrong

    @property
    def store(self) -> Path:
        """The copy of the store in it."""
        return self.folder / STORE

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read what is known of a backup; one whose note cannot be read is wrong."""
        try:
            about = json.loads((folder / ABOUT).read_text("utf-8"))
            head = about["head"] and AuditHead(int(about["head"]["entries"]), str(about["head"]["seal"]))
            made_at = datetime.fromisoformat(about["made_at"])
            return cls(folder, made_at, dict(about["files"]), head, str(about["wrong"]))
        except (OSError, ValueError, KeyError, TypeError):
            return cls(folder, _made_at(folder), wrong="What it says of itself cannot be read")

    def write(self) -> None:
        """Keep what is known of it."""
        head = self.head and {"entries": self.head.entries, "seal": self.head.seal}
        about = {"made_at": self.made_at.isoformat(), "files": self.files, "head": head, "wrong": self.wrong}
        write_whole(self.folder / ABOUT, json.dumps(about, indent=1).encode())

    def reads_back(self) -> bool:
        """Whether every byte is as it was when the backup was made; needs no key."""
        try:
            return bool(self.files) and all(_digest(self.folder / name) == said for name, said in self.files.items())
        except OSError:
            return False


def kept(path: Path) -> Sequence[Backup]:
    """The backups of the store at a path, the newest first. What was cut off in the making is not among them."""
    folder = backups_folder(path)
    found = [one for one in folder.glob("2*") if one.is_dir()] if folder.is_dir() else []
    return sorted((Backup.read(one) for one in found), key=lambda one: (one.made_at, one.good), reverse=True)


def newest_good(path: Path) -> Backup | None:
    """The backup to go back to, if there is one."""
    return next((one for one in kept(path) if one.good), None)


def back_up(path: Path, key: bytes, now: datetime) -> Backup:
    """Make a backup of the store at a path while others go on saving, and prove it.

    Raises:
        NotBackedUp: why not; the backups before it are untouched.
    """
    if is_server(path):
        raise NotBackedUp("This store is on a server. Whoever looks after the server backs it up, with pg_dump")
    with _told_plainly(), _whole_or_not(path, f"{now.astimezone(UTC):{_STAMP}}") as making:
        counted = _copy_one_moment(path, key, making / STORE)
        _copy_ring(path, making)
        if prove(making / STORE, key) != counted:
            raise NotBackedUp("The copy does not hold what the store holds. Run: lado doctor")
        Backup(making, now, _digests(making), counted.head).write()
    _prune(path)
    return next(one for one in kept(path) if one.made_at == now)


def copy_bytes(path: Path, now: datetime) -> Backup:
    """Copy a store as it lies, without its key, once nobody saves; good when `prove_waiting` has proved it.

    Only for a program that has no connection to the store: closing a file again would drop the locks of its own.

    Raises:
        NotBackedUp: somebody went on saving, or the copy could not be written.
    """
    sqlite_file.look_before_opening(path)
    with _told_plainly(), _whole_or_not(path, f"{now.astimezone(UTC):{_STAMP}}{_UNPROVED}") as making:
        for _ in range(_TRIES):
            if _copied_at_rest(path, making):
                break
            time.sleep(_PAUSE)
        else:
            raise NotBackedUp("Somebody is saving. Sign in to back up while others save")
        _copy_ring(path, making)
        Backup(making, now, _digests(making)).write()
    return next(one for one in kept(path) if one.made_at == now)


def prove_waiting(path: Path, key: bytes) -> Sequence[Backup]:
    """Prove the copies that were made while the desk was locked; returns those now good.

    One that does not prove is marked wrong and kept for whoever looks into it.
    """
    proved = []
    for backup in [one for one in kept(path) if one.head is None and not one.wrong]:
        try:
            proved.append(_proved(path, key, backup))
        except (NotBackedUp, StoreDamaged) as error:
            _mark_wrong(backup, error.sentence)
    return proved


def prove(file: Path, key: bytes) -> Counted:
    """Open a copy, check the seal of every page, and count what it holds.

    Raises:
        StoreDamaged: it does not read back as it was written.
    """
    connection = sqlite_file.connect(file, key, look=True)
    try:
        if sqlite_file.pages_that_do_not_hold(connection):
            raise StoreDamaged(f"{file} does not read back as it was written")
        return _counted(connection)
    finally:
        connection.close()


def check_kept(path: Path, today: date) -> Sequence[Backup]:
    """Read the newest backup and a seventh of the others again, all in a week; marks and returns those that are wrong.

    Needs no key: the bytes are compared with what they were when the backup was proved.
    """
    wrong = []
    for place, backup in enumerate(one for one in kept(path) if not one.wrong):
        todays = place == 0 or place % _WEEK == today.toordinal() % _WEEK
        if todays and not backup.reads_back():
            wrong.append(_mark_wrong(backup, "Its bytes are not what they were when it was made"))
    return wrong


# Making one


@contextmanager
def _whole_or_not(path: Path, name: str) -> Iterator[Path]:
    """A folder to make a backup in; it gets its name once everything in it is on the disk."""
    folder = backups_folder(path)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _sweep(folder)
    if room_is_short(folder, 2 * path.stat().st_size):
        raise NotBackedUp(f"The disk that holds {folder} is nearly full. Free some space, then try again")
    making = folder / f"{_MAKING}{secrets.token_hex(6)}"
    making.mkdir(mode=0o700)
    try:
        yield making
        for file in (*making.iterdir(), making):
            settle(file)
        making.rename(_free_name(folder / name))
        settle(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _copy_one_moment(path: Path, key: bytes, to: Path) -> Counted:
    """Copy the store as it is at one moment, sealed under its key, and count that same moment."""
    to.touch(mode=0o600)
    source = sqlite_file.connect(path, key)
    try:
        source.execute("BEGIN")
        counted = _counted(source)
        sqlite_file.copy_pages(source, to, key)
        return counted
    finally:
        source.close()


def _copied_at_rest(path: Path, making: Path) -> bool:
    """Copy the bytes; whether nobody wrote to them from a moment before until the end."""
    before = _stamps(path)
    time.sleep(_REST)
    if _stamps(path) != before:
        return False
    for found in (path, *(one for one in sqlite_file.sidecars(path) if not one.name.endswith("-shm"))):
        _copy(found, making / (STORE + found.name.removeprefix(path.name)))
    return _stamps(path) == before


def _proved(path: Path, key: bytes, backup: Backup) -> Backup:
    """A good backup in place of one that waited: its last saves brought in, opened, found on the store's own trail."""
    if not backup.reads_back():
        raise NotBackedUp("Its bytes are not what they were when it was made")
    name = backup.folder.name.removesuffix(_UNPROVED)
    with _told_plainly(), _whole_or_not(path, name) as making:
        for file in backup.files:
            _copy(backup.folder / file, making / file)
        sqlite_file.bring_in_last_saves(making / STORE, key)
        counted = prove(making / STORE, key)
        if not _is_on_the_trail(path, key, counted.head):
            raise NotBackedUp("It is not a copy of this store as it once was")
        Backup(making, backup.made_at, _digests(making), counted.head).write()
    shutil.rmtree(backup.folder, ignore_errors=True)
    return next(one for one in kept(path) if one.made_at == backup.made_at and one.good)


def _counted(connection: Any) -> Counted:  # noqa: ANN401 - the driver is untyped
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    counting = 'SELECT count(*) FROM "{}"'
    rows = {name: int(connection.execute(counting.format(name)).fetchone()[0]) for name in names}
    last = connection.execute("SELECT id, seal FROM audit_entry ORDER BY id DESC LIMIT 1").fetchone()
    return Counted(rows, AuditHead(*last) if last else AuditHead())


def _is_on_the_trail(path: Path, key: bytes, head: AuditHead) -> bool:
    connection = sqlite_file.connect(path, key)
    try:
        row = connection.execute("SELECT seal FROM audit_entry WHERE id = ?", (head.entries,)).fetchone()
    finally:
        connection.close()
    return head.entries == 0 or (row is not None and row[0] == head.seal)


# Keeping them


def _prune(path: Path) -> None:
    """Let go of the old ones. Only a good backup pushes another out, and the newest good one always stays."""
    good = [one for one in kept(path) if one.good]
    staying = backups_to_keep([one.made_at for one in good])
    oldest_staying = min(staying, default=None)
    for backup in kept(path):
        outlived = not backup.good and oldest_staying is not None and backup.made_at < oldest_staying
        if outlived or (backup.good and backup.made_at not in staying):
            shutil.rmtree(backup.folder, ignore_errors=True)


def _mark_wrong(backup: Backup, sentence: str) -> Backup:
    marked = Backup(backup.folder, backup.made_at, backup.files, backup.head, sentence)
    marked.write()
    return marked


def _sweep(folder: Path) -> None:
    """Take away what was cut off in the making, once nobody can be making it any more."""
    for left in folder.glob(f"{_MAKING}*"):
        if time.time() - left.stat().st_mtime > _ORPHAN_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def _free_name(wanted: Path) -> Path:
    return wanted if not wanted.exists() else wanted.with_name(f"{wanted.name}-{secrets.token_hex(2)}")


def _made_at(folder: Path) -> datetime:
    try:
        return datetime.strptime(folder.name[:16], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return datetime.fromtimestamp(folder.stat().st_mtime, UTC)


# Bytes


def _copy_ring(path: Path, making: Path) -> None:
    if ring_path(path).exists():
        _copy(ring_path(path), ring_path(making / STORE))


def _copy(file: Path, to: Path) -> None:
    to.touch(mode=0o600)
    shutil.copyfile(file, to)


def _stamps(path: Path) -> Sequence[tuple[str, int, int]]:
    """Size and time of last change of the store and its journals: the same twice means that nobody wrote between."""
    files = (path, *(one for one in sqlite_file.sidecars(path) if not one.name.endswith("-shm")))
    return [(one.name, one.stat().st_size, one.stat().st_mtime_ns) for one in files]


def _digests(folder: Path) -> Mapping[str, str]:
    return {file.name: _digest(file) for file in sorted(folder.iterdir()) if file.name != ABOUT}


def _digest(file: Path) -> str:
    summed = sha256()
    with file.open("rb") as opened:
        while part := opened.read(1 << 20):
            summed.update(part)
    return summed.hexdigest()


def settle(file: Path) -> None:
    """See to it that a file, or a folder's list of files, outlives a power cut."""
    if file.is_dir() and os.name == "nt":
        return
    handle = os.open(file, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _told_plainly() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        raise NotBackedUp("The disk is full" if full else "The backups' folder cannot be written to") from None
    except sqlite_file.DriverError as error:
        raise NotBackedUp("The disk is full" if "full" in str(error).lower() else _DAMAGED) from None
    except StoreDamaged:
        raise NotBackedUp(_DAMAGED) from None
