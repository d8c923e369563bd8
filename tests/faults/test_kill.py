"""The program killed in the middle of a save: what was acknowledged is there, and nothing is there by half."""

import json
import multiprocessing
import random
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from sqlalchemy import select

from db import audit, sqlite_file
from db.models import AuditEntry, Contact, table
from db.store import PRACTICE_KEY, Store
from tests.faults.saver import save_until_killed

_contacts, _entries = table(Contact), table(AuditEntry)


@pytest.mark.skipif(sys.platform == "win32", reason="kills with a signal")
@pytest.mark.parametrize("kills", [30, pytest.param(200, marks=pytest.mark.long)])
def test_no_acknowledged_save_is_lost_and_none_is_kept_by_half(store_path: Path, kills: int) -> None:
    starting = multiprocessing.get_context("forkserver")
    starting.set_forkserver_preload(["tests.faults.saver"])
    chance = random.Random(20_260_312)  # noqa: S311 - moments to kill at, not a secret
    acknowledged: list[str] = []
    for _ in range(kills):
        hears, tells = starting.Pipe(duplex=False)
        saver = starting.Process(target=save_until_killed, args=(store_path, tells))
        saver.start()
        tells.close()
        acknowledged += [hears.recv() for _ in range(chance.randrange(1, 20))]
        time.sleep(chance.uniform(0, 0.02))
        saver.kill()
        saver.join()
        acknowledged += all_told(hears)

        kept = references_kept(store_path)
        assert kept[: len(acknowledged)] == acknowledged
        assert len(kept) - len(acknowledged) <= 1  # a save on the disk that there was no time to acknowledge
        acknowledged = kept
    assert len(acknowledged) > 5 * kills
    assert every_page_holds(store_path)
    print(f"{kills} kills, {len(acknowledged)} saves acknowledged")  # noqa: T201 - for the table of figures


def all_told(hears: Connection) -> list[str]:
    """What the killed program still had time to say."""
    told = []
    try:
        while hears.poll():
            told.append(hears.recv())
    except (EOFError, OSError):
        pass
    return told


def references_kept(path: Path) -> list[str]:
    """The references in the store; each has its audit entry, each entry its reference, and the trail holds."""
    store = Store.open(path)
    with store.read() as connection:
        contacts = {row.id: row.name for row in connection.execute(select(_contacts.c.id, _contacts.c.name))}
        details = connection.execute(select(_entries.c.detail).order_by(_entries.c.id)).scalars()
        told_of = [change["row"] for detail in details for change in json.loads(detail)]
        trail = audit.verify(connection, store.derived_key("audit"))
    store.close()
    assert told_of == [f"contact/{number}" for number in sorted(contacts)]
    assert trail.first_bad is None
    return [contacts[number] for number in sorted(contacts)]


def every_page_holds(path: Path) -> bool:
    connection = sqlite_file.connect(path, PRACTICE_KEY)
    try:
        return not sqlite_file.pages_that_do_not_hold(connection)
    finally:
        connection.close()
