"""What a LADO fills in to decide on the harm threshold."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Self

from db.errors import Problem
from db.forms.form import Form
from db.forms.question import Kind, Question
from db.rules.after_decision import CLOSING
from db.rules.dates import DateKind, Day
from db.rules.threshold import LIMBS, Screening, guidance_choices, screening_problems
from db.vocabulary import PROGRESSED, Informed, Vocabulary


class ScreeningForm(Form):
    """A dated decision on the harm threshold, with its reason. The limbs end the sentence that the screen begins."""

    limb_1: Annotated[
        str | None, Question("has harmed a child or may have harmed a child", Kind.LIMB, short="Harm")
    ] = None
    limb_2: Annotated[str | None, Question("may be a crime against, or about, a child", Kind.LIMB, short="Offence")] = (
        None
    )
    limb_3: Annotated[
        str | None, Question("shows they may pose a risk of harm to children", Kind.LIMB, short="Risk")
    ] = None
    limb_4: Annotated[
        str | None, Question("shows they may not be suitable to work with children", Kind.LIMB, short="Suitability")
    ] = None
    reason: Annotated[str | None, Question("Why you decided this", Kind.TEXT, hint="20 characters or more")] = None
    police: Annotated[str | None, Question("Police", Kind.CHOICE, among="informed")] = None
    social_care: Annotated[str | None, Question("Social care", Kind.CHOICE, among="informed")] = None
    decision: Annotated[str | None, Question("Decision", Kind.CHOICE, among="decision")] = None
    decide_by: Annotated[
        Day | None, Question("Decide by", Kind.DATE, hint="+2d is two working days", dated=DateKind.FOLLOW_UP)
    ] = None
    other_authority: Annotated[
        str | None, Question("Other authority", Kind.NAME, hint="whose LADO leads", short="Authority")
    ] = None
    principal_type: Annotated[
        str | None, Question("Principal type", Kind.CHOICE, among="concern_type", short="Type")
    ] = None
    principal_subtype: Annotated[
        str | None, Question("Sub-type", Kind.CHOICE, among="concern_subtype", short="Sub-type")
    ] = None
    decided_on: Annotated[
        Day | None, Question("Date decided", Kind.DATE, hint="today if empty", dated=DateKind.DONE)
    ] = None
    guidance: Annotated[str | None, Question("Guidance", Kind.CHOICE, among="guidance_version")] = None

    @classmethod
    def so_far(cls, answers: Mapping[str, object], *, today: date, words: Vocabulary) -> Self:
        """The answers that can be read, whatever is wrong with the others: for what the decision will lead to."""
        kept, _ = cls._read_each(answers, today, words)
        return cls.model_construct(**kept)

    def day(self, today: date) -> date:
        """The day of the decision: today unless another was given."""
        return self.decided_on.on if self.decided_on and self.decided_on.on else today

    def screening(self) -> Screening:
        """The answers as the rules of the threshold read them."""
        answers = {limb.number: getattr(self, limb.field, None) for limb in LIMBS}
        return Screening(
            limbs={number: answer for number, answer in answers.items() if answer},
            decision=self.decision,
            reason=self.reason or "",
            police=self.police,
            decide_by=self.decide_by.on if self.decide_by else None,
            other_authority=self.other_authority or "",
        )

    def check(self, today: date) -> Iterator[Problem]:
        """The rules of the threshold, and what a decision needs before it may close or go forward."""
        yield from screening_problems(self.screening(), self.day(today))
        if self.decision in PROGRESSED and not self.principal_type:
            yield self.problem("principal_type", "Enter the principal type of concern")
        if self.decision in CLOSING:
            yield from self._still_to_ask()
        if self.guidance and self.guidance not in guidance_choices(self.day(today)):
            yield self.problem("guidance", "Guidance must be one that was in force on the day of the decision")

    def _still_to_ask(self) -> Iterator[Problem]:
        for field, whom in (("police", "the police"), ("social_care", "social care")):
            if getattr(self, field) == Informed.ASK_NOW:
                yield self.problem(field, f"This decision closes the referral. Ask {whom} first, then enter told")
