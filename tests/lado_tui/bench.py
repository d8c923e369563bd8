"""A bare place to put widgets on, so that each can be tried alone with real keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from db.forms.question import Kind, Question
from db.vocabulary import Vocabulary
from lado_tui.app import LadoApp
from lado_tui.screens import FORM, LIST, PLACES, Spot
from lado_tui.screens.place import Place

PLACES["bench"] = Spot("Bench")
PLACES["bench_form"] = Spot("Bench", (FORM,))
PLACES["bench_list"] = Spot("Bench", (LIST,))
"""Places of the tests' own, so that they do not hang on the commands of any screen."""

TODAY = date(2026, 3, 12)
"""Thursday 12 March 2026."""

WORDS = Vocabulary()


class BenchPlace(Place[None]):
    """A place with nothing but the widgets given."""

    NAME = "bench"

    def __init__(self, widgets: Sequence[Widget]) -> None:
        super().__init__()
        self.widgets = widgets

    def body(self) -> ComposeResult:
        """The widgets."""
        yield from self.widgets


class Bench(LadoApp):
    """The program with only that place. Keeps every message its widgets post, for tests to look at."""

    def __init__(self, *widgets: Widget, place: Callable[[], Place[None]] | None = None) -> None:
        super().__init__(None)
        self.make_place = place or (lambda: BenchPlace(widgets))

    def get_default_screen(self) -> Screen[None]:
        """The bench."""
        return self.make_place()

    def _begin(self) -> None:
        """There is no desk to open."""


def asked(label: str = "Caller", kind: Kind = Kind.LINE, **more: object) -> Question:
    """A question for a field to ask."""
    return Question(label, kind, name="answer", **more)  # type: ignore[arg-type]
