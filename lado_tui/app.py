"""LADO Desk on the screen: opens the desk, goes from place to place, and knows the keys that work everywhere.

Small on purpose. The first frame is painted before the record's libraries are imported: `opening` is called in a
thread once something stands on the screen. `opening` raises `DeskError` where the store cannot be opened.

    LadoApp(open_practice).run()                                  # the desk
    LadoApp(open_practice, first="enquiry").run()                 # straight to a place
    LadoApp(None, sign_in={"store": path}).run()                  # asks who it is first

Places are reached by name: `app.open_place("case", case_id=412)`, or `await app.ask_in("confirm", ...)` from a
worker, for one that hands something back. `app.say` shows a toast; `app.may` knows permissions.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Mapping
from inspect import isawaitable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on, work
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen
from textual.worker import Worker

from db.errors import DeskError
from db.keyring import ring_path
from lado_tui.commands import EVERYWHERE, Command, bindings_for, command_by_id
from lado_tui.keyboard import KeyboardApp
from lado_tui.nightly import Nightly
from lado_tui.opening import sit_down
from lado_tui.screens import screen_class
from lado_tui.screens.place import Place
from lado_tui.styles.themes import DARK, THEMES

if TYPE_CHECKING:
    from db.desk import Desk
    from lado_tui.desk_line import DeskLine
    from lado_tui.opening import Seat

__all__ = ["DeskOpened", "DeskRefused", "LadoApp", "run_desk", "run_set_up"]

LEAST_WIDTH, LEAST_HEIGHT = 80, 24
"""The smallest window the screens are drawn for, in cells."""


class DeskOpened(Message):
    """The store is open and the officer is at the desk."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk


class DeskRefused(Message):
    """The store could not be opened; `error` says why and what to do."""

    def __init__(self, error: DeskError) -> None:
        super().__init__()
        self.error = error


