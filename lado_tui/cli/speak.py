"""How a command answers: plain lines for people, JSON for scripts, errors in sentences on standard error.

What people wrote is shown letter for letter, with hidden characters marked, so that a name cannot drive a terminal.
"""

import dataclasses
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from db.errors import DeskError, Problem, ThereIsAProblem
from db.text import visible

_MOST_BYTES = 1_000_000


def tell(line: str = "") -> None:
    """One line for a person to read."""
    sys.stdout.write(visible(line) + "\n")


def tell_json(answer: object) -> None:
    """An answer for a script: dataclasses become objects, dates ISO text."""
    json.dump(as_plain(answer), sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def tell_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows under headings, in columns as wide as they need to be."""
    cells = [[visible("" if cell is None else str(cell), one_line=True) for cell in row] for row in [headings, *rows]]
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    for row in cells:
        sys.stdout.write("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n")


def tell_error(error: DeskError) -> int:
    """Say what went wrong on standard error, a line for each answer to put right; returns the exit code."""
    sys.stderr.write(visible(error.title) + "\n")
    problems = error.problems if isinstance(error, ThereIsAProblem) else ()
    for problem in problems:
        sys.stderr.write(visible(f"  {problem.field}: {problem.sentence}", one_line=True) + "\n")
    if not problems:
        sys.stderr.write("  " + visible(error.sentence, one_line=True) + ".\n")
    return error.exit_code


def read_answers(source: str) -> dict[str, object]:
    """The answers of a form, from a JSON file or from standard input for ``-``.

    Raises:
        ThereIsAProblem: it is not there, too large, or not one JSON object.
    """
    try:
        raw = sys.stdin.buffer.read(_MOST_BYTES + 1) if source == "-" else _read_file(Path(source))
        if len(raw) > _MOST_BYTES:
            raise _not_json("The JSON must be 1,000,000 bytes or less")
        answers = json.loads(raw)
    except (ValueError, RecursionError):
        raise _not_json("The JSON cannot be read") from None
    except OSError:
        raise _not_json("There is no such file, or it cannot be read") from None
    if not isinstance(answers, dict):
        raise _not_json("The JSON must be one object, with a field for each answer")
    return answers


def read_line(text: str) -> str:
    """A text given as it is, or the first line of standard input for ``-``, which no other program can see."""
    return sys.stdin.readline(_MOST_BYTES).rstrip("\n") if text == "-" else text


def as_plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """A value as JSON can hold it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): as_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_plain(item) for item in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value.value if isinstance(value, Enum) else value


def _read_file(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_MOST_BYTES + 1)


def _not_json(sentence: str) -> ThereIsAProblem:
    return ThereIsAProblem([Problem("--from-json", "--from-json", sentence)])
