"""A date, typed in one go as people write it; what was understood stands beside it.

Nothing jumps from part to part. "14 3 1985", "14/3/1985", "14 mar 85", "2026-03-12" and, for follow-ups, "+1d"
(working days) are read by the rules of the record, not here: the field is given `echo`, which says what was
understood ("Fri 13 Mar 2026 (working day)") or "" where nothing was.
"""

from lado_tui.widgets.line_input import LineInput


class DateField(LineInput):
    """A typed date with what was understood beside it."""

    HELP = "Type the date: 14 3 1985, 14 mar 85 or 2026-03-12. For a follow-up also +1d, +5d or +1m. ? is not known."
