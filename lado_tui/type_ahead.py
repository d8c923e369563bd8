"""What is typed ahead is never lost and never lands in the wrong field.

Keys may come faster than the screen can follow: Enter, y, Enter while a page is still being opened. Each key is
handed on only when the one before it has done all it does, moving the cursor and opening a page included. Letters
typed into a field one after another need not wait: they cannot move the cursor to another.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from textual.dom import DOMNode
from textual.events import Key

if TYPE_CHECKING:
    from textual.app import App

PATIENCE = 3.0
"""Seconds a page may take to be ready before keys are handed on all the same."""

WAYS_OUT = frozenset(("escape", "f8", "ctrl+l", "ctrl+q"))
"""Keys that never wait for a page to be ready: back, lock, quit."""

_STEP = 0.01


class TypeAhead:
    """The keys typed and not yet handed on."""

    def __init__(self, app: App[Any], hand_on: Callable[[Key], Awaitable[None]]) -> None:
        """Watch over the keys of one program.

        Args:
            app: the program.
            hand_on: what a key does.
        """
        self._app = app
        self._hand_on = hand_on
        self._waiting: deque[Key] = deque()
        self._settling: asyncio.Task[None] | None = None

    @property
    def is_settled(self) -> bool:
        """Whether every key typed has done all it does."""
        return self._settling is None and not self._waiting

    async def take(self, key: Key) -> None:
        """Hand a key on, now or when its turn has come."""
        self._waiting.append(key)
        if self._settling is None:
            await self._next()

    async def _next(self) -> None:
        while self._waiting and self._settling is None and self._app.screen_stack:
            key = self._waiting.popleft()
            focused = self._app.focused or self._app.screen
            await self._hand_on(key)
            if not (key.is_printable and getattr(focused, "takes_typing", False)):
                self._settling = asyncio.create_task(self._settle(focused))

    async def _settle(self, focused: DOMNode) -> None:
        """Wait until a key has been through its field, its form, its page and the program, and what they did of it."""
        try:
            async with asyncio.timeout(PATIENCE):
                for node in focused.ancestors_with_self:
                    await _has_heard(node)
                for node in focused.ancestors_with_self:
                    await _has_heard(node)
                await _has_heard(self._app.screen)
                while getattr(self._app.screen, "holds_keys", False) and not self._wants_out():
                    await asyncio.sleep(_STEP)
        except TimeoutError:
            pass  # whatever is in the way, what was typed must come through
        finally:
            self._settling = None
        if self._waiting and self._app.is_running:
            self._app.call_next(self._next)

    def _wants_out(self) -> bool:
        """Whether the next key leads away, and need not wait for what is being fetched."""
        return bool(self._waiting) and self._waiting[0].key in WAYS_OUT


async def _has_heard(node: DOMNode) -> None:
    """Wait until a part of the screen has dealt with all that was sent to it so far."""
    heard = asyncio.Event()
    if node.is_running and node.call_later(heard.set):
        while not heard.is_set() and node.is_running:
            try:
                async with asyncio.timeout(_STEP * 10):
                    await heard.wait()
            except TimeoutError:
                continue
