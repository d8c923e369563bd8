"""What is asked once, when a service makes its store: its name, its first manager, and a passphrase."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated

from db.errors import Problem
from db.forms.form import Form
from db.forms.question import Kind, Question
from db.rules.passphrase import ADVISED, LEAST, passphrase_problem

_SIGN_IN_LIMIT = 60
_SIGN_IN = re.compile(r"[a-z0-9][a-z0-9._-]*")


class FirstSetUpForm(Form):
    """A new service and its first manager."""

    service: Annotated[
        str | None,
        Question("Service", Kind.NAME, required="Enter what the service is called", hint="as on its letters"),
    ] = None
    name: Annotated[
        str | None, Question("First manager", Kind.NAME, required="Enter the first manager's name", hint="full name")
    ] = None
    sign_in: Annotated[
        str | None,
        Question(
            "Sign-in name",
            Kind.LINE,
            required="Enter a name to sign in with",
            hint="short, such as mokoro",
            limit=_SIGN_IN_LIMIT,
        ),
    ] = None
    passphrase: Annotated[
        str | None,
        Question(
            "Passphrase",
            Kind.LINE,
            required="Enter a passphrase",
            hint=f"{LEAST} characters or more, {ADVISED} advised",
        ),
    ] = None
    again: Annotated[
        str | None, Question("Passphrase again", Kind.LINE, required="Enter the passphrase again", hint="to be sure")
    ] = None

    def check(self, today: date) -> Iterator[Problem]:
        """The sign-in name is plain, the passphrase hard to guess here, and typed twice alike."""
        if self.sign_in and not _SIGN_IN.fullmatch(self.sign_in.casefold()):
            yield self.problem("sign_in", "Sign-in name must be made of letters, figures, dots and hyphens")
        own = [words for words in (self.service, self.name, self.sign_in) if words]
        if self.passphrase and (sentence := passphrase_problem(self.passphrase, own)):
            yield self.problem("passphrase", sentence)
        if self.passphrase and self.again and self.passphrase != self.again:
            yield self.problem("again", "Passphrase again must be the same as the passphrase")
