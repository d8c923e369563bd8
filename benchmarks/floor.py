"""The bare floor: the smallest Textual programs that paint something, and take one key."""

import sys

from textual.app import App, ComposeResult
from textual.widgets import Input, Static


class Hello(App[None]):
    """One line of text."""

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static("Hello from the floor")


class OneField(App[None]):
    """One field, with a cursor that does not blink."""

    def compose(self) -> ComposeResult:
        """The field."""
        field = Input(placeholder="One field")
        field.cursor_blink = False
        yield field


if __name__ == "__main__":
    (OneField if sys.argv[1:] == ["field"] else Hello)().run()
