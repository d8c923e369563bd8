"""Dates as officers type them: only forms that can mean one thing, and words for those that cannot.

A date of birth decides whether an adult is found to be known already, and a date received starts three clocks, so
nothing is guessed. What cannot be read one way only is refused with a sentence that says how to put it right.

"today" and "tomorrow" are refused on purpose: a call parked overnight would read them as another day. Steps from
today such as +1d are for follow-ups alone, which are counted from when they are kept.
"""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from dateutil.relativedelta import relativedelta

from db.rules.working_days import add_working_days

EARLIEST = date(1900, 1, 1)
"""No date in the record is older than this; an older one is a slip of the finger."""

ADULT_YOUNGEST, ADULT_OLDEST = 10, 100
"""Ages in years that an adult of concern may have today. Someone under 18 can hold a position of trust."""

CHILD_UNTIL = 18
"""A child is someone under 18 when it happened."""

CHILD_OLDEST = 25
"""An age in years at the time above which a child's date of birth must be a slip."""

ADULT_OLD = 80
"""An age in years above which an adult's date of birth is worth a second look."""

Given = Literal["day", "month", "year", "not_known"]
"""How much of a date the officer was given."""


class UnclearDate(ValueError):
    """What was typed is no date that can be read one way only.

    Attributes:
        sentence: what to tell the officer, in the words of the field's label.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Day:
    """The answer to one date question.

    Attributes:
        on: the date; the first day of the month or year where no more was given; None where it is not known.
        given: how much of it was given.
        question: something to ask before it is kept, such as whether a round date was made up.
        warning: something unusual that may still be right.
    """

    on: date | None
    given: Given = "day"
    question: str = ""
    warning: str = ""

    @property
    def last(self) -> date | None:
        """The last day it can have been."""
        if self.on is None or self.given == "day":
            return self.on
        if self.given == "year":
            return date(self.on.year, 12, 31)
        return self.on.replace(day=calendar.monthrange(self.on.year, self.on.month)[1])

    @property
    def words(self) -> str:
        """The date as it is read back: 14 March 1985, March 1985, 1985 or not known."""
        if self.on is None:
            return "not known"
        return {"day": words(self.on), "month": f"{_month(self.on)} {self.on.year}", "year": str(self.on.year)}[
            self.given
        ]


class DateKind(StrEnum):
    """What a date is of, which decides what may be answered."""

    ADULT_BIRTH = "adult_birth"
    CHILD_BIRTH = "child_birth"
    EVENT = "event"
    """When something happened, perhaps long ago and perhaps known only by its month or year."""
    DONE = "done"
    """When the service did something: received, decided, agreed, told, closed."""
    FOLLOW_UP = "follow_up"
    """When something is due."""
    ARRANGED = "arranged"
    """When something is held or runs from, past or to come: a meeting, an absence, a post."""


@dataclass(frozen=True, slots=True)
class KindRule:
    """What one kind of date allows.

    Attributes:
        back, ahead: calendar years before and after this one that a year of two figures may mean; at most 100 years
            in all, so that it means one year or none.
        past, future: whether days before and after today are allowed; today is, except for an adult's birth.
        not_known: whether `?` is an answer.
        partial: whether a month or a year alone is an answer.
        steps: whether +1d (working days) and +1m (calendar months) are answers.
    """

    back: int
    ahead: int
    past: bool = True
    future: bool = False
    not_known: bool = False
    partial: bool = False
    steps: bool = False


KINDS: Mapping[DateKind, KindRule] = {
    DateKind.ADULT_BIRTH: KindRule(back=ADULT_OLDEST + 1, ahead=-ADULT_YOUNGEST + 1, not_known=True),
    DateKind.CHILD_BIRTH: KindRule(back=CHILD_OLDEST + 1, ahead=0, not_known=True),
    DateKind.EVENT: KindRule(back=98, ahead=1, not_known=True, partial=True),
    DateKind.DONE: KindRule(back=10, ahead=1),
    DateKind.FOLLOW_UP: KindRule(back=1, ahead=5, past=False, future=True, steps=True),
    DateKind.ARRANGED: KindRule(back=10, ahead=5, future=True),
}
"""What each kind of date allows."""

_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTHS = {
    **{name.lower(): number for number, name in enumerate(_MONTH_NAMES, 1)},
    **{name[:3].lower(): number for number, name in enumerate(_MONTH_NAMES, 1)},
    "sept": 9,
}
_NOT_KNOWN = ("?", "not known")
_LONGEST = 40

_GAP = r"(?:\s*[/.-]\s*|\s+)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_NAME = "|".join(_MONTHS)
_MONTH = rf"(?P<month>\d{{1,2}}|{_NAME})"
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", re.ASCII)
_FULL = re.compile(rf"{_DAY}{_GAP}{_MONTH}{_GAP}(?P<year>\d{{4}}|\d\d)", re.ASCII)
_YEAR = re.compile("[0-9]{4}")
_MONTH_AND_YEAR = re.compile(rf"{_MONTH}{_GAP}(?P<year>\d{{4}})", re.ASCII)
_STEP = re.compile(r"\+\s*(?P<count>[1-9]\d?)\s*(?P<unit>[dm])", re.ASCII)

_LACKING = (
    (re.compile(rf"{_DAY}{_GAP}{_MONTH}|(?:{_NAME}){_GAP}\d{{1,2}}", re.ASCII), "a year"),
    (re.compile(_DAY, re.ASCII), "a month and year"),
)


@dataclass(frozen=True, slots=True)
class _Question:
    """One date question, with all that is needed to judge an answer."""

    label: str
    today: date
    rule: KindRule
    kind: DateKind
    as_at: date | None

    def refuse(self, words: str) -> UnclearDate:
        return UnclearDate(f"{self.label} {words}")


def read_date(text: str, today: date, *, label: str, kind: DateKind, as_at: date | None = None) -> Day:
    """The date an officer meant.

    Read are `14 3 1985`, `14/3/85`, `14 mar 85`, `14 March 1985` and `2026-03-12`; where the kind allows, `?` for not
    known, `mar 1985`, `3 1985` and `1985`, and `+5d` (working days) or `+1m` (calendar months) from today. The day
    always comes before the month.

    Args:
        text: what was typed.
        today: the date at the desk.
        label: the field's label, which opens every sentence.
        kind: what the date is of.
        as_at: for a child's birth, the day it happened, on which the child's age is counted.

    Raises:
        UnclearDate: it can be read more than one way, is no real date, or cannot be right for its kind.
    """
    question = _Question(label, today, KINDS[kind], kind, as_at)
    typed = text.strip().lower() if len(text) <= _LONGEST else "-"
    if not typed:
        raise UnclearDate(f"Enter {_inside(label)}")
    if question.rule.not_known and typed in _NOT_KNOWN:
        return Day(None, "not_known")
    if question.rule.steps and (step := _STEP.fullmatch(typed)):
        return Day(_stepped(today, int(step["count"]), step["unit"]))
    return _checked(question, *_parse(question, typed))


def words(day: date) -> str:
    """A date as it is written on a page: 14 March 1985."""
    return f"{day.day} {_month(day)} {day.year}"


def age_on(born: date, day: date) -> int:
    """Completed years of age on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _month(day: date) -> str:
    return _MONTH_NAMES[day.month - 1]


