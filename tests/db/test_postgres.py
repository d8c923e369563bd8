"""A team's store on a server: who gets in, what the desk's role may not do, and what is told when it does not go."""

from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from db import postgres
from db.actions.staff import found_service
from db.errors import NotSaved, StoreBusy, StoreMissing, StoreNewer, StoreNotOurs, WrongKey
from db.keyring import new_key
from db.sign_in import sign_in
from db.store import Store, asks_who, create_practice_store, create_store
from tests.conftest import FrozenClock
from tests.server import EMPTY, Server

PASSPHRASE = "kettle moss planet ruin"  # noqa: S105 - of a store that is thrown away
_names = (f"team_{number}" for number in count(1))


@pytest.fixture
def place(server: Server) -> Path:
    """A database made for a store, with none in it yet."""
    return server.new_database(next(_names))


@pytest.fixture
def on_server(server: Server) -> Iterator[Store]:
    with server.copied(EMPTY) as place, closing(Store.open(place)) as store:
        yield store


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET act = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry", "DROP TABLE audit_entry",
     "ALTER TABLE audit_entry DISABLE TRIGGER ALL", "UPDATE store_fact SET value = 'x'", "CREATE TABLE mine (id int)"],
)  # fmt: skip
def test_the_desks_role_may_not(on_server: Store, statement: str) -> None:
    with pytest.raises(NotSaved, match="does not let you"), on_server.write() as connection:
        connection.execute(text(statement))


def test_an_officers_login_works_only_once_it_is_a_member(server: Server, on_server: Store) -> None:
    database = on_server.engine.url.database or ""
    mary = server.place(database, role="mary")
    server.say("CREATE ROLE mary LOGIN")
    try:
        with pytest.raises(StoreBusy, match="does not let you in"):
            Store.open(mary)
        server.say("GRANT lado_desk TO mary")
        with closing(Store.open(mary)) as hers, hers.write() as connection:
            assert connection.execute(text("SELECT session_user, current_user")).one() == ("mary", "lado_desk")
    finally:
        server.say("DROP ROLE mary")


def test_the_first_manager_signs_in_from_any_machine(place: Path, tmp_path: Path, clock: FrozenClock) -> None:
    found_service(place, service="Wealdshire", name="Helen Marsh", sign_in="helen", passphrase=PASSPHRASE, clock=clock)

    assert asks_who(place)
    desk = sign_in(place, "Helen", PASSPHRASE, state=tmp_path / "another machine", clock=clock)
    assert desk.officer.name == "Helen Marsh"
    desk.store.close()
    with pytest.raises(WrongKey, match="do not open this store"):
        sign_in(place, "helen", "another passphrase here", state=tmp_path / "state", clock=clock)


def test_another_key_than_the_stores_is_turned_away(place: Path) -> None:
    store, key = create_store(place, service="Wealdshire")
    store.close()
    Store.open(place, key).close()
    with pytest.raises(WrongKey):
        Store.open(place, new_key())
    with pytest.raises(StoreNotOurs, match="another kind of store"):
        Store.open(place)


def test_a_second_store_is_not_made_over_the_first(place: Path) -> None:
    create_practice_store(place, service="Wealdshire").close()
    with pytest.raises(StoreNotOurs, match="already a store"):
        create_practice_store(place, service="Elsewhere")


def test_a_database_that_sorts_words_otherwise_is_refused(server: Server) -> None:
    server.say("CREATE DATABASE sorted TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    with pytest.raises(StoreNotOurs, match="LOCALE 'C'"):
        create_practice_store(server.place("sorted"), service="Wealdshire")


def test_a_database_without_a_store_and_a_server_that_is_not_there(place: Path, server: Server) -> None:
    with pytest.raises(StoreMissing, match="There is no store at"):
        Store.open(place)
    for nowhere in (Path("postgresql://localhost:1/lado"), server.place("not_there")):
        with pytest.raises(StoreBusy, match="does not answer or does not let you in"):
            Store.open(nowhere)


def test_a_store_of_a_newer_desk_is_left_alone(place: Path, server: Server) -> None:
    create_practice_store(place, service="Wealdshire").close()
    server.say(
        "UPDATE alembic_version SET version_num = '0002'", database=postgres.engine_for(place).url.database or ""
    )
    with pytest.raises(StoreNewer, match="Install the newer version"):
        Store.open(place)


def test_a_save_that_waits_too_long_is_told_and_not_kept(on_server: Store) -> None:
    with on_server.write(), pytest.raises(NotSaved, match="Save again in a moment"), on_server.write():
        pytest.fail("two wrote at once")


def test_a_reader_changes_nothing(on_server: Store) -> None:
    with pytest.raises(NotSaved, match="only be read"), on_server.read() as connection:
        connection.execute(text("DELETE FROM officer"))


def test_a_refused_row_is_told_without_the_words_in_it(on_server: Store) -> None:
    with pytest.raises(Exception, match="refused") as told, on_server.write() as connection:
        connection.execute(text("UPDATE officer SET name = 'Zzkestrel', role = repeat('x', 41)"))
    assert "Zzkestrel" not in str(told.value)
    assert told.value.__cause__ is None


def test_off_the_machine_the_servers_certificate_is_checked() -> None:
    for told in ("postgresql://mary@db.example/lado", "postgresql:/mary@db.example/lado?sslmode=verify-full",
                 "postgresql://mary@localhost/lado?hostaddr=192.0.2.1"):  # fmt: skip
        assert postgres.engine_for(Path(told)).url.query["sslmode"] == "verify-full"
    assert "sslmode" not in postgres.engine_for(Path("postgresql://mary@127.0.0.1/lado")).url.query


@pytest.mark.parametrize("how", ["disable", "allow", "prefer", "require", "verify-ca"])
def test_less_than_that_is_refused(how: str) -> None:
    with pytest.raises(StoreNotOurs, match="verify-full"):
        postgres.engine_for(Path(f"postgresql://mary@db.example/lado?sslmode={how}"))


@pytest.mark.parametrize("told", ["postgresql://mary@db.example", "postgresql://db.example/lado?service=other"])
def test_a_server_and_a_database_are_named(told: str) -> None:
    with pytest.raises(StoreNotOurs, match="Name the server"):
        postgres.engine_for(Path(told))


def test_a_place_is_told_without_its_password() -> None:
    told = postgres.known_as(Path("postgresql://mary:hunter2@db.example:5433/lado?sslmode=verify-full"))
    assert told == "postgresql://db.example:5433/lado"
    assert not postgres.is_server(Path("postgres.lado"))
    assert not postgres.is_server(Path("/home/mary/postgresql:/x"))


def test_the_driver_is_not_trusted_to_word_it() -> None:
    assert DBAPIError.__name__ not in str(postgres.plainly(DBAPIError("SELECT 1", {}, Exception("James Hartley"))))
