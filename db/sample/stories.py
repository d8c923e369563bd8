"""Words for what happened: short accounts, reasons and notes, put together from the pieces in stories.toml."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from db.sample.chance import Chance
from db.sample.people import Names, PlannedAdult
from db.vocabulary import Vocabulary

_LETTERS = "ABCDEFGHIJKLMNOPRSTW"
_PRONOUNS = {"male": ("he", "him", "his"), "female": ("she", "her", "her"), "other": ("they", "them", "their")}
_LEADS = {
    "education": ("the designated safeguarding lead", "the head", "the deputy head"),
    "early_years": ("the nursery manager", "the owner", "the deputy manager"),
    "fostering": ("the supervising social worker", "the registered manager", "the team manager"),
    "wider": ("the manager", "the welfare officer", "the team leader", "the safeguarding lead"),
}
_YOUNG = 8
_TITLES = {"male": ("Mr",), "female": ("Ms", "Mrs", "Miss"), "other": ("Mx",)}


@dataclass(frozen=True, slots=True)
class ToldChild:
    """A child as an account names one: initials and age."""

    name: str
    age: int
    sex: str


@cache
def pieces() -> Mapping[str, Any]:
    """What stories.toml holds."""
    return tomllib.loads(files("db.sample").joinpath("stories.toml").read_text("utf-8"))


@cache
def label(listed: str, code: str) -> str:
    """The word for a code, small."""
    word = Vocabulary().label(listed, code)
    return word[0].lower() + word[1:]


class Teller:
    """Tells one case or enquiry: the same people and place through all its words."""

    def __init__(
        self, chance: Chance, adult: PlannedAdult | None, child: ToldChild, role: str | None, sector: str | None,
        setting: str | None,
    ) -> None:  # fmt: skip
        self._chance = chance
        self._sector = sector or "wider"
        self._young = child.age < _YOUNG
        self._said = set[str]()
        self._slots = self._about_adult(adult, role) | self._about_child(child)
        self._slots |= {
            "setting": setting or "the setting",
            "place": chance.choice(pieces()["place"][self._sector]),
            "witness": chance.choice(pieces()["witness"][self._sector]),
            "lead": chance.choice(_LEADS[self._sector]),
            "known": "not known here before" if chance.happens(0.8) else "known from an earlier matter",
        }

    def account(self, concern: str | None, *, mild: bool = False) -> str:
        """What was said to have happened; in its mild form where the threshold was not met."""
        told = pieces()["account"][concern or "none"]
        starts = told["mild"] if mild and "mild" in told else self._starts(told)
        parts = [self._chance.choice(starts), self._chance.choice(told["then"])]
        if self._chance.happens(0.7):
            parts.append(self._chance.choice(pieces()["after"][self._sector]))
        return " ".join(self._fill(part) for part in parts)

    def line(self, *path: str) -> str:
        """One line from a list of them, filled in."""
        found: Any = pieces()
        for step in path:
            found = found[step]
        lines: Sequence[str] = found["lines"] if isinstance(found, Mapping) else found
        line = self._chance.choice([line for line in lines if line not in self._said] or lines)
        self._said.add(line)
        return self._fill(line)

    def call(self, named: bool, concern: str | None, *, mild: bool) -> str:
        """What a caller said, with the adult named or not."""
        pattern = self._chance.choice(pieces()["enquiry"]["account"]["named" if named else "unnamed"])
        return self._fill(pattern.replace("{account}", self.account(concern, mild=mild)))

    def _starts(self, told: Mapping[str, Sequence[str]]) -> Sequence[str]:
        """Beginnings that fit: a carer's home, a small child, or any."""
        if self._sector == "fostering" and "home" in told:
            return told["home"]
        return told["young"] if self._young and "young" in told else told["start"]

    def _fill(self, words: str) -> str:
        filled = words.format_map(self._slots).replace("..", ".")
        return filled[:1].upper() + filled[1:]

    def _about_adult(self, adult: PlannedAdult | None, role: str | None) -> dict[str, str]:
        he, him, his = _PRONOUNS[adult.sex if adult else "other"]
        work = pieces()["role_words"].get(role or "other") or label("role", role or "other")
        named = f"{self._chance.choice(_TITLES[adult.sex])} {adult.last}" if adult else "the " + work
        return {
            "adult": named, "he": he, "him": him, "his": his, "he_C": he.capitalize(), "his_C": his.capitalize(),
            "a_role": f"an {work}" if work[0] in "aeiou" else f"a {work}", "role": work,
            "role_C": work[0].upper() + work[1:],
        }  # fmt: skip

    def _about_child(self, child: ToldChild) -> dict[str, str]:
        he, him, his = _PRONOUNS[child.sex]
        initials = child.name if "." in child.name else child.name.split()[0]
        return {
            "child": initials, "age": str(child.age), "child_he": he, "child_him": him, "child_his": his,
            "child_He": he.capitalize(),
        }  # fmt: skip


def a_child(chance: Chance, names: Names, sector: str | None) -> ToldChild:
    """A child of an age that fits, by initials more often than by name."""
    youngest, oldest = {"early_years": (1, 4), "education": (4, 17), "fostering": (3, 16)}.get(sector or "", (6, 17))
    woman = chance.happens(0.45)
    if chance.happens(0.65):
        name = f"{chance.choice(_LETTERS)}.{chance.choice(_LETTERS)}."
    else:
        first, last, _ = names.person(chance, woman)
        name = f"{first} {last}"
    return ToldChild(name, chance.randint(youngest, oldest), "female" if woman else "male")
