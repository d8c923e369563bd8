"""What happened in a case, newest first: when, who, what kind, and the words. As long as it likes; one line each.

    timeline = Timeline()
    timeline.show(KeysetRows(page, count))      # rows with `key`, `when`, `who`, `kind`, `words`

`when` is words already ("12 Mar 09:50"). `@on(RecordList.Opened)` opens the entry under the cursor.
"""

from __future__ import annotations

from collections.abc import Callable

from lado_tui.widgets.record_list import Column, RecordList
from lado_tui.widgets.row_window import Row


class Timeline(RecordList):
    """A list of dated lines."""

    HELP = "Newest first. Enter opens an entry, / filters. Corrected entries are kept and marked (+)."

    def __init__(
        self, *, empty: str = "Nothing has been noted yet.", group_of: Callable[[Row], str] | None = None
    ) -> None:
        """Make a timeline.

        Args:
            empty: what to say where there is nothing.
            group_of: the heading an entry stands under, such as its month.
        """
        super().__init__(
            (
                Column("WHEN", 12, lambda entry: entry.when),
                Column("WHO", 5, lambda entry: entry.who),
                Column("KIND", 10, lambda entry: entry.kind),
                Column("", 0, lambda entry: entry.words),
            ),
            empty=empty,
            group_of=group_of,
            numbered=False,
            headed=False,
        )
