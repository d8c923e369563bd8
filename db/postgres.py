"""A store on a PostgreSQL server, for a team: everything that differs there from the encrypted file.

The server keeps the record and lets its own login roles in. The desk never works as the owner of the tables: it takes
on the role ``lado_desk`` as it connects, which may add to the audit trail and never alter it. All writing goes through
one lock, as it does in a file, so that what an action reads stays true until it is saved, references are unbroken and
each audit entry seals the one before.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError

from db.errors import DeskError, NotSaved, NotUpgraded, StoreBusy, StoreMissing, StoreNewer, StoreNotOurs
from db.keyring import KeyRing

DIALECT = "postgresql"
ROLE = "lado_desk"
"""What officers' login roles are made members of, and all that the desk works as."""

OLDEST_SERVER = (15,)
_WRITE_LOCK = 0x4C41444F
"""``LADO``: the advisory lock that whoever writes holds until it is saved or undone."""

_WAIT = "5s"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_NAMED = re.compile(r"postgresql:/{1,2}(?=[^/])")
_BYTE_ORDER = ("C", "POSIX", "C.UTF-8", "C.utf8")
_SESSION = f"-c lock_timeout={_WAIT} -c search_path=public -c timezone=UTC -c datestyle=ISO"


# Where it is -------------------------------------------------------------------------------------------------------


def is_server(place: Path) -> bool:
    """Whether a store's place is a server's URL. A URL that was handed on as a path has lost one of its slashes."""
    return _NAMED.match(place.as_posix()) is not None


def known_as(place: Path) -> str:
    """The place in words fit for a message or a note: a server's without its password or settings."""
    if not is_server(place):
        return str(place)
    url = _url(place)
    return f"postgresql://{_host(url)}{f':{url.port}' if url.port else ''}/{url.database or ''}"


def standing_name(place: Path) -> str:
    """One name for a place, whatever folder it is named from: what this machine notes of a store is kept under it."""
    return known_as(place) if is_server(place) else str(place.absolute())


def _url(place: Path) -> URL:
    """The URL to connect by.

    Raises:
        StoreNotOurs: it names no server or no database, or would let another server pass for this one.
    """
    url = make_url(_NAMED.sub("postgresql://", place.as_posix())).set(drivername="postgresql+psycopg")
    if not _host(url) or not url.database or "service" in url.query:
        raise StoreNotOurs("Name the server and the database: postgresql://NAME@SERVER/DATABASE")
    hosts = [host for name in ("host", "hostaddr") for host in _several(url.query.get(name))]
    if all(host in _LOOPBACK or host.startswith("/") for host in (*([url.host] if url.host else []), *hosts)):
        return url
    if url.query.get("sslmode", "verify-full") != "verify-full":
        raise StoreNotOurs("Names of children cross the network here, so sslmode must be verify-full, or left out")
    return url.update_query_dict({"sslmode": "verify-full"})


def _host(url: URL) -> str:
    return url.host or ",".join(_several(url.query.get("host")))


def _several(told: str | tuple[str, ...] | None) -> list[str]:
    every = (told,) if isinstance(told, str) else told or ()
    return [one for some in every for one in some.split(",")]


# Connecting --------------------------------------------------------------------------------------------------------


def engine_for(place: Path, *, owner: bool = False) -> Engine:
    """A pool of connections that work as the desk's role; as ``owner``, with all rights of whoever signs in there.

    Raises:
        StoreNotOurs: the URL is not fit for a record.
    """
    options = _SESSION if owner else f"{_SESSION} -c role={ROLE}"
    engine = create_engine(
        _url(place),
        pool_size=4,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"options": options, "connect_timeout": 10, "application_name": "LADO Desk"},
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """A writer waits for the one lock and then sees what was saved before it; a reader sees one moment."""
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (_WRITE_LOCK,))
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


@contextmanager
def _at(place: Path, *, owner: bool = False, writes: bool = False) -> Iterator[Connection]:
    """One connection of its own.

    Raises:
        StoreBusy: the server cannot be reached, or does not let this person in.
    """
    engine = engine_for(place, owner=owner)
    try:
        try:
            connection = engine.connect().execution_options(writes=writes)
        except DBAPIError:
            raise StoreBusy(
                f"The server does not answer or does not let you in: {known_as(place)}. Nothing was changed. "
                "Check the network, then ask whoever looks after the server"
            ) from None
        with connection, connection.begin():
            yield connection
    finally:
        engine.dispose()


