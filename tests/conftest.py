"""A throwaway home, a throwaway store and a clock that stands still, for every test."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert

from db.desk import Desk
from db.models import Officer, table
from db.store import Store, create_practice_store
from db.vocabulary import OfficerRole
from db.work import OfficerCard

if TYPE_CHECKING:
    from tests.server import Server

NOW = datetime(2026, 3, 12, 10, 42, tzinfo=UTC)
"""Thursday 12 March 2026, 10:42: a duty morning in term time."""

SERVICE = "Wealdshire LADO service"


@dataclass
class FrozenClock:
    """A clock that a test moves by hand."""

    instant: datetime = NOW

    def __call__(self) -> datetime:
        return self.instant

    def pass_time(self, **spell: float) -> None:
        self.instant += timedelta(**spell)


@pytest.fixture(autouse=True)
def throwaway_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the real home."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    for name in ("LADO_STORE", "NO_COLOR", "TEXTUAL_THEME"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice store with its officers and nothing else, made once and copied for each test."""
    path = tmp_path_factory.mktemp("template") / "empty.lado"
    with closing(create_practice_store(path, service=SERVICE)) as store:
        enter_officers(store)
    return path


@pytest.fixture(scope="session")
def server() -> Iterator["Server"]:
    """A PostgreSQL server of the tests' own, with the same empty store on it, to be copied for each test."""
    from tests.server import EMPTY, running_server

    with running_server() as started:
        with closing(create_practice_store(started.new_database(EMPTY), service=SERVICE)) as store:
            enter_officers(store)
        yield started


def enter_officers(store: Store) -> None:
    """The officers whom every test knows."""
    officers = (
        ("Mary Okoro", "MO", "lado", OfficerRole.LADO),
        ("Peter Singh", "PS", "lado2", OfficerRole.LADO),
        ("Ruth Carver", "RC", "cro", OfficerRole.CRO),
        ("Helen Marsh", "HM", "manager", OfficerRole.MANAGER),
        ("Tom Blake", "TB", "relief", OfficerRole.RELIEF),
        ("Ann Lyle", "AL", "auditor", OfficerRole.AUDITOR),
    )
    rows = [
        {
            "version": 1,
            "name": name,
            "initials": initials,
            "sign_in": sign_in,
            "role": role,
            "starts_on": date(2020, 1, 1),
        }
        for name, initials, sign_in, role in officers
    ]
    with store.write() as connection:
        connection.execute(insert(table(Officer)), rows)


@pytest.fixture
def store_kind() -> str:
    """``file`` or ``postgres``; tests of the record are given both, each in turn."""
    return "file"


@pytest.fixture
def store_path(store_kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    if store_kind == "postgres":
        server: Server = request.getfixturevalue("server")
        with server.copied() as place:
            yield place
        return
    path = tmp_path / "desk.lado"
    shutil.copy(request.getfixturevalue("empty_store"), path)
    yield path


@pytest.fixture
def store(store_path: Path) -> Iterator[Store]:
    opened = Store.open(store_path)
    yield opened
    opened.close()


@pytest.fixture
def desk_of(store: Store, clock: FrozenClock) -> Callable[[str], Desk]:
    """The desk as one of the officers: ``desk_of("cro")``; sign-in names are those of ``empty_store``."""

    def sit(sign_in: str) -> Desk:
        return Desk(store, card(store, sign_in), clock)

    return sit


@pytest.fixture
def desk(desk_of: Callable[[str], Desk]) -> Desk:
    """The duty LADO's desk."""
    return desk_of("lado")


def card(store: Store, sign_in: str) -> OfficerCard:
    from db.desk import officer_named

    return officer_named(store, sign_in)


@pytest.fixture(scope="session")
def practice_service(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice service, built once. Copy it before anything is written to it."""
    from db.sample.build import build

    path = tmp_path_factory.mktemp("practice") / "practice.lado"
    build(path)
    return path
