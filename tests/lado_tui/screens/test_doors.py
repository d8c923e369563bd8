"""The ways in: first set-up, signing in, locking and unlocking; and what callers to the duty line meet."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from db import keyring
from db.actions.staff import found_service
from db.store import Store
from lado_tui.app import LadoApp
from lado_tui.opening import Seat
from lado_tui.screens.set_up import SetUpScreen
from tests.conftest import FrozenClock
from tests.driver import DutyRoom, duty_room
from tests.lado_tui.screens.conftest import SIZES

AppOf = Callable[..., LadoApp]
WORDS = "kettle moss planet ruin"


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that are made quickly."""
    monkeypatch.setattr(keyring, "_COST", {"memory_kib": 64, "iterations": 1, "lanes": 1})


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """A real store, whose manager is Helen Marsh."""
    path = tmp_path / "real.lado"
    found_service(path, service="Wealdshire LADO service", name="Helen Marsh", sign_in="hmarsh", passphrase=WORDS)
    return path


@pytest.fixture
def still_clock(monkeypatch: pytest.MonkeyPatch) -> FrozenClock:
    """The machine's clock, standing still."""
    clock = FrozenClock()
    for name in ("db.desk.system_clock", "lado_tui.screens.set_up.system_clock"):
        monkeypatch.setattr(name, clock)
    return clock


@asynccontextmanager
async def at_the_door(store: Path, officer: str = "", size: tuple[int, int] = (80, 24)) -> AsyncIterator[DutyRoom]:
    """A real store is opened on the screen."""
    app = LadoApp(None, sign_in={"seat": Seat(store, officer)})
    async with duty_room(app, size) as room:
        await room.expect_place("sign_in")
        yield room


# Signing in -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_name_and_passphrase_open_the_desk(real: Path, size: tuple[int, int]) -> None:
    async with at_the_door(real, size=size) as room:
        await room.type_text("hmarsh\n")
        await room.type_text(WORDS)
        room.expect_picture(f"sign_in_{size[0]}x{size[1]}")
        assert WORDS not in room.screen_text
        await room.press("enter")
        await room.expect_place("desk")
        await room.expect_text("Helen Marsh, LADO manager")


async def test_a_wrong_passphrase_is_told_in_words_and_the_field_is_empty_again(real: Path) -> None:
    async with at_the_door(real, "hmarsh") as room:
        await room.type_text("wrong words entirely\n")
        await room.expect_text("Not signed in. The name and passphrase do not open this store.")
        assert "•" not in room.screen_text
        await room.press("ctrl+z")
        assert "•" not in room.screen_text
        await room.type_text(f"{WORDS}\n")
        await room.expect_place("desk")


async def test_nothing_of_the_record_is_reached_without_signing_in(real: Path) -> None:
    async with at_the_door(real) as room:
        for key in ("f2", "f3", "f4", "ctrl+n"):
            await room.press(key)
            await room.expect_toast("Sign in first.")
            assert room.place == "sign_in"
        await room.press("escape", "f8", "f6")
        assert room.place == "sign_in"


async def test_the_passphrase_cannot_be_copied(real: Path) -> None:
    async with at_the_door(real, "hmarsh") as room:
        await room.type_text(WORDS)
        await room.press("shift+home", "ctrl+c", "ctrl+x")
        assert room.app.clipboard == ""


async def test_a_store_that_is_gone_says_so(real: Path) -> None:
    async with at_the_door(real, "hmarsh") as room:
        real.unlink()
        await room.type_text(f"{WORDS}\n")
        await room.expect_text("The store cannot be opened. There is no store at")


# Locking ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_locking_leaves_no_word_of_any_case_and_the_practice_store_opens_with_enter(
    morning: Store, app_of: AppOf, size: tuple[int, int]
) -> None:
    said = ("Hartley", "R26-", "E26-", "Threshold", "St Mary")
    async with duty_room(app_of("lado"), size) as room:
        await room.expect_text("Hartley")
        await room.press("slash")
        await room.type_text("hartl")
        await room.expect_text("PEOPLE (1)")
        await room.press("f8")
        await room.expect_place("locked")
        await room.settle()
        room.expect_picture(f"locked_{size[0]}x{size[1]}")
        assert not [word for word in said if word in room.screen_text]
        assert [getattr(screen, "NAME", "") for screen in room.app.screen_stack] == ["locked"]
        await room.press("escape")
        assert room.place == "locked"
        await room.press("enter")
        await room.expect_place("desk")
        await room.expect_text("Hartley")


