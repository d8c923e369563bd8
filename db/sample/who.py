"""Whom each case and enquiry is about, and where: new people mostly, some heard of before under one name or another."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from db.sample.cases import mix
from db.sample.chance import Chance
from db.sample.people import Adults, PlannedAdult
from db.sample.planned import PlannedCase, PlannedEnquiry
from db.sample.settings import Settings
from db.vocabulary import Sector

_HEARD_BEFORE = 0.06
_UNDER_ANOTHER_NAME = 0.5
_NAMED_IN_ENQUIRIES = {True: 0.72, False: 0.34}
"""How often an enquiry names the adult: one that led to a referral, and any other."""

_SAME_SECTOR = 0.8
_SOME_WEEKS = timedelta(days=35)
_NAMESAKES = 12
_SETTING_GIVEN = 0.8


@dataclass(frozen=True, slots=True)
class SamePerson:
    """Two entries that are, or only seem to be, one person."""

    adult: int
    other: int
    same: bool
    since: date


class Who:
    """Gives every case and enquiry its adult and its setting, in the order received."""

    def __init__(self, adults: Adults, settings: Settings, chance: Chance) -> None:
        self.adults, self._settings, self._chance = adults, settings, chance
        self.pairs: list[SamePerson] = []
        self._met: dict[Sector | None, list[tuple[date, PlannedAdult]]] = defaultdict(list)

    def settle(self, cases: Sequence[PlannedCase], enquiries: Sequence[PlannedEnquiry]) -> None:
        """Give each its setting and adult; both sequences in the order received."""
        for case in cases:
            self._settle_case(case)
        for enquiry in enquiries:
            self._settle_enquiry(enquiry)
        self._namesakes(cases)
        for told in mix()["known"]:
            self._place_known(told, cases if told["on"] == "case" else enquiries)
        self._forget_the_unheard_of([*cases, *enquiries])

    def _settle_case(self, case: PlannedCase) -> None:
        if case.kind:
            setting = self._settings.of_kind(case.kind, case.area, self._chance)
            case.setting, case.area = setting.number, setting.area
        else:
            case.area = "not_known"
        case.adult = self._adult(case.role, case.sector, case.received).number

    def _settle_enquiry(self, enquiry: PlannedEnquiry) -> None:
        linked = enquiry.case is not None
        if enquiry.case:
            enquiry.setting = enquiry.case.setting
        elif enquiry.kind and self._chance.happens(_SETTING_GIVEN):
            zone = self._chance.choice(self._settings.zones(enquiry.kind))
            enquiry.setting = self._settings.of_kind(enquiry.kind, zone, self._chance).number
        if self._chance.happens(_NAMED_IN_ENQUIRIES[linked]) and enquiry.subject == "lado":
            enquiry.adult = (
                enquiry.case.adult
                if enquiry.case
                else self._adult(enquiry.role, enquiry.sector, enquiry.received).number
            )

    def _adult(self, role: str | None, sector: Sector | None, on: date) -> PlannedAdult:
        adult = self._heard_before(sector, on) if self._chance.happens(_HEARD_BEFORE) else None
        adult = adult or self.adults.someone(role, on)
        self._met[sector].append((on, adult))
        return adult

    def _heard_before(self, sector: Sector | None, on: date) -> PlannedAdult | None:
        where = sector if self._chance.happens(_SAME_SECTOR) else self._chance.choice(list(Sector))
        met = [adult for day, adult in self._met[where] if day < on - _SOME_WEEKS]
        if not met:
            return None
        adult = self._chance.choice(met)
        if not self._chance.happens(_UNDER_ANOTHER_NAME):
            return adult
        again = self.adults.again(adult)
        if self._chance.happens(0.45):
            self.pairs.append(SamePerson(adult.number, again.number, same=True, since=on))
        return again

    def _namesakes(self, cases: Sequence[PlannedCase]) -> None:
        """Some adults share a name with somebody else, and an officer has said so."""
        recent = [c for c in cases if c.year == "2022-23"]
        for case in self._chance.sample(recent, _NAMESAKES):
            earlier = self.adults.all[self._chance.choice(cases[: len(cases) // 2]).adult - 1]
            other = self.adults.namesake(earlier, case.role, case.received)
            case.adult = other.number
            self.pairs.append(SamePerson(earlier.number, other.number, same=False, since=case.received))

    def _place_known(self, told: Mapping[str, Any], among: Sequence[Any]) -> None:
        fits = told["fits"]
        best = max(among, key=lambda record: sum(_is(record, what, value) for what, value in fits.items()))
        best.adult = self.adults.known(told).number
        if "setting" in told:
            best.setting = self._settings.named(told["setting"]).number
        if isinstance(best, PlannedCase) and best.enquiry:
            best.enquiry.adult, best.enquiry.setting = best.adult, best.setting

    def _forget_the_unheard_of(self, records: Sequence[PlannedCase | PlannedEnquiry]) -> None:
        """Number anew only those somebody rang or wrote about."""
        heard_of = {record.adult for record in records}
        kept = [adult for adult in self.adults.all if adult.number in heard_of]
        numbers = {adult.number: number for number, adult in enumerate(kept, start=1)}
        self.adults.all = [replace(adult, number=numbers[adult.number]) for adult in kept]
        for record in records:
            record.adult = numbers[record.adult] if record.adult else record.adult
        self.pairs = [
            replace(pair, adult=numbers[pair.adult], other=numbers[pair.other])
            for pair in self.pairs
            if {pair.adult, pair.other} <= heard_of
        ]


def _is(record: PlannedCase | PlannedEnquiry, what: str, value: str) -> bool:
    return str(getattr(record, what, None)) == value
