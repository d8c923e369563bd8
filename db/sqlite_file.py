"""An encrypted SQLite file as this desk uses one: how it is looked at before opening, keyed and set up."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from db.errors import StoreDamaged, StoreMissing, StoreNewer, StoreNotOurs

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

_FIXED_WAL = (3, 51, 3)
_FIXED_BRANCHES = {(3, 44): 6, (3, 50): 7}


def journal_settings(library: tuple[int, int, int]) -> tuple[str, str]:
    """The journal mode and synchronous level that lose nothing at a power cut with this SQLite library.

    Write-ahead logging with FULL, unless the linked library may corrupt a log as it is reset: then a rollback
    journal with EXTRA.
    """
    branch_fix = _FIXED_BRANCHES.get(library[:2])
    sound = library >= _FIXED_WAL or (branch_fix is not None and library[2] >= branch_fix)
    return ("WAL", "FULL") if sound else ("DELETE", "EXTRA")


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
    with path.open("rb") as file:
        if file.read(len(_PLAIN_HEADER)) == _PLAIN_HEADER:
            raise StoreNotOurs(f"{path} is a database of another program, not a store. Nothing was changed")


def connect(path: Path, key: bytes, *, create: bool = False) -> Any:  # noqa: ANN401 - the driver is untyped
    """A keyed connection with every setting the record relies on.

    Raises:
        StoreDamaged: the file does not open with its key.
    """
    mode = "rwc" if create else ("rw" if os.access(path, os.W_OK) else "ro")
    connection = driver.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA cipher_log_level = NONE")  # its messages would land on the officer's screen
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.DatabaseError:
        connection.close()
        raise StoreDamaged(
            f"{path} is not a store this key opens, or it is damaged. Nothing was changed. "
            "Try the newest good backup with: lado doctor"
        ) from None
    for setting in _SETTINGS:
        connection.execute(setting)
    return connection


def check_identity(connection: Any, path: Path, schema: int) -> None:  # noqa: ANN401
    """Refuse a file that is not a store, is cut short, or was made by a newer program, before anything is written.

    Raises:
        StoreNotOurs: another program's file.
        StoreDamaged: shorter than its own header says.
        StoreNewer: made by a newer LADO Desk.
    """
    if _number(connection, "application_id") != APPLICATION_ID:
        raise StoreNotOurs(f"{path} is not a store of this desk. Nothing was changed")
    expected = _number(connection, "page_count") * _number(connection, "page_size")
    if path.stat().st_size < expected and not path.with_name(path.name + "-wal").exists():
        raise StoreDamaged(f"{path} has been cut short. Nothing was changed. Restore the newest good backup")
    found = _number(connection, "user_version")
    if found > schema:
        raise StoreNewer(
            f"{path} was made by a newer LADO Desk (store version {found}; this one knows {schema}). "
            "Nothing was changed. Install the newer version to open it"
        )


def set_journal(connection: Any) -> None:  # noqa: ANN401
    """Choose the journal for this library; a reader's connection leaves the file as it is."""
    mode, synchronous = journal_settings(driver.sqlite_version_info)
    if str(_pragma(connection, "journal_mode")).upper() != mode and not _pragma(connection, "query_only"):
        connection.execute(f"PRAGMA journal_mode = {mode}")
    connection.execute(f"PRAGMA synchronous = {synchronous}")


def engine_for(path: Path, key: Callable[[], bytes]) -> Engine:
    """A pool of keyed connections; the key is asked for at each new one, so that a locked desk can drop it."""

    def open_one() -> Any:  # noqa: ANN401
        connection = connect(path, key())
        set_journal(connection)
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
