"""Under the adult's name while it is typed: heard before, and what there has been at the setting."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lado_tui.show import Name
from lado_tui.widgets.drawn import Drawn, Part, cells

if TYPE_CHECKING:
    from db.queries.people import PeopleFound, PersonFound

LETTERS = "ABCDEFGHIJ"
"""What the people found are called, nearest first."""

MAY_MATCH = "a restricted record may match"


class HeardLine(Drawn):
    """One line: how many people the name may mean, and who the nearest are."""

    DEFAULT_CSS = "HeardLine { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self.found: PeopleFound | None = None

    def tell(self, found: PeopleFound | None) -> None:
        """Show who was found; None while nothing was asked."""
        if found != self.found:
            self.found = found
            self.refresh()

    def draw(self, y: int) -> Iterable[Part]:
        """The question, the count, the nearest people, and the key that compares them."""
        yield Part("   HEARD BEFORE? ", "heading")
        if self.found is None:
            yield Part("as the name is typed", "quiet")
            return
        people, restricted = self.found.people, self.found.restricted
        yield Part(how_many(self.found), "strong" if people or restricted else "")
        tail = "  (F4 compare)" if people else ""
        room = self.size.width - 17 - cells(how_many(self.found)) - cells(tail)
        for letter, person in zip(LETTERS, people, strict=False):
            parts = [Part(f"  {letter} "), Part(Name(person.name)), Part(f" {reference(person)}", "quiet")]
            room -= sum(cells(part.words) for part in parts)
            if room < 0:
                break
            yield from parts
        yield Part(tail, "key")


def how_many(found: PeopleFound) -> str:
    """``2 possible``, ``no``; and that a restricted record may match, where one may."""
    many = len(found.people) + found.more
    words = f"{many} possible" if many else "no"
    return f"{words}, {MAY_MATCH}" if found.restricted else words


def reference(person: PersonFound) -> str:
    """The reference of the newest record about somebody; "" where there is none."""
    return person.latest.partition(" ")[0]
