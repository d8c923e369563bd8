"""A question on a form: its words, what may be answered, and how an answer is read.

Defined once beside the field it fills; the screen, the ``lado`` command, the importers and the docs all read it here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.rules.dates import DateKind, UnclearDate, read_date
from db.text import NAME_LIMIT, TEXT_LIMIT, TooLong, clean
from db.vocabulary import Answer, Vocabulary

_MANY = 50
_WHOLE_MOST = 9_999


class Kind(StrEnum):
    """What sort of answer a question takes, and so which field asks it."""

    LINE = "line"
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    TEXT = "text"
    ANSWER = "answer"
    LIMB = "limb"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    NUMBER = "number"


class Unreadable(ValueError):
    """An answer that cannot be kept as it is, with the sentence that says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        label: the words beside the field, which open every sentence about it.
        kind: what sort of answer it takes.
        hint: a few words of help under or beside the field.
        required: the sentence shown when it is left empty; "" if it may be.
        among: the code list a choice is made from.
        dated: for a date, what it is of.
        limit: most characters; 0 takes the kind's own (names 200, narrative 20,000).
        short: a shorter label for narrow screens.
        name: the field it fills; set by the form.
    """

    label: str
    kind: Kind = Kind.LINE
    hint: str = ""
    required: str = ""
    among: str = ""
    dated: DateKind | None = None
    limit: int = 0
    short: str = ""
    name: str = ""

    @property
    def most(self) -> int:
        """Most characters the answer may have."""
        return self.limit or (TEXT_LIMIT if self.kind is Kind.TEXT else NAME_LIMIT)

    def read(self, typed: object, today: date, words: Vocabulary) -> object:
        """The answer to keep, None where nothing was typed.

        Raises:
            Unreadable: with one sentence in plain words.
        """
        if typed is None or typed in ("", [], ()):
            return None
        return _READERS[self.kind](self, typed, today, words)


def _read_words(question: Question, typed: object, today: date, words: Vocabulary) -> str | None:
    try:
        kept = clean(
            str(typed), limit=question.most, one_line=question.kind is not Kind.TEXT, label=question.label
        ).strip()
    except TooLong as too_long:
        raise Unreadable(too_long.sentence) from None
    return kept or None


def _read_email(question: Question, typed: object, today: date, words: Vocabulary) -> str | None:
    kept = _read_words(question, typed, today, words)
    if kept and ("@" not in kept[1:-1] or " " in kept):
        raise Unreadable(f"{question.label} must look like name@example.org")
    return kept


def _read_answer(question: Question, typed: object, today: date, words: Vocabulary) -> str:
    return _code(question, typed, "answer", words)


def _read_limb(question: Question, typed: object, today: date, words: Vocabulary) -> str:
    return _code(question, typed, "limb_answer", words)


def _read_choice(question: Question, typed: object, today: date, words: Vocabulary) -> str:
    return _code(question, typed, question.among, words)


def _read_choices(question: Question, typed: object, today: date, words: Vocabulary) -> tuple[str, ...]:
    given = typed.split(",") if isinstance(typed, str) else typed
    if not isinstance(given, Sequence) or len(given) > _MANY:
        raise Unreadable(f"{question.label} must be a list of choices")
    codes = (_code(question, str(one).strip(), question.among, words) for one in given)
    return tuple(dict.fromkeys(codes))


def _code(question: Question, typed: object, listed: str, words: Vocabulary) -> str:
    wanted = str(typed).strip()[:NAME_LIMIT].casefold()
    for term in words.terms(listed, retired=True):
        if wanted in (term.code.casefold(), term.short.casefold(), term.label.casefold()) and wanted:
            return term.code
    raise Unreadable(f"{question.label} must be one of the choices listed")


def _read_date(question: Question, typed: object, today: date, words: Vocabulary) -> object:
    if question.dated is None:
        raise TypeError(f"{question.name} is a date without a kind")
    written = typed.isoformat() if isinstance(typed, date) else str(typed)
    try:
        return read_date(written, today, label=question.label, kind=question.dated)
    except UnclearDate as unclear:
        raise Unreadable(unclear.sentence) from None


def _read_number(question: Question, typed: object, today: date, words: Vocabulary) -> int:
    written = str(typed).strip()
    if not written.isascii() or not written.isdigit() or int(written[:9]) > _WHOLE_MOST:
        raise Unreadable(f"{question.label} must be a whole number")
    return int(written)


_READERS: Mapping[Kind, Callable[[Question, object, date, Vocabulary], object]] = {
    Kind.LINE: _read_words,
    Kind.NAME: _read_words,
    Kind.PHONE: _read_words,
    Kind.EMAIL: _read_email,
    Kind.TEXT: _read_words,
    Kind.ANSWER: _read_answer,
    Kind.LIMB: _read_limb,
    Kind.CHOICE: _read_choice,
    Kind.CHOICES: _read_choices,
    Kind.DATE: _read_date,
    Kind.NUMBER: _read_number,
}

UNANSWERED = Answer.NOT_KNOWN
"""What is kept for a three-way question nobody answered: never yes."""
