"""The whole service decided from one seed: who was referred when, what was decided, how it ended."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from db.sample import caseload, cases, closings, enquiries, outcomes
from db.sample.chance import Chance
from db.sample.people import Adults, Names, PlannedAdult
from db.sample.planned import PlannedCase, PlannedEnquiry
from db.sample.settings import PlannedSetting, Settings
from db.sample.shape import Year, shape
from db.sample.who import SamePerson, Who


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything decided before a row is written; cases and enquiries in the order received."""

    seed: int
    cases: Sequence[PlannedCase]
    enquiries: Sequence[PlannedEnquiry]
    settings: Sequence[PlannedSetting]
    adults: Sequence[PlannedAdult]
    pairs: Sequence[SamePerson]
    names: Names


def make_plan(seed: int) -> Plan:
    """Decide everything; the same for the same seed.

    Raises:
        ValueError: the counts in shape.toml do not fit together.
    """
    received = make_cases(seed)
    asked = make_enquiries(seed, received)
    names = Names()
    settings = Settings(Chance(seed, "settings"), names)
    who = Who(Adults(Chance(seed, "adults"), names), settings, Chance(seed, "who"))
    who.settle(received, asked)
    _give_references(received, asked)
    return Plan(seed, received, asked, settings.all, who.adults.all, who.pairs, names)


def make_enquiries(seed: int, received: Sequence[PlannedCase]) -> list[PlannedEnquiry]:
    """Every enquiry, some linked to a referral, in the order received."""
    made = []
    for name, year in shape().years.items():
        made += enquiries.enquiries_of(year, shape().enquiries[name], received, Chance(seed, f"enquiries {name}"))
    return sorted(made, key=lambda enquiry: enquiry.received_at)


def _give_references(received: Sequence[PlannedCase], asked: Sequence[PlannedEnquiry]) -> None:
    """Number what was received in each calendar year, in that order."""
    given = Counter[str]()
    records: Sequence[PlannedCase | PlannedEnquiry]
    for kind, records in (("R", received), ("E", asked)):
        for record in records:
            year = f"{kind}{record.received:%y}"
            given[year] += 1
            record.ref = f"{year}-{given[year]:04d}"


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
        long = [case for case in received if _closed_late(case)]
        caseload.bring_to_mark(before, [*ended, *long], year, chance)
    concluded = [*own, *(case for case in ended if case.concluded)]
    outcomes.conclude(concluded, shape().outcomes[year.name], shape().findings[year.name], chance)
    cases.mark_children(received, year.marks, chance)


def _closed_late(case: PlannedCase) -> bool:
    """Whether its closing may move within the last band; a reclassified case keeps its dates."""
    long = case.closed is not None and case.closed - case.received > caseload.LONG
    return long and case.first is case.classification
