"""What has to be put right before a form can be saved: how many answers, each with its number and its sentence.

It takes the focus when it appears, so that a digit is a command here and not text: the digit (or digits, then
Enter) goes to that field. Up and Down choose, Enter goes to the chosen one. All answers stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.events import Blur, Click, Focus, Key
from textual.message import Message

from lado_tui.widgets.drawn import Drawn, Part, fit

SHOWN = 5
"""Most problems shown at once; the rest are reached with Down."""


class Wrong(NamedTuple):
    """One answer to put right: the field, the number shown before it, and one plain sentence."""

    field: str
    number: str
    sentence: str


class ErrorSummary(Drawn, can_focus=True):
    """The list of what has to be put right, at the foot of a form."""

    HELP = "Press the number of a problem to go to its field. Up and Down choose, Enter goes there."

    DEFAULT_CSS = """
    ErrorSummary { display: none; height: auto; background: $panel; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("enter,tab", "go", show=False),
    ]

    class GoTo(Message):
        """The officer wants to put this answer right."""

        def __init__(self, field: str) -> None:
            super().__init__()
            self.field = field

    def __init__(self) -> None:
        super().__init__()
        self.problems: Sequence[Wrong] = ()
        self._at = 0
        self._typed = ""

    def show_problems(self, problems: Sequence[Wrong]) -> None:
        """Show these, and take the focus; none hides the summary."""
        self.problems, self._at, self._typed = problems, 0, ""
        self.display = bool(problems)
        self.refresh(layout=True)
        if problems:
            self.focus()

    @property
    def text(self) -> str:
        """The summary as plain words."""
        return "\n".join((self._heading(), *(f"{p.number}  {p.sentence}" for p in self.problems)))

    def _heading(self) -> str:
        return f"There is a problem ({len(self.problems)})"

    def lines(self, width: int) -> int:
        """The heading and a line for each problem shown."""
        return 1 + min(SHOWN, len(self.problems)) if self.problems else 0

    def draw(self, y: int) -> Iterable[Part]:
        """The heading, then number and sentence."""
        if y == 0:
            yield Part(f" {self._heading()}", "error")
            yield Part(f"  Press a number to go there{': ' + self._typed if self._typed else '.'}", "quiet")
            return
        at = self._first() + y - 1
        problem = self.problems[at]
        chosen = self.has_focus and at == self._at
        yield Part(f"{'>' if chosen else ' '}{problem.number:>3}  ", "key", hit=at)
        yield Part(fit(problem.sentence, self.size.width - 6), "selected" if chosen else "", hit=at)

    def _first(self) -> int:
        return max(0, min(self._at, len(self.problems) - SHOWN))

    def on_key(self, event: Key) -> None:
        """Digits name a problem; as soon as only one can be meant, it is gone to."""
        if event.character and event.character.isdigit():
            event.stop()
            self._typed += event.character
            meant = [p for p in self.problems if p.number.startswith(self._typed)]
            if len(meant) == 1:
                self._go(meant[0])
            elif not meant:
                self._typed = ""
            self.refresh()

    def action_step(self, by: int) -> None:
        """Choose another problem."""
        self._at = max(0, min(self._at + by, len(self.problems) - 1))
        self.refresh()

    def action_go(self) -> None:
        """Go to the field of the number typed, or of the problem chosen."""
        typed = next((p for p in self.problems if p.number == self._typed), None)
        if self.problems:
            self._go(typed or self.problems[self._at])

    def _go(self, problem: Wrong) -> None:
        self._typed = ""
        self.post_message(self.GoTo(problem.field))

    def on_click(self, event: Click) -> None:
        """A click on a problem goes to its field."""
        at = self.hit(event)
        if isinstance(at, int):
            self._go(self.problems[at])

    def on_focus(self, event: Focus) -> None:
        """Drawn with its cursor."""
        self.refresh()

    def on_blur(self, event: Blur) -> None:
        """Drawn without its cursor."""
        self.refresh()
