"""The advice of an enquiry as text for a message to the caller. It names neither the adult nor a child."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from db.rules.dates import words as day_words


@dataclass(frozen=True, slots=True)
class Advice:
    """What the caller is told.

    Attributes:
        ref: the enquiry's reference, to be quoted.
        at: when the call was, as the clock in England showed it.
        words: the advice as the officer wrote it.
        officer, service: who gave it.
        form_by: the day by which the referral form is to come; None where none is.
    """

    ref: str
    at: datetime
    words: str
    officer: str
    service: str
    form_by: date | None = None


def as_message(advice: Advice) -> str:
    """The text to paste. The officer reads it before it is copied: the advice is in the officer's own words."""
    paragraphs = [
        f"LADO advice, our reference {advice.ref}",
        f"You contacted the duty line on {day_words(advice.at.date())} at {advice.at:%H:%M}. We advised:",
        advice.words or "(no advice was noted)",
    ]
    if advice.form_by is not None:
        paragraphs.append(f"Send the referral form by {advice.form_by:%A} {day_words(advice.form_by)}.")
    paragraphs.append(
        f"Keep this advice on your own record of the concern. If anything changes, ring the duty line and quote "
        f"{advice.ref}.\n\n{advice.officer}\n{advice.service}"
    )
    return "\n\n".join(paragraphs)
