"""Chance that can be repeated: a stream of draws for each part of the service, all from one seed."""

from bisect import bisect
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance(Random):
    """One stream of draws. Parts have a stream each, so that a change in one part leaves the others as they were."""

    def __init__(self, seed: int, part: str) -> None:
        super().__init__(f"{seed} {part}")

    def happens(self, share: float) -> bool:
        """True in that share of draws, 0 to 1."""
        return self.random() < share

    def among(self, weights: Mapping[T, float]) -> T:
        """One key, drawn by its weight."""
        return next(iter(self.choices(list(weights), list(weights.values()))))

    def sample_by(self, items: Sequence[T], count: int, weight: Callable[[T], float]) -> list[T]:
        """That many different items, heavier ones more likely; items of weight 0 never.

        Raises:
            ValueError: there are not that many items of any weight, or fewer than none are wanted.
        """
        keyed = [(self.random() ** (1 / w), n) for n, item in enumerate(items) if (w := weight(item)) > 0]
        if not 0 <= count <= len(keyed):
            raise ValueError(f"{count} wanted of {len(keyed)}")
        return [items[n] for _, n in sorted(keyed, reverse=True)[:count]]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in another order."""
        return self.sample(items, len(items))


class Urn:
    """Weights prepared once for many draws."""

    def __init__(self, weights: Sequence[float]) -> None:
        self._sums = list(accumulate(weights))

    def draw(self, chance: Random) -> int:
        """The place of one weight."""
        return bisect(self._sums, chance.random() * self._sums[-1])
