"""A line of text being typed: cursor, selection, words, undo. Knows nothing of the screen.

Every change keeps the text at or under its limit, and every change can be undone (Ctrl+Z) and done again
(Ctrl+Y). Letters typed one after another are undone together, a paste or a deletion by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_WORD = re.compile(r"\w+\s*|[^\w\s]+\s*|\s+")


@dataclass(slots=True)
class LineEditor:
    """One line of text with a cursor.

    Attributes:
        limit: most characters it holds.
        text: what is typed so far.
        cursor: characters to the left of the cursor.
        anchor: where a selection began; equal to `cursor` when nothing is selected.
    """

    limit: int
    text: str = ""
    cursor: int = 0
    anchor: int = 0
    _before: list[tuple[str, int]] = field(default_factory=list)
    _after: list[tuple[str, int]] = field(default_factory=list)
    _typing: bool = False

    @property
    def selection(self) -> tuple[int, int]:
        """Start and end of what is selected, in order; both the cursor where nothing is."""
        return (self.anchor, self.cursor) if self.anchor <= self.cursor else (self.cursor, self.anchor)

    @property
    def selected(self) -> str:
        """The words selected."""
        start, end = self.selection
        return self.text[start:end]

    def put(self, words: str, *, typed: bool = False) -> bool:
        """Put words in place of the selection, or at the cursor. False, and no change, where they do not fit."""
        start, end = self.selection
        if len(self.text) - (end - start) + len(words) > self.limit:
            return False
        self._remember(joined=typed and start == end)
        self.text = self.text[:start] + words + self.text[end:]
        self.cursor = self.anchor = start + len(words)
        self._typing = typed
        return True

    def set_text(self, text: str) -> None:
        """Begin afresh with this text; what went before cannot be undone."""
        self.text = text[: self.limit]
        self.cursor = self.anchor = len(self.text)
        self._before.clear()
        self._after.clear()

    def delete_left(self, *, word: bool = False) -> bool:
        """Take away the selection, or the letter or word before the cursor."""
        return self._delete(self._word_left() if word else self.cursor - 1, self.cursor)

    def delete_right(self, *, word: bool = False) -> bool:
        """Take away the selection, or the letter or word after the cursor."""
        return self._delete(self.cursor, self._word_right() if word else self.cursor + 1)

    def delete_to_start(self) -> bool:
        """Take away all before the cursor, or the selection."""
        return self._delete(0, self.cursor)

    def delete_to_end(self) -> bool:
        """Take away all after the cursor, or the selection."""
        return self._delete(self.cursor, len(self.text))

    def move(self, to: int, *, select: bool = False) -> None:
        """Put the cursor after `to` characters, stretching the selection if asked."""
        self.cursor = max(0, min(to, len(self.text)))
        if not select:
            self.anchor = self.cursor
        self._typing = False

    def left(self, *, word: bool = False, select: bool = False) -> None:
        """One letter or word to the left; from a selection, to its start."""
        if self.anchor != self.cursor and not select and not word:
            return self.move(self.selection[0])
        return self.move(self._word_left() if word else self.cursor - 1, select=select)

    def right(self, *, word: bool = False, select: bool = False) -> None:
        """One letter or word to the right; from a selection, to its end."""
        if self.anchor != self.cursor and not select and not word:
            return self.move(self.selection[1])
        return self.move(self._word_right() if word else self.cursor + 1, select=select)

    def select_all(self) -> None:
        """Select the whole line."""
        self.anchor, self.cursor = 0, len(self.text)

    def undo(self) -> bool:
        """Take back the last change. False where there is none."""
        return self._swap(self._before, self._after)

    def redo(self) -> bool:
        """Do again what was taken back. False where there is nothing."""
        return self._swap(self._after, self._before)

    def _swap(self, source: list[tuple[str, int]], other: list[tuple[str, int]]) -> bool:
        if not source:
            return False
        other.append((self.text, self.cursor))
        self.text, self.cursor = source.pop()
        self.anchor = self.cursor
        self._typing = False
        return True

    def _remember(self, *, joined: bool = False) -> None:
        if not (joined and self._typing):
            self._before.append((self.text, self.cursor))
        self._after.clear()

    def _delete(self, start: int, end: int) -> bool:
        if self.anchor != self.cursor:
            start, end = self.selection
        start, end = max(0, start), min(end, len(self.text))
        if start >= end:
            return False
        self._remember()
        self.text = self.text[:start] + self.text[end:]
        self.cursor = self.anchor = start
        self._typing = False
        return True

    def _word_left(self) -> int:
        starts = [found.start() for found in _WORD.finditer(self.text) if found.start() < self.cursor]
        return starts[-1] if starts else 0

    def _word_right(self) -> int:
        return next((found.end() for found in _WORD.finditer(self.text) if found.end() > self.cursor), len(self.text))
