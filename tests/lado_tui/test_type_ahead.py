"""Keys typed faster than the screen can follow go where they were meant to go."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual.app import ComposeResult
from textual.events import Key

from db.forms.question import Kind, Question
from lado_tui.screens.place import Place
from lado_tui.widgets.form_body import FormBody
from tests.driver import DutyRoom, duty_room
from tests.lado_tui.bench import TODAY, WORDS, Bench
from tests.terminal import terminal

QUESTIONS = (
    Question("Call-back number", Kind.PHONE, name="callback"),
    Question("Child safe now?", Kind.ANSWER, name="safe"),
    Question("Caller", Kind.NAME, name="caller"),
    Question("What happened", Kind.TEXT, name="account"),
    Question("Role", Kind.CHOICE, among="role", name="role"),
)

_NAMED = {"\r": "enter", "\t": "tab", " ": "space"}


def all_at_once(room: DutyRoom, text: str) -> None:
    """Every key before the screen has looked at one."""
    for letter in text:
        name = _NAMED.get(letter, letter)
        room.app.post_message(Key(name, None if letter in "\r\t" else letter))


class SlowForm(Place[None]):
    """A form whose record takes a while to come."""

    NAME = "bench_form"

    def __init__(self, wait: float = 0.0) -> None:
        super().__init__()
        self.wait = wait
        self.form: FormBody | None = None

    def body(self) -> ComposeResult:
        """Nothing yet."""
        yield from ()

    def on_mount(self) -> None:
        self.start(self.fetch())

    async def fetch(self) -> None:
        """Wait for the record, then show the form."""
        await asyncio.sleep(self.wait)
        form = FormBody(QUESTIONS, words=WORDS, today=TODAY)
        await self.query_one("Body").mount(form)
        form.focus()
        self.form = form

    @property
    def holds_keys(self) -> bool:
        """Until the form stands."""
        return self.form is None


class FirstPage(Place[None]):
    """A list from which N opens the form."""

    NAME = "bench_list"

    def __init__(self) -> None:
        super().__init__()
        self.opened: SlowForm | None = None

    def do_new_enquiry(self) -> None:
        """Open it."""
        self.opened = SlowForm(0.3)
        self.app.push_screen(self.opened)

    def may_log_enquiry(self) -> bool:
        """Anybody may here."""
        return True


async def test_answers_typed_without_a_pause_land_each_in_its_field() -> None:
    page = SlowForm()
    app = Bench(place=lambda: page)
    async with duty_room(app) as room:
        await room.wait_until(lambda: page.form is not None, "the form")
        assert page.form is not None
        form = page.form
        all_at_once(room, "01622 555142\ry\rSarah Whitlock\rRed mark. ?\tta\r")
        await room.wait_until(lambda: bool(form.answers()["role"]), "the last answer")
        await room.wait_until(lambda: app.type_ahead.is_settled, "all keys")

        assert page.form.answers() == {
            "callback": "01622 555142",
            "safe": "yes",
            "caller": "Sarah Whitlock",
            "account": "Red mark. ?",
            "role": "ta_support",
        }


async def test_what_is_typed_while_a_page_opens_waits_for_its_form() -> None:
    page = FirstPage()
    app = Bench(place=lambda: page)
    async with duty_room(app) as room:
        all_at_once(room, "n01622\ry")
        await room.wait_until(lambda: page.opened is not None and page.opened.form is not None, "the form")
        await room.wait_until(lambda: app.type_ahead.is_settled, "all keys")

        assert page.opened is not None
        assert page.opened.form is not None
        assert page.opened.form.answers()["callback"] == "01622"
        assert page.opened.form.answers()["safe"] == "yes"


async def test_a_page_that_never_gets_ready_does_not_hold_keys_for_ever() -> None:
    page = SlowForm(wait=60)
    app = Bench(place=lambda: page)
    async with duty_room(app) as room:
        all_at_once(room, "\t\t")
        await room.press("f9")
        await room.wait_until(lambda: app.names_hidden, "the key to come through")


def test_through_a_real_terminal_too(tmp_path: Path) -> None:
    with terminal("-m", "tests.lado_tui.stage", str(tmp_path), "form") as window:
        window.wait_for("STAGE SET")
        window.type("Sarah Whitlock\ry\rJames Hartley\r")
        window.wait_for("Hartley")
        window.read(0.5)
        window.type("\x11\x13")
        window.ended()

        assert (tmp_path / "draft").read_text() == "Sarah Whitlock|yes|James Hartley"
