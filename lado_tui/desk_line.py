"""The line from the screens to the desk: questions and actions go off the event loop's thread and come back.

The desk itself waits (for a disk, a lock, a search); no keystroke may wait for it. `ask` and `do` hand the work to
a thread and return to the screen that awaits them. `latest` is for what is asked with every letter typed: a
question overtaken by a newer one of its group is dropped.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from threading import Thread
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from db.errors import DeskLocked

if TYPE_CHECKING:
    from datetime import date, datetime

    from db.backup_age import BackupState
    from db.desk import Action, Desk, Query
    from db.drafts import Drafts
    from db.vocabulary import Vocabulary
    from db.work import OfficerCard

P = ParamSpec("P")
R = TypeVar("R")

THREADS = 3
"""Enough that a long search and a list being read do not hold up a save."""


class Overtaken(Exception):
    """A newer question of the same group was asked; this one's answer is not wanted any more."""


class DeskLine:
    """One open desk, as the screens use it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="desk")
        self._groups: dict[str, _Group] = {}
        self.out = 0
        """Questions and actions that have not come back yet."""
        self._closed = False
        self.search_reason = ""
        """Why this officer searches, as a code of ``search_reason``: asked once, until the desk is locked."""

    @property
    def practice(self) -> bool:
        """Whether the records are invented."""
        return self._desk.practice

    @property
    def officer(self) -> OfficerCard:
        """Who is at the desk."""
        return self._desk.officer

    @property
    def service(self) -> str:
        """What the service calls itself."""
        return self._desk.store.service

    @property
    def vocabulary(self) -> Vocabulary:
        """The code lists as this desk words them."""
        return self._desk.vocabulary

    @cached_property
    def drafts(self) -> Drafts:
        """What this officer has typed and not yet saved."""
        from db.drafts import Drafts
        from lado_tui.opening import state_folder

        return Drafts.of(self._desk.store, self._desk.officer, state_folder())

    @property
    def now(self) -> datetime:
        """The time by the desk's clock, as the wall clock in England shows it."""
        from db.clock import local

        return local(self._desk.clock())

    @property
    def today(self) -> date:
        """The day at the desk."""
        return self.now.date()

    async def backup_state(self) -> BackupState:
        """How old the last good backup is, in words, and whether that is an alarm."""
        from db.backup_age import backup_state

        return await self._off_thread(partial(backup_state, self._desk.store, self._desk.clock()))

    @property
    def cautions(self) -> Sequence[str]:
        """What the officer should see all the time: a store that can only be read, a trail that does not hold."""
        return self._desk.store.cautions

    async def ask(self, question: Query[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """The answer to a question.

        Raises:
            DeskError: what the desk says against it.
        """
        return await self._off_thread(partial(self._desk.ask, question, *args, **kwargs))

    async def do(self, action: Action[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Carry out an action, whole or not at all. Once begun it is finished, whoever stops waiting for it.

        Raises:
            DeskError: what the desk says against it; nothing was changed.
        """
        return await asyncio.shield(self._off_thread(partial(self._desk.do, action, *args, **kwargs)))

    async def latest(self, group: str, question: Query[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """The answer to the newest question of its group; only one of a group is worked on at a time.

        Raises:
            Overtaken: a newer one was asked meanwhile.
            DeskError: what the desk says against it.
        """
        lane = self._groups.setdefault(group, _Group())
        lane.newest += 1
        turn = lane.newest
        async with lane.lock:
            lane.must_be_newest(turn)
            answer = await self._off_thread(partial(self._desk.ask, question, *args, **kwargs))
        lane.must_be_newest(turn)
        return answer

    def _off_thread(self, call: Callable[[], R]) -> asyncio.Future[R]:
        if self._closed:
            raise DeskLocked
        answer = asyncio.get_running_loop().run_in_executor(self._threads, call)
        self.out += 1
        answer.add_done_callback(self._came_back)
        return answer

    def _came_back(self, answer: asyncio.Future[Any]) -> None:
        self.out -= 1

    def close(self) -> None:
        """Take no more questions; what was begun is finished, then the store and its key are let go."""
        self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        Thread(target=self._let_go, name="desk-closing").start()

    def _let_go(self) -> None:
        self._threads.shutdown(wait=True)
        self._desk.store.close()


class _Group:
    """The questions of one kind: how many were asked, and whose turn it is."""

    def __init__(self) -> None:
        self.newest = 0
        self.lock = asyncio.Lock()

    def must_be_newest(self, turn: int) -> None:
        """Raise `Overtaken` for any but the newest."""
        if turn != self.newest:
            raise Overtaken
