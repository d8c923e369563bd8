"""Invented people: names from a stock, birth dates that fit the work, and the ways one name is met in."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from db.sample.chance import Chance, Urn

_WOMEN_SHARE = {
    "nursery_practitioner": 0.96, "ta_support": 0.84, "midday": 0.9, "teacher": 0.62, "childminder": 0.97,
    "own_carer": 0.66, "agency_carer": 0.68, "residential_worker": 0.5, "coach": 0.2, "driver": 0.15,
    "police_officer": 0.25, "faith_leader": 0.15, "nurse": 0.85, "social_worker": 0.72, "site": 0.1,
    "school_transport": 0.35, "household": 0.25, "setting_manager": 0.9,
}  # fmt: skip
_AGES = {
    "student": (17, 23), "head": (36, 63), "governor": (34, 72), "own_carer": (30, 69), "agency_carer": (29, 70),
    "midday": (24, 66), "driver": (26, 70), "household": (16, 45), "coach": (18, 61), "nursery_practitioner": (18, 55),
}  # fmt: skip
_ANY_AGE = (21, 64)
_BORN_GIVEN = {"recorded": 72.0, "not_known": 22.0, "to_confirm": 6.0}
_ETHNICITY: Mapping[str, Mapping[str, float]] = {
    "british": {"white_british": 80, "not_known": 14, "not_stated": 6},
    "south_asian": {"asian_indian": 35, "asian_pakistani": 25, "asian_bangladeshi": 15, "not_known": 25},
    "african_caribbean": {"black_african": 55, "black_caribbean": 25, "mixed": 5, "not_known": 15},
    "european": {"white_other": 78, "not_known": 22},
    "chinese_and_other": {"asian_chinese": 30, "other": 30, "asian_other": 15, "not_known": 25},
}  # fmt: skip
_STREETS = ("Mill Lane", "Church Street", "The Green", "Station Road", "Orchard Way", "Park Avenue", "High Street",
            "Chapel Hill", "Queens Road", "Meadow Close", "Old School Lane", "Windmill Rise")  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlannedAdult:
    """One adult as entered; another entry may be the same person. ``number`` is the row's id."""

    number: int
    first: str
    last: str
    heritage: str
    sex: str
    born: date | None
    born_given: str
    ethnicity: str
    address: str | None
    other_names: Sequence[tuple[str, str]] = field(default=())

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first} {self.last}"


class Names:
    """The stock of names."""

    def __init__(self) -> None:
        stock = _stock()
        self._groups = [(g["name"], g["women"].split(), g["men"].split(), g["last"].split()) for g in stock["group"]]
        self._urn = Urn([g["weight"] for g in stock["group"]])

    def person(self, chance: Chance, woman: bool) -> tuple[str, str, str]:
        """First name, last name and the group they come from."""
        heritage, women, men, last = self._groups[self._urn.draw(chance)]
        surname = chance.choice(last)
        if chance.happens(0.025):
            surname = f"{surname}-{chance.choice(last)}"
        return chance.choice(women if woman else men), surname, heritage

    def full(self, chance: Chance) -> str:
        """Someone's whole name."""
        return " ".join(self.person(chance, chance.happens(0.6))[:2])

    def surname(self, chance: Chance) -> str:
        """A last name of the largest group, for a business."""
        return str(chance.choice(self._groups[0][3]))


class Adults:
    """Every adult entered so far."""

    def __init__(self, chance: Chance, names: Names) -> None:
        self.all: list[PlannedAdult] = []
        self._chance, self._names = chance, names

    def known(self, told: Mapping[str, Any]) -> PlannedAdult:
        """An adult every store has, whatever the seed."""
        born = told.get("born")
        return self._enter(
            told["first"], told["last"], "british", told["sex"], born, "recorded" if born else "not_known"
        )

    def someone(self, role: str | None, on: date) -> PlannedAdult:
        """A new adult who could do that work on that day."""
        woman = self._chance.happens(_WOMEN_SHARE.get(role or "", 0.55))
        first, last, heritage = self._names.person(self._chance, woman)
        given = self._chance.among(_BORN_GIVEN)
        born = self._born(role, on) if given != "not_known" else None
        born = date(born.year, 1, 1) if born and given == "to_confirm" else born
        return self._enter(first, last, heritage, "female" if woman else "male", born, given)

    def again(self, adult: PlannedAdult) -> PlannedAdult:
        """The same person entered a second time under another form of the name."""
        first, last = self._varied(adult)
        given = "not_known" if self._chance.happens(0.4) else adult.born_given
        born = adult.born if given != "not_known" else None
        return self._enter(first, last, adult.heritage, adult.sex, born, given)

    def namesake(self, adult: PlannedAdult, role: str | None, on: date) -> PlannedAdult:
        """Somebody else of the same name."""
        return self._enter(adult.first, adult.last, adult.heritage, adult.sex, self._born(role, on), "recorded")

    def _varied(self, adult: PlannedAdult) -> tuple[str, str]:
        way = self._chance.choice(("spelling", "spelling", "known_as", "former", "initial", "swapped"))
        if way == "known_as" and adult.first in known_as():
            return self._chance.choice(known_as()[adult.first]), adult.last
        if way == "former" and adult.sex == "female":
            return adult.first, self._names.surname(self._chance)
        if way == "initial":
            return adult.first[0], adult.last
        if way == "swapped":
            return adult.last, adult.first
        return adult.first, misspelt(adult.last, self._chance)

    def _enter(self, first: str, last: str, heritage: str, sex: str, born: date | None, given: str) -> PlannedAdult:
        chance = self._chance
        adult = PlannedAdult(
            number=len(self.all) + 1,
            first=first,
            last=last,
            heritage=heritage,
            sex=sex,
            born=born,
            born_given=given,
            ethnicity=chance.among(_ETHNICITY[heritage]),
            address=f"{chance.randrange(1, 140)} {chance.choice(_STREETS)}" if chance.happens(0.5) else None,
            other_names=self._other_names(first, last, sex),
        )
        self.all.append(adult)
        return adult

    def _other_names(self, first: str, last: str, sex: str) -> Sequence[tuple[str, str]]:
        drawn = self._chance.random()
        if drawn < 0.05 and first in known_as():
            return ((f"{self._chance.choice(known_as()[first])} {last}", "known_as"),)
        if drawn < 0.09 and sex == "female":
            return ((f"{first} {self._names.surname(self._chance)}", "former"),)
        if drawn < 0.11:
            return ((f"{first} {misspelt(last, self._chance)}", "spelling"),)
        return ()

    def _born(self, role: str | None, on: date) -> date:
        youngest, oldest = _AGES.get(role or "", _ANY_AGE)
        return on - timedelta(days=self._chance.randrange(youngest * 365 + 200, oldest * 365 + 300))


def known_as() -> Mapping[str, Sequence[str]]:
    """First names and how else they are heard."""
    heard: Mapping[str, Sequence[str]] = _stock()["known_as"]
    return heard


def misspelt(name: str, chance: Chance) -> str:
    """A surname as it might be heard: one spelling swapped for another, or two letters turned round."""
    swaps = [(a, b) for a, b in _stock()["spellings"]["pairs"] if a in name]
    if swaps and chance.happens(0.8):
        return name.replace(*chance.choice(swaps), 1)
    at = chance.randrange(1, max(len(name) - 2, 2))
    return name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :]


@cache
def _stock() -> dict[str, Any]:
    return tomllib.loads(files("db.sample").joinpath("names.toml").read_text("utf-8"))
