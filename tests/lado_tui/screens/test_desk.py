"""Home: what lies on the desk when an officer sits down, and where each key leads."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from db.drafts import Draft
from db.models import Adult, Enquiry, Setting, table
from db.store import Store
from lado_tui.app import LadoApp
from lado_tui.screens.desk import DeskScreen
from lado_tui.screens.desk_words import day_words
from tests.conftest import FrozenClock
from tests.driver import DutyRoom, duty_room
from tests.hostile import HOSTILE
from tests.lado_tui.screens.a_morning import TODAY
from tests.lado_tui.screens.conftest import SIZES
from tests.planted import plant, plant_adult, plant_case, plant_enquiry

AppOf = Callable[..., LadoApp]
CANARY = "Zzkestrel"


@asynccontextmanager
async def at_home(app: LadoApp, size: tuple[int, int] = (80, 24)) -> AsyncIterator[DutyRoom]:
    """The officer sits at home, everything asked has come."""
    async with duty_room(app, size) as room:
        await room.expect_place("desk")
        await room.settle()
        yield room


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """Where the officer was led: places are noted, not opened."""
    led: list[tuple[str, dict[str, Any]]] = []
    monkeypatch.setattr(LadoApp, "open_place", lambda app, name, **options: led.append((name, options)))
    return led


# What is seen -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_home_as_a_lado_sees_it(morning: Store, app_of: AppOf, size: tuple[int, int]) -> None:
    async with at_home(app_of("lado"), size) as room:
        await room.press("right")
        await room.settle()
        room.expect_picture(f"desk_{size[0]}x{size[1]}")


async def test_home_as_the_manager_sees_it(morning: Store, app_of: AppOf) -> None:
    async with at_home(app_of("manager"), (120, 40)) as room:
        room.expect_picture("desk_manager_120x40")


@pytest.mark.parametrize(
    ("who", "section"),
    [
        ("lado", "[Mine 6]"),
        ("cro", "[Duty 5]"),
        ("relief", "[Duty 5]"),
        ("manager", "[Team 11]"),
        ("auditor", "[Team 11]"),
    ],
)
async def test_each_role_begins_with_the_list_it_works(morning: Store, app_of: AppOf, who: str, section: str) -> None:
    async with at_home(app_of(who)) as room:
        await room.expect_text(section)


@pytest.mark.parametrize("size", SIZES)
async def test_nobody_off_the_list_reads_a_word_of_a_restricted_record(
    morning: Store, app_of: AppOf, size: tuple[int, int]
) -> None:
    async with at_home(app_of("lado"), size) as room:
        for _ in range(6):
            await room.press("right", "end")
            await room.settle()
            assert CANARY not in room.screen_text
        await room.press("right", "right")
        await room.expect_text("## RESTRICT")
        await room.press("8")
        await room.settle()
        assert CANARY not in room.screen_text


async def test_the_row_under_the_cursor_is_told_in_two_lines(morning: Store, app_of: AppOf) -> None:
    async with at_home(app_of("cro")) as room:
        await room.press("end")
        await room.expect_text("E26-0817  Child safe now: yes.  Telephone 10:22, Designated safeguarding")
        await room.expect_text("Heard before?  1 person of a like name. Press H to compare.")


async def test_a_restricted_row_tells_to_ask_the_manager(morning: Store, app_of: AppOf) -> None:
    async with at_home(app_of("lado")) as room:
        await room.press("right", "right")
        await room.expect_text("RESTRICT")
        await room.press(*["down"] * 7)
        await room.expect_text("R26-0340 is restricted. You are not on its access list.")


@pytest.mark.parametrize("size", SIZES)
async def test_f9_covers_every_name_and_every_word_said(morning: Store, app_of: AppOf, size: tuple[int, int]) -> None:
    said = ("Hartley", "Sloan", "Pell", "grabbed", "Shouted", "Brandt", "Quill")
    async with at_home(app_of("lado"), size) as room:
        assert "Hartley" in room.screen_text
        await room.press("f9")
        for _ in range(3):
            for key in ("down", "end"):
                await room.press(key)
                await room.settle()
                assert not [word for word in said if word in room.screen_text]
            await room.press("right")


async def test_hostile_words_are_shown_letter_for_letter(store: Store, app_of: AppOf) -> None:
    for number, trick in enumerate(HOSTILE.values()):
        adult = plant(store, Adult, version=1, name=trick, born_given="not_known", entered_at=NOON)
        place = plant(store, Setting, version=1, name=trick, own_service=False, entered_at=NOON)
        plant_enquiry(store, ref=f"E26-{number:04}", adult_id=adult, setting_id=place, next_step=trick[:40],
                      account=trick, advice=trick, organisation=trick)  # fmt: skip
    async with at_home(app_of("cro"), (120, 40)) as room:
        for _ in HOSTILE:
            await room.press("down")
            await room.settle()
        text = room.screen_text
        assert "Jo [bold]Smit" in text
        assert "Smith [/] Jones" in text
        assert not any(hidden in text for hidden in ("\x1b", "\x07", "\x9b", "\u202e", "\u200b", "\x00"))


NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)


async def test_an_empty_desk_says_what_to_do(app_of: AppOf) -> None:
    async with at_home(app_of("cro")) as room:
        await room.expect_text("Nothing waits on the duty list. Press N to log an enquiry.")
        await room.expect_text("Nobody is down for duty now.")


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "Thu 12"), (-2, "Tue 10"), (13, "Wed 25"), (14, "26 Mar"), (-14, "26 Feb"), (299, "5 Jan"), (300, "Jan'27")],
)
def test_a_day_is_said_in_six_cells_without_doubt(days: int, said: str) -> None:
    assert day_words(TODAY + timedelta(days=days), TODAY) == said
    assert len(said) <= 6


# Where the keys lead ----------------------------------------------------------------------------------------------


async def test_left_and_right_go_round_the_lists(morning: Store, app_of: AppOf) -> None:
    async with at_home(app_of("lado")) as room:
        for words in ("[Duty 5]", "[Team 11]", "[Not allocated 1]", "[To move 1]", "[Drafts 0]", "[Mine 6]"):
            await room.press("right")
            await room.expect_text(words)
        await room.press("left")
        await room.expect_text("[Drafts 0]")


LEADS_TO = {
    "enter": ("case", "case_id"),
    "1": ("case", "case_id"),
    "t": ("screening", "case_id"),
    "o": ("outcome", "case_id"),
    "h": ("person", "kind"),
    "f4": ("person", "kind"),
    "s": ("stats", ""),
    "l": ("duty_lines", ""),
    "slash": ("find", ""),
    "f3": ("find", ""),
    "n": ("enquiry", ""),
    "f2": ("enquiry", ""),
}
"""One key from a case's row, and the place it opens with its first option."""


