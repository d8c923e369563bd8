"""Bars made of letters, with their numbers, so that a chart reads aloud and without colour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lado_tui.widgets.drawn import Drawn, Part, cells, fit


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of thing counted in a bar: its name, the letter it is drawn with, and its ink."""

    name: str
    mark: str
    ink: str = "this_year"


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a bar chart.

    Attributes:
        label: what is counted, such as an officer's initials.
        value: how many.
        note: a few words after the bar ("absent").
        hit: what a click or Enter on it opens.
    """

    label: str
    value: int
    note: str = ""
    hit: str | None = None


def bar_parts(values: Sequence[int], series: Sequence[Series], most: int, width: int) -> list[Part]:
    """A bar of one or more stacked kinds, in a width in cells that stands for `most`; padded to the width.

    Kinds share the bar's cells by largest remainder, so that the bar is as long as its whole and what is there at
    all is seen wherever there is a cell for it.
    """
    whole = sum(values)
    long = min(width, -(-whole * width // most)) if most and whole else 0
    return [
        *(
            Part(kind.mark * share, kind.ink)
            for kind, share in zip(series, _shares(values, long), strict=True)
            if share
        ),
        Part(" " * (width - long)),
    ]


def _shares(values: Sequence[int], long: int) -> list[int]:
    """Whole cells for each value, `long` in all: one for each that is there, where there are enough, then by size."""
    whole = sum(values)
    if not whole:
        return [0] * len(values)
    there = sum(value > 0 for value in values)
    least = 1 if long >= there else 0
    free = long - least * there
    shares = [least * (value > 0) + value * free // whole for value in values]
    by_need = sorted(range(len(values)), key=lambda at: (not values[at], -(values[at] * free % whole)))
    for at in by_need[: long - sum(shares)]:
        shares[at] += 1
    return shares


class Bars(Drawn):
    """A bar for each of a few things, one line each, with an optional mark that none should pass."""

    DEFAULT_CSS = "Bars { height: auto; }"

    def __init__(self, title: str = "", *, limit: int | None = None, mark: str = "#") -> None:
        """Make the chart.

        Args:
            title: a heading line; "" for none.
            limit: a mark drawn across the bars, such as the caseload no LADO should pass.
            mark: the letter bars are drawn with.
        """
        super().__init__()
        self.title = title
        self.limit = limit
        self.series = (Series("", mark),)
        self.bars: Sequence[Bar] = ()

    def show(self, bars: Sequence[Bar]) -> None:
        """Show these bars."""
        self.bars = bars
        self.refresh(layout=True)

    def lines(self, width: int) -> int:
        """The title and a line each."""
        return len(self.bars) + bool(self.title)

    def in_words(self) -> str:
        """The chart as sentences, for reading aloud."""
        told = [f"{bar.label}: {bar.value}{f', {bar.note}' if bar.note else ''}." for bar in self.bars]
        limit = f" The mark is {self.limit}." if self.limit is not None else ""
        return " ".join(told) + limit

    def draw(self, y: int) -> Iterable[Part]:
        """Label, bar, note, number."""
        if self.title and y == 0:
            return [Part(fit(self.title, self.size.width), "quiet")]
        at = y - bool(self.title)
        return self._bar(self.bars[at]) if at < len(self.bars) else ()

    def _bar(self, bar: Bar) -> Iterable[Part]:
        label = max(cells(each.label) for each in self.bars)
        note = max(cells(each.note) for each in self.bars)
        room = max(4, self.size.width - label - note - 10)
        most = max((self.limit or 0) * 11 // 10, *(each.value for each in self.bars), 1)
        yield Part(f"{fit(bar.label, label)} ", "label", hit=bar.hit)
        yield from self._marked(bar_parts([bar.value], self.series, most, room), most, room, bar)
        yield Part(f" {fit(bar.note, note)} {bar.value:>6,}", hit=bar.hit)

    def _marked(self, parts: list[Part], most: int, room: int, bar: Bar) -> Iterable[Part]:
        """The bar with the limit drawn where it falls."""
        at = (self.limit or 0) * room // most
        drawn = "".join(part.words for part in parts)
        if self.limit is None or at >= room:
            return parts
        over = bar.value >= self.limit
        return (
            Part(drawn[:at], "this_year"),
            Part("|", "ask" if over else "rule"),
            Part(drawn[at + 1 :], "late" if over else "this_year"),
        )
