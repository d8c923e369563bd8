"""The locked desk: nothing of any case stands here, and the store's key is gone until it is unlocked."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from lado_tui.app import DeskRefused
from lado_tui.opening import Seat
from lado_tui.screens.doorway import Doorway, door_field
from lado_tui.screens.sign_in import PASSPHRASE, signed_in
from lado_tui.widgets.field import Field
from lado_tui.widgets.line_input import LineInput
from lado_tui.widgets.notice import Notice, Told

if TYPE_CHECKING:
    from db.work import OfficerCard


class LockedScreen(Doorway):
    """Who locked the desk, and how to open it again. A practice store opens with Enter."""

    NAME = "locked"
    HELP = "Your passphrase opens the desk again; what you typed is kept as drafts."

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "unlock", show=False)]

    def __init__(self, *, officer: OfficerCard, practice: bool, at: datetime, seat: Seat | None = None) -> None:
        """Lock.

        Args:
            officer: who was at the desk.
            practice: whether the store holds invented records.
            at: when it was locked, by the wall clock.
            seat: which store.
        """
        super().__init__()
        self.officer = officer
        self.practice = practice
        self.at = at
        self.seat = seat
        self.passphrase = door_field(LineInput(PASSPHRASE, secret=True))
        self.trying = False

    def body(self) -> ComposeResult:
        """Who, how to unlock, what is safe."""
        yield Notice(
            Told("", ""),
            Told("", f"LADO Desk is locked since {self.at:%H:%M}", "strong"),
            Told("", ""),
            Told("", f"{self.officer.name}, {self.officer.role.label}"),
            Told("", ""),
        )
        if self.practice:
            yield Notice(Told("", "Press Enter to unlock. This is the practice store: it needs no passphrase.", "ask"))
        else:
            yield self.passphrase
        yield Notice(
            Told("", ""),
            Told("", f"What {self.officer.name} typed and did not save is kept as drafts, which nobody else can read."),
            Told("", "No case details are shown or kept on this screen while it is locked.", "quiet"),
        )
        yield self.told

    def on_mount(self) -> None:
        """Wait for the passphrase."""
        super().on_mount()
        if not self.practice:
            self.passphrase.focus()

    def paint_title(self) -> None:
        """The place, and PRACTICE where it is; nobody is at the desk."""
        self.title_line.say("LADO Desk | Locked", f"{self.at:%a} {self.at.day} {self.at:%b %Y}", practice=self.practice)

    def action_unlock(self) -> None:
        """Enter, where there is no passphrase to type."""
        self.do_unlock()

    @on(Field.Done)
    def do_unlock(self) -> None:
        """Open the desk again."""
        if self.trying:
            return
        opening = self.app.opening if self.practice else None
        if opening is None and self.seat is not None and not self.practice:
            opening = partial(signed_in, self.seat.store, self.seat.officer, self.passphrase.value)
        if opening is not None:
            self.trying = True
            self.say_opening()
            self.app.begin(opening)
            self.passphrase.clear()

    @on(DeskRefused)
    def refused(self, event: DeskRefused) -> None:
        """Say why not, and ask again."""
        event.stop()
        self.trying = False
        self.tell(event.error)

    def do_other_person(self) -> None:
        """Let somebody else sign in."""
        if self.practice or self.seat is None:
            self.say("The practice store needs no sign-in. Enter unlocks it.")
        else:
            self.app.go_on_to("sign_in", seat=Seat(self.seat.store))
