"""How a measurement is told: what, against what, the ratio, and the mark it is to reach."""

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ratio:
    """One result: ours over the floor's, both taken in the same run."""

    what: str
    against: str
    ours: float
    floor: float
    mark: float
    unit: str = "ms"

    @property
    def value(self) -> float:
        """Ours over the floor's."""
        return self.ours / self.floor if self.floor else 0.0

    @property
    def line(self) -> str:
        """The result as a row of a Markdown table."""
        met = "met" if self.value <= self.mark else "NOT MET"
        return (
            f"| {self.what} | {self.against} | {self.ours:,.2f} {self.unit} | {self.floor:,.2f} {self.unit} "
            f"| {self.value:.2f} | {self.mark:g} | {met} |"
        )


@dataclass(frozen=True, slots=True)
class Reached:
    """A result that is a figure of its own and no ratio, such as a share found; ``least`` or ``most`` is its mark."""

    what: str
    value: float
    least: float | None = None
    most: float | None = None

    @property
    def line(self) -> str:
        """The result as a row of a Markdown table."""
        met = (self.least is None or self.value >= self.least) and (self.most is None or self.value <= self.most)
        mark = f">= {self.least:g}" if self.least is not None else f"<= {self.most:g}"
        return f"| {self.what} | - | {self.value:,.3f} | - | - | {mark} | {'met' if met else 'NOT MET'} |"


HEADING = "| What | Against | Ours | Floor | Ratio | Mark | |\n|---|---|---|---|---|---|---|"

Result = Ratio | Reached


def timed(run: Callable[[], object]) -> float:
    """Milliseconds that one call takes."""
    began = time.perf_counter()
    run()
    return (time.perf_counter() - began) * 1000


def in_turn(runs: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """The median of each, taken in turn within each round, so that a noisy moment meets them all alike."""
    taken: list[list[float]] = [[] for _ in runs]
    for _ in range(rounds):
        for one, run in zip(taken, runs, strict=True):
            one.append(timed(run))
    return [statistics.median(one) for one in taken]


def p95(values: Iterable[float]) -> float:
    """What nineteen of twenty stay under."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
