"""What an officer fills in while overseeing a case: notes, next steps, strands, meetings, delays, sharing, moves.

One definition each; the screen asks it in one dialog, the timeline reads entries back in the same words.
"""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from db.errors import Problem
from db.forms.form import Form
from db.forms.question import Kind, Question
from db.rules.dates import DateKind, Day, words
from db.rules.threshold import REASON_AT_LEAST

_INITIALS = "initials; you if left empty"


class NoteForm(Form):
    """A dated entry in the chronology."""

    kind: Annotated[str | None, Question("Kind", Kind.CHOICE, among="note_kind", required="Enter the kind of note")] = (
        None
    )
    words: Annotated[str | None, Question("Note", Kind.TEXT, required="Enter the note")] = None
    third_party: Annotated[
        str | None, Question("From police or other third party?", Kind.ANSWER, hint="marked, so exports can leave it")
    ] = None


class StepForm(Form):
    """Something to be done: by whom and by when."""

    what: Annotated[str | None, Question("Next step", Kind.NAME, required="Enter the next step")] = None
    due_on: Annotated[
        Day | None,
        Question(
            "Due", Kind.DATE, hint="+2d: two working days", required="Enter the due date", dated=DateKind.FOLLOW_UP
        ),
    ] = None
    who: Annotated[str | None, Question("Who does it", Kind.LINE, hint=_INITIALS, limit=6)] = None
    waiting_for: Annotated[
        str | None, Question("Waiting for", Kind.NAME, hint="police, HR, employer: who must answer first")
    ] = None


class StrandForm(Form):
    """An investigation running beside the LADO's oversight."""

    kind: Annotated[
        str | None, Question("Strand", Kind.CHOICE, among="strand_kind", required="Enter which strand it is")
    ] = None
    lead: Annotated[str | None, Question("Who leads it", Kind.NAME)] = None
    reference: Annotated[str | None, Question("Their reference", Kind.LINE, limit=60)] = None
    started_on: Annotated[Day | None, Question("Date started", Kind.DATE, dated=DateKind.ARRANGED)] = None
    ended_on: Annotated[
        Day | None, Question("Date ended", Kind.DATE, hint="empty while it runs", dated=DateKind.DONE)
    ] = None
    result: Annotated[str | None, Question("What came of it", Kind.TEXT)] = None

    def check(self, today: date) -> Iterator[Problem]:
        """An ended strand ends after it began, and says what came of it."""
        yield from _in_order(self, "started_on", "ended_on", "it started")
        if self.ended_on and not self.result:
            yield self.problem("result", "Enter what came of it")


class MeetingForm(Form):
    """A meeting held, or the oversight by phone and email in its place."""

    kind: Annotated[
        str | None, Question("Meeting", Kind.CHOICE, among="meeting_kind", required="Enter the kind of meeting")
    ] = None
    held_on: Annotated[
        Day | None, Question("Date held", Kind.DATE, required="Enter the date it was held", dated=DateKind.DONE)
    ] = None
    chair: Annotated[str | None, Question("Chair", Kind.LINE, hint=_INITIALS, limit=6)] = None
    attended: Annotated[str | None, Question("Who attended", Kind.TEXT)] = None
    minutes: Annotated[str | None, Question("Minutes", Kind.TEXT)] = None
    minutes_sent_on: Annotated[Day | None, Question("Minutes sent", Kind.DATE, dated=DateKind.DONE)] = None
    recommendations: Annotated[str | None, Question("Recommendations", Kind.TEXT)] = None
    next_review_on: Annotated[
        Day | None, Question("Next review", Kind.DATE, hint="28 days after, if left empty", dated=DateKind.ARRANGED)
    ] = None

    def check(self, today: date) -> Iterator[Problem]:
        """Minutes and review come after the meeting."""
        yield from _in_order(self, "held_on", "minutes_sent_on", "it was held")
        yield from _in_order(self, "held_on", "next_review_on", "it was held")


class DelayForm(Form):
    """What a case is held up by."""

    cause: Annotated[
        str | None, Question("Held up by", Kind.CHOICE, among="delay_cause", required="Enter what holds the case up")
    ] = None
    from_on: Annotated[Day | None, Question("Since", Kind.DATE, hint="today if left empty", dated=DateKind.DONE)] = None
    words: Annotated[str | None, Question("What is awaited", Kind.TEXT)] = None


class DelayEndedForm(Form):
    """The end of a delay."""

    to_on: Annotated[Day | None, Question("Ended on", Kind.DATE, hint="today if left empty", dated=DateKind.DONE)] = (
        None
    )


class ReviewForm(Form):
    """The monthly look at an open case."""

    words: Annotated[str | None, Question("What you found", Kind.TEXT, required="Enter what you found")] = None
    cause: Annotated[
        str | None, Question("Held up by", Kind.CHOICE, among="delay_cause", hint="asked for past three months")
    ] = None
    next_on: Annotated[
        Day | None, Question("Next review", Kind.DATE, hint="in a month if left empty", dated=DateKind.FOLLOW_UP)
    ] = None


