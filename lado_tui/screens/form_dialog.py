"""One dialog for all that is added to a case or changed in it: a form, kept by its action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from db.drafts import Draft
from db.errors import ChangedMeanwhile, ThereIsAProblem
from db.forms.question import Kind
from db.queries.entries import read_entry
from lado_tui.draft_keeper import DraftKeeper
from lado_tui.screens.case_tasks import TASKS, Target
from lado_tui.screens.place import Place
from lado_tui.unfinished import unfinished
from lado_tui.widgets.form_body import FormBody
from lado_tui.widgets.passage import Paragraph, Passage

if TYPE_CHECKING:
    from db.vocabulary import Term


class FormDialogScreen(Place[None]):
    """A task of `case_tasks.TASKS` about one case. What is typed is a draft until it is kept."""

    NAME = "form_dialog"
    HELP = "Enter takes an answer and goes on. Ctrl+S keeps the form. Esc leaves it as a draft."

    def __init__(
        self,
        task: str = "",
        target: Target | None = None,
        *,
        ref: str = "",
        answers: Mapping[str, str] | None = None,
        told: Sequence[Paragraph] = (),
        draft: Draft | None = None,
    ) -> None:
        """Open a task, or go on with a draft of one.

        Args:
            task: its name.
            target: what it is about.
            ref: the case's reference, for the title.
            answers: answers to begin with, by question.
            told: what the officer reads above the form.
            draft: the draft to go on with; it knows all the rest.
        """
        super().__init__()
        if draft is not None:
            kept = draft.more
            task, ref = str(kept["task"]), str(kept["ref"])
            target = Target(int(kept["case_id"]), int(kept["entry_id"]), int(kept["version"]))
        self.doing = TASKS[task]
        self.target = target or Target(0)
        self.ref = ref
        self.started_with = dict(answers or {})
        self.given = draft
        self.told = Passage(*told)
        self._where = f"{ref} | {self.doing.title}"

    def body(self) -> ComposeResult:
        """What is told first, then the questions."""
        questions = self.doing.form.questions()
        self.form = FormBody(
            questions,
            words=self.desk.vocabulary,
            today=self.desk.today,
            rows=[self.told, *(question.name for question in questions)],
            listed={"subtype": self._subtypes},
            label_width=24,
            moves_on=True,
            clock=lambda: f"{self.desk.now:%H:%M}",
        )
        self.form.fill(self.given.answers if self.given else self.started_with)
        yield self.form

    def _subtypes(self) -> Sequence[Term]:
        return self.desk.vocabulary.terms("concern_subtype", group=self.form.field("type").value or "-")

    # Beginning, and leaving

    def on_mount(self) -> None:
        """Keep a draft from now on."""
        super().on_mount()
        self.keeper = self._keeper(self.given or self._new_draft())
        if self.given is None:
            self.start(self._go_on_with_draft())

    def _new_draft(self) -> Draft:
        return Draft("form_dialog", self.desk.now, about=f"case/{self.target.case_id}")

    def _keeper(self, draft: Draft) -> DraftKeeper:
        return DraftKeeper(self, draft, self.form.answers, title=lambda: self._where, more=self._more)

    def _more(self) -> Mapping[str, str | int]:
        return {"task": self.doing.name, "ref": self.ref, **self.target._asdict()}

    async def _go_on_with_draft(self) -> None:
        same = {"task": self.doing.name, "entry_id": self.target.entry_id}
        draft = await unfinished(self.desk, "form_dialog", f"case/{self.target.case_id}", **same)
        if draft is not None and not self.keeper.typed:
            self.form.fill(draft.answers)
            self.keeper = self._keeper(draft)
            self.say("This is what you typed before and did not keep.")

    @on(FormBody.Edited)
    def _edited(self) -> None:
        self.keeper.edited()

    def leaving(self) -> None:
        """Write the draft."""
        self.keeper.write_now()

    @property
    def unfinished(self) -> str:
        """The page's title, while something is typed."""
        return self._where if self.keeper.typed else ""

    # Keeping

    async def do_save(self) -> None:
        """Keep the form; the case shows it when it comes back."""
        try:
            form = self.doing.form.read(self.form.answers(), today=self.desk.today, words=self.desk.vocabulary)
            call = self.doing.keep(self.target, form)
            await self.desk.do(call.action, *call.args, **call.kwargs)
        except ThereIsAProblem as problem:
            self.form.show_problems(problem.problems)
            return
        except ChangedMeanwhile as clash:
            await self._show_theirs(clash)
            return
        await self.keeper.discard()
        self.app.say(f"{self.doing.said} Saved {self.desk.now:%H:%M:%S}.")
        self.app.close_place(self)

    async def _show_theirs(self, clash: ChangedMeanwhile) -> None:
        """Put what was saved meanwhile beside what is typed here; saving again is then meant."""
        if not self.doing.source:
            self.tell(clash)
            return
        theirs = await self.desk.ask(read_entry, self.target.case_id, self.doing.source, self.target.entry_id)
        self.target = self.target._replace(version=theirs.version)
        read = "\n".join(f"{label}: {words}" for label, words in theirs.read)
        self.told.show((clash.sentence, read))
        self.tell(clash)

    def do_notes(self) -> None:
        """Jump to the first field for many words, and back to the first field from there."""
        texts = [q.name for q in self.doing.form.questions() if q.kind is Kind.TEXT]
        current = self.form.current
        if texts and (current is None or current.question.name not in texts):
            self.form.go_to(texts[0])
        else:
            self.form.focus()
