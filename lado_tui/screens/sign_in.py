"""Who is it? Name and passphrase for a real store; the same words for every failure."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult

from db.forms.question import Kind, Question
from lado_tui.app import DeskRefused
from lado_tui.opening import Seat, state_folder
from lado_tui.screens.doorway import Doorway, door_field
from lado_tui.widgets.field import Field
from lado_tui.widgets.line_input import LineInput
from lado_tui.widgets.notice import Notice, Told

if TYPE_CHECKING:
    from db.desk import Desk

NAME = Question("Sign-in name", Kind.LINE, name="who", limit=60)
PASSPHRASE = Question("Passphrase", Kind.LINE, name="passphrase", hint="long, and yours alone")
LIBRARIES = ("db.sign_in", "lado_tui.screens.desk")
"""What brings in everything that opening the desk needs."""


def signed_in(store: Path, who: str, passphrase: str) -> Desk:
    """The desk of an officer at a real store; called off the screen's thread.

    Raises:
        DeskError: they do not sign in, or the store does not open.
    """
    from db.sign_in import sign_in

    return sign_in(store, who, passphrase, state=state_folder())


class SignInScreen(Doorway):
    """The first page of a real store. The store's libraries load while the officer types."""

    NAME = "sign_in"
    HELP = "Type the name you sign in with and your passphrase. After ten tries in five minutes there is a wait."

    def __init__(self, seat: Seat) -> None:
        """Ask.

        Args:
            seat: which store, and the officer's name where it is known.
        """
        super().__init__()
        self.seat = seat
        self.who = door_field(LineInput(NAME))
        self.passphrase = door_field(LineInput(PASSPHRASE, secret=True))
        self.trying = False

    def body(self) -> ComposeResult:
        """Two fields and what went wrong."""
        yield Notice(Told("", ""), Told("", f"Sign in to {self.seat.store.name}", "strong"), Told("", ""))
        yield self.who
        yield self.passphrase
        yield self.told

    def on_mount(self) -> None:
        """Begin with the passphrase where the name is known, and load what the store needs meanwhile."""
        super().on_mount()
        self.who.value = self.seat.officer
        (self.passphrase if self.seat.officer else self.who).focus()
        self.load_libraries()

    @work(thread=True, group="libraries")
    def load_libraries(self) -> None:
        """Import what the store and the first page need, while the officer types."""
        for name in LIBRARIES:
            import_module(name)

    @on(Field.Done)
    def go_on(self, event: Field.Done) -> None:
        """Enter goes from the name to the passphrase, and from there in."""
        if event.field is self.who:
            self.passphrase.focus()
        else:
            self.do_sign_in()

    def do_sign_in(self) -> None:
        """Try."""
        if self.trying:
            return
        self.trying = True
        self.say_opening()
        self.app.sign_in["seat"] = replace(self.seat, officer=self.who.value.strip())  # for when the desk is locked
        self.app.begin(partial(signed_in, self.seat.store, self.who.value, self.passphrase.value))
        self.passphrase.clear()

    @on(DeskRefused)
    def refused(self, event: DeskRefused) -> None:
        """Say why not, and ask again."""
        event.stop()
        self.trying = False
        self.tell(event.error)
        self.passphrase.focus()
