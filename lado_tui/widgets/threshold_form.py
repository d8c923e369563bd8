"""The form of a threshold decision: it asks only what the decision needs, and shows its six choices in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual import on

from db.rules.threshold import LIMBS
from db.vocabulary import PROGRESSED, Classification
from lado_tui.widgets.answer_field import AnswerField
from lado_tui.widgets.choice_field import InlineChoice
from lado_tui.widgets.drawn import Part, cells, fit
from lado_tui.widgets.field import Field
from lado_tui.widgets.form_body import FormBody

if TYPE_CHECKING:
    from db.forms.question import Question
    from db.rules.threshold import Limb
    from db.vocabulary import Term

_ACROSS = 3


class LettersField(InlineChoice):
    """A few letters side by side, and the words of the chosen one; nothing drops over what stands below."""

    def _drop(self, wanted: bool) -> None:
        """What the letters mean is told in the help line."""


class DecisionField(LettersField):
    """The decisions in two rows of three, each in words with its letter first."""

    def answer_parts(self, width: int) -> Iterable[Part]:
        """The first row."""
        return self._row(0, width)

    def lines(self, width: int) -> int:
        """Two rows, and one more for an error."""
        return 2 + bool(self.error)

    @property
    def error_line(self) -> int:
        """Below both rows."""
        return 2

    def draw(self, y: int) -> Iterable[Part]:
        """A row of choices; below them, what is wrong."""
        if y != 1:
            yield from super().draw(y)
            return
        yield Part(" " * self.label_width)
        yield from self._row(1, self.size.width - self.label_width)

    def _row(self, row: int, width: int) -> Iterable[Part]:
        each = width // _ACROSS
        for letter, term in list(self.options.items())[row * _ACROSS : (row + 1) * _ACROSS]:
            parts = list(self._option(letter, term, in_words=True))
            room = each
            for part in parts:
                yield part._replace(words=fit(part.words, min(cells(part.words), max(0, room))))
                room -= cells(part.words)
            yield Part(" " * max(0, room))


class LimbField(AnswerField):
    """A limb of the threshold; its help begins with the words of the guidance."""

    def __init__(self, limb: Limb, question: Question, ways: Sequence[Term]) -> None:
        """Make the field of one limb."""
        super().__init__(question, ways, moves_on=True)
        self.HELP = f"{limb.number}. Has the adult {limb.text}? {limb.help} {AnswerField.HELP}"  # type: ignore[misc]


_KINDS: Mapping[str, type[InlineChoice]] = {
    "decision": DecisionField,
    "police": LettersField,
    "social_care": LettersField,
}


class ThresholdForm(FormBody):
    """The questions of a decision on the harm threshold."""

    def __init__(self, questions: Sequence[Question], **more: Any) -> None:  # noqa: ANN401 - as `FormBody` takes them
        """Make the form; see `FormBody`.

        Args:
            questions: those of `ScreeningForm`.
            more: what else `FormBody` takes.
        """
        words = more["words"]
        made = {
            question.name: kind(question, words.terms(question.among), moves_on=True)
            for question in questions
            if (kind := _KINDS.get(question.name))
        }
        asked = {question.name: question for question in questions}
        limbs = {limb.field: LimbField(limb, asked[limb.field], words.terms("limb_answer")) for limb in LIMBS}
        super().__init__(
            questions,
            made={**limbs, **made},
            listed={"principal_subtype": self._subtypes},
            moves_on=True,
            text_lines={"reason": 2},
            **more,
        )
        self._words = words
        self.ask_what_fits()

    def _subtypes(self) -> Sequence[Term]:
        subtypes: Sequence[Term] = self._words.terms("concern_subtype", group=self.value("principal_type") or "-")
        return subtypes

    def value(self, name: str) -> str:
        """One answer."""
        return self.fields[name].value

    def fill(self, answers: Mapping[str, str]) -> None:
        """Put answers in, and ask what fits them. The type goes in before its sub-type, which depends on it."""
        super().fill({name: answer for name, answer in answers.items() if name != "principal_subtype"})
        super().fill({name: answer for name, answer in answers.items() if name == "principal_subtype"})
        self.ask_what_fits()

    def ask_what_fits(self) -> None:
        """Show the questions that the decision needs, and no others; their answers stay."""
        decision = self.value("decision")
        wanted = {
            "decide_by": decision == Classification.PENDING,
            "other_authority": decision == Classification.TRANSFERRED_OUT,
            "principal_type": decision in PROGRESSED,
            "principal_subtype": decision in PROGRESSED and bool(self._subtypes()),
        }
        for name, shown in wanted.items():
            self.fields[name].display = shown

    @on(Field.Edited)
    def _fit(self, event: Field.Edited) -> None:
        """At once, before Enter or the letter itself goes on to the next question."""
        self.ask_what_fits()

    @on(Field.Done)
    def _spell_out(self, event: Field.Done) -> None:
        """A sub-type has no short code: show the words of what was meant by the letters typed."""
        if event.field.question.name == "principal_subtype":
            event.field.value = event.field.value
