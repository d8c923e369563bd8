"""First set-up: the service's name, its first manager, and the recovery key, which is shown once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from textual import on
from textual.app import ComposeResult

from db.actions.staff import found_service
from db.clock import local, system_clock
from db.errors import ThereIsAProblem
from db.forms.question import Kind, Question
from db.forms.set_up import FirstSetUpForm
from db.vocabulary import Vocabulary
from lado_tui.opening import Seat
from lado_tui.screens.doorway import Doorway, door_field
from lado_tui.widgets.drawn import Words
from lado_tui.widgets.field import Field
from lado_tui.widgets.form_body import FormBody
from lado_tui.widgets.line_input import LineInput
from lado_tui.widgets.notice import Notice, Told
from lado_tui.widgets.rule import Rule

LAST = 4
"""Characters of the recovery key that the manager types, to show that it stands on paper."""

PROOF = Question("Last four", Kind.LINE, name="proof", limit=LAST, hint="the last four of the key, from your paper")
SECRET = ("passphrase", "again")


class SetUpScreen(Doorway):
    """Makes a new, empty store. There is no account before this one, and no passphrase but the one typed here."""

    NAME = "set_up"
    HELP = (
        "Name the service and its first manager and choose a passphrase: 12 characters or more, any characters, such "
        "as four unlikely words. The recovery key opens the store if every passphrase is lost, and is shown once."
    )

    def __init__(self, store: Path) -> None:
        """Begin.

        Args:
            store: where the new store is to lie.
        """
        super().__init__()
        self.store = store
        self.recovery = ""
        self.working = False
        self.heading = Notice(
            Told("", "Make a new, empty store", "strong"),
            Told(
                "", f"It will lie at {store}, encrypted. Nobody can open it without a passphrase or its recovery key."
            ),
        )
        self.key = Words()
        self.proof = door_field(LineInput(PROOF))

    def body(self) -> ComposeResult:
        """What will be made, the form; afterwards the recovery key in its place."""
        yield self.heading
        yield Rule()
        self.form = FormBody(
            FirstSetUpForm.questions(), words=Vocabulary(), today=local(system_clock()).date(), label_width=22
        )
        for name in SECRET:
            field = self.form.field(name)
            if isinstance(field, LineInput):
                field.secret = True
        yield self.form
        yield self.key
        yield self.proof
        yield self.told

    def on_mount(self) -> None:
        """Begin with the service's name."""
        super().on_mount()
        self.key.display = self.proof.display = False
        self.form.focus()

    @property
    def unfinished(self) -> str:
        """Until the key is on paper, leaving asks."""
        return "The recovery key on paper" if self.recovery else ""

    # Making the store

    async def do_save(self) -> None:
        """Make the store, or, once the key was typed back, go on to sign in."""
        if self.recovery:
            self.check_proof()
            return
        answers = self.form.answers()
        try:
            today = local(system_clock()).date()
            form = FirstSetUpForm.read(answers, today=today, words=Vocabulary())
            if self.working:
                return
            self.working = True
            self.say("Making the store. This takes a few seconds.")
            make = partial(
                found_service,
                self.store,
                service=form.service or "",
                name=form.name or "",
                sign_in=form.sign_in or "",
                passphrase=form.passphrase or "",
            )
            self.recovery = await asyncio.to_thread(make)
        except ThereIsAProblem as problem:
            self.form.show_problems(problem.problems)
            return
        finally:
            self.working = False
        self.show_recovery_key(form.sign_in or "")

    def show_recovery_key(self, sign_in: str) -> None:
        """Show the key in the form's place, and ask for the end of it."""
        self.sign_in_name = sign_in
        self.form.display = False
        self.key.display = self.proof.display = True
        self.heading.say(
            Told("", "The store is made. This is its recovery key", "strong"),
            Told("", "Write it on paper now, and lock the paper away. It opens the store if every passphrase is lost."),
            Told("", "It is not kept anywhere and cannot be shown again."),
        )
        self.key.say(*_in_lines(self.recovery))
        self.say("Type the last four characters of the key from your paper, then Enter.")
        self.proof.focus()

    @on(Field.Done)
    def check_proof(self) -> None:
        """Whoever can read the end of the key from paper has it on paper."""
        if not self.recovery:
            return
        if self.proof.value.strip().upper() == self.recovery[-LAST:]:
            self.recovery = ""
            self.key.say("")
            self.app.sign_in = {"seat": Seat(self.store, officer=self.sign_in_name)}
            self.app.go_on_to("sign_in", **self.app.sign_in)
        else:
            self.proof.refuse("Last four must be the last four characters of the recovery key")

    def do_notes(self) -> None:
        """There is nothing to note here."""
        self.say("There are no notes on this page.")


def _in_lines(recovery: str) -> Iterable[str]:
    """The key in two lines of groups, wide apart, to be copied by hand."""
    groups = recovery.split("-")
    half = len(groups) // 2
    yield ""
    yield f"      {'  -  '.join(groups[:half])}  -"
    yield ""
    yield f"      {'  -  '.join(groups[half:])}"
    yield ""
