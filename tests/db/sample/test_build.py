"""The practice store as it is built: whole, sound, findable, and the same again for the same seed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from db.clock import PRACTICE_NOW
from db.desk import Desk, officer_named
from db.errors import StoreNotOurs
from db.models import Adult, Case, NameToken, table
from db.queries.figures import year_figures
from db.reports.catalogue import published_names
from db.rules.reporting import ReportingYear
from db.sample.build import build, make_rows
from db.sample.plan import make_plan
from db.store import Store

NAMES = published_names()
DIGEST = """
from hashlib import sha256
from db.queries.figures import year_figures
from db.reports.catalogue import published_names
from db.rules.reporting import ReportingYear
from db.sample.build import make_rows
from db.sample.plan import make_plan
rows = make_rows(make_plan(11))
print(sha256(repr([(m.__name__, r) for m, found in rows.all().items() for r in found]).encode()).hexdigest())
"""


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "practice.lado"
    build(path)
    return path


def digest(hash_seed: str) -> str:
    """What a fresh process makes of one seed, whatever order its sets happen to have."""
    run = subprocess.run(
        [sys.executable, "-c", DIGEST], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": hash_seed}
    )
    return run.stdout


def test_the_same_seed_makes_the_same_rows() -> None:
    assert digest("1") == digest("2")


def test_another_seed_makes_other_people() -> None:
    names = [{row["name"] for row in make_rows(make_plan(seed)).of(Adult)} for seed in (2023, 2024)]

    assert len(names[0] & names[1]) < len(names[0]) / 4


def test_the_store_is_sound(practice: Path) -> None:
    store = Store.open(practice)
    with store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.execute(select(func.count()).select_from(table(Case))).scalar() == 142 + 1731 + 1270
    store.close()


def test_it_is_a_practice_store_and_its_clock_stands_still(practice: Path) -> None:
    store = Store.open(practice)
    desk = Desk(store, officer_named(store, "lado"))

    assert desk.practice
    assert desk.clock() == PRACTICE_NOW
    store.close()


@pytest.mark.parametrize("year", ["2021-22", "2022-23"])
def test_the_desk_counts_every_published_figure(practice: Path, year: str) -> None:
    published = json.loads(Path("tests/data/published_year.json").read_text("utf-8"))
    wanted = {NAMES.get(figure["id"], figure["id"]): figure["value"] for figure in published if figure["year"] == year}
    store = Store.open(practice)

    counted = Desk(store, officer_named(store, "lado")).ask(year_figures, ReportingYear.parse(year))

    assert {id_: float(counted[id_] or 0) for id_ in wanted} == wanted
    store.close()


def test_every_adult_can_be_found_by_name(practice: Path) -> None:
    store = Store.open(practice)
    with store.read() as connection:
        findable = connection.execute(select(func.count(table(NameToken).c.owner_id.distinct()))).scalar()
        adults = connection.execute(select(func.count()).select_from(table(Adult))).scalar()
    store.close()

    assert findable is not None
    assert adults is not None
    assert findable >= adults


def test_nothing_is_left_beside_it(practice: Path) -> None:
    assert [p.name for p in practice.parent.iterdir()] == [practice.name]


def test_it_is_never_built_over_another_store(practice: Path) -> None:
    with pytest.raises(StoreNotOurs):
        build(practice)
