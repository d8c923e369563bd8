"""The referral form itself: sections and rows, which grow with the children and concerns, and what it still lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from db.forms.question import Question
from db.forms.referral import NEEDED, ChildForm, ConcernForm, ReferralForm
from db.rules.dates import DateKind, Day, UnclearDate, read_date
from db.rules.working_days import working_days_between
from lado_tui.widgets.date_field import DateField
from lado_tui.widgets.drawn import Part, Words
from lado_tui.widgets.field_kinds import understood
from lado_tui.widgets.form_rows import Cell, Row
from lado_tui.widgets.known_adults import KnownAdults
from lado_tui.widgets.line_input import LineInput
from lado_tui.widgets.sections import SectionedForm, SectionHeading
from lado_tui.widgets.setting_field import SettingField

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.vocabulary import Term, Vocabulary

MOST = 12
"""Most children, and most concerns, on one form."""

FIRST = {"children": "name", "concerns": "type"}
"""The first question about each child and each concern."""

_OF_THE_ADULT = frozenset((
    "name", "other_names", "born", "birth_confirmed", "sex", "ethnicity", "home_address", "role", "sector", "basis",
    "service_length", "works_elsewhere", "other_authority", "other_work", "own_children", "earlier_known",
    "interim_measure", "adult_aware", "portal_ref", "external_ref",
))  # fmt: skip

KNOWN_BEFORE = "repeat_adult"
SEVERAL_ADULTS = "multiple_adults"


def carried_over(answers: Mapping[str, str]) -> dict[str, str]:
    """What the next adult of the same incident begins with: everything but what is said of the first adult."""
    kept = {name: answer for name, answer in answers.items() if name not in _OF_THE_ADULT}
    flags = [flag for flag in kept.get("flags", "").split(",") if flag not in ("", KNOWN_BEFORE, SEVERAL_ADULTS)]
    return kept | {"flags": ",".join([*flags, SEVERAL_ADULTS])}


def how_many(answers: Mapping[str, str], group: str) -> int:
    """How many children or concerns some answers speak of; one at least, for there is always room for one."""
    places = [int(name.split(".")[1]) for name, answer in answers.items() if name.startswith(f"{group}.") and answer]
    return max(places, default=0) + 1


class ReceivedField(DateField):
    """The day received, which begins as today: what is typed takes its place."""

    def come_in(self) -> None:
        """What is typed next replaces what is there."""
        self.editor.select_all()


class ReferralFields(SectionedForm):
    """Every field of the referral form, with room for some children and concerns."""

    def __init__(
        self,
        words: Vocabulary,
        today: date,
        *,
        children: int = 1,
        concerns: int = 1,
        clock: Callable[[], str] | None = None,
    ) -> None:
        """Lay the form out.

        Args:
            words: the code lists that choices are made from.
            today: the day at the desk.
            children, concerns: how many there is room for.
            clock: the time as Ctrl+T puts it into texts.
        """
        self.words, self.today = words, today
        self.room = {"children": children, "concerns": concerns}
        self.known = KnownAdults()
        self.birth_question = Words("")
        asked = _questions(children, concerns)
        by_name = {question.name: question for question in asked}
        self.setting = SettingField(by_name["setting"])
        received = by_name["received"]
        super().__init__(
            asked,
            words=words,
            today=today,
            rows=_rows(children, concerns, self.birth_question, self.known),
            listed={f"concerns.{at}.subtype": partial(self.subtypes, at) for at in range(concerns)},
            label_width=19,
            clock=clock,
            text_lines={"account": 6} | {f"concerns.{at}.details": 2 for at in range(concerns)},
            fills=("account",),
            made={
                "setting": self.setting,
                "received": ReceivedField(received, echo=lambda typed: understood(received, typed, today)),
            },
        )
        names = [field.question.name for field in self.rows.fields() if field.question.name != "birth_confirmed"]
        names.insert(names.index("born") + 1, "birth_confirmed")
        self.order = tuple(names)
        self.ask_about_birth()
        self.show_subtypes()

    @property
    def answered(self) -> dict[str, str]:
        """The answers given, by name; what is empty is left out."""
        return {name: answer for name, answer in self.answers().items() if answer}

    def fill(self, answers: Mapping[str, str]) -> None:
        """Put answers in, and ask what follows from them."""
        super().fill(answers)
        self.ask_about_birth()
        self.show_subtypes()

    def start_at(self, name: str) -> None:
        """Put the cursor in the field that is begun with; what is typed there replaces what stands in it."""
        self.go_to(name)
        if isinstance(first := self.field(name), LineInput):
            first.come_in()

    def subtypes(self, concern: int) -> Sequence[Term]:
        """The sub-types of the kind of concern chosen; all of them while none is."""
        return self.words.terms("concern_subtype", group=self.fields[f"concerns.{concern}.type"].value)

    def show_subtypes(self) -> None:
        """Ask "more exactly" only where the kind of concern has sub-types."""
        for at in range(self.room["concerns"]):
            subtype = self.field(f"concerns.{at}.subtype")
            subtype.display = bool(subtype.value or self.subtypes(at))

    def day(self, name: str, kind: DateKind) -> Day | None:
        """A date as it is understood so far; None while it is not."""
        try:
            return read_date(self.field(name).value, self.today, label=name, kind=kind)
        except UnclearDate:
            return None

    def ask_about_birth(self) -> None:
        """Ask whether a made-up looking date of birth is as recorded; take the question away where it is not."""
        born = self.day("born", DateKind.ADULT_BIRTH)
        confirmed = self.field("birth_confirmed")
        words = born.question or born.warning if born else ""
        self.birth_question.display = bool(words)
        self.birth_question.say([Part(f"   ! {words}", "ask")])
        confirmed.display = bool(born and born.question)
        if not confirmed.display:
            confirmed.value = ""

    @property
    def gap(self) -> int:
        """Working days from receipt to today."""
        received = self.day("received", DateKind.DONE)
        return working_days_between(received.on, self.today) if received and received.on else 0

    def missing(self) -> tuple[str, ...]:
        """What the form does not say yet and must before it can be screened, in words for the referrer."""
        answers = self.answered
        told: dict[str, Any] = {name: answers.get(name) for name in NEEDED}
        for group in ReferralForm.groups:
            told[group] = [group] if any(name.startswith(f"{group}.") for name in answers) else []
        return ReferralForm.model_construct(**told).missing()

    def set_flag(self, flag: str, *, wanted: bool) -> None:
        """Put a mark on the case, or take it off."""
        field = self.field("flags")
        flags = [one for one in field.value.split(",") if one and one != flag]
        field.value = ",".join([*flags, flag] if wanted else flags)


def _questions(children: int, concerns: int) -> list[Question]:
    """The form's questions, those of each child and each concern named as the form reads them."""
    asked = list(ReferralForm.questions())
    for group, form, count in (("children", ChildForm, children), ("concerns", ConcernForm, concerns)):
        for place in range(count):
            asked += [replace(question, name=f"{group}.{place}.{question.name}") for question in form.questions()]
    return asked


