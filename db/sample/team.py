"""The officers of the made-up service, as team.toml tells them: who, which posts, away when, who covers."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

_EVER = date(2014, 1, 1)


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """A post an officer filled, in full-time equivalents, first and last day included."""

    fte: Decimal
    from_on: date
    to_on: date | None

    def filled_on(self, day: date) -> bool:
        """Whether it was filled that day."""
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True, slots=True)
class PlannedOfficer:
    """One officer; ``number`` is the row's id."""

    number: int
    name: str
    initials: str
    sign_in: str
    role: str
    starts_on: date
    ends_on: date | None
    posts: Sequence[PlannedPost]
    absences: Sequence[Mapping[str, Any]]

    def here_on(self, day: date) -> bool:
        """Whether the officer was at work: in post and not away."""
        away = any(a["from"] <= day <= a.get("to", date.max) for a in self.absences)
        return not away and any(post.filled_on(day) for post in self.posts)

    def fte_on(self, day: date) -> Decimal:
        """Full-time equivalents filled that day."""
        return sum((post.fte for post in self.posts if post.filled_on(day)), Decimal())


@dataclass(frozen=True, slots=True)
class Spell:
    """What callers met on the duty line, from when to when."""

    status: str
    from_at: datetime
    to_at: datetime | None
    reason: str | None


@cache
def officers() -> tuple[PlannedOfficer, ...]:
    """Everyone who signs in, in the order of their rows."""
    return tuple(_officer(n, told) for n, told in enumerate(_told()["officer"], start=1))


@cache
def by_initials() -> Mapping[str, PlannedOfficer]:
    """The officers by the initials lists show."""
    return {officer.initials: officer for officer in officers()}


def of_role(role: str) -> list[PlannedOfficer]:
    """The officers of one role."""
    return [officer for officer in officers() if officer.role == role]


@cache
def spells() -> tuple[Spell, ...]:
    """The duty line's spells, oldest first."""
    return tuple(Spell(t["status"], t["from"], t.get("to"), t.get("reason")) for t in _told()["spell"])


def status_at(instant: datetime) -> str | None:
    """What callers met at an instant; None before the first spell known."""
    begun = [spell for spell in spells() if spell.from_at <= instant]
    return begun[-1].status if begun else None


@cache
def lado_fte(day: date) -> float:
    """Full-time equivalents of LADO posts filled on a day."""
    return float(sum(officer.fte_on(day) for officer in of_role("lado")))


@cache
def ladoes_here(day: date) -> tuple[PlannedOfficer, ...]:
    """The LADOs at work on a day."""
    return tuple(officer for officer in of_role("lado") if officer.here_on(day))


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads(files("db.sample").joinpath("team.toml").read_text("utf-8"))


def _officer(number: int, told: dict[str, Any]) -> PlannedOfficer:
    posts = [PlannedPost(Decimal(p["fte"]), p["from"], p.get("to")) for p in told.get("posts", [])]
    starts = told.get("starts") or min((p.from_on for p in posts), default=_EVER)
    return PlannedOfficer(
        number, told["name"], told["initials"], told["sign_in"], told["role"], starts, told.get("ends"), posts,
        told.get("absences", []),
    )  # fmt: skip
