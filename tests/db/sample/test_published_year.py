"""The made-up service gives every figure of the published year, and stays a believable place while it does."""

import json
from pathlib import Path

import pytest

from db.sample.build import make_rows
from db.sample.plan import make_plan
from db.sample.rows import Rows
from tests.db.sample.plain_counts import published_figures

PUBLISHED = json.loads(Path("tests/data/published_year.json").read_text("utf-8"))


@pytest.fixture(scope="module", params=[2023, 7, 60])
def rows(request: pytest.FixtureRequest) -> Rows:
    return make_rows(make_plan(request.param))


@pytest.mark.parametrize("year", ["2021-22", "2022-23"])
def test_every_published_figure_is_met(rows: Rows, year: str) -> None:
    wanted = {figure["id"]: figure["value"] for figure in PUBLISHED if figure["year"] == year}

    counted = published_figures(rows, year)

    assert {figure: counted.get(figure, 0) for figure in wanted} == wanted


def test_the_published_year_has_all_its_figures() -> None:
    assert len(PUBLISHED) == 164
