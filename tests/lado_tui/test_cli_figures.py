"""``lado figures`` and ``lado stats`` on the practice service: the published year, to the last figure."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from db.reports.catalogue import published_names
from lado_tui.cli import main

PUBLISHED = json.loads((Path(__file__).parents[1] / "data" / "published_year.json").read_text("utf-8"))


@pytest.fixture
def run(practice_service: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("LADO_STORE", str(practice_service))

    def command(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
        code = main(list(words))
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.mark.parametrize("year", ["2021-22", "2022-23"])
def test_every_published_figure_is_counted(run: Any, year: str) -> None:
    code, told, _ = run("figures", "--year", year, "--json")
    counted = json.loads(told)
    names = published_names()
    expected = {names.get(row["id"], row["id"]): row["value"] for row in PUBLISHED if row["year"] == year}
    assert code == 0
    assert {figure: counted.get(figure) for figure in expected} == expected


def test_the_stats_page_reads_in_words(run: Any) -> None:
    _, told, _ = run("stats", "--year", "2022-23")
    assert told.startswith("2022-23, beside 2021-22\nReferrals progressed a week: 21.2 (before: 23.9)\n")
    assert "Referrals received             1,270  1,731   -27%" in told
    assert "Closed within 1 month    41%   35%     +6 pts" in told


def test_a_week_is_told_for_scripts(run: Any) -> None:
    _, told, _ = run("stats", "--week", "2022-W40", "--json")
    panel = json.loads(told)
    assert panel["period"] == "2022-W40"
    assert panel["weeks"][-1]["label"] == "2022-W40"
    assert sum(panel["weeks"][-1]["received"]) == panel["measures"]["referrals.received"]["now"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("stats", "--week", "2022-W60"), "Week must be"),
        (("figures", "--year", "last year"), "ear must be"),
        (("stats", "--sector", "schools"), "must be one of education"),
    ],
)
def test_a_period_or_sector_that_is_none_is_said_to_be_none(run: Any, words: tuple[str, ...], sentence: str) -> None:
    code, told, wrong = run(*words)
    assert (code, told) == (2, "")
    assert sentence in wrong
