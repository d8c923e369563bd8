"""What is received in a year: how many of each decision, about whom, from whom, and on which day."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from db.sample import settings
from db.sample.calendar import Rhythm, after
from db.sample.chance import Chance
from db.sample.planned import PlannedCase
from db.sample.shape import Earlier, Group, Year
from db.vocabulary import Classification, Sector

_SCHOOL_YEAR = (Sector.EDUCATION, Sector.EARLY_YEARS)
_NONE = "none"
_DAYS_TO_DECIDE = {0: 34.0, 1: 44.0, 2: 8.0, 3: 6.0, 4: 4.0, 5: 2.0, 8: 2.0}
"""Working days from receipt to the first decision, by weight."""

_SETTLED_BEFORE_RECLASSIFYING = timedelta(days=75)
_PUBLIC_ASKS_ABOUT = ("education", "early_years", "wider")
_NEVER_RECLASSIFIED = ("own_social_workers", "police_officers")
_DECIDED = (Classification.CONSULTATION, Classification.INFORMATION_ONLY, Classification.NOT_THRESHOLD)


@cache
def mix() -> dict[str, Any]:
    """The weights in mix.toml."""
    return tomllib.loads(files("db.sample").joinpath("mix.toml").read_text("utf-8"))


def received_in(year: Year, chance: Chance) -> list[PlannedCase]:
    """Every referral of a year with its decision, type, work, sender and dates, in no order."""
    cases = [case for code, group in year.groups.items() for case in _of_group(year.name, code, group, chance)]
    _date(cases, year, chance)
    _reclassify(cases, year, chance)
    _from_police(cases, year, chance)
    _from_public(cases, year, chance)
    _place(cases, year, chance)
    return cases


def received_before(earlier: Earlier, like: Year, chance: Chance) -> list[PlannedCase]:
    """What is kept from before the first whole year, drawn from the groups of that year: first what is still open."""
    cases = []
    for allegation, count, first in (
        (True, earlier.open_allegations, earlier.open_from),
        (False, earlier.open_others, earlier.end - timedelta(days=120)),
        (True, earlier.closed_allegations, earlier.start),
        (False, earlier.closed_others, earlier.start),
    ):
        last = earlier.end - timedelta(days=14 if first > earlier.start else 300)
        rhythm = Rhythm.over(first, last)
        for _ in range(count):
            case = _one_like(like, allegation, chance)
            case.received = rhythm.draw_working(chance, school=False)
            case.decided = _decided(case.received, earlier.end, chance)
            cases.append(case)
    for case in cases:
        case.area = _zone(case, chance)
    return cases


def _of_group(year: str, code: str, group: Group, chance: Chance) -> Iterable[PlannedCase]:
    decided: list[tuple[Classification, str | None]] = [
        (Classification.ALLEGATION, kind) for kind, count in group.allegation.items() for _ in range(count)
    ]
    for classification in _DECIDED:
        count = getattr(group, classification.value)
        decided += [(classification, _type_of(classification, chance)) for _ in range(count)]
    posts = chance.shuffled([(k, r) for k, roles in group.posts.items() for r, n in roles.items() for _ in range(n)])
    beyond = chance.choices(posts, k=group.not_threshold) if posts else []
    works = iter([*posts, *beyond])
    for classification, concern in decided:
        kind, role = next(works, (None, None))
        yield PlannedCase(
            year, code, group.sector, classification, classification, concern, kind=kind, role=role,
            agency=chance.among(mix()["agency"][code]),
        )  # fmt: skip


def _type_of(classification: Classification, chance: Chance) -> str | None:
    drawn = chance.among(mix()["type"][classification.value])
    return None if drawn == _NONE else str(drawn)


def _one_like(year: Year, allegation: bool, chance: Chance) -> PlannedCase:
    code = chance.among({c: sum(map(sum, (g.allegation.values(),))) for c, g in year.groups.items() if g.posts})
    group = year.groups[code]
    now = Classification.ALLEGATION if allegation else chance.choice(_DECIDED[:2])
    concern = chance.among(group.allegation) if allegation else _type_of(now, chance)
    kind = chance.among({k: sum(roles.values()) for k, roles in group.posts.items()})
    role, agency = chance.among(group.posts[kind]), chance.among(mix()["agency"][code])
    return PlannedCase("earlier", code, group.sector, now, now, concern, kind=kind, role=role, agency=agency)


def _date(cases: Sequence[PlannedCase], year: Year, chance: Chance) -> None:
    rhythm = Rhythm.over(year.start, year.end)
    for case in cases:
        case.received = rhythm.draw(chance, school=case.sector in _SCHOOL_YEAR)
        case.decided = _decided(case.received, year.end, chance)


def _decided(received: date, last: date, chance: Chance) -> date:
    return min(after(received, chance.among(_DAYS_TO_DECIDE)), last)


def _reclassify(cases: Sequence[PlannedCase], year: Year, chance: Chance) -> None:
    latest = year.end - _SETTLED_BEFORE_RECLASSIFYING
    became = chance.shuffled([c for c, count in year.reclassified.to.items() for _ in range(count)])
    for concern, count in year.reclassified.types.items():
        able = [
            c for c in cases
            if c.allegation and c.type == concern and c.received < latest and c.group not in _NEVER_RECLASSIFIED
        ]  # fmt: skip
        for case in chance.sample(able, count):
            case.classification = Classification(became.pop())


def _from_police(cases: Sequence[PlannedCase], year: Year, chance: Chance) -> None:
    free = [c for c in cases if c.group != "police_officers"]
    for team, types in year.police.items():
        for concern, count in types.items():
            for case in chance.sample_by(free, count, lambda c, t=concern: _police_interest(c, t)):  # type: ignore[misc]
                case.agency = team
                case.type = None if concern == "untyped" else case.type
            free = [c for c in free if c.agency not in year.police]


def _police_interest(case: PlannedCase, concern: str) -> float:
    if concern == "untyped":
        return 0.0 if case.first is Classification.ALLEGATION else 1.0
    if case.type != concern or case.first is not case.classification:
        return 0.0
    return 6.0 if case.allegation else 1.0


def _from_public(cases: Sequence[PlannedCase], year: Year, chance: Chance) -> None:
    for standing, allegation in (("allegation", True), ("other", False)):
        able = [
            c for c in cases
            if c.allegation is allegation and c.group in _PUBLIC_ASKS_ABOUT
            and c.agency not in year.police and c.first is c.classification
        ]  # fmt: skip
        for case in chance.sample(able, year.public[standing]):
            case.agency = "public"


def _place(cases: Sequence[PlannedCase], year: Year, chance: Chance) -> None:
    for case in cases:
        case.area = _zone(case, chance)
    if year.areas:
        _place_exactly([c for c in cases if c.progressed], year.areas, chance)


def _zone(case: PlannedCase, chance: Chance) -> str:
    if case.kind is None:
        return _NONE
    zones = settings.zones_of(case.kind)
    return chance.among({z: _ZONE_SHARE[z] for z in zones})


_ZONE_SHARE = {"north": 47.0, "east": 46.0, "west": 6.0, _NONE: 2.0}


def _place_exactly(cases: Sequence[PlannedCase], areas: Mapping[str, int], chance: Chance) -> None:
    """Give each area exactly its count, moving only what has settings of its kind in both places."""
    zones = {id(c): settings.zones_of(c.kind) if c.kind else (_NONE,) for c in cases}
    only_elsewhere = [c for c in cases if not {"north", "east"} & set(zones[id(c)])]
    able = [c for c in cases if {"west", _NONE} & set(zones[id(c)]) and c not in only_elsewhere]
    elsewhere = chance.sample_by(able, areas["elsewhere"] - len(only_elsewhere), lambda _: 1.0)
    for case in elsewhere:
        case.area = "west" if "west" in zones[id(case)] else _NONE
    rest = [c for c in cases if c not in only_elsewhere and c not in elsewhere]
    fixed = [c for c in rest if not {"north", "east"} <= set(zones[id(c)])]
    movable = [c for c in rest if c not in fixed]
    north = set(map(id, chance.sample(movable, areas["north"] - sum("north" in zones[id(c)] for c in fixed))))
    for case in movable:
        case.area = "north" if id(case) in north else "east"


def mark_children(cases: Sequence[PlannedCase], wanted: Mapping[str, int], chance: Chance) -> None:
    """Mark the children of allegations so that each mark is met by exactly that many; marks overlap."""
    allegations = [c for c in cases if c.allegation]
    for mark, count in wanted.items():
        for case in chance.sample_by(allegations, count, lambda c, m=mark: _mark_weight(c, m)):  # type: ignore[misc]
            case.marks.add(mark)


def _mark_weight(case: PlannedCase, mark: str) -> float:
    weight = float(mix()["mark"][mark].get(case.group, 0.0)) * float(
        mix()["mark_kind"].get(case.kind, {}).get(mark, 1.0)
    )
    if mark != "sen_or_disabled" and case.marks - {"sen_or_disabled"}:
        return 0.02 * weight
    return weight * (0.35 if case.type in ("suitability", "risk_by_association") else 1.0)
