"""What most of the desk is made of: a piece of the screen that draws its own lines.

A subclass says, line by line, what words stand there and in which ink; `Drawn` sends every word through
`show.shown`, covers names while they are hidden, and keeps to the width. One widget draws a whole field or
list, which is why a form of forty fields answers a key as fast as one of a single field.

How to draw::

    class Clock(Drawn):
        def draw(self, y: int) -> Iterable[Part]:
            yield Part(" CLOCK ", "label")
            yield Part(Name(self.adult), "strong")
            yield Part(" Open", "key", hit="open")     # on_click finds it: self.hit(event) == "open"
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, Self

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.events import Click, MouseDown
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from lado_tui.show import Name, Said, masked_name, masked_text, names_hidden, shown


class Ink(NamedTuple):
    """How words look: a colour of the theme, and what repeats it where there is no colour."""

    colour: str = ""
    bold: bool = False
    reverse: bool = False
    ground: str = ""
    underline: bool = False


INKS: dict[str, Ink] = {
    "": Ink(),
    "strong": Ink(bold=True),
    "label": Ink("ink-blue"),
    "quiet": Ink("ink-quiet"),
    "rule": Ink("ink-rule"),
    "key": Ink("ink-blue", bold=True),
    "title": Ink(bold=True),
    "heading": Ink("ink-blue", bold=True),
    "practice": Ink("ink-practice-text", bold=True, ground="ink-practice-ground"),
    "ask": Ink("ink-orange", bold=True),
    "error": Ink("ink-orange", bold=True),
    "chosen": Ink("foreground", bold=True, ground="ink-chosen-ground"),
    "cursor": Ink(reverse=True),
    "caret": Ink(bold=True, underline=True),
    "selected": Ink("foreground", ground="ink-chosen-ground"),
    "late": Ink("ink-orange", bold=True),
    "today": Ink("ink-orange"),
    "new": Ink("ink-blue", bold=True),
    "waiting": Ink("ink-quiet"),
    "restricted": Ink("ink-quiet", bold=True),
    "this_year": Ink("ink-blue"),
    "last_year": Ink("ink-quiet"),
    "second": Ink("ink-orange"),
    "name": Ink(bold=True),
}
"""Every ink by name. "today" and "late" differ in words and weight, not in colour alone."""


class Part(NamedTuple):
    """Some words in one ink; `hit` is what a click on them means."""

    words: str
    ink: str = ""
    hit: str | int | None = None


_styles: dict[tuple[str, str], Style] = {}


def ink_style(app: App[object], ink: str) -> Style:
    """The look of one ink in the theme now chosen."""
    key = (app.theme, ink)
    style = _styles.get(key)
    if style is None:
        style = _styles[key] = _style_of(INKS[ink], app.theme_variables)
    return style


def _style_of(ink: Ink, variables: dict[str, str]) -> Style:
    return Style(
        color=variables.get(ink.colour) if ink.colour else None,
        bgcolor=variables.get(ink.ground) if ink.ground else None,
        bold=ink.bold or None,
        reverse=ink.reverse or None,
        underline=ink.underline or None,
    )


def words_of(part: Part, hidden: bool) -> str:
    """The words of a part as they are drawn: through the one door out, names covered while hidden."""
    if hidden and isinstance(part.words, Name):
        return fit(masked_name(part.words), cells(part.words))
    if hidden and isinstance(part.words, Said):
        return masked_text(shown(part.words))
    return shown(part.words)


WIDE = 120
"""Columns from which a window has room for a side panel."""


def is_wide(app: App[object]) -> bool:
    """Whether the window has room for a side panel."""
    return app.size.width >= WIDE


def cells(text: str) -> int:
    """Width of a text as it is drawn, in cells."""
    return cell_len(shown(text))


def fit(text: str, width: int) -> str:
    """Text cut or padded to a width in cells; what is cut is marked with an ellipsis. Never breaks a row."""
    text = shown(text)
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + "…" if width > 0 else ""


# At run time a plain class: Textual follows a widget's styles through its first widget base alone.
if TYPE_CHECKING:
    _Mixed = Widget
else:
    _Mixed = object


class Kept(_Mixed):
    """A widget whose painted lines are kept until it changes. Named before the kind of widget it is.

    On every key the screen asks each widget in view for its lines, changed or not. To hand back what was painted
    before is what makes a form of many fields answer as fast as one field alone.
    """

    _kept: tuple[tuple[Region, Size], list[Strip]] | None = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the widget, painted anew only where something has changed."""
        asked = (crop, self.size)
        if self._kept is None or self._kept[0] != asked:
            self._kept = (asked, super().render_lines(crop))
        return self._kept[1]

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Something has changed."""
        self._kept = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        """The colours have changed."""
        self._kept = None
        super().notify_style_update()


class Drawn(Kept, Widget):
    """A widget that says line by line what it shows. Subclasses write `draw` and perhaps `lines`."""

    DEFAULT_CSS = "Drawn { height: auto; width: 1fr; }"

    def draw(self, y: int) -> Iterable[Part]:
        """The parts of line `y`, counted from 0."""
        raise NotImplementedError

    def lines(self, width: int) -> int:
        """How many lines are drawn at a width in cells, where the height is left to the widget."""
        return 1

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """How tall the widget is: the lines it draws."""
        return self.lines(width)

    def render_line(self, y: int) -> Strip:
        """One line of the screen, from `draw`."""
        base, app, hidden = self.rich_style, self.app, names_hidden()
        segments = []
        for part in self.draw(y):
            style = base + ink_style(app, part.ink) if part.ink else base
            if part.hit is not None:
                style += Style(meta={"hit": part.hit})
            segments.append(Segment(words_of(part, hidden), style))
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def hit(self, event: Click | MouseDown) -> str | int | None:
        """What the part under the mouse stands for; None where a click means nothing."""
        found: str | int | None = event.style.meta.get("hit")
        return found


class Words(Drawn):
    """Plain lines of words, for what only needs reading. `say` changes them."""

    def __init__(self, *rows: str | Part | list[Part], classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._rows = _as_rows(rows)

    def say(self, *rows: str | Part | list[Part]) -> None:
        """Show these lines in place of the ones before."""
        fresh = _as_rows(rows)
        if fresh != self._rows:
            taller = len(fresh) != len(self._rows)
            self._rows = fresh
            self.refresh(layout=taller)

    def lines(self, width: int) -> int:
        """As many as there are rows."""
        return len(self._rows)

    def draw(self, y: int) -> Iterable[Part]:
        """The row as given."""
        return self._rows[y] if y < len(self._rows) else ()

    @property
    def text(self) -> str:
        """The words as plain text, line by line."""
        return "\n".join("".join(part.words for part in row) for row in self._rows)


def _as_rows(rows: Iterable[str | Part | list[Part]]) -> list[list[Part]]:
    return [[row] if isinstance(row, Part) else row if isinstance(row, list) else [Part(row)] for row in rows]
