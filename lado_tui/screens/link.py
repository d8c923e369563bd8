"""Says what linking two entries will do, asks why, and keeps it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from db.actions.people import decide_same_person
from db.errors import ThereIsAProblem
from db.forms.linking import LinkForm
from db.queries.history import Entry
from lado_tui.screens.place import Place
from lado_tui.widgets.compare_table import CompareTable
from lado_tui.widgets.form_body import FormBody
from lado_tui.widgets.notice import Notice, Told
from lado_tui.widgets.rule import Rule

_WHAT_CHANGES = {
    True: "Their records are shown together from now on, for this name and for the other.",
    False: "The other entry's records no longer count when this name is asked about.",
}


class LinkScreen(Place[bool]):
    """One decision about two entries. Hands back whether it was kept."""

    NAME = "link"
    HELP = "Compare the two, say why, and Ctrl+S keeps it. Both entries stay as they are; it can be taken back."

    def __init__(self, *, now: Entry, other: Entry, same: bool, answers: dict[str, str]) -> None:
        """Ask.

        Args:
            now: the entry in view.
            other: the entry it is compared with.
            same: whether they are about to be called the same person.
            answers: a reason typed before and not kept; it is kept up to date.
        """
        super().__init__()
        self.now, self.other, self.same, self.answers = now, other, same, answers
        self.compare = CompareTable()
        self._where = "The same person?" if same else "Not the same person?"

    def body(self) -> ComposeResult:
        """What will change, the two entries, the reason."""
        said = "the same person" if self.same else "not the same person"
        yield Notice(
            Told("", f"{self.other.letter} will be kept as {said} as NOW.", "strong"),
            Told("", f"{_WHAT_CHANGES[self.same]} Both entries stay as they are: they are linked, never merged."),
            Told("", f"{self.desk.officer.name} is named as who decided. It can be taken back."),
        )
        yield Rule()
        yield self.compare
        yield Rule()
        self.form = FormBody(LinkForm.questions(), words=self.desk.vocabulary, today=self.desk.today)
        yield self.form

    def on_mount(self) -> None:
        """Show the two, and what was typed before."""
        super().on_mount()
        self.compare.show([self.now, self.other])
        self.compare.mark(self.other.letter)
        self.form.fill(self.answers)
        self.form.focus()

    @on(FormBody.Edited)
    def keep_answers(self) -> None:
        """What is typed is there again when the officer comes back."""
        self.answers.update(self.form.answers())

    async def do_save(self) -> None:
        """Keep the decision."""
        if self.now.adult_id is None or self.other.adult_id is None:
            return
        try:
            form = LinkForm.read(self.form.answers(), today=self.desk.today, words=self.desk.vocabulary)
        except ThereIsAProblem as problem:
            self.form.show_problems(problem.problems)
            return
        await self.desk.do(
            decide_same_person, self.now.adult_id, self.other.adult_id, same=self.same, reason=form.reason
        )
        self.dismiss(True)

    def do_back(self) -> None:
        """Leave it undecided."""
        self.dismiss(False)
