"""The employer's duty to refer to the Disclosure and Barring Service: two conditions, both needed.

The duty is the employer's (Safeguarding Vulnerable Groups Act 2006, section 35). An authority that is not the employer
has a power to refer, not a duty (section 39). Suspension alone is no removal. What is not known is never taken as yes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from db.vocabulary import Answer, EmploymentResult

Duty = Literal["duty", "no_duty", "not_known"]
"""Whether the employer must refer."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One of the two conditions.

    Attributes:
        field: the name under which forms and the record know its answer.
        text: the condition, as a question.
        parts: the ways in which it can be met; one is enough.
    """

    field: str
    text: str
    parts: tuple[str, ...]


REMOVED = Condition(
    "dbs_removed",
    "Was the adult removed from regulated activity with children, or would they have been?",
    (
        "Removed: dismissed, deregistered, no longer used, or moved away from work with children",
        "Would have been removed, or might have been, had they still been there",
        "Left, resigned or retired before it came to that, and would or might have been removed",
    ),
)
HARM = Condition(
    "dbs_harm",
    "Is the harm test met, or was there relevant conduct or a relevant offence?",
    (
        "Harm test: they may harm a child, cause a child to be harmed, put one at risk, or incite another to",
        "Relevant conduct: they endangered a child, or there was sexual material, violent images or sexual conduct",
        "Relevant offence: a caution or conviction for an offence that bars automatically",
    ),
)
CONDITIONS = (REMOVED, HARM)
"""Both conditions, in the order in which they are asked."""


@dataclass(frozen=True, slots=True)
class DutyToRefer:
    """Whether a referral must be made, and why.

    Attributes:
        result: duty, no duty, or not known yet.
        reason: one sentence for the page and the record.
        authority_may_refer: whether the authority has its own power to refer, which needs the second condition alone.
    """

    result: Duty
    reason: str
    authority_may_refer: bool = False


_REMOVED_BY: Mapping[str, Answer] = {
    EmploymentResult.DISMISSED: Answer.YES,
    EmploymentResult.DEREGISTERED: Answer.YES,
    EmploymentResult.CEASED_USE: Answer.YES,
    EmploymentResult.REDEPLOYED: Answer.YES,
    EmploymentResult.DISCIPLINARY: Answer.NO,
    EmploymentResult.MANAGEMENT_ACTION: Answer.NO,
    EmploymentResult.NO_ACTION: Answer.NO,
}


def removed_by(result: str | None) -> Answer:
    """What an employer's action (`EmploymentResult`) says of the first condition, to be confirmed by the officer.

    Someone who resigned, retired or settled may or may not have been removed otherwise, so that is not known.
    """
    return _REMOVED_BY.get(result or "", Answer.NOT_KNOWN)


def met_by_any(parts: Iterable[str | None]) -> Answer:
    """Whether a condition is met by the answers to its parts: one yes is enough, no needs every part to be no."""
    given = tuple(parts)
    if Answer.YES in given:
        return Answer.YES
    return Answer.NO if given and all(answer == Answer.NO for answer in given) else Answer.NOT_KNOWN


def duty_to_refer(removed: str | None, harm: str | None) -> DutyToRefer:
    """Whether the employer must refer.

    Args:
        removed: the answer to the first condition (`Answer`); None counts as not known.
        harm: the answer to the second.
    """
    if removed == Answer.YES and harm == Answer.YES:
        return DutyToRefer("duty", "The employer must refer: both conditions are met", authority_may_refer=True)
    if harm == Answer.NO:
        return DutyToRefer("no_duty", "No duty to refer: no harm test, relevant conduct or relevant offence")
    if removed == Answer.NO:
        return DutyToRefer(
            "no_duty",
            "No duty to refer: not removed from regulated activity, and would not have been. Suspension is no removal",
            authority_may_refer=harm == Answer.YES,
        )
    return DutyToRefer("not_known", _unknown_reason(removed, harm), authority_may_refer=harm == Answer.YES)


def _unknown_reason(removed: str | None, harm: str | None) -> str:
    if removed == Answer.YES:
        return "Not known yet: find out if the harm test is met, or if there was relevant conduct or a relevant offence"
    if harm == Answer.YES:
        return "Not known yet: find out if the adult was removed from regulated activity, or would have been"
    return "Not known yet: neither condition is settled"
