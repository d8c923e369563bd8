"""Deciding on the harm threshold: the four limbs, the reason, the decision, and what it will lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import DescendantFocus

from db.actions.screening import Screened, decide_threshold
from db.drafts import Draft
from db.errors import ChangedMeanwhile, ThereIsAProblem
from db.forms.screening import ScreeningForm
from db.queries.screening import ScreeningView, open_screening
from db.rules.after_decision import CLOSING, steps_after
from db.rules.retention import review_on
from db.rules.threshold import LIMBS, WITHOUT_LIMBS, guidance_in_force, police_come_first
from db.vocabulary import Decision
from lado_tui.draft_keeper import DraftKeeper
from lado_tui.screens.case_words import CaseHead, case_paragraphs, decision_lines, referral_paragraphs
from lado_tui.screens.place import Place
from lado_tui.unfinished import unfinished
from lado_tui.widgets.drawn import Part
from lado_tui.widgets.form_body import Cell, FormBody
from lado_tui.widgets.limb_help import LimbHead, LimbHelp, WhatFollows
from lado_tui.widgets.passage import Passage, Reading
from lado_tui.widgets.threshold_form import ThresholdForm

if TYPE_CHECKING:
    from lado_tui.widgets.form_rows import Row

LIMB_WIDTH = 62
"""Cells for a limb's number and words."""

_ORDER = (
    *("limb_1", "limb_2", "limb_3", "limb_4", "reason", "decision", "decide_by", "other_authority"),
    *("principal_type", "principal_subtype", "police", "social_care", "decided_on", "guidance"),
)
_POLICE_FIRST = "Limb 2 may be an offence. Ask or tell the police first."
_TOLD_HELP = "C ask now: a step for today. T told. N not needed. ? not known."
_HELP = {
    "decision": "  ".join(f"{one.label}: {one.meaning[0].lower()}{one.meaning[1:]}." for one in Decision),
    "police": f"{_TOLD_HELP} Where limb 2 may be an offence they come first.",
    "social_care": f"{_TOLD_HELP} Where a child may be hurt or at risk now they come first.",
}


