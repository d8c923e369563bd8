"""One question of a form on the screen: its number, its label, the answer, a hint, and what is wrong with it.

Every kind of field is a `Field`. A screen and a `FormBody` use only what is here:

    field.value          the answer as text ("" = not answered); setting it redraws, and tells nobody
    field.error          a sentence in plain words, or "" for none
    field.question       what is asked (`db.forms.question.Question`)
    field.number         the number shown before the label, given by the form
    field.focus()        put the cursor in it
    Field.Edited         posted when the officer changes the answer
    Field.Done           posted when Enter takes the answer: the form goes on to the next field

A field is one widget and draws itself in one line where it can; the error goes on the line below, beginning
with "!", so that it is told apart without colour.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.events import Blur, Focus
from textual.message import Message
from textual.reactive import reactive

from lado_tui.widgets.drawn import Drawn, Part, cells, fit

if TYPE_CHECKING:
    from db.forms.question import Question


class Field(Drawn, can_focus=True):
    """One question of a form. Kinds of field subclass it and say how the answer is drawn and typed."""

    HELP = "Enter takes the answer and goes on. Tab leaves it and goes on. Shift+Tab goes back."

    DEFAULT_CSS = """
    Field { height: auto; background: $background; }
    Field:focus { background: $surface; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "done", "Next", show=False)]

    takes_typing: ClassVar[bool] = False
    """Whether words are typed into it, so that the terminal's own cursor stands there."""

    can_fill: ClassVar[bool] = False
    """Whether it can take height the form has left over."""

    fills = False
    """Whether it takes it."""

    least = 1
    """Lines the answer has at least."""

    error: reactive[str] = reactive("", layout=True)
    """What is wrong with the answer, in one plain sentence; "" for nothing."""

    class Edited(Message):
        """The officer changed the answer."""

        def __init__(self, field: Field) -> None:
            super().__init__()
            self.field = field

        @property
        def control(self) -> Field:
            """The field that was changed."""
            return self.field

    class Done(Edited):
        """Enter took the answer: go on to the next field."""

    class Refused(Edited):
        """The field would not take what was typed or pasted; `sentence` says why."""

        def __init__(self, field: Field, sentence: str) -> None:
            super().__init__(field)
            self.sentence = sentence

    def __init__(self, question: Question) -> None:
        """Make the field of one question; number and label width are given by its form."""
        super().__init__(id=f"field-{question.name.replace('.', '-')}")
        self.question = question
        self.number = ""
        self.label_width = 20
        """Cells left for number and label."""
        self.tag = ""
        """A mark in place of the number while the officer chooses where to jump (F5)."""

    # The answer: every kind of field says how it is kept.

    @property
    def value(self) -> str:
        """The answer as text."""
        raise NotImplementedError

    @value.setter
    def value(self, value: str) -> None:
        raise NotImplementedError

    def clear(self) -> None:
        """Make the field unanswered, and forget what was wrong with it."""
        self.value = ""
        self.error = ""

    # Drawing

    def answer_parts(self, width: int) -> Iterable[Part]:
        """The answer in a width in cells, on one line."""
        raise NotImplementedError

    def lines(self, width: int) -> int:
        """One line, and one more for an error."""
        return 2 if self.error else 1

    def draw(self, y: int) -> Iterable[Part]:
        """Label and answer; below them, what is wrong."""
        if y == 0:
            yield from self.label_parts()
            yield from self.answer_parts(self.size.width - self.label_width)
        elif y == self.error_line and self.error:
            yield Part(f"   ! {self.error}", "error")

    @property
    def error_line(self) -> int:
        """The line on which the error stands."""
        return 1

    def label_parts(self) -> Iterable[Part]:
        """Number (or jump mark) and label, in the width left for them."""
        number = f"{self.tag or self.number:>2} " if self.number else ""
        room = self.label_width - len(number) - 1
        label, short = self.question.label, self.question.short
        yield Part(number, "cursor" if self.tag else "quiet")
        yield Part(fit(short if short and cells(label) > room else label, room), "label")
        yield Part(" ")

    # What happens to it

    def watch_error(self, error: str) -> None:
        """A field with an error is drawn taller."""
        self.set_class(bool(error), "-wrong")

    def edited(self) -> None:
        """Tell the form that the officer changed the answer."""
        self.refresh()
        self.post_message(self.Edited(self))

    def refuse(self, sentence: str) -> None:
        """Say why something typed or pasted was not taken. What was there stays."""
        self.error = sentence
        self.post_message(self.Refused(self, sentence))

    def action_done(self) -> None:
        """Take the answer and go on."""
        self.settle()
        self.post_message(self.Done(self))

    def settle(self) -> None:
        """Finish what is half typed, as on Enter or on leaving. Kinds that need it say how."""

    def on_blur(self, event: Blur) -> None:
        """Leaving a field finishes what is half typed."""
        self.settle()
        self.refresh()

    def on_focus(self, event: Focus) -> None:
        """A field in focus is drawn with its cursor."""
        self.refresh()
