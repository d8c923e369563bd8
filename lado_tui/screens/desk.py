"""Home: the work list, the duty line, and what the row under the cursor is about."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Resize

from db.permissions import Permission
from db.queries.duty import duty_now
from db.queries.preview import RowPreview, row_preview
from db.queries.this_week import Caseload, caseloads, my_caseload, past_limits, week_so_far
from db.queries.worklist import Section, WorkKey, WorkRow, late_and_due, section_counts, worklist
from db.vocabulary import OfficerRole
from lado_tui.desk_line import Overtaken
from lado_tui.screens.desk_words import DRAFT_COLUMNS, draft_line, duty_line, preview_lines, preview_panel, work_columns
from lado_tui.screens.place import Place
from lado_tui.widgets.drawn import Words
from lado_tui.widgets.record_list import FewRows, KeysetRows, RecordList
from lado_tui.widgets.room_figures import LoadLine, RoomFigures, WeekLine
from lado_tui.widgets.rule import Rule
from lado_tui.widgets.section_tabs import SectionTabs, Tab
from lado_tui.widgets.side_panel import SidePanel

if TYPE_CHECKING:
    from db.drafts import Draft
    from lado_tui.widgets.row_window import Direction

DRAFTS = "drafts"

WIDE_FROM = 120
"""Columns from which the setting, the side panel and the figures are shown."""

TITLES: Mapping[str, str] = {
    Section.MINE: "Mine",
    Section.DUTY: "Duty",
    Section.TEAM: "Team",
    Section.NOT_ALLOCATED: "Not allocated",
    Section.TO_MOVE: "To move",
    DRAFTS: "Drafts",
}
"""The lists in the order in which Left and Right go through them."""

EMPTY: Mapping[str, str] = {
    Section.MINE: "Nothing of yours is open. Right shows the duty list.",
    Section.DUTY: "Nothing waits on the duty list. Press N to log an enquiry.",
    Section.TEAM: "No open work yet. Press N to log an enquiry.",
    Section.NOT_ALLOCATED: "Every open case has an officer.",
    Section.TO_MOVE: "No absent officer holds open work.",
    DRAFTS: "No drafts. What you type in a form is kept here until it is saved.",
}

FIRST: Mapping[str, Section] = {
    OfficerRole.LADO: Section.MINE,
    OfficerRole.MANAGER: Section.TEAM,
    OfficerRole.AUDITOR: Section.TEAM,
}
"""Where each role begins; the others, whose work the duty line is, begin there."""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft as a row of its list."""

    key: str
    draft: Draft
    restricted: bool = False


