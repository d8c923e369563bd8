"""Backups: made while others save, proved before they count, whole or not there; and the way back from one."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from db import audit, backup, keyring, places
from db.actions.staff import found_service
from db.audit_head import AuditHead
from db.backup import ABOUT, STORE, Backup, back_up, check_kept, copy_bytes, kept, newest_good, prove, prove_waiting
from db.backup_age import backup_state
from db.desk import Action, Desk
from db.errors import NotBackedUp, NotFound, StoreDamaged, StoreNotOurs
from db.keyring import ring_path
from db.models import Contact, table
from db.permissions import Permission
from db.places import backups_folder
from db.restore import restore
from db.rules.backups import backup_due, backup_late, backups_to_keep
from db.sign_in import sign_in
from db.store import PRACTICE_KEY, Store
from db.work import Work
from tests.conftest import NOW, FrozenClock

PASSPHRASE = "kettle moss planet ruin"  # noqa: S105 - of a store that is thrown away
_contacts = table(Contact)


def keep_contact(work: Work, name: str = "Sarah Whitlock") -> None:
    work.insert(Contact, name=name)


SAVE = Action(keep_contact, Permission.LOG_ENQUIRY)


@pytest.fixture
def real(tmp_path: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The first manager's desk at a real store."""
    monkeypatch.setattr(keyring, "_COST", {"memory_kib": 64, "iterations": 1, "lanes": 1})
    path = tmp_path / "real.lado"
    found_service(path, service="Wealdshire", name="Helen Marsh", sign_in="hmarsh", passphrase=PASSPHRASE, clock=clock)
    desk = sign_in(path, "hmarsh", PASSPHRASE, state=tmp_path / "state", clock=clock)
    yield desk
    desk.store.close()


def contacts_in(file: Path, key: bytes) -> int:
    store = Store.look(file, key)
    with store.read() as connection:
        count = connection.execute(select(func.count()).select_from(_contacts)).scalar_one()
    store.close()
    return count


# Making one -------------------------------------------------------------------------------------------------------


def test_a_backup_holds_what_the_store_held_and_opens_with_its_ring(real: Desk) -> None:
    for _ in range(5):
        real.do(SAVE)

    made = back_up(real.store.path, real.store.key, NOW)

    assert made.good
    assert contacts_in(made.store, real.store.key) == 5
    assert keyring.KeyRing.load(ring_path(made.store)).unlock("hmarsh", PASSPHRASE) == real.store.key
    assert kept(real.store.path) == [made]


def test_nothing_in_a_backup_can_be_read_without_a_key(real: Desk) -> None:
    real.do(SAVE, "Zzkestrel Whitlock")
    made = back_up(real.store.path, real.store.key, NOW)

    for file in made.folder.iterdir():
        assert b"Zzkestrel" not in file.read_bytes(), file.name
        assert real.store.key.hex().encode() not in file.read_bytes(), file.name
        assert file.stat().st_mode & 0o077 == 0, file.name
    assert b"SQLite format" not in made.store.read_bytes()[:16]


def test_a_backup_holds_one_moment_while_others_go_on_saving(real: Desk) -> None:
    stop = threading.Event()
    saved = 0

    def go_on_saving() -> None:
        nonlocal saved
        while not stop.is_set():
            real.do(SAVE)
            saved += 1

    writer = threading.Thread(target=go_on_saving)
    writer.start()
    try:
        made = [back_up(real.store.path, real.store.key, NOW + timedelta(minutes=n)) for n in range(6)]
    finally:
        stop.set()
        writer.join()

    assert saved > 0
    for one in made:
        store = Store.look(one.store, real.store.key)
        with store.read() as connection:
            assert audit.verify(connection, store.derived_key("audit")).first_bad is None
            assert AuditHead.of(connection) == one.head
        store.close()
    counts = [contacts_in(one.store, real.store.key) for one in made]
    assert counts == sorted(counts)


