"""The first frame: what stands there while the record is being opened."""

import textwrap

from textual import on
from textual.app import ComposeResult

from lado_tui.app import DeskRefused
from lado_tui.screens.place import Place
from lado_tui.widgets.drawn import Part, Words


class OpeningScreen(Place[None]):
    """One line, until the desk is open or says why it is not."""

    NAME = "opening"
    HELP = "The record is being opened. Nothing needs to be done."

    def body(self) -> ComposeResult:
        """One line."""
        self.words = Words("", f" {self.app.opening_words}")
        yield self.words

    @on(DeskRefused)
    def say_why(self, event: DeskRefused) -> None:
        """The store could not be opened: say so, and what to do."""
        event.stop()
        told = [f" {line}" for line in textwrap.wrap(event.error.sentence, self.size.width - 2)]
        self.words.say("", Part(f" {event.error.title}", "strong"), "", *told, "", " Ctrl+Q leaves.")