def _rows(children: int, concerns: int, birth_question: Words, known: KnownAdults) -> list[Row]:
    """Every row, two columns wide, in the order in which a form is keyed."""
    arranged: list[Row] = [
        SectionHeading("The form and who sent it", "Form"),
        (Cell("received", share=11, label=12), Cell("portal_ref", share=9, label=20)),
        ("referrer_name", "agency"),
        ("referrer_organisation", "referrer_role"),
        (Cell("referrer_phone", label=25), Cell("referrer_email", label=20)),
        (Cell("employer_contact", label=30), Cell("external_ref", label=23)),
        Cell("employer_aware", label=25),
        SectionHeading("The adult", "Adult"),
        (Cell("name", label=16), Cell("other_names", label=15)),
        known,
        (Cell("born", share=7, label=17), Cell("sex", share=5, label=7)),
        birth_question,
        Cell("birth_confirmed", label=29),
        (Cell("ethnicity", label=13), Cell("home_address", label=16)),
        Cell("own_children", label=29),
        Cell("other_work", label=29),
        Cell("earlier_known", label=29),
        SectionHeading("The adult's work", "Work"),
        ("role", "basis"),
        "setting",
        ("setting_kind", "district"),
        ("sector", "service_length"),
        (Cell("works_elsewhere", label=25), "other_authority"),
        SectionHeading("The account", "Account"),
        "account",
        ("account_from", Cell("incidents", label=23)),
        ("witnesses", Cell("interim_measure", label=23)),
        "actions_taken",
        "flags",
        ("adult_aware", Cell("parents_aware", label=23)),
        ("police_told", Cell("social_care_told", label=23)),
    ]
    for place in range(children):
        arranged += _child(f"children.{place}", *_counted("Child", place, children))
    for place in range(concerns):
        arranged += _concern(f"concerns.{place}", *_counted("Concern", place, concerns))
    return arranged


def _counted(word: str, place: int, count: int) -> tuple[str, str]:
    return (f"{word} {place + 1} of {count}", f"{word} {place + 1}") if count > 1 else (word, word)


def _child(at: str, words: str, short: str) -> Iterator[Row]:
    yield SectionHeading(words, short)
    yield (f"{at}.name", Cell(f"{at}.relationship", label=24))
    yield (Cell(f"{at}.born", share=3, label=22), Cell(f"{at}.age", share=2, label=9))
    yield (f"{at}.sex", f"{at}.address")
    yield f"{at}.marks"
    yield (Cell(f"{at}.placing_authority", label=22), Cell(f"{at}.social_worker", label=26))


def _concern(at: str, words: str, short: str) -> Iterator[Row]:
    yield SectionHeading(words, short)
    yield (f"{at}.type", f"{at}.subtype")
    yield (Cell(f"{at}.happened", share=11, label=21), Cell(f"{at}.child", share=9, label=16))
    yield Cell(f"{at}.place", label=21)
    yield f"{at}.details"