class LadoApp(KeyboardApp[None]):
    """The program. Returns when the officer has left."""

    TITLE = "LADO Desk"
    """All that a terminal's own title bar is ever told."""

    CSS_PATH = Path(__file__).parent / "styles" / "base.tcss"
    COMMANDS: ClassVar[set[Any]] = set()
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_for(EVERYWHERE)]
    ENABLE_COMMAND_PALETTE = False
    NOTIFICATION_TIMEOUT = 8.0

    names_hidden: reactive[bool] = reactive(False)
    """Whether every name on the screen is covered (F9)."""

    lock_words: reactive[str] = reactive("")
    """When the desk locks by itself, for the bottom line ("Locks at 10:52"); "" where it does not."""

    def __init__(
        self,
        opening: Callable[[], Desk] | None,
        *,
        first: str = "desk",
        first_with: Mapping[str, Any] | None = None,
        sign_in: Mapping[str, Any] | None = None,
        asks: str = "sign_in",
    ) -> None:
        """Make the program.

        Args:
            opening: opens the desk, called off the event loop's thread; None asks the officer to sign in.
            first: the place to begin in.
            first_with: what that place is opened with.
            sign_in: what the sign-in place is opened with.
            asks: the place that asks first where nothing is opened: ``sign_in`` or ``set_up``.
        """
        super().__init__()
        self.opening = opening
        self.first = (first, dict(first_with or {}))
        self.sign_in = dict(sign_in or {})
        self.asks = asks
        self.desk: DeskLine | None = None
        self.nightly = Nightly()
        self.opening_words = "Opening the record."
        self._doing: dict[str, Worker[None]] = {}
        if "TEXTUAL_ANIMATIONS" not in os.environ:
            self.animation_level = "none"
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK

    def get_default_screen(self) -> Screen[Any]:
        """The first frame: a title and one line, before anything else is loaded."""
        opening = screen_class("opening")()
        opening._push_result_callback(self, None)  # or the screen nobody pushed could not be switched for another
        return opening

    # Opening the desk

    def on_mount(self) -> None:
        """Paint first; then open the desk, or ask who it is."""
        self.listen_for_stop()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        if self.opening is None:
            self.go_on_to(self.asks, **self.sign_in)
        else:
            self.begin(self.opening)

    @work(thread=True, exit_on_error=True, group="opening")
    def begin(self, opening: Callable[[], Desk]) -> None:
        """Open the desk in a thread; `DeskOpened` or `DeskRefused` is posted to the place in front.

        The sign-in page calls this with a function that knows the officer and the passphrase.
        """
        try:
            desk = opening()
            screen_class(self.first[0])  # imported here, so that the screen's own thread need not wait for it
        except DeskError as error:
            self.call_from_thread(self._opening_refused, error)
        else:
            self.call_from_thread(self._opened, desk)

    def _opening_refused(self, error: DeskError) -> None:
        self.screen.post_message(DeskRefused(error))

    def _opened(self, desk: Desk) -> None:
        from lado_tui.desk_line import DeskLine

        self.desk = DeskLine(desk)
        self.nightly.unlocked(desk)
        name, options = self.first
        self.switch_screen(screen_class(name)(**options))
        self.post_message(DeskOpened(desk))

    # Going from place to place

    def open_place(self, name: str, /, **options: Any) -> Place[Any]:  # noqa: ANN401 - each place has its own
        """Go to a place by its name; Esc comes back here. What is typed here is written first."""
        if self.place is not None:
            self.place.leaving()
        place = screen_class(name)(**options)
        self.push_screen(place)
        return place

    def go_on_to(self, name: str, /, **options: Any) -> None:  # noqa: ANN401 - each place has its own
        """Put another place in the stead of the one in front; Esc from there leads where this one's Esc would."""
        self.switch_screen(screen_class(name)(**options))

    async def ask_in(self, name: str, /, **options: Any) -> Any:  # noqa: ANN401 - each place hands back its own
        """Go to a place and wait for what it hands back (`dismiss`). Only from a worker, such as `Place.start`."""
        return await self.push_screen_wait(screen_class(name)(**options))

    def close_place(self, place: Place[Any]) -> None:
        """Back one step. What is typed there is written first; from the first place there is no way back."""
        place.leaving()
        if len(self.screen_stack) > 1 and self.screen is place:
            self.pop_screen()
        else:
            place.say("This is the first page. Ctrl+Q leaves LADO Desk.")

    def go_home(self) -> None:
        """Back to the first place, writing what is typed in each on the way."""
        while len(self.screen_stack) > 1 and isinstance(self.screen, Place):
            self.screen.leaving()
            self.pop_screen()

    @property
    def place(self) -> Place[Any] | None:
        """The place in front of the officer."""
        return self.screen if isinstance(self.screen, Place) else None

    def on_resize(self, event: events.Resize) -> None:
        """Under 80 by 24, a plain page; back to the same field when the window is larger again."""
        from lado_tui.screens.too_small import TooSmallScreen

        too_small = event.size.width < LEAST_WIDTH or event.size.height < LEAST_HEIGHT
        standing = isinstance(self.screen, TooSmallScreen)
        if too_small and not standing:
            self.open_place("too_small")
        elif standing and not too_small:
            self.pop_screen()

    # Who is here, and what they may do

    def may(self, permission: str) -> bool:
        """Whether the officer's role carries a permission; nobody's does before the desk is open."""
        from db.permissions import Permission, may

        return self.desk is not None and may(self.desk.officer.role, Permission(permission))

    def who_words(self) -> str:
        """Who is at the desk and the time there, for the title line."""
        if self.desk is None:
            return ""
        officer, now = self.desk.officer, self.desk.now
        return f"{officer.name}, {officer.role.label} | {now:%a} {now.day} {now:%b %Y %H:%M}"

    # Commands

    def action_command(self, name: str) -> None:
        """Do a command by its id: the place in front does it, or else the app. One that is off says why."""
        command = command_by_id(name)
        place = self.place
        reason = place.why_off(command) if place else ""
        if reason:
            self.say(reason)
        elif command.changes_data and self.key_was_pasted:
            self.say(f"{command.label} came with pasted words and was not done. Press its key again.", urgent=True)
        elif command.id not in self._doing or self._doing[command.id].is_finished:
            self._run(command)

    def _run(self, command: Command) -> None:
        method = getattr(self.screen, f"do_{command.name}", None) or getattr(self, f"do_{command.name}", None)
        if method is None:
            self.say(f"{command.label} is not for this page.")
            return
        try:
            result = method(command.argument) if command.argument else method()
        except DeskError as error:
            self._tell(error)
            return
        if isawaitable(result):
            self._doing[command.id] = self.screen.run_worker(self._finish(result), group=f"command-{command.name}")

    async def _finish(self, result: Awaitable[Any]) -> None:
        try:
            await result
        except DeskError as error:
            self._tell(error)

    def _tell(self, error: DeskError) -> None:
        if self.place:
            self.place.tell(error)

    def do_help(self) -> None:
        """What can be done in this place."""
        if self.place and self.place.NAME != "help":
            self.open_place("help", about=self.place)

    def do_new_enquiry(self) -> None:
        """Take a call."""
        self.open_place("enquiry")

    async def do_park_call(self) -> None:
        """Take up the call that has been parked longest."""
        from lado_tui.calls import parked_calls

        parked = await parked_calls(self.desk) if self.desk else []
        if parked:
            self.open_place("enquiry", draft=parked[0])
        else:
            self.say("No call is parked. F2 takes a new one.")

    def do_find(self) -> None:
        """Find a person, a case or a setting."""
        self.open_place("find")

    def do_palette(self) -> None:
        """Every command of this place, by part of its name."""
        from lado_tui.palette import open_palette

        open_palette(self)

    def do_hide_names(self) -> None:
        """Cover every name, or show them again."""
        self.names_hidden = not self.names_hidden
        self.say("Names are hidden. F9 shows them." if self.names_hidden else "Names are shown.")

    def watch_names_hidden(self) -> None:
        """Paint everything again."""
        for screen in self.screen_stack:
            for widget in screen.walk_children(with_self=True):
                widget.refresh()

    def do_change_theme(self) -> None:
        """The next set of colours."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]

    def do_lock(self) -> None:
        """Write what is typed, clear the screen, let go of the desk and its key, and ask who it is."""
        if self.desk is None:
            return
        self.keeping.write_all()
        desk, self.desk = self.desk, None
        self.go_home()
        self.clear_notifications()
        whose = {"officer": desk.officer, "practice": desk.practice, "at": desk.now}
        self.go_on_to("locked", **whose, **self.sign_in)
        self.nightly.locked()
        desk.close()

    async def do_quit(self) -> None:
        """Leave; where something is being typed, ask first."""
        self.keeping.write_all()
        open_drafts = [place for place in self.screen_stack if isinstance(place, Place) and place.unfinished]
        if open_drafts and not await self.ask_in(
            "confirm",
            title="Leave LADO Desk?",
            words=[f"{place.unfinished} is not finished. It is kept as a draft." for place in open_drafts],
            yes="Leave",
        ):
            return
        self.exit()

    async def action_quit(self) -> None:
        """Textual's own way out leads through ours."""
        self.action_command(f"{EVERYWHERE}.quit")

    def action_help_quit(self) -> None:
        """Ctrl+C with nothing selected does not end the program; it says what does."""
        self.say("Ctrl+C copies what is selected. Ctrl+Q leaves LADO Desk.")

    @on(DeskRefused)
    def _nowhere_to_say(self, event: DeskRefused) -> None:
        """A refusal no place answered is said in the message line."""
        self._tell(event.error)


