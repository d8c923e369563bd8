"""A box for what was said: many lines, wrapped at words, always showing how much of its room is used.

Tab leaves it, Enter is a new line, Ctrl+T puts the time in. Text pasted in may not take it over its limit; what
is too large is refused whole and at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import TextArea

from db.text import TooLong, clean, visible
from lado_tui.commands import FORBIDDEN
from lado_tui.show import masked_text, names_hidden
from lado_tui.widgets.drawn import Kept, Part, cells, fit
from lado_tui.widgets.field import Field

if TYPE_CHECKING:
    from textual.document._document import EditResult

    from db.forms.question import Question

_TAKEN = FORBIDDEN | {"f6", "f7"}
"""Keys the writing area would take for itself and that mean something else at this desk."""


def _kept_bindings() -> list[BindingType]:
    kept = Binding.make_bindings(TextArea.BINDINGS)
    return [b for b in kept if b.key == "ctrl+c" or not (b.key in _TAKEN or b.key.startswith("alt+"))]


_INDENT = 3
"""Cells before the words."""


class WritingArea(Kept, TextArea, inherit_bindings=False):
    """Where the words of a notes box are written. Used through `NotesBox`."""

    takes_typing: ClassVar[bool] = True

    BINDINGS: ClassVar[list[BindingType]] = [*_kept_bindings(), Binding("ctrl+t", "put_time", show=False)]

    DEFAULT_CSS = """
    WritingArea {
        height: 3; border: none; padding: 0;
        background: $background; scrollbar-size-vertical: 1;
    }
    WritingArea:focus { border: none; background: $surface; }
    WritingArea .text-area--cursor, WritingArea:light .text-area--cursor, WritingArea:dark .text-area--cursor {
        color: $foreground; background: $surface; text-style: bold underline;
    }
    """

    def __init__(self, box: NotesBox) -> None:
        super().__init__(compact=True, highlight_cursor_line=False)
        self.box = box
        self.cursor_blink = False
        self.match_cursor_bracket = False
        self._covered = False

    def get_line(self, line_index: int) -> Text:
        """One line as it is drawn: through the one door out, covered while names are hidden."""
        line = visible(self.document.get_line(line_index))
        return Text(masked_text(line) if self._covered else line, end="", no_wrap=True)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in view, drawn anew when names are covered or shown again."""
        if self._covered != names_hidden():
            self._covered = names_hidden()
            self.notify_style_update()
        return super().render_lines(crop)

    def _replace_via_keyboard(self, insert: str, start: tuple[int, int], end: tuple[int, int]) -> EditResult | None:
        """Put typed or pasted words in, if they are no more than the box has room for."""
        words = self.box.taken(insert, self.get_text_range(start, end))
        return super()._replace_via_keyboard(words, start, end) if words is not None else None

    def action_put_time(self) -> None:
        """Put the time in, as `[10:44] `."""
        self._replace_via_keyboard(self.box.time_words(), *self.selection)


class _BelowLabel(Layout):
    """Puts the writing area below the label, and above the error where there is one."""

    name = "below_label"

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        wrong = isinstance(parent, Field) and bool(parent.error)
        room = Region(_INDENT, 1, max(0, size.width - _INDENT), max(0, size.height - 1 - wrong))
        return [WidgetPlacement(room, NULL_OFFSET, NULL_SPACING, child) for child in children]


class NotesBox(Field, can_focus=False, can_focus_children=True):
    """A field of many lines."""

    HELP = "Type as they talk. Enter is a new line, Tab goes on. Ctrl+T puts the time in. F7 jumps here and back."

    can_fill: ClassVar[bool] = True

    def __init__(self, question: Question, *, clock: Callable[[], str] | None = None, least: int = 3) -> None:
        """Make a notes box.

        Args:
            question: what is asked.
            clock: the time as it is put into notes, "10:44".
            least: lines it has at least.
        """
        super().__init__(question)
        self.clock = clock
        self.least = least
        self.area = WritingArea(self)
        self._length = 0

    @property
    def layout(self) -> Layout:
        """The label's line, then the words."""
        return _BELOW_LABEL

    def compose(self) -> ComposeResult:
        """The writing area, below the label."""
        yield self.area

    @property
    def value(self) -> str:
        """The words as written."""
        return self.area.text

    @value.setter
    def value(self, value: str) -> None:
        with self.area.prevent(TextArea.Changed):
            self.area.load_text(visible(value))
            self.area.move_cursor(self.area.document.end)
        self._length = len(self.area.text)
        self.refresh()

    def focus(self, scroll_visible: bool = True) -> NotesBox:
        """Put the cursor where the words are written."""
        self.area.focus(scroll_visible)
        return self

    # Drawing: label, hint and count on the first line; the error on the last.

    def lines(self, width: int) -> int:
        """Label, the least room for words, and an error."""
        return 1 + self.least + bool(self.error)

    def draw(self, y: int) -> Iterable[Part]:
        """Label, hint and how much of the room is used; at the foot, what is wrong."""
        if y == 0:
            yield from self._head()
        elif self.error and y == self.error_line:
            yield Part(f"   ! {self.error}", "error")

    @property
    def error_line(self) -> int:
        """The last line of the box."""
        return self.size.height - 1

    def _head(self) -> Iterable[Part]:
        used = f"{self._length:,} of {self.question.most:,}"
        number = f"{self.tag or self.number:>2} " if self.number else ""
        room = self.size.width - len(number) - len(used) - 1
        label = self.question.label.upper()
        yield Part(number, "cursor" if self.tag else "quiet")
        yield Part(fit(label, min(cells(label), room)), "label")
        yield Part(fit(f"  {self.question.hint}", max(0, room - cells(label))), "quiet")
        yield Part(f" {used}", "quiet")

    def answer_parts(self, width: int) -> Iterable[Part]:
        """Nothing on the label's line: the words have lines of their own."""
        return ()

    # Typing

    def taken(self, words: str, replaced: str) -> str | None:
        """What is put in for typed or pasted words; None, with a sentence, where there is no room for them."""
        label, most = self.question.label, self.question.most
        try:
            kept = clean(words, limit=most, one_line=False, label=label)
        except TooLong as too_long:
            self.refuse(too_long.sentence)
            return None
        length = self._length - len(replaced) + len(kept)
        if length <= most:
            return kept
        typed = len(words) == 1
        self.refuse(f"{label} must be {most:,} characters or less" if typed else TooLong(most, length, label).sentence)
        return None

    def time_words(self) -> str:
        """The time as it is put into notes; nothing where the box has no clock."""
        return f"[{self.clock()}] " if self.clock else ""

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self._length = len(self.area.text)
        self.error = ""
        self.edited()


_BELOW_LABEL = _BelowLabel()
