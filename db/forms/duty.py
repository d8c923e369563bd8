"""What callers to the duty line meet, as an officer sets it."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from db.errors import Problem
from db.forms.form import Form
from db.forms.question import Kind, Question
from db.rules.dates import DateKind, Day
from db.vocabulary import DutyStatus


class DutyStatusForm(Form):
    """What callers meet from now on. Open lines need no reason; anything less says why."""

    status: Annotated[
        str | None, Question("Callers meet", Kind.CHOICE, required="Enter what callers meet", among="duty_status")
    ] = None
    reason: Annotated[str | None, Question("Why", Kind.LINE, hint="names nobody")] = None
    until: Annotated[Day | None, Question("Until", Kind.DATE, hint="last day, if known", dated=DateKind.FOLLOW_UP)] = (
        None
    )

    def check(self, today: date) -> Iterator[Problem]:
        """Anything but open lines needs a reason."""
        if self.status in (DutyStatus.REDUCED, DutyStatus.SUSPENDED) and not self.reason:
            yield self.problem("reason", "Enter why callers meet less than open lines")
