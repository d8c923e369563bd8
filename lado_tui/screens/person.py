"""Heard before? The answer first, then who is compared with whom, then every record there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from textual import on
from textual.app import ComposeResult

from db.actions.linking import take_back_decision
from db.errors import DeskError
from db.heard_before.search import Born
from db.queries.history import AskedAbout, Entry, PersonHistory, history_summary, person_history
from db.queries.known import KnownRecord
from lado_tui import clipboard
from lado_tui.screens.place import Place
from lado_tui.widgets.compare_table import CompareTable
from lado_tui.widgets.notice import Notice, Told
from lado_tui.widgets.record_list import Column, FewRows, RecordList
from lado_tui.widgets.rule import Rule

NOW = "NOW"
_GROUPS = {True: "THE PERSON IN VIEW", None: "MAY BE THE SAME PERSON: NOBODY HAS DECIDED", False: "SOMEBODY ELSE"}


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One record in the list, with the entry it belongs to."""

    key: tuple[str, int]
    letter: str
    group: str
    record: KnownRecord


COLUMNS = (
    Column("", 3, lambda row: row.letter),
    Column("WHEN", 8, lambda row: f"{row.record.received_on:%b %Y}"),
    Column("REF", 8, lambda row: row.record.ref),
    Column("KIND", 16, lambda row: row.record.what.lower()),
    Column("CONCERN", 0, lambda row: row.record.concern or "-"),
    Column("OUTCOME", 16, lambda row: row.record.state),
    Column("BY", 3, lambda row: row.record.owner or "-"),
)


