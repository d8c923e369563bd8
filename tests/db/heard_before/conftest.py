"""A record with twelve thousand invented people in it, for names to hide among."""

import random
import tomllib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, insert

from db.heard_before.index import index_name, index_names
from db.models import Adult, OtherName, Setting, table
from db.postgres import count_on_from_rows
from db.store import Store, create_practice_store
from tests.db.conftest import STORES

CROWD = 12_000
OLDER = 1_000
"""Numbers left free before the crowd's, for people entered before any of them: ties go to the newest."""
NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
_SYLLABLES = str.split("ba bel bur cha den dor fen gar hal ken lan mar nor pel ren sel tar ton wick worth wood ley")


def keep_adults(
    connection: Connection, names: Iterable[str], *, born: date | None = None, first: int | None = None
) -> list[int]:
    """Adults as an officer would enter them, findable at once; returns their numbers, which begin at ``first``."""
    numbers = []
    for at, name in enumerate(names):
        row = {"version": 1, "name": name, "born_on": born, "born_given": "recorded", "entered_at": NOON}
        if first is not None:
            row["id"] = first + at
        made = connection.execute(insert(table(Adult)), row).inserted_primary_key
        assert made is not None
        index_name(connection, "adult", made[0], name)
        numbers.append(made[0])
    return numbers


def keep_other_name(connection: Connection, adult_id: int, name: str) -> None:
    """A former name, findable at once."""
    connection.execute(insert(table(OtherName)), {"adult_id": adult_id, "name": name, "kind": "former"})
    index_name(connection, "adult", adult_id, name)


def keep_setting(connection: Connection, name: str) -> int:
    """A setting, findable at once; returns its number."""
    row = {"version": 1, "name": name, "own_service": False, "entered_at": NOON}
    made = connection.execute(insert(table(Setting)), row).inserted_primary_key
    assert made is not None
    index_name(connection, "setting", made[0], name)
    return int(made[0])


def invented_names(count: int, seed: int = 4) -> Iterator[str]:
    """Names drawn from the practice service's stock, a third of the surnames made of syllables."""
    chance = random.Random(seed)  # noqa: S311 - a crowd that is the same every time
    stock = tomllib.loads(files("db.sample").joinpath("names.toml").read_text(encoding="utf-8"))["group"]
    first = [name for group in stock for name in f"{group['women']} {group['men']}".split()]
    last = [name for group in stock for name in group["last"].split()] + ["Smith"] * 12 + ["Jones"] * 8
    for _ in range(count):
        made = "".join(chance.choices(_SYLLABLES, k=chance.choice((2, 2, 3)))).capitalize()
        surname = chance.choice(last) if chance.random() < 0.67 else made
        if chance.random() < 0.05:
            surname = f"{surname}-{chance.choice(last)}"
        yield f"{chance.choice(first)} {surname}"


@pytest.fixture(scope="session", params=STORES)
def crowd(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Only read: what a test adds, it takes away again by never committing it."""
    if request.param == "postgres":
        place: Path = request.getfixturevalue("server").new_database("crowd")
    else:
        place = tmp_path_factory.mktemp("crowd") / "crowd.lado"
    store = create_practice_store(place, service="Wealdshire")
    fill(store)
    yield store
    store.close()


def fill(store: Store) -> None:
    names = list(enumerate(invented_names(CROWD), OLDER))
    rows = [
        {"id": at, "version": 1, "name": name, "born_on": date(1950 + at % 50, 1 + at % 12, 1 + at % 28),
         "born_given": "recorded", "entered_at": NOON}
        for at, name in names
    ]  # fmt: skip
    with store.write() as connection:
        connection.execute(insert(table(Adult)), rows)
        index_names(connection, "adult", names)
        if store.on_server:
            count_on_from_rows(connection)


@pytest.fixture
def record(crowd: Store) -> Iterator[Connection]:
    """The crowd, to add to; nothing added is kept."""
    with crowd.engine.connect().execution_options(writes=True) as connection, connection.begin() as begun:
        yield connection
        begun.rollback()


@pytest.fixture
def empty_record(store: Store) -> Iterator[Connection]:
    """A record with nobody in it but its officers, to add to."""
    with store.write() as connection:
        yield connection


@pytest.fixture
def statements(crowd: Store) -> Iterator[list[str]]:
    """What is said to the crowd's database, as text."""
    said: list[str] = []

    def hear(connection: object, cursor: object, statement: str, *rest: object) -> None:
        said.append(statement)

    event.listen(crowd.engine, "before_cursor_execute", hear)
    yield said
    event.remove(crowd.engine, "before_cursor_execute", hear)
