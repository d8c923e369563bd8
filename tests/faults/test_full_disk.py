"""The disk full: the save is refused whole, in words that say what is safe, and the desk goes on once there is room."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event, func, select

from db import audit, sqlite_file
from db.backup import back_up, kept
from db.desk import Action, Desk, officer_named
from db.errors import NotBackedUp, NotSaved
from db.models import Contact, table
from db.permissions import Permission
from db.store import PRACTICE_KEY, Store
from db.work import Work
from tests.conftest import NOW, FrozenClock

WORDS = "Your words are still here"
_contacts = table(Contact)


def keep_caller(work: Work, name: str) -> None:
    for _ in range(20):
        work.insert(Contact, name=name)


SAVE = Action(keep_caller, Permission.LOG_ENQUIRY)
LONG_NAME = "Sarah Whitlock " * 13


def callers(store: Store) -> int:
    with store.read() as connection:
        return int(connection.execute(select(func.count()).select_from(_contacts)).scalar_one())


def save_until_refused(desk: Desk) -> int:
    """How many saves were acknowledged before one was refused."""
    acknowledged: list[int] = []
    with pytest.raises(NotSaved, match=WORDS):
        save_for_ever(desk, acknowledged)
    return len(acknowledged)


def save_for_ever(desk: Desk, acknowledged: list[int]) -> None:
    for number in range(10_000):
        desk.do(SAVE, LONG_NAME)
        acknowledged.append(number)


def trail_holds(store: Store) -> bool:
    with store.read() as connection:
        return audit.verify(connection, store.derived_key("audit")).first_bad is None


def every_page_holds(path: Path) -> bool:
    connection = sqlite_file.connect(path, PRACTICE_KEY)
    try:
        return not sqlite_file.pages_that_do_not_hold(connection)
    finally:
        connection.close()


def test_a_store_that_may_not_grow_refuses_the_save_and_goes_on_when_it_may(
    store_path: Path, clock: FrozenClock
) -> None:
    """Served everywhere: the database itself is told how large it may be."""
    store = Store.open(store_path)
    room = {"pages": 0}

    def limit(connection: object) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {room['pages']}")  # type: ignore[attr-defined]

    event.listen(store.engine, "begin", limit)
    with store.read() as connection:
        pages = int(connection.exec_driver_sql("PRAGMA page_count").scalar() or 0)
    desk = Desk(store, officer_named(store, "lado"), clock)

    room["pages"] = pages + 20
    saved = save_until_refused(desk)
    assert saved > 0
    assert callers(store) == 20 * saved
    assert trail_holds(store)

    room["pages"] = pages + 1_000
    desk.do(SAVE, LONG_NAME)
    assert callers(store) == 20 * (saved + 1)
    store.close()
    assert every_page_holds(store_path)


LIMITED = """
import resource, sys
from pathlib import Path
from db.desk import Desk, officer_named
from db.store import Store
from tests.faults.test_full_disk import callers, save_until_refused, trail_holds, SAVE

store = Store.open(Path(sys.argv[1]))
desk = Desk(store, officer_named(store, "lado"))
before = callers(store)
unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), unlimited[1]))
saved = save_until_refused(desk)
resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
assert callers(store) == before + 20 * saved and trail_holds(store)
desk.do(SAVE, "room again")
assert callers(store) == before + 20 * (saved + 1)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
def test_a_write_that_the_system_refuses_is_told_and_undone(store_path: Path) -> None:
    limit = str(store_path.stat().st_size + 60_000)
    done = subprocess.run([sys.executable, "-c", LIMITED, str(store_path), limit], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert every_page_holds(store_path)


@contextmanager
def small_disk(at: Path, size: int) -> Iterator[Path]:
    """A disk in memory of so many bytes; skips where this person may not mount one."""
    at.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(at)]
    if sys.platform != "linux" or shutil.which("mount") is None or os.geteuid() != 0:
        pytest.skip("mounting a small disk takes Linux and its administrator")
    mounted = subprocess.run(mounting, capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        pytest.skip(f"mounting a small disk is not permitted here: {mounted.stderr.strip()}")
    try:
        yield at
    finally:
        subprocess.run(["umount", "--lazy", str(at)], check=True)


@pytest.fixture
def crowded(tmp_path: Path, store_path: Path, clock: FrozenClock) -> Iterator[tuple[Path, Desk]]:
    """A desk whose store lies on a disk with room for 6 MB more."""
    with small_disk(tmp_path / "disk", store_path.stat().st_size + 6 * 1024 * 1024) as disk:
        path = disk / "desk.lado"
        shutil.copy(store_path, path)
        store = Store.open(path)
        yield disk, Desk(store, officer_named(store, "lado"), clock)
        store.close()


def fill(disk: Path, leaving: int) -> Path:
    filler = disk / "filler"
    room = shutil.disk_usage(disk).free - leaving
    filler.write_bytes(bytes(max(0, room)))
    return filler


def test_a_disk_filled_ten_times_at_random(crowded: tuple[Path, Desk]) -> None:
    disk, desk = crowded
    chance = random.Random(11)  # noqa: S311 - how full, not a secret
    kept_so_far = callers(desk.store)
    for _ in range(10):
        filler = fill(disk, chance.randrange(0, 200 * 1024))
        kept_so_far += 20 * save_until_refused(desk)
        assert callers(desk.store) == kept_so_far
        filler.unlink()
        desk.do(SAVE, "room again")
        kept_so_far += 20
    assert trail_holds(desk.store)
    desk.store.close()
    assert every_page_holds(disk / "desk.lado")


def test_a_backup_that_does_not_fit_leaves_nothing(crowded: tuple[Path, Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.backup.room_is_short", lambda *_: False)  # it finds out on the way
    disk, desk = crowded
    fill(disk, 300 * 1024)
    with pytest.raises(NotBackedUp, match="disk is full"):
        back_up(disk / "desk.lado", PRACTICE_KEY, NOW)
    assert kept(disk / "desk.lado") == []
    desk.do(SAVE, "the desk goes on")
