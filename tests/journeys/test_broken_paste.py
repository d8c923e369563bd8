"""Words pasted in a terminal that breaks the frame of a paste arrive as keys: they are never obeyed as a save."""

from pathlib import Path

from sqlalchemy import func, select

from db.models import Enquiry, table
from db.store import Store
from tests.terminal import terminal

PASTE, END = "\x1b[200~", "\x1b[201~"
CTRL_S = "\x13"


def enquiries(path: Path) -> int:
    store = Store.open(path)
    try:
        with store.read() as connection:
            return int(connection.execute(select(func.count()).select_from(table(Enquiry))).scalar_one())
    finally:
        store.close()


def test_a_paste_that_ends_in_the_key_that_saves_saves_nothing(store_path: Path) -> None:
    with terminal("-m", "lado_tui", "--store", str(store_path)) as window:
        window.wait_for("Home")
        window.type("n")
        window.wait_for("Call-back no")
        window.read(0.3)
        window.type("01622 555142\ryyn")
        window.read(0.5)
        window.type(f"{PASTE}Sarah{END}dy\r{CTRL_S}{END}")
        window.wait_for("came with pasted words")

        assert enquiries(store_path) == 0
        window.read(0.3)
        window.type(CTRL_S)
        window.wait_for("Saved E23-0001")
    assert enquiries(store_path) == 1
