"""The names of a screen's lists side by side, each with its count; the one in view in brackets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.events import Click
from textual.message import Message

from lado_tui.widgets.drawn import Drawn, Part, cells


@dataclass(frozen=True, slots=True)
class Tab:
    """One list: its code, its name, and its count in words ("" while nobody has counted)."""

    code: str
    title: str
    count: str = ""


class SectionTabs(Drawn):
    """One line of list names. Left and Right, or a click, choose another."""

    DEFAULT_CSS = "SectionTabs { height: 1; }"

    class Chosen(Message):
        """The officer clicked a list's name."""

        def __init__(self, code: str) -> None:
            super().__init__()
            self.code = code

    def __init__(self) -> None:
        super().__init__()
        self.tabs: Sequence[Tab] = ()
        self.chosen = ""
        self.aside = ""

    def show(self, tabs: Sequence[Tab], chosen: str, aside: str = "") -> None:
        """Show these lists; ``aside`` is said at the right of them, where there is room."""
        if (tabs, chosen, aside) != (self.tabs, self.chosen, self.aside):
            self.tabs, self.chosen, self.aside = tabs, chosen, aside
            self.refresh()

    def draw(self, y: int) -> Iterable[Part]:
        """The names and counts, then what is said aside."""
        used = 1
        yield Part(" ")
        for tab in self.tabs:
            words = f"{tab.title} {tab.count}".rstrip()
            here = tab.code == self.chosen
            yield Part(f"[{words}]" if here else f" {words} ", "chosen" if here else "", hit=tab.code)
            yield Part(" ")
            used += cells(words) + 3
        room = self.size.width - used - 1
        if self.aside and cells(self.aside) <= room:
            yield Part(" " * (room - cells(self.aside)) + self.aside, "quiet")

    def on_click(self, event: Click) -> None:
        """A click on a name chooses it."""
        code = self.hit(event)
        if isinstance(code, str):
            self.post_message(self.Chosen(code))