class PersonScreen(Place[None]):
    """The history of the person a record is about, of an adult, or of a name that is only typed so far."""

    NAME = "person"
    HELP = (
        "Whether this name was heard before. Entries that officers linked count as one person; entries of a like name "
        "are compared and never counted as a yes. L says the entry under the cursor is the same person, X that it is "
        "somebody else; entries are linked, never merged, and B takes it back."
    )

    def __init__(
        self,
        *,
        kind: Literal["case", "enquiry"] | None = None,
        record_id: int | None = None,
        adult_id: int | None = None,
        name: str = "",
        born: Born = None,
        setting_id: int | None = None,
        why: str = "",
    ) -> None:
        """Ask about somebody.

        Args:
            kind, record_id: a case or an enquiry, whose adult it is.
            adult_id: an adult on record.
            name, born, setting_id: a name typed and not saved yet, with what else is known.
            why: the reason of the search it was opened from.
        """
        super().__init__()
        self.asked = AskedAbout(kind, record_id, adult_id, name, born, setting_id)
        self.why = why
        self.history: PersonHistory | None = None
        self.reasons: dict[str, dict[str, str]] = {}
        """Reasons typed and not kept, by entry, for when the officer comes back to them."""
        self.answer = Notice(most=3)
        self.compare = CompareTable()
        self.table = RecordList(COLUMNS, empty="No record under this name.", group_of=lambda row: str(row.group))
        self.rule, self.notes = Rule(), Notice(most=4)

    def body(self) -> ComposeResult:
        """Answer, comparison, records, what the words mean."""
        yield self.answer
        yield self.compare
        yield self.table
        yield self.rule
        yield self.notes

    # Asking and painting

    def on_place_shown(self) -> None:
        """Ask once; what is linked here is asked for again when it is done."""
        self.table.focus()
        if self.history is None:
            self.start(self.load())

    async def load(self) -> None:
        """Ask for the history and show it."""
        history = self.history = await self.desk.ask(person_history, self.asked, self.why)
        self.set_where(f"Heard before? | {history.entries[0].ref}".rstrip(" |"))
        ink = "ask" if history.answer.startswith(("YES", "PERHAPS")) else "strong"
        self.answer.say(Told("ANSWER", history.answer, ink))
        self.compare.show(history.entries)
        self.table.show(FewRows(list(self.rows(history))), keep=True)
        self.notes.say(*_notes(history))
        self.rule.display = bool(self.notes.told)

    def tell(self, error: DeskError) -> None:
        """Where there is no history to show, say why in its place."""
        if self.history is not None:
            super().tell(error)
            return
        self.compare.display = self.table.display = self.rule.display = False
        self.answer.say(Told("", f"{error.title}. {error.sentence.rstrip('.')}.", "ask"))

    def rows(self, history: PersonHistory) -> Iterator[HistoryRow]:
        """The records as rows, under a heading for each group."""
        entries = {entry.letter: entry for entry in history.entries}
        for letter, record in history.records:
            entry = entries[letter]
            same = True if letter == NOW else entry.same
            yield HistoryRow((record.kind, record.id), letter, _GROUPS[same], record)

    @on(RecordList.Moved)
    def mark_entry(self, event: RecordList.Moved) -> None:
        """The entry of the record under the cursor is marked in the comparison."""
        self.compare.mark(event.row.letter if event.row else "")

    @on(RecordList.Opened)
    def open_record(self, event: RecordList.Opened) -> None:
        """Open the record under the cursor."""
        record = event.row.record
        self.app.open_place(record.kind, **{f"{record.kind}_id": record.id})

    # Doing

    @property
    def other(self) -> Entry | None:
        """The entry under the cursor, if it is another than the one in view; otherwise the officer is told."""
        row = self.table.row
        if self.history is None or row is None or row.letter == NOW:
            self.say("Put the cursor on a record of another entry: A, B, C ...")
            return None
        if self.history.adult_id is None:
            self.say("This name is not saved yet. Save it first, then say who it is.")
            return None
        return next(entry for entry in self.history.entries if entry.letter == row.letter)

    async def do_link_same(self) -> None:
        """Say that it is the same person."""
        await self.decide(same=True)

    async def do_link_not_same(self) -> None:
        """Say that it is somebody else."""
        await self.decide(same=False)

    async def decide(self, *, same: bool) -> None:
        """Go to the page that shows what will be kept; come back to the new answer."""
        other, history = self.other, self.history
        if other is None or history is None:
            return
        answers = self.reasons.setdefault(other.letter, {})
        if await self.app.ask_in("link", now=history.entries[0], other=other, same=same, answers=answers):
            self.reasons.clear()
            await self.load()
            self.say(f"Saved {self.desk.now:%H:%M}. B takes it back.")

    async def do_take_back_link(self) -> None:
        """Take back what was decided of the entry under the cursor."""
        other = self.other
        if other is None or other.adult_id is None:
            return
        if other.decided_with is None:
            self.say("Nothing has been decided about this entry.")
            return
        words = [f"What was said of entry {other.letter} ends: {other.decided}.", "It stays in the audit trail."]
        if await self.app.ask_in("confirm", title="Take it back?", words=words, yes="Take back"):
            await self.desk.do(take_back_decision, other.adult_id, other.decided_with)
            await self.load()
            self.say("Taken back. Nobody has decided about this entry.")

    def do_heard_before(self) -> None:
        """This is the page itself."""
        self.say("This is the history. Enter opens the record under the cursor.")

    def do_setting_page(self) -> None:
        """The page of the setting in view."""
        if self.history is not None and self.history.setting is not None:
            self.app.open_place("setting", setting_id=self.history.setting.setting_id)
        else:
            self.say("No setting is recorded.")

    async def do_copy_summary(self) -> None:
        """Copy the answer and the list; the audit trail keeps that it was copied."""
        words = await self.desk.ask(history_summary, self.asked)
        clipboard.lend(self.app, words)
        self.say("Copied, to paste into a message. It is cleared after 30 seconds.")


def _notes(history: PersonHistory) -> Iterator[Told]:
    for word, meaning in history.meanings:
        yield Told(f"{word.capitalize()}:", meaning)
    if history.setting is not None:
        yield Told("At this setting:", f"{history.setting.words}. S opens it.")
