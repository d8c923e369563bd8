"""A three-way question: yes, no, or not known, each one key, with nothing chosen to begin with.

Drawn as ` y   n   ?` with the chosen one in brackets and capital, ` [Y]  n   ? `, so that it is read without
colour. "Not known" is an answer of its own and never taken as yes. The ways come from the code list `answer`, or
`limb_answer` with its "not sure".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.events import Click, Key

from lado_tui.widgets.drawn import Part
from lado_tui.widgets.field import Field

if TYPE_CHECKING:
    from db.forms.question import Question
    from db.vocabulary import Term


class AnswerField(Field):
    """A question answered with one key: y, n or ?."""

    HELP = "Press y for yes, n for no, ? for not known. Backspace makes it unanswered again."

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("backspace,delete", "unanswer", show=False),
    ]

    def __init__(self, question: Question, ways: Sequence[Term], *, moves_on: bool = False) -> None:
        """Make a three-way field.

        Args:
            question: what is asked.
            ways: the answers that can be given, each with its key in `short`.
            moves_on: whether the one key also goes on to the next field.
        """
        super().__init__(question)
        self.ways = ways
        self.moves_on = moves_on
        self._value = ""

    @property
    def value(self) -> str:
        """The code of the answer; "" while there is none."""
        return self._value

    @value.setter
    def value(self, value: str) -> None:
        self._value = value if any(way.code == value for way in self.ways) else ""
        self.refresh()

    def answer_parts(self, width: int) -> Iterable[Part]:
        """The ways side by side, the chosen one in brackets."""
        for way in self.ways:
            yield self._way_part(way)
            yield Part(" ")
        if not self._value and self.question.required:
            yield Part(" <- ASK", "ask")
        elif self.question.hint:
            yield Part(f"  {self.question.hint}", "quiet")

    def _way_part(self, way: Term) -> Part:
        if way.code == self._value:
            return Part(f"[{way.short.upper()}]", "chosen", hit=way.code)
        return Part(f" {way.short} ", "key" if self.has_focus else "", hit=way.code)

    def answer(self, code: str) -> None:
        """Give the answer, as by its key."""
        self._value = code
        self.error = ""
        self.edited()
        if self.moves_on and code:
            self.action_done()

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """The answer keys are taken here."""
        return character is not None and any(way.short == character.lower() for way in self.ways)

    def on_key(self, event: Key) -> None:
        """One key is one answer."""
        chosen = next((w for w in self.ways if event.character and w.short == event.character.lower()), None)
        if chosen is not None:
            event.stop()
            event.prevent_default()
            self.answer(chosen.code)

    def on_click(self, event: Click) -> None:
        """A click on a way gives that answer."""
        code = self.hit(event)
        if isinstance(code, str):
            self.answer(code)

    def action_step(self, by: int) -> None:
        """Move to the way beside; from none, to the first or last."""
        codes = [way.code for way in self.ways]
        at = codes.index(self._value) + by if self._value else (0 if by > 0 else -1)
        self._value = codes[at % len(codes)]
        self.error = ""
        self.edited()

    def action_unanswer(self) -> None:
        """Make it unanswered again."""
        self._value = ""
        self.edited()
