"""The duty room at work: a driver over Textual's pilot that uses real keys and speaks the room's words.

    async with duty_room(app) as desk:
        await desk.press("f2")
        await desk.type_text("01622 555142")
        await desk.expect_text("Draft saved")

Screens add what officers do there (`takes_call(...)`) as functions or methods of their own.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from textual.app import App
from textual.events import Key, Paste
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widget import Widget

from lado_tui.app import LadoApp
from lado_tui.keyboard import AFTER_PASTE
from lado_tui.widgets.form_body import FormBody
from tests.picture import assert_picture, picture

LONG = 15
"""Letters beyond which an answer is pasted."""

PATIENCE = 10.0
"""Seconds to wait for something before the test fails."""

MOST_PAINTINGS = 20
"""Paintings within which a screen must have come to rest."""

_KEYS = {" ": "space", "\n": "enter", "\t": "tab"}
_SIGNS = {sign: _character_to_key(sign) for sign in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~£"}


class DutyRoom:
    """One officer at the screen. Counts the keys pressed."""

    def __init__(self, pilot: Pilot[Any]) -> None:
        self.pilot = pilot
        self.keys = 0
        """Keys pressed in all."""
        self.said = 0
        """Of these, keys of words that every way of working needs: what the caller said, what the officer advised."""

    @property
    def app(self) -> App[Any]:
        """The program."""
        return self.pilot.app

    @property
    def screen_text(self) -> str:
        """What stands on the screen now."""
        return picture(self.app)

    @property
    def place(self) -> str:
        """The name of the place in front."""
        return str(getattr(self.app.screen, "NAME", type(self.app.screen).__name__))

    async def press(self, *keys: str) -> None:
        """Press keys, as Textual names them. Each is answered before the next, as by hand."""
        self.keys += len(keys)
        for key in keys:
            self.app.post_message(_key(key))
        await self.answered()

    async def answered(self) -> None:
        """Wait until every key pressed, and every question it sent to the desk, has been answered and painted."""
        await _heard(self.app)
        await self._while(lambda: not self._type_ahead_is_settled(), "the keys to be answered")
        await self._painted()
        while self._questions_out():
            await self._while(self._questions_out, "the desk to answer")
            await self._painted()

    def _type_ahead_is_settled(self) -> bool:
        return bool(self.app.type_ahead.is_settled) if isinstance(self.app, LadoApp) else True

    def _questions_out(self) -> bool:
        desk = self.app.desk if isinstance(self.app, LadoApp) else None
        return desk is not None and desk.out > 0

    async def _while(self, condition: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while condition() and self.app.is_running and self.app._exception is None:
            assert time.monotonic() < end, f"Waited in vain for {what}. On the screen:\n{self.screen_text}"
            await asyncio.sleep(0.001)

    async def _painted(self) -> None:
        """Wait until every widget has dealt with what was sent to it, and paint."""
        await self.pilot._wait_for_screen()
        if self.app.is_running and self.app.screen_stack:
            self.app.screen._on_timer_update()

    async def type_text(self, text: str) -> None:
        """Type letter by letter."""
        await self.press(*(_KEYS.get(letter, letter) for letter in text))

    @property
    def structured_keys(self) -> int:
        """Keys pressed besides the words said."""
        return self.keys - self.said

    @contextmanager
    def words_said(self) -> Iterator[None]:
        """Keys pressed in here are words of the call: they are counted apart."""
        before = self.keys
        yield
        self.said += self.keys - before

    async def paste(self, text: str) -> None:
        """Paste into what is in focus, as a terminal hands it over; then the hands go back to the keys."""
        self.app.post_message(Paste(text))
        await self.answered()
        await asyncio.sleep(AFTER_PASTE)

    async def fills_in(self, answers: Mapping[str, str]) -> None:
        """Answer questions of the form in front, by field name, going from one to the next with Tab as they come.

        What is long is pasted, as from a form that came by email.
        """
        for name, answer in answers.items():
            await self.goes_to(name)
            with self.words_said():
                await (self.paste(answer) if len(answer) > LONG else self.type_text(answer))
        await self.press("tab")

    async def goes_to(self, name: str) -> None:
        """Go on with Tab until the cursor stands in a field."""
        await self.wait_until(
            lambda: any(form.current or form.summary.has_focus for form in self.app.screen.query(FormBody)), "the form"
        )
        form = self.app.screen.query_one(FormBody)
        for _ in range(len(form.fields) + 1):
            if form.current is form.field(name):
                return
            await self.press("tab")
        raise AssertionError(f"Tab never comes to {name}. On the screen:\n{self.screen_text}")

    async def enters_referral(self, answers: Mapping[str, str], *, then: str = "ctrl+s") -> None:
        """Key a referral form from top to bottom, and keep it with a key."""
        await self.expect_place("referral")
        await self.expect_text("still missing")
        await self.fills_in(answers)
        await self.press(then)

    async def records_outcome(self, answers: Mapping[str, str]) -> None:
        """Answer the outcome pages, look at the check page, save."""
        await self.expect_text("step 1 of 3")
        await self.fills_in(answers)
        await self.press("ctrl+s")
        await self.expect_text("step 3 of 3")
        await self.press("ctrl+s")
        await self.expect_text("Recorded.")

    async def settle(self) -> None:
        """Let everything that was asked of the desk come back and be painted."""
        await self.answered()
        await self.app.workers.wait_for_complete()
        await self.answered()

    async def wait_until(self, condition: Callable[[], bool], what: str = "") -> None:
        """Wait for a condition to hold, not for a time to pass."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"Waited in vain for {what or condition}. On the screen:\n{self.screen_text}")
            await self._painted()
            await asyncio.sleep(0.003)
        await self._still()

    async def _still(self) -> None:
        """Wait until the screen does not change any more: a page may be laid out twice before it stands."""
        before = ""
        for _ in range(MOST_PAINTINGS):
            await self._painted()
            if self.screen_text == before:
                return
            before = self.screen_text

    async def expect_text(self, words: str) -> None:
        """The words come to stand on the screen."""
        await self.wait_until(lambda: words in self.screen_text, f"the words {words!r}")

    async def expect_no_text(self, words: str) -> None:
        """The words go from the screen."""
        await self.wait_until(lambda: words not in self.screen_text, f"the words {words!r} to go")

    async def expect_place(self, name: str) -> None:
        """The place of that name comes in front."""
        await self.wait_until(lambda: self.place == name, f"the place {name!r}")

    async def expect_toast(self, words: str) -> None:
        """A toast with these words was shown."""
        await self.wait_until(
            lambda: any(words in toast.message for toast in self.app._notifications), f"a toast saying {words!r}"
        )

    def expect_focus(self, of: str | type[Widget]) -> None:
        """The cursor stands in a widget, named by its id or its class."""
        focused = self.app.focused
        found = isinstance(focused, of) if isinstance(of, type) else focused is not None and focused.id == of
        assert found, f"The cursor is in {focused!r}, not in {of!r}"

    def expect_picture(self, name: str) -> None:
        """The screen looks as its kept picture."""
        assert_picture(name, self.app)


def _key(name: str) -> Key:
    """The key press a terminal hands over for a key of that name."""
    if len(name) == 1:
        return Key(_character_to_key(name), name)
    known = {"space": " ", **{key: letter for letter, key in _SIGNS.items()}}
    return Key(name, known.get(name))


async def _heard(app: App[Any]) -> None:
    """Wait until the program has taken everything that was sent to it so far."""
    heard = asyncio.Event()
    if app.call_later(heard.set):
        while not heard.is_set() and app.is_running and app._exception is None:
            await asyncio.sleep(0.001)


@asynccontextmanager
async def duty_room(app: App[Any], size: tuple[int, int] = (80, 24)) -> AsyncIterator[DutyRoom]:
    """An officer sits down at the program, in a window of a size in cells; toasts are shown."""
    async with app.run_test(size=size, notifications=True) as pilot:
        room = DutyRoom(pilot)
        await room.answered()
        yield room
