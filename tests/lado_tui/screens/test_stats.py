"""The stats page: the week, the month and the year beside last year's, and the cases behind each number."""

import re
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import insert

from db.models import ServiceTerm, table
from db.store import Store
from db.text import visible
from lado_tui.app import LadoApp
from lado_tui.widgets.record_list import RecordList
from lado_tui.widgets.weekly_chart import WeeklyChart
from tests.driver import DutyRoom, duty_room
from tests.hostile import HOSTILE
from tests.lado_tui.screens import two_years
from tests.lado_tui.screens.conftest import SIZES

AppOf = Callable[..., LadoApp]


@pytest.fixture(scope="module")
def years_store(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years of a small service, laid out once and copied for each test."""
    path = tmp_path_factory.mktemp("years") / "years.lado"
    shutil.copy(empty_store, path)
    store = Store.open(path)
    two_years.lay_out(store)
    store.close()
    return path


@pytest.fixture(autouse=True)
def years(years_store: Path, store_path: Path) -> Iterator[Store]:
    """The store with its two years."""
    shutil.copy(years_store, store_path)
    store = Store.open(store_path)
    yield store
    store.close()


@asynccontextmanager
async def at_the_figures(app: LadoApp, size: tuple[int, int] = (80, 24)) -> AsyncIterator[DutyRoom]:
    """The officer pressed S at home."""
    async with duty_room(app, size) as room:
        await room.expect_place("desk")
        await room.settle()
        await room.press("s")
        await room.expect_place("stats")
        await settled(room)
        yield room


async def settled(room: DutyRoom) -> None:
    """Everything was counted, the gaps too."""
    await room.expect_text("EACH WEEK")
    await room.settle()
    await room.settle()


def line(room: DutyRoom, words: str) -> str:
    """The line on the screen with these words."""
    return next(each for each in room.screen_text.splitlines() if words in each)


async def go_to_measure(room: DutyRoom, label: str) -> None:
    """The cursor goes down to a measure."""
    table = room.app.screen.query_one(RecordList)
    await room.press("home")
    for _ in range(60):
        if table.row is not None and table.row.label.strip() == label:
            return
        await room.press("down")
    raise AssertionError(f"There is no measure {label!r}")


# What the page shows


@pytest.mark.parametrize("size", SIZES)
async def test_the_manager_reads_the_year_so_far(app_of: AppOf, size: tuple[int, int]) -> None:
    async with at_the_figures(app_of("manager"), size) as room:
        assert "beside 2024-25 to 12 Mar 2025" in room.screen_text
        assert re.search(r"Referrals received +69 +69 +0%", room.screen_text)
        room.expect_picture(f"stats_{size[0]}x{size[1]}")


async def test_a_lado_reads_the_figures_but_not_what_each_colleague_holds(app_of: AppOf) -> None:
    async with at_the_figures(app_of("lado"), (120, 40)) as room:
        await room.press("end")
        await room.settle()
        assert "HOLDS TODAY" not in room.screen_text
        assert "PER FULL-TIME POST" not in room.screen_text
        assert "Caseload" not in room.screen_text


async def test_a_relief_worker_is_told_that_figures_are_not_theirs(app_of: AppOf) -> None:
    async with duty_room(app_of("relief")) as room:
        await room.expect_place("desk")
        await room.settle()
        await room.press("s")
        await room.expect_toast("does not read figures")
        assert room.place == "desk"


async def test_what_each_officer_holds_stands_against_the_mark(app_of: AppOf) -> None:
    async with at_the_figures(app_of("manager"), (120, 40)) as room:
        await room.press("end")
        await room.settle()
        assert "MO, 1.00 FTE" in room.screen_text
        assert "PS, 0.60 FTE" in room.screen_text
        assert "CASES PER FULL-TIME POST, MARK AT 90" in room.screen_text


async def test_the_week_under_way_shows_what_is_not_decided_yet(app_of: AppOf) -> None:
    async with at_the_figures(app_of("manager")) as room:
        assert "? not decided yet" in room.screen_text
        assert "?" in line(room, "wk 10")


# Other periods, sectors and charts


async def test_w_m_and_y_change_the_period_and_left_and_right_go_through_them(app_of: AppOf) -> None:
    async with at_the_figures(app_of("manager")) as room:
        for key, words in (
            ("w", "9 Mar 2026 to 12 Mar 2026"),
            ("left", "2 Mar 2026 to 8 Mar 2026, as at 12 Mar 2026"),
            ("right", "9 Mar 2026 to 12 Mar 2026"),
            ("m", "1 Mar 2026 to 12 Mar 2026"),
            ("left", "1 Feb 2026 to 28 Feb 2026"),
            ("y", "1 Apr 2025 to 12 Mar 2026"),
            ("left", "1 Apr 2024 to 31 Mar 2025 |"),
        ):
            await room.press(key)
            await room.expect_text(words)


async def test_nothing_comes_after_the_period_under_way(app_of: AppOf) -> None:
    async with at_the_figures(app_of("manager")) as room:
        await room.press("right")
        await room.expect_toast("2025-26 is the newest")


async def test_one_sector_after_the_other_and_then_all_again(app_of: AppOf) -> None:
    async with at_the_figures(app_of("manager")) as room:
        received = []
        for words in ("Education", "Early years", "Fostering", "Wider workforce", "all sectors"):
            await room.press("s")
            await room.expect_text(f"| {words} |")
            await settled(room)
            received.append(int(line(room, "Referrals received").split()[2]))
        assert sum(received[:4]) == received[4] == 69


async def test_the_chart_of_enquiries_and_back(app_of: AppOf) -> None:
    async with at_the_figures(app_of("manager")) as room:
        await room.press("e")
        await room.expect_text("ENQUIRIES EACH WEEK   1.7 a week in this period")
        await room.press("e")
        await room.expect_text("REFERRALS EACH WEEK")


async def test_gaps_in_the_record_are_said_at_once_and_listed_with_x(app_of: AppOf) -> None:
    async with at_the_figures(app_of("manager")) as room:
        await room.expect_text("! X lists gaps.")
        await room.press("x")
        await room.expect_text("WHAT IS MISSING OR AT ODDS")
        assert line(room, "Area not recorded").split()[-1] == "6"
        await room.press("x")
        await room.expect_text("IN SHORT")


# What a number counts


async def test_enter_on_a_number_lists_what_it_counts_and_opens_a_case(app_of: AppOf) -> None:
    async with at_the_figures(app_of("manager")) as room:
        await go_to_measure(room, "allegations (threshold met)")
        number = line(room, "allegations (threshold").split("met)")[1].split()[0]
        await room.press("enter")
        await room.expect_place("counted")
        await room.expect_text(f"Referrals received: Allegation: {number}")
        await room.settle()
        await room.press("enter")
        await room.expect_place("case")


async def test_restricted_cases_are_counted_and_not_listed(app_of: AppOf) -> None:
    async with at_the_figures(app_of("lado")) as room:
        await go_to_measure(room, "Referrals received")
        await room.press("enter")
        await room.expect_text("Referrals received: 66 and 3 restricted")


async def test_esc_comes_back_to_the_number_one_came_from(app_of: AppOf) -> None:
    async with at_the_figures(app_of("manager")) as room:
        await go_to_measure(room, "Still open")
        await room.press("enter")
        await room.expect_place("counted")
        await room.settle()
        await room.press("escape")
        await room.expect_place("stats")
        await settled(room)
        assert room.app.screen.query_one(RecordList).row.label == "Still open"


async def test_l_lists_what_last_years_number_counts(app_of: AppOf) -> None:
    async with at_the_figures(app_of("manager")) as room:
        await go_to_measure(room, "Referrals received")
        await room.press("l")
        await room.expect_text(" 1 Apr 2024 to 12 Mar 2025\n Referrals received in the period.")


async def test_a_week_of_the_chart_opens_its_list_and_that_of_last_year(app_of: AppOf) -> None:
    async with at_the_figures(app_of("manager")) as room:
        await room.press("shift+tab")
        room.expect_focus(WeeklyChart)
        await room.press("up", "enter")
        await room.expect_text(" 2 Mar 2026 to 8 Mar 2026")
        await room.press("escape")
        await room.expect_place("stats")
        await settled(room)
        await room.press("l")
        await room.expect_text(" 3 Mar 2025 to 9 Mar 2025")


async def test_an_officers_bar_opens_the_cases_they_hold(app_of: AppOf) -> None:
    async with at_the_figures(app_of("manager")) as room:
        await go_to_measure(room, "PS, 0.60 FTE")
        held = line(room, "PS, 0.60 FTE").split()[4]
        await room.press("enter")
        await room.expect_text(f"Open cases, PS: {held}")


async def test_a_number_worked_out_from_others_says_so(app_of: AppOf) -> None:
    async with at_the_figures(app_of("manager")) as room:
        await go_to_measure(room, "Caseload of a full-time LADO")
        await room.press("enter")
        await room.expect_toast("worked out from others")


# Words, names, hostile text


async def test_the_page_in_sentences(app_of: AppOf) -> None:
    async with at_the_figures(app_of("manager"), (120, 40)) as room:
        await room.press("d")
        await room.expect_place("reading")
        await room.expect_text("Week 14, 1 Apr 2025 to 6 Apr 2025: 1 referral (1 allegation), 2 last year;")
        await room.press("end")
        await room.expect_text("Referrals received in the period.")


async def test_no_name_stands_anywhere_among_the_figures(app_of: AppOf) -> None:
    async with at_the_figures(app_of("manager"), (120, 40)) as room:
        seen = [room.screen_text]
        for keys in (("end",), ("home", "enter"), ("escape",), ("shift+tab", "enter"), ("escape",), ("d",)):
            await room.press(*keys)
            await room.settle()
            seen.append(room.screen_text)
        assert room.place == "reading"
        assert not [text for text in seen if two_years.CANARY.split()[0] in text]


OWN_WORDS = (
    *(
        ("classification", code)
        for code in ("allegation", "consultation", "information_only", "not_threshold", "pending")
    ),
    *(("concern_type", code) for code in ("physical", "suitability")),
    *(("sector", code) for code in ("education", "early_years", "fostering", "wider")),
    *(("enquiry_result", code) for code in ("advised_refer", "advice_given")),
)
"""The thirteen words of the service's lists that can be seen here, each of which may be hostile."""


@pytest.fixture
def hostile_words(years: Store) -> None:
    """A service that words its lists badly."""
    rows = [
        {"list_name": name, "code": code, "label": label, "position": 0, "retired": False}
        for (name, code), label in zip(OWN_WORDS, HOSTILE.values(), strict=True)
    ]
    with years.write() as connection:
        connection.execute(insert(table(ServiceTerm)), rows)


@pytest.mark.usefixtures("hostile_words")
async def test_words_of_the_services_own_are_shown_letter_for_letter(app_of: AppOf) -> None:
    async with at_the_figures(app_of("manager"), (250, 60)) as room:
        seen = [room.screen_text]
        for measure in ("Referrals received", "Enquiries"):
            await go_to_measure(room, measure)
            await room.press("enter")
            await room.expect_place("counted")
            await room.settle()
            seen.append(room.screen_text)
            await room.press("escape")
            await room.expect_place("stats")
            await settled(room)
        everything = "\n".join(seen)
        assert [text for text in HOSTILE.values() if visible(text, one_line=True) not in everything] == []


@pytest.mark.usefixtures("hostile_words")
async def test_hostile_words_break_no_page_of_a_small_window(app_of: AppOf) -> None:
    async with at_the_figures(app_of("manager")) as room:
        for keys, place in (
            (("s",), "stats"),
            (("d",), "reading"),
            (("escape", "x"), "stats"),
            (("enter",), "counted"),
        ):
            await room.press(*keys)
            await room.expect_place(place)
            await room.settle()
            assert not set(room.screen_text) & {"\x1b", "\x07", "\x9b", "\x00", "\u202e", "\u200b"}


async def test_a_window_made_wider_and_narrower_keeps_the_place(app_of: AppOf) -> None:
    async with at_the_figures(app_of("manager")) as room:
        await go_to_measure(room, "Still open")
        await room.pilot.resize_terminal(160, 40)
        await settled(room)
        assert " of 58" in room.screen_text
        await room.pilot.resize_terminal(80, 24)
        await settled(room)
        assert room.app.screen.query_one(RecordList).row.label == "Still open"
