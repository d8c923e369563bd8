"""What every screen of the desk is: a title line, a body, a message line, and the keys that work here.

How to write a screen::

    class PersonScreen(Place[None]):
        NAME = "person"                       # its row in screens.PLACES; its keys come from commands.py
        HELP = "What this page answers, and what to do with it."

        def __init__(self, person_id: int) -> None: ...
        def body(self) -> ComposeResult:      # what stands between the title and the message line
            yield RecordList(...)
        def on_place_shown(self) -> None:     # mounted, or come back to: ask the desk here
            self.start(self.load())
        async def load(self) -> None:
            person = await self.desk.ask(person_history, self.person_id)
            self.set_where(f"Heard before? | {person.name}")
        def do_link_person(self) -> None:     # a command named "link_person" in commands.py
        def may_link(self) -> bool:           # a command that `needs="link"`
        def leaving(self) -> None:            # Esc, quit, lock, crash: write the draft now (no awaiting)

Textual calls `on_mount` and every other `on_...` of each class in turn: write your own, never call `super()`'s.
`self.desk` asks and does; `self.start(coroutine)` runs work that may fail, and tells the officer why; `self.say`
writes the message line; `self.saved_at` the "Draft saved" beside it; `self.app.say` a toast.
"""

from __future__ import annotations

from collections.abc import Coroutine
from functools import partial
from inspect import CORO_CREATED, getcoroutinestate
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker

from db.errors import DeskError, DeskLocked
from lado_tui.commands import Command, bindings_for
from lado_tui.screens import PLACES
from lado_tui.widgets.drawn import Kept
from lado_tui.widgets.footer_keys import FooterKeys
from lado_tui.widgets.status_line import StatusLine
from lado_tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from lado_tui.app import LadoApp
    from lado_tui.desk_line import DeskLine

Result = TypeVar("Result")


class Body(Kept, Vertical):
    """What stands between the title and the message line."""


