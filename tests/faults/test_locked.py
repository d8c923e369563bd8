"""Another program holds the store: the desk waits five seconds for it, then says so and keeps the words."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from db.desk import Action, Desk
from db.errors import NotSaved
from db.models import Contact, table
from db.permissions import Permission
from db.store import PRACTICE_KEY, Store

SAVE = Action(lambda work: work.insert(Contact, name="Sarah Whitlock"), Permission.LOG_ENQUIRY)

HOLD = """
import sys, time
from pathlib import Path
from db import sqlite_file
connection = sqlite_file.connect(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(float(sys.argv[3]))
connection.execute("ROLLBACK")
"""


@contextmanager
def held(path: Path, seconds: float) -> Iterator[None]:
    """Another program holds the store for so long, at most as long as this block."""
    command = [sys.executable, "-c", HOLD, str(path), PRACTICE_KEY.hex(), str(seconds)]
    holder = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "held"
        yield
    finally:
        holder.kill()
        holder.wait()
        if holder.stdout:
            holder.stdout.close()


def callers(store: Store) -> int:
    with store.read() as connection:
        return int(connection.execute(select(func.count()).select_from(table(Contact))).scalar_one())


def test_a_store_held_for_two_seconds_is_waited_for(desk: Desk) -> None:
    with held(desk.store.path, 2):
        began = time.monotonic()
        desk.do(SAVE)
        waited = time.monotonic() - began
    assert 0.5 < waited < 5
    assert callers(desk.store) == 1


def test_a_store_held_for_twenty_seconds_is_given_up_after_five(desk: Desk) -> None:
    with held(desk.store.path, 20):
        began = time.monotonic()
        with pytest.raises(NotSaved, match=r"Another program is holding the store\. Your words are still here"):
            desk.do(SAVE)
        waited = time.monotonic() - began
        assert callers(desk.store) == 0  # reading goes on meanwhile
    assert 4 < waited < 8
    desk.do(SAVE)
    assert callers(desk.store) == 1