class ScreeningScreen(Place[None]):
    """One referral, held against the harm threshold."""

    NAME = "screening"
    CSS_PATH = "../styles/screening.tcss"
    HELP = (
        "Answer each limb with y, n or ?. Give the reason in 20 characters or more, then the decision by its letter. "
        "Where an offence is possible, the police come before the matter is left with the employer. "
        "A decision is never changed: to reclassify, decide again."
    )

    def __init__(self, case_id: int = 0, *, draft: Draft | None = None) -> None:
        """Screen a case, or go on with a draft of its screening.

        Args:
            case_id: the case.
            draft: the draft to go on with; it knows the case.
        """
        super().__init__()
        self.case_id = int(draft.more["case_id"]) if draft else case_id
        self.given = draft
        self.view: ScreeningView | None = None
        self.keeper: DraftKeeper | None = None

    def body(self) -> ComposeResult:
        """The form; in a wide window the referral beside it."""
        self.head, self.limb_help, self.follows = CaseHead(), LimbHelp(), WhatFollows()
        self.form = ThresholdForm(
            ScreeningForm.questions(),
            words=self.desk.vocabulary,
            today=self.desk.today,
            order=_ORDER,
            rows=self._rows(),
            label_width=14,
            clock=lambda: f"{self.desk.now:%H:%M}",
        )
        self.beside = Passage()
        with Horizontal():
            yield self.form
            with Reading(classes="side"):
                yield self.beside

    def _rows(self) -> Sequence[Row]:
        return [
            self.head,
            LimbHead(LIMB_WIDTH),
            *(Cell(limb.field, label=LIMB_WIDTH) for limb in LIMBS),
            self.limb_help,
            "reason",
            "decision",
            "decide_by",
            "other_authority",
            (Cell("principal_type"), Cell("principal_subtype")),
            (Cell("police"), Cell("social_care", label=16)),
            (Cell("decided_on", label=18), Cell("guidance")),
            self.follows,
        ]

    # Beginning

    def on_mount(self) -> None:
        """Ask for the case; the form can be filled in meanwhile."""
        super().on_mount()
        self.start(self._load())

    @property
    def holds_keys(self) -> bool:
        """Whether the case and any draft are still being fetched."""
        return self.keeper is None

    async def _load(self) -> None:
        view = await self.desk.ask(open_screening, self.case_id)
        self._show(view)
        draft = self.given or await unfinished(self.desk, self.NAME, self._about)
        self.form.fill({**view.answers, **self._answered()} if draft is None else draft.answers)
        started = draft or Draft(self.NAME, self.desk.now, about=self._about)
        self.keeper = DraftKeeper(self, started, self.form.answers, title=self._title, more=self._more)
        self._say_what_follows()
        if view.case.finding and view.case.closed_on:
            self.say("This case closed with an outcome. Correct that before you decide again.", urgent=True)

    def _show(self, view: ScreeningView) -> None:
        self.view = view
        self.set_where(f"Harm threshold {view.case.ref}")
        self.head.show(view.case, Part(view.clock, "late" if view.late else ""))
        self.beside.show(*referral_paragraphs(view.case))

    def _answered(self) -> Mapping[str, str]:
        return {name: answer for name, answer in self.form.answers().items() if answer}

    @property
    def _about(self) -> str:
        return f"case/{self.case_id}"

    def _title(self) -> str:
        return f"Harm threshold {self.view.case.ref}" if self.view else "Harm threshold"

    def _more(self) -> Mapping[str, int]:
        return {"case_id": self.case_id}

    @property
    def _after(self) -> int:
        return self.view.case.last_decision if self.view else 0

    # While it is filled in

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Help with the limb, or the decision, that is in hand."""
        field = self.form.current
        limb = next((limb for limb in LIMBS if field and field.question.name == limb.field), None)
        if limb is not None:
            self.limb_help.say(f"HELP WITH {limb.number}", limb.help)
        elif field and field.question.name in _HELP:
            self.limb_help.say(field.question.label.upper(), _HELP[field.question.name])

    @on(FormBody.Edited)
    def _edited(self, event: FormBody.Edited) -> None:
        if event.field != "reason":
            self._say_what_follows()
        if self.keeper:
            self.keeper.edited()

    def _say_what_follows(self) -> None:
        """What saving will keep and ask for; and where the police come first."""
        form = self._so_far()
        self.follows.say(" ".join(filter(None, (self._keeps(form), self._asks_for(form)))))
        first = form.decision not in WITHOUT_LIMBS and police_come_first(form.screening())
        self.say(_POLICE_FIRST if first else "", urgent=first)

    def _asks_for(self, form: ScreeningForm) -> str:
        if self.view is None or not form.decision:
            return ""
        received, decided = self.view.case.received_on, form.day(self.desk.today)
        if form.decision in CLOSING:
            return f"Closes {self.view.case.ref}. {review_on(form.decision, None, None, decided).words}"
        steps = steps_after(form.screening(), received, decided, social_care=form.social_care)
        return "Then: " + "; ".join(f"{step.what} {step.due_on.day} {step.due_on:%b}" for step in steps)

    def _keeps(self, form: ScreeningForm) -> str:
        if not form.decision:
            return "Nothing is decided yet."
        day = form.day(self.desk.today)
        guidance = form.guidance or guidance_in_force(day)
        under = self.desk.vocabulary.label("guidance_version", guidance)
        label = self.desk.vocabulary.label("decision", form.decision)
        return f"Decision {self._after + 1}: {label}, {day.day} {day:%b %Y}, {under}."

    def _so_far(self) -> ScreeningForm:
        """The answers that can be read, whatever is wrong with the others."""
        return ScreeningForm.so_far(self.form.answers(), today=self.desk.today, words=self.desk.vocabulary)

    def do_notes(self) -> None:
        """Jump to the reason, and back to the first limb from there."""
        field = self.form.current
        self.form.go_to("limb_1" if field and field.question.name == "reason" else "reason")

    def do_read_referral(self) -> None:
        """The referral, and what was decided before."""
        if self.view:
            title = f"{self.view.case.ref} | What the referral says"
            self.app.open_place("reading", title=title, paragraphs=case_paragraphs(self.view.case))

    def do_heard_before(self) -> None:
        """What else the record has about this adult."""
        if self.view:
            self.app.open_place("person", kind="case", record_id=self.case_id)

    def leaving(self) -> None:
        """Write the draft."""
        if self.keeper:
            self.keeper.write_now()

    @property
    def unfinished(self) -> str:
        """The page's title, while something is typed."""
        return self._title() if self.keeper and self.keeper.typed else ""

    # Keeping

    async def do_save(self) -> None:
        """Keep the decision."""
        answers = self.form.answers()
        try:
            form = ScreeningForm.read(answers, today=self.desk.today, words=self.desk.vocabulary)
            kept = await self.desk.do(decide_threshold, self.case_id, form, after=self._after)
        except ThereIsAProblem as problem:
            self.form.show_problems(problem.problems)
        except ChangedMeanwhile as clash:
            await self._show_theirs(clash)
        else:
            await self._go_on(kept)

    async def _go_on(self, kept: Screened) -> None:
        if self.keeper:
            await self.keeper.discard()
        label = self.desk.vocabulary.label("decision", kept.classification)
        ended = " Closed." if kept.closed else f" Next: {kept.next_step}."
        self.app.say(f"Saved {self.desk.now:%H:%M:%S}. {kept.ref}: {label}.{ended}")
        self.app.close_place(self)
        if not kept.closed and getattr(self.app.place, "case_id", None) != self.case_id:
            self.app.open_place("case", case_id=self.case_id)

    async def _show_theirs(self, clash: ChangedMeanwhile) -> None:
        """Put the decision kept meanwhile beside this one; saving again makes this one the next."""
        self._show(await self.desk.ask(open_screening, self.case_id))
        self._say_what_follows()
        if self.view is None:
            return
        mine = self.form.answers()
        label = self.desk.vocabulary.label("decision", mine["decision"])
        title = f"{self.view.case.ref} | Decided meanwhile"
        both = [
            ("Saved meanwhile", clash.sentence),
            ("Decisions now kept", decision_lines(self.view.case)),
            ("Yours, not saved. Ctrl+S on the form makes it the next decision", f"{label}. {mine['reason']}"),
        ]
        self.app.open_place("reading", title=title, paragraphs=both)
