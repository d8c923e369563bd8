"""Find: one box, results as the typing pauses, and a trail of what was meant."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from db.models import AuditEntry, Conflict, table
from db.store import Store
from lado_tui.app import LadoApp
from lado_tui.screens import find as find_screen
from tests.driver import DutyRoom, duty_room
from tests.hostile import HOSTILE
from tests.lado_tui.screens.conftest import SIZES
from tests.planted import plant, plant_adult, plant_case

AppOf = Callable[..., LadoApp]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A search settles sooner than for a person."""
    monkeypatch.setattr(find_screen, "SETTLED", 0.3)


@asynccontextmanager
async def at_the_box(app: LadoApp, size: tuple[int, int] = (80, 24)) -> AsyncIterator[DutyRoom]:
    """The officer pressed F3 at home."""
    async with duty_room(app, size) as room:
        await room.expect_place("desk")
        await room.settle()
        await room.press("f3")
        await room.expect_place("find")
        yield room


def searches(store: Store) -> list[Any]:
    entries = table(AuditEntry)
    with store.read() as connection:
        return list(connection.execute(select(entries).where(entries.c.act == "find").order_by(entries.c.id)))


@pytest.mark.parametrize("size", SIZES)
async def test_a_name_finds_people_cases_and_settings_in_groups(
    morning: Store, app_of: AppOf, size: tuple[int, int]
) -> None:
    plant_case(morning, date(2024, 5, 2), ref="R24-0871", adult_id=plant_adult(morning, "Marie Hartly", findable=True),
               classification="allegation", principal_type="emotional")  # fmt: skip
    async with at_the_box(app_of("lado"), size) as room:
        await room.type_text("hartley")
        await room.expect_text("PEOPLE (2)")
        await room.expect_text("R24-0871")
        await room.settle()
        room.expect_picture(f"find_{size[0]}x{size[1]}")


async def test_enter_goes_to_the_results_a_number_opens_one_and_slash_comes_back(morning: Store, app_of: AppOf) -> None:
    async with at_the_box(app_of("lado")) as room:
        await room.type_text("hartley")
        await room.expect_text("PEOPLE (1)")
        await room.press("enter")
        await room.wait_until(lambda: room.app.focused is find_table(room))
        await room.press("slash")
        await room.wait_until(lambda: room.app.focused is not find_table(room))
        await room.press("down", "1")
        await room.expect_place("person")
        await room.expect_text("ANSWER  YES: 1 record.")
        await room.press("escape")
        await room.expect_place("find")


def find_table(room: DutyRoom) -> object:
    screen = room.app.screen
    assert isinstance(screen, find_screen.FindScreen)
    return screen.table


