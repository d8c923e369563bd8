"""What callers to the duty line meet: open lines, reduced hours, or enquiries suspended."""

from __future__ import annotations

from textual.app import ComposeResult

from db.actions.duty import set_duty_status
from db.drafts import Draft
from db.errors import ThereIsAProblem
from db.forms.duty import DutyStatusForm
from db.queries.duty import Spell, duty_now
from lado_tui.draft_keeper import DraftKeeper
from lado_tui.screens.desk_words import spell_words
from lado_tui.screens.place import Place
from lado_tui.widgets.form_body import FormBody
from lado_tui.widgets.notice import Notice, Told
from lado_tui.widgets.rule import Rule


class DutyLinesScreen(Place[None]):
    """One form: what callers meet from now on, why, and until when."""

    NAME = "duty_lines"
    HELP = "Enter what callers meet from now on. It shows on everybody's home page; Ctrl+S keeps it."

    def __init__(self, draft: Draft | None = None) -> None:
        """Open the form.

        Args:
            draft: what was typed before and not kept.
        """
        super().__init__()
        self.given = draft
        self.standing = Notice(Told("NOW", "..."))

    def body(self) -> ComposeResult:
        """What they meet now, and the form."""
        yield self.standing
        yield Rule()
        self.form = FormBody(DutyStatusForm.questions(), words=self.desk.vocabulary, today=self.desk.today)
        yield self.form

    def on_mount(self) -> None:
        """Fill in a draft, and keep one from now on."""
        super().on_mount()
        if self.given is not None:
            self.form.fill(self.given.answers)
        draft = self.given or Draft(self.NAME, self.desk.now)
        self.keeper = DraftKeeper(self, draft, self.form.answers, title=lambda: "What callers meet")
        self.form.focus()
        self.start(self.ask_standing())

    async def ask_standing(self) -> None:
        """Say what callers meet now."""
        spell: Spell = (await self.desk.ask(duty_now)).spell
        self.standing.say(Told("NOW", spell_words(spell, self.desk.now), "strong"))

    def on_form_body_edited(self) -> None:
        """Keep the draft."""
        self.keeper.edited()

    def leaving(self) -> None:
        """Write the draft."""
        self.keeper.write_now()

    @property
    def unfinished(self) -> str:
        """What is half done."""
        return "What callers meet" if self.keeper.typed else ""

    async def do_save(self) -> None:
        """Keep it; the home page says it."""
        try:
            form = DutyStatusForm.read(self.form.answers(), today=self.desk.today, words=self.desk.vocabulary)
        except ThereIsAProblem as problem:
            self.form.show_problems(problem.problems)
            return
        spell = await self.desk.do(set_duty_status, form)
        await self.keeper.discard()
        self.app.say(f"Saved. {spell_words(spell, self.desk.now)}")
        self.app.close_place(self)
