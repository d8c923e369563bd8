"""Writing an export: a name the program makes, one fixed folder, readable by its owner only, and no live formula.

A spreadsheet obeys a cell that begins with ``=``, ``+``, ``-`` or ``@``, even behind a space or an invisible
character. Such a cell gets an apostrophe in front, which the spreadsheet shows as text. A telephone number keeps its
leading ``+``.
"""

import csv
import io
import json
import os
import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

_OBEYED = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"
_TELEPHONE = re.compile(r"\+\d[\d ]{4,20}", re.ASCII)
_INVISIBLE = ("Cc", "Cf", "Zs", "Zl", "Zp")
_NAMES_A_SECOND = 100


class Sheet(Protocol):
    """What an export holds: see ``db.queries.exports.Sheet``."""

    @property
    def kind(self) -> str: ...  # noqa: D102 - the protocol's own words are enough
    @property
    def headings(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def rows(self) -> Sequence[tuple[object, ...]]: ...  # noqa: D102


def safe_cell(value: object) -> object:
    """A value as a spreadsheet may have it: text that would be obeyed as a formula is marked as text."""
    if not isinstance(value, str) or not value:
        return "" if value is None else value
    if _TELEPHONE.fullmatch(value):
        return value
    visible = next((c for c in value if unicodedata.category(c) not in _INVISIBLE), "")
    obeyed = value[0] in _OBEYED or (visible != "" and visible in _OBEYED)
    return f"'{value}" if obeyed else value


def as_csv(sheet: Sheet) -> str:
    """The rows as comma-separated text, every cell safe to open in a spreadsheet."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(sheet.headings)
    writer.writerows([safe_cell(value) for value in row] for row in sheet.rows)
    return written.getvalue()


def as_json(sheet: Sheet) -> str:
    """The rows as a list of objects, letter for letter."""
    rows = [dict(zip(sheet.headings, row, strict=True)) for row in sheet.rows]
    return json.dumps(rows, ensure_ascii=False, indent=1, default=str)


FORMATS: dict[str, Callable[[Sheet], str]] = {"csv": as_csv, "json": as_json}
"""How an export may be written."""


def write_export(sheet: Sheet, fmt: str, folder: Path, now: datetime) -> Path:
    """Write a sheet into the exports folder and return the file; nothing already there is ever written over.

    Raises:
        FileExistsError: a hundred exports were written this second.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    body = FORMATS[fmt](sheet).encode("utf-8-sig" if fmt == "csv" else "utf-8")
    stem = f"{sheet.kind}-{now:%Y%m%d-%H%M%S}"
    for number in range(1, _NAMES_A_SECOND):
        path = folder / f"{stem}{'' if number == 1 else f'-{number}'}.{fmt}"
        try:
            opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        with open(opened, "wb") as file:
            file.write(body)
            os.fsync(file.fileno())
        return path
    raise FileExistsError(f"Too many exports were written to {folder} at once")
