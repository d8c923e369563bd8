"""A referral: one adult, who they are and where they work, the children, what is said to have happened, what was done.

The fields are the union of the forms services send out. Received is not entered: both dates are kept, and a late
entry is never stopped.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, ClassVar

from sqlmodel import Field

from db.errors import Problem
from db.forms.form import Form
from db.forms.question import Kind, Question
from db.rules.dates import DateKind, Day

NEEDED = {
    "name": "the adult's name",
    "born": "the adult's date of birth",
    "role": "the adult's role",
    "setting": "where the adult works",
    "account": "what is said to have happened",
    "referrer_name": "who is referring",
    "referrer_phone": "a telephone number for the referrer",
}
"""What a form must say to be screened; what is missing is what a returned form is returned for."""


class ChildForm(Form):
    """A child in the referral. The name is asked for; initials are kept where no more is known."""

    name: Annotated[str | None, Question("Child's name", Kind.NAME, required="Enter the child's name or initials")] = (
        None
    )
    born: Annotated[Day | None, Question("Child's birth date", Kind.DATE, dated=DateKind.CHILD_BIRTH)] = None
    age: Annotated[int | None, Question("Age", Kind.NUMBER, hint="if the birth date is not known")] = None
    sex: Annotated[str | None, Question("Child's sex", Kind.CHOICE, among="sex")] = None
    address: Annotated[str | None, Question("Child's address", Kind.LINE, limit=400)] = None
    relationship: Annotated[str | None, Question("Child is the adult's", Kind.LINE, hint="pupil, foster child")] = None
    marks: Annotated[tuple[str, ...] | None, Question("Child's status", Kind.CHOICES, among="child_status")] = None
    placing_authority: Annotated[str | None, Question("Placing authority", Kind.NAME)] = None
    social_worker: Annotated[str | None, Question("Child's social worker", Kind.NAME)] = None

    def check(self, today: date) -> Iterator[Problem]:
        """A child in another authority's care has a placing authority to be told."""
        if "in_care_other_authority" in (self.marks or ()) and not self.placing_authority:
            yield self.problem("placing_authority", "Enter the placing authority, or not known")


class ConcernForm(Form):
    """One alleged incident."""

    type: Annotated[
        str | None, Question("Kind of concern", Kind.CHOICE, among="concern_type", required="Enter the kind of concern")
    ] = None
    subtype: Annotated[str | None, Question("More exactly", Kind.CHOICE, among="concern_subtype")] = None
    happened: Annotated[
        Day | None, Question("When it happened", Kind.DATE, dated=DateKind.EVENT, hint="a month or a year will do")
    ] = None
    place: Annotated[str | None, Question("Where it happened", Kind.LINE)] = None
    child: Annotated[int | None, Question("Which child", Kind.NUMBER, hint="1 for the first child above")] = None
    details: Annotated[str | None, Question("About this incident", Kind.TEXT)] = None


