"""The one door out: every word a person typed passes here before it is drawn.

Text is shown letter for letter and never obeyed: no markup is read, and control and direction characters
become a visible mark (`db.text.visible`). A widget that draws its own lines (`widgets.drawn.Drawn`) passes
its words through `shown` by itself; anything else takes `show(text)`.

How a screen uses it::

    Words(show(row.setting))            # text for any widget that takes Content
    Part(Name(row.adult))               # a person's name: masked while names are hidden (F9)
    self.app.say(f"Saved {reference}")  # a message to the officer; passes through show by itself
"""

from textual._context import active_app
from textual.content import Content

from db.text import visible

MASK = "•••••"
"""What stands for a person's name while names are hidden: the same length for everybody."""


class Name(str):
    """Words that name a person, so that F9 can hide them wherever they are drawn."""

    __slots__ = ()


class Said(str):
    """Words somebody wrote about a case: covered letter for letter while names are hidden."""

    __slots__ = ()


def shown(text: str) -> str:
    """Words for one line of the screen: hidden characters and line ends as visible marks, all else as typed."""
    return visible(text, one_line=True)


def show(text: str) -> Content:
    """The words as something any widget can draw, with no markup read in them.

    A `Name` is masked while the app in front of the officer hides names.
    """
    return Content(masked_name(text) if isinstance(text, Name) and names_hidden() else visible(text))


def show_name(text: str) -> Content:
    """A person's name, or its mask while names are hidden."""
    return show(Name(text))


def masked_name(text: str) -> str:
    """What is drawn for a name while names are hidden; an empty name stays empty."""
    return MASK if text.strip() else ""


def masked_text(text: str) -> str:
    """Free text with every letter and figure covered, line for line, so that a cursor still has its place."""
    return "".join("•" if letter.isalnum() else letter for letter in text)


def names_hidden() -> bool:
    """Whether the app in front of the officer hides names now; False where no app is running."""
    return bool(getattr(active_app.get(None), "names_hidden", False))
