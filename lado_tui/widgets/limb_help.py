"""What stands around the four limbs: the sentence they end, help with the one in hand, what saving will do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lado_tui.widgets.drawn import Drawn, Part, fit, is_wide
from lado_tui.widgets.passage import wrapped

ASKED = "Has the adult behaved, or may have behaved, in a way that:"

NARROW_LINES, WIDE_LINES = 2, 6
"""Lines for help in a window of 80 columns, and of 120."""


class LimbHead(Drawn):
    """The sentence that the limbs end, and the three answers over their columns."""

    def __init__(self, label_width: int) -> None:
        """Make the head of the limbs.

        Args:
            label_width: the cells before the answers.
        """
        super().__init__()
        self.label_width = label_width

    def draw(self, y: int) -> Iterable[Part]:
        """One line."""
        yield Part(f" {ASKED}".ljust(self.label_width), "strong")
        yield Part("yes no not sure", "quiet")


class LimbHelp(Drawn):
    """Help with what is in hand, in the field's words; F1 has it whole."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = ""
        self.words = ""

    def say(self, heading: str, words: str) -> None:
        """Show this help."""
        if (heading, words) != (self.heading, self.words):
            self.heading, self.words = heading, words
            self.refresh()

    @property
    def text(self) -> str:
        """Heading and words."""
        return f"{self.heading} {self.words}"

    def lines(self, width: int) -> int:
        """The same height whatever is in hand, so that nothing below moves."""
        return WIDE_LINES if is_wide(self.app) else NARROW_LINES

    def draw(self, y: int) -> Iterable[Part]:
        """A line of help; the last one says where the rest is."""
        lines = self._lines()
        room = self.lines(self.size.width)
        if y >= len(lines):
            return
        line = lines[y]
        if y == 0:
            yield Part(" " + line[: len(self.heading)], "heading")
            line = line[len(self.heading) :]
        else:
            yield Part(" ")
        more = y == room - 1 and len(lines) > room
        yield Part(f"{line[: self.size.width - 14].rsplit(' ', 1)[0]} ..." if more else line)
        if more:
            yield Part("  F1 more", "key")

    def _lines(self) -> Sequence[str]:
        return list(wrapped(f"{self.heading} {self.words}", self.size.width - 2)) if self.heading else []


class WhatFollows(Drawn):
    """What Ctrl+S will keep and ask for, before it is pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""

    def say(self, words: str) -> None:
        """Show what follows."""
        if words != self.words:
            self.words = words
            self.refresh()

    def lines(self, width: int) -> int:
        """Always two."""
        return 2

    def draw(self, y: int) -> Iterable[Part]:
        """The line; what does not fit in two is marked with an ellipsis."""
        lines = list(wrapped(self.words, self.size.width - 10))
        cut = y == 1 and len(lines) > self.lines(self.size.width)
        yield Part(" CTRL+S  " if y == 0 else " " * 9, "label")
        yield Part(fit(" ".join(lines[1:]), self.size.width - 10) if cut else "".join(lines[y : y + 1]))
