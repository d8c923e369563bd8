"""The backup that the desk keeps by itself: in the evening, the machine having been off, and while it is locked."""

import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from db import keyring
from db.actions.staff import found_service
from db.backup import kept, newest_good
from db.backup_age import backup_state
from db.desk import Action, Desk
from db.models import Contact
from db.permissions import Permission
from db.sign_in import sign_in
from lado_tui.cli import main
from lado_tui.nightly import Nightly
from lado_tui.opening import state_folder
from tests.conftest import FrozenClock

PASSPHRASE = "kettle moss planet ruin"  # noqa: S105 - of a store that is thrown away
SAVE = Action(lambda work: work.insert(Contact, name="Sarah Whitlock"), Permission.LOG_ENQUIRY)


@pytest.fixture
def path(tmp_path: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(keyring, "_COST", {"memory_kib": 64, "iterations": 1, "lanes": 1})
    path = tmp_path / "real.lado"
    found_service(path, service="Wealdshire", name="Helen Marsh", sign_in="hmarsh", passphrase=PASSPHRASE, clock=clock)
    return path


@pytest.fixture
def sit(path: Path, clock: FrozenClock) -> Iterator[Callable[[], Desk]]:
    desks: list[Desk] = []

    def down() -> Desk:
        desks.append(sign_in(path, "hmarsh", PASSPHRASE, state=state_folder(), clock=clock))
        return desks[-1]

    yield down
    for desk in desks:
        desk.store.close()


@pytest.fixture
def nightly(monkeypatch: pytest.MonkeyPatch) -> Nightly:
    """One that looks only when it is told to."""
    watching = Nightly(every=1e6)
    monkeypatch.setattr(watching, "_go_on_looking", lambda: None)
    return watching


def made(path: Path) -> list[str]:
    return [f"{one.made_at:%a %H:%M}" for one in reversed(kept(path)) if one.good]


def test_a_backup_each_evening_and_none_when_nothing_was_kept(
    path: Path, sit: Callable[[], Desk], nightly: Nightly, clock: FrozenClock
) -> None:
    desk = sit()
    nightly.unlocked(desk)
    nightly.look()
    assert made(path) == ["Thu 10:42"]  # the first, at once

    desk.do(SAVE)
    nightly.look()
    assert made(path) == ["Thu 10:42"]
    clock.instant = datetime(2026, 3, 12, 18, 3, tzinfo=UTC)
    nightly.look()
    assert made(path) == ["Thu 10:42", "Thu 18:03"]
    clock.pass_time(days=1)
    nightly.look()
    assert made(path) == ["Thu 10:42", "Thu 18:03"]  # nobody saved on Friday
    assert nightly.trouble == ""


def test_a_machine_that_was_off_in_the_evening_catches_up_in_the_morning(
    path: Path, sit: Callable[[], Desk], nightly: Nightly, clock: FrozenClock
) -> None:
    desk = sit()
    nightly.unlocked(desk)
    nightly.look()
    desk.do(SAVE)
    clock.instant = datetime(2026, 3, 13, 8, 31, tzinfo=UTC)
    nightly.look()
    assert made(path) == ["Thu 10:42", "Fri 08:31"]


def test_while_locked_the_bytes_are_copied_and_proved_at_the_next_sign_in(
    path: Path, sit: Callable[[], Desk], nightly: Nightly, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sit()
    nightly.unlocked(desk)
    nightly.look()
    desk.do(SAVE)
    nightly.locked()
    desk.store.close()
    clock.instant = datetime(2026, 3, 12, 18, 3, tzinfo=UTC)
    monkeypatch.setattr("db.clock.system_clock", clock)

    def in_this_process(command: list[str], **_: Any) -> None:
        assert command[1:4] == ["-m", "lado_tui", "backup"]
        assert main(command[3:]) == 0

    monkeypatch.setattr(subprocess, "run", in_this_process)
    nightly.look()
    nightly.look()
    assert made(path) == ["Thu 10:42"]
    assert [one.good for one in kept(path)] == [False, True]  # once, and not proved yet

    nightly.unlocked(sit())
    nightly.look()
    assert made(path) == ["Thu 10:42", "Thu 18:03"]


def test_the_other_process_copies_without_any_key(
    path: Path, sit: Callable[[], Desk], nightly: Nightly, clock: FrozenClock
) -> None:
    desk = sit()
    desk.do(SAVE)
    nightly.unlocked(desk)
    nightly.locked()
    desk.store.close()
    nightly.look()
    [copied] = kept(path)
    assert not copied.good
    assert copied.made_at - datetime.now(UTC) < timedelta(minutes=1)


def test_a_backup_that_fails_is_told(
    path: Path, sit: Callable[[], Desk], nightly: Nightly, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.backup.room_is_short", lambda *_: True)
    nightly.unlocked(sit())
    nightly.look()
    assert "nearly full" in nightly.trouble
    assert kept(path) == []
    monkeypatch.setattr("db.backup.room_is_short", lambda *_: False)
    nightly.look()
    assert nightly.trouble == ""


def test_a_damaged_older_backup_is_told_the_same_night(
    path: Path, sit: Callable[[], Desk], nightly: Nightly, clock: FrozenClock
) -> None:
    desk = sit()
    nightly.unlocked(desk)
    for _ in range(8):
        nightly.look()
        desk.do(SAVE)
        clock.pass_time(days=1)
    for one in kept(path)[:-1]:
        one.store.write_bytes(b"harmed")
    nightly.look()
    assert "lado doctor" in nightly.trouble
    newest = newest_good(path)
    assert newest is not None
    assert newest.made_at == kept(path)[0].made_at


def test_the_thread_looks_by_itself_as_soon_as_somebody_signs_in(path: Path, sit: Callable[[], Desk]) -> None:
    desk = sit()
    Nightly().unlocked(desk)
    end = time.monotonic() + 10
    while newest_good(path) is None:
        assert time.monotonic() < end
        time.sleep(0.02)
    assert not backup_state(desk.store, desk.clock()).due


def test_a_practice_store_is_not_watched(desk: Desk, nightly: Nightly) -> None:
    nightly.unlocked(desk)
    nightly.look()
    assert kept(desk.store.path) == []
