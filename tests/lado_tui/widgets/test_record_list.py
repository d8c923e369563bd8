"""Going through lists with the keyboard: short ones, and one of a million."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from textual import on

from db.errors import DeskError
from db.text import visible
from lado_tui.screens.place import Place
from lado_tui.show import Name
from lado_tui.widgets.record_list import Column, FewRows, KeysetRows, RecordList
from lado_tui.widgets.row_window import HELD, Direction
from lado_tui.widgets.status import status_part
from lado_tui.widgets.timeline import Timeline
from tests.driver import DutyRoom, duty_room
from tests.hostile import HOSTILE
from tests.lado_tui.bench import Bench, BenchPlace


@dataclass(frozen=True)
class Item:
    key: int
    ref: str
    adult: str = "Hartley J"
    step: str = "Decide threshold"
    mark: str = "!!"
    status: str = "LATE 2d"
    restricted: bool = False
    sector: str = ""


COLUMNS = (
    Column("STATUS", 12, lambda row: status_part(row.mark, row.status)),
    Column("REF", 10, lambda row: row.ref, public=True),
    Column("ADULT", 15, lambda row: Name(row.adult)),
    Column("NEXT STEP", 0, lambda row: row.step),
)


def item(number: int) -> Item:
    return Item(number, f"R26-{number:06}")


def million(length: int = 1_000_000) -> KeysetRows:
    async def page(after: Any, direction: Direction, count: int) -> Sequence[Item]:
        if direction == "down":
            start = 0 if after is None else after + 1
            return [item(n) for n in range(start, min(length, start + count))]
        end = length if after is None else after
        return [item(n) for n in range(max(0, end - count), end)]

    async def total() -> int:
        return length

    return KeysetRows(page, total)


class ListPlace(BenchPlace):
    """The bench, noting what the list tells."""

    def __init__(self, table: RecordList) -> None:
        super().__init__([table])
        self.table = table
        self.opened: list[Any] = []
        self.moved: list[Any] = []

    @on(RecordList.Opened)
    def note_opened(self, event: RecordList.Opened) -> None:
        self.opened.append(event.row)

    @on(RecordList.Moved)
    def note_moved(self, event: RecordList.Moved) -> None:
        self.moved.append(event.row)


def bench(table: RecordList) -> tuple[Bench, ListPlace]:
    place = ListPlace(table)
    return Bench(place=lambda: place), place


async def filled(room: DutyRoom, table: RecordList, rows: Any) -> None:
    table.show(rows)
    await room.wait_until(lambda: table.loaded and not table._asking, "the rows")
    await room.settle()


async def test_the_row_under_the_cursor_is_opened_with_enter() -> None:
    table = RecordList(COLUMNS)
    app, place = bench(table)
    async with duty_room(app) as room:
        await filled(room, table, FewRows([item(n) for n in range(5)]))
        await room.press("down", "down", "enter")
        await room.settle()

        assert [row.key for row in place.opened] == [2]
        assert place.moved[-1].key == 2
        await room.expect_text(">  3 !! LATE 2d")


async def test_a_digit_opens_that_row_of_the_screen() -> None:
    table = RecordList(COLUMNS)
    app, place = bench(table)
    async with duty_room(app) as room:
        await filled(room, table, million())
        await room.press("pagedown", "pagedown", "3")
        await room.settle()

        assert place.opened[-1] is table.rows_in_view[2]


async def test_a_million_rows_are_gone_through_holding_a_few_hundred() -> None:
    table = RecordList(COLUMNS)
    app, _ = bench(table)
    async with duty_room(app) as room:
        await filled(room, table, million())
        await room.expect_text("R26-000000")
        for _ in range(40):
            await room.press("pagedown")
        await room.settle()
        assert table.row.key == 40 * (table._room - 1)
        assert len(table.window.rows) <= HELD

        await room.press("end")
        await room.expect_text("R26-999999")
        assert table.position_words.endswith("-1,000,000 of 1,000,000")
        for _ in range(40):
            await room.press("pageup")
        await room.settle()
        assert table.row.key == 999_999 - 40 * (table._room - 1)

        await room.press("home")
        await room.expect_text("R26-000000")
        assert table.position_words.startswith("1-")


async def test_a_key_held_down_at_the_edge_goes_on_when_the_rows_have_come() -> None:
    table = RecordList(COLUMNS)
    app, _ = bench(table)
    async with duty_room(app) as room:
        await filled(room, table, million(450))
        for _ in range(5):
            table.action_page(10)
        await room.wait_until(lambda: table.row is not None and table.row.key == 449, "the last row")


async def test_asked_again_the_cursor_stays_on_its_row() -> None:
    table = RecordList(COLUMNS)
    app, _ = bench(table)
    async with duty_room(app) as room:
        rows = [item(n) for n in range(10, 20)]
        await filled(room, table, FewRows(rows))
        await room.press("down", "down", "down")
        table.show(FewRows([item(5), *rows]), keep=True)
        await room.settle()

        assert table.row.key == 13


async def test_where_its_row_is_gone_the_cursor_stays_close_by() -> None:
    table = RecordList(COLUMNS)
    app, _ = bench(table)
    async with duty_room(app) as room:
        rows = [item(n) for n in range(10)]
        await filled(room, table, FewRows(rows))
        await room.press("end")
        table.show(FewRows(rows[:-1]), keep=True)
        await room.settle()

        assert table.row.key == 8


async def test_an_empty_list_says_what_to_do() -> None:
    table = RecordList(COLUMNS, empty="No enquiries yet today. Press N to log one.")
    app, place = bench(table)
    async with duty_room(app) as room:
        await filled(room, table, FewRows(()))
        await room.press("enter", "down", "end", "1")

        await room.expect_text("No enquiries yet today. Press N to log one.")
        assert not place.opened


async def test_a_restricted_row_shows_its_reference_and_the_word_and_nothing_else() -> None:
    table = RecordList(COLUMNS)
    app, _ = bench(table)
    async with duty_room(app) as room:
        secret = replace(item(340), restricted=True, adult="ZZKESTREL", step="ZZKESTREL", status="ZZKESTREL")
        await filled(room, table, FewRows([secret]))

        await room.expect_text("## RESTRICT  R26-000340 -")
        assert "ZZKESTREL" not in room.screen_text


async def test_names_are_covered_with_f9_and_the_row_keeps_its_shape() -> None:
    table = RecordList(COLUMNS)
    app, _ = bench(table)
    async with duty_room(app) as room:
        await filled(room, table, FewRows([item(1)]))
        before = room.screen_text.index("Decide threshold")
        await room.press("f9")
        await room.expect_no_text("Hartley")
        assert room.screen_text.index("Decide threshold") == before


async def test_groups_have_headings_and_the_cursor_passes_over_them() -> None:
    table = RecordList(COLUMNS, group_of=lambda row: row.sector)
    app, _ = bench(table)
    async with duty_room(app) as room:
        rows = [replace(item(n), sector="PEOPLE" if n < 2 else "CASES") for n in range(4)]
        await filled(room, table, FewRows(rows))
        await room.press("down", "down")

        assert table.row.key == 2
        lines = room.screen_text.splitlines()
        assert [line.strip() for line in lines if line.strip() in ("PEOPLE", "CASES")] == ["PEOPLE", "CASES"]
        assert any(line.startswith(">  3") for line in lines)


async def test_statuses_are_told_apart_without_colour() -> None:
    table = RecordList(COLUMNS)
    app, _ = bench(table)
    async with duty_room(app) as room:
        marks = [("!!", "LATE 2d"), ("! ", "TODAY"), ("* ", "NEW 10:22"), ("..", "WAITING"), ("  ", "ON TRACK")]
        rows = [replace(item(n), mark=mark, status=word) for n, (mark, word) in enumerate(marks)]
        await filled(room, table, FewRows(rows))

        for mark, word in marks:
            await room.expect_text(f"{mark} {word}")


async def test_what_the_desk_says_against_it_is_told_in_the_message_line() -> None:
    async def refuse(after: Any, direction: Direction, count: int) -> Sequence[Item]:
        raise DeskError("The store is locked by another save")

    table = RecordList(COLUMNS)
    app, _ = bench(table)
    async with duty_room(app) as room:
        table.show(KeysetRows(refuse))

        await room.expect_text("The store is locked by another save")


@pytest.mark.parametrize("trick", HOSTILE)
async def test_hostile_text_in_every_column_is_only_text(trick: str) -> None:
    text = HOSTILE[trick]
    wide = (
        Column(text, 30, lambda row: status_part("!!", text)),
        Column("A", 30, lambda row: Name(text)),
        Column("B", 30, lambda row: text, right=True),
        Column("C", 0, lambda row: text),
    )
    table = RecordList(wide, group_of=lambda row: text)
    app, _ = bench(table)
    async with duty_room(app, size=(160, 30)) as room:
        await filled(room, table, FewRows([item(1)]))
        row = next(line for line in room.screen_text.splitlines() if line.startswith(">"))

        assert row.count(visible(text)) == 4


@dataclass(frozen=True)
class Entry:
    key: int
    when: str
    who: str
    kind: str
    words: str


async def test_a_timeline_reads_when_who_what_and_the_words() -> None:
    timeline = Timeline()
    app, _ = bench(timeline)
    async with duty_room(app) as room:
        entry = Entry(1, "12 Mar 09:50", "MO", "Call", "HR: investigator changed, new date 30 March")
        await filled(room, timeline, FewRows([entry]))

        await room.expect_text("12 Mar 09:50 MO    Call       HR: investigator changed, new date 30 March")


async def test_it_is_a_place_that_holds_the_list() -> None:
    app, place = bench(RecordList(COLUMNS))
    async with duty_room(app):
        assert isinstance(app.screen, Place)
        assert app.screen is place


async def test_keys_pressed_while_the_rows_are_fetched_are_meant_for_them() -> None:
    table = RecordList(COLUMNS)
    app, place = bench(table)
    async with duty_room(app) as room:
        table.show(million(50))
        await room.press("end", "up", "enter")
        await room.settle()

        assert [row.key for row in place.opened] == [48]
