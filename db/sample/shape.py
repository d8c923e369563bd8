"""The counts in shape.toml, read once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from db.vocabulary import Sector

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Group:
    """One part of the workforce in one year: how many of each decision, and at what work."""

    sector: Sector | None
    consultation: int
    information_only: int
    not_threshold: int
    allegation: Counts = field(default_factory=dict)
    posts: Mapping[str, Counts] = field(default_factory=dict)
    always_open: bool = False


@dataclass(frozen=True, slots=True)
class Reclassified:
    """First decided allegations that became something else, by type, and what they became."""

    types: Counts
    to: Counts


@dataclass(frozen=True, slots=True)
class Year:
    """One year of receipts and what became of them by its last day."""

    name: str
    start: date
    end: date
    closed: Counts
    open: Counts
    passed: int
    outcomes: int
    carried: Counts
    reclassified: Reclassified
    groups: Mapping[str, Group]
    police: Mapping[str, Counts]
    public: Counts
    areas: Counts = field(default_factory=dict)
    marks: Counts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was received before the record's first whole year and is kept: some open at its start, some long closed."""

    start: date
    end: date
    open_from: date
    open_allegations: int
    open_others: int
    closed_allegations: int
    closed_others: int


@dataclass(frozen=True, slots=True)
class OutcomeRule:
    """What one group's employers did, by finding; ``fixed`` results are given to no other outcome of the group."""

    group: str
    results: Mapping[str, Counts]
    dbs: Counts
    fixed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """Everything shape.toml says."""

    years: Mapping[str, Year]
    earlier: "Earlier"
    outcomes: Mapping[str, tuple[OutcomeRule, ...]]
    findings: Mapping[str, Counts]
    enquiries: Mapping[str, Counts]


@cache
def shape() -> Shape:
    """The shape of the service."""
    told = tomllib.loads(files("db.sample").joinpath("shape.toml").read_text("utf-8"))
    return Shape(
        years={name: _year(name, said) for name, said in told["year"].items()},
        earlier=Earlier(**told["earlier"]),
        outcomes={year: tuple(map(_outcome_rule, rules)) for year, rules in told["outcome"].items()},
        findings=told["findings"],
        enquiries=told["enquiries"],
    )


def _year(name: str, said: dict[str, Any]) -> Year:
    groups = {code: _group(words) for code, words in said.pop("groups").items()}
    return Year(name=name, groups=groups, reclassified=Reclassified(**said.pop("reclassified")), **said)


def _group(words: dict[str, Any]) -> Group:
    sector = words.pop("sector", None)
    return Group(sector=Sector(sector) if sector else None, **words)


def _outcome_rule(words: dict[str, Any]) -> OutcomeRule:
    group, fixed, dbs = words.pop("group"), words.pop("fixed"), words.pop("dbs", {})
    return OutcomeRule(group=group, results=words, dbs=dbs, fixed=tuple(fixed))
