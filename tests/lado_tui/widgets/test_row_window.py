"""Whatever way an officer goes through a long list, the rows held are those of the list, in order, and few."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lado_tui.widgets.row_window import HELD, WINDOW, Direction, FewRows, KeysetRows, RowWindow


@dataclass(frozen=True)
class Numbered:
    key: int


class Counting:
    """A list of rows numbered from 0, that says how often it was asked and for how many."""

    def __init__(self, length: int) -> None:
        self.length = length
        self.asked: list[int] = []

    async def page(self, after: Any, direction: Direction, count: int) -> Sequence[Numbered]:
        self.asked.append(count)
        if direction == "down":
            start = 0 if after is None else after + 1
            return [Numbered(n) for n in range(start, min(self.length, start + count))]
        end = self.length if after is None else after
        return [Numbered(n) for n in range(max(0, end - count), end)]

    async def total(self) -> int:
        return self.length


def window_on(rows: Counting) -> RowWindow:
    return RowWindow(KeysetRows(rows.page, rows.total))


def keys(window: RowWindow) -> list[int]:
    return [row.key for row in window.rows]


def test_the_first_page_asks_for_one_window_however_long_the_list() -> None:
    rows = Counting(1_000_000)

    asyncio.run(window_on(rows).go_top())

    assert rows.asked == [WINDOW]


def test_the_end_of_a_million_costs_one_page_too() -> None:
    rows = Counting(1_000_000)
    window = window_on(rows)
    asyncio.run(window.count())
    asyncio.run(window.go_end())

    assert keys(window)[-1] == 999_999
    assert window.before == 999_800
    assert rows.asked == [WINDOW]


def test_asked_again_around_a_row_that_is_gone_its_neighbours_come() -> None:
    window = RowWindow(FewRows([Numbered(n) for n in (1, 2, 4)]))

    asyncio.run(window.go_near(3))

    assert keys(window) == [1, 2, 4]


STEPS = st.lists(st.sampled_from(["more_below", "more_above", "go_top", "go_end", "near"]), max_size=25)


@given(length=st.integers(0, 3000), steps=STEPS)
def test_the_rows_held_are_an_unbroken_part_of_the_list(length: int, steps: list[str]) -> None:
    window = window_on(Counting(length))

    async def go() -> None:
        await window.count()
        await window.go_top()
        for step in steps:
            middle = window.rows[len(window.rows) // 2].key if window.rows else 0
            await (window.go_near(middle) if step == "near" else getattr(window, step)())
            held = keys(window)
            assert held == list(range(held[0], held[-1] + 1)) if held else length == 0
            assert len(held) <= HELD
            assert window.before == (held[0] if held else 0)
            assert not window.at_top or not held or held[0] == 0
            assert not window.at_end or not held or held[-1] == length - 1

    asyncio.run(go())
