"""The top of every screen: where I am, who I am, the time when it was painted, and PRACTICE where it is.

The time does not tick: it is that of the last painting, and painting costs nothing while nobody works.
"""

from __future__ import annotations

from collections.abc import Iterable

from lado_tui.widgets.drawn import Drawn, Part, cells, fit

PRACTICE = " PRACTICE "


class TitleLine(Drawn):
    """Two lines: the words, and a rule. The place it stands in says what they are (`Place.where`, `Place.who`)."""

    DEFAULT_CSS = "TitleLine { height: 2; background: $panel; }"

    def __init__(self) -> None:
        super().__init__()
        self.where = ""
        self.who = ""
        self.practice = False

    def say(self, where: str, who: str, *, practice: bool) -> None:
        """Show where and who; on a practice store, say so.

        Args:
            where: the place, with a reference where one is open. Never more of a case than its reference and name.
            who: the officer and the time.
            practice: whether the store holds invented records.
        """
        if (where, who, practice) != (self.where, self.who, self.practice):
            self.where, self.who, self.practice = where, who, practice
            self.refresh()

    def draw(self, y: int) -> Iterable[Part]:
        """Where on the left, who on the right, PRACTICE between them."""
        if y:
            yield Part("━" * self.size.width, "rule")
            return
        middle = PRACTICE if self.practice else ""
        width = self.size.width - 2
        needed = cells(self.where) + cells(middle) + 2
        who = self.who if cells(self.who) + needed <= width else self.who.split(" | ")[-1]
        room = width - cells(who) - cells(middle) - (2 if middle else 1)
        yield Part(" ")
        yield Part(fit(self.where, room), "title")
        if middle:
            yield Part(" ")
            yield Part(middle, "practice")
        yield Part(" ")
        yield Part(who)
