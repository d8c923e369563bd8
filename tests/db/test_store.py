"""A store is made on purpose, opened with its key, and never written to when it is not what it should be."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from db import sqlite_file
from db.errors import DeskError, StoreDamaged, StoreMissing, StoreNewer, StoreNotOurs, WrongKey
from db.keyring import KeyRing, new_key
from db.models import METADATA, table
from db.models.people import Adult, Contact
from db.store import SCHEMA, Store, create_practice_store, create_store, ring_path, unlock
from tests.conftest import SERVICE

QUICK = {"memory_kib": 64, "iterations": 1, "lanes": 1}
"""A cheap passphrase cost for tests; the real one takes a quarter of a second a try."""


def content(path: Path) -> bytes:
    return path.read_bytes()


def test_a_store_is_opened_again_with_what_was_kept(store_path: Path) -> None:
    store = Store.open(store_path)
    assert (store.service, store.practice) == (SERVICE, True)
    store.close()


def test_a_missing_store_is_never_made_by_opening_it(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match="lado init"):
        Store.open(tmp_path / "desk.lado")
    assert list(tmp_path.glob("*.lado*")) == []


def foreign_files(folder: Path) -> dict[str, Path]:
    empty = folder / "empty.lado"
    empty.touch()
    text = folder / "text.lado"
    text.write_text("A letter about nothing in particular.\n" * 400)
    plain = folder / "plain.lado"
    with sqlite3.connect(plain) as connection:
        connection.execute("CREATE TABLE adult (name TEXT)")
    connection.close()
    noise = folder / "noise.lado"
    noise.write_bytes(bytes(range(256)) * 64)
    short = folder / "short.lado"
    short.write_bytes(b"LADO")
    return {path.stem: path for path in (empty, text, plain, noise, short)}


@pytest.mark.parametrize("kind", ["empty", "text", "plain", "noise", "short"])
def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path: Path, kind: str) -> None:
    path = foreign_files(tmp_path)[kind]
    before = content(path)
    with pytest.raises((StoreNotOurs, StoreDamaged), match=r"[Nn]othing was (changed|written)"):
        Store.open(path)
    assert content(path) == before


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreNotOurs, match="is not a file"):
        Store.open(tmp_path)


def test_a_store_made_by_a_newer_desk_is_refused_and_left_alone(store_path: Path) -> None:
    connection = sqlite_file.connect(store_path, practice_key())
    connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    before = content(store_path)
    with pytest.raises(StoreNewer, match="newer LADO Desk"):
        Store.open(store_path)
    assert content(store_path) == before


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_store_cut_short_is_refused_and_left_alone(store_path: Path, share: float) -> None:
    whole = content(store_path)
    store_path.write_bytes(whole[: int(len(whole) * share)])
    before = content(store_path)
    with pytest.raises(StoreDamaged):
        Store.open(store_path)
    assert content(store_path) == before


def test_a_changed_byte_is_found_when_it_is_read(store_path: Path) -> None:
    harmed = bytearray(content(store_path))
    harmed[100] ^= 1
    store_path.write_bytes(harmed)
    with pytest.raises(StoreDamaged):
        Store.open(store_path)


def test_nothing_readable_lies_in_the_file(store_path: Path) -> None:
    store = Store.open(store_path)
    with store.write() as connection:
        connection.execute(table(Contact).insert(), {"name": "Zzkestrel Whitlock"})
    for file in store_path.parent.glob("desk.lado*"):
        assert b"Zzkestrel" not in file.read_bytes(), file.name
        assert b"SQLite format" not in file.read_bytes()[:16]
    store.close()


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "desk.lado"
    create_practice_store(path, service=SERVICE).close()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_store_is_never_made_over_another_file(store_path: Path) -> None:
    before = content(store_path)
    with pytest.raises(StoreNotOurs, match="already a file"):
        create_store(store_path, service=SERVICE)
    assert content(store_path) == before


def test_a_real_store_opens_for_its_officers_and_with_the_recovery_key_only(tmp_path: Path) -> None:
    path = tmp_path / "real.lado"
    store, key = create_store(path, service=SERVICE)
    ring = KeyRing(store.id, cost=QUICK)
    ring.add("helen", "correct horse battery", key)
    printed = ring.add_recovery(key)
    ring.save(ring_path(path))
    store.close()

    unlock(path, "helen", "correct horse battery").close()
    assert KeyRing.load(ring_path(path)).unlock_with_recovery(printed.lower().replace("-", " ")) == key
    for who, passphrase in (("helen", "wrong"), ("nobody", "correct horse battery")):
        with pytest.raises(WrongKey, match="do not open this store"):
            unlock(path, who, passphrase)
    with pytest.raises(StoreDamaged):
        Store.open(path)


def test_nothing_in_the_key_ring_opens_the_store(tmp_path: Path) -> None:
    key = new_key()
    ring = KeyRing("store", cost=QUICK)
    ring.add("helen", "correct horse battery", key)
    ring.save(tmp_path / "ring")
    written = (tmp_path / "ring").read_text()
    assert key.hex() not in written
    assert "horse" not in written
    assert (tmp_path / "ring").stat().st_mode & 0o777 == 0o600


def test_a_slot_moved_to_another_officer_or_store_does_not_open(tmp_path: Path) -> None:
    ring = KeyRing("store", cost=QUICK)
    ring.add("helen", "correct horse battery", new_key())
    ring.slots["tom"] = ring.slots["helen"]
    with pytest.raises(WrongKey):
        ring.unlock("tom", "correct horse battery")
    with pytest.raises(WrongKey):
        KeyRing("other store", ring.slots).unlock("helen", "correct horse battery")


def test_practice_and_real_stores_never_pass_for_each_other(store_path: Path, tmp_path: Path) -> None:
    real = tmp_path / "posing.lado"
    store, key = create_store(real, service=SERVICE)
    with store.write() as connection:
        connection.exec_driver_sql("UPDATE store_fact SET value = 'practice' WHERE fact = 'kind'")
    store.close()
    with pytest.raises(StoreNotOurs, match="another kind of store"):
        Store.open(real, key)


def test_the_file_loses_nothing_at_a_power_cut_by_its_settings(store: Store) -> None:
    with store.read() as connection:
        found = {
            name: str(connection.exec_driver_sql(f"PRAGMA {name}").scalar()).lower()
            for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "secure_delete")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": "2",
        "foreign_keys": "1",
        "recursive_triggers": "1",
        "secure_delete": "1",
    }


@pytest.mark.parametrize(
    ("library", "expected"),
    [
        ((3, 40, 1), ("DELETE", "EXTRA")),
        ((3, 44, 5), ("DELETE", "EXTRA")),
        ((3, 44, 6), ("WAL", "FULL")),
        ((3, 50, 6), ("DELETE", "EXTRA")),
        ((3, 50, 7), ("WAL", "FULL")),
        ((3, 51, 0), ("DELETE", "EXTRA")),
        ((3, 51, 2), ("DELETE", "EXTRA")),
        ((3, 51, 3), ("WAL", "FULL")),
        ((3, 53, 4), ("WAL", "FULL")),
    ],
)
def test_the_journal_suits_the_library_that_is_linked(library: tuple[int, int, int], expected: tuple[str, str]) -> None:
    assert sqlite_file.journal_settings(library) == expected


def test_the_migrations_make_the_tables_the_program_knows(store: Store) -> None:
    with store.read() as connection:
        difference = compare_metadata(MigrationContext.configure(connection), METADATA)
    assert difference == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("name", "x" * 201), ("born_given", "guessed")],
)
def test_the_database_itself_refuses_what_a_form_would(store: Store, name: str, value: str) -> None:
    row = {"version": 1, "name": "Jo", "born_given": "not_known", "entered_at": None, name: value}
    with pytest.raises(DeskError), store.write() as connection:
        connection.execute(table(Adult).insert(), row)


def practice_key() -> bytes:
    from db.store import PRACTICE_KEY

    return PRACTICE_KEY


def test_a_copy_opens_where_it_is_put(store_path: Path, tmp_path: Path) -> None:
    there = tmp_path / "elsewhere" / "copy.lado"
    there.parent.mkdir()
    shutil.copy(store_path, there)
    Store.open(there).close()
