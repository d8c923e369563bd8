"""A file that does not read back as it was written: found, told plainly, and never written to."""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from db import sqlite_file
from db.doctor import CANNOT_BE_USED, examine
from db.errors import DeskError, StoreDamaged, StoreError
from db.models import METADATA, Contact, table
from db.store import PRACTICE_KEY, Store
from tests.conftest import NOW

PAGE = 4_096


@pytest.fixture
def filled(store_path: Path) -> Path:
    """A store with a few hundred callers in it, closed in good order."""
    store = Store.open(store_path)
    with store.write() as connection:
        connection.execute(insert(table(Contact)), [{"name": f"Caller {n}" * 8} for n in range(400)])
    store.close()
    return store_path


@contextmanager
def untouched(path: Path) -> Iterator[None]:
    before = path.read_bytes()
    yield
    assert path.read_bytes() == before, "the damaged file was written to"


def read_everything(path: Path) -> None:
    store = Store.open(path)
    try:
        with store.read() as connection:
            for one in METADATA.sorted_tables:
                connection.execute(select(one)).all()
    finally:
        store.close()


@pytest.mark.parametrize("flips", [40, pytest.param(200, marks=pytest.mark.long)])
def test_every_bit_that_changed_is_found(filled: Path, tmp_path: Path, flips: int) -> None:
    chance = random.Random(20_260_312)  # noqa: S311 - which bit, not a secret
    whole = filled.read_bytes()
    for _ in range(flips):
        at = chance.randrange(len(whole) * 8)
        harmed = bytearray(whole)
        harmed[at // 8] ^= 1 << at % 8
        filled.write_bytes(harmed)
        with untouched(filled):
            found = examine(filled, tmp_path / "state", NOW)
            assert found.exit_code == CANNOT_BE_USED, at
            assert found.findings[0].code in ("damaged", "ring_missing_or_damaged"), at
    print(f"{flips} bits changed, {flips} found")  # noqa: T201 - for the table of figures


def test_a_damaged_page_met_at_work_is_told_in_one_sentence(filled: Path) -> None:
    """Only the page is harmed that holds the callers: the desk opens, and says so when it comes to them."""
    page = page_of_the_callers(filled)
    harmed = bytearray(filled.read_bytes())
    harmed[(page - 1) * PAGE + 700] ^= 1
    filled.write_bytes(harmed)
    with untouched(filled), pytest.raises(StoreDamaged, match="Your draft is kept"):
        read_everything(filled)


def page_of_the_callers(path: Path) -> int:
    connection = sqlite_file.connect(path, PRACTICE_KEY)
    root: int = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'contact'").fetchone()[0]
    connection.close()
    return root


def sizes(whole: int, count: int = 20) -> list[int]:
    """Sizes to cut a file to: none of it, around page ends, and anywhere."""
    chance = random.Random(7)  # noqa: S311 - where to cut, not a secret
    near = [0, 1, 15, 16, 100, PAGE - 1, PAGE, PAGE + 1, 2 * PAGE, whole - PAGE, whole - 1]
    return sorted({*near, *(chance.randrange(whole) for _ in range(count - len(near)))})


def test_a_file_cut_short_at_any_size_is_refused(filled: Path, tmp_path: Path) -> None:
    whole = filled.read_bytes()
    cuts = sizes(len(whole))
    assert len(cuts) == 20
    for size in cuts:
        filled.write_bytes(whole[:size])
        with untouched(filled):
            with pytest.raises(StoreError):
                Store.open(filled)
            found = examine(filled, tmp_path / "state", NOW)
        assert found.exit_code == CANNOT_BE_USED, size
        assert found.findings[0].sentence
        assert found.findings[0].advice
        assert not sqlite_file.sidecars(filled), "something was left beside it"


def test_a_file_of_noise_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "noise.lado"
    path.write_bytes(os.urandom(50 * PAGE))
    with untouched(path), pytest.raises(DeskError):
        Store.open(path)
