"""The order in which the dates of a case must come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db.rules.dates import Day, words


@dataclass(frozen=True, slots=True)
class Milestone:
    """A date that has its place in the life of a case.

    Attributes:
        field: the name under which forms know it.
        label: what the date is called.
        when: what happened then, as the end of a sentence.
    """

    field: str
    label: str
    when: str


MILESTONES = (
    Milestone("born_on", "Date of birth", "the adult was born"),
    Milestone("happened_on", "Date it happened", "it happened"),
    Milestone("received_on", "Date received", "it was received"),
    Milestone("decided_on", "Date decided", "it was decided"),
    Milestone("closed_on", "Date closed", "it was closed"),
)
"""The order in which a case's dates must come."""


def order_problems(known: Mapping[str, Day]) -> dict[str, str]:
    """Sentences for dates out of their order: born, then happened, received, decided and closed, by field.

    Only what is certainly wrong is told: a date that is missing, not known, or known by its month alone is never
    held against another that it could fit. A birth must come before the rest; the others may share a day.
    """
    problems: dict[str, str] = {}
    before: list[tuple[Milestone, date]] = []
    for milestone in MILESTONES:
        day = known.get(milestone.field)
        if day is None or day.on is None or day.last is None:
            continue
        broken = [(earlier, on) for earlier, on in before if _too_early(earlier, on, day.last)]
        if broken:
            problems[milestone.field] = _order_sentence(milestone, *max(broken, key=lambda pair: pair[1]))
        before.append((milestone, day.on))
    return problems


def _too_early(earlier: Milestone, on: date, day: date) -> bool:
    return day <= on if earlier.field == "born_on" else day < on


def _order_sentence(late: Milestone, earlier: Milestone, on: date) -> str:
    relation = "after" if earlier.field == "born_on" else "the same as or after"
    return f"{late.label} must be {relation} {words(on)}, when {earlier.when}"
