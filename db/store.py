"""A store: what holds the record, created on purpose, opened with its key, never by accident.

It is one encrypted file, or for a team a database on a PostgreSQL server. Either is named by a path: a server's is its
URL. What differs on a server stands in ``postgres``; nothing else asks which of the two it is.
"""

import hmac
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import DBAPIError

from db import places, postgres, sqlite_file
from db.clock import system_clock
from db.errors import DeskError, NotSaved, NotUpgraded, StoreDamaged, StoreNotOurs, WrongKey
from db.keyring import KeyRing, new_key
from db.keyring import ring_path as ring_path
from db.models import ServiceTerm, StoreFact, table
from db.vocabulary import Term, Vocabulary

if TYPE_CHECKING:
    from db.audit_head import HeadKeeper

SCHEMA = 1
"""The version of the tables this program knows, kept in the file as ``user_version``; see migrations/versions."""

PRACTICE_KEY = sha256(b"LADO Desk: the practice service holds no real person, and this is its key").digest()
"""Published on purpose. A store under this key is a practice store, and no other key opens one."""

PRACTICE, REAL = "practice", "real"
_facts = table(StoreFact)
_terms = table(ServiceTerm)


class Store:
    """An open store. ``read`` and ``write`` lend a connection for one question or one unit of work."""

    def __init__(self, path: Path, key: bytes, *, look: bool = False) -> None:
        self.path = path
        self.on_server = postgres.is_server(path)
        """Whether the record is a team's, on a server: it is backed up there, not by this desk."""
        self.cautions = () if self.on_server else _cautions(path)
        """What the officer should see all the time, in sentences: the store can only be read, or lies on a share."""
        self._key: bytes | None = key
        self._head: HeadKeeper | None = None
        self.engine = self._open_engine(look)
        facts = self._facts()
        self.id = facts["id"]
        self.service = facts["service"]
        """What the service calls itself."""
        self.practice = facts["kind"] == PRACTICE

    def _open_engine(self, look: bool) -> Engine:
        if self.on_server:
            return postgres.engine_for(self.path)
        return sqlite_file.engine_for(self.path, lambda: self.key, look=look)

    @classmethod
    def open(cls, path: Path, key: bytes = PRACTICE_KEY) -> Self:
        """Open a store with its key; without one, the practice store. An older file is backed up, then upgraded.

        Raises:
            StoreMissing, StoreNotOurs, StoreDamaged, StoreNewer, StoreNotThere: the file is left exactly as it was.
            NotUpgraded: an older store could not be brought to this version; it is as it was.
        """
        if postgres.is_server(path):
            postgres.look_before_opening(path, SCHEMA)
            return cls(path, key)
        sqlite_file.look_before_opening(path)
        places.insist_on_a_place_fit_for_a_store(path)
        with _naming_the_newest_backup(path):
            if _version(path, key) < SCHEMA:
                _upgrade(path, key)
            return cls(path, key)

    @classmethod
    def look(cls, path: Path, key: bytes = PRACTICE_KEY) -> Self:
        """Open a store of this version only to look at it: nothing is written, nor put beside it."""
        return cls(path, key, look=True)

    def _facts(self) -> dict[str, str]:
        try:
            with _told_plainly(), self.engine.connect() as connection:
                facts = {row.fact: row.value for row in connection.execute(select(_facts))}
            _check_kind(facts, self.key, self.path)
        except DeskError:
            self.engine.dispose()
            raise
        return facts

    @property
    def place(self) -> str:
        """Where it is, in words fit for a message."""
        return postgres.known_as(self.path)

    @property
    def key(self) -> bytes:
        """What opens this store and its backups.

        Raises:
            StoreNotOurs: the desk is locked.
        """
        if self._key is None:
            raise StoreNotOurs("The desk is locked. Unlock it to go on")
        return self._key

    def watch_trail(self, state: Path) -> None:
        """See that the audit trail is the one this machine knows, and note from now on how far it has come.

        A trail that does not hold is added to the cautions, and nothing more is noted: the note is the evidence.

        Args:
            state: the folder where the program keeps its state.
        """
        from db.audit_head import HeadKeeper, what_is_wrong

        wrong = what_is_wrong(self, state)
        if wrong:
            self.cautions = (*self.cautions, f"{wrong}. Tell the manager before you save anything")
        else:
            self._head = HeadKeeper(self, state)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one moment of the record and changes nothing.

        Raises:
            StoreDamaged: the file does not read back as written.
        """
        with _told_plainly(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection that holds the one write lock; committed if the block ends well, else undone whole.

        Raises:
            NotSaved: the disk is full or read-only, or another program holds the store.
        """
        with (
            _told_plainly(),
            self.engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection
        if self._head:
            self._head.saved()

    def derived_key(self, purpose: str) -> bytes:
        """A key for one purpose (sealing the audit trail, a draft), made from the store's own."""
        return hmac.digest(self.key, purpose.encode(), sha256)

    def keep_ring(self, ring: KeyRing) -> None:
        """Keep who can unlock the store: beside a file, or in a server's own table, where every desk reads it."""
        if not self.on_server:
            ring.save(ring_path(self.path))
            return
        with self.write() as connection:
            postgres.keep_ring(connection, ring)

    def vocabulary(self) -> Vocabulary:
        """The code lists with this service's own wording laid over."""
        statement = select(
            _terms.c.list_name, _terms.c.code, _terms.c.label, _terms.c.under, _terms.c.retired
        ).order_by(_terms.c.list_name, _terms.c.position)
        with self.read() as connection:
            rows = connection.execute(statement).all()
        return Vocabulary(
            (row.list_name, Term(row.code, row.label, group=row.under or "", retired=row.retired)) for row in rows
        )

    def close(self) -> None:
        """Let go of the file and of the key."""
        if self._head:
            self._head.close()
        self.engine.dispose()
        self._key = None


def create_store(path: Path, *, service: str, key: bytes | None = None) -> tuple[Store, bytes]:
    """Make a new, empty store at ``path`` and return it with its key.

    Raises:
        StoreNotOurs: something is already there.
        StoreBusy: the server cannot be reached.
    """
    made = key or new_key()
    _create(path, made, service=service, kind=REAL)
    return Store.open(path, made), made


def create_practice_store(path: Path, *, service: str) -> Store:
    """Make a new, empty practice store under the published key.

    Raises:
        StoreNotOurs: something is already there.
    """
    _create(path, PRACTICE_KEY, service=service, kind=PRACTICE)
    return Store.open(path)


def unlock(path: Path, who: str, passphrase: str) -> Store:
    """Open a real store as one of the officers on its ring.

    Raises:
        WrongKey: no such officer, or another passphrase.
        StoreError: as ``Store.open``.
    """
    return Store.open(path, ring_of(path).unlock(who, passphrase))


def ring_of(path: Path) -> KeyRing:
    """Who can unlock a store. It is read before anybody is signed in, and opens nothing by itself.

    Raises:
        StoreError: there is no store, or no ring that can be read.
    """
    if postgres.is_server(path):
        return postgres.ring_of(path)
    sqlite_file.look_before_opening(path)
    return KeyRing.load(ring_path(path))


def asks_who(path: Path) -> bool:
    """Whether a store has officers with passphrases; a practice store has none.

    Raises:
        StoreError: the server cannot be reached.
    """
    return bool(postgres.ring_of(path).slots) if postgres.is_server(path) else ring_path(path).exists()


def _create(path: Path, key: bytes, *, service: str, kind: str) -> None:
    facts = {"id": secrets.token_hex(8), "kind": kind, "service": service}
    if postgres.is_server(path):
        with _told_plainly(), postgres.new_record(path) as connection:
            _begin_record(connection, facts | {"proof": _proof(key)})
        return
    _create_file(path, key)
    engine = sqlite_file.engine_for(path, lambda: key)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        _begin_record(connection, facts)
    engine.dispose()


def _create_file(path: Path, key: bytes) -> None:
    if path.exists():
        raise StoreNotOurs(f"There is already a file at {path}. Nothing was changed. Choose another name")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    places.insist_on_a_place_fit_for_a_store(path)
    path.touch(mode=0o600)
    connection = sqlite_file.connect(path, key, create=True)
    connection.execute(f"PRAGMA application_id = {sqlite_file.APPLICATION_ID}")
    sqlite_file.set_journal(connection, path)
    connection.close()


def _begin_record(connection: Connection, facts: dict[str, str]) -> None:
    from db.migrations import upgrade_within

    upgrade_within(connection)
    connection.execute(insert(_facts), [{"fact": fact, "value": value} for fact, value in facts.items()])
    if connection.dialect.name == postgres.DIALECT:
        postgres.give_rights(connection)


def _proof(key: bytes) -> str:
    """What a server keeps to know the store's key by; a file needs none, for it opens with no other."""
    return hmac.digest(key, b"proof", sha256).hex()


def _version(path: Path, key: bytes) -> int:
    probe = sqlite_file.connect(path, key)
    try:
        return sqlite_file.check_identity(probe, path, SCHEMA)
    finally:
        probe.close()


def _upgrade(path: Path, key: bytes) -> None:
    """Bring an older store to this version: backed up first, then whole or not at all.

    Raises:
        NotUpgraded: why not; the store is as it was.
    """
    from db.backup import back_up
    from db.migrations import upgrade

    back_up(path, key, system_clock())
    engine = sqlite_file.engine_for(path, lambda: key)
    try:
        with _told_plainly(NotUpgraded):
            upgrade(engine)
    finally:
        engine.dispose()


def _cautions(path: Path) -> tuple[str, ...]:
    doubt = places.doubt_about(path)
    reading = () if sqlite_file.writable(path) else ("This store can only be read. Nothing can be saved here",)
    return (*reading, *([doubt.banner] if doubt else []))


@contextmanager
def _naming_the_newest_backup(path: Path) -> Iterator[None]:
    """Where a store turns out to be damaged, say which backup to go back to."""
    try:
        yield
    except StoreDamaged as damaged:
        from db.backup_age import way_back

        raise StoreDamaged(f"{damaged.sentence}. {way_back(path)}") from None


def _check_kind(facts: dict[str, str], key: bytes, path: Path) -> None:
    claimed, keyed = facts.get("kind") == PRACTICE, key == PRACTICE_KEY
    if not {"id", "kind", "service"} <= facts.keys() or claimed is not keyed:
        place = postgres.known_as(path)
        raise StoreNotOurs(f"{place} says it is another kind of store than its key. Nothing was changed")
    if postgres.is_server(path) and not hmac.compare_digest(facts.get("proof", ""), _proof(key)):
        raise WrongKey("That key is not the store's. Nothing was changed")


@contextmanager
def _told_plainly(as_error: type[DeskError] | None = None) -> Iterator[None]:
    """Turn the driver's errors into sentences. The original is dropped: it may carry a person's name."""
    try:
        yield
    except DBAPIError as error:
        told = _plainly(error)
        raise (as_error(told.sentence) if as_error else told) from None


def _plainly(error: DBAPIError) -> DeskError:
    if hasattr(error.orig, "sqlstate"):
        return postgres.plainly(error)
    said = str(error.orig).lower()
    for signs, kind, sentence in _SENTENCES:
        if any(sign in said for sign in signs):
            return kind(sentence)
    return DeskError(f"The store refused that ({type(error.orig).__name__}). Your words are still here")


_SENTENCES: tuple[tuple[tuple[str, ...], type[DeskError], str], ...] = (
    (("disk is full",), NotSaved, "The disk is full. Your words are still here. Free some space, then save again"),
    (("disk i/o",), NotSaved, "The disk did not take it: it is full or failing. Your words are still here"),
    (("readonly", "read-only", "unable to open"), NotSaved, "The store can only be read. Your words are still here"),
    (
        ("locked",),
        NotSaved,
        "Another program is holding the store. Your words are still here. Save again in a moment",
    ),
    (("interrupted",), DeskError, "The search was dropped for a newer one"),
    (
        ("malformed", "not a database", "hmac"),
        StoreDamaged,
        "The store does not read back as it was written. Your draft is kept. Run: lado doctor",
    ),
)
"""What the driver says, by a few of its words, and what the officer is told."""
