"""What a number counts: the very cases, enquiries or entries behind it. Nobody is named."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult

from db.queries.figures import CountedHead, CountedKey, CountedRow, cases_counted, counted_head
from db.reports.panel import Asked
from lado_tui.screens.place import Place
from lado_tui.screens.stats_words import day_words
from lado_tui.widgets.drawn import Part, Words
from lado_tui.widgets.record_list import Column, KeysetRows, RecordList
from lado_tui.widgets.row_window import Direction

COLUMNS = (
    Column("DATE", 11, lambda row: day_words(row.on)),
    Column("REF", 9, lambda row: row.ref or "-"),
    Column("WHAT IT IS", 0, lambda row: ", ".join(row.words) or "-"),
    Column("CLOSED", 11, lambda row: day_words(row.closed_on) if row.closed_on else ("open" if row.ref else "")),
)


class CountedScreen(Place[None]):
    """The rows behind one number."""

    NAME = "counted"
    HELP = (
        "Exactly what the number counts, newest first. Restricted records are counted and not listed; the line above "
        "says how many. Enter opens a case or an enquiry."
    )

    def __init__(self, asked: Asked) -> None:
        """List what a number counts.

        Args:
            asked: the number.
        """
        super().__init__()
        self.asked = asked
        self.head = Words("", "", "")
        self.table = RecordList(COLUMNS, empty="Nothing is counted here.")
        self.told: CountedHead | None = None

    def body(self) -> ComposeResult:
        """What is counted, then the rows."""
        yield self.head
        yield self.table

    def on_place_shown(self) -> None:
        """Count and list afresh: what was opened from here may have changed."""
        self.table.focus()
        self.table.show(KeysetRows(self.page, self.count), keep=self.told is not None)

    async def page(self, after: CountedKey | None, direction: Direction, count: int) -> Sequence[CountedRow]:
        """Rows for the table."""
        return await self.desk.ask(cases_counted, self.asked, after, count, backwards=direction == "up")

    async def count(self) -> int:
        """How many are listed; the line above says how many are counted."""
        told = self.told = await self.desk.ask(counted_head, self.asked)
        span = self.asked.span
        days = (
            day_words(span.first) if span.first == span.last else f"{day_words(span.first)} to {day_words(span.last)}"
        )
        hidden = f" and {told.hidden:,} restricted" if told.hidden else ""
        self.head.say(
            [Part(f" {told.title}: "), Part(f"{told.number - told.hidden:,}{hidden}", "strong")],
            Part(f" {days}", "quiet"),
            Part(f" {told.counts}", "quiet"),
        )
        self.set_where("Stats | what is counted")
        return told.number - told.hidden

    @on(RecordList.Opened)
    def open_record(self, event: RecordList.Opened) -> None:
        """Open the case or enquiry under the cursor."""
        row = event.row
        if row.kind:
            self.app.open_place(row.kind, **{f"{row.kind}_id": row.record})
        else:
            self.app.say("This entry has no record of its own to open.")
