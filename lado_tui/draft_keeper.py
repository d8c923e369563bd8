"""Keeps what is typed in one form: on the disk within half a second of any key, and at once when the place is left.

How a form screen uses it::

    def __init__(self, draft: Draft | None = None): ...          # opened anew, or to go on with a draft

    def on_place_shown(self) -> None:                            # once the form is built and filled
        self.keeper = DraftKeeper(self, draft, self.form.answers)

    @on(FormBody.Edited)
    def _edited(self) -> None:
        self.keeper.edited()

    def leaving(self) -> None:                                   # Esc, quit, lock, a signal, a crash
        self.keeper.write_now()

    async def do_save(self) -> None:
        saved = await self.desk.do(...)
        await self.keeper.discard()                              # only once the record holds it

The screen is opened again with its draft as ``app.open_place(draft.form, draft=draft)``; every form screen takes
``draft`` and fills itself from ``draft.answers``, ``draft.about`` and ``draft.more``. A form in which nothing was
typed leaves no draft. The officer reads beside the message line what is safe: "Draft saved 10:46:31".
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from db.errors import NotSaved

if TYPE_CHECKING:
    from textual.timer import Timer

    from db.drafts import Draft, Drafts
    from lado_tui.screens.place import Place

SOON = 0.4
"""Seconds from the first key that is not yet written to its writing."""

AGAIN = 10.0
"""Seconds after which a writing that failed is tried again."""

_writer = ThreadPoolExecutor(1, thread_name_prefix="drafts")
"""One thread for all writings, so that they come to the disk in the order in which they were typed."""


class DraftKeeper:
    """The draft of one open form."""

    def __init__(
        self,
        place: Place[Any],
        draft: Draft,
        read: Callable[[], Mapping[str, str]],
        *,
        title: Callable[[], str] = str,
        more: Callable[[], Mapping[str, Any]] = dict,
    ) -> None:
        """Begin to keep a form. What it holds now counts as nothing typed, unless the draft was written before.

        Args:
            place: the form's place; it is told what is safe.
            draft: the draft gone on with, or a new one.
            read: the answers as they stand; called on the event loop or in a signal's handler, so it must not wait.
            title: what the draft is called on the list of drafts.
            more: what else the screen needs in order to go on with it.
        """
        self.place = place
        self.draft = draft
        self._desk = place.desk  # the place has none any more while the desk is being locked
        self._read, self._title, self._more = read, title, more
        self._untouched = dict(read()) if draft.saved_at is None else None
        self._edits = self._written = 0
        self._timer: Timer | None = None

    @property
    def typed(self) -> bool:
        """Whether anything stands in the form that was not there when it was opened anew."""
        return self._untouched is None or dict(self._read()) != self._untouched

    def edited(self) -> None:
        """The officer changed something: it is written soon, however fast the keys keep coming."""
        self._edits += 1
        self._write_in(SOON)

    def write_now(self) -> None:
        """Write what is not yet written, before returning. A form with nothing typed keeps no draft.

        Raises:
            NotSaved: it could not be written.
        """
        self._stop_waiting()
        if not self.typed and self.draft.writing:
            self._drafts.discard(self.draft)
        elif self.typed and self._written < self._edits:
            self._write_or_try_again(self._next())

    async def discard(self) -> None:
        """Give the draft up: the record holds what it held. Nothing is written for this form any more."""
        self._stop_waiting()
        self._untouched = dict(self._read())
        await self._in_turn(self._drafts.discard, self.draft)

    @property
    def _drafts(self) -> Drafts:
        return self._desk.drafts

    def _next(self) -> Draft:
        from db.drafts import next_writing

        self.draft = next_writing(
            self.draft, self._read(), self._desk.now, title=self._title(), more=dict(self._more())
        )
        return self.draft

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _write_or_try_again(self, draft: Draft) -> None:
        try:
            self._drafts.keep(draft)
        except NotSaved:
            self._write_in(AGAIN)
            raise
        self._written = self._edits

    def _write_in(self, seconds: float) -> None:
        if self._timer is None:
            self._timer = self.place.set_timer(seconds, self._write_soon)

    async def _write_soon(self) -> None:
        self._timer = None
        edits = self._edits
        try:
            await self._in_turn(self._drafts.keep, self._next())
        except NotSaved as failed:
            self.place.say(failed.sentence, urgent=True)
            self._write_in(AGAIN)
        else:
            self._written = max(self._written, edits)
            self.place.saved_at(f"Draft saved {self.draft.saved_at:%H:%M:%S}")

    async def _in_turn(self, write: Callable[..., None], *what: object) -> None:
        await asyncio.get_running_loop().run_in_executor(_writer, write, *what)
