"""Entries of a like name side by side: the one in view first, then as many others as there is room for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from lado_tui.show import Name
from lado_tui.widgets.drawn import Drawn, Part, fit

if TYPE_CHECKING:
    from db.queries.history import Entry

_LABEL, _LEAST = 15, 21


def _same(entry: Entry) -> str:
    return entry.decided or "-"


_ROWS: Sequence[tuple[str, Callable[[Entry], str]]] = (
    ("Name", lambda entry: Name(entry.name)),
    ("Also called", lambda entry: Name(", ".join(entry.other_names)) if entry.other_names else "-"),
    ("Born", lambda entry: entry.born),
    ("Role", lambda entry: entry.role or "not recorded"),
    ("Works at", lambda entry: entry.setting or "not recorded"),
    ("Same person?", _same),
)


class CompareTable(Drawn):
    """One column an entry. The entry under the list's cursor is always among those shown, and marked."""

    DEFAULT_CSS = "CompareTable { height: auto; }"

    def __init__(self) -> None:
        super().__init__()
        self.entries: Sequence[Entry] = ()
        self.chosen = ""

    def show(self, entries: Sequence[Entry]) -> None:
        """Compare these."""
        self.entries = entries
        self.refresh(layout=True)

    def lines(self, width: int) -> int:
        """The letters, and a line for each thing compared."""
        return 1 + len(self._compared())

    def _compared(self) -> Sequence[tuple[str, Callable[[Entry], str]]]:
        """Other names only where somebody has one."""
        any_other = any(entry.other_names for entry in self.entries)
        return [row for row in _ROWS if any_other or row[0] != "Also called"]

    def mark(self, letter: str) -> None:
        """Mark one entry by its letter."""
        if letter != self.chosen:
            self.chosen = letter
            self.refresh()

    def in_view(self) -> list[Entry]:
        """The one in view, and as many others as fit, the marked one among them."""
        room = max(2, (self.size.width - _LABEL) // _LEAST)
        now, others = list(self.entries[:1]), list(self.entries[1:])
        at = next((place for place, entry in enumerate(others) if entry.letter == self.chosen), 0)
        first = max(0, at - (room - 1) + 1)
        return now + others[first : first + room - 1]

    def draw(self, y: int) -> Iterable[Part]:
        """The letters and references, then a line for each thing compared."""
        entries = self.in_view()
        width = (self.size.width - _LABEL) // max(2, len(entries))
        if y == 0:
            more = len(self.entries) - len(entries)
            yield Part(fit(f" COMPARE {f'+{more}' if more else ''}", _LABEL), "heading")
            for entry in entries:
                ink = "chosen" if entry.letter == self.chosen else "heading"
                yield Part(fit(f"{entry.letter} {entry.ref}", width - 1), ink)
                yield Part(" ")
            return
        label, read = self._compared()[y - 1]
        yield Part(fit(f" {label}", _LABEL), "label")
        for entry in entries:
            words = read(entry)
            kept = fit(words, width - 1)
            yield Part(Name(kept) if isinstance(words, Name) else kept, _ink(label, entry))
            yield Part(" ")


def _ink(label: str, entry: Entry) -> str:
    return "ask" if label == "Same person?" and entry.letter != "NOW" and entry.same is None else ""
