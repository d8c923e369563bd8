"""The one way in: permission, change and audit entry share a transaction, and a refusal leaves a row."""

import importlib
import pkgutil
from collections.abc import Callable

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

import db.actions
import db.queries
from db import audit
from db.desk import ACTIONS, QUERIES, Action, Desk
from db.errors import DeskError, Refused
from db.models import AuditEntry, Contact, table
from db.permissions import Permission
from db.work import Work
from tests.server import drop_trigger, writing_as_owner

entries = table(AuditEntry)
contacts = table(Contact)


def keep_contact(work: Work, name: str) -> int:
    number = work.insert(Contact, name=name)
    if name == "Nobody":
        raise DeskError("Nobody cannot be kept")
    return number


KEEP = Action(keep_contact, Permission.SCREEN)


def trail(desk: Desk) -> list[tuple[str, str]]:
    with desk.store.read() as connection:
        return [(row.act, row.result) for row in connection.execute(select(entries).order_by(entries.c.id))]


def contact_names(desk: Desk) -> list[str]:
    with desk.store.read() as connection:
        return [row.name for row in connection.execute(select(contacts.c.name))]


def test_an_act_and_its_audit_entry_are_kept_together(desk: Desk) -> None:
    desk.do(KEEP, "Sarah Whitlock")

    assert contact_names(desk) == ["Sarah Whitlock"]
    assert trail(desk) == [("keep_contact", "done")]


def test_an_act_that_fails_leaves_nothing_behind(desk: Desk) -> None:
    with pytest.raises(DeskError, match="Nobody cannot be kept"):
        desk.do(KEEP, "Nobody")

    assert contact_names(desk) == []
    assert trail(desk) == []


def test_without_its_audit_entry_the_change_does_not_exist(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise DeskError("The audit trail cannot be written")

    monkeypatch.setattr(audit, "append", fail)
    with pytest.raises(DeskError):
        desk.do(KEEP, "Sarah Whitlock")

    assert contact_names(desk) == []


def test_a_refused_act_changes_nothing_and_leaves_a_row(desk_of: Callable[[str], Desk]) -> None:
    relief = desk_of("relief")
    with pytest.raises(Refused, match="Relief worker cannot do this"):
        relief.do(KEEP, "Sarah Whitlock")

    assert contact_names(relief) == []
    assert trail(relief) == [("keep_contact", "refused")]


def test_words_people_wrote_are_not_copied_into_the_trail(desk: Desk) -> None:
    desk.do(KEEP, "Zzkestrel Whitlock")

    with desk.store.read() as connection:
        row = connection.execute(select(entries)).mappings().one()
    assert "Zzkestrel" not in str(dict(row))
    assert "contact/1" in row["detail"]


def test_the_trail_can_only_be_added_to(desk: Desk) -> None:
    desk.do(KEEP, "Sarah Whitlock")
    for tamper in (
        update(entries).values(act="nothing"),
        entries.delete(),
    ):
        with pytest.raises(DBAPIError, match="only ever added to"), writing_as_owner(desk.store) as connection:
            connection.execute(tamper)


def test_a_row_of_the_trail_cannot_be_put_in_place_of_another(desk: Desk) -> None:
    desk.do(KEEP, "Sarah Whitlock")
    over = {
        "sqlite": "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry",
        "postgresql": "INSERT INTO audit_entry SELECT * FROM audit_entry ON CONFLICT (id) DO UPDATE SET act = 'x'",
    }[desk.store.engine.dialect.name]
    with pytest.raises(DBAPIError, match="only ever added to"), writing_as_owner(desk.store) as connection:
        connection.exec_driver_sql(over)


@pytest.mark.parametrize("harm", ["change", "drop", "swap", "add"])
def test_a_row_altered_with_another_tool_is_named(desk: Desk, harm: str) -> None:
    for number in range(6):
        desk.do(KEEP, f"Caller {number}")
    statements = {
        "change": ["UPDATE audit_entry SET act = 'other' WHERE id = 4"],
        "drop": ["DELETE FROM audit_entry WHERE id = 4"],
        "swap": [
            "UPDATE audit_entry SET id = 99 WHERE id = 4",
            "UPDATE audit_entry SET id = 4 WHERE id = 5",
            "UPDATE audit_entry SET id = 5 WHERE id = 99",
        ],
        "add": [
            "INSERT INTO audit_entry SELECT 7, at, officer_id, act, result, subject, why, machine, detail, seal "
            "FROM audit_entry WHERE id = 6"
        ],
    }[harm]
    with writing_as_owner(desk.store) as connection:
        for verb in ("update", "delete"):
            connection.exec_driver_sql(drop_trigger(desk.store, f"audit_entry_no_{verb}"))
        for statement in statements:
            connection.exec_driver_sql(statement)

    with desk.store.read() as connection:
        found = audit.verify(connection, desk.store.derived_key("audit"))
    assert found.first_bad == {"change": 4, "drop": 5, "swap": 4, "add": 7}[harm]


def test_an_untouched_trail_holds(desk: Desk) -> None:
    for number in range(6):
        desk.do(KEEP, f"Caller {number}")
    with desk.store.read() as connection:
        key = desk.store.derived_key("audit")
        assert audit.verify(connection, key).first_bad is None
        assert audit.verify(connection, key, last=3) == audit.Verified(3, audit.verify(connection, key).head)
        assert audit.verify(connection, key).rows == 6


def test_an_officer_who_has_left_is_refused_at_the_next_act(desk: Desk) -> None:
    with desk.store.write() as connection:
        connection.exec_driver_sql("UPDATE officer SET ends_on = '2026-03-11' WHERE sign_in = 'lado'")
    with pytest.raises(Refused, match="access to this desk has ended"):
        desk.do(KEEP, "Sarah Whitlock")


def test_every_action_and_question_names_its_permission() -> None:
    for room in (db.actions, db.queries):
        for found in pkgutil.iter_modules(room.__path__):
            importlib.import_module(f"{room.__name__}.{found.name}")
    declared = [one.permission for one in ACTIONS.values()] + [one.permission for one in QUERIES.values()]
    assert set(declared) <= set(Permission)
    assert len(declared) > 50