async def test_one_key_leads_where_it_says(
    morning: Store, app_of: AppOf, opened: list[tuple[str, dict[str, Any]]]
) -> None:
    async with at_home(app_of("lado")) as room:
        for key, (place, option) in LEADS_TO.items():
            await room.press(key)
            await room.settle()
            name, options = opened.pop()
            assert (name, next(iter(options), "")) == (place, option), key
        await room.press("right", "end")
        await room.settle()
        await room.press("enter")
        await room.settle()
        assert opened.pop()[0] == "enquiry"


async def test_an_enquiry_has_no_threshold_and_no_outcome(
    morning: Store, app_of: AppOf, opened: list[tuple[str, dict[str, Any]]]
) -> None:
    async with at_home(app_of("lado")) as room:
        await room.press("right", "end")
        await room.settle()
        await room.press("t")
        await room.expect_text("Only a referral is decided on. Enter opens the enquiry.")
        await room.press("o")
        await room.expect_text("Only a case has an outcome. Enter opens the enquiry.")
    assert not opened


async def test_a_key_that_is_off_says_why(morning: Store, app_of: AppOf) -> None:
    async with at_home(app_of("relief")) as room:
        for key, why in (("t", "decide on the threshold"), ("s", "read figures"), ("l", "duty line")):
            await room.press(key)
            await room.expect_toast(why)


