"""A store that can only be read: it opens for reading, says so, and a save is refused with its reason."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way")

NOBODY = 65_534
LOOK = """
import os, sys
from pathlib import Path
from sqlalchemy import func, insert, select
from db.desk import Desk, officer_named
from db.errors import DeskError
from db.models import Contact, Officer, table
from db.queries.worklist import worklist
from db.store import Store

path = Path(sys.argv[1])
Store.open(Path(sys.argv[2])).close()  # so that everything is loaded before the rights are gone
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(int(sys.argv[3]))
    os.setuid(int(sys.argv[3]))
try:
    store = Store.open(path)
except DeskError as error:
    print("refused:", error.sentence)
    sys.exit()
print("cautions:", *store.cautions)
with store.read() as connection:
    print("officers:", connection.execute(select(func.count()).select_from(table(Officer))).scalar())
    print("callers:", connection.execute(select(func.count()).select_from(table(Contact))).scalar())
try:
    with store.write() as connection:
        connection.execute(insert(table(Contact)), {"name": "Sarah Whitlock"})
except DeskError as error:
    print(f"{error.title}:", error.sentence)
store.close()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that anybody may go into, unlike a test's own."""
    made = Path(tempfile.mkdtemp(prefix="lado-read-only-"))
    made.chmod(0o755)
    yield made
    made.chmod(0o755)
    shutil.rmtree(made)


def look(path: Path, other: Path) -> str:
    """What somebody without the right to write sees at a store; the administrator's own rights are given up for it."""
    command = [sys.executable, "-c", LOOK, str(path), str(other), str(NOBODY)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def put(store_path: Path, folder: Path) -> Path:
    there = folder / "desk.lado"
    shutil.copy(store_path, there)
    there.chmod(0o444)
    return there


CANNOT_SAVE = "Not saved: The store can only be read. Your words are still here"


def test_a_read_only_file_opens_for_reading(store_path: Path, folder: Path) -> None:
    there = put(store_path, folder)
    folder.chmod(0o777)
    before = there.read_bytes()
    said = look(there, store_path)
    assert "cautions: This store can only be read" in said
    assert "officers: 6" in said
    assert CANNOT_SAVE in said
    assert there.read_bytes() == before


def test_a_read_only_folder_opens_for_reading_and_nothing_is_put_in_it(store_path: Path, folder: Path) -> None:
    there = put(store_path, folder)
    there.chmod(0o666)
    folder.chmod(0o555)
    said = look(there, store_path)
    assert "officers: 6" in said
    assert CANNOT_SAVE in said
    assert [one.name for one in folder.iterdir()] == ["desk.lado"]


CUT_OFF = """
import os, sys
from pathlib import Path
from sqlalchemy import insert
from db.models import Contact, table
from db.store import Store
store = Store.open(Path(sys.argv[1]))
with store.write() as connection:
    connection.execute(insert(table(Contact)), {"name": "Sarah Whitlock"})
os._exit(0)
"""


def test_last_saves_in_the_log_are_never_passed_over_without_a_word(store_path: Path, folder: Path) -> None:
    """The program was killed; its last save lies in the log, which cannot be brought in here."""
    subprocess.run([sys.executable, "-c", CUT_OFF, str(store_path)], check=True)
    there = put(store_path, folder)
    log = store_path.with_name("desk.lado-wal")
    shutil.copy(log, folder / log.name)
    (folder / log.name).chmod(0o444)
    folder.chmod(0o555)
    said = look(there, store_path.with_name("desk.lado"))
    assert "callers: 1" in said or "refused:" in said
    assert "callers: 0" not in said
    if "refused:" in said:
        assert "Copy it" in said


def test_a_file_that_may_not_be_read_at_all_is_told_plainly(store_path: Path, folder: Path) -> None:
    there = put(store_path, folder)
    there.chmod(0o000)
    assert "refused:" in (said := look(there, store_path))
    assert "may not be read by you" in said
    assert os.access(folder, os.R_OK)
