"""Who bears a word for every typed word.

Words that few people bear need no more than their bearers looked at. Only where every typed word is common is the
intersection left to the database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Select, desc, func, intersect, literal, select, union_all

from db.heard_before.arms import Arm, Owners, held_by, owners

_FEW = 50
"""A word borne by no more than this many: each of them is looked at."""
_RARE = 25
"""A word so rare that its bearers are worth showing although nothing else fits."""
NEWEST = 40
"""How many of those who fit equally well are looked at, the newest first."""
_LOOKED_UP = 2_000
"""Bearers of a word who can be looked up one by one in less time than a larger arm takes to list."""


_LOOKED_UP_AT_MOST = 5_000
"""Of the bearers of a very common surname, the newest are looked up for an initial; they hold enough of any letter."""


@dataclass(frozen=True, slots=True)
class Bearers:
    """Who may bear every typed word.

    Attributes:
        owners: those to look at.
        total: how many there are, where that is more than are listed; else 0, and looking at the owners will tell. Of a
            surname with an initial, how many bear the surname.
        rare: bearers of one typed word that hardly anybody bears, whatever else they are called.
    """

    owners: frozenset[int] = frozenset()
    total: int = 0
    rare: frozenset[int] = frozenset()


def find_bearers(
    connection: Connection, arms: Sequence[Arm], favoured: Sequence[Owners] = (), *, only_if_common: bool = False
) -> Bearers:
    """Who has an answer in every arm. Where many have, the newest, and those of them who are also ``favoured``.

    With ``only_if_common``, nobody, unless so many bear each word that some surely bear them all.
    """
    if any(arm.empty for arm in arms):
        return Bearers()
    sizes = _sizes(connection, arms)
    if only_if_common and min(sizes) < _LOOKED_UP:
        return Bearers()
    few = _list_few(connection, [arm for arm, size in zip(arms, sizes, strict=True) if size <= _FEW])
    rare = frozenset[int]().union(*(bearers for bearers in few if len(bearers) <= _RARE))
    if few:
        return Bearers(frozenset.intersection(*few), 0, rare)
    by_size = [arms[at] for at in sorted(range(len(arms)), key=sizes.__getitem__)]
    together = 2 if sorted(sizes)[:2] == [_LOOKED_UP, _LOOKED_UP] else 1
    return _common(connection, by_size, together, favoured)


def _common(connection: Connection, arms: Sequence[Arm], together: int, favoured: Sequence[Owners]) -> Bearers:
    bound = _bound(arms)
    begins = tuple(bool(arm.prefix) for arm in arms)
    if len(arms) == 1:
        newest = _numbers(connection, _newest(owners(0, begins=begins[0])), bound)
    else:
        rows = connection.execute(_newest_and_total(begins, together), bound).all()
        newest, total = frozenset(row.owner_id for row in rows), (rows[0].total if rows else 0)
    if len(newest) < NEWEST:
        return Bearers(newest)
    if len([arm for arm in arms if not arm.is_initial]) == 1:
        total = connection.execute(_count_one(begins[0]), bound).scalar_one()
    for source in favoured:
        newest |= _numbers(connection, _newest(_both(_every(begins, together), source)), bound)
    return Bearers(newest, total)


def _numbers(connection: Connection, found: Owners, bound: dict[str, object]) -> frozenset[int]:
    return frozenset(row.owner_id for row in connection.execute(found, bound))


def _sizes(connection: Connection, arms: Sequence[Arm]) -> list[int]:
    """How many bear one of the words of each arm, as far as it matters."""
    counted = [arm for arm in arms if not arm.is_initial]
    if not counted:
        return [_LOOKED_UP + 1 for _ in arms]
    statement = _count_some(tuple(bool(arm.prefix) for arm in counted))
    counts = iter(connection.execute(statement, _bound(counted)).one())
    return [_LOOKED_UP + 1 if arm.is_initial else next(counts) for arm in arms]


def _list_few(connection: Connection, arms: Sequence[Arm]) -> list[frozenset[int]]:
    """The bearers of each of these rare arms."""
    bearers: list[set[int]] = [set() for _ in arms]
    if arms:
        statement = _list_all(tuple(bool(arm.prefix) for arm in arms))
        for owner_id, at in connection.execute(statement, _bound(arms)):
            bearers[at].add(owner_id)
    return [frozenset(found) for found in bearers]


def _bound(arms: Sequence[Arm]) -> dict[str, object]:
    return {name: value for place, arm in enumerate(arms) for name, value in arm.bound(place).items()}


# Statements have few shapes: each is put together once, and the words are bound to it.


@cache
def _count_some(begins: tuple[bool, ...]) -> Select[Any]:
    some = (owners(place, begins=begin).limit(_LOOKED_UP).subquery() for place, begin in enumerate(begins))
    return select(*(select(func.count()).select_from(listed).scalar_subquery() for listed in some))


@cache
def _list_all(begins: tuple[bool, ...]) -> CompoundSelect[Any]:
    return union_all(*(owners(place, begins=begin).add_columns(literal(place)) for place, begin in enumerate(begins)))


@cache
def _count_one(begins: bool) -> Select[Any]:
    """An index alone can count the bearers of a word. A name that holds two such words counts twice."""
    return owners(0, begins=begins).with_only_columns(func.count())


@cache
def _every(begins: tuple[bool, ...], together: int) -> Owners:
    """The bearers of the rarest arm, or of the two rarest together, each looked up in the other arms."""
    found = owners(0, begins=begins[0])
    for place in range(1, together):
        found = _both(found, owners(place, begins=begins[place]))
    if together == len(begins):
        return found
    listed = found.distinct().order_by(desc("owner_id")).limit(_LOOKED_UP_AT_MOST).subquery()
    others = (held_by(listed.c.owner_id, place, begins=begins[place]) for place in range(together, len(begins)))
    return select(listed.c.owner_id).where(*others)


@cache
def _newest_and_total(begins: tuple[bool, ...], together: int) -> Select[tuple[int, int]]:
    listed = _every(begins, together).subquery()
    counted = select(listed.c.owner_id, func.count().over().label("total"))
    return counted.order_by(listed.c.owner_id.desc()).limit(NEWEST)


def _newest(found: Owners) -> Owners:
    listed = found.subquery()
    return select(listed.c.owner_id).order_by(listed.c.owner_id.desc()).limit(NEWEST)


def _both(left: Owners, right: Owners) -> Owners:
    return select(intersect(left, right).subquery().c.owner_id)