class Place(Kept, Screen[Result]):
    """One place of the desk. `Result` is what it hands back when it was opened with `app.ask_in`."""

    if TYPE_CHECKING:
        app: LadoApp

    NAME: ClassVar[str] = ""
    """The place's name in `screens.PLACES`."""

    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [  # noqa: RUF012 - as Textual declares it
        (0, "-narrow"),
        (120, "-wide"),
    ]

    def __init_subclass__(cls, **options: Any) -> None:  # noqa: ANN401 - Textual's own options
        if "NAME" in cls.__dict__:
            cls.BINDINGS = [*cls.__dict__.get("BINDINGS", ()), *bindings_for(cls.NAME)]
        super().__init_subclass__(**options)

    def __init__(self) -> None:
        super().__init__()
        self.title_line = TitleLine()
        self.status_line = StatusLine()
        self.footer_keys = FooterKeys(self)
        self._where = PLACES[self.NAME].title
        self._before_notes: Widget | None = None
        self._waiting: dict[str, Coroutine[Any, Any, None]] = {}

    @property
    def desk(self) -> DeskLine:
        """The open desk.

        Raises:
            DeskLocked: no desk is open, or it was locked while this place still had something to ask.
        """
        if self.app.desk is None:
            raise DeskLocked
        return self.app.desk

    # What a screen writes

    def body(self) -> ComposeResult:
        """What stands between the title and the message line."""
        yield from ()

    def on_place_shown(self) -> None:
        """Called when the place is first shown, and each time the officer comes back to it."""

    def leaving(self) -> None:
        """Called before the place goes away for any reason: write what is typed where it is safe. Never waits."""

    @property
    def unfinished(self) -> str:
        """What is half done here, in a few words ("Enquiry E26-0818"), so that Ctrl+Q asks first; "" for nothing."""
        return ""

    @property
    def holds_keys(self) -> bool:
        """Whether what is typed must wait, because the list or form it is meant for is still being fetched."""
        return bool(self.query(".-fetching"))

    # What every screen has

    def compose(self) -> ComposeResult:
        """Title, body, message, keys."""
        yield self.title_line
        with Body():
            yield from self.body()
        yield self.status_line
        yield self.footer_keys

    def set_where(self, where: str) -> None:
        """Say in the title where the officer is ("Case R26-0361 Ingram D")."""
        self._where = where
        self.paint_title()

    def paint_title(self) -> None:
        """Paint the title line with the time of now."""
        desk = self.app.desk
        self.title_line.say(
            f"LADO Desk | {self._where}", self.app.who_words(), practice=desk is not None and desk.practice
        )

    def say(self, message: str, *, urgent: bool = False) -> None:
        """Write the message line; it stays until the next message."""
        self.status_line.say(message, urgent=urgent)

    def saved_at(self, words: str) -> None:
        """Say what is safe, beside the message ("Draft saved 10:46:31")."""
        self.status_line.say_safe(words)

    def start(self, work: Coroutine[Any, Any, None], *, group: str = "work", alone: bool = False) -> Worker[None]:
        """Run work that asks or does. What the desk says against it is told to the officer.

        Args:
            work: the coroutine.
            group: works of one group can be stopped together.
            alone: stop what is still running in the group first.
        """
        if alone:
            self._give_up(group)
            self._waiting[group] = work
        return self.run_worker(partial(self._telling, work), group=group, exclusive=alone)

    def _give_up(self, group: str) -> None:
        """Let go of work that was overtaken before it began."""
        work = self._waiting.pop(group, None)
        if work is not None and getcoroutinestate(work) == CORO_CREATED:
            work.close()

    async def _telling(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except DeskError as error:
            self.tell(error)

    def tell(self, error: DeskError) -> None:
        """Tell the officer what the desk could not do, in its words."""
        self.say(f"{error.title}. {error.sentence}", urgent=True)

    @property
    def lock_words(self) -> str:
        """When the desk will lock by itself, for the end of the bottom line."""
        return self.app.lock_words

    def why_off(self, command: Command) -> str:
        """Why a command cannot be used now, for the officer; "" where it can.

        A command's `needs` is a condition of the place (a method `may_<needs>`) or else a permission.
        """
        if not command.needs:
            return ""
        condition = getattr(self, f"may_{command.needs}", None)
        allowed = condition() if condition else self.app.may(command.needs)
        return "" if allowed else command.reason

    def do_back(self) -> None:
        """Back one step; what is typed is kept by `leaving`."""
        self.app.close_place(self)

    def do_go_to_field(self) -> None:
        """Mark the fields in view, each with a key that goes there."""
        from lado_tui.widgets.form_body import FormBody

        for form in self.query(FormBody):
            form.jump()

    def do_notes(self) -> None:
        """To the notes box, and from there back to the field before."""
        from lado_tui.widgets.notes_box import NotesBox

        boxes = list(self.query(NotesBox))
        inside = any(box.has_focus_within for box in boxes)
        if inside and self._before_notes is not None:
            self._before_notes.focus()
        elif boxes and not inside:
            self._before_notes = self.focused
            boxes[0].focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The terminal's own cursor stands where words are typed, for screen readers and Braille lines."""
        self.app.show_cursor(getattr(event.widget, "takes_typing", False))

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """It is hidden elsewhere."""
        self.app.show_cursor(False)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Shown, or come back to; not where the officer has gone on meanwhile, or the desk was locked."""
        if self.is_current:
            self.app.show_cursor(getattr(self.focused, "takes_typing", False))
            self.paint_title()
            self.on_place_shown()

    def on_mount(self) -> None:
        """From now on, whatever ends the program calls `leaving` first."""
        self.app.keeping.keep(self, self.leaving)

    def on_unmount(self) -> None:
        """Gone: whatever was typed was written by `leaving` before."""
        for group in list(self._waiting):
            self._give_up(group)
        self.app.keeping.forget(self)