def test_a_damaged_store_is_found_by_its_backup_and_the_last_good_one_stays(real: Desk) -> None:
    real.do(SAVE)
    good = back_up(real.store.path, real.store.key, NOW)
    path, key = real.store.path, real.store.key
    real.store.close()
    harmed = bytearray(path.read_bytes())
    harmed[len(harmed) // 2] ^= 1
    path.write_bytes(harmed)

    with pytest.raises(NotBackedUp, match="lado doctor"):
        back_up(path, key, NOW + timedelta(days=1))

    assert newest_good(path) == good


def test_a_copy_that_differs_from_the_store_is_not_called_good(real: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    real.do(SAVE)
    honest = prove

    def one_row_short(file: Path, key: bytes) -> Any:
        counted = honest(file, key)
        return backup.Counted({**counted.rows, "contact": counted.rows["contact"] - 1}, counted.head)

    monkeypatch.setattr(backup, "prove", one_row_short)
    with pytest.raises(NotBackedUp, match="does not hold what the store holds"):
        back_up(real.store.path, real.store.key, NOW)
    assert kept(real.store.path) == []
    assert list(backups_folder(real.store.path).iterdir()) == []


def test_a_nearly_full_disk_is_told_before_anything_is_copied(real: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "room_is_short", lambda *_: True)
    with pytest.raises(NotBackedUp, match="nearly full"):
        back_up(real.store.path, real.store.key, NOW)


def test_the_configuration_may_name_another_disk(real: Desk, tmp_path: Path) -> None:
    places.config_file().parent.mkdir(parents=True)
    places.config_file().write_text(f'[backups]\nfolder = "{tmp_path / "other disk"}"\n')

    made = back_up(real.store.path, real.store.key, NOW)

    assert made.folder.is_relative_to(tmp_path / "other disk" / "real.lado")


# While the desk is locked -----------------------------------------------------------------------------------------


def cut_off_with_saves_in_the_log(path: Path, there: Path) -> Path:
    """The store as a program leaves it that was killed: the last saves lie in the log."""
    there.mkdir()
    for file in (path, path.with_name(path.name + "-wal"), ring_path(path)):
        shutil.copy(file, there / file.name)
    return there / path.name


def test_bytes_copied_while_locked_are_proved_at_the_next_unlock(real: Desk, tmp_path: Path) -> None:
    real.do(SAVE)
    path = cut_off_with_saves_in_the_log(real.store.path, tmp_path / "locked")
    assert path.with_name("real.lado-wal").stat().st_size

    copied = copy_bytes(path, NOW)
    assert not copied.good
    assert newest_good(path) is None

    [proved] = prove_waiting(path, real.store.key)
    assert proved.good
    assert proved.made_at == NOW
    assert contacts_in(proved.store, real.store.key) == 1
    assert kept(path) == [proved]


def test_a_copy_that_does_not_prove_is_marked_and_kept(real: Desk, tmp_path: Path) -> None:
    path = cut_off_with_saves_in_the_log(real.store.path, tmp_path / "locked")
    copied = copy_bytes(path, NOW)
    harmed = bytearray(copied.store.read_bytes())
    harmed[-1000] ^= 1
    copied.store.write_bytes(harmed)

    assert prove_waiting(path, real.store.key) == []

    [marked] = kept(path)
    assert marked.wrong
    assert newest_good(path) is None


def test_a_copy_of_another_store_does_not_prove(real: Desk, tmp_path: Path, clock: FrozenClock) -> None:
    path = cut_off_with_saves_in_the_log(real.store.path, tmp_path / "locked")
    copied = copy_bytes(path, NOW)
    store = Store.open(copied.store, real.store.key)
    Desk(store, real.officer, clock).do(SAVE)
    store.close()
    Backup(copied.folder, copied.made_at, backup._digests(copied.folder)).write()

    assert prove_waiting(path, real.store.key) == []
    assert "not a copy of this store" in kept(path)[0].wrong


def test_bytes_are_not_copied_while_somebody_saves(real: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "_PAUSE", 0.0)
    ticks = iter(range(1_000_000))
    monkeypatch.setattr(backup, "_stamps", lambda _: next(ticks))
    with pytest.raises(NotBackedUp, match="Somebody is saving"):
        copy_bytes(real.store.path, NOW)
    assert kept(real.store.path) == []


# Cut off anywhere (T-CUTBK) ---------------------------------------------------------------------------------------

CUT = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from db import backup
left = int(sys.argv[2])
def count(frame, event, argument):
    global left
    if frame.f_code.co_filename == backup.__file__:
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    return count
sys.settrace(count)
backup.back_up(Path(sys.argv[1]), bytes.fromhex(sys.argv[3]), datetime.fromisoformat(sys.argv[4]))
sys.settrace(None)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills with a signal")
@pytest.mark.parametrize("points", [6, pytest.param(50, marks=pytest.mark.long)])
def test_a_backup_killed_anywhere_leaves_the_last_good_one(real: Desk, tmp_path: Path, points: int) -> None:
    real.do(SAVE)
    last = back_up(real.store.path, real.store.key, NOW)
    real.do(SAVE)
    later = NOW + timedelta(days=1)
    killed = 0
    for n in range(points):
        line = str(3 + n * 300 // points)
        arguments = [sys.executable, "-c", CUT, str(real.store.path), line, real.store.key.hex(), later.isoformat()]
        killed += subprocess.run(arguments, check=False).returncode < 0
        newest = newest_good(real.store.path)
        assert newest is not None
        to = tmp_path / f"restored-{n}.lado"
        restore(newest.folder, to, tmp_path / "state")
        assert contacts_in(to, real.store.key) == (1 if newest.folder == last.folder else 2)
    assert killed >= points * 2 // 3


def test_what_was_cut_off_is_swept_away_later(real: Desk) -> None:
    left = backups_folder(real.store.path) / ".making-cutoff"
    left.mkdir(parents=True)
    back_up(real.store.path, real.store.key, NOW)
    assert left.exists()  # somebody may still be making it
    long_ago = datetime.now(UTC).timestamp() - 7_200
    os.utime(left, (long_ago, long_ago))
    back_up(real.store.path, real.store.key, NOW + timedelta(hours=1))
    assert not left.exists()


# The way back -----------------------------------------------------------------------------------------------------


def test_a_backup_is_restored_to_a_new_file_only(real: Desk, tmp_path: Path) -> None:
    real.do(SAVE)
    made = back_up(real.store.path, real.store.key, NOW)
    before = real.store.path.read_bytes()

    with pytest.raises(StoreNotOurs, match="already a file"):
        restore(made.folder, real.store.path, tmp_path / "state")
    assert real.store.path.read_bytes() == before

    done = restore(made.folder, tmp_path / "new" / "back.lado", tmp_path / "state")
    desk = sign_in(done.path, "hmarsh", PASSPHRASE, state=tmp_path / "state", clock=real.clock)
    assert desk.store.id == real.store.id
    assert contacts_in(done.path, real.store.key) == 1
    desk.store.close()


def test_a_restore_says_what_it_leaves_out_and_begins_a_new_note(real: Desk, tmp_path: Path) -> None:
    state = tmp_path / "state"
    real.do(SAVE)
    made = back_up(real.store.path, real.store.key, NOW)
    real.do(SAVE)
    real.do(SAVE)
    path = real.store.path
    real.store.close()
    for file in (path, ring_path(path)):
        file.rename(file.with_name(file.name + ".damaged"))

    done = restore(made.folder, path, state)

    assert done.left_out == 2
    assert AuditHead.noted(path, state) is None


def test_a_backup_with_one_bit_changed_is_not_restored(real: Desk, tmp_path: Path) -> None:
    made = back_up(real.store.path, real.store.key, NOW)
    harmed = bytearray(made.store.read_bytes())
    harmed[5_000] ^= 4
    made.store.write_bytes(harmed)
    with pytest.raises(StoreDamaged, match="does not read back"):
        restore(made.folder, tmp_path / "new.lado", tmp_path / "state")
    assert not (tmp_path / "new.lado").exists()


def test_a_folder_that_is_no_backup_is_not_restored(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        restore(tmp_path, tmp_path / "new.lado", tmp_path / "state")


def test_a_lost_backup_is_found_the_same_night(real: Desk) -> None:
    made = back_up(real.store.path, real.store.key, NOW)
    made.store.write_bytes(made.store.read_bytes()[:-1])

    [wrong] = check_kept(real.store.path, NOW.date())

    assert wrong.folder == made.folder
    assert newest_good(real.store.path) is None
    assert backup_state(real.store, NOW).words == "No backup yet"


def test_every_backup_is_read_again_within_a_week(real: Desk) -> None:
    for day in range(10):
        real.do(SAVE)
        back_up(real.store.path, real.store.key, NOW + timedelta(days=day))
    oldest = kept(real.store.path)[-1]
    oldest.store.write_bytes(b"")
    found = [check_kept(real.store.path, NOW.date() + timedelta(days=day)) for day in range(7)]
    assert [one.folder for days in found for one in days] == [oldest.folder]


# When, how many, and how old --------------------------------------------------------------------------------------


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("last_good", "now", "unsaved", "due"),
    [
        (None, "2026-03-12 10:42", True, True),
        (None, "2026-03-12 10:42", False, False),
        ("2026-03-11 18:01", "2026-03-12 10:42", True, False),
        ("2026-03-11 18:01", "2026-03-12 18:00", True, True),
        ("2026-03-11 18:01", "2026-03-12 18:00", False, False),
        ("2026-03-11 17:59", "2026-03-12 08:00", True, True),  # the machine was off last evening
        ("2026-03-13 10:00", "2026-03-12 10:42", True, True),  # the clock was put back
        ("2026-07-01 17:30", "2026-07-02 16:30", True, False),  # summer: 18:00 in England is 17:00 UTC
        ("2026-07-01 17:30", "2026-07-02 17:00", True, True),
    ],
)
def test_a_backup_is_due_each_evening_with_unsaved_changes(
    last_good: str | None, now: str, unsaved: bool, due: bool
) -> None:
    assert backup_due((last_good and at(last_good)) or None, at(now), unsaved) is due


@pytest.mark.parametrize(
    ("since", "now", "late"),
    [
        (None, "2026-03-12 10:42", False),
        ("2026-03-11 10:43", "2026-03-12 10:42", False),
        ("2026-03-11 10:42", "2026-03-12 10:42", True),
        ("2026-03-13 15:00", "2026-03-16 09:00", False),  # Friday to Monday morning
        ("2026-03-13 15:00", "2026-03-16 15:00", True),
        ("2026-04-02 15:00", "2026-04-07 14:00", False),  # over Easter, an hour earlier in UTC
        ("2026-04-02 15:00", "2026-04-07 15:00", True),
    ],
)
def test_a_working_day_without_a_backup_is_an_alarm_and_a_weekend_is_not(
    since: str | None, now: str, late: bool
) -> None:
    assert backup_late((since and at(since)) or None, at(now)) is late


@given(st.lists(st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)), max_size=60))  # noqa: DTZ001
def test_the_newest_fourteen_and_the_last_of_each_month_are_kept(made: list[datetime]) -> None:
    staying = backups_to_keep(made)
    assert staying <= set(made)
    assert set(sorted(made, reverse=True)[:14]) <= staying
    assert len(staying) <= 26
    if made:
        assert max(made) in staying


def test_old_backups_go_only_when_a_new_one_is_good(real: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.rules.backups.KEPT_NEWEST", 2)
    monkeypatch.setattr("db.rules.backups.KEPT_MONTHS", 1)
    days = [back_up(real.store.path, real.store.key, NOW + timedelta(days=n)).made_at for n in range(4)]
    assert [one.made_at for one in kept(real.store.path)] == [days[3], days[2]]

    monkeypatch.setattr(backup, "prove", lambda *_: None)
    with pytest.raises(NotBackedUp):
        back_up(real.store.path, real.store.key, NOW + timedelta(days=4))
    assert [one.made_at for one in kept(real.store.path)] == [days[3], days[2]]


def test_the_home_screen_says_how_old_the_last_good_backup_is(real: Desk, clock: FrozenClock) -> None:
    assert backup_state(real.store, NOW).words == "No backup yet"
    assert backup_state(real.store, NOW).due
    back_up(real.store.path, real.store.key, NOW)
    assert backup_state(real.store, NOW).words == "Backed up today 10:42"
    assert not backup_state(real.store, NOW + timedelta(days=60)).alarm  # nothing was kept since

    clock.pass_time(hours=5)
    real.do(SAVE)
    friday, monday_late = NOW + timedelta(days=1), NOW + timedelta(days=4, hours=6)
    assert backup_state(real.store, friday).words == "Backed up yesterday 10:42"
    assert not backup_state(real.store, friday).alarm
    state = backup_state(real.store, monday_late)
    assert state.alarm
    assert state.words == "Backed up Thu 12 Mar 10:42. Not since: tell the manager"


def test_a_practice_store_is_never_an_alarm(store: Store) -> None:
    assert backup_state(store, NOW + timedelta(days=400)) == backup_state(store, NOW)
    assert not backup_state(store, NOW).alarm
    assert not backup_state(store, NOW).due


def test_what_a_backup_says_of_itself_may_be_damaged_too(store: Store) -> None:
    made = back_up(store.path, PRACTICE_KEY, NOW)
    (made.folder / ABOUT).write_text(json.dumps({"made_at": 3}))
    [found] = kept(store.path)
    assert found.wrong
    assert found.made_at == NOW.replace(second=0, microsecond=0)
    assert (found.folder / STORE).exists()
