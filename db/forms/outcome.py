"""The outcome of an allegation, and the other ways a case can end."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, ClassVar

from sqlmodel import Field

from db.errors import Problem
from db.forms.form import Form
from db.forms.question import Kind, Question
from db.rules.dates import DateKind, Day
from db.rules.outcomes import Closing, gaps, views_differ
from db.rules.threshold import REASON_AT_LEAST


class FindingForm(Form):
    """The finding for one concern of the case; ``concern`` is its number in the record."""

    concern: Annotated[int | None, Question("Concern", Kind.NUMBER, required="Enter the concern")] = None
    finding: Annotated[str | None, Question("Finding", Kind.CHOICE, among="finding")] = None


class OutcomeForm(Form):
    """The agreed outcome of an allegation, and all that follows from it."""

    concluded: Annotated[Day | None, Question("Date agreed", Kind.DATE, dated=DateKind.DONE)] = None
    employer_view: Annotated[str | None, Question("Employer's view", Kind.CHOICE, among="finding")] = None
    lado_view: Annotated[str | None, Question("LADO's view", Kind.CHOICE, among="finding")] = None
    finding: Annotated[str | None, Question("Agreed outcome", Kind.CHOICE, among="finding")] = None
    agreed_employer: Annotated[str | None, Question("Employer agreed?", Kind.ANSWER)] = None
    agreed_police: Annotated[str | None, Question("Police agreed?", Kind.ANSWER)] = None
    agreed_social_care: Annotated[str | None, Question("Social care agreed?", Kind.ANSWER)] = None
    reason: Annotated[str | None, Question("Why this is the outcome", Kind.TEXT)] = None

    employment_result: Annotated[
        str | None, Question("What the employer did", Kind.CHOICE, among="employment_result")
    ] = None
    employment_words: Annotated[str | None, Question("In the employer's words", Kind.LINE, limit=400)] = None
    dbs_removed: Annotated[
        str | None, Question("DBS 1: removed from work?", Kind.ANSWER, hint="or would have been")
    ] = None
    dbs_harm: Annotated[str | None, Question("DBS 2: harm test met?", Kind.ANSWER, hint="or relevant conduct")] = None
    dbs_status: Annotated[str | None, Question("DBS referral", Kind.CHOICE, among="regulator_status")] = None
    dbs_on: Annotated[Day | None, Question("Referred to the DBS on", Kind.DATE, dated=DateKind.DONE)] = None
    dbs_reason: Annotated[str | None, Question("Why no DBS referral", Kind.LINE, limit=400)] = None
    regulator: Annotated[str | None, Question("Regulator", Kind.CHOICE, among="regulator")] = None
    regulator_status: Annotated[str | None, Question("Regulator referral", Kind.CHOICE, among="regulator_status")] = (
        None
    )
    regulator_on: Annotated[Day | None, Question("Regulator told on", Kind.DATE, dated=DateKind.DONE)] = None

    adult_told: Annotated[str | None, Question("Adult told the outcome?", Kind.ANSWER)] = None
    adult_told_on: Annotated[Day | None, Question("Adult told on", Kind.DATE, dated=DateKind.DONE)] = None
    child_told: Annotated[str | None, Question("Child told?", Kind.ANSWER)] = None
    child_told_on: Annotated[Day | None, Question("Child told on", Kind.DATE, dated=DateKind.DONE)] = None
    parent_told: Annotated[str | None, Question("Parents told?", Kind.ANSWER)] = None
    parent_told_on: Annotated[Day | None, Question("Parents told on", Kind.DATE, dated=DateKind.DONE)] = None
    not_told_reason: Annotated[str | None, Question("Why not told", Kind.LINE, limit=400)] = None
    child_impact: Annotated[str | None, Question("Impact on the child", Kind.TEXT)] = None
    child_feedback: Annotated[str | None, Question("What the child says", Kind.TEXT)] = None
    learning: Annotated[str | None, Question("Learning", Kind.TEXT)] = None
    residual_risk: Annotated[str | None, Question("Risk that is left", Kind.TEXT)] = None
    risk_review: Annotated[Day | None, Question("Review the risk on", Kind.DATE, dated=DateKind.FOLLOW_UP)] = None

    findings: list[FindingForm] = Field(default_factory=list)
    correction_reason: str | None = None

    groups: ClassVar[Mapping[str, type[Form]]] = {"findings": FindingForm}

    @classmethod
    def extra_fields(cls) -> tuple[str, ...]:
        """Why a recorded outcome is corrected."""
        return ("correction_reason",)

    @property
    def conflict(self) -> bool:
        """Whether employer and LADO hold it to be different things."""
        return views_differ(self.employer_view, self.lado_view)

    def closing(self, concerns: Mapping[int, str], *, has_child: bool) -> Closing:
        """These answers as the closing rules see them.

        Args:
            concerns: the concerns of the case, number to words.
            has_child: whether a child is named in the case.
        """
        given = {one.concern: one.finding for one in self.findings if one is not None}
        same = {name: getattr(self, name) for name in _SAME}
        written = {name: getattr(self, name) or "" for name in _WRITTEN}
        return Closing(
            findings={words: given.get(number) for number, words in concerns.items()},
            concluded_on=self.concluded.on if self.concluded else None,
            has_child=has_child,
            **same,
            **written,
        )

    def problems(self, concerns: Mapping[int, str], *, has_child: bool) -> list[Problem]:
        """What stops the case from closing with this outcome, beside the field it belongs to."""
        lacking = [gap for gap in gaps(self.closing(concerns, has_child=has_child)) if gap.blocking]
        return [self.problem(_FIELD.get(gap.field, gap.field), gap.sentence) for gap in lacking]


_SAME = (
    "finding", "employer_view", "lado_view", "agreed_employer", "agreed_police", "agreed_social_care",
    "employment_result", "dbs_removed", "dbs_harm", "dbs_status", "regulator_status", "adult_told", "child_told",
    "parent_told",
)  # fmt: skip
_WRITTEN = ("reason", "dbs_reason", "not_told_reason", "child_impact", "learning", "residual_risk")
_FIELD = {"concluded_on": "concluded"}


class CloseForm(Form):
    """Closing without an outcome: back to the employer, passed to another LADO, or entered in error."""

    closed_as: Annotated[
        str | None, Question("How it ends", Kind.CHOICE, among="closed_as", required="Enter how this case ends")
    ] = None
    closed_reason: Annotated[
        str | None,
        Question("Why it closes", Kind.TEXT, required=f"Why it closes must be {REASON_AT_LEAST} characters or more"),
    ] = None
    closed_on: Annotated[Day | None, Question("Date closed", Kind.DATE, dated=DateKind.DONE, hint="today if empty")] = (
        None
    )

    def check(self, today: date) -> Iterator[Problem]:
        """A reason is long enough to be understood by whoever reads it in ten years."""
        if self.closed_reason and len(self.closed_reason) < REASON_AT_LEAST:
            yield self.problem("closed_reason", f"Why it closes must be {REASON_AT_LEAST} characters or more")
