"""What is asked of someone who contacts the duty line, in the order in which a call goes."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated

from db.errors import Problem
from db.forms.form import Form
from db.forms.question import Kind, Question
from db.rules.dates import DateKind, Day
from db.vocabulary import Answer, EnquiryResult

WITHHELD = "?"
"""The answer for a call-back number that the caller will not give."""

_CALL_BACK_LIMIT = 60


class EnquiryForm(Form):
    """One contact with the duty line. The adult need not be named.

    Attributes:
        received_at: when the call began or the message came; now, where nothing is said.
        setting_id: the setting chosen from those the record knows, where the adult works.
        same_as: an adult the record knows, whom the officer says this is.
        not_same_as: adults the record knows, whom the officer says this is not.
        not_a_duplicate: the officer says that this is not an enquiry already entered.
    """

    call_back: Annotated[
        str | None,
        Question(
            "Call-back number",
            Kind.PHONE,
            short="Call-back no",
            hint="? withheld",
            required="Enter a call-back number",
            limit=_CALL_BACK_LIMIT,
        ),
    ] = None
    child_safe: Annotated[
        str | None, Question("Child safe now?", Kind.ANSWER, required="Enter if the child is safe now")
    ] = None
    adult_with_children: Annotated[
        str | None, Question("Adult with children now?", Kind.ANSWER, short="Adult with children?")
    ] = None
    police_or_care_told: Annotated[str | None, Question("Police or CSC told?", Kind.ANSWER)] = None
    caller_name: Annotated[str | None, Question("Caller's name", Kind.NAME, short="Caller")] = None
    caller_role: Annotated[
        str | None, Question("Caller's role", Kind.CHOICE, short="Their role", among="caller_role")
    ] = None
    organisation: Annotated[str | None, Question("Organisation", Kind.NAME)] = None
    method: Annotated[str | None, Question("How", Kind.CHOICE, short="By", among="contact_method")] = None
    adult_name: Annotated[str | None, Question("Adult's name", Kind.NAME, short="Adult")] = None
    adult_born: Annotated[
        Day | None, Question("Date of birth", Kind.DATE, short="Born", dated=DateKind.ADULT_BIRTH)
    ] = None
    role: Annotated[str | None, Question("Adult's role", Kind.CHOICE, short="Role", among="role")] = None
    works_at: Annotated[str | None, Question("Works at", Kind.NAME)] = None
    works_elsewhere: Annotated[
        str | None, Question("Works in another authority?", Kind.ANSWER, short="Other authority?")
    ] = None
    other_authority: Annotated[str | None, Question("Which authority", Kind.NAME, short="Which")] = None
    other_work: Annotated[str | None, Question("Other work with children?", Kind.ANSWER, short="Other work?")] = None
    account: Annotated[str | None, Question("What happened", Kind.TEXT)] = None
    children: Annotated[
        str | None,
        Question("Child", Kind.LINE, hint="as J.S. 7; A.B. 9", limit=2_000),
    ] = None
    child_needs: Annotated[str | None, Question("SEND or disabled?", Kind.ANSWER, short="SEND?")] = None
    child_in_care: Annotated[str | None, Question("In care?", Kind.ANSWER)] = None
    advice: Annotated[str | None, Question("Advice given", Kind.TEXT)] = None
    result: Annotated[str | None, Question("Next step", Kind.CHOICE, among="enquiry_result")] = None
    follow_up: Annotated[
        Day | None, Question("Follow up", Kind.DATE, hint="+1d, or a date", dated=DateKind.FOLLOW_UP)
    ] = None
    subject: Annotated[str | None, Question("About", Kind.CHOICE, among="enquiry_subject")] = None
    received_at: datetime | None = None
    setting_id: int | None = None
    same_as: int | None = None
    not_same_as: tuple[int, ...] = ()
    not_a_duplicate: bool = False

    @classmethod
    def extra_fields(cls) -> tuple[str, ...]:
        """What the screen knows without asking."""
        return ("received_at", "setting_id", "same_as", "not_same_as", "not_a_duplicate")

    def check(self, today: date) -> Iterator[Problem]:
        """An enquiry sent to another authority's LADO says which; nobody's birth is kept without a name."""
        if self.result == EnquiryResult.OTHER_LADO and not self.other_authority:
            yield self.problem("other_authority", "Enter which authority the adult works in")
        if self.other_authority and self.works_elsewhere == Answer.NO:
            yield self.problem("works_elsewhere", "Works in another authority? must be yes if you enter which")
        if self.adult_born and self.adult_born.on and not self.adult_name:
            yield self.problem("adult_name", "Enter the adult's name, or take away the date of birth")


class CloseEnquiryForm(Form):
    """Why an enquiry needs nothing more."""

    reason: Annotated[str | None, Question("Why it is closed", Kind.TEXT, required="Enter why it is closed")] = None
