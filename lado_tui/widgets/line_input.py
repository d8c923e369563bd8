"""A one-line answer: a name, a number, an organisation.

Takes at most the question's limit. A paste of several lines is joined with spaces; one that is too large is
refused whole, at once, with a sentence saying how large it was. Markup is never read. Ctrl+Z and Ctrl+Y undo
and redo typing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.events import Click, Focus, Key, Paste
from textual.geometry import Offset

from db.text import TooLong, clean, visible
from lado_tui.show import masked_text, names_hidden
from lado_tui.widgets.drawn import Part, cells, fit
from lado_tui.widgets.field import Field
from lado_tui.widgets.line_editor import LineEditor

if TYPE_CHECKING:
    from db.forms.question import Question

_LEAST_ASIDE = 8
"""Cells in which the beginning of what was understood still says something."""


class LineInput(Field):
    """A field with one line of typed text."""

    HELP = (
        "Type the answer. Enter goes to the next field, Tab skips, Shift+Tab goes back. "
        "Ctrl+Z undoes typing. Ctrl+left and Ctrl+right move by a word."
    )

    takes_typing: ClassVar[bool] = True

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "left", show=False),
        Binding("right", "right", show=False),
        Binding("ctrl+left", "left(True)", show=False),
        Binding("ctrl+right", "right(True)", show=False),
        Binding("shift+left", "left(False, True)", show=False),
        Binding("shift+right", "right(False, True)", show=False),
        Binding("ctrl+shift+left", "left(True, True)", show=False),
        Binding("ctrl+shift+right", "right(True, True)", show=False),
        Binding("home,ctrl+a", "home", show=False),
        Binding("end,ctrl+e", "end", show=False),
        Binding("shift+home", "home(True)", show=False),
        Binding("shift+end", "end(True)", show=False),
        Binding("backspace", "change('delete_left')", show=False),
        Binding("delete,ctrl+d", "change('delete_right')", show=False),
        Binding("ctrl+backspace", "word_left", show=False),
        Binding("ctrl+delete", "word_right", show=False),
        Binding("ctrl+u", "change('delete_to_start')", show=False),
        Binding("ctrl+k", "change('delete_to_end')", show=False),
        Binding("ctrl+z", "change('undo')", show=False),
        Binding("ctrl+y", "change('redo')", show=False),
        Binding("ctrl+x", "cut", show=False),
        Binding("ctrl+c,super+c", "copy", show=False),
        Binding("ctrl+v", "paste_kept", show=False),
    ]

    def __init__(self, question: Question, *, secret: bool = False, echo: Callable[[str], str] | None = None) -> None:
        """Make a one-line field.

        Args:
            question: what is asked.
            secret: draw a mark for each letter, as for a password, and copy nothing.
            echo: what was understood by an answer, shown after it ("Fri 13 Mar 2026 (working day)").
        """
        super().__init__(question)
        self.editor = LineEditor(limit=question.most)
        self.secret = secret
        self.echo = echo
        self._scroll = 0

    @property
    def value(self) -> str:
        """The text as typed."""
        return self.editor.text

    @value.setter
    def value(self, value: str) -> None:
        self.editor.set_text(visible(value, one_line=True))
        self._scroll = 0
        self.refresh()

    # Drawing

    def answer_parts(self, width: int) -> Iterable[Part]:
        """The text with its cursor, then what was understood, or the hint while it is empty."""
        text = self._drawn_text()
        aside = self.aside()
        room = max(1, width - (cells(aside) + 2 if aside and cells(text) + cells(aside) + 3 <= width else 0))
        window = self._window(text, room)
        used = 0
        for part in window:
            used += cells(part.words)
            yield part
        left = width - used - 2
        if aside and left >= min(cells(aside), _LEAST_ASIDE):
            yield Part("  ")
            yield Part(fit(aside, min(cells(aside), left)), "quiet")

    def aside(self) -> str:
        """The words after the answer: what was understood by it, or the hint while there is none."""
        if not self.value:
            return self.question.hint
        return visible(self.echo(self.value), one_line=True) if self.echo else ""

    def _drawn_text(self) -> str:
        if self.secret:
            return "•" * len(self.editor.text)
        text = visible(self.editor.text, one_line=True)
        return masked_text(text) if names_hidden() else text

    def _window(self, text: str, room: int) -> Iterable[Part]:
        """The part of the text that fits, moved along so that the cursor is in it."""
        if not self.has_focus:
            self._scroll = 0
            yield Part(_cut(text, 0, room))
            return
        self._scroll = _scrolled(text, self.editor.cursor, self._scroll, room)
        start, end = self.editor.selection
        shown = _cut(text, self._scroll, room - 1)
        last = self._scroll + len(shown)
        cursor = self.editor.cursor
        for index in _edges(self._scroll, last, start, end, cursor):
            piece = text[index[0] : index[1]]
            ink = "caret" if index[0] == cursor else "chosen" if start <= index[0] < end else "strong"
            yield Part(piece, ink)
        if cursor >= last:
            yield Part(" ", "caret")

    def place_cursor(self) -> None:
        """Tell the terminal where typing happens, for screen readers and input methods."""
        x, y, _, _ = self.content_region
        before = cells(self._drawn_text()[self._scroll : self.editor.cursor])
        self.app.cursor_position = Offset(x + self.label_width + before, y)

    # Typing

    def on_focus(self, event: Focus) -> None:
        """The cursor comes into the field."""
        self.come_in()
        self.call_after_refresh(self.place_cursor)

    def come_in(self) -> None:
        """Stand at the end of what is there."""
        self.editor.move(len(self.editor.text))

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Letters are typed here, not taken as commands."""
        return character is not None and character.isprintable()

    def on_key(self, event: Key) -> None:
        """A letter typed."""
        if event.is_printable and event.character is not None:
            event.stop()
            event.prevent_default()
            self.type_letter(event.character)

    def type_letter(self, letter: str) -> None:
        """Put one typed letter in, if there is room."""
        if self.editor.put(visible(letter), typed=True):
            self.changed()
        else:
            self.refuse(f"{self.question.label} must be {self.editor.limit:,} characters or less")

    def on_paste(self, event: Paste) -> None:
        """Text pasted: joined into one line, refused whole where it is too large."""
        event.stop()
        event.prevent_default()
        self.take_paste(event.text)

    def take_paste(self, text: str) -> None:
        """Put pasted text in, or say why not and change nothing."""
        try:
            words = clean(text, limit=self.editor.limit, label=self.question.label)
        except TooLong as too_long:
            self.refuse(too_long.sentence)
            return
        if self.editor.put(words):
            self.changed()
        else:
            self.refuse(TooLong(self.editor.limit, len(self.value) + len(words), self.question.label).sentence)

    def changed(self) -> None:
        """The text was changed by the officer: what was wrong with it may be right now."""
        self.error = ""
        self.place_cursor()
        self.edited()

    def moved(self) -> None:
        """The cursor moved."""
        self.place_cursor()
        self.refresh()

    def on_click(self, event: Click) -> None:
        """Put the cursor where the mouse is."""
        text = self._drawn_text()
        wanted = event.x - self.label_width
        at = next((i for i in range(len(text)) if cells(text[self._scroll : i + 1]) > wanted), len(text))
        self.editor.move(at)
        self.moved()

    def action_left(self, word: bool = False, select: bool = False) -> None:
        """Move left."""
        self.editor.left(word=word, select=select)
        self.moved()

    def action_right(self, word: bool = False, select: bool = False) -> None:
        """Move right."""
        self.editor.right(word=word, select=select)
        self.moved()

    def action_home(self, select: bool = False) -> None:
        """Move to the start."""
        self.editor.move(0, select=select)
        self.moved()

    def action_end(self, select: bool = False) -> None:
        """Move to the end."""
        self.editor.move(len(self.editor.text), select=select)
        self.moved()

    def action_change(self, what: str) -> None:
        """Delete, undo or redo."""
        if getattr(self.editor, what)():
            self.changed()

    def action_word_left(self) -> None:
        """Delete the word before the cursor."""
        if self.editor.delete_left(word=True):
            self.changed()

    def action_word_right(self) -> None:
        """Delete the word after the cursor."""
        if self.editor.delete_right(word=True):
            self.changed()

    def action_copy(self) -> None:
        """Copy what is selected; with nothing selected, leave the key to whoever explains it."""
        if self.secret or not self.editor.selected:
            raise SkipAction
        self.app.copy_to_clipboard(self.editor.selected)

    def action_cut(self) -> None:
        """Copy what is selected and take it away."""
        if not self.secret and self.editor.selected:
            self.app.copy_to_clipboard(self.editor.selected)
            self.action_change("delete_left")

    def action_paste_kept(self) -> None:
        """Paste what was copied inside the program."""
        if self.app.clipboard:
            self.take_paste(self.app.clipboard)


def _cut(text: str, start: int, room: int) -> str:
    """As much of the text from `start` as fits in `room` cells."""
    piece = text[start : start + room]
    while cells(piece) > room:
        piece = piece[:-1]
    return piece


def _scrolled(text: str, cursor: int, scroll: int, room: int) -> int:
    """Where the drawn part must begin for the cursor to be in it."""
    scroll = min(scroll, cursor)
    while cells(text[scroll:cursor]) >= room:
        scroll += 1
    return scroll


def _edges(first: int, last: int, start: int, end: int, cursor: int) -> list[tuple[int, int]]:
    """The pieces between `first` and `last` that differ in look: selected, under the cursor, or neither."""
    marks = sorted({first, last, *(m for m in (start, end, cursor, cursor + 1) if first < m < last)})
    return list(pairwise(marks))
