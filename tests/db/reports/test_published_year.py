"""The practice service, counted by the program, gives every figure that was published, for both years."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.desk import Desk, officer_named
from db.queries.figures import problems_found, stats_panel, year_figures
from db.reports.catalogue import TABLES, published_names
from db.rules.reporting import ReportingYear
from db.store import Store, create_practice_store
from tests.db.conftest import STORES
from tests.server import copy_record

PUBLISHED = json.loads((Path(__file__).parents[2] / "data" / "published_year.json").read_text("utf-8"))
YEARS = ("2021-22", "2022-23")


@pytest.fixture(scope="module", params=STORES)
def service(
    request: pytest.FixtureRequest, practice_service: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    path = tmp_path_factory.mktemp("figures") / "practice.lado"
    shutil.copy(practice_service, path)
    with closing(Store.open(path)) as of_file:
        if request.param == "file":
            yield Desk(of_file, officer_named(of_file, "manager"))
            return
        place = request.getfixturevalue("server").new_database("practice")
        with closing(create_practice_store(place, service=of_file.service)) as on_server:
            copy_record(of_file, on_server)
            yield Desk(on_server, officer_named(on_server, "manager"))


@pytest.mark.parametrize("year", YEARS)
def test_every_published_figure_is_counted_from_the_rows(service: Desk, year: str) -> None:
    wanted = {figure["id"]: figure["value"] for figure in PUBLISHED if figure["year"] == year}
    names = published_names()

    counted = service.ask(year_figures, ReportingYear.parse(year))

    found = {id_: counted[names.get(id_, id_)] for id_ in wanted}
    assert {id_: number if number is None else float(number) for id_, number in found.items()} == wanted


@pytest.mark.parametrize("year", YEARS)
def test_every_table_of_the_year_adds_up(service: Desk, year: str) -> None:
    ours = {published: id_ for id_, published in published_names().items()}
    counted = {
        ours.get(id_, id_): number for id_, number in service.ask(year_figures, ReportingYear.parse(year)).items()
    }

    assert {t.whole: counted[t.whole] for t in TABLES} == {
        t.whole: sum(counted[part] or 0 for part in t.parts) for t in TABLES
    }


def test_the_year_is_the_same_looked_at_years_later(service: Desk) -> None:
    from datetime import UTC, datetime

    later = Desk(service.store, service.officer, lambda: datetime(2031, 6, 2, 9, tzinfo=UTC))

    assert later.ask(year_figures, ReportingYear.parse("2022-23")) == service.ask(
        year_figures, ReportingYear.parse("2022-23")
    )


def test_the_stats_page_of_the_year(service: Desk) -> None:
    panel = service.ask(stats_panel, ReportingYear.parse("2022-23"))

    rows = {row.figure: row for section in panel.sections for row in section.rows}
    shown = {name: (row.now.words, row.before.words, row.change, row.target) for name, row in rows.items()}
    assert (str(panel.average), str(panel.average_before)) == ("21.2", "23.9")
    assert shown["enquiries"] == ("817", "646", "+26%", "-")
    assert shown["referrals.received"] == ("1,270", "1,731", "-27%", "-")
    assert shown["referrals.allegation"] == ("686", "712", "-4%", "-")
    assert shown["kpi.closed_within_1_month.percent"][::3] == ("41%", "80%  v BELOW")
    assert shown["kpi.closed_within_1_month"][0] == "454"
    assert shown["kpi.open"][0] == "324"
    assert shown["caseload.mean"][0] == "92"
    assert shown["caseload.mean"][3] == "90  ^ ABOVE"


def test_the_weeks_of_the_year_add_up_to_it_in_both_years(service: Desk) -> None:
    panel = service.ask(stats_panel, ReportingYear.parse("2022-23"))

    assert len(panel.weeks) == 53
    assert sum(week.total for week in panel.weeks) == 1270
    assert sum(week.before or 0 for week in panel.weeks) == 1731
    assert sum(week.enquiries for week in panel.weeks) == 817


def test_the_sectors_add_up_to_the_service(service: Desk) -> None:
    year = ReportingYear.parse("2022-23")

    def progressed(sector: str | None) -> int:
        panel = service.ask(stats_panel, year, sector)
        return next(int(r.now.value or 0) for s in panel.sections for r in s.rows if r.figure == "referrals.progressed")

    assert [progressed(each) for each in ("education", "early_years", "fostering", "wider")] == [568, 98, 143, 295]
    assert progressed(None) == 1104


def test_what_is_missing_is_told(service: Desk) -> None:
    year_before = {each.figure: each.number for each in service.ask(problems_found, ReportingYear.parse("2021-22"))}

    assert year_before["problem.no_sector"] == 42
