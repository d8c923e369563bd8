"""First set-up and signing in: no default account, the same words for every failure, a wait after ten."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from db import keyring
from db.actions.staff import found_service, initials_of
from db.audit import verify
from db.errors import DeskError, NotSaved, StoreNotOurs, ThereIsAProblem, WrongKey
from db.keyring import KeyRing, ring_path
from db.models import AuditEntry, Officer, table
from db.sign_in import NOT_SIGNED_IN, TooManyTries, Tries, sign_in
from db.store import Store
from tests.conftest import FrozenClock

PASSPHRASE = "kettle moss planet ruin"  # noqa: S105 - of a store that is thrown away
_officers, _entries = table(Officer), table(AuditEntry)


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that are made quickly: how slow they are is measured elsewhere."""
    monkeypatch.setattr(keyring, "_COST", {"memory_kib": 64, "iterations": 1, "lanes": 1})


@pytest.fixture
def real(tmp_path: Path, clock: FrozenClock) -> Path:
    """A real store with its first manager."""
    path = tmp_path / "real.lado"
    found(path, clock)
    return path


def found(path: Path, clock: FrozenClock, **answers: str) -> str:
    given = {"service": "Wealdshire LADO service", "name": "Helen Marsh", "sign_in": "HMarsh"} | answers
    return found_service(path, **({"passphrase": PASSPHRASE} | given), clock=clock)


def trail(store: Store) -> list[Any]:
    with store.read() as connection:
        return list(connection.execute(select(_entries).order_by(_entries.c.id)))


def sit(path: Path, tmp_path: Path, clock: FrozenClock, who: str = "hmarsh", passphrase: str = PASSPHRASE) -> Any:
    return sign_in(path, who, passphrase, state=tmp_path / "state", clock=clock)


# The first set-up -------------------------------------------------------------------------------------------------


def test_whoever_makes_the_store_is_its_first_manager(real: Path, tmp_path: Path, clock: FrozenClock) -> None:
    desk = sit(real, tmp_path, clock)

    assert (desk.officer.name, desk.officer.initials, desk.officer.role) == ("Helen Marsh", "HM", "manager")
    assert not desk.practice
    assert desk.store.service == "Wealdshire LADO service"
    first, last = trail(desk.store)
    assert (first.act, first.subject, last.act, last.officer_id) == (
        "found_service", "officer/1", "sign_in", desk.officer.id,
    )  # fmt: skip
    with desk.store.read() as connection:
        assert verify(connection, desk.store.derived_key("audit")).first_bad is None


def test_the_recovery_key_opens_the_store_however_it_is_spaced(tmp_path: Path, clock: FrozenClock) -> None:
    path = tmp_path / "real.lado"
    recovery = found(path, clock)

    ring = KeyRing.load(ring_path(path))
    Store.open(path, ring.unlock_with_recovery(recovery)).close()
    Store.open(path, ring.unlock_with_recovery(recovery.replace("-", " ").lower())).close()
    assert len(recovery.replace("-", "")) == 32


def test_neither_key_nor_passphrase_lies_beside_the_store(tmp_path: Path, clock: FrozenClock) -> None:
    path = tmp_path / "real.lado"
    recovery = found(path, clock)
    key = KeyRing.load(ring_path(path)).unlock("hmarsh", PASSPHRASE)

    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    for secret in (PASSPHRASE.encode(), recovery.encode(), recovery.replace("-", "").encode(), key, key.hex().encode()):
        assert secret not in kept


def test_a_wrong_answer_makes_no_store(tmp_path: Path, clock: FrozenClock) -> None:
    path = tmp_path / "real.lado"
    for answers in ({"service": ""}, {"name": " "}, {"sign_in": "h marsh"}, {"passphrase": "Helen Marsh 123"}):
        with pytest.raises(ThereIsAProblem):
            found(path, clock, **answers)
    assert not list(tmp_path.glob("real*"))


def test_what_is_there_already_is_left_alone(real: Path, clock: FrozenClock) -> None:
    before = real.read_bytes(), ring_path(real).read_bytes()
    with pytest.raises(StoreNotOurs):
        found(real, clock)
    real.rename(real.with_name("elsewhere.lado"))
    with pytest.raises(StoreNotOurs, match="key ring"):
        found(real, clock)

    assert (real.with_name("elsewhere.lado").read_bytes(), ring_path(real).read_bytes()) == before


def test_a_set_up_that_fails_half_way_leaves_nothing_behind(
    tmp_path: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise NotSaved("The disk is full")

    monkeypatch.setattr(KeyRing, "save", full)
    with pytest.raises(NotSaved):
        found(tmp_path / "real.lado", clock)
    assert not list(tmp_path.glob("real*"))


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Mary-Ann Okoro", "MAO"), ("Prince", "P"), ("李 小龙", "李小"), ("4 2", "4"), ("a " * 9, "AAAAAA")],
)
def test_an_officer_has_initials_whatever_the_name(name: str, initials: str) -> None:
    assert initials_of(name) == initials


