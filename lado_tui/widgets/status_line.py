"""The line just above the keys: what was just done, and what is safe ("Draft saved 10:46:31")."""

from __future__ import annotations

from collections.abc import Iterable

from lado_tui.widgets.drawn import Drawn, Part, cells, fit


class StatusLine(Drawn):
    """A rule, then one line: a message on the left, what is safe on the right. Nothing here ticks or fades."""

    DEFAULT_CSS = "StatusLine { height: 2; }"

    def __init__(self) -> None:
        super().__init__()
        self.message = ""
        self.ink = ""
        self.safe = ""

    def say(self, message: str, *, urgent: bool = False) -> None:
        """Show a message until the next; "" clears it."""
        self._change(message, "error" if urgent else "", self.safe)

    def say_safe(self, safe: str) -> None:
        """Show what is safe, as "Draft saved 10:46:31"."""
        self._change(self.message, self.ink, safe)

    def _change(self, *words: str) -> None:
        if words != (self.message, self.ink, self.safe):
            self.message, self.ink, self.safe = words
            self.refresh()

    def draw(self, y: int) -> Iterable[Part]:
        """The rule, then the words."""
        if y == 0:
            yield Part("─" * self.size.width, "rule")
            return
        width = self.size.width - 2
        safe = fit(self.safe, min(cells(self.safe), width))
        yield Part(" ")
        yield Part(fit(self.message, max(0, width - cells(safe) - 1)), self.ink)
        yield Part(" ")
        yield Part(safe, "quiet")
