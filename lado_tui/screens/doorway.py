"""What the pages before an open desk have in common: nothing of the record can be reached from them."""

from __future__ import annotations

from db.errors import DeskError
from lado_tui.commands import Command
from lado_tui.screens.place import Place
from lado_tui.widgets.line_input import LineInput
from lado_tui.widgets.notice import Notice, Told

BEHIND_THE_DOOR = ("new_enquiry", "find", "heard_before", "park_call", "lock", "hide_names")
"""Commands that work everywhere but before a desk is open."""

LABELS = 16


class Doorway(Place[None]):
    """A page before the desk is open. What goes wrong is said below its fields."""

    def __init__(self) -> None:
        super().__init__()
        self.told = Notice()

    def why_off(self, command: Command) -> str:
        """Nothing of the record can be reached from here."""
        return "Sign in first." if command.needs or command.name in BEHIND_THE_DOOR else ""

    def tell(self, error: DeskError) -> None:
        """Say what the desk says against it."""
        self.told.say(Told("", ""), Told("!", f"{error.title}. {error.sentence.rstrip('.')}.", "error"))

    def say_opening(self) -> None:
        """Say that the store is being opened."""
        self.told.say(Told("", ""), Told("", "Opening the record.", "quiet"))


def door_field(field: LineInput) -> LineInput:
    """A field as it stands on these pages."""
    field.label_width = LABELS
    field.styles.padding = (0, 0, 0, 1)
    return field
