"""An older store is backed up, then brought to this version whole, or left as it was."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, insert

from db import migrations, sqlite_file
from db import store as stores
from db.backup import newest_good
from db.errors import NotBackedUp, NotUpgraded, StoreDamaged
from db.models import Contact, table
from db.store import PRACTICE_KEY, Store

NEXT_STEP = '''
"""A step as a later version may bring it: a table, an index, a column, and rows made over."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make it."""
    op.create_table("landmark", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", sa.String(200)))
    op.create_index("ix_landmark_name", "landmark", ["name"])
    op.add_column("contact", sa.Column("landmark_id", sa.Integer()))
    op.execute("INSERT INTO landmark (name) SELECT name FROM contact")
    op.execute("UPDATE contact SET landmark_id = (SELECT id FROM landmark WHERE landmark.name = contact.name)")
    {last}
    op.execute("PRAGMA user_version = 2")
'''
STATEMENTS = 7
"""The step's own six, and the line in which it is noted that it was done."""


@pytest.fixture
def a_later_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program with one more step to its tables."""
    steps = tmp_path / "migrations"
    shutil.copytree(migrations.STEPS, steps)
    (steps / "versions" / "v0002_landmarks.py").write_text(NEXT_STEP.format(last=""))
    monkeypatch.setattr(migrations, "STEPS", steps)
    monkeypatch.setattr(stores, "SCHEMA", 2)
    return steps


@pytest.fixture
def older(store_path: Path) -> Path:
    """A store of this version, with callers in it."""
    store = Store.open(store_path)
    with store.write() as connection:
        connection.execute(insert(table(Contact)), [{"name": f"Caller {n}"} for n in range(30)])
    store.close()
    return store_path


def looks(path: Path) -> dict[str, Any]:
    """The store's version, tables, triggers and rows."""
    connection = sqlite_file.connect(path, PRACTICE_KEY, look=True)
    made = dict(connection.execute("SELECT name, sql FROM sqlite_master").fetchall())
    counted = connection.execute("SELECT count(*) FROM contact").fetchone()[0]
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    connection.close()
    return {"version": version, "made": made, "callers": counted}


def test_an_older_store_is_backed_up_and_upgraded_as_it_is_opened(older: Path, a_later_version: Path) -> None:
    before = looks(older)
    Store.open(older).close()

    after = looks(older)
    assert after["version"] == 2
    assert "landmark" in after["made"]
    assert after["callers"] == 30
    assert before["made"].keys() <= after["made"].keys()  # no index or trigger was lost on the way
    backup = newest_good(older)
    assert backup is not None
    assert looks(backup.store) == before


@pytest.mark.parametrize("statement", range(1, STATEMENTS + 1))
def test_a_step_that_fails_at_any_statement_leaves_the_old_version_whole(
    older: Path, a_later_version: Path, monkeypatch: pytest.MonkeyPatch, statement: int
) -> None:
    before = looks(older)
    fail_at(statement, monkeypatch)

    with pytest.raises(NotUpgraded):
        Store.open(older)

    assert looks(older) == before
    backup = newest_good(older)
    assert backup is not None
    assert looks(backup.store) == before


def fail_at(statement: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on, the statement of that number that changes anything fails in the database."""
    made = sqlite_file.engine_for

    def engine_for(*where: Any, **how: Any) -> Engine:
        engine = made(*where, **how)
        changes = iter(range(1, 1_000))

        def execute(_c: Any, _u: Any, said: str, values: Any, _x: Any, _m: bool) -> tuple[str, Any]:
            if is_change(said) and next(changes) == statement:
                return "INSERT INTO no_such_table VALUES (1)", ()
            return said, values

        event.listen(engine, "before_cursor_execute", execute, retval=True)
        return engine

    monkeypatch.setattr(sqlite_file, "engine_for", engine_for)


def is_change(said: str) -> bool:
    words = said.split()
    return words[0].upper() in ("CREATE", "ALTER", "INSERT", "UPDATE", "DROP") or "user_version =" in said


def test_rows_that_point_nowhere_afterwards_undo_the_step(older: Path, a_later_version: Path) -> None:
    table_made = "op.execute('CREATE TABLE stray (id INTEGER PRIMARY KEY, to_id INTEGER REFERENCES adult (id))')"
    pointed = "op.execute('PRAGMA defer_foreign_keys = ON'); op.execute('INSERT INTO stray VALUES (1, 9999)')"
    step = a_later_version / "versions" / "v0002_landmarks.py"
    step.write_text(NEXT_STEP.format(last=f"{table_made}; {pointed}"))
    before = looks(older)
    with pytest.raises(NotUpgraded, match="do not fit"):
        Store.open(older)
    assert looks(older) == before


def test_a_store_that_cannot_be_backed_up_is_not_upgraded(
    older: Path, a_later_version: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.backup.room_is_short", lambda *_: True)
    before = looks(older)
    with pytest.raises(NotBackedUp, match="nearly full"):
        Store.open(older)
    assert looks(older) == before


KILLED = """
import os, signal, sys
from pathlib import Path
from sqlalchemy import event
from db import migrations, sqlite_file, store
from tests.faults.test_upgrade import is_change

migrations.STEPS, store.SCHEMA = Path(sys.argv[2]), 2
made, left = sqlite_file.engine_for, int(sys.argv[3])

def engine_for(*where, **how):
    engine = made(*where, **how)

    def execute(c, u, said, values, x, m):
        global left
        left -= is_change(said)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "before_cursor_execute", execute)
    return engine

sqlite_file.engine_for = engine_for
store.Store.open(Path(sys.argv[1]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills with a signal")
@pytest.mark.parametrize(
    "statement",
    [pytest.param(n, marks=[] if n == STATEMENTS else pytest.mark.long) for n in range(1, STATEMENTS + 1)],
)
@pytest.mark.parametrize("again", [pytest.param(n, marks=[] if n == 0 else pytest.mark.long) for n in range(3)])
def test_a_step_killed_at_any_statement_leaves_the_old_version_whole(
    older: Path, a_later_version: Path, statement: int, again: int
) -> None:
    before = looks(older)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(older), str(a_later_version), str(statement)])
    assert killed.returncode == -signal.SIGKILL
    Store.open(older).close()  # the same program again: it goes on from the old version
    after = looks(older)
    assert after["version"] == 2
    assert after["callers"] == before["callers"]
    backup = newest_good(older)
    assert backup is not None
    assert looks(backup.store) == before


def test_a_damaged_older_store_is_not_upgraded(older: Path, a_later_version: Path) -> None:
    harmed = bytearray(older.read_bytes())
    harmed[100] ^= 1
    older.write_bytes(harmed)
    with pytest.raises(StoreDamaged):
        Store.open(older)
    assert older.read_bytes() == harmed
