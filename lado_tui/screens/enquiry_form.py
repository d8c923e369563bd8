"""The intake form as it stands on the screen: its fields in their rows, and the order in which a call goes.

Call-back number and the three danger questions come first; what is already known of the name and of the setting stands
below them while they are typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from textual import on

from db.clock import local
from db.forms.enquiry import EnquiryForm
from db.rules.dates import DateKind, Day, UnclearDate, age_on, read_date
from db.vocabulary import Answer, EnquiryResult
from lado_tui.widgets.call_prompts import next_to_ask
from lado_tui.widgets.date_field import DateField
from lado_tui.widgets.drawn import Part, Words
from lado_tui.widgets.field import Field
from lado_tui.widgets.form_body import Cell, FormBody, Heading
from lado_tui.widgets.heard_line import HeardLine
from lado_tui.widgets.setting_field import SettingField

if TYPE_CHECKING:
    from db.queries.enquiries import EnquiryRecord
    from db.queries.settings import SettingPattern
    from db.vocabulary import Vocabulary
    from lado_tui.widgets.form_rows import Row

ORDER = (
    "call_back", "child_safe", "adult_with_children", "police_or_care_told", "caller_name", "caller_role",
    "organisation", "adult_name", "adult_born", "role", "works_at", "works_elsewhere", "other_authority", "other_work",
    "account", "children", "child_needs", "child_in_care", "advice", "result", "follow_up", "method", "subject",
)  # fmt: skip
"""How a call goes. How it came in and what it is about are known before it begins, so they come last."""

FIRST_ANSWERS = {"method": "telephone", "subject": "lado"}
"""What a call is unless somebody says otherwise."""

_LEFT, _RIGHT = 36, 44


class EnquiryFields(FormBody):
    """The fields of an enquiry."""

    def __init__(self, words: Vocabulary, today: date, clock: Callable[[], str]) -> None:
        """Make the form.

        Args:
            words: the code lists that choices are made from.
            today: the day at the desk.
            clock: the time as Ctrl+T puts it into notes.
        """
        asked = {question.name: question for question in EnquiryForm.questions()}
        self.today = today
        self.heard = HeardLine()
        self.at_setting = Words("")
        self.at_setting.display = False
        self.organisation = SettingField(asked["organisation"])
        self.works_at = SettingField(replace(asked["works_at"], hint="= same as caller"), same_as=self.organisation)
        born = DateField(asked["adult_born"], echo=self._age, moves_on=True)
        super().__init__(
            tuple(asked.values()),
            words=words,
            today=today,
            rows=self._rows(),
            order=ORDER,
            moves_on=True,
            clock=clock,
            text_lines={"account": 2, "advice": 2},
            fills=("account",),
            made={"organisation": self.organisation, "works_at": self.works_at, "adult_born": born},
        )
        self.fill(FIRST_ANSWERS)
        self.show_what_matters()

    def _rows(self) -> list[Row]:
        return [
            Heading("Who is calling, and is anyone in danger now"),
            (Cell("call_back", _LEFT, 17), Cell("child_safe", _RIGHT, 25)),
            (Cell("caller_name", _LEFT, 17), Cell("adult_with_children", _RIGHT, 25)),
            (Cell("caller_role", _LEFT, 17), Cell("police_or_care_told", _RIGHT, 25)),
            (Cell("organisation", 49, 17), Cell("method", 31, 6)),
            Heading("The adult"),
            (Cell("adult_name", _RIGHT, 17), Cell("role", _LEFT, 9)),
            (Cell("adult_born", 35, 17), Cell("works_at", 45, 13)),
            self.heard,
            self.at_setting,
            (Cell("works_elsewhere", 32, 20), Cell("other_authority", 21, 9), Cell("other_work", 27, 15)),
            Heading("What is said"),
            "account",
            (Cell("children", 36, 10), Cell("child_needs", 21, 9), Cell("child_in_care", 23, 12)),
            Heading("What you say"),
            "advice",
            Cell("result", 80, 14),
            (Cell("follow_up", 42, 14), Cell("subject", 38, 9)),
        ]

    def _age(self, typed: str) -> str:
        born = self.born
        if born is None:
            return ""
        return f"age {age_on(born.on, self.today)}" if born.on else "not known"

    # What is read out of the answers while they are typed

    @property
    def born(self) -> Day | None:
        """The date of birth as far as it is typed; None while it is no date."""
        typed = self.field("adult_born").value
        try:
            return read_date(typed, self.today, label="Date of birth", kind=DateKind.ADULT_BIRTH)
        except UnclearDate:
            return None

    @property
    def called(self) -> str:
        """The adult's name as far as it is typed."""
        return self.field("adult_name").value.strip()

    @on(Field.Edited, "#field-works_elsewhere")
    def ask_which_authority(self) -> None:
        """Ask which authority only of an adult who works in another."""
        elsewhere = self.field("works_elsewhere").value == Answer.YES
        _show(self.field("other_authority"), elsewhere or bool(self.field("other_authority").value))

    def show_what_matters(self) -> None:
        """Show the questions that matter now, and in the notes what is still to ask."""
        self.ask_which_authority()
        account = self.field("account")
        hint = next_to_ask(account.value)
        if account.question.hint != hint:
            account.question = replace(account.question, hint=hint)
            account.refresh()

    def expect_the_form(self) -> None:
        """Who is told to refer is followed up in one working day, unless the officer has said when."""
        if self.field("result").value == EnquiryResult.ADVISED_REFER and not self.field("follow_up").value:
            self.field("follow_up").value = "+1d"

    def tell_setting(self, pattern: SettingPattern | None) -> None:
        """Show what there has been at the setting, where there has been anything; None where no setting is known."""
        told = pattern is not None and pattern.adults > 0
        _show(self.at_setting, told)
        if told and pattern is not None:
            self.at_setting.say([Part("   AT THIS SETTING ", "heading"), Part(pattern.words, "strong")])

    # What else the record wants, and a draft keeps

    def extras(self) -> dict[str, Any]:
        """What is known besides the answers: the settings chosen, and whom the officer says the adult is or is not."""
        used = self.heard.used
        return {
            "caller_setting": self.organisation.setting_id,
            "setting_id": self.works_at.setting_id,
            "same_as": used.adult_id if used else None,
            "not_same_as": sorted(self.heard.not_same),
        }

    def put_back(self, answers: Mapping[str, str], more: Mapping[str, Any]) -> None:
        """Stand as the form stood."""
        self.fill(answers)
        self.organisation.setting_id = more.get("caller_setting")
        self.works_at.setting_id = more.get("setting_id")
        self.heard.not_same = set(more.get("not_same_as", ()))
        self.show_what_matters()


def _show(widget: Field | Words, shown: bool) -> None:
    if widget.display != shown:
        widget.display = shown


def as_typed(record: EnquiryRecord) -> dict[str, str]:
    """A kept enquiry's answers as they would be typed. A follow-up is left empty: it stays unless another is typed."""
    return {name: _typed(answer) for name, answer in record.answers.items()}


def _typed(answer: object) -> str:
    if isinstance(answer, date):
        return f"{answer.day} {answer.month} {answer.year}"
    return str(answer) if answer else ""


def past_of(record: EnquiryRecord) -> Iterator[str]:
    """What has happened to an enquiry on the record, a line each."""
    taken = local(record.received_at)
    yield f"taken {taken.day} {taken:%b %H:%M} by {record.taken_by}"
    yield from (f"became {ref}" for ref in record.referrals.values())
    if record.closed_on:
        yield f"closed {record.closed_on.day} {record.closed_on:%b}: {record.closed_reason or 'nothing left to do'}"
    yield from (f"to do: {step.what}" for step in record.steps if step.done_on is None)
    for note in record.notes:
        at = local(note.at)
        yield f"{at.day} {at:%b %H:%M} {note.officer}:"
        yield from (f"  {line}" for line in note.words.split("\n"))
