"""Recording the outcome of an allegation: the findings, what followed, the check page; undo, and correction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from db.actions.outcomes import record_outcome, undo_outcome
from db.clock import local
from db.drafts import Draft
from db.errors import ThereIsAProblem
from db.forms.outcome import OutcomeForm
from db.queries.outcomes import OutcomePage, outcome_page
from db.rules.outcomes import ways_to_close
from db.vocabulary import Classification, ClosedAs
from lado_tui.draft_keeper import DraftKeeper
from lado_tui.screens.case_tasks import Target
from lado_tui.screens.outcome_check import (
    Told,
    action_words,
    actions_to_add,
    answers_in_words,
    check_lines,
    closing_words,
    left_to_do,
    recorded_in_words,
    version_rows,
)
from lado_tui.screens.outcome_form import Definitions, OutcomeFields, filled
from lado_tui.screens.place import Place
from lado_tui.unfinished import unfinished
from lado_tui.widgets.check_page import CheckPage
from lado_tui.widgets.drawn import Part, Words
from lado_tui.widgets.form_body import FormBody
from lado_tui.widgets.sections import SectionBar, SectionedForm

CHECK = "Check"

_TALL = 30
"""Lines from which on the findings stay in view while later pages are answered."""


class OutcomeScreen(Place[None]):
    """The outcome of one case. `app.open_place("outcome", case_id=412)`."""

    NAME = "outcome"
    HELP = (
        "Enter takes an answer and goes on; PgDn and PgUp turn the pages. Each finding is typed by its letters, and "
        "its meaning stands above. Ctrl+S shows the check page with everything as it will be kept and what becomes an "
        "action; from there Ctrl+S saves and closes the case. For ten minutes Ctrl+R takes it back as if it had not "
        "been. After that Ctrl+O corrects it: both versions are kept. F12 closes a case without an outcome."
    )

    def __init__(self, case_id: int = 0, draft: Draft | None = None) -> None:
        """Open the outcome of a case.

        Args:
            case_id: the case.
            draft: an outcome begun before, to go on with; it knows the case.
        """
        super().__init__()
        self.draft = draft
        self.case_id = int(draft.about.partition("/")[2]) if draft else case_id
        self.page: OutcomePage | None = None
        self.form: OutcomeFields | None = None
        self.keeper: DraftKeeper | None = None
        self.correcting = False
        self.ready: OutcomeForm | None = None
        """The form as the check page shows it; None while that is not shown."""
        self.sections, self.definitions = SectionBar(), Definitions()
        self.check, self.closing, self.history = CheckPage(), Words(), Words()

    def body(self) -> ComposeResult:
        """The line of pages, the definitions, the form, and the check page in its place."""
        yield self.sections
        yield self.definitions
        yield self.history
        yield Vertical(id="outcome-form")
        yield self.check
        yield self.closing

    # Opening

    def on_place_shown(self) -> None:
        """The first time: open the case."""
        if self.page is None:
            self._show_only(self.history)
            self.start(self._open(), group="open", alone=True)

    async def _open(self) -> None:
        page = self.page = await self.desk.ask(outcome_page, self.case_id)
        draft = self.draft or await unfinished(self.desk, self.NAME, f"case/{self.case_id}")
        self.set_where(f"Outcome | {page.ref} {page.adult}")
        if page.closed_as == ClosedAs.OUTCOME and not (draft and draft.more.get("correcting")):
            self._show_recorded(page)
        elif page.classification != Classification.ALLEGATION or (page.closed_on and not page.versions):
            self._show_no_outcome(page)
        else:
            await self._ask(page, draft)

    async def _ask(self, page: OutcomePage, draft: Draft | None) -> None:
        """Show the form, filled with what was typed or recorded before."""
        self.correcting = page.closed_on is not None
        clock = self._clock
        self.form = OutcomeFields(page, self.desk.vocabulary, self.desk.today, correcting=self.correcting, clock=clock)
        holder = self.query_one("#outcome-form")
        await holder.remove_children()
        await holder.mount(self.form)
        self.form.fill(draft.answers if draft else filled(page.answers, page))
        self.form.follow()
        self._keep(draft or Draft(self.NAME, self.desk.now, about=f"case/{self.case_id}"))
        self._show_form()
        self.form.focus()
        if draft is not None:
            self.say("This is what you typed before and did not keep.")

    def _clock(self) -> str:
        return f"{self.desk.now:%H:%M}"

    def _keep(self, draft: Draft) -> None:
        self.keeper = DraftKeeper(self, draft, self._answers, title=lambda: self._where, more=self._more)

    def _answers(self) -> dict[str, str]:
        return self.form.answers() if self.form else {}

    def _more(self) -> Mapping[str, Any]:
        return {"correcting": self.correcting}

    def leaving(self) -> None:
        """Write the draft now."""
        if self.keeper is not None:
            self.keeper.write_now()

    @property
    def unfinished(self) -> str:
        """The outcome, while something is typed."""
        return self._where if self.keeper is not None and self.keeper.typed else ""

    # What is shown

    def _show_only(self, *shown: Any) -> None:  # noqa: ANN401 - widgets
        for widget in (self.sections, self.definitions, self.history, self.check, self.closing):
            widget.display = widget in shown
        self.query_one("#outcome-form").display = self.sections in shown and self.check not in shown

    def _show_form(self) -> None:
        self.ready = None
        self._show_only(self.sections, *([self.definitions] if self._choosing else []))
        self._paint_sections()

    @property
    def _choosing(self) -> bool:
        """Whether findings are in view, so that their meanings must be."""
        return self.form is not None and (self.form.section == 0 or self.size.height >= _TALL)

    def _paint_sections(self) -> None:
        if self.form is None:
            return
        names = [heading.short for heading in self.form.sections]
        at = len(names) if self.ready else self.form.section
        self.sections.say([*names, CHECK], at)
        step = 3 if self.ready else 1 if at == 0 else 2
        self.sections.say_tail(f"step {step} of 3")

    @on(SectionedForm.Turned)
    def _turned(self) -> None:
        if self.ready is None:
            self.definitions.display = self._choosing
            self._paint_sections()

    @on(SectionBar.Chosen)
    def _section_chosen(self, event: SectionBar.Chosen) -> None:
        if self.form is None:
            return
        if event.at < len(self.form.sections):
            self._show_form()
            self.form.turn_to(event.at)
        else:
            self._show_check()

    def do_section(self, way: str) -> None:
        """Turn to the next page, or to the one before; after the last comes the check page."""
        if self.ready is not None and way == "before" and not self.check.scroll_y:
            self._change(None)
        elif self.form is None or self.ready is not None:
            (self.check.scroll_page_down if way == "next" else self.check.scroll_page_up)(animate=False)
        elif not self.form.turn(1 if way == "next" else -1) and way == "next":
            self._show_check()

    @on(FormBody.Edited)
    def _edited(self, event: FormBody.Edited) -> None:
        if self.form is not None and self.keeper is not None and type(event) is FormBody.Edited:
            self.keeper.edited()
            self.form.follow()

    @on(FormBody.AtEnd)
    def _at_end(self) -> None:
        self._show_check()

    def do_notes(self) -> None:
        """To the reason and back."""
        if self.form is not None:
            self.form.go_to("reason")

    # The check page

    def _show_check(self) -> None:
        """Show everything as it will be kept, or what has to be put right first."""
        if self.form is None or self.page is None:
            return
        try:
            ready = self._read(self.form, self.page)
        except ThereIsAProblem as wrong:
            self._show_problems(wrong)
            return
        self.form.show_problems(())
        self.ready = ready
        told = Told(answers_in_words(ready), self.desk.vocabulary)
        action = action_words(self.page, self.desk.officer.name, self.desk.today)
        self.check.show(check_lines(told, self.page, left_to_do(ready, self.page), action))
        self._say_closing(self.page, ready)
        self._show_only(self.sections, self.check, self.closing)
        self._paint_sections()
        self.check.focus()
        self.say("Ctrl+S saves this and closes the case. A number changes that line.")

    def _read(self, form: OutcomeFields, page: OutcomePage) -> OutcomeForm:
        ready = OutcomeForm.read(form.answers(), today=self.desk.today, words=self.desk.vocabulary)
        if problems := ready.problems(page.concerns, has_child=page.has_child):
            raise ThereIsAProblem(problems)
        return ready

    def _show_problems(self, wrong: ThereIsAProblem) -> None:
        if self.form is not None:
            self._show_form()
            self.form.show_problems(wrong.problems)

    def _say_closing(self, page: OutcomePage, ready: OutcomeForm) -> None:
        if ready.concluded and ready.concluded.on and ready.finding:
            rows = [Part(f" {line}", "strong") for line in closing_words(page, ready.concluded.on, ready.finding)]
            if added := actions_to_add(self.check.checked):
                rows.append(Part(f" {added}", "late"))
            undo = " For 10 minutes you can undo this; later you correct it. Nothing is deleted."
            self.closing.say(Part("─" * 200, "rule"), *rows, Part(undo, "quiet"))

    @on(CheckPage.Change)
    def _change_line(self, event: CheckPage.Change) -> None:
        if self.ready is not None:
            self._change(event.field)

    def _change(self, field: str | None) -> None:
        """Back to the form, at one field or where the cursor was."""
        if self.form is not None:
            section = self.form.section
            self._show_form()
            self.say("")
            if field is None:
                self.form.turn_to(section)
            else:
                self.form.go_to(field)

    def do_back(self) -> None:
        """From the check page back to the form; from there to where the officer came from."""
        if self.ready is not None:
            self._change(None)
        else:
            self.app.close_place(self)

    # Keeping it

    async def do_save(self) -> None:
        """From the form to the check page; from there, save the outcome and close the case."""
        if self.ready is None or self.page is None:
            self._show_check()
            return
        try:
            ended = await self.desk.do(record_outcome, self.case_id, self.ready, after=self.page.last_number)
        except ThereIsAProblem as wrong:
            self._show_problems(wrong)
            return
        if self.keeper is not None:
            await self.keeper.discard()
        self.app.say(f"{ended.ref} is closed. {len(ended.actions) or 'No'} actions added.")
        await self._open_anew()

    async def _open_anew(self) -> None:
        self.form = self.ready = self.keeper = self.draft = None
        self.page = await self.desk.ask(outcome_page, self.case_id)
        if self.page.closed_as == ClosedAs.OUTCOME:
            self._show_recorded(self.page)
        else:
            await self._ask(self.page, None)

    # An outcome recorded before

    def _show_recorded(self, page: OutcomePage) -> None:
        """The outcome as it stands, with every version, and what can still be done about it."""
        self.say("")
        self.saved_at("")
        told = Told(recorded_in_words(page), self.desk.vocabulary)
        self.history.say(*version_rows(page), Part("─" * 200, "rule"))
        self.check.show(check_lines(told, page))
        if page.undo_until is not None:
            words = f"Recorded. You can undo it until {local(page.undo_until):%H:%M}: Ctrl+R."
        else:
            words = "Recorded. Ctrl+O corrects it: both versions are kept and shown."
        self.closing.say(Part(f" {words}", "strong"))
        self._show_only(self.history, self.check, self.closing)
        self.check.focus()

    def may_take_back(self) -> bool:
        """Whether the outcome can still be undone."""
        return self.page is not None and self.page.undo_until is not None and self.form is None

    async def do_take_back(self) -> None:
        """Take the outcome back, after asking."""
        if self.page is None:
            return
        asked = await self.app.ask_in(
            "confirm",
            title=f"Take the outcome of {self.page.ref} back?",
            words=["The case is open again as it was. This version is kept, marked as undone."],
            yes="Take it back",
        )
        if asked:
            await self.desk.do(undo_outcome, self.case_id)
            self.app.say(f"The outcome of {self.page.ref} is undone.")
            await self._open_anew()

    def may_correct(self) -> bool:
        """Whether there is a recorded outcome to correct."""
        return self.page is not None and self.page.closed_as == ClosedAs.OUTCOME and self.form is None

    async def do_correct(self) -> None:
        """Open the recorded outcome for correction."""
        if self.page is not None:
            await self._ask(self.page, None)

    # Closing without an outcome

    def _show_no_outcome(self, page: OutcomePage) -> None:
        what = self.desk.vocabulary.label("classification", page.classification)
        rows = [Part(f" {page.ref} is: {what}. Only an allegation has an outcome.", "strong"), Part("")]
        if page.closed_on is not None:
            rows.append(Part(" It is closed already."))
        else:
            rows.append(Part(" It can end as:"))
            rows += [Part(f"   {way.closed_as.label}") for way in ways_to_close(page.classification)]
            rows += [Part(""), Part(" F12 closes it, with the reason.")]
        self.history.say(*rows)
        self._show_only(self.history)

    def may_close_without(self) -> bool:
        """Whether the case is open, and this officer may close it."""
        return self.page is not None and self.page.closed_on is None and self.app.may("conclude")

    def do_close_without(self) -> None:
        """Close the case without an outcome, in a form of its own."""
        if self.page is not None:
            page = self.page
            ways = "\n".join(way.closed_as.label for way in ways_to_close(page.classification))
            usual = [way for way in ways_to_close(page.classification) if way.closed_as != ClosedAs.OUTCOME][:1]
            self.leaving()
            self.app.go_on_to(
                "form_dialog",
                task="close",
                target=Target(page.case_id),
                ref=page.ref,
                answers={"closed_as": usual[0].closed_as.value} if usual else {},
                told=[("It can end as", ways)],
            )
