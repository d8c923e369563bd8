"""The whole service decided from one seed: who was referred when, what was decided, how it ended."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from db.sample import caseload, cases, closings, outcomes
from db.sample.chance import Chance
from db.sample.planned import PlannedCase
from db.sample.shape import Year, shape


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything decided before a row is written; cases in the order received."""

    seed: int
    cases: Sequence[PlannedCase]


def make_plan(seed: int) -> Plan:
    """Decide everything; the same for the same seed.

    Raises:
        ValueError: the counts in shape.toml do not fit together.
    """
    return Plan(seed, make_cases(seed))


def make_cases(seed: int) -> list[PlannedCase]:
    """Every case with its dates, decisions and outcome, in the order received."""
    told = shape()
    years = list(told.years.values())
    made = _received_before(seed, years[0])
    for year in years:
        _one_year(year, made, Chance(seed, f"year {year.name}"))
    return sorted(made, key=lambda case: case.received)


def _received_before(seed: int, like: Year) -> list[PlannedCase]:
    chance, earlier = Chance(seed, "earlier"), shape().earlier
    made = cases.received_before(earlier, like, chance)
    closings.settle_before(made, earlier, chance)
    concluded = [case for case in made if case.concluded]
    outcomes.conclude_before(concluded, shape().findings[like.name], chance)
    return made


def _one_year(year: Year, before: list[PlannedCase], chance: Chance) -> None:
    received = cases.received_in(year, chance)
    closings.settle(received, year, chance)
    own = [case for case in received if case.concluded]
    carried = [case for case in before if case.progressed and case.open_on(year.start)]
    ended = closings.settle_carried(carried, year, year.outcomes - len(own), chance)
    before += received
    if year.areas:
        long = [case for case in received if case.closed and case.closed - case.received > caseload.LONG]
        caseload.bring_to_mark(before, [*ended, *long], year, chance)
    concluded = [*own, *(case for case in ended if case.concluded)]
    outcomes.conclude(concluded, shape().outcomes[year.name], shape().findings[year.name], chance)
    cases.mark_children(received, year.marks, chance)
