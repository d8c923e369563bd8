"""How the fields of a form are arranged: rows of one or more, each with its share of the width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from lado_tui.widgets.drawn import Drawn, Kept, Part
from lado_tui.widgets.field import Field


class Heading(Drawn):
    """The name of a group of fields, with a line after it."""

    DEFAULT_CSS = "Heading { height: 1; }"

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words

    def draw(self, y: int) -> Iterable[Part]:
        """The words, then a line to the edge."""
        yield Part(f" {self.words.upper()} ", "heading")
        yield Part("─" * self.size.width, "rule")


@dataclass(frozen=True, slots=True)
class Cell:
    """A field's place in a row: its name, its share of the width, and the cells its label takes (0: as others)."""

    name: str
    share: int = 1
    label: int = 0


Item: TypeAlias = "str | Cell | Drawn"
Row: TypeAlias = "Item | Sequence[Item]"


@dataclass(frozen=True, slots=True)
class _Place:
    widget: Drawn
    share: int = 1


class Rows(Kept, VerticalScroll, can_focus=False):
    """The fields in their rows. Scrolls where there are more than fit."""

    DEFAULT_CSS = """
    Rows { height: 1fr; scrollbar-size-vertical: 1; }
    """

    def __init__(self, rows: Sequence[Row], fields: Mapping[str, Field], label_width: int) -> None:
        """Arrange the fields.

        Args:
            rows: names, cells or other drawn widgets, alone or several side by side.
            fields: the fields by name; those without a place are kept out of sight.
            label_width: cells for number and label where a cell does not say.
        """
        super().__init__()
        self._plan = [[_placed(item, fields, label_width) for item in _items(row)] for row in rows]
        self._rows_layout = RowsLayout(self._plan)
        self._unplaced = [field for field in fields.values() if field not in list(self.placed())]

    @property
    def layout(self) -> Layout:
        """Rows, whatever a stylesheet says."""
        return self._rows_layout

    def placed(self) -> Iterator[Drawn]:
        """Every widget that has a place, in the order of the rows."""
        return (place.widget for row in self._plan for place in row)

    def fields(self) -> list[Field]:
        """The fields that have a place and are shown, in the order of the rows."""
        return [widget for widget in self.placed() if isinstance(widget, Field) and widget.display]

    def compose(self) -> ComposeResult:
        """Every widget that has a place; fields without one keep their answers out of sight."""
        yield from self.placed()
        for field in self._unplaced:
            field.display = False
            yield field


class RowsLayout(Layout):
    """Lays rows out from the top; what height is left goes to fields that can fill it."""

    name = "rows"

    def __init__(self, plan: Sequence[Sequence[_Place]]) -> None:
        self._plan = plan

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        """The place of every widget at a size."""
        rows = [shown for row in self._plan if (shown := [place for place in row if place.widget.display])]
        widths = [_widths([place.share for place in row], size.width) for row in rows]
        heights = [
            max(place.widget.lines(width) for place, width in zip(row, across, strict=True))
            for row, across in zip(rows, widths, strict=True)
        ]
        _share_out(rows, heights, size.height - sum(heights))
        placements, top = [], 0
        for row, across, height in zip(rows, widths, heights, strict=True):
            left = 0
            for place, width in zip(row, across, strict=True):
                tall = height if _fills(place) else place.widget.lines(width)
                region = Region(left, top, width, tall)
                placements.append(WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, place.widget))
                left += width
            top += height
        return placements


def _items(row: Row) -> Sequence[Item]:
    return [row] if isinstance(row, str | Cell | Drawn) else row


def _placed(item: Item, fields: Mapping[str, Field], label_width: int) -> _Place:
    if isinstance(item, Drawn):
        return _Place(item)
    cell = item if isinstance(item, Cell) else Cell(item)
    field = fields[cell.name]
    field.label_width = cell.label or label_width
    return _Place(field, cell.share)


def _widths(shares: Sequence[int], width: int) -> list[int]:
    edges = [width * sum(shares[:place]) // sum(shares) for place in range(len(shares) + 1)]
    return [end - start for start, end in pairwise(edges)]


def _fills(place: _Place) -> bool:
    return isinstance(place.widget, Field) and place.widget.fills


def _share_out(rows: Sequence[Sequence[_Place]], heights: list[int], spare: int) -> None:
    filling = [at for at, row in enumerate(rows) if any(_fills(place) for place in row)]
    for count, at in enumerate(filling):
        extra = max(0, spare) * (count + 1) // len(filling) - max(0, spare) * count // len(filling)
        heights[at] += extra
