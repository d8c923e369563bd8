"""A desk on the screen, in a window of a size, with a duty morning laid out."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.desk import Desk
from db.store import Store
from lado_tui.app import LadoApp
from lado_tui.opening import Seat
from tests.conftest import FrozenClock, card
from tests.lado_tui.screens import a_morning

SIZES = [(80, 24), (120, 40)]


@pytest.fixture(scope="session")
def morning_store(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store on a duty morning, laid out once and copied for each test."""
    path = tmp_path_factory.mktemp("morning") / "morning.lado"
    shutil.copy(empty_store, path)
    store = Store.open(path)
    a_morning.lay_out(store)
    store.close()
    return path


@pytest.fixture
def morning(morning_store: Path, store_path: Path) -> Iterator[Store]:
    """The store on a duty morning."""
    shutil.copy(morning_store, store_path)
    store = Store.open(store_path)
    yield store
    store.close()


@pytest.fixture
def app_of(store_path: Path, clock: FrozenClock) -> Callable[..., LadoApp]:
    """The program as one of the officers: ``app_of("manager")``. Each unlocking opens the store anew."""

    def sit(sign_in: str = "lado", **options: object) -> LadoApp:
        def opening() -> Desk:
            opened = Store.open(store_path)
            return Desk(opened, card(opened, sign_in), clock)

        return LadoApp(opening, sign_in={"seat": Seat(store_path, sign_in)}, **options)  # type: ignore[arg-type]

    return sit
