"""A case on one page: its clocks, what holds it up, what is to be done, and what happened, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.timer import Timer

from db.actions.oversight import finish_step, take_back_done
from db.errors import NotOnAccessList
from db.forms.question import Kind, Question
from db.queries.case_view import CaseView, StepRow
from db.queries.cases import open_case
from db.queries.entries import SOURCES, Entry, read_entry
from db.queries.moves import who_may_take
from db.queries.timeline import TimelineEntry, TimelineKey, case_timeline, count_timeline
from db.queries.who_looked import who_looked
from lado_tui.screens.case_tasks import CHANGES, Target
from lado_tui.screens.case_words import case_paragraphs, day_words, referral_paragraphs
from lado_tui.screens.place import Place
from lado_tui.show import Name
from lado_tui.widgets.clock_bar import ClockBar
from lado_tui.widgets.drawn import Part, Words, cells, fit
from lado_tui.widgets.form_body import FormBody
from lado_tui.widgets.passage import Paragraph, Passage, Reading
from lado_tui.widgets.record_list import Column, FewRows, KeysetRows, RecordList
from lado_tui.widgets.row_window import Direction
from lado_tui.widgets.status import status_part
from lado_tui.widgets.timeline import Timeline

STEPS_SHOWN = 4
"""Rows of next steps in view; more scroll."""

PAUSE = 0.15
"""Seconds without a key after which the chronology is filtered."""

_FILTER = Question("Only with", Kind.LINE, hint="Enter goes to the list, Esc shows all", name="containing")

_REFUSED = (
    "",
    Part("  You are not on the access list for this case.", "strong"),
    "",
    "  Ask the manager if you need it for your work.",
    "  If a child may be at risk now, ring the manager or the duty LADO.",
    "",
    "  That you asked for it is kept in the record. Esc goes back.",
)


class CaseScreen(Place[None]):
    """One case, overseen."""

    NAME = "case"
    CSS_PATH = "../styles/case.tcss"
    HELP = (
        "What is to be done stands above, what happened below, newest first. Tab goes from one to the other, Enter "
        "opens what is under the cursor. Letters open a form; nothing is kept before Ctrl+S there. "
        "Corrected entries stay and are marked (+)."
    )

    def __init__(self, case_id: int) -> None:
        """Open a case.

        Args:
            case_id: its number.
        """
        super().__init__()
        self.case_id = case_id
        self.view: CaseView | None = None
        self.done_last: int | None = None
        self._narrowing: Timer | None = None

    def body(self) -> ComposeResult:
        """Head, clocks, steps and chronology; in a wide window what else is known beside them."""
        self.refused = Words(*_REFUSED)
        self.refused.display = False
        self.head, self.clocks, self.standing = Words(""), ClockBar(), Words("", "")
        self.steps = RecordList(_STEP_COLUMNS, empty="Nothing to be done. Press S to add a step.", headed=False)
        self.filter = FormBody(
            [_FILTER], words=self.desk.vocabulary, today=self.desk.today, numbered=False, label_width=12, id="filter"
        )
        self.filter.display = False
        self.chronology_head = Words("")
        self.timeline = Timeline()
        self.beside = Passage()
        yield self.refused
        with Horizontal(id="case"):
            with Vertical():
                yield self.head
                yield self.clocks
                yield self.standing
                yield Words(Part(" NEXT STEPS", "heading"))
                yield self.steps
                yield self.chronology_head
                yield self.filter
                yield self.timeline
            with Reading(classes="side"):
                yield self.beside

    # Showing

    def on_place_shown(self) -> None:
        """Ask for the case afresh whenever the officer comes to it."""
        self.start(self._load(), group="case", alone=True)

    @property
    def holds_keys(self) -> bool:
        """Whether the case is still being fetched: a key faster than the disk waits for it."""
        return self.view is None and not self.refused.display

    async def _load(self) -> None:
        try:
            view = await self.desk.ask(open_case, self.case_id)
        except NotOnAccessList as refusal:
            self._show_refused(refusal)
            return
        self.view = view
        self._show(view)

    def _show_refused(self, refusal: NotOnAccessList) -> None:
        self.query_one("#case").display = False
        self.refused.display = True
        self.set_where(f"Restricted case {refusal.ref}")
        self.view = None

    def _show(self, view: CaseView) -> None:
        self.set_where(f"Case {view.ref}")
        self.head.say(self._head(view))
        self.clocks.show(view.clocks)
        self.standing.say(self._held_up(view), self._strands(view), *self._pattern(view))
        self.steps.show(FewRows([_StepLine(step) for step in view.steps]), keep=True)
        self.steps.styles.height = max(1, min(STEPS_SHOWN, len(view.steps)))
        self._show_timeline()
        self.beside.show(*self._beside(view))
        if view.looking:
            other = view.looking[-1]
            self.say(f"{other.name} is also looking at this case (since {other.since}).")
        if self.focused is None:
            (self.steps if view.steps else self.timeline).focus()

    def _head(self, view: CaseView) -> list[Part]:
        kind = self.desk.vocabulary.label("classification", view.classification)
        state = f"closed {day_words(view.closed_on)}" if view.closed_on else f"open, day {view.day}"
        rest = f" | {kind}{f', {view.type_words.lower()}' if view.type_words else ''}"
        tail = f" | {view.owner.initials} | {state}"
        width = self._width - 2
        name = fit(view.adult, min(cells(view.adult), 30))
        return [
            Part(" "),
            Part(Name(name), "name"),
            Part(fit(rest, min(cells(rest), max(4, width - cells(name) - cells(tail))))),
            Part(tail, "strong" if view.closed_on else ""),
        ]

    def _held_up(self, view: CaseView) -> list[Part]:
        tail = [
            Part("   Access: ", "label"),
            Part(view.access.short, "restricted" if view.access.restricted else ""),
            Part("   Earlier: ", "label"),
            Part(view.earlier.short),
        ]
        room = self._width - cells(" Held up by: ") - sum(cells(part.words) for part in tail)
        held = view.held_up_by or "nothing"
        return [Part(" Held up by: ", "label"), Part(fit(held, min(cells(held), max(8, room)))), *tail]

    def _strands(self, view: CaseView) -> list[Part]:
        running = [strand for strand in view.strands if strand.ended_on is None]
        told = ", ".join(f"{s.label}{f' ({s.started_on:%d %b})' if s.started_on else ''}" for s in running)
        label, words = (" Outcome: ", view.finding) if view.finding else (" Strands: ", told or "none running")
        return [Part(label, "label"), Part(fit(words, self._width - cells(label)))]

    def _pattern(self, view: CaseView) -> list[list[Part]]:
        """What else is known at the setting; no line where there is nothing."""
        if view.pattern is None or not view.pattern.adults:
            return []
        return [[Part(" At this setting: ", "label"), Part(view.pattern.words)]]

    @property
    def _width(self) -> int:
        """Cells across the page, the side of a wide window left out."""
        return self.size.width - (39 if self.has_class("-wide") else 0)

    def _beside(self, view: CaseView) -> Sequence[Paragraph]:
        return referral_paragraphs(view)

    def _show_timeline(self) -> None:
        containing = self.filter.field("containing").value.strip()

        async def page(after: TimelineKey | None, direction: Direction, count: int) -> Sequence[TimelineEntry]:
            found = await self.desk.ask(case_timeline, self.case_id, after, direction, count, containing)
            return [replace(entry, words=Name(entry.words), kind=_marked(entry)) for entry in found]

        async def count() -> int:
            return await self.desk.ask(count_timeline, self.case_id, containing)

        self.timeline.show(KeysetRows(page, count), keep=True)
        self._say_place()

    @on(RecordList.Moved)
    def _say_place(self) -> None:
        """Say over the chronology what it holds and where in it the officer stands."""
        containing = self.filter.field("containing").value.strip()
        told = f"  only with “{containing}”" if containing else "  newest first, F to filter"
        place = self.timeline.position_words
        if not place and self.timeline.row is not None:
            self.call_after_refresh(self._say_place)  # its rows have come before its place on the screen
        gap = " " * max(2, self._width - cells(" WHAT HAPPENED") - cells(told) - cells(place) - 1)
        self.chronology_head.say([Part(" WHAT HAPPENED", "heading"), Part(told, "quiet"), Part(gap + place, "quiet")])

    # What can be done

    def may_oversee(self) -> bool:
        """Whether the officer may change this case, which must be open to them."""
        return not self.refused.display and self.app.may("oversee")

    def _open_task(self, task: str, **more: Any) -> None:  # noqa: ANN401 - as the dialog takes them
        if self.view:
            target = more.pop("target", Target(self.case_id))
            self.app.open_place("form_dialog", task=task, target=target, ref=self.view.ref, **more)

    def do_add_note(self) -> None:
        """Write a note."""
        self._open_task("note")

    def do_add_step(self) -> None:
        """Add something to be done."""
        self._open_task("step")

    def do_review(self) -> None:
        """Keep the monthly look at the case."""
        self._open_task("review")

    def do_add_more(self) -> None:
        """The list of what else can be added."""
        if self.view:
            self.app.open_place("add_to_case", case=self.view)

    def do_restrict(self) -> None:
        """Close the case to all but a list, or add to its list."""
        if self.view:
            self._open_task("grant" if self.view.access.restricted else "restrict")

    async def do_move(self) -> None:
        """Give the case to another officer."""
        if self.view is None:
            return
        takers = await self.desk.ask(who_may_take, self.case_id)
        lines = [f"{one.initials:<4} {one.name}, {one.open_cases} open  {one.problem}".rstrip() for one in takers]
        target = Target(self.case_id, version=self.view.version)
        self._open_task("move", target=target, told=(("Who can take it", "\n".join(lines)),))

    def do_threshold(self) -> None:
        """Decide on the harm threshold."""
        if self.view:
            self.app.open_place("screening", case_id=self.case_id)

    def do_outcome(self) -> None:
        """Record the outcome."""
        if self.view:
            self.app.open_place("outcome", case_id=self.case_id)

    def do_details(self) -> None:
        """Everything about the case on one page."""
        if self.view:
            paragraphs = case_paragraphs(self.view)
            self.app.open_place("reading", title=f"{self.view.ref} | Everything", paragraphs=paragraphs)

    def do_heard_before(self) -> None:
        """What else the record has about this adult."""
        if self.view:
            self.app.open_place("person", kind="case", record_id=self.case_id)

    async def do_who_looked(self) -> None:
        """Who opened the case, and when."""
        if self.view:
            looks = await self.desk.ask(who_looked, self.case_id)
            lines = "\n".join(f"{one.when}  {one.who}  {one.what}" for one in looks)
            title = f"{self.view.ref} | Who looked"
            self.app.open_place("reading", title=title, paragraphs=[("Newest first", lines)])

    # Steps

    async def do_finish_step(self) -> None:
        """Mark the step under the cursor as done."""
        row = self.steps.row
        if row is None:
            self.say("There is no step to mark as done.")
            return
        await self.desk.do(finish_step, row.step.id, version=row.step.version)
        self.done_last = row.step.id
        self.say(f"Done: {row.step.what}. Saved {self.desk.now:%H:%M:%S}. U takes it back.")
        await self._load()

    async def do_undo_saved(self) -> None:
        """Take back the last "done" said here."""
        if self.done_last is None:
            self.say("Nothing was marked as done here. Notes are corrected, not undone: open one and press Ctrl+R.")
            return
        await self.desk.do(take_back_done, self.done_last)
        self.done_last = None
        self.say(f"The step is to be done again. Saved {self.desk.now:%H:%M:%S}.")
        await self._load()

    @on(RecordList.Opened)
    def _opened(self, event: RecordList.Opened) -> None:
        """A step opens in the form that changes it; an entry opens to be read."""
        event.stop()
        if event.table is self.steps:
            self.start(self._open_entry("step", event.row.step.id))
        elif event.row.source in SOURCES:
            self.start(self._open_entry(event.row.source, event.row.id))
        else:
            self._read(event.row.kind, ((event.row.when, event.row.words),))

    async def _open_entry(self, source: str, entry_id: int) -> None:
        entry = await self.desk.ask(read_entry, self.case_id, source, entry_id)
        if source == "step" and self.may_oversee() and entry.open:
            self._change(entry)
            return
        on_correct = partial(self._change, entry) if source in CHANGES else None
        self._read(source.capitalize(), entry.read, on_correct=on_correct)

    def _change(self, entry: Entry) -> None:
        task = CHANGES[entry.source]
        target = Target(self.case_id, entry.id, entry.version)
        self._open_task(task.name, target=target, answers=entry.typed)

    def _read(self, title: str, paragraphs: Iterable[Paragraph], **more: Any) -> None:  # noqa: ANN401
        if self.view:
            where = f"{self.view.ref} | {title}"
            self.app.open_place("reading", title=where, paragraphs=list(paragraphs), **more)

    # Filtering

    def do_filter(self) -> None:
        """Type letters that entries must have."""
        self.filter.display = True
        self.filter.focus()

    @on(FormBody.Edited)
    def _narrow(self, event: FormBody.Edited) -> None:
        event.stop()
        if self._narrowing is not None:
            self._narrowing.stop()
        self._narrowing = self.set_timer(PAUSE, self._show_timeline)

    @on(FormBody.AtEnd)
    def _filtered(self, event: FormBody.AtEnd) -> None:
        event.stop()
        self.filter.display = bool(self.filter.field("containing").value.strip())
        self.timeline.focus()

    def do_back(self) -> None:
        """Out of the filter first; then back."""
        if not self.filter.display:
            super().do_back()
            return
        self.filter.field("containing").clear()
        self.filter.display = False
        self._show_timeline()
        self.timeline.focus()


class _StepLine:
    """A step as a row of its list."""

    def __init__(self, step: StepRow) -> None:
        self.step = step
        self.key = step.id


def _marked(entry: TimelineEntry) -> str:
    return f"{entry.kind}(+)" if entry.corrected else entry.kind


_STEP_COLUMNS = (
    Column("", 0, lambda row: Name(row.step.what)),
    Column("", 14, lambda row: Name(row.step.who)),
    Column("", 10, lambda row: f"{row.step.due_on:%a %d %b}" if row.step.due_on else ""),
    Column("", 14, lambda row: status_part(row.step.status.mark, row.step.status.word)),
)
