"""Who bears a word for every typed word.

Words that few people bear need no more than their bearers looked at. Only where every typed word is common is the
intersection left to the database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Select, desc, func, intersect, literal, select, union_all

from db.heard_before.arms import Arm, Owners, held_by, owners

NEWEST = 40
"""How many of those who fit equally well are looked at, the newest first."""
_FEW = 50
"""A word borne by no more than this many: each of them is looked at."""
_RARE = 25
"""A word so rare that its bearers are worth showing although nothing else fits."""
_MANY = 2_000
"""Bearers of a word who can be looked up one by one in less time than a larger arm takes to list."""
_VAST = 20_000
"""So many bear a word that among the newest bearers of another some surely bear it too."""
_NEWEST_LOOKED_UP = 3_000


@dataclass(frozen=True, slots=True)
class Bearers:
    """Who may bear every typed word.

    Attributes:
        owners: those to look at.
        total: how many there are at least, where that is more than are listed; else 0, and looking at the owners will
            tell. Of a very common surname with an initial, how many bear the surname.
        rare: bearers of one typed word that hardly anybody bears, whatever else they are called, and how many bear it.
    """

    owners: frozenset[int] = frozenset()
    total: int = 0
    rare: Mapping[int, int] = field(default_factory=dict)


def find_bearers(
    connection: Connection, arms: Sequence[Arm], favoured: Sequence[Owners] = (), *, only_if_common: bool = False
) -> Bearers:
    """Who has an answer in every arm. Where many have, the newest, and those of them who are also ``favoured``.

    With ``only_if_common``, nobody, unless so many bear each word that some surely bear them all.
    """
    if any(arm.empty for arm in arms):
        return Bearers()
    sizes = _sizes(connection, arms)
    if only_if_common and min(sizes) < _MANY:
        return Bearers()
    few = _list_few(connection, [arm for arm, size in zip(arms, sizes, strict=True) if size <= _FEW])
    rare = {owner: len(bearers) for bearers in few if len(bearers) <= _RARE for owner in bearers}
    if few:
        return Bearers(frozenset.intersection(*few), 0, rare)
    return _Common(connection, arms, sizes).find(favoured)


class _Common:
    """Words that many bear, the rarest first."""

    def __init__(self, connection: Connection, arms: Sequence[Arm], sizes: Sequence[int]) -> None:
        by_size = sorted(range(len(arms)), key=sizes.__getitem__)
        self._connection = connection
        self._arms = [arms[at] for at in by_size]
        self._sizes = [sizes[at] for at in by_size]
        self._begins = tuple(bool(arm.prefix) for arm in self._arms)
        self._bound = _bound(self._arms)

    def find(self, favoured: Sequence[Owners]) -> Bearers:
        """The newest who bear them all, how many do, and who of them is favoured."""
        newest, total = self._of_one() if len(self._arms) == 1 else self._of_all()
        if total <= NEWEST:
            return Bearers(newest)
        for source in favoured:
            newest |= self._numbers(_newest(_both(_every(self._begins, self._together(), _VAST), source)))
        return Bearers(newest, total)

    def _of_one(self) -> tuple[frozenset[int], int]:
        return self._numbers(_newest(owners(0, begins=self._begins[0]))), self._count_rarest()

    def _of_all(self) -> tuple[frozenset[int], int]:
        if self._sizes[0] >= _MANY and self._sizes[1] >= _VAST:
            newest, total = self._read(_newest_and_total(self._begins, 1, _NEWEST_LOOKED_UP))
            if total > NEWEST:
                return newest, self._count_rarest() if self._arms[1].is_initial else total
        return self._read(_newest_and_total(self._begins, self._together(), _VAST))

    def _together(self) -> int:
        """How many arms to intersect before those in them are looked up in the rest."""
        return 2 if self._sizes[0] >= _MANY and not self._arms[1].is_initial else 1

    def _read(self, statement: Select[tuple[int, int]]) -> tuple[frozenset[int], int]:
        rows = self._connection.execute(statement, self._bound).all()
        return frozenset(row.owner_id for row in rows), (rows[0].total if rows else 0)

    def _count_rarest(self) -> int:
        return int(self._connection.execute(_count_one(self._begins[0]), self._bound).scalar_one())

    def _numbers(self, found: Owners) -> frozenset[int]:
        return frozenset(row.owner_id for row in self._connection.execute(found, self._bound))


def _sizes(connection: Connection, arms: Sequence[Arm]) -> list[int]:
    """How many bear one of the words of each arm, as far as it matters."""
    counted = [arm for arm in arms if not arm.is_initial]
    if not counted:
        return [_VAST + 1 for _ in arms]
    statement = _count_some(tuple(bool(arm.prefix) for arm in counted))
    counts = iter(connection.execute(statement, _bound(counted)).one())
    return [_VAST + 1 if arm.is_initial else next(counts) for arm in arms]


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
    some = (owners(place, begins=begin).limit(_VAST).subquery() for place, begin in enumerate(begins))
    return select(*(select(func.count()).select_from(listed).scalar_subquery() for listed in some))


@cache
def _list_all(begins: tuple[bool, ...]) -> CompoundSelect[Any]:
    return union_all(*(owners(place, begins=begin).add_columns(literal(place)) for place, begin in enumerate(begins)))


@cache
def _count_one(begins: bool) -> Select[Any]:
    """An index alone can count the bearers of a word. A name that holds two such words counts twice."""
    return owners(0, begins=begins).with_only_columns(func.count())


@cache
def _every(begins: tuple[bool, ...], together: int, most: int) -> Owners:
    """The bearers of the rarest arm, or of the two rarest together, at ``most`` the newest, looked up in the others."""
    found = owners(0, begins=begins[0])
    for place in range(1, together):
        found = _both(found, owners(place, begins=begins[place]))
    if together == len(begins):
        return found
    listed = found.distinct().order_by(desc("owner_id")).limit(most).subquery()
    others = (held_by(listed.c.owner_id, place, begins=begins[place]) for place in range(together, len(begins)))
    return select(listed.c.owner_id).where(*others)


@cache
def _newest_and_total(begins: tuple[bool, ...], together: int, most: int) -> Select[tuple[int, int]]:
    listed = _every(begins, together, most).subquery()
    counted = select(listed.c.owner_id, func.count().over().label("total"))
    return counted.order_by(listed.c.owner_id.desc()).limit(NEWEST)


def _newest(found: Owners) -> Owners:
    listed = found.subquery()
    return select(listed.c.owner_id).order_by(listed.c.owner_id.desc()).limit(NEWEST)


def _both(left: Owners, right: Owners) -> Owners:
    return select(intersect(left, right).subquery().c.owner_id)
