"""The small list that drops below a field while more than one thing is meant by what is typed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from textual.events import Click
from textual.message import Message

from lado_tui.widgets.drawn import Drawn, Part, cells, fit

if TYPE_CHECKING:
    from db.vocabulary import Term

SHOWN = 7
"""Most entries shown at once."""


def meant_by(typed: str, offered: Sequence[Term]) -> list[Term]:
    """What may be meant by a few letters, the likeliest first.

    A whole short code comes first, then short codes and labels that begin so, then labels with a word that
    begins so, then labels that merely hold it. Nothing typed means all.
    """
    wanted = typed.strip().casefold()
    if not wanted:
        return list(offered)
    ranked = [(rank, place, term) for place, term in enumerate(offered) if (rank := _rank(wanted, term)) < _NO_MATCH]
    return [term for _, _, term in sorted(ranked, key=lambda found: found[:2])]


def plainly_meant(typed: str, offered: Sequence[Term]) -> Term | None:
    """The one entry a typed text stands for: its whole short code, its whole label, or the only one it may mean."""
    wanted = typed.strip().casefold()
    if not wanted:
        return None
    whole = [t for t in offered if wanted in (t.short.casefold(), t.label.casefold(), t.code.casefold())]
    found = whole or meant_by(wanted, offered)
    return found[0] if len(found) == 1 else None


_NO_MATCH = 5


def _rank(wanted: str, term: Term) -> int:
    short, label = term.short.casefold(), term.label.casefold()
    tests = (
        wanted == short,
        bool(short) and short.startswith(wanted),
        label.startswith(wanted),
        any(word.startswith(wanted) for word in label.replace("/", " ").split()),
        wanted in label,
    )
    return tests.index(True) if True in tests else _NO_MATCH


class Offers(Drawn):
    """A list over whatever lies below its field; the field keeps the focus and moves the cursor in it."""

    DEFAULT_CSS = """
    Offers {
        overlay: screen; constrain: none inside; display: none;
        width: auto; height: auto; background: $panel; border: solid $border;
    }
    """

    class Picked(Message):
        """The officer clicked an entry."""

        def __init__(self, term: Term) -> None:
            super().__init__()
            self.term = term

    def __init__(self) -> None:
        super().__init__()
        self.terms: Sequence[Term] = ()
        self.cursor = 0
        self.chosen: Collection[str] = ()

    def offer(self, terms: Sequence[Term], *, chosen: Collection[str] = ()) -> None:
        """Show these entries, the cursor on the first; none closes the list."""
        self.terms, self.cursor, self.chosen = terms, 0, chosen
        self.display = bool(terms)
        self.refresh(layout=True)

    def step(self, by: int) -> None:
        """Move the cursor, round the ends."""
        if self.terms:
            self.cursor = (self.cursor + by) % len(self.terms)
            self.refresh()

    @property
    def under_cursor(self) -> Term | None:
        """The entry Enter would take; None while the list is closed."""
        return self.terms[self.cursor] if self.display and self.terms else None

    def _first(self) -> int:
        return max(0, min(self.cursor - SHOWN + 1, len(self.terms) - SHOWN))

    def get_content_width(self, *_: object) -> int:
        """Wide enough for the longest entry."""
        return min(70, max((cells(_words(term)) + 3 for term in self.terms), default=0))

    def lines(self, width: int) -> int:
        """The entries shown, and a line saying how many more there are."""
        return min(len(self.terms), SHOWN) + (len(self.terms) > SHOWN)

    def draw(self, y: int) -> Iterable[Part]:
        """One entry: a mark for the cursor, its short code and its words."""
        at = self._first() + y
        if y >= SHOWN or at >= len(self.terms):
            yield Part(f"  {len(self.terms) - SHOWN} more", "quiet")
            return
        term = self.terms[at]
        mark = ">" if at == self.cursor else " "
        ticked = "x" if term.code in self.chosen else " "
        ink = "selected" if at == self.cursor else ""
        yield Part(fit(f"{mark}{ticked}{_words(term)}", self.size.width), ink, hit=at)

    def on_click(self, event: Click) -> None:
        """A click picks."""
        at = self.hit(event)
        if isinstance(at, int):
            event.stop()
            self.post_message(self.Picked(self.terms[at]))


def _words(term: Term) -> str:
    return f"{term.short:<4} {term.label}" if term.short else f"     {term.label}"
