"""Three hundred people as the record has them, looked for among twelve thousand as somebody typed them later."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import Connection

from db.heard_before.search import search_names

from .conftest import keep_adults, keep_other_name

PAIRS = Path(__file__).parents[2] / "data" / "name_pairs.toml"
WANTED = 0.98


class Pair(NamedTuple):
    kind: str
    kept: str
    typed: str
    other_name: str = ""


def pairs() -> Iterator[Pair]:
    for kind, listed in tomllib.loads(PAIRS.read_text(encoding="utf-8")).items():
        yield from (Pair(kind, *names) for names in listed["pairs"])


@pytest.fixture
def people(record: Connection) -> dict[Pair, int]:
    """Each pair's person, entered before anybody in the crowd, who would therefore win a tie."""
    listed = list(pairs())
    numbers = dict(zip(listed, keep_adults(record, (pair.kept for pair in listed), first=1), strict=True))
    for pair, number in numbers.items():
        if pair.other_name:
            keep_other_name(record, number, pair.other_name)
    return numbers


def test_there_are_three_hundred_of_many_kinds() -> None:
    listed = list(pairs())

    assert len(listed) == len({pair.kept for pair in listed}) == 300
    assert len({pair.kind for pair in listed}) >= 12


def test_almost_everyone_is_among_the_first_ten(record: Connection, people: dict[Pair, int]) -> None:
    missed = [pair for pair, number in people.items() if not among_first_ten(record, pair.typed, number)]

    assert len(missed) <= len(people) * (1 - WANTED), "\n".join(f"{m.kind}: {m.kept} <- {m.typed}" for m in missed)


def test_most_are_first_of_all(record: Connection, people: dict[Pair, int]) -> None:
    first = [number for pair, number in people.items() if first_row(record, pair.typed) == number]

    assert len(first) >= len(people) * 0.95


def among_first_ten(record: Connection, typed: str, number: int) -> bool:
    return number in [match.owner_id for match in search_names(record, typed).rows]


def first_row(record: Connection, typed: str) -> int | None:
    return next((match.owner_id for match in search_names(record, typed, limit=1).rows), None)
