"""The program around the screens: opening the desk, keys that work everywhere, windows of any size."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual import on
from textual.app import ComposeResult
from textual.command import CommandPalette

from db.desk import Desk
from db.errors import DeskError, StoreMissing
from db.text import visible
from lado_tui import app as program
from lado_tui import screens
from lado_tui.app import DeskOpened, LadoApp
from lado_tui.screens import confirm
from lado_tui.screens.place import Place
from lado_tui.widgets.drawn import Words
from lado_tui.widgets.line_input import LineInput
from tests.driver import duty_room
from tests.hostile import HOSTILE
from tests.lado_tui.bench import Bench, asked


class FormBench(Place[None]):
    """A page with one field, where something is being typed."""

    NAME = "bench_form"
    HELP = "Take the call. Danger first."

    def __init__(self) -> None:
        super().__init__()
        self.field = LineInput(asked("Caller"))
        self.kept: list[str] = []
        self.refuse = False

    def body(self) -> ComposeResult:
        """The field."""
        yield self.field

    @property
    def unfinished(self) -> str:
        """Something is typed."""
        return "Enquiry E26-0818" if self.field.value else ""

    def leaving(self) -> None:
        """Keep what is typed."""
        self.kept.append(self.field.value)

    async def do_save(self) -> None:
        """Save, or be refused."""
        if self.refuse:
            raise DeskError("The disk is full. Your words are still here")
        self.say("Saved 10:51.")


class ListBench(Place[None]):
    """A page on which single letters work."""

    NAME = "bench_list"

    def body(self) -> ComposeResult:
        """Words."""
        yield Words("Nothing late.")


def form() -> tuple[Bench, FormBench]:
    place = FormBench()
    return Bench(place=lambda: place), place


# Opening


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> None:
    """A home page that needs nothing."""
    known = screens.screen_class

    def found(name: str) -> type[Place[Any]]:
        return ListBench if name == "desk" else known(name)

    monkeypatch.setattr(program, "screen_class", found)


@pytest.mark.usefixtures("home")
async def test_the_desk_opens_behind_the_first_frame_and_says_who_and_when(desk: Desk) -> None:
    async with duty_room(LadoApp(lambda: desk)) as room:
        await room.expect_place("bench_list")
        await room.expect_text("LADO Desk | Bench")
        await room.expect_text("Mary Okoro, LADO | Thu 12 Mar 2026 10:42")


@pytest.mark.usefixtures("home")
async def test_a_practice_store_says_so_on_every_page(desk: Desk) -> None:
    async with duty_room(LadoApp(lambda: desk)) as room:
        await room.expect_place("bench_list")
        await room.wait_until(lambda: "PRACTICE" in room.screen_text.splitlines()[0], "the banner")
        await room.press("f1")
        await room.expect_place("help")
        assert "PRACTICE" in room.screen_text.splitlines()[0]


async def test_a_store_that_cannot_be_opened_says_why_and_what_to_do() -> None:
    def missing() -> Desk:
        raise StoreMissing("There is no store at desk.lado. Make one with lado init")

    async with duty_room(LadoApp(missing)) as room:
        await room.expect_text("The store cannot be opened")
        await room.expect_text("There is no store at desk.lado. Make one with lado init")
        await room.press("n", "f3", "f2", "h")
        await room.expect_place("opening")


@pytest.mark.usefixtures("home")
async def test_screens_are_told_that_the_desk_is_open(desk: Desk) -> None:
    class Listening(LadoApp):
        heard = 0

        @on(DeskOpened)
        def note(self) -> None:
            self.heard += 1

    app = Listening(lambda: desk)
    async with duty_room(app) as room:
        await room.wait_until(lambda: app.heard == 1, "the desk to be open")


@pytest.mark.usefixtures("home")
async def test_a_key_that_is_off_says_why(desk_of: Callable[[str], Desk]) -> None:
    async with duty_room(LadoApp(lambda: desk_of("auditor"))) as room:
        await room.expect_place("bench_list")
        await room.press("n")
        await room.expect_toast("Your role cannot log enquiries.")
        await room.expect_place("bench_list")


# Keys that work everywhere


async def test_help_is_about_this_page_this_field_and_every_key() -> None:
    app, _ = form()
    async with duty_room(app, size=(120, 60)) as room:
        await room.press("f1")

        await room.expect_text("Take the call. Danger first.")
        await room.expect_text("Ctrl+left and Ctrl+right move by a word")
        await room.expect_text("Ctrl+S")
        await room.expect_text("Esc")
        await room.press("escape")
        await room.expect_place("bench_form")
        room.expect_focus("field-answer")


async def test_the_palette_lists_this_pages_commands_with_their_keys_and_no_screenshot() -> None:
    app, _ = form()
    async with duty_room(app, size=(120, 60)) as room:
        await room.press("ctrl+p")
        await room.expect_text("Save  (Ctrl+S)")
        assert "Screenshot" not in room.screen_text
        await room.type_text("hide")
        await room.wait_until(lambda: "Save  (Ctrl+S)" not in room.screen_text, "the list to be short")
        await room.press("enter")
        await room.wait_until(lambda: not isinstance(app.screen, CommandPalette), "the palette to close")
        await room.wait_until(lambda: app.names_hidden, "names to be hidden")


async def test_ctrl_c_never_ends_the_program_and_says_what_does() -> None:
    app, place = form()
    async with duty_room(app) as room:
        await room.type_text("Sarah")
        await room.press("ctrl+c")
        await room.expect_toast("Ctrl+Q leaves LADO Desk.")
        assert place.field.value == "Sarah"


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+z", "ctrl+y", "escape", "ctrl+l", "f6", "ctrl+backslash", "f10"])
async def test_no_stray_key_loses_what_is_typed(key: str) -> None:
    app, place = form()
    app.do_lock = lambda: None  # type: ignore[method-assign]
    async with duty_room(app) as room:
        await room.paste("Sarah Whitlock")
        await room.press(key)
        await room.press("ctrl+y") if key == "ctrl+z" else None

        assert place.field.value == "Sarah Whitlock"


async def test_leaving_with_something_typed_asks_first_and_no_is_where_the_cursor_stands() -> None:
    app, place = form()
    async with duty_room(app) as room:
        await room.type_text("Sarah")
        await room.press("ctrl+q")
        await room.expect_text("Enquiry E26-0818 is not finished. It is kept as a draft.")
        assert place.kept == ["Sarah"]
        await room.press("enter")
        await room.expect_place("bench_form")
        assert app.is_running

        await room.press("ctrl+q")
        await room.expect_place("confirm")
        await room.press("ctrl+s")
        await room.wait_until(lambda: app._exit, "the program to end")


async def test_leaving_with_nothing_typed_leaves() -> None:
    app, _ = form()
    async with duty_room(app) as room:
        await room.press("ctrl+q")
        await room.wait_until(lambda: app._exit, "the program to end")


async def test_what_the_desk_refuses_is_told_and_nothing_typed_is_lost() -> None:
    app, place = form()
    place.refuse = True
    async with duty_room(app) as room:
        await room.type_text("Sarah")
        await room.press("ctrl+s")
        await room.expect_text("The disk is full. Your words are still here")
        assert place.field.value == "Sarah"


async def test_a_command_of_another_page_is_not_done_here() -> None:
    async with duty_room(Bench(place=ListBench)) as room:
        await room.press("u")
        await room.expect_toast("Undo last is not for this page.")


async def test_the_colours_change_and_everything_is_still_there() -> None:
    app, _ = form()
    async with duty_room(app) as room:
        before = room.screen_text
        for _ in range(3):
            app.do_change_theme()
            await room.pilot.pause()
            assert room.screen_text == before


async def test_without_colour_the_screens_say_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    app, _ = form()
    async with duty_room(app) as room:
        with_colour = room.screen_text
    monkeypatch.setenv("NO_COLOR", "1")
    plain, _ = form()
    async with duty_room(plain) as room:
        assert plain.no_color
        assert room.screen_text == with_colour


# Windows of any size


async def test_a_window_too_small_says_how_large_it_must_be_and_that_the_draft_is_safe() -> None:
    app, place = form()
    async with duty_room(app) as room:
        await room.type_text("Sarah")
        place.saved_at("Draft saved 10:46:31")
        await room.pilot.resize_terminal(60, 6)
        await room.expect_text("This window is 60 by 6. LADO Desk needs 80 by 24.")
        await room.expect_text("Your draft is safe (Draft saved 10:46:31).")
        await room.pilot.resize_terminal(80, 24)
        await room.expect_place("bench_form")
        room.expect_focus("field-answer")
        await room.type_text("h")
        assert place.field.value == "Sarahh"


async def test_any_window_from_one_cell_up_keeps_the_field_and_its_words() -> None:
    app, place = form()
    async with duty_room(app) as room:
        await room.type_text("Sarah")
        for step in range(40):
            await room.pilot.resize_terminal(1 + step * 5, 1 + (step * 7) % 60)
        await room.pilot.resize_terminal(120, 40)
        await room.expect_place("bench_form")
        room.expect_focus("field-answer")
        assert place.field.value == "Sarah"


# Hostile text in what the shell itself draws


@pytest.mark.parametrize("trick", HOSTILE)
async def test_hostile_text_in_titles_messages_toasts_and_questions_is_only_text(trick: str) -> None:
    text, shown = HOSTILE[trick], visible(HOSTILE[trick])
    app, place = form()
    async with duty_room(app, size=(160, 40)) as room:
        place.set_where(text)
        place.say(text)
        place.saved_at(text)
        app.say(text)
        await room.expect_toast(shown)
        await room.wait_until(lambda: room.screen_text.count(shown) >= 4, "the words four times")
        app.push_screen(confirm.ConfirmScreen(text, [text], yes=text))
        await room.wait_until(lambda: room.place == "confirm" and room.screen_text.count(shown) >= 3, "the question")


async def test_the_terminals_own_title_bar_is_never_told_of_a_case() -> None:
    app, place = form()
    async with duty_room(app) as room:
        place.set_where("Case R26-0361 Ingram D")
        await room.expect_text("Ingram D")

        assert app.title == "LADO Desk"
        assert app.sub_title == ""


async def test_before_the_desk_is_open_nobody_may_do_anything() -> None:
    app = Bench(Words("x"))
    async with duty_room(app):
        assert app.who_words() == ""
        assert not app.may("search")
