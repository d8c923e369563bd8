"""What a threshold decision leaves to be done, and by when: read before saving, then asked by the desk."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from db.rules.clocks import due_on
from db.rules.threshold import Screening
from db.vocabulary import Classification, Informed

DECIDE, MEETING, REVIEW, HEAR_EMPLOYER = "decide", "meeting", "review", "hear_employer"
ASK_POLICE, ASK_SOCIAL_CARE = "ask_police", "ask_social_care"
"""Kinds of step that a decision asks for."""

CLOSING = (Classification.NOT_THRESHOLD, Classification.TRANSFERRED_OUT)
"""Decisions that close the referral the day they are made."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something a decision leaves to be done, by a day, perhaps after someone else has answered."""

    kind: str
    what: str
    due_on: date
    waiting_for: str | None = None


def steps_after(
    screening: Screening, received_on: date, decided_on: date, *, social_care: str | None = None
) -> tuple[NextStep, ...]:
    """What is to be done after a decision, the most urgent first; nothing after one that closes the referral.

    Args:
        screening: the answers, with the decision.
        received_on: when the referral was received; the evaluation meeting is due within 5 working days of it.
        decided_on: the day of the decision; no step is due before it.
        social_care: whether social care has been told (`Informed`).
    """
    if screening.decision in CLOSING:
        return ()
    return (*_to_ask(screening.police, social_care, decided_on), *_to_do(screening, received_on, decided_on))


def _to_ask(police: str | None, social_care: str | None, decided_on: date) -> Iterator[NextStep]:
    if police == Informed.ASK_NOW:
        yield NextStep(ASK_POLICE, "Ask the police", decided_on)
    if social_care == Informed.ASK_NOW:
        yield NextStep(ASK_SOCIAL_CARE, "Ask social care", decided_on)


def _to_do(screening: Screening, received_on: date, decided_on: date) -> Iterator[NextStep]:
    in_a_month = due_on("monitor", decided_on)
    if screening.decision == Classification.PENDING and screening.decide_by:
        yield NextStep(DECIDE, "Decide threshold", screening.decide_by)
    if screening.decision == Classification.ALLEGATION:
        meet_by = max(due_on("evaluation_meeting", received_on), decided_on)
        yield NextStep(MEETING, "Evaluation meeting, if needed", meet_by)
        yield NextStep(REVIEW, "Monthly review", in_a_month)
    if screening.decision == Classification.CONSULTATION:
        yield NextStep(HEAR_EMPLOYER, "Hear from the employer, then close", in_a_month, "employer")
    if screening.decision == Classification.INFORMATION_ONLY:
        yield NextStep(REVIEW, "Close, or say why it stays open", in_a_month)
