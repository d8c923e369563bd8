"""An encrypted SQLite file as this desk uses one: how it is looked at before opening, keyed and set up."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver  # type: ignore[import-untyped]
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from db import places
from db.errors import NotUpgraded, StoreBusy, StoreDamaged, StoreMissing, StoreNewer, StoreNotOurs

APPLICATION_ID = 0x4C41444F
"""``LADO`` in the file's header: the first thing looked at once a file is keyed."""

_PLAIN_HEADER = b"SQLite format 3\x00"
_BUSY_MS = 5_000
_CACHE_KIB = 64 * 1024

_SETTINGS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",  # else INSERT OR REPLACE slips past the audit trail's triggers
    "PRAGMA trusted_schema = OFF",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA secure_delete = ON",
    f"PRAGMA busy_timeout = {_BUSY_MS}",
    f"PRAGMA cache_size = -{_CACHE_KIB}",
)

SIDECARS = ("-wal", "-journal", "-shm")
"""What SQLite may put beside a file that is in use; the first two hold saves that are not in the file yet."""

DriverError: type[Exception] = driver.Error

_ROLLBACK = ("DELETE", "EXTRA")
_FIXED_WAL = (3, 51, 3)
_FIXED_BRANCHES = {(3, 44): 6, (3, 50): 7}


def journal_settings(library: tuple[int, int, int]) -> tuple[str, str]:
    """The journal mode and synchronous level that lose nothing at a power cut with this SQLite library.

    Write-ahead logging with FULL, unless the linked library may corrupt a log as it is reset: then a rollback
    journal with EXTRA.
    """
    branch_fix = _FIXED_BRANCHES.get(library[:2])
    sound = library >= _FIXED_WAL or (branch_fix is not None and library[2] >= branch_fix)
    return ("WAL", "FULL") if sound else _ROLLBACK


def look_before_opening(path: Path) -> None:
    """Refuse what is plainly not a store, without touching it.

    Raises:
        StoreMissing: there is no such file.
        StoreNotOurs: it is a folder, empty, or an unencrypted database.
    """
    if not path.exists():
        raise StoreMissing(f"There is no store at {path}. Check the name, or make one with: lado init --store {path}")
    if not path.is_file():
        raise StoreNotOurs(f"{path} is not a file, so it cannot be a store. Nothing was changed")
    if path.stat().st_size == 0:
        raise StoreNotOurs(f"{path} is empty. It is not a store, and nothing was written to it")
    try:
        with path.open("rb") as file:
            begins = file.read(len(_PLAIN_HEADER))
    except OSError:
        raise StoreNotOurs(f"{path} may not be read by you. Ask whoever looks after this machine") from None
    if begins == _PLAIN_HEADER:
        raise StoreNotOurs(f"{path} is a database of another program, not a store. Nothing was changed")


def sidecars(path: Path) -> Sequence[Path]:
    """What lies beside a file that is in use, or was when its program was cut off."""
    beside = (path.with_name(path.name + end) for end in SIDECARS)
    return [found for found in beside if found.exists()]


def writable(path: Path) -> bool:
    """Whether this person may write to the file, and to its folder for the journal."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def look_only(path: Path) -> str:
    """How to open a file that is not to be written: beside a journal through SQLite's own locks, else as it lies."""
    return "mode=ro" if sidecars(path) else "mode=ro&immutable=1"


def connect(path: Path, key: bytes, *, create: bool = False, look: bool = False) -> Any:  # noqa: ANN401 - untyped
    """A keyed connection with every setting the record relies on; with ``look``, nothing is written, beside it either.

    Raises:
        StoreDamaged: the file does not open with its key.
        StoreBusy: another program held it longer than the desk waits.
    """
    how = "mode=rwc" if create else ("mode=rw" if writable(path) and not look else look_only(path))
    try:
        connection = driver.connect(
            f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None, check_same_thread=False
        )
        _key(connection, key)
    except driver.DatabaseError as error:
        raise _will_not_open(path, error) from None
    for setting in _SETTINGS:
        connection.execute(setting)
    return connection


def _key(connection: Any, key: bytes) -> None:  # noqa: ANN401
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # its messages would land on the officer's screen
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.DatabaseError:
        connection.close()
        raise


