"""Why a search is made, chosen with one key and kept for the session."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual.events import Blur, Click, Focus, Key
from textual.message import Message

from lado_tui.widgets.drawn import Drawn, Part, cells

if TYPE_CHECKING:
    from db.vocabulary import Term


class ReasonChoice(Drawn, can_focus=True):
    """One line: the reason chosen; while it is being chosen, every reason with its letter."""

    HELP = "Press the letter of the reason. It is kept in the audit trail with each search, and asked once a session."

    DEFAULT_CSS = "ReasonChoice { height: auto; }"

    class Chosen(Message):
        """A reason was chosen."""

        def __init__(self, code: str) -> None:
            super().__init__()
            self.code = code

    def __init__(self, reasons: Sequence[Term], chosen: str = "") -> None:
        """Offer reasons.

        Args:
            reasons: the list, each with its letter in ``short``.
            chosen: the code chosen before in this session.
        """
        super().__init__()
        self.reasons = reasons
        self.chosen = chosen

    @property
    def words(self) -> str:
        """The reason chosen, in words."""
        return next((term.label for term in self.reasons if term.code == self.chosen), "")

    def lines(self, width: int) -> int:
        """One, or as many as the reasons take while one is being chosen."""
        return len(self._offered(width)) if self.has_focus else 1

    def draw(self, y: int) -> Iterable[Part]:
        """The reason, or all of them."""
        if self.has_focus:
            offered = self._offered(self.size.width)
            return offered[y] if y < len(offered) else ()
        if not self.chosen:
            return [Part(" Why ", "label"), Part(" Ctrl+R: say why before you search.", "ask")]
        return [Part(" Why ", "label"), Part(f" {self.words}"), Part("  (Ctrl+R changes)", "quiet")]

    def _offered(self, width: int) -> list[list[Part]]:
        rows: list[list[Part]] = [[Part(" Why are you searching?  ", "ask")]]
        used = 25
        for term in self.reasons:
            wide = cells(term.short) + cells(term.label) + 4
            if used + wide > width:
                rows.append([Part(" " * 25)])
                used = 25
            rows[-1] += [Part(term.short, "key", hit=term.code), Part(f" {term.label}   ", hit=term.code)]
            used += wide
        return rows

    def on_key(self, event: Key) -> None:
        """A letter chooses; Enter keeps what was chosen before."""
        wanted = (event.character or "").casefold()
        found = next((term.code for term in self.reasons if term.short and term.short == wanted), "")
        if found or (event.key == "enter" and self.chosen):
            event.stop()
            event.prevent_default()
            self.choose(found or self.chosen)

    def choose(self, code: str) -> None:
        """Take a reason."""
        self.chosen = code
        self.refresh(layout=True)
        self.post_message(self.Chosen(code))

    def on_click(self, event: Click) -> None:
        """A click chooses."""
        code = self.hit(event)
        if isinstance(code, str):
            self.choose(code)

    def on_focus(self, event: Focus) -> None:
        """Open."""
        self.refresh(layout=True)

    def on_blur(self, event: Blur) -> None:
        """One line again."""
        self.refresh(layout=True)
