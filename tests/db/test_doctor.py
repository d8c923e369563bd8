"""`lado doctor`: each thing that can be wrong is named, with what to do, and the store is never written to."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from db import doctor, keyring, places, sqlite_file
from db.actions.staff import found_service
from db.audit_head import AuditHead
from db.backup import back_up
from db.desk import Action, Desk
from db.doctor import CANNOT_BE_USED, FINE, LOOK_INTO, Diagnosis, examine
from db.errors import StoreDamaged
from db.keyring import ring_path
from db.models import Contact
from db.permissions import Permission
from db.sign_in import sign_in
from db.store import PRACTICE_KEY, Store
from tests.conftest import NOW, FrozenClock

PASSPHRASE = "kettle moss planet ruin"  # noqa: S105 - of a store that is thrown away
SAVE = Action(lambda work: work.insert(Contact, name="Sarah Whitlock"), Permission.LOG_ENQUIRY)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def real(tmp_path: Path, state: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The first manager's desk at a real store that was backed up today."""
    monkeypatch.setattr(keyring, "_COST", {"memory_kib": 64, "iterations": 1, "lanes": 1})
    path = tmp_path / "real.lado"
    found_service(path, service="Wealdshire", name="Helen Marsh", sign_in="hmarsh", passphrase=PASSPHRASE, clock=clock)
    desk = sign_in(path, "hmarsh", PASSPHRASE, state=state, clock=clock)
    back_up(path, desk.store.key, NOW)
    yield desk
    desk.store.close()


@pytest.fixture
def look(state: Path) -> Callable[..., Diagnosis]:
    """Looks a store over, and holds the doctor to never writing to it nor leaving anything beside it."""

    def at(path: Path, key: bytes | None = None, *, days: float = 0) -> Diagnosis:
        before = bytes_of(path)
        found = examine(path, state, NOW + timedelta(days=days), key)
        assert bytes_of(path) == before
        return found

    return at


def bytes_of(path: Path) -> dict[str, str]:
    files = [one for one in path.parent.glob(path.name + "*") if one.is_file() and not one.name.endswith("-shm")]
    return {one.name: sha256(one.read_bytes()).hexdigest() for one in files}


def codes(found: Diagnosis) -> list[str]:
    return [finding.code for finding in found.findings]


def test_a_store_in_good_order(real: Desk, look: Callable[..., Diagnosis]) -> None:
    found = look(real.store.path, real.store.key)
    assert codes(found) == []
    assert found.exit_code == FINE


def test_a_practice_store_needs_no_key_and_no_backup(store_path: Path, look: Callable[..., Diagnosis]) -> None:
    assert look(store_path).exit_code == FINE


def test_without_a_key_the_doctor_says_what_it_did_not_look_at(real: Desk, look: Callable[..., Diagnosis]) -> None:
    found = look(real.store.path)
    assert codes(found) == []
    assert "passphrase" in found.looked_at[-1]


def lose(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def put_another_programs_database_there(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a)")
    connection.close()


def cut_in_mid_page(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 1_000)


def cut_between_pages(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 4_096 * 10)


def change_the_first_page(path: Path) -> None:
    flip(path, 100)


def change_a_later_page(path: Path) -> None:
    flip(path, path.stat().st_size - 2_000)


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (lose, "missing"),
        (empty, "empty"),
        (put_another_programs_database_there, "foreign"),
        (cut_in_mid_page, "cut_short"),
        (cut_between_pages, "damaged"),
        (change_the_first_page, "damaged"),
        (change_a_later_page, "damaged"),
    ],
)
def test_a_store_that_cannot_be_used_names_the_backup_to_go_back_to(
    real: Desk, look: Callable[..., Diagnosis], harm: Callable[[Path], None], code: str
) -> None:
    path, key = real.store.path, real.store.key
    real.store.close()
    harm(path)

    found = look(path, key)

    assert found.exit_code == CANNOT_BE_USED
    assert codes(found)[0] == code
    assert "lado restore" in found.findings[0].advice
    assert "12 March 2026 at 10:42" in found.findings[0].advice


def test_opening_a_damaged_store_names_the_backup_too(real: Desk) -> None:
    path, key = real.store.path, real.store.key
    real.store.close()
    change_the_first_page(path)
    with pytest.raises(StoreDamaged, match="newest good backup was made on Thursday 12 March 2026 at 10:42"):
        Store.open(path, key)


