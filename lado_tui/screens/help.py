"""Help for the place it was asked in: what the place is for, what the field in focus does, and every key that works."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from lado_tui.commands import EVERYWHERE, FIELD, Command, commands_for, key_words
from lado_tui.screens import PLACES
from lado_tui.screens.place import Place
from lado_tui.widgets.drawn import Part, Words

KEYS_WIDTH = 20
"""Cells for the keys of a command."""


class HelpScreen(Place[None]):
    """One page of help, made from the place itself and from `commands.py`."""

    NAME = "help"
    HELP = "Up, Down, PgUp and PgDn move. Esc goes back to where you were."

    def __init__(self, about: Place[Any]) -> None:
        """Help for one place.

        Args:
            about: the place in front when help was asked for.
        """
        super().__init__()
        self.about = about
        self._where = f"Help for {PLACES[about.NAME].title}"

    def body(self) -> ComposeResult:
        """Everything on one page that scrolls."""
        with VerticalScroll():
            yield Words(*self._rows())

    def _rows(self) -> Iterator[Part | list[Part]]:
        focused = self.about.focused
        for title, words in (("This page", self.about.HELP), ("This field", focused.HELP if focused else None)):
            if words:
                yield Part(f" {title.upper()}", "heading")
                yield from (Part(f"  {line}") for line in textwrap.wrap(" ".join(words.split()), 76))
                yield Part("")
        for title, wanted in (("Here", False), ("Everywhere", True)):
            yield Part(f" {title.upper()}", "heading")
            found = [c for c in commands_for(self.about.NAME) if (c.where == EVERYWHERE) == wanted]
            for command in found:
                yield from self._command(command)
            yield Part("")

    def _command(self, command: Command) -> Iterator[list[Part]]:
        keys = ", ".join(dict.fromkeys(map(key_words, command.keys_in(PLACES[self.about.NAME].kinds))))
        if command.where == FIELD and len(keys) > KEYS_WIDTH:
            keys = f"{keys.split(', ')[0]} to {keys.split(', ')[-1]}"
        off = self.about.why_off(command)
        yield [Part(f"  {keys:<{KEYS_WIDTH}}", "key"), Part(f"{command.label}. {command.why}")]
        if off:
            yield [Part(" " * (KEYS_WIDTH + 2)), Part(off, "quiet")]
