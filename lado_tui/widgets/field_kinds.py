"""Which field asks which kind of question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.forms.question import Kind
from db.rules.dates import KINDS, UnclearDate, read_date
from db.rules.working_days import is_working_day
from lado_tui.widgets.answer_field import AnswerField
from lado_tui.widgets.choice_field import ChoiceField, InlineChoice, letters_for
from lado_tui.widgets.choices_field import ChoicesField
from lado_tui.widgets.date_field import DateField
from lado_tui.widgets.line_input import LineInput

if TYPE_CHECKING:
    from datetime import date

    from db.forms.question import Question
    from db.vocabulary import Term, Vocabulary
    from lado_tui.widgets.field import Field

FEW = 8
"""Most options drawn side by side; a longer list is typed into."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What fields need to know besides their question.

    Attributes:
        words: the code lists that choices are made from.
        today: the day at the desk, for what dates mean.
        clock: the time as Ctrl+T puts it into notes; None for none.
        moves_on: whether one-key answers also go on to the next field.
    """

    words: Vocabulary
    today: date
    clock: Callable[[], str] | None = None
    moves_on: bool = False


def field_for(question: Question, asking: Asking, listed: Callable[[], Sequence[Term]] | None = None) -> Field:
    """The field that asks a question.

    Args:
        question: what is asked.
        asking: what all fields of the form know.
        listed: how to find what can be chosen, where that depends on other answers.
    """
    return _MAKERS[question.kind](question, asking, listed)


_Listed = Callable[[], Sequence["Term"]] | None


def _line(question: Question, asking: Asking, listed: _Listed) -> Field:
    return LineInput(question)


def _text(question: Question, asking: Asking, listed: _Listed) -> Field:
    from lado_tui.widgets.notes_box import NotesBox

    return NotesBox(question, clock=asking.clock)


def _answer(question: Question, asking: Asking, listed: _Listed) -> Field:
    return AnswerField(question, asking.words.terms("answer"), moves_on=asking.moves_on)


def _limb(question: Question, asking: Asking, listed: _Listed) -> Field:
    return AnswerField(question, asking.words.terms("limb_answer"), moves_on=asking.moves_on)


def _choice(question: Question, asking: Asking, listed: _Listed) -> Field:
    terms = asking.words.terms(question.among)
    if listed is None and len(terms) <= FEW and letters_for(terms):
        return InlineChoice(question, terms, moves_on=asking.moves_on)
    return ChoiceField(question, listed or terms)


def _choices(question: Question, asking: Asking, listed: _Listed) -> Field:
    return ChoicesField(question, listed or asking.words.terms(question.among))


def _date(question: Question, asking: Asking, listed: _Listed) -> Field:
    moves_on = asking.moves_on and question.dated is not None and KINDS[question.dated].not_known
    return DateField(question, echo=lambda typed: understood(question, typed, asking.today), moves_on=moves_on)


def understood(question: Question, typed: str, today: date) -> str:
    """What a typed date means, as it is shown beside it; "" while it means nothing yet."""
    if question.dated is None:
        return ""
    try:
        day = read_date(typed, today, label=question.label, kind=question.dated)
    except UnclearDate:
        return ""
    if day.on is None or day.given != "day":
        return f"= {day.words}"
    working = "" if is_working_day(day.on) else " (not a working day)"
    return f"= {day.on:%a} {day.on.day} {day.on:%b %Y}{working}"


_MAKERS = {
    Kind.LINE: _line,
    Kind.NAME: _line,
    Kind.PHONE: _line,
    Kind.EMAIL: _line,
    Kind.NUMBER: _line,
    Kind.TEXT: _text,
    Kind.ANSWER: _answer,
    Kind.LIMB: _limb,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.DATE: _date,
}
