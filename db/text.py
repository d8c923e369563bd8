"""The one door by which words come in.

Whatever an officer types or pastes is kept letter for letter, except for characters nobody can see: those that
move the cursor, turn the reading direction round, hide between letters or pile up on one letter. Each of those
becomes a visible mark, when the words come in and again when they are drawn, and none is dropped without a trace.
"""

import re
import unicodedata

NAME_LIMIT = 200
"""Longest name, role, organisation or other one-line answer, in characters."""

TEXT_LIMIT = 20_000
"""Longest note, reason or account, in characters."""

MARK = "\N{REPLACEMENT CHARACTER}"
"""Stands for a hidden character that has no picture of its own."""

STACK_LIMIT = 4
"""Accents one letter may carry; no living language needs more, and tall piles spill over the lines above."""

_CONTROL_PICTURES = 0x2400
_DELETE = 0x7F
_DELETE_PICTURE = "\N{SYMBOL FOR DELETE}"

_HIDDEN = re.compile(
    "["
    "\x00-\x09\x0b-\x1f\x7f-\x9f"  # control characters, the newline apart
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # reading direction
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d"  # zero width
    "\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"
    "\u2028\u2029"  # line and paragraph separators
    "\ud800-\udfff\ufffe\uffff"  # not characters at all: they cannot be stored
    "]"
)
_LINE_END = re.compile("\r\n|\r")
_MAYBE_A_STACK = re.compile(rf"[^\w\s\x00-\x7f]{{{STACK_LIMIT + 1},}}")


class TooLong(ValueError):
    """More was typed or pasted than the field holds; nothing of it was taken.

    Attributes:
        limit: characters the field holds.
        length: characters that were offered.
        sentence: what to tell the officer.
    """

    def __init__(self, limit: int, length: int, label: str = "") -> None:
        self.limit = limit
        self.length = length
        self.sentence = (
            f"{label or 'This'} must be {limit:,} characters or less. You pasted {length:,}. Nothing was added"
        )
        super().__init__(self.sentence)


def clean(text: str, *, limit: int, one_line: bool = True, label: str = "") -> str:
    """Words as they will be kept: accents composed, hidden characters marked, lines joined where one is wanted.

    Args:
        text: what was typed, pasted or imported.
        limit: most characters the field holds (`NAME_LIMIT` or `TEXT_LIMIT`).
        one_line: join several lines with spaces; otherwise their line ends are kept as newlines.
        label: the field's label, for the sentence.

    Raises:
        TooLong: the text is longer than the limit. This is found before any other work is done.
    """
    _refuse_if_over(limit, text, label)
    if _plain(text):
        return text
    lines = _LINE_END.sub("\n", text)
    if one_line:
        lines = " ".join(line for line in lines.split("\n") if line)
    # Piles are capped before composing, because composing a long pile takes time that grows with its square.
    kept = visible(unicodedata.normalize("NFC", visible(lines)))
    _refuse_if_over(limit, kept, label)
    return kept


def visible(text: str, *, one_line: bool = False) -> str:
    """Words as they may be drawn: every hidden character, and every accent too many, shown as a mark.

    Args:
        text: words from the record, which may have come in by another door.
        one_line: also show newlines as marks, for a cell, a title or a message.
    """
    if _plain(text):
        return text
    marked = _MAYBE_A_STACK.sub(_cap, _HIDDEN.sub(_picture, text))
    return marked.replace("\n", chr(_CONTROL_PICTURES + ord("\n"))) if one_line else marked


def _plain(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _refuse_if_over(limit: int, text: str, label: str) -> None:
    if len(text) > limit:
        raise TooLong(limit, len(text), label)


def _picture(hidden: re.Match[str]) -> str:
    code = ord(hidden.group())
    if code < ord(" "):
        return chr(_CONTROL_PICTURES + code)
    return _DELETE_PICTURE if code == _DELETE else MARK


def _cap(run: re.Match[str]) -> str:
    kept: list[str] = []
    height = 0
    for character in run.group():
        height = height + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if height <= STACK_LIMIT:
            kept.append(character)
        elif height == STACK_LIMIT + 1:
            kept.append(MARK)
    return "".join(kept)
