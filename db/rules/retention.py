"""How long a record is kept before someone looks at it again. Nothing is ever disposed of by itself.

The rules are data, because services differ and may change theirs. A legal hold comes before every rule. A date that
hangs on a date of birth nobody knows is not guessed.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dateutil.relativedelta import relativedelta

from db.rules.dates import words
from db.vocabulary import Classification, Finding

ENQUIRY = "enquiry"
"""The kind of record that is an enquiry; every other kind is a classification."""

LEGAL_HOLD = "legal_hold"
"""The rule named while an inquiry, the police or a claim needs the record."""

Trigger = Literal["birth", "closing"]
"""What the years are counted from: the adult's birth, or closing (for an enquiry its last contact)."""


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """One line of a retention schedule.

    Attributes:
        code: how the record knows it.
        kinds: the kinds of record it is for: `enquiry` or classifications.
        outcomes: the agreed outcomes it is for; empty for records closed without one.
        counted_from: what the years are counted from.
        years: calendar years until the review.
        reason: the rule in a few words, as the end of a sentence.
    """

    code: str
    kinds: Collection[str]
    outcomes: Collection[str]
    counted_from: Trigger
    years: int
    reason: str


@dataclass(frozen=True, slots=True)
class RetentionSchedule:
    """A service's retention rules.

    Attributes:
        version: its name, kept beside each date that it set.
        rules: the lines; the first that fits a record counts.
    """

    version: str
    rules: tuple[RetentionRule, ...]


_PROVEN_OR_OPEN = (Finding.SUBSTANTIATED, Finding.UNSUBSTANTIATED)
_DISPROVED = (Finding.FALSE, Finding.MALICIOUS, Finding.UNFOUNDED)
_ALL_KINDS = tuple(Classification)

STANDARD = RetentionSchedule(
    "standard",
    (
        RetentionRule("subst_unsubst", _ALL_KINDS, _PROVEN_OR_OPEN, "birth", 100, "the adult's 100th birthday"),
        RetentionRule("false_group", _ALL_KINDS, _DISPROVED, "closing", 10, "10 years after closing"),
        RetentionRule("not_progressed", _ALL_KINDS, (), "closing", 10, "10 years after closing"),
        RetentionRule("advice", (ENQUIRY,), (), "closing", 6, "6 years after the last contact"),
    ),
)
"""The schedule a service starts with."""


@dataclass(frozen=True, slots=True)
class RetentionDue:
    """When a record is looked at again, under which rule, and in words.

    Attributes:
        rule_code: the rule, or `legal_hold`.
        review_on: the day of the review; None where it cannot be set.
        words: the same as a sentence.
    """

    rule_code: str
    review_on: date | None
    words: str


def review_on(
    kind: str,
    outcome: str | None,
    born_on: date | None,
    closed_on: date | None,
    *,
    legal_hold: bool = False,
    schedule: RetentionSchedule = STANDARD,
) -> RetentionDue:
    """When a record is to be reviewed.

    Args:
        kind: `enquiry`, or the classification of a case.
        outcome: the agreed outcome (`Finding`), or None where it closed without one.
        born_on: the adult's date of birth, or None where it is not known.
        closed_on: the day it closed, or an enquiry's last contact; None while it is open.
        legal_hold: whether it must be kept whatever the rules say.
        schedule: the service's rules.

    Raises:
        LookupError: no rule of the schedule is for such a record.
    """
    if legal_hold:
        return RetentionDue(LEGAL_HOLD, None, "Legal hold: keep until the hold is lifted")
    rule = _rule_for(kind, outcome, schedule)
    if closed_on is None:
        return RetentionDue(rule.code, None, f"Keep while it is open. Then review: {rule.reason}")
    if rule.counted_from == "closing":
        return _due(rule, closed_on + relativedelta(years=rule.years))
    if born_on is None:
        return RetentionDue(
            rule.code, None, f"Keep. Review on {rule.reason}: date of birth not known, so no date is set"
        )
    return _due(rule, max(born_on + relativedelta(years=rule.years), closed_on))


def _rule_for(kind: str, outcome: str | None, schedule: RetentionSchedule) -> RetentionRule:
    for rule in schedule.rules:
        if kind in rule.kinds and (outcome in rule.outcomes if outcome else not rule.outcomes):
            return rule
    raise LookupError(f"schedule {schedule.version} has no rule for {kind} closed with {outcome or 'no outcome'}")


def _due(rule: RetentionRule, on: date) -> RetentionDue:
    return RetentionDue(rule.code, on, f"Keep until review on {words(on)}: {rule.reason}")