class ShareForm(Form):
    """Who was told what, and on what basis."""

    kind: Annotated[
        str | None, Question("What was sent", Kind.CHOICE, among="notification", required="Enter what was sent")
    ] = None
    told: Annotated[str | None, Question("Who was told", Kind.NAME, required="Enter who was told")] = None
    on_date: Annotated[Day | None, Question("When", Kind.DATE, hint="today if left empty", dated=DateKind.DONE)] = None
    basis: Annotated[
        str | None,
        Question(
            "On what basis",
            Kind.NAME,
            hint="consent, or why it was not sought",
            required="Enter on what basis they were told",
        ),
    ] = None
    words: Annotated[str | None, Question("What they were told", Kind.TEXT)] = None


class EscalationForm(Form):
    """A disagreement taken further."""

    reason: Annotated[
        str | None, Question("Why", Kind.CHOICE, among="escalation_reason", required="Enter why it is taken further")
    ] = None
    detail: Annotated[str | None, Question("In particular", Kind.CHOICE, among="escalation_detail")] = None
    party: Annotated[
        str | None, Question("With whom", Kind.CHOICE, among="escalation_party", required="Enter internal or external")
    ] = None
    raised_on: Annotated[
        Day | None, Question("Date raised", Kind.DATE, hint="today if left empty", dated=DateKind.DONE)
    ] = None
    words: Annotated[str | None, Question("What you ask for", Kind.TEXT, required="Enter what you ask for")] = None
    answered_on: Annotated[Day | None, Question("Date answered", Kind.DATE, dated=DateKind.DONE)] = None
    result: Annotated[str | None, Question("What came of it", Kind.TEXT)] = None

    def check(self, today: date) -> Iterator[Problem]:
        """An answer comes after the question, and says what came of it."""
        yield from _in_order(self, "raised_on", "answered_on", "it was raised")
        if self.answered_on and not self.result:
            yield self.problem("result", "Enter what came of it")


class AlertForm(Form):
    """A safeguarding alert to senior officers."""

    criterion: Annotated[
        str | None,
        Question("Criterion", Kind.CHOICE, among="alert_criterion", required="Enter the criterion that it meets"),
    ] = None
    sent_on: Annotated[
        Day | None, Question("Date sent", Kind.DATE, hint="today if left empty", dated=DateKind.DONE)
    ] = None
    words: Annotated[str | None, Question("What you reported", Kind.TEXT, required="Enter what you reported")] = None
    response: Annotated[str | None, Question("Their answer", Kind.TEXT)] = None


class MoveForm(Form):
    """A case given to an officer, with the reason that both will read."""

    to: Annotated[
        str | None, Question("Give to", Kind.LINE, hint="initials", required="Enter who takes the case", limit=6)
    ] = None
    reason: Annotated[str | None, Question("Reason", Kind.TEXT, required="Enter the reason for the move")] = None


class RestrictForm(Form):
    """Why a case is closed to all but its access list, and who is on the list besides you and the managers."""

    reason: Annotated[
        str | None,
        Question("Why", Kind.CHOICE, among="restriction_reason", required="Enter why the case is restricted"),
    ] = None
    who: Annotated[str | None, Question("Who else may open it", Kind.LINE, hint="initials, with spaces between")] = None


class UnrestrictForm(Form):
    """Why a case is opened to the team again."""

    reason: Annotated[str | None, Question("Why it is open to the team again", Kind.TEXT)] = None

    def check(self, today: date) -> Iterator[Problem]:
        """Opening a restricted case needs a reason that can be read later."""
        if len(self.reason or "") < REASON_AT_LEAST:
            yield self.problem(
                "reason", f"Why it is open to the team again must be {REASON_AT_LEAST} characters or more"
            )


class GrantForm(Form):
    """A place on a restricted case's access list."""

    who: Annotated[
        str | None, Question("Who", Kind.LINE, hint="initials", required="Enter who may open it", limit=6)
    ] = None
    until: Annotated[
        Day | None, Question("Until", Kind.DATE, hint="empty: while it is restricted", dated=DateKind.FOLLOW_UP)
    ] = None
    reason: Annotated[str | None, Question("Reason", Kind.TEXT, required="Enter why they need it")] = None


class GrantEndedForm(Form):
    """The end of a place on an access list."""

    who: Annotated[
        str | None, Question("Who", Kind.LINE, hint="initials", required="Enter who comes off the list", limit=6)
    ] = None


def _in_order(form: Form, earlier: str, later: str, when: str) -> Iterator[Problem]:
    before, after = getattr(form, earlier), getattr(form, later)
    if before and after and before.on and after.on and after.on < before.on:
        label = next(question.label for question in form.questions() if question.name == later)
        yield form.problem(later, f"{label} must be the same as or after {words(before.on)}, when {when}")