# Signing in -------------------------------------------------------------------------------------------------------


def test_capitals_in_the_name_and_spaces_round_the_passphrase_do_not_count(
    real: Path, tmp_path: Path, clock: FrozenClock
) -> None:
    sit(real, tmp_path, clock, " HMARSH ", f"  {PASSPHRASE} ").store.close()


def test_every_failure_has_the_same_words(real: Path, tmp_path: Path, clock: FrozenClock) -> None:
    key = KeyRing.load(ring_path(real)).unlock("hmarsh", PASSPHRASE)
    add_officer(real, key, "gone", ended_at=datetime(2026, 3, 1, tzinfo=UTC))
    add_officer(real, key, "past", ends_on=date(2026, 3, 11))
    failures = [("hmarsh", "wrong words entirely"), ("nobody", PASSPHRASE), ("", ""), ("gone", PASSPHRASE),
                ("past", PASSPHRASE)]  # fmt: skip

    for who, passphrase in failures:
        Tries.at(real, tmp_path / "state").forget()
        with pytest.raises(WrongKey) as told:
            sit(real, tmp_path, clock, who, passphrase)
        assert (told.value.title, told.value.sentence) == ("Not signed in", NOT_SIGNED_IN)


def add_officer(path: Path, key: bytes, who: str, **access: object) -> None:
    ring = KeyRing.load(ring_path(path))
    ring.add(who, PASSPHRASE, key)
    ring.save(ring_path(path))
    store = Store.open(path, key)
    row = {"version": 1, "name": who, "initials": "X", "sign_in": who, "role": "lado", "starts_on": date(2020, 1, 1)}
    with store.write() as connection:
        connection.execute(insert(_officers), row | access)
    store.close()


def fail(times: int, path: Path, tmp_path: Path, clock: FrozenClock) -> list[str]:
    told = []
    for _ in range(times):
        with pytest.raises(WrongKey) as error:
            sit(path, tmp_path, clock, passphrase="wrong words entirely")  # noqa: S106
        told.append(error.value.sentence)
    return told


def test_ten_tries_then_a_wait_that_the_right_passphrase_does_not_shorten(
    real: Path, tmp_path: Path, clock: FrozenClock
) -> None:
    told = fail(10, real, tmp_path, clock)
    assert told[5].endswith("4 tries left, then a wait")

    with pytest.raises(TooManyTries, match="Wait until 10:48"):
        sit(real, tmp_path, clock)
    clock.pass_time(minutes=4, seconds=59)
    with pytest.raises(TooManyTries):
        sit(real, tmp_path, clock)
    clock.pass_time(seconds=1)
    assert sit(real, tmp_path, clock).officer.name == "Helen Marsh"


def test_starting_the_program_again_or_putting_the_clock_back_does_not_end_the_wait(
    real: Path, tmp_path: Path, clock: FrozenClock
) -> None:
    fail(10, real, tmp_path, clock)
    clock.pass_time(hours=-1)

    with pytest.raises(TooManyTries):
        sit(real, tmp_path, clock)


def test_getting_in_starts_the_count_again(real: Path, tmp_path: Path, clock: FrozenClock) -> None:
    fail(9, real, tmp_path, clock)
    sit(real, tmp_path, clock).store.close()
    fail(9, real, tmp_path, clock)
    sit(real, tmp_path, clock).store.close()


def test_tries_that_failed_are_in_the_trail_with_the_next_that_succeeds_and_without_the_name_typed(
    real: Path, tmp_path: Path, clock: FrozenClock
) -> None:
    with pytest.raises(WrongKey):
        sit(real, tmp_path, clock, who=PASSPHRASE)
    noted = b"".join(file.read_bytes() for file in (tmp_path / "state").rglob("*") if file.is_file())
    assert PASSPHRASE.encode() not in noted
    clock.pass_time(minutes=1)

    desk = sit(real, tmp_path, clock)

    assert [(row.act, row.result, row.officer_id) for row in trail(desk.store)[1:]] == [
        ("sign_in", "refused", None), ("sign_in", "done", 1),
    ]  # fmt: skip


def test_a_store_that_cannot_be_written_still_lets_its_officer_read(
    real: Path, tmp_path: Path, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise NotSaved("The disk is full")

    monkeypatch.setattr("db.sign_in.audit.append", full)
    assert sit(real, tmp_path, clock).officer.name == "Helen Marsh"


def test_an_ended_session_is_refused_at_its_next_question(real: Path, tmp_path: Path, clock: FrozenClock) -> None:
    from db.queries.officers import at_the_desk

    desk = sit(real, tmp_path, clock)
    with desk.store.write() as connection:
        connection.execute(update(_officers).values(ended_at=clock.instant))

    with pytest.raises(DeskError, match="access to this desk has ended"):
        desk.ask(at_the_desk)