_ON_SERVER = ("postgresql:", "postgres:")
"""How the address of a team's store begins; whoever opens one says who they are."""


def run_desk(seat: Seat, *, prepare: Callable[[], None] | None = None) -> int:
    """Run the program for one seat, and return its exit code.

    A practice store opens by itself; a real one asks for the passphrase on the sign-in page, which is handed
    `seat` and calls `app.begin` with a function that opens the desk.

    Args:
        seat: which store, and who sits down at it.
        prepare: what has to be done first and takes a while, such as building the practice store.
    """

    def opening() -> Desk:
        if prepare is not None:
            prepare()
        return sit_down(seat)

    asks = ring_path(seat.store).exists() or str(seat.store).startswith(_ON_SERVER)
    app = LadoApp(None if asks else opening, sign_in={"seat": seat})
    if prepare is not None:
        app.opening_words = "Building the practice store. This takes a few seconds, once."
    app.run()
    if app.desk is not None:
        app.desk.close()
    return app.return_code or 0


def run_set_up(store: Path) -> int:
    """Run the program to make a new store, and return its exit code.

    Args:
        store: where it is to lie.
    """
    app = LadoApp(None, asks="set_up", sign_in={"store": store})
    app.run()
    if app.desk is not None:
        app.desk.close()
    return app.return_code or 0