async def test_coming_back_asks_again_and_keeps_the_row(morning: Store, app_of: AppOf) -> None:
    async with at_home(app_of("lado")) as room:
        await room.press("down", "down", "slash")
        await room.expect_place("find")
        plant_case(morning, ref="R26-0500", owner_id=1, adult_id=plant_adult(morning, "Ada Late"),
                   due_on=TODAY - timedelta(days=5), classification="allegation")  # fmt: skip
        await room.press("escape")
        await room.expect_text("[Mine 7]")
        await room.expect_text("R26-0500")
        await room.expect_text(">  4 .. WAITING   R26-0377")


async def test_f5_asks_again(morning: Store, app_of: AppOf) -> None:
    async with at_home(app_of("lado")) as room:
        plant_case(morning, ref="R26-0500", owner_id=1, adult_id=plant_adult(morning, "Ada Late"))
        await room.press("f5")
        await room.expect_text("[Mine 7]")


async def test_nothing_ticks(morning: Store, app_of: AppOf, clock: FrozenClock) -> None:
    async with at_home(app_of("lado")) as room:
        before = room.screen_text
        clock.pass_time(minutes=7)
        await room.settle()
        assert room.screen_text == before


# Drafts -----------------------------------------------------------------------------------------------------------


async def test_a_draft_is_told_listed_and_gone_on_with(
    morning: Store, app_of: AppOf, opened: list[tuple[str, dict[str, Any]]]
) -> None:
    app = app_of("lado")
    async with at_home(app) as room:
        assert app.desk is not None
        draft = Draft("enquiry", NOON, answers={"adult_name": CANARY}, title=CANARY, saved_at=NOON, writing=1)
        app.desk.drafts.keep(draft)
        await room.press("f5")
        await room.expect_text("Not finished: enquiry, written 12:00. D goes on with it.")
        await room.press("left")
        await room.expect_text("[Drafts 1]")
        await room.expect_text(CANARY)
        await room.press("f9")
        await room.expect_no_text(CANARY)
        await room.press("enter")
        await room.press("d")
        await room.settle()
    assert [(name, options["draft"].id) for name, options in opened] == [("enquiry", draft.id)] * 2


async def test_d_without_a_draft_says_so(morning: Store, app_of: AppOf) -> None:
    async with at_home(app_of("lado")) as room:
        await room.press("d")
        await room.expect_text("There is no draft.")


async def test_a_damaged_draft_is_named_and_left_alone(morning: Store, app_of: AppOf) -> None:
    app = app_of("lado")
    async with at_home(app) as room:
        assert app.desk is not None
        folder = app.desk.drafts.folder
        folder.mkdir(parents=True)
        (folder / "broken.draft").write_bytes(b"nothing of ours")
        await room.press("f5")
        await room.expect_text("1 draft does not read back as written.")
        assert (folder / "broken.draft").read_bytes() == b"nothing of ours"


# A long list ------------------------------------------------------------------------------------------------------


async def test_a_list_longer_than_its_windows_is_walked_to_its_end_and_back(store: Store, app_of: AppOf) -> None:
    from sqlalchemy import insert

    first = plant_enquiry(store, ref="E26-0001")
    with store.read() as connection:
        enquiries = table(Enquiry)
        row = dict(connection.execute(enquiries.select().where(enquiries.c.id == first)).mappings().one())
    more = [{**row, "id": None, "ref": f"E25-{number:04d}"} for number in range(700)]
    with store.write() as connection:
        connection.execute(insert(enquiries), more)
    async with at_home(app_of("cro")) as room:
        await room.press("end")
        await room.expect_text("E25-0699")
        screen = room.app.screen
        assert isinstance(screen, DeskScreen)
        assert len(screen.table.window.rows) <= 600
        await room.press("home")
        await room.expect_text("E26-0001")