def look_before_opening(place: Path, schema: int) -> None:
    """Refuse what is not a store of this version.

    Raises:
        StoreBusy: the server cannot be reached.
        StoreMissing: there is no store in that database.
        StoreNewer, NotUpgraded: it is of another version. Only the owner of the tables can bring it to this one.
    """
    with _at(place) as connection:
        _insist_on_a_server_fit(connection)
        _insist_on_a_store(connection, place)
        found = int(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
    if found > schema:
        raise StoreNewer(
            f"{known_as(place)} was made by a newer LADO Desk (store version {found}; this one knows {schema}). "
            "Nothing was changed. Install the newer version to open it"
        )
    if found < schema:
        raise NotUpgraded(f"{known_as(place)} is of an older version. Ask whoever looks after the server to upgrade it")


def _insist_on_a_server_fit(connection: Connection) -> None:
    if (connection.dialect.server_version_info or ()) < OLDEST_SERVER:
        raise StoreNotOurs(f"The server is older than PostgreSQL {OLDEST_SERVER[0]}. Nothing was changed")


def _insist_on_a_store(connection: Connection, place: Path) -> None:
    if not _holds_a_store(connection):
        raise StoreMissing(f"There is no store at {known_as(place)}. Check the name, or make one with: lado init")


def _holds_a_store(connection: Connection) -> bool:
    return connection.execute(text("SELECT to_regclass('public.store_fact')")).scalar() is not None


# Making one --------------------------------------------------------------------------------------------------------


@contextmanager
def new_record(place: Path) -> Iterator[Connection]:
    """The one transaction in which a store is made, by the role that will own its tables.

    Raises:
        StoreBusy: the server cannot be reached.
        StoreNotOurs: there is a store already, or the database would sort words as a file does not.
    """
    with _at(place, owner=True, writes=True) as connection:
        _insist_on_a_server_fit(connection)
        if _holds_a_store(connection):
            raise StoreNotOurs(f"There is already a store at {known_as(place)}. Nothing was changed")
        order, encoding = connection.execute(text(_HOW_WORDS_SORT)).one()
        if order not in _BYTE_ORDER or encoding != "UTF8":
            raise StoreNotOurs(
                "The database must be made with: CREATE DATABASE ... TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'. "
                "Nothing was changed"
            )
        yield connection


_HOW_WORDS_SORT = (
    "SELECT CASE datlocprovider WHEN 'i' THEN 'ICU' ELSE datcollate END, pg_encoding_to_char(encoding) "
    "FROM pg_database WHERE datname = current_database()"
)


def give_rights(connection: Connection) -> None:
    """Let the desk's role read and write the record, add to the audit trail, and nothing else."""
    for statement in _RIGHTS:
        connection.execute(text(statement))


_RIGHTS = (
    """DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lado_desk') THEN CREATE ROLE lado_desk NOLOGIN; END IF;
        IF NOT pg_has_role(current_user, 'lado_desk', 'USAGE') THEN GRANT lado_desk TO CURRENT_USER; END IF;
        EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO lado_desk', current_database());
    END $$""",
    "CREATE TABLE key_slot (who varchar(60) PRIMARY KEY, slot text NOT NULL)",
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    f"GRANT USAGE ON SCHEMA public TO {ROLE}",
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE}",
    f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {ROLE}",
    f"REVOKE UPDATE, DELETE ON audit_entry FROM {ROLE}",
    f"REVOKE INSERT, UPDATE, DELETE ON store_fact, alembic_version FROM {ROLE}",
)


def count_on_from_rows(connection: Connection) -> None:
    """After rows were put in under their own numbers: new ones are counted on from the highest."""
    connection.execute(text(_COUNT_ON))


_COUNT_ON = """DO $$ DECLARE one record; BEGIN
    FOR one IN SELECT table_name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name = 'id' AND column_default LIKE 'nextval%'
    LOOP
        EXECUTE format(
            'SELECT setval(pg_get_serial_sequence(%L, ''id''), (SELECT coalesce(max(id), 0) + 1 FROM %I), false)',
            quote_ident(one.table_name), one.table_name);
    END LOOP;
END $$"""


# Who can unlock it -------------------------------------------------------------------------------------------------


def ring_of(place: Path) -> KeyRing:
    """The key ring, from the table that every member of the team reads before signing in.

    Raises:
        StoreBusy, StoreMissing: there is no server or no store.
    """
    with _at(place) as connection:
        _insist_on_a_store(connection, place)
        store = connection.execute(text("SELECT value FROM store_fact WHERE fact = 'id'")).scalar_one()
        slots = {row.who: json.loads(row.slot) for row in connection.execute(text("SELECT who, slot FROM key_slot"))}
    return KeyRing(store, slots)


def keep_ring(connection: Connection, ring: KeyRing) -> None:
    """Put a ring in place of the one that is kept."""
    connection.execute(text("DELETE FROM key_slot"))
    rows = [{"who": who, "slot": json.dumps(slot)} for who, slot in ring.slots.items()]
    if rows:
        connection.execute(text("INSERT INTO key_slot (who, slot) VALUES (:who, :slot)"), rows)


# What it says ------------------------------------------------------------------------------------------------------


def plainly(error: DBAPIError) -> DeskError:
    """What the officer is told. Only the server's code is read: its words may carry a person's name."""
    state: Any = getattr(error.orig, "sqlstate", None)
    for code, kind, sentence in _SENTENCES:
        if (state or "08").startswith(code):
            return kind(sentence)
    return DeskError(f"The store refused that ({type(error.orig).__name__}). Your words are still here")


_SENTENCES: tuple[tuple[str, type[DeskError], str], ...] = (
    ("53100", NotSaved, "The server's disk is full. Your words are still here. Tell whoever looks after it"),
    ("55P03", NotSaved, "Another officer's save is taking long. Your words are still here. Save again in a moment"),
    ("57014", DeskError, "The search was dropped for a newer one"),
    ("25006", NotSaved, "The store can only be read. Your words are still here"),
    ("42501", NotSaved, "The server does not let you do that. Your words are still here. Tell whoever looks after it"),
    ("40", NotSaved, "Another officer saved at the same moment. Your words are still here. Save again"),
    ("08", NotSaved, "The server does not answer. Your words are still here. Save again in a moment"),
    ("57P", NotSaved, "The server does not answer. Your words are still here. Save again in a moment"),
    ("53", NotSaved, "The server is short of room. Your words are still here. Save again in a moment"),
)
"""The server's codes by how they begin (PostgreSQL manual, appendix A), and what the officer is told."""