def test_a_newer_store_is_left_alone(store_path: Path, look: Callable[..., Diagnosis]) -> None:
    connection = sqlite_file.connect(store_path, PRACTICE_KEY)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    found = look(store_path)
    assert codes(found) == ["newer"]
    assert found.exit_code == CANNOT_BE_USED


def test_a_lost_key_ring_can_be_copied_back(real: Desk, look: Callable[..., Diagnosis]) -> None:
    ring_path(real.store.path).unlink()
    found = look(real.store.path)
    assert codes(found) == ["ring_missing_or_damaged"]
    assert "Copy it back from the last backup" in found.findings[0].advice


def test_a_damaged_key_ring_can_be_copied_back(real: Desk, look: Callable[..., Diagnosis]) -> None:
    ring_path(real.store.path).write_text("{}")
    assert codes(look(real.store.path)) == ["ring_damaged"]


def test_no_backup(real: Desk, look: Callable[..., Diagnosis]) -> None:
    shutil.rmtree(places.backups_folder(real.store.path))
    found = look(real.store.path, real.store.key)
    assert codes(found) == ["no_backup"]
    assert found.exit_code == LOOK_INTO


def test_an_old_backup(real: Desk, look: Callable[..., Diagnosis], clock: FrozenClock) -> None:
    real.do(SAVE)
    assert codes(look(real.store.path, real.store.key)) == []
    assert codes(look(real.store.path, real.store.key, days=1)) == ["backup_old"]


def test_a_backup_that_does_not_read_back(real: Desk, look: Callable[..., Diagnosis]) -> None:
    made = back_up(real.store.path, real.store.key, NOW + timedelta(hours=1))
    flip(made.store, 9_000)
    assert codes(look(real.store.path, real.store.key)) == ["backup_bad"]


def test_a_network_share(store_path: Path, look: Callable[..., Diagnosis], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_network", lambda _: "a network share (nfs)")
    found = look(store_path)
    assert codes(found) == ["network_share"]
    assert "PostgreSQL" in found.findings[0].advice
    assert found.exit_code == CANNOT_BE_USED


def test_a_disk_that_is_nearly_full(
    store_path: Path, look: Callable[..., Diagnosis], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "room_is_short", lambda *_: True)
    assert codes(look(store_path)) == ["disk_nearly_full"]


def test_a_store_that_can_only_be_read(
    store_path: Path, look: Callable[..., Diagnosis], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "writable", lambda _: False)
    found = look(store_path)
    assert codes(found) == ["read_only"]
    assert found.exit_code == LOOK_INTO


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_a_file_that_others_may_read(store_path: Path, look: Callable[..., Diagnosis]) -> None:
    store_path.chmod(0o644)
    assert codes(look(store_path)) == ["not_private"]


def test_a_clock_behind_the_last_entry(real: Desk, look: Callable[..., Diagnosis]) -> None:
    assert codes(look(real.store.path, real.store.key, days=-1)) == ["clock_behind"]


def test_an_audit_entry_changed_with_another_tool(real: Desk, look: Callable[..., Diagnosis]) -> None:
    real.do(SAVE)
    back_up(real.store.path, real.store.key, NOW)
    connection = sqlite_file.connect(real.store.path, real.store.key)
    connection.execute("DROP TRIGGER audit_entry_no_update")
    connection.execute("UPDATE audit_entry SET officer_id = NULL WHERE id = 2")
    connection.close()
    found = look(real.store.path, real.store.key)
    assert codes(found) == ["audit_chain"]
    assert "from entry 2" in found.findings[0].sentence


def test_an_older_copy_put_in_its_place(
    real: Desk, look: Callable[..., Diagnosis], state: Path, clock: FrozenClock
) -> None:
    path, key = real.store.path, real.store.key
    real.store.close()
    earlier = path.read_bytes()
    desk = sign_in(path, "hmarsh", PASSPHRASE, state=state, clock=clock)
    for _ in range(3):
        desk.do(SAVE)
    desk.store.close()
    noted = AuditHead.noted(path, state)
    assert noted is not None
    path.write_bytes(earlier)

    found = look(path, key)

    assert "audit_head" in codes(found)
    assert "4 entries shorter" in next(one.sentence for one in found.findings if one.code == "audit_head")
