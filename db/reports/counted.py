"""Rows already counted, and every coarser count that is asked of them."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from operator import itemgetter
from typing import Any

from db.reports.figure import Figure, Where

Tally = Mapping[tuple[Any, ...], int]
"""How many rows hold each combination of what the asked columns hold."""


class Counted:
    """A tally of a cohort's rows by some columns. Coarser ones are made from the smallest that has what they need."""

    def __init__(self, columns: Sequence[str], tally: Tally) -> None:
        self._known: dict[tuple[str, ...], Tally] = {tuple(columns): tally}

    def by(self, columns: Sequence[str]) -> Tally:
        """The same rows by fewer columns.

        Raises:
            ValueError: they were not counted by one of the columns.
        """
        wanted = tuple(columns)
        if wanted not in self._known:
            finer = min((each for each in self._known if set(wanted) <= set(each)), key=lambda c: len(self._known[c]))
            self._known[wanted] = _coarser(self._known[finer], [finer.index(name) for name in wanted])
        return self._known[wanted]

    def number(self, where: Where) -> int:
        """How many rows meet some conditions on the columns."""
        columns = sorted({condition.column for condition in where})
        tally = self.by(columns)
        if len(where) == len(columns) and all(condition.among for condition in where):
            wanted = product(*(each.values for each in sorted(where, key=lambda condition: condition.column)))
            return sum(tally.get(key, 0) for key in wanted)
        placed = [(columns.index(each.column), each) for each in where]
        return sum(number for key, number in tally.items() if all(each.holds(key[at]) for at, each in placed))

    def numbers(self, figures: Iterable[Figure], *, given: Sequence[str] = ()) -> dict[str, int]:
        """What each of some figures comes to, by id.

        Args:
            figures: the figures, all of the cohort that was counted.
            given: columns to which every row was already held.
        """
        asked = [(figure.id, tuple(each for each in figure.where if each.column not in given)) for figure in figures]
        finest_first = sorted(asked, key=lambda each: len(each[1]), reverse=True)
        return {id_: self.number(where) for id_, where in finest_first}


def _coarser(tally: Tally, places: Sequence[int]) -> Tally:
    if not places:
        return {(): sum(tally.values())}
    if len(places) == 1:
        return _added(((key[places[0]],), number) for key, number in tally.items())
    take = itemgetter(*places)
    return _added((take(key), number) for key, number in tally.items())


def _added(pairs: Iterable[tuple[tuple[Any, ...], int]]) -> Tally:
    added: dict[tuple[Any, ...], int] = {}
    for key, number in pairs:
        added[key] = added.get(key, 0) + number
    return added
