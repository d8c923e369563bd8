"""Charts made of letters add up, read aloud, and tell kinds apart without colour."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.text import visible
from lado_tui.widgets.bars import Bar, Bars, Series, bar_parts
from lado_tui.widgets.clock_bar import ClockBar
from lado_tui.widgets.drawn import Part, Words
from lado_tui.widgets.side_panel import SidePanel
from lado_tui.widgets.weekly_chart import Week, WeeklyChart
from tests.driver import duty_room
from tests.hostile import HOSTILE
from tests.lado_tui.bench import Bench

KINDS = (Series("allegations", "#"), Series("consultations", "="), Series("not decided yet", "?", "ask"))

WEEKS = [Week("wk 49", (11, 6, 2), 22), Week("wk 50", (14, 8, 1), 25), Week("wk  1", (0, 0, 0), None)]


@given(st.lists(st.integers(0, 500), min_size=3, max_size=3), st.integers(1, 1000), st.integers(1, 120))
def test_a_bar_is_as_wide_as_its_room_and_shows_every_kind_there_is_room_for(
    values: list[int], most: int, width: int
) -> None:
    drawn = "".join(part.words for part in bar_parts(values, KINDS, max(most, sum(values)), width))
    long = len(drawn.rstrip())

    assert len(drawn) == width
    assert (long > 0) == (sum(values) > 0)
    if long >= sum(value > 0 for value in values):
        assert all((kind.mark in drawn) == (value > 0) for kind, value in zip(KINDS, values, strict=True))


def test_a_bar_that_is_the_most_fills_its_room() -> None:
    assert "".join(part.words for part in bar_parts([20, 10, 10], KINDS, 40, 20)) == "##########=====?????"


async def test_weeks_stand_against_last_year_with_their_numbers() -> None:
    chart = WeeklyChart(KINDS)
    async with duty_room(Bench(chart)) as room:
        chart.show(WEEKS)
        await room.pilot.pause()
        lines = room.screen_text.splitlines()
        this = next(line for line in lines if "wk 49" in line)
        nothing = next(line for line in lines if "wk  1" in line)

        assert "#" in this
        assert "=" in this
        assert "?" in this
        assert " 19 " in this
        assert this.endswith("22")
        assert nothing.endswith("-")


def test_a_chart_in_words_says_every_number() -> None:
    chart = WeeklyChart(KINDS)
    chart.weeks = WEEKS

    assert chart.in_words().splitlines() == [
        "wk 49: 19 this year (11 allegations, 6 consultations, 2 not decided yet), 22 last year.",
        "wk 50: 23 this year (14 allegations, 8 consultations, 1 not decided yet), 25 last year.",
        "wk  1: 0 this year, no figure for last year.",
    ]


async def test_a_whole_year_of_weeks_is_gone_through_with_the_keys_of_a_list() -> None:
    chart = WeeklyChart(KINDS)
    async with duty_room(Bench(chart)) as room:
        chart.show([Week(f"wk {n:>2}", (n, 0, 0), n) for n in range(1, 53)])
        await room.expect_text("wk 52")
        await room.press("home")
        await room.expect_text(">wk  1")


async def test_a_caseload_past_the_mark_is_seen_to_pass_it() -> None:
    bars = Bars("OPEN CASES (mark 90)", limit=90)
    async with duty_room(Bench(bars)) as room:
        bars.show([Bar("MO", 62), Bar("PS", 98), Bar("LG", 64, "absent")])
        await room.pilot.pause()
        lines = {line[:2]: line for line in room.screen_text.splitlines()}

        assert lines["MO"].index("|") > lines["MO"].rindex("#")
        assert lines["PS"].index("|") < lines["PS"].rindex("#")
        assert lines["MO"].index("|") == lines["PS"].index("|")
        assert bars.in_words() == "MO: 62. PS: 98. LG: 64, absent. The mark is 90."


@dataclass(frozen=True)
class Running:
    name: str
    words: str
    state: str = "running"


async def test_three_clocks_in_words() -> None:
    bar = ClockBar()
    async with duty_room(Bench(bar)) as room:
        bar.show([Running("1 month", "PAST by 8 days", "past"), Running("3 months", "53 days left")])  # type: ignore[list-item]

        await room.expect_text("CLOCK  1 month: PAST by 8 days   3 months: 53 days left")


async def test_the_side_panel_stands_only_in_a_wide_window_and_wraps_at_words() -> None:
    panel = SidePanel()
    async with duty_room(Bench(panel), size=(120, 30)) as room:
        panel.say(Part("WHAT HAPPENED", "heading"), "  Keep out of the room. Send the referral by 16:00 today.")
        await room.expect_text("Keep out of the room. Send the\n")
        assert "  referral by 16:00 today." in room.screen_text
        await room.pilot.resize_terminal(100, 30)
        await room.expect_no_text("WHAT HAPPENED")


@pytest.mark.parametrize("trick", HOSTILE)
async def test_hostile_text_in_charts_and_panels_is_only_text(trick: str) -> None:
    text = HOSTILE[trick]
    bars, panel, words = Bars(text), SidePanel(), Words(text)
    async with duty_room(Bench(words, bars, panel), size=(140, 30)) as room:
        bars.show([Bar(text, 3, text)])
        panel.say(text)
        await room.pilot.pause()

        assert room.screen_text.count(visible(text)) >= 4
