"""How keys come in: one at a time, never a rush that was pasted by mistake, and nothing saved by a paste.

Also where the terminal's own cursor stands, which is what screen readers and Braille lines follow.
"""

from __future__ import annotations

from textual import events
from textual.app import ReturnType

from lado_tui.burst import Burst
from lado_tui.guard import GuardedApp
from lado_tui.screens.place import Place
from lado_tui.show import shown
from lado_tui.type_ahead import TypeAhead

AFTER_PASTE = 0.1
"""Seconds after a paste within which nothing that changes the record is obeyed: no hand is so quick, so the key was
part of what was pasted, in a terminal that breaks the frame of a paste."""


class KeyboardApp(GuardedApp[ReturnType]):
    """A program that takes keys as hands mean them."""

    def __init__(self) -> None:
        super().__init__()
        self.type_ahead = TypeAhead(self, self._hand_on)
        self._burst = Burst()
        self._rush_told = False
        self._pressed_at, self._pasted_at = 0.0, -AFTER_PASTE
        self._cursor_shown = False

    async def on_event(self, event: events.Event) -> None:
        """Keys are handed on one at a time, and not in a rush where nothing is being typed; all else as it comes."""
        if isinstance(event, events.Paste):
            self._pasted_at = event.time
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self.type_ahead.take(event)
        else:
            await super().on_event(event)

    @property
    def key_was_pasted(self) -> bool:
        """Whether the last key came so close upon a paste that no hand pressed it."""
        return self._pressed_at - self._pasted_at < AFTER_PASTE

    async def _hand_on(self, key: events.Key) -> None:
        self._pressed_at = key.time
        if not self._is_rush(key):
            await super().on_event(key)

    def _is_rush(self, event: events.Key) -> bool:
        if getattr(self.focused, "takes_typing", False) or not isinstance(self.screen, Place):
            return False
        refused = self._burst.refuses(event.time)
        if refused and not self._rush_told:
            self.say("Too many keys at once were ignored. Was something pasted here?", urgent=True)
        self._rush_told = refused
        return refused

    def show_cursor(self, shown: bool) -> None:
        """Show the terminal's own cursor, or hide it. It stands where `cursor_position` says."""
        if self._driver is not None and not self.is_headless and shown != self._cursor_shown:
            self._cursor_shown = shown
            self._driver.write("\x1b[?25h" if shown else "\x1b[?25l")
            self._driver.flush()

    def say(self, words: str, *, urgent: bool = False) -> None:
        """Show a toast: a few words that go away by themselves. User text in it is shown, never obeyed."""
        self.notify(shown(words), markup=False, severity="warning" if urgent else "information")