def _inside(label: str) -> str:
    """A label as it stands in the middle of a sentence."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _stepped(today: date, count: int, unit: str) -> date:
    return add_working_days(today, count) if unit == "d" else today + relativedelta(months=count)


def _parse(question: _Question, typed: str) -> tuple[date, Given]:
    if found := _ISO.fullmatch(typed) or _FULL.fullmatch(typed):
        return _full_date(question, int(found["day"]), _month_number(found["month"]), found["year"]), "day"
    if found := _MONTH_AND_YEAR.fullmatch(typed):
        return _part(question, "a day", int(found["year"]), _month_number(found["month"])), "month"
    if _YEAR.fullmatch(typed):
        return _part(question, "a day and month", int(typed)), "year"
    raise question.refuse(_lacking(question, typed))


def _lacking(question: _Question, typed: str) -> str:
    """What to say of something that is no date as it stands."""
    for shape, lacking in _LACKING:
        if shape.fullmatch(typed):
            return f"must include {lacking}"
    if typed in _MONTHS:
        return "must include a year" if question.rule.partial else "must include a day and year"
    return f"must be a date, like {_example(question)}"


def _example(question: _Question) -> str:
    if question.kind is DateKind.ADULT_BIRTH:
        return "27 3 1985"
    if question.rule.steps:
        return f"27 3 {question.today.year + 1}, or a step like +1d"
    return f"27 3 {question.today.year - 1}"


def _month_number(month: str) -> int:
    return _MONTHS[month] if month in _MONTHS else int(month)


def _full_date(question: _Question, day: int, month: int, year_typed: str) -> date:
    _real(question, 2000, month, day)  # 31 February is no date whichever year was meant
    year = int(year_typed) if len(year_typed) == 4 else _year_meant(question, int(year_typed))
    return _real(question, year, month, day)


def _real(question: _Question, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise question.refuse("must be a real date") from None


def _year_meant(question: _Question, two_figures: int) -> int:
    """The one year that two figures can mean for this kind of date.

    Raises:
        UnclearDate: no year near enough ends in those figures.
    """
    counted_on = (question.as_at or question.today).year
    latest = counted_on + question.rule.ahead
    year = latest - (latest - two_figures) % 100
    if year < counted_on - question.rule.back:
        raise question.refuse("must include all 4 figures of the year")
    return year


def _part(question: _Question, missing: str, year: int, month: int = 1) -> date:
    if not question.rule.partial:
        raise question.refuse(f"must include {missing}")
    return _real(question, year, month, 1)


def _checked(question: _Question, on: date, given: Given) -> Day:
    """The day, if it can be right for its kind, with what is worth asking about it."""
    if on < EARLIEST:
        raise question.refuse(f"must be on or after {words(EARLIEST)}")
    _check_side(question, on)
    if question.kind is DateKind.ADULT_BIRTH:
        return Day(on, question=_round_question(on), warning=_adult_age(question, on))
    if question.kind is DateKind.CHILD_BIRTH:
        return Day(on, question=_round_question(on), warning=_child_age(question, on))
    return Day(on, given)


def _check_side(question: _Question, on: date) -> None:
    rule, today = question.rule, question.today
    if question.kind is DateKind.ADULT_BIRTH and on >= today:
        raise question.refuse("must be in the past")
    if on > today and not rule.future:
        raise question.refuse("must be today or in the past")
    if on < today and not rule.past:
        raise question.refuse("must be today or in the future")
    furthest = today + relativedelta(years=max(rule.ahead, 0))
    if rule.future and on > furthest:
        raise question.refuse(f"must be on or before {words(furthest)}")


def _round_question(born: date) -> str:
    """What to ask of a date of birth that looks made up: 1 January, 7/7/77, the first of a month in a round year."""
    looks_made_up = (
        (born.day, born.month) == (1, 1)
        or len(set(f"{born.day}{born.month}{born.year % 100}")) == 1
        or (born.day == 1 and born.year % 10 == 0)
    )
    return f"{words(born)}: as recorded, or not known?" if looks_made_up else ""


def _adult_age(question: _Question, born: date) -> str:
    age = age_on(born, question.today)
    if not ADULT_YOUNGEST <= age <= ADULT_OLDEST:
        raise question.refuse(f"must make the adult between {ADULT_YOUNGEST} and {ADULT_OLDEST} years old")
    if age < CHILD_UNTIL:
        return f"This makes the adult {age}. Someone under {CHILD_UNTIL} can be in a position of trust"
    return f"This makes the adult {age}" if age > ADULT_OLD else ""


def _child_age(question: _Question, born: date) -> str:
    if question.as_at is None:
        age = age_on(born, question.today)
        return (
            f"This makes the child {age} now. Check the date unless it happened long ago" if age >= CHILD_UNTIL else ""
        )
    if born > question.as_at:
        raise question.refuse(f"must be the same as or before {words(question.as_at)}, when it happened")
    age = age_on(born, question.as_at)
    if age > CHILD_OLDEST:
        raise question.refuse(
            f"must make the child {CHILD_OLDEST} or under on {words(question.as_at)}, when it happened"
        )
    return f"This makes the child {age} when it happened" if age >= CHILD_UNTIL else ""
