"""An export opens in a spreadsheet as what was typed: nothing obeyed, nothing hidden, nobody else's to read."""

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from lado_tui.exchange.export import as_csv, as_json, safe_cell, write_export
from tests.conftest import NOW
from tests.hostile import HOSTILE


@dataclass
class Rows:
    kind: str
    headings: tuple[str, ...]
    rows: list[tuple[object, ...]]


FORMULAS = [
    "=1+1",
    "+SUM(A1)",
    "-2+3",
    "@cmd",
    "\t=1",
    "\r=1",
    " =1+1",
    "\u200b=1+1",
    "\u202e=1",
    "\uff1d1+1",
    "=cmd|' /C calc'!A0",
    "+44 1622 555142; =1",
]


@pytest.mark.parametrize("typed", FORMULAS)
def test_what_a_spreadsheet_would_obey_is_marked_as_text(typed: str) -> None:
    assert safe_cell(typed) == "'" + typed


@pytest.mark.parametrize("typed", ["+44 1622 555142", "James Hartley", "O'Neil", "7 - 9", "", "née Brown"])
def test_what_is_harmless_is_left_as_typed(typed: str) -> None:
    assert safe_cell(typed) == typed


def test_every_cell_comes_back_as_it_was_typed() -> None:
    typed = [*FORMULAS, *HOSTILE.values(), "+44 1622 555142", 'a "quoted", word', "two\nlines"]
    sheet = Rows("people", ("adult",), [(name,) for name in typed])
    read = [row[0] for row in csv.reader(io.StringIO(as_csv(sheet), newline=""))][1:]
    assert [cell.removeprefix("'") if cell[1:] in typed else cell for cell in read] == typed
    assert [row["adult"] for row in json.loads(as_json(sheet))] == typed


def test_the_program_names_the_file_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    sheet = Rows("people", ("adult",), [("Zoë",)])
    folder = tmp_path / "exports"
    first, second = (write_export(sheet, "csv", folder, NOW) for _ in range(2))
    assert first.name == "people-20260312-104200.csv"
    assert second.name == "people-20260312-104200-2.csv"
    assert first.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert first.read_text("utf-8-sig").splitlines() == ["adult", "Zoë"]
