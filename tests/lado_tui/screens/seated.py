"""The program at one place, with a store of its own opened: it lets that go when it ends, and the test's stays open."""

from typing import Any

from db.desk import Desk
from db.store import Store
from lado_tui.app import LadoApp


def seated(desk: Desk, place: str, **options: Any) -> LadoApp:
    """The officer of a desk sits down at a place."""

    def opening() -> Desk:
        return Desk(Store.open(desk.store.path), desk.officer, desk.clock)

    return LadoApp(opening, first=place, first_with=options)
