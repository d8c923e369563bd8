"""Nine officers saving at once: nobody is turned away, no reference is used twice or left out."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from db import audit
from db.models import AuditEntry, Contact, table
from db.store import Store

WRITERS = 9

WRITE = """
import sys
from pathlib import Path
from db.desk import Action, Desk, officer_named
from db.models import Contact
from db.permissions import Permission
from db.store import Store

def keep_contact(work):
    work.insert(Contact, name=work.next_reference("E"))

store = Store.open(Path(sys.argv[1]))
desk = Desk(store, officer_named(store, "lado"))
sys.stdin.read(1)
for _ in range(int(sys.argv[2])):
    desk.do(Action(keep_contact, Permission.LOG_ENQUIRY))
"""


@pytest.mark.parametrize("saves", [30, pytest.param(100, marks=pytest.mark.long)])
def test_references_stay_unbroken_under_nine_writers(store_path: Path, saves: int) -> None:
    command = [sys.executable, "-c", WRITE, str(store_path), str(saves)]
    writers = [subprocess.Popen(command, stdin=subprocess.PIPE, cwd=Path.cwd()) for _ in range(WRITERS)]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(b"g")
        writer.stdin.close()
    assert [writer.wait(timeout=120) for writer in writers] == [0] * WRITERS

    store = Store.open(store_path)
    with store.read() as connection:
        references = sorted(row.name for row in connection.execute(select(table(Contact).c.name)))
        entries = connection.execute(select(table(AuditEntry).c.id)).all()
        trail = audit.verify(connection, store.derived_key("audit"))
    numbers = [int(reference.rpartition("-")[2]) for reference in references]
    assert sorted(numbers) == list(range(1, WRITERS * saves + 1))
    assert len(entries) == trail.rows == WRITERS * saves
    assert trail.first_bad is None
    store.close()
