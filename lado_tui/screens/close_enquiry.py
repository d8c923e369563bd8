"""Closing an enquiry that needs nothing more, with the reason."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import ComposeResult

from db.actions.enquiries import close_enquiry
from db.drafts import Draft
from db.errors import ThereIsAProblem
from db.forms.enquiry import CloseEnquiryForm
from lado_tui.draft_keeper import DraftKeeper
from lado_tui.screens.place import Place
from lado_tui.widgets.drawn import Part, Words
from lado_tui.widgets.form_body import FormBody


class CloseEnquiryScreen(Place[None]):
    """Asks why; `app.open_place("close_enquiry", ...)`."""

    NAME = "close_enquiry"
    HELP = "Say why the enquiry needs nothing more. Ctrl+S closes it and takes it off the duty list. Esc goes back."

    def __init__(
        self, enquiry_id: int = 0, version: int = 0, ref: str = "", left_to_do: str = "", draft: Draft | None = None
    ) -> None:
        """Ask about one enquiry.

        Args:
            enquiry_id: which.
            version: its version as it was read.
            ref: its reference.
            left_to_do: its next step, which will be marked as done.
            draft: what was typed before.
        """
        super().__init__()
        told: dict[str, Any] = {"version": version, "ref": ref, "left_to_do": left_to_do}
        told |= draft.more if draft else {}
        self.enquiry_id = int(draft.about.partition("/")[2]) if draft else enquiry_id
        self.told = told
        self.draft = draft
        self.keeper: DraftKeeper | None = None

    def body(self) -> ComposeResult:
        """What will change, then the question."""
        step = self.told["left_to_do"] or "nothing"
        yield Words(
            "",
            Part(f"  Close {self.told['ref']} and take it off the duty list.", "strong"),
            f"  Left to do: {step}",
            "",
        )
        self.form = FormBody(CloseEnquiryForm.questions(), words=self.desk.vocabulary, today=self.desk.today)
        yield self.form

    def on_place_shown(self) -> None:
        """Begin to keep what is typed."""
        if self.keeper is None:
            draft = self.draft or Draft(self.NAME, self.desk.now, about=f"enquiry/{self.enquiry_id}")
            self.form.fill(draft.answers)
            title = f"Close {self.told['ref']}"
            self.set_where(title)
            self.keeper = DraftKeeper(self, draft, self.form.answers, title=lambda: title, more=lambda: self.told)
            self.form.focus()

    @on(FormBody.Edited)
    def _edited(self) -> None:
        if self.keeper is not None:
            self.keeper.edited()

    def leaving(self) -> None:
        """Write the draft now."""
        if self.keeper is not None:
            self.keeper.write_now()

    async def do_save(self) -> None:
        """Close the enquiry."""
        try:
            form = CloseEnquiryForm.read(self.form.answers(), today=self.desk.today, words=self.desk.vocabulary)
        except ThereIsAProblem as wrong:
            self.form.show_problems(wrong.problems)
            return
        closed = await self.desk.do(close_enquiry, self.enquiry_id, form, version=int(self.told["version"]))
        if self.keeper is not None:
            await self.keeper.discard()
        self.app.say(f"Closed {closed.ref}")
        self.app.close_place(self)
