"""A date, typed in one go as people write it; what was understood stands beside it.

Nothing jumps from part to part. "14 3 1985", "14/3/1985", "14 mar 85", "2026-03-12" and, for follow-ups, "+1d"
(working days) are read by the rules of the record, not here: the field is given `echo`, which says what was
understood ("Fri 13 Mar 2026 (working day)") or "" where nothing was.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lado_tui.widgets.line_input import LineInput

if TYPE_CHECKING:
    from db.forms.question import Question


class DateField(LineInput):
    """A typed date with what was understood beside it."""

    HELP = "Type the date: 14 3 1985, 14 mar 85 or 2026-03-12. For a follow-up also +1d, +5d or +1m. ? is not known."

    def __init__(self, question: Question, *, echo: Callable[[str], str], moves_on: bool = False) -> None:
        """Make a date field.

        Args:
            question: what is asked.
            echo: what was understood by an answer.
            moves_on: whether `?` (not known) alone also goes on to the next field.
        """
        super().__init__(question, echo=echo)
        self.moves_on = moves_on

    def type_letter(self, letter: str) -> None:
        """A letter; `?` alone is a whole answer."""
        super().type_letter(letter)
        if self.moves_on and self.value == "?":
            self.action_done()
