"""Something read in full: an entry of the chronology, what a referral says, everything about a case."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult

from lado_tui.screens.place import Place
from lado_tui.widgets.passage import Paragraph, Passage, Reading


class ReadingScreen(Place[None]):
    """One page of words that scrolls. Where it can be corrected, Ctrl+R opens the form for that."""

    NAME = "reading"
    HELP = "Up, Down, PgUp and PgDn move. Esc goes back to where you were."

    def __init__(
        self,
        title: str,
        paragraphs: Sequence[Paragraph],
        *,
        on_correct: Callable[[], None] | None = None,
    ) -> None:
        """Show some words.

        Args:
            title: what is read, with the case's reference. No names: the title is not covered.
            paragraphs: labels, and the words under each.
            on_correct: opens the form in which it can be corrected or changed; None where it cannot be.
        """
        super().__init__()
        self._where = title
        self.passage = Passage(*paragraphs)
        self.on_correct = on_correct

    def body(self) -> ComposeResult:
        """The words."""
        with Reading():
            yield self.passage

    def may_correct(self) -> bool:
        """Whether what is read can be corrected, and by this officer."""
        return self.on_correct is not None and self.app.may("oversee")

    def do_correct(self) -> None:
        """Open the form in which it is corrected; this page is left."""
        if self.on_correct:
            self.app.close_place(self)
            self.on_correct()
