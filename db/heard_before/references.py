"""References as people type and say them: E26-0817, R26-0412, "r26 412", "R260412", "26-412"."""

import re
from typing import NamedTuple

_REFERENCE = re.compile(
    r"\s*([a-z])?\s*(\d{2})(?:\s*[-/ .\N{EN DASH}]\s*(\d{1,6})|(\d{3,6}))\s*", re.IGNORECASE | re.ASCII
)
_KINDS = "ER"


class Reference(NamedTuple):
    """A reference taken apart. ``kind`` is ``E``, ``R``, or empty where only the numbers were given."""

    kind: str
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.kind or '?'}{self.year % 100:02d}-{self.number:04d}"


def read_reference(text: str) -> Reference | None:
    """The reference that was typed, or None where it is not one. Numbers alone count only with a gap: "26-412"."""
    found = _REFERENCE.fullmatch(text)
    if not found:
        return None
    kind, year, spaced, run_on = found.groups()
    number = int(spaced or run_on)
    if (kind or "E").upper() not in _KINDS or not number or (not kind and run_on):
        return None
    return Reference((kind or "").upper(), 2000 + int(year), number)
