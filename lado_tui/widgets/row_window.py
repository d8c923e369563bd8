"""The part of a long list that is held: a few hundred rows either side of where the officer looks.

Rows come from a source by key, never by position, so that a page costs the same wherever in the list it lies.
Knows nothing of the screen.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

WINDOW = 200
"""Rows asked for at a time."""

HELD = 3 * WINDOW
"""Most rows held at once."""

Direction = Literal["down", "up"]
Row = Any
"""Anything with a `key` that places it in its list."""
Key = Any


class RowSource(Protocol):
    """Where a list's rows come from."""

    async def page(self, after: Key, direction: Direction, count: int) -> Sequence[Row]:
        """Up to `count` rows after a key ("down") or before it ("up"), in the order of the list.

        With no key: the first ones ("down"), or the last ones ("up").
        """

    async def total(self) -> int | None:
        """How many there are in all; None where nobody counts."""


@dataclass(frozen=True, slots=True)
class KeysetRows:
    """Rows asked of the desk a window at a time."""

    ask: Callable[[Key, Direction, int], Awaitable[Sequence[Row]]]
    count: Callable[[], Awaitable[int]] | None = None

    async def page(self, after: Key, direction: Direction, count: int) -> Sequence[Row]:
        """As the desk answers."""
        return await self.ask(after, direction, count)

    async def total(self) -> int | None:
        """As the desk counts; None where it was not asked to."""
        return await self.count() if self.count else None


@dataclass(frozen=True, slots=True)
class FewRows:
    """Rows that are all at hand."""

    rows: Sequence[Row]

    async def page(self, after: Key, direction: Direction, count: int) -> Sequence[Row]:
        """The part asked for; from the beginning where the key is not among them."""
        at = next((place for place, row in enumerate(self.rows) if row.key == after), None)
        if direction == "down":
            start = 0 if at is None else at + 1
            return self.rows[start : start + count]
        end = len(self.rows) if after is None else at or 0
        return self.rows[max(0, end - count) : end]

    async def total(self) -> int:
        """All of them."""
        return len(self.rows)


@dataclass(slots=True)
class RowWindow:
    """The rows held of one list.

    Attributes:
        source: where they come from.
        rows: the rows held, in the order of the list.
        before: how many lie above them, as far as is known.
        at_top, at_end: whether the list is known to begin, to end, with them.
        total: how many there are in all; None where nobody counts.
    """

    source: RowSource = field(default_factory=lambda: FewRows(()))
    rows: list[Row] = field(default_factory=list)
    before: int = 0
    at_top: bool = True
    at_end: bool = True
    total: int | None = None

    async def go_top(self) -> None:
        """Hold the first rows."""
        found = await self.source.page(None, "down", WINDOW)
        self._hold(found, before=0, at_top=True, at_end=len(found) < WINDOW)

    async def go_end(self) -> None:
        """Hold the last rows."""
        found = await self.source.page(None, "up", WINDOW)
        whole = len(found) < WINDOW
        before = 0 if whole else max(0, (self.total or len(found)) - len(found))
        self._hold(found, before=before, at_top=whole, at_end=True)

    async def go_near(self, key: Key) -> None:
        """Hold the rows around a key, asked for afresh; the row itself may be gone."""
        place = self.place_of(key)
        known = self.before + (place if place is not None else 0)
        above = await self.source.page(key, "up", WINDOW)
        below = await self.source.page(above[-1].key if above else None, "down", WINDOW)
        at_top = len(above) < WINDOW
        self._hold(
            [*above, *below],
            before=0 if at_top else max(0, known - len(above)),
            at_top=at_top,
            at_end=len(below) < WINDOW,
        )

    async def more_below(self) -> int:
        """Hold more rows at the end. Returns how many were let go at the top."""
        found = await self.source.page(self.rows[-1].key if self.rows else None, "down", WINDOW)
        let_go = max(0, len(self.rows) + len(found) - HELD)
        rows = [*self.rows, *found][let_go:]
        self._hold(rows, before=self.before + let_go, at_top=self.at_top and not let_go, at_end=len(found) < WINDOW)
        return let_go

    async def more_above(self) -> int:
        """Hold more rows at the top. Returns how many were put there."""
        found = await self.source.page(self.rows[0].key if self.rows else None, "up", WINDOW)
        at_top = len(found) < WINDOW
        rows = [*found, *self.rows]
        kept = rows[:HELD]
        before = 0 if at_top else max(0, self.before - len(found))
        self._hold(kept, before=before, at_top=at_top, at_end=self.at_end and len(kept) == len(rows))
        return len(found)

    async def count(self) -> None:
        """Ask how many there are in all."""
        self.total = await self.source.total()

    def place_of(self, key: Key) -> int | None:
        """Where among the rows held a key is; None where it is not."""
        return next((place for place, row in enumerate(self.rows) if row.key == key), None)

    def _hold(self, rows: Sequence[Row], *, before: int, at_top: bool, at_end: bool) -> None:
        self.rows, self.before, self.at_top, self.at_end = list(rows), before, at_top, at_end
