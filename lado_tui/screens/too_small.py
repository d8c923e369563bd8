"""The page shown while the window is too small for any other."""

from collections.abc import Iterable

from textual.app import ComposeResult

from lado_tui.screens.place import Place
from lado_tui.widgets.drawn import Drawn, Part


class _Plain(Drawn):
    DEFAULT_CSS = "_Plain { height: 1fr; }"

    def __init__(self, safe: str) -> None:
        super().__init__()
        self.safe = safe

    def draw(self, y: int) -> Iterable[Part]:
        """Size, what is needed, what is safe, the two keys that work."""
        width, height = self.app.size
        rows = (
            f" This window is {width} by {height}. LADO Desk needs 80 by 24.",
            " Make it bigger to go on where you were.",
            f" {self.safe}" if self.safe else "",
            " F8 Lock   Ctrl+Q Quit",
        )
        yield Part(rows[y] if y < len(rows) else "")


class TooSmallScreen(Place[None]):
    """Says how large the window must be. The place below keeps its field and its words."""

    NAME = "too_small"

    def compose(self) -> ComposeResult:
        """Plain lines: a title would not fit."""
        below = [place for place in self.app.screen_stack if isinstance(place, Place) and place is not self]
        safe = below[-1].status_line.safe if below else ""
        yield _Plain(f"Your draft is safe ({safe})." if safe else "")

    def paint_title(self) -> None:
        """There is none."""

    def do_back(self) -> None:
        """Only a larger window leads back."""