class DeskScreen(Place[None]):
    """The home of the officer at the desk."""

    NAME = "desk"
    HELP = (
        "What is to be done, the latest first: late, due today, new, waiting. Left and Right change the list; "
        "Enter or the row's number opens it. A restricted record shows its reference and nothing else."
    )

    CSS = "DeskScreen.-wide .below { display: none; }"

    def __init__(self) -> None:
        super().__init__()
        self.section = ""
        self.counts: Mapping[Section, str] = {}
        self.drafts: Sequence[Draft] = ()
        self.late = ""
        self.banner = Words("")
        self.tabs = SectionTabs()
        self.table = RecordList(DRAFT_COLUMNS)
        self.panel = SidePanel()
        self.figures = RoomFigures()
        self.panel.styles.width = 32
        self.preview = Words("", "", classes="below")
        self.draft_words = Words()

    def body(self) -> ComposeResult:
        """Duty line, lists, figures, the row in a few words, drafts."""
        yield self.banner
        yield self.tabs
        with Horizontal():
            yield self.table
            yield self.panel
        yield self.figures
        yield Rule(classes="below")
        yield self.preview
        yield self.draft_words

    # Asking

    def on_place_shown(self) -> None:
        """Ask for everything again: whoever comes back here may have changed it."""
        self.show_list(self.section or FIRST.get(self.desk.officer.role, Section.DUTY), keep=bool(self.section))
        self.table.focus()
        self.start(self.ask_duty(), group="duty", alone=True)
        self.start(self.ask_drafts(), group="drafts", alone=True)
        self.start(self.ask_figures(), group="figures", alone=True)

    def show_list(self, section: str, *, keep: bool = False) -> None:
        """Show one of the lists; ``keep`` leaves the cursor on its row."""
        self.section = section
        self.table.empty = EMPTY[section]
        self.set_columns()
        if section == DRAFTS:
            rows = [DraftRow(draft.id, draft) for draft in self.drafts]
            self.table.show(FewRows(rows), keep=keep)
            self.start(self.ask_counts(), group="counts", alone=True)
        else:
            source = KeysetRows(partial(self.page, Section(section)), partial(self.count, Section(section)))
            self.table.show(source, keep=keep)
        self.paint_tabs()

    async def page(
        self, section: Section, after: WorkKey | None, direction: Direction, count: int
    ) -> Sequence[WorkRow]:
        """Rows of a list, for the table."""
        return await self.desk.ask(worklist, section, after, count, backwards=direction == "up")

    async def count(self, section: Section) -> int:
        """How many rows a list has; the counts of all lists are painted on the way."""
        await self.ask_counts()
        return int(self.counts[section].rstrip("+").replace(",", ""))

    async def ask_counts(self) -> None:
        """Count every list, and what is late and due in the one in view."""
        found = await self.desk.ask(section_counts)
        self.counts = {section: count.words for section, count in found.items()}
        late, today = await self.desk.ask(
            late_and_due, Section.TEAM if self.section == DRAFTS else Section(self.section)
        )
        self.late = f"{late.words} late, {today.words} due today" if self.section != DRAFTS else ""
        self.paint_tabs()

    async def ask_duty(self) -> None:
        """Who is on duty, who is away, what callers meet."""
        self.banner.say(duty_line(await self.desk.ask(duty_now), self.desk.now, self.app.size.width))

    async def ask_drafts(self) -> None:
        """What this officer has typed and not saved."""
        found = await asyncio.to_thread(self.desk.drafts.found)
        self.drafts = found.drafts
        self.draft_words.say(*draft_line(found, self.desk.now))
        if self.section == DRAFTS:
            self.show_list(DRAFTS, keep=True)
        self.paint_tabs()

    async def ask_figures(self) -> None:
        """The week, the open cases and the clocks, where there is room for them and the role may read them."""
        if self.app.size.width < WIDE_FROM:
            return
        mine = self.desk.officer.role is not OfficerRole.MANAGER
        week = await self.desk.ask(week_so_far) if self.app.may(Permission.READ_FIGURES) else ()
        loads = await self.ask_loads()
        late, today = await self.desk.ask(late_and_due, Section.MINE if mine else Section.TEAM)
        three, twelve = await self.desk.ask(past_limits, mine=mine)
        self.figures.say(
            [WeekLine(*line) for line in week],
            [LoadLine(load.initials, load.cases.number, load.mark, load.note) for load in loads],
            [
                ("Late now", late.words),
                ("Due today", today.words),
                ("Past 3 months", three.words),
                ("Past 12 months", twelve.words),
            ],
            whose="mine" if mine else "everybody's",
        )

    async def ask_loads(self) -> Sequence[Caseload]:
        """Everybody's open cases where the role may see them, else the officer's own."""
        if self.app.may(Permission.READ_CASELOADS):
            return await self.desk.ask(caseloads)
        own = await self.desk.ask(my_caseload)
        return [own] if own else []

    # Painting

    def set_columns(self) -> None:
        """The columns that fit the window and the list."""
        wide = self.app.size.width >= WIDE_FROM
        work = work_columns(self.desk.today, wide=wide)
        self.table.columns = DRAFT_COLUMNS if self.section == DRAFTS else work
        self.table.refresh()

    def on_resize(self, event: Resize) -> None:
        """A wider window has more columns, and the figures below the list."""
        if self.section and self.size.width != event.size.width:
            self.on_place_shown()

    def paint_tabs(self) -> None:
        """The lists with their counts."""
        counts = {str(section): words for section, words in self.counts.items()} | {DRAFTS: str(len(self.drafts))}
        self.tabs.show(
            [Tab(code, title, counts.get(code, "")) for code, title in TITLES.items()], self.section, self.late
        )

    @on(SectionTabs.Chosen)
    def choose_list(self, event: SectionTabs.Chosen) -> None:
        """A click on a list's name."""
        self.show_list(event.code)

    @on(RecordList.Moved)
    def look_at(self, event: RecordList.Moved) -> None:
        """Say what the row under the cursor is about."""
        row = event.row
        if isinstance(row, WorkRow):
            self.start(self.ask_preview(row), group="preview", alone=True)
        else:
            self.paint_preview(None)

    async def ask_preview(self, row: WorkRow) -> None:
        """Ask about a row, unless the cursor has moved on meanwhile."""
        try:
            found = await self.desk.latest("preview", row_preview, row.kind, row.id)
        except Overtaken:
            return
        self.paint_preview(found)

    def paint_preview(self, found: RowPreview | None) -> None:
        """The row in two lines, and at the side where there is room."""
        self.preview.say(*preview_lines(found, self.app.size.width))
        self.panel.say(*preview_panel(found))

    # Doing

    @property
    def row(self) -> WorkRow | None:
        """The row of work under the cursor; None on an empty list or among drafts."""
        row = self.table.row
        return row if isinstance(row, WorkRow) else None

    @on(RecordList.Opened)
    def open_row(self, event: RecordList.Opened) -> None:
        """Open what is under the cursor: a draft in its form, a record in its own place."""
        row = event.row
        if isinstance(row, DraftRow):
            self.open_draft(row.draft)
        else:
            self.app.open_place(row.kind, **{f"{row.kind}_id": row.id})

    def open_draft(self, draft: Draft) -> None:
        """Go on with a draft where it was left."""
        self.app.open_place(draft.form, draft=draft)

    def do_change_list(self, way: str) -> None:
        """The list to the right or to the left, round the ends."""
        codes = list(TITLES)
        step = 1 if way == "next" else -1
        self.show_list(codes[(codes.index(self.section) + step) % len(codes)])

    def do_newest_draft(self) -> None:
        """Go on with the draft written last."""
        if self.drafts:
            self.open_draft(self.drafts[0])
        else:
            self.say("There is no draft. What you type in a form is kept as one until it is saved.")

    def do_heard_before(self) -> None:
        """The history of the person the row is about."""
        row = self.row
        if row is None:
            self.say("Put the cursor on a record first. H then shows who it is about.")
        elif row.adult is None and not row.restricted:
            self.say(f"No adult is named in {row.ref} yet, so there is no name to compare.")
        else:
            self.app.open_place("person", kind=row.kind, record_id=row.id)

    def do_threshold(self) -> None:
        """Decide on the case under the cursor."""
        self.open_case_in("screening", "Only a referral is decided on. Enter opens the enquiry.")

    def do_outcome(self) -> None:
        """Record how the case under the cursor ended."""
        self.open_case_in("outcome", "Only a case has an outcome. Enter opens the enquiry.")

    def open_case_in(self, place: str, otherwise: str) -> None:
        """Go to one of a case's places from its row."""
        row = self.row
        if row is not None and row.kind == "case":
            self.app.open_place(place, case_id=row.id)
        else:
            self.say(otherwise if row else "The list is empty.")

    def do_duty_lines(self) -> None:
        """Say what callers meet."""
        self.app.open_place("duty_lines")

    def do_stats(self) -> None:
        """The service's figures."""
        self.app.open_place("stats")

    def do_ask_again(self) -> None:
        """Ask for everything again."""
        self.on_place_shown()
        self.say("Asked again.")