class ReferralForm(Form):
    """A referral about one adult, as the contact and referral officer enters it."""

    received: Annotated[
        Day | None,
        Question("Received", Kind.DATE, dated=DateKind.DONE, required="Enter the day the form was received"),
    ] = None
    portal_ref: Annotated[str | None, Question("Portal reference", Kind.LINE, limit=60)] = None
    external_ref: Annotated[str | None, Question("Case system number", Kind.LINE, limit=60)] = None

    name: Annotated[str | None, Question("Adult's name", Kind.NAME, required="Enter the adult's name")] = None
    other_names: Annotated[str | None, Question("Other names", Kind.NAME, hint="former, known as; commas between")] = (
        None
    )
    born: Annotated[Day | None, Question("Date of birth", Kind.DATE, dated=DateKind.ADULT_BIRTH)] = None
    birth_confirmed: Annotated[
        str | None, Question("Birth date as recorded?", Kind.ANSWER, hint="asked where it looks made up")
    ] = None
    sex: Annotated[str | None, Question("Sex", Kind.CHOICE, among="sex")] = None
    ethnicity: Annotated[str | None, Question("Ethnicity", Kind.CHOICE, among="ethnicity")] = None
    home_address: Annotated[str | None, Question("Home address", Kind.LINE, limit=400)] = None
    role: Annotated[str | None, Question("Role", Kind.CHOICE, among="role")] = None
    sector: Annotated[str | None, Question("Sector", Kind.CHOICE, among="sector")] = None
    basis: Annotated[str | None, Question("Employed as", Kind.CHOICE, among="employment_basis")] = None
    service_length: Annotated[str | None, Question("In post since", Kind.LINE, hint="a date or a length")] = None

    setting: Annotated[str | None, Question("Works at", Kind.NAME)] = None
    setting_kind: Annotated[str | None, Question("Kind of setting", Kind.CHOICE, among="setting_kind")] = None
    district: Annotated[str | None, Question("District", Kind.CHOICE, among="district")] = None
    works_elsewhere: Annotated[str | None, Question("In another authority?", Kind.ANSWER)] = None
    other_authority: Annotated[str | None, Question("Which authority", Kind.NAME)] = None
    other_work: Annotated[str | None, Question("Other work with children", Kind.LINE, limit=400)] = None
    own_children: Annotated[str | None, Question("Own or cared-for children", Kind.LINE, limit=400)] = None
    earlier_known: Annotated[str | None, Question("Earlier concerns known", Kind.LINE, limit=400)] = None

    referrer_name: Annotated[str | None, Question("Referrer", Kind.NAME)] = None
    agency: Annotated[str | None, Question("Agency", Kind.CHOICE, among="referrer_agency")] = None
    referrer_role: Annotated[str | None, Question("Referrer's role", Kind.CHOICE, among="caller_role")] = None
    referrer_organisation: Annotated[str | None, Question("Organisation", Kind.NAME)] = None
    referrer_phone: Annotated[str | None, Question("Referrer's telephone", Kind.PHONE, limit=60)] = None
    referrer_email: Annotated[str | None, Question("Referrer's email", Kind.EMAIL)] = None
    employer_contact: Annotated[str | None, Question("Case contact, if different", Kind.NAME)] = None
    employer_aware: Annotated[Day | None, Question("Employer knew on", Kind.DATE, dated=DateKind.DONE)] = None

    account: Annotated[str | None, Question("What is said to have happened", Kind.TEXT)] = None
    account_from: Annotated[str | None, Question("Who said it", Kind.NAME)] = None
    incidents: Annotated[int | None, Question("How many incidents", Kind.NUMBER)] = None
    witnesses: Annotated[str | None, Question("Witnesses", Kind.LINE, limit=400)] = None
    flags: Annotated[tuple[str, ...] | None, Question("Marks", Kind.CHOICES, among="case_flag")] = None
    actions_taken: Annotated[str | None, Question("Already done", Kind.LINE, limit=400)] = None
    interim_measure: Annotated[str | None, Question("Interim measure", Kind.CHOICE, among="interim_measure")] = None
    adult_aware: Annotated[str | None, Question("Adult aware?", Kind.ANSWER)] = None
    parents_aware: Annotated[str | None, Question("Parents aware?", Kind.ANSWER)] = None
    police_told: Annotated[str | None, Question("Police told?", Kind.ANSWER)] = None
    social_care_told: Annotated[str | None, Question("Social care told?", Kind.ANSWER)] = None

    children: list[ChildForm] = Field(default_factory=list)
    concerns: list[ConcernForm] = Field(default_factory=list)

    enquiry_id: int | None = None
    not_a_duplicate: bool = False
    known_adult_id: int | None = None
    setting_id: int | None = None
    not_same: tuple[int, ...] = ()

    groups: ClassVar[Mapping[str, type[Form]]] = {"children": ChildForm, "concerns": ConcernForm}

    @classmethod
    def extra_fields(cls) -> tuple[str, ...]:
        """The enquiry it comes from, the adult and setting on record, whom it is not, and that it is no duplicate."""
        return ("enquiry_id", "not_a_duplicate", "known_adult_id", "setting_id", "not_same")

    def missing(self) -> tuple[str, ...]:
        """What the form does not say and must before it can be screened, in words for the referrer."""
        unanswered = [words for field, words in NEEDED.items() if not getattr(self, field)]
        children = [] if self.children else ["the child's name and date of birth"]
        concerns = [] if self.concerns else ["the kind of concern"]
        return (*unanswered, *children, *concerns)

    def check(self, today: date) -> Iterator[Problem]:
        """What is wrong between answers: order of dates, a made-up looking birth date, a child that is not there."""
        if self.born and self.born.question and self.birth_confirmed is None:
            yield self.problem("birth_confirmed", self.born.question)
        yield from self._dates_in_order()
        for place, concern in enumerate(self.concerns):
            if concern and concern.child and concern.child > len(self.children):
                label = f"Which child must be 1 to {len(self.children)}" if self.children else "Enter the child first"
                yield Problem(f"concerns.{place}.child", "Which child", label)
        if self.works_elsewhere == "yes" and not self.other_authority:
            yield self.problem("other_authority", "Enter which authority, so that its LADO can be told")

    def _dates_in_order(self) -> Iterator[Problem]:
        received = self.received.on if self.received else None
        if received and self.employer_aware and self.employer_aware.on and self.employer_aware.on > received:
            yield self.problem(
                "employer_aware", "The day the employer knew must be the same as or before it was received"
            )
        for place, concern in enumerate(self.concerns):
            if received and concern and concern.happened and concern.happened.on and concern.happened.on > received:
                sentence = "When it happened must be the same as or before the day it was received"
                yield Problem(f"concerns.{place}.happened", "When it happened", sentence)