def _will_not_open(path: Path, error: Exception) -> StoreBusy | StoreDamaged:
    said = str(error).lower()
    if "locked" in said:
        return StoreBusy(f"Another program is holding {path}. Nothing was changed. Try again in a moment")
    if "unable to open" in said or "readonly" in said:
        return StoreBusy(
            f"{path} was not closed in good order, and cannot be put in order where nothing can be written. "
            "Nothing was changed. Copy it, and the files beside it, to a folder you may write to"
        )
    return StoreDamaged(f"{path} is not a store this key opens, or it is damaged. Nothing was changed")


def check_identity(connection: Any, path: Path, schema: int) -> int:  # noqa: ANN401
    """Refuse a file that is not a store, is cut short, or was made by a newer program, before anything is written.

    Returns:
        The store's version.

    Raises:
        StoreNotOurs: another program's file.
        StoreDamaged: shorter than its own header says.
        StoreNewer: made by a newer LADO Desk.
    """
    if _number(connection, "application_id") != APPLICATION_ID:
        raise StoreNotOurs(f"{path} is not a store of this desk. Nothing was changed")
    expected = _number(connection, "page_count") * _number(connection, "page_size")
    log = path.with_name(path.name + "-wal")
    if path.stat().st_size < expected and not (log.exists() and log.stat().st_size):
        raise StoreDamaged(f"{path} has been cut short. Nothing was changed")
    found = _number(connection, "user_version")
    if found > schema:
        raise StoreNewer(
            f"{path} was made by a newer LADO Desk (store version {found}; this one knows {schema}). "
            "Nothing was changed. Install the newer version to open it"
        )
    return found


def set_journal(connection: Any, path: Path) -> None:  # noqa: ANN401
    """Choose the journal for this library and this place; a file that cannot be written is left as it is."""
    mode, synchronous = (
        ("DELETE", "EXTRA") if places.doubt_about(path) else journal_settings(driver.sqlite_version_info)
    )
    if writable(path) and str(_pragma(connection, "journal_mode")).upper() != mode:
        connection.execute(f"PRAGMA journal_mode = {mode}")
    connection.execute(f"PRAGMA synchronous = {synchronous}")


def pages_that_do_not_hold(connection: Any) -> Sequence[str]:  # noqa: ANN401
    """What is wrong with a file page by page: seals that do not match, then pages that do not fit together."""
    try:
        found = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
        if not found:
            found = [str(row[0]) for row in connection.execute("PRAGMA quick_check") if row[0] != "ok"]
    except driver.DatabaseError as error:
        found = [str(error)]
    return found


def insist_that_links_hold(connection: Connection) -> None:
    """After a step to a new version: no row may point at one that is not there.

    Raises:
        NotUpgraded: one does.
    """
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise NotUpgraded("The new version's tables do not fit the rows in this store. Nothing was changed")


def copy_pages(source: Any, to: Path, key: bytes) -> None:  # noqa: ANN401
    """Copy what a connection sees into a new file under the same key. Others may go on saving meanwhile."""
    target = connect(to, key, create=True)
    try:
        target.execute("PRAGMA journal_mode = OFF")  # cut off, the copy is thrown away whole
        target.execute("PRAGMA synchronous = OFF")  # the caller sees to it that the file is on the disk
        source.backup(target)
    finally:
        target.close()


def bring_in_last_saves(path: Path, key: bytes) -> None:
    """Bring what lies in a copy's journal into the copy itself.

    Raises:
        StoreDamaged: it does not open with this key.
    """
    connection = connect(path, key)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def engine_for(path: Path, key: Callable[[], bytes], *, look: bool = False) -> Engine:
    """A pool of keyed connections; the key is asked for at each new one, so that a locked desk can drop it."""

    def open_one() -> Any:  # noqa: ANN401
        connection = connect(path, key(), look=look)
        if not look:
            set_journal(connection, path)
        return connection

    engine = create_engine(
        "sqlite://", module=driver, creator=open_one, poolclass=QueuePool, pool_size=4, hide_parameters=True
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _pragma(connection: Any, name: str) -> Any:  # noqa: ANN401
    row = connection.execute(f"PRAGMA {name}").fetchone()
    return row[0] if row else None


def _number(connection: Any, name: str) -> int:  # noqa: ANN401
    return int(_pragma(connection, name) or 0)  # some of SQLCipher's answers are text
