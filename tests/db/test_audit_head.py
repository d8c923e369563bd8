"""The count and last seal kept outside the store: what a chain of seals cannot see by itself."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from db import audit, sqlite_file
from db.audit_head import AuditHead, HeadKeeper, compare, set_note_aside
from db.desk import Action, Desk
from db.models import Contact
from db.permissions import Permission
from db.store import PRACTICE_KEY, Store

SAVE = Action(lambda work: work.insert(Contact, name="Sarah Whitlock"), Permission.LOG_ENQUIRY)


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def noted(store: Store, state: Path) -> int:
    found = AuditHead.noted(store.path, state)
    return found.entries if found else 0


def until(happened: Callable[[], bool], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


def test_saves_are_noted_soon_after_and_once_for_many(desk: Desk, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[int] = []
    note = AuditHead.note

    def note_and_tell(head: AuditHead, store: Path, state: Path) -> None:
        written.append(head.entries)
        note(head, store, state)

    monkeypatch.setattr(AuditHead, "note", note_and_tell)
    desk.store._head = HeadKeeper(desk.store, state, every=0.3)

    for _ in range(20):
        desk.do(SAVE)

    assert written == []  # no save waited for it
    until(lambda: noted(desk.store, state) == 20)
    assert written == [20]
    desk.store._head.close()


def test_closing_the_store_writes_the_note(desk: Desk, state: Path) -> None:
    desk.store.watch_trail(state)
    desk.do(SAVE)
    desk.store.close()
    assert noted(desk.store, state) == 1


def test_a_note_never_goes_back(store: Store, state: Path) -> None:
    AuditHead(9, "later").note(store.path, state)
    AuditHead(4, "earlier").note(store.path, state)
    assert AuditHead.noted(store.path, state) == AuditHead(9, "later")


def test_a_note_that_cannot_be_written_stops_no_save(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    desk.store.watch_trail(tmp_path / "state")
    desk.do(SAVE)
    desk.store.close()


@pytest.fixture
def five_noted(desk: Desk, state: Path) -> Store:
    """A store whose five entries were noted."""
    desk.store.watch_trail(state)
    for _ in range(5):
        desk.do(SAVE)
    desk.store.close()
    return desk.store


def tamper(store: Store, *statements: str) -> Store:
    connection = sqlite_file.connect(store.path, PRACTICE_KEY)
    for verb in ("update", "delete"):
        connection.execute(f"DROP TRIGGER audit_entry_no_{verb}")
    for statement in statements:
        connection.execute(statement)
    connection.close()
    return Store.open(store.path)


def test_what_was_noted_and_more_is_in_order(five_noted: Store, state: Path) -> None:
    store = Store.open(five_noted.path)
    with store.read() as connection:
        assert compare(connection, store.path, state).sentence == ""
    store.close()


def test_a_tail_cut_off_is_found_though_the_chain_holds(five_noted: Store, state: Path) -> None:
    store = tamper(five_noted, "DELETE FROM audit_entry WHERE id > 3")
    with store.read() as connection:
        assert audit.verify(connection, store.derived_key("audit")).first_bad is None
        found = compare(connection, store.path, state)
    assert not found.holds
    assert "2 entries shorter" in found.sentence
    store.close()


def test_a_tail_written_anew_is_found(five_noted: Store, state: Path) -> None:
    store = tamper(five_noted, "UPDATE audit_entry SET seal = 'f00' WHERE id = 5")
    with store.read() as connection:
        assert "Entry 5 " in compare(connection, store.path, state).sentence
    store.close()


def test_a_note_is_set_aside_for_a_backup_put_back_on_purpose(five_noted: Store, state: Path) -> None:
    set_note_aside(five_noted.path, state)
    assert AuditHead.noted(five_noted.path, state) is None
    set_note_aside(five_noted.path, state)  # there is none to set aside any more
