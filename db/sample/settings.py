"""The invented county: its districts, and the settings in them. A few settings are heard of far more than the rest."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from db.sample.chance import Chance, Urn
from db.sample.people import Names
from db.vocabulary import Vocabulary

_EAST = ("east", "south")
_BUSIEST = 9.0
_TRIES = 40


@dataclass(frozen=True, slots=True)
class PlannedSetting:
    """One place where adults work with children; ``draws`` is how often it is heard of, 1 being ordinary."""

    number: int
    name: str
    kind: str
    sector: str
    area: str
    district: str | None
    town: str | None
    governance: str | None
    registration: str | None
    own: bool
    draws: float

    @property
    def zone(self) -> str:
        """The area as figures count it: the south with the east, "none" for what is countywide."""
        return "east" if self.area in _EAST else "none" if self.district is None else self.area


class Settings:
    """Every setting, and which one a case of some kind and area is about."""

    def __init__(self, chance: Chance, names: Names) -> None:
        self.all: list[PlannedSetting] = []
        self._chance, self._names, self._taken = chance, names, set[str]()
        for known in county()["known"]:
            self._add(known["name"], known["kind"], _district(known["district"]), known)
        for kind in county()["kind"]:
            for zone, count in kind["count"].items():
                for _ in range(count):
                    self._invent(kind, zone)
        self._by_place: dict[tuple[str, str], list[PlannedSetting]] = defaultdict(list)
        for setting in self.all:
            self._by_place[setting.kind, setting.zone].append(setting)
        self._urns = {place: Urn([s.draws for s in found]) for place, found in self._by_place.items()}

    def of_kind(self, kind: str, zone: str, chance: Chance) -> PlannedSetting:
        """A setting of that kind in that zone."""
        return self._by_place[kind, zone][self._urns[kind, zone].draw(chance)]

    def zones(self, kind: str) -> tuple[str, ...]:
        """The zones in which there are settings of a kind."""
        return zones_of(kind)

    def named(self, name: str) -> PlannedSetting:
        """A setting every store has, by its name."""
        return next(setting for setting in self.all if setting.name == name)

    def numbered(self, number: int) -> PlannedSetting:
        """A setting by its row's id."""
        return self.all[number - 1]

    def _invent(self, kind: Mapping[str, Any], zone: str) -> None:
        areas = _EAST if zone == "east" else (zone,)
        districts = [d for d in county()["district"] if d["area"] in areas]
        district = self._chance.choice(districts) if districts else None
        name = self._name(kind["names"], district)
        self._add(name, kind["code"], district, {**kind, "town": self._town})

    def _name(self, patterns: Sequence[str], district: Mapping[str, Any] | None) -> str:
        words = county()["words"]
        for _ in range(_TRIES):
            self._town = self._chance.choice(district["places"]) if district else county()["authority"]
            drawn = {what: self._chance.choice(choices) for what, choices in words.items()}
            pattern = self._chance.choice(patterns)
            name = pattern.format(place=self._town, surname=self._names.surname(self._chance), **drawn)
            if name not in self._taken:
                break
        self._taken.add(name)
        return name

    def _add(self, name: str, kind: str, district: Mapping[str, Any] | None, told: Mapping[str, Any]) -> None:
        governance = told.get("governance")
        self.all.append(
            PlannedSetting(
                number=len(self.all) + 1,
                name=name,
                kind=kind,
                sector=_sector_of(kind),
                area=district["area"] if district else "countywide",
                district=district["code"] if district else None,
                town=told["town"],
                governance=governance if isinstance(governance, str | None) else self._chance.choice(governance),
                registration=self._registration(kind),
                own=bool(told.get("own")),
                draws=told.get("draws") or min(self._chance.paretovariate(1.4), _BUSIEST),
            )
        )

    def _registration(self, kind: str) -> str | None:
        sector = _sector_of(kind)
        if sector == "early_years" or kind in ("residential", "ifa"):
            return f"EY{self._chance.randrange(300000, 599999)}" if sector == "early_years" else (
                f"SC{self._chance.randrange(300000, 499999)}"
            )  # fmt: skip
        return str(self._chance.randrange(910000, 989999)) if sector == "education" else None


@cache
def county() -> Mapping[str, Any]:
    """What settings.toml says."""
    return tomllib.loads(files("db.sample").joinpath("settings.toml").read_text("utf-8"))


@cache
def zones_of(kind: str) -> tuple[str, ...]:
    """The zones in which there are settings of a kind."""
    return tuple(next(k for k in county()["kind"] if k["code"] == kind)["count"])


def _district(code: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(d for d in county()["district"] if d["code"] == code)
    return found


@cache
def _sector_of(kind: str) -> str:
    return Vocabulary().term("setting_kind", kind).group