async def test_a_reference_and_enter_open_the_record_at_once(
    morning: Store, app_of: AppOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    led: list[tuple[str, dict[str, Any]]] = []
    async with at_the_box(app_of("lado")) as room:
        monkeypatch.setattr(LadoApp, "open_place", lambda app, name, **options: led.append((name, options)))
        await room.type_text("r26 412")
        await room.expect_text("1 result.")
        await room.press("enter")
        await room.wait_until(lambda: bool(led))
    assert led[0][0] == "case"


async def test_letters_that_are_commands_elsewhere_are_typed_here(morning: Store, app_of: AppOf) -> None:
    async with at_the_box(app_of("lado")) as room:
        await room.type_text("hnsqd/?189")
        await room.expect_text("Find hnsqd/?189")
        assert room.place == "find"


async def test_nothing_found_says_what_to_try(morning: Store, app_of: AppOf) -> None:
    async with at_the_box(app_of("lado")) as room:
        await room.type_text("xyzzyq")
        await room.expect_text("Nothing found. Try fewer letters, or another spelling.")
        await room.press("enter", "down")
        assert room.place == "find"


# What is kept of it -----------------------------------------------------------------------------------------------


async def test_a_search_that_stands_is_kept_once_and_not_with_every_key(morning: Store, app_of: AppOf) -> None:
    async with at_the_box(app_of("lado")) as room:
        await room.type_text("hartley")
        await room.settle()
        await room.wait_until(lambda: len(searches(morning)) == 1)
        await room.press("backspace", "y")
        await room.settle()
    assert [row.why for row in searches(morning)] == ["duty_call"]


async def test_opening_a_result_settles_the_search_first(
    morning: Store, app_of: AppOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_screen, "SETTLED", 60.0)
    async with at_the_box(app_of("lado")) as room:
        await room.type_text("hartley")
        await room.expect_text("PEOPLE (1)")
        await room.press("down", "enter")
        await room.expect_place("person")
        assert len(searches(morning)) == 1


async def test_on_a_real_store_the_reason_is_asked_once_a_session_with_one_key(morning: Store, app_of: AppOf) -> None:
    app = app_of("lado")
    async with duty_room(app) as room:
        await room.expect_place("desk")
        await room.settle()
        assert app.desk is not None
        app.desk._desk.practice = False
        await room.press("f3")
        await room.expect_text("Why are you searching?")
        await room.press("c")
        await room.type_text("hartley")
        await room.expect_text("Case work")
        await room.wait_until(lambda: [row.why for row in searches(morning)] == ["case_work"])
        await room.press("escape", "f3")
        await room.type_text("sloan")
        await room.expect_text("Find sloan")
        await room.press("ctrl+r", "s")
        await room.expect_text("Subject access")
        await room.wait_until(lambda: searches(morning)[-1].why == "subject_access")


async def test_without_a_reason_nothing_is_looked_up(morning: Store, app_of: AppOf) -> None:
    app = app_of("lado")
    async with duty_room(app) as room:
        await room.expect_place("desk")
        await room.settle()
        assert app.desk is not None
        app.desk._desk.practice = False
        await room.press("f3")
        await room.expect_text("Why are you searching?")
        await room.press("tab")
        await room.press("f3")
        await room.type_text("hartley")
        await room.settle()
        assert "PEOPLE" not in room.screen_text
        assert "say why before you search" in room.screen_text
        assert not searches(morning)


# Who may see what -------------------------------------------------------------------------------------------------


async def test_a_restricted_match_is_acknowledged_and_nothing_more(morning: Store, app_of: AppOf) -> None:
    plant_case(morning, ref="R26-0999", restricted=True, adult_id=plant_adult(morning, "Zzkestrel Low", findable=True))
    async with at_the_box(app_of("lado")) as room:
        for typed in ("zzkest", "r26-0999"):
            await room.type_text(typed)
            await room.expect_text("A restricted record may match. Ask the manager.")
            assert "Zzkestrel" not in room.screen_text
            assert "R26-0999" not in room.screen_text
            await room.press(*["backspace"] * len(typed))
            await room.expect_no_text("A restricted record may match.")


async def test_a_conflict_is_acknowledged_in_the_same_words(morning: Store, app_of: AppOf) -> None:
    adult = plant_adult(morning, "Zzkestrel Low", findable=True)
    plant_case(morning, adult_id=adult)
    plant(morning, Conflict, officer_id=4, adult_id=adult, declared_at=datetime(2026, 3, 1, tzinfo=UTC))
    async with at_the_box(app_of("manager")) as room:
        await room.type_text("zzkest")
        await room.expect_text("A restricted record may match. Ask the manager.")
        assert "Zzkestrel" not in room.screen_text


async def test_f9_covers_what_is_typed_and_what_is_found(morning: Store, app_of: AppOf) -> None:
    async with at_the_box(app_of("lado")) as room:
        await room.type_text("hartley")
        await room.expect_text("PEOPLE (1)")
        await room.press("f9")
        await room.expect_no_text("Hartley")
        assert "hartley" not in room.screen_text


async def test_hostile_words_are_looked_for_and_shown_letter_for_letter(morning: Store, app_of: AppOf) -> None:
    from db.text import visible

    for trick in HOSTILE.values():
        plant_adult(morning, visible(trick), findable=True)
    async with at_the_box(app_of("lado"), (120, 40)) as room:
        for trick in HOSTILE.values():
            await room.paste(trick)
            await room.settle()
            await room.press("ctrl+a", "ctrl+k")
        await room.paste(HOSTILE["bold"])
        await room.expect_text("1          Jo [bold]Smith[/bold]")
        assert "\x1b" not in room.screen_text
