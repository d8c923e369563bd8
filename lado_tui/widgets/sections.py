"""A long form in sections, each with a heading, and a line that says which there are and where the cursor is.

PgDn and PgUp turn from section to section. The heading of the section goes to the top of the window, so that
each field always stands in the same place, as on a printed form; in a taller window several sections are seen at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual import on
from textual.events import Click, DescendantFocus
from textual.message import Message

from lado_tui.widgets.drawn import Drawn, Part, cells, fit
from lado_tui.widgets.field import Field
from lado_tui.widgets.form_body import FormBody
from lado_tui.widgets.form_rows import Heading

_ROOM_FOR_SEVERAL = 24
"""Lines from which on several sections may be in view at once."""


class SectionHeading(Heading):
    """The heading of a section, and the shorter word for it in the line of sections."""

    def __init__(self, words: str, short: str = "") -> None:
        super().__init__(words)
        self.short = short or words


class SectionBar(Drawn):
    """One line: the sections, the one the cursor is in marked, and at the end a few words."""

    DEFAULT_CSS = "SectionBar { height: 1; background: $panel; }"

    class Chosen(Message):
        """A section was clicked."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def __init__(self) -> None:
        super().__init__()
        self.names: tuple[str, ...] = ()
        self.at = 0
        self.tail = ""
        self.tail_ink = "quiet"

    def say(self, names: Iterable[str], at: int) -> None:
        """Show these sections, the one at `at` marked."""
        if (tuple(names), at) != (self.names, self.at):
            self.names, self.at = tuple(names), at
            self.refresh()

    def say_tail(self, words: str, ink: str = "quiet") -> None:
        """Show these words at the end of the line."""
        if (words, ink) != (self.tail, self.tail_ink):
            self.tail, self.tail_ink = words, ink
            self.refresh()

    def draw(self, y: int) -> Iterable[Part]:
        """The sections, as many as fit, then the words at the end."""
        room = self.size.width - cells(self.tail) - 2
        used = 0
        for at, name in list(enumerate(self.names))[self._first(room) :]:
            words = f"[{name}]" if at == self.at else f" {name} "
            if used + cells(words) > room:
                break
            used += cells(words)
            yield Part(words, "chosen" if at == self.at else "", hit=at)
        yield Part(fit("", max(0, room - used + 1)))
        yield Part(self.tail, self.tail_ink)

    def _first(self, room: int) -> int:
        """The first section shown, so that the one the cursor is in is among them."""
        first = 0
        while first < self.at and sum(cells(name) + 2 for name in self.names[first : self.at + 1]) > room:
            first += 1
        return first

    def on_click(self, event: Click) -> None:
        """A click on a section goes there."""
        at = self.hit(event)
        if isinstance(at, int):
            self.post_message(self.Chosen(at))


class SectionedForm(FormBody):
    """A form whose rows are parted by `SectionHeading`s."""

    class Turned(Message):
        """The cursor came into another section."""

        def __init__(self, form: SectionedForm) -> None:
            super().__init__()
            self.form = form

    _section = -1

    @property
    def sections(self) -> list[SectionHeading]:
        """The headings, in order."""
        return [widget for widget in self.rows.placed() if isinstance(widget, SectionHeading)]

    @property
    def section(self) -> int:
        """The section the cursor is in, or was last."""
        return max(0, self._section)

    def fields_of(self, section: int) -> list[Field]:
        """The fields of a section that are shown, in the order of the rows."""
        return [field for at, field in self._placed() if at == section]

    def _placed(self) -> Iterator[tuple[int, Field]]:
        at = -1
        for widget in self.rows.placed():
            if isinstance(widget, SectionHeading):
                at += 1
            elif isinstance(widget, Field) and widget.display:
                yield at, widget

    def turn(self, by: int) -> bool:
        """Go to the first field of the section after or before; False where there is none that way."""
        wanted = self.section + by
        if 0 <= wanted < len(self.sections):
            self.turn_to(wanted)
            return True
        return False

    def turn_to(self, section: int) -> None:
        """Go to the first field of a section."""
        if fields := self.fields_of(section):
            fields[0].focus(scroll_visible=False)

    @on(DescendantFocus)
    def _came_into(self, event: DescendantFocus) -> None:
        field = self.current
        section = next((at for at, placed in self._placed() if placed is field), self._section)
        if section != self._section:
            self._section = section
            self.post_message(self.Turned(self))
        self.call_after_refresh(self._show_section)

    def on_resize(self) -> None:
        """The same section stays in view in a window, or beside a panel, of another height."""
        self.call_after_refresh(self._show_section)

    def _show_section(self) -> None:
        """Bring the section's heading to the top, unless all of the section is in view."""
        field = self.current
        if field is None or not self.is_attached:
            return
        rows, top = self.rows, self.sections[self.section].virtual_region.y
        last = self.fields_of(self.section)[-1].virtual_region.bottom
        low = rows.size.height < _ROOM_FOR_SEVERAL
        if low or top < rows.scroll_y or last > rows.scroll_y + rows.size.height:
            rows.scroll_to(y=top, animate=False, immediate=True)
        place = field.virtual_region
        if place.bottom > rows.scroll_y + rows.size.height:
            rows.scroll_to(y=place.bottom - rows.size.height, animate=False, immediate=True)
