"""After a call: what was kept, what is left to be done, and the advice as text for a message to the caller."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from lado_tui.clipboard import SECONDS, lend
from lado_tui.exchange.advice import Advice, as_message
from lado_tui.screens.place import Place
from lado_tui.widgets.passage import Passage, Reading

if TYPE_CHECKING:
    from db.actions.enquiries import EnquirySaved


class EnquirySavedScreen(Place[None]):
    """What came of a call. Esc and Enter go back to the list it was taken from."""

    NAME = "enquiry_saved"
    HELP = (
        "The enquiry is on the record. Read the text for the caller; Ctrl+O copies it, to paste into a message, and it "
        "is taken off the clipboard after 30 seconds. Ctrl+R starts the referral with all that the enquiry says."
    )

    def __init__(self, saved: EnquirySaved, advice: Advice, past: Sequence[str] = ()) -> None:
        """Show an enquiry just kept, or one on the record.

        Args:
            saved: how it stands.
            advice: what the caller was advised.
            past: for one on the record, what has happened since, a line each.
        """
        super().__init__()
        self.saved = saved
        self.advice = advice
        self.heading = f"Enquiry {saved.ref}" if past else f"Saved {saved.ref}"
        since = [("What has happened since", "\n".join(past)), ("", "")] if past else []
        self.reading = Reading(
            Passage(
                (self.heading, _left_to_do(saved)),
                ("", ""),
                *since,
                ("Text for a message to the caller. Ctrl+O copies it.", as_message(advice)),
            )
        )

    def body(self) -> ComposeResult:
        """What was kept, and the text."""
        yield self.reading

    def on_place_shown(self) -> None:
        """Say where the officer is."""
        self.set_where(self.heading)
        self.reading.focus()

    def do_copy_text(self) -> None:
        """Copy the text that stands here."""
        lend(self.app, as_message(self.advice))
        self.say(f"Copied. It is taken off the clipboard after {SECONDS:.0f} seconds.")

    def do_start_referral(self) -> None:
        """Begin the referral with all that the enquiry says."""
        self.app.go_on_to("referral", enquiry_id=self.saved.id)

    def do_new_enquiry(self) -> None:
        """Take the next call."""
        self.app.go_on_to("enquiry")

    def do_done(self) -> None:
        """Back to the list."""
        self.do_back()


def _left_to_do(saved: EnquirySaved) -> str:
    if saved.next_step is None or saved.due_on is None:
        return "Nothing is left to be done; the enquiry is closed."
    due = f"{saved.due_on:%a} {saved.due_on.day} {saved.due_on:%b %Y}"
    return f"On the duty list: {saved.next_step}, by {due}."
