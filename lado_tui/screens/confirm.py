"""Asks before something that cannot be taken lightly. No is where the cursor stands; Esc is no; Yes has its own key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Click

from lado_tui.screens.place import Place
from lado_tui.widgets.drawn import Drawn, Part, Words


class Choice(Drawn, can_focus=True):
    """The two answers side by side. Enter gives the marked one, which is No until it is moved."""

    DEFAULT_CSS = "Choice { height: 1; }"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,right,tab,shift+tab", "other", show=False),
        Binding("enter", "answer", show=False),
    ]

    def __init__(self, yes: str, no: str) -> None:
        super().__init__()
        self.words = {False: f" {no} (Esc) ", True: f" {yes} (Ctrl+S) "}
        self.marked = False

    def draw(self, y: int) -> Iterable[Part]:
        """No first, then Yes."""
        for answer, words in self.words.items():
            mark = ">" if answer == self.marked else " "
            yield Part(f"  {mark}", "key")
            yield Part(words, "selected" if answer == self.marked else "", hit=int(answer))

    def action_other(self) -> None:
        """Mark the other answer."""
        self.marked = not self.marked
        self.refresh()

    def action_answer(self) -> None:
        """Give the marked answer."""
        self.screen.dismiss(self.marked)

    def on_click(self, event: Click) -> None:
        """A click gives that answer."""
        if self.hit(event) is not None:
            self.screen.dismiss(bool(self.hit(event)))


class ConfirmScreen(Place[bool]):
    """A question with two answers. Hands back whether the officer said yes.

    `await self.app.ask_in("confirm", title="Leave?", words=["..."], yes="Leave")`
    """

    NAME = "confirm"
    HELP = "Esc is no. Ctrl+S is yes. The arrow keys move between them and Enter gives the marked one."

    def __init__(self, title: str, words: Sequence[str], *, yes: str = "Yes", no: str = "No") -> None:
        """Ask.

        Args:
            title: the question, in a few words.
            words: what will happen, a line each.
            yes: the words for going on.
            no: the words for not.
        """
        super().__init__()
        self.question = title
        self.told = words
        self.choice = Choice(yes, no)

    def body(self) -> ComposeResult:
        """The question, what will happen, the two answers."""
        yield Words("", Part(f"  {self.question}", "strong"), "", *(f"  {line}" for line in self.told), "")
        yield self.choice

    def do_yes(self) -> None:
        """Go on."""
        self.dismiss(True)

    def do_back(self) -> None:
        """Do not."""
        self.dismiss(False)
