"""A disk that loses its power: what was synced stays, of the rest a random part, torn at sector ends.

It stands under the unencrypted library as a file layer of its own. Encryption happens above it, page by page, and
changes nothing in what is written when.
"""

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import apsw

_SECTOR = 512
_NAME = "power"


class PowerCut(Exception):
    """The power is gone; nothing reaches the disk any more."""


@dataclass
class Kept:
    """One file: as a program sees it, as it is on the platter, and what was written since the last sync."""

    live: bytearray = field(default_factory=bytearray)
    synced: bytearray | None = None
    since: list[tuple[int, bytes | None]] = field(default_factory=list)
    """Writes as (offset, bytes); (length, None) where the file was cut to a length."""

    def survives(self, chance: random.Random) -> bytes:
        """What a power cut leaves of it."""
        left = bytearray(self.synced or b"")
        for at, written in self.since:
            if written is None:
                if chance.random() < 0.5:
                    del left[at:]
                continue
            for start in range(0, len(written), _SECTOR):
                if chance.random() < 0.5:
                    _put(left, at + start, written[start : start + _SECTOR])
        return bytes(left)


class Disk(apsw.VFS):
    """The disk: its files by name, and the moment at which its power goes."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.files: dict[str, Kept] = {}
        self.removed_unsynced: dict[str, Kept] = {}
        self.left_until_cut = -1
        self.operations = 0
        self.survivors: dict[str, bytes] | None = None
        super().__init__(_NAME, base="")

    def reach(self) -> None:
        """Every write, sync and removal passes here; at the one chosen the power goes."""
        if self.survivors is not None:
            raise PowerCut
        self.operations += 1
        self.left_until_cut -= 1
        if self.left_until_cut == 0:
            self.survivors = self._what_survives()
            raise PowerCut

    def _what_survives(self) -> dict[str, bytes]:
        there = {
            name: kept for name, kept in self.files.items() if kept.synced is not None or self.chance.random() < 0.5
        }
        there |= {name: kept for name, kept in self.removed_unsynced.items() if self.chance.random() < 0.5}
        return {name: kept.survives(self.chance) for name, kept in there.items()}

    def settle(self) -> None:
        """Everything is on the platter."""
        for kept in self.files.values():
            kept.synced, kept.since = bytearray(kept.live), []
        self.removed_unsynced.clear()

    # What the library asks of a disk. The names are its own.

    def xOpen(self, name: "str | apsw.URIFilename | None", flags: list[int]) -> "Handle":  # type: ignore[override]
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        flags[1] = flags[0]
        return Handle(self, path)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self.reach()
        gone = self.files.pop(filename, None)
        if gone is not None and not syncdir and gone.synced is not None:
            self.removed_unsynced[filename] = gone
        if syncdir:
            self.removed_unsynced.clear()

    def xAccess(self, pathname: str, flags: int) -> bool:
        return pathname in self.files

    def xFullPathname(self, name: str) -> str:
        return name


class Handle:
    """One open file."""

    def __init__(self, disk: Disk, path: str) -> None:
        self.disk = disk
        self.kept = disk.files.setdefault(path, Kept())

    def xRead(self, amount: int, offset: int) -> bytes:
        return bytes(self.kept.live[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        self.disk.reach()
        self.kept.since.append((offset, bytes(data)))
        _put(self.kept.live, offset, bytes(data))

    def xTruncate(self, newsize: int) -> None:
        self.disk.reach()
        self.kept.since.append((newsize, None))
        del self.kept.live[newsize:]

    def xSync(self, flags: int) -> None:
        self.disk.reach()
        self.kept.synced, self.kept.since = bytearray(self.kept.live), []

    def xFileSize(self) -> int:
        return len(self.kept.live)

    def xClose(self) -> None:
        return None

    def xLock(self, level: int) -> None:
        return None

    def xUnlock(self, level: int) -> None:
        return None

    def xCheckReservedLock(self) -> bool:
        return False

    def xFileControl(self, op: int, pointer: int) -> bool:
        return False

    def xSectorSize(self) -> int:
        return 4096

    def xDeviceCharacteristics(self) -> int:
        return apsw.SQLITE_IOCAP_POWERSAFE_OVERWRITE


@dataclass
class Afterwards:
    """What was found once the power was back."""

    acknowledged: Sequence[int]
    kept: Sequence[int]
    torn: int
    sound: bool

    @property
    def lost(self) -> bool:
        """Whether a save is missing that had been acknowledged."""
        return not set(self.acknowledged) <= set(self.kept)


def cut_the_power(journal: str, synchronous: str, seed: int, folder: Path) -> Afterwards:
    """Save until the power goes at a random moment, then open what is left and see."""
    chance = random.Random(seed)  # noqa: S311 - moments and sectors, not a secret
    disk = Disk(chance)
    try:
        acknowledged = _save_until_cut(disk, journal, synchronous)
    finally:
        disk.unregister()
    for name, content in (disk.survivors or {}).items():
        (folder / name).write_bytes(content)
    return _look(folder / "desk.db", acknowledged)


def _save_until_cut(disk: Disk, journal: str, synchronous: str) -> Sequence[int]:
    acknowledged: list[int] = []
    connection = apsw.Connection("desk.db", vfs=_NAME)
    _set_up(connection, journal, synchronous)
    disk.settle()
    disk.left_until_cut = disk.chance.randint(1, 400)
    with suppress(PowerCut, apsw.Error):
        while True:
            number = len(acknowledged) + 1
            _save(connection.execute, number, disk.chance)
            acknowledged.append(number)
    with suppress(PowerCut, apsw.Error):
        connection.close(True)
    return acknowledged


def _set_up(connection: apsw.Connection, journal: str, synchronous: str) -> None:
    if journal == "WAL":
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # the log's index in memory: this disk has none to share
    for statement in (
        f"PRAGMA journal_mode = {journal}",
        f"PRAGMA synchronous = {synchronous}",
        "PRAGMA wal_autocheckpoint = 40",  # the log is brought in, and begun anew, several times in a run
        "PRAGMA cache_size = 10",
        "CREATE TABLE contact (id INTEGER PRIMARY KEY, name TEXT)",
        "CREATE INDEX ix_name ON contact (name)",
        "CREATE TABLE audit_entry (id INTEGER PRIMARY KEY, detail TEXT)",
    ):
        connection.execute(statement)


def _save(execute: Callable[..., object], number: int, chance: random.Random) -> None:
    execute("BEGIN IMMEDIATE")
    execute("INSERT INTO contact VALUES (?, ?)", (number, chance.randbytes(chance.randint(20, 3_000)).hex()))
    execute("INSERT INTO audit_entry VALUES (?, ?)", (number, f"contact/{number}"))
    execute("COMMIT")


def _look(path: Path, acknowledged: Sequence[int]) -> Afterwards:
    try:
        connection = apsw.Connection(str(path))
        sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        contacts = {row[0] for row in connection.execute("SELECT id FROM contact")}
        entries = {row[0] for row in connection.execute("SELECT id FROM audit_entry")}
        connection.close()
    except apsw.Error:
        return Afterwards(acknowledged, [], 0, sound=False)
    return Afterwards(acknowledged, sorted(contacts), len(contacts ^ entries), sound)


def _put(content: bytearray, at: int, written: bytes) -> None:
    if len(content) < at:
        content.extend(bytes(at - len(content)))
    content[at : at + len(written)] = written