async def test_a_locked_desk_has_let_go_of_its_store_and_key(real: Path) -> None:
    async with at_the_door(real, "hmarsh") as room:
        await room.type_text(f"{WORDS}\n")
        await room.expect_place("desk")
        await room.settle()
        app = room.app
        assert isinstance(app, LadoApp)
        assert app.desk is not None
        store = app.desk._desk.store
        await room.press("f8")
        await room.expect_place("locked")
        assert app.desk is None
        await room.wait_until(lambda: store._key is None, "the key to be gone")
        await room.expect_text("Helen Marsh, LADO manager")
        await room.type_text("wrong words entirely\n")
        await room.expect_text("Not signed in.")
        await room.type_text(f"{WORDS}\n")
        await room.expect_place("desk")


async def test_another_person_signs_in_at_a_locked_desk(real: Path) -> None:
    async with at_the_door(real, "hmarsh") as room:
        await room.type_text(f"{WORDS}\n")
        await room.expect_place("desk")
        await room.press("f8")
        await room.expect_place("locked")
        await room.type_text("half a passphr")
        await room.press("ctrl+u")
        await room.expect_place("sign_in")
        assert "hmarsh" not in room.screen_text


# First set-up -----------------------------------------------------------------------------------------------------


@asynccontextmanager
async def setting_up(store: Path) -> AsyncIterator[DutyRoom]:
    """`lado init` on the screen."""
    async with duty_room(LadoApp(None, asks="set_up", sign_in={"store": store})) as room:
        await room.expect_place("set_up")
        yield room


async def test_a_service_is_founded_its_key_written_down_and_its_manager_signs_in(tmp_path: Path) -> None:
    path = tmp_path / "new.lado"
    async with setting_up(path) as room:
        await room.type_text(f"Wealdshire LADO service\nHelen Marsh\nhmarsh\n{WORDS}\n{WORDS}")
        assert WORDS not in room.screen_text
        await room.press("ctrl+s")
        await room.expect_text("The store is made. This is its recovery key")
        screen = room.app.screen
        assert isinstance(screen, SetUpScreen)
        key = screen.recovery
        assert key.split("-")[0] in room.screen_text
        await room.type_text("0000\n")
        await room.expect_text("Last four must be the last four characters of the recovery key")
        await room.press("ctrl+a", "ctrl+k")
        await room.type_text(f"{key[-4:].lower()}\n")
        await room.expect_place("sign_in")
        assert key.split("-")[0] not in room.screen_text
        await room.type_text(f"{WORDS}\n")
        await room.expect_place("desk")


async def test_what_is_wrong_is_told_beside_each_answer_and_makes_no_store(
    tmp_path: Path, still_clock: FrozenClock
) -> None:
    path = tmp_path / "new.lado"
    async with setting_up(path) as room:
        await room.type_text("Wealdshire LADO service\nHelen Marsh\nh marsh\nhelen marsh 2026\nkettle")
        await room.press("ctrl+s")
        await room.expect_text("There is a problem (3)")
        await room.expect_text("Sign-in name must be made of letters, figures, dots and hyphens")
        await room.expect_text("Passphrase must not hold your name or the name of the service")
        await room.expect_text("Passphrase again must be the same as the passphrase")
        assert not path.exists()
        await room.press("3")
        await room.expect_text("h marsh")


async def test_a_store_already_there_is_left_alone(real: Path) -> None:
    before = real.read_bytes()
    async with setting_up(real) as room:
        await room.type_text(f"Wealdshire LADO service\nHelen Marsh\nhmarsh\n{WORDS}\n{WORDS}")
        await room.press("ctrl+s")
        await room.expect_text("There is a key ring at")
    assert real.read_bytes() == before


# The duty line ----------------------------------------------------------------------------------------------------


async def test_suspending_enquiries_shows_on_the_home_page(morning: Store, app_of: AppOf) -> None:
    async with duty_room(app_of("lado")) as room:
        await room.expect_text("Duty now: Mary Okoro")
        await room.press("l")
        await room.expect_text("NOW  LINES OPEN.")
        await room.press("e", "enter")
        await room.press("ctrl+s")
        await room.expect_text("Enter why callers meet less than open lines")
        await room.press("2")
        await room.type_text("Staff sickness\n+1d")
        await room.press("ctrl+s")
        await room.expect_place("desk")
        await room.expect_text("ENQUIRIES SUSPENDED to Fri 13 Mar: Staff sickness.")


async def test_what_was_typed_about_the_line_is_a_draft(morning: Store, app_of: AppOf) -> None:
    async with duty_room(app_of("lado")) as room:
        await room.expect_text("Hartley")
        await room.press("l")
        await room.expect_place("duty_lines")
        await room.press("r", "enter")
        await room.type_text("Training day")
        await room.press("escape")
        await room.expect_place("desk")
        await room.expect_text("Not finished: duty line")
        await room.press("d")
        await room.expect_place("duty_lines")
        await room.press("tab")
        await room.expect_text("Training day")
        await room.expect_text("[R]educed hours")
