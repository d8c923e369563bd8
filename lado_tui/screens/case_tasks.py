"""What is added to a case or changed in it through one dialog: each task's form, and the action that keeps it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from db.actions import oversight, restriction, strands
from db.actions.allocation import move_case
from db.actions.outcomes import close_case
from db.desk import Action
from db.forms import oversight as forms
from db.forms.form import Form
from db.forms.outcome import CloseForm
from db.forms.referral import ConcernForm


class Target(NamedTuple):
    """What a task is about: a case, one of its entries (0: a new one), and the version that was read."""

    case_id: int
    entry_id: int = 0
    version: int = 0


class Call(NamedTuple):
    """An action with what it is handed."""

    action: Action[..., Any]
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do in the dialog.

    Attributes:
        name: how drafts and commands know it.
        title: what the page is called.
        form: what is asked.
        keep: the action for a filled-in form.
        said: what the officer reads when it is kept.
        about: one sentence for the list of what can be added.
        source: the kind of entry it changes (`db.queries.entries`), "" for what is only ever added.
    """

    name: str
    title: str
    form: type[Form]
    keep: Callable[[Target, Any], Call]
    said: str
    about: str = ""
    source: str = ""


def _add(action: Action[..., Any]) -> Callable[[Target, Any], Call]:
    return lambda of, form: Call(action, (of.case_id, form))


def _change(action: Action[..., Any]) -> Callable[[Target, Any], Call]:
    return lambda of, form: Call(action, (of.entry_id, form), {"version": of.version})


def _correct(of: Target, form: Any) -> Call:  # noqa: ANN401 - a NoteForm
    return Call(oversight.add_note, (of.case_id, form), {"corrects": of.entry_id})


def _move(of: Target, form: Any) -> Call:  # noqa: ANN401 - a MoveForm
    return Call(move_case, (of.case_id, form), {"version": of.version})


def _end_delay(of: Target, form: Any) -> Call:  # noqa: ANN401 - a DelayEndedForm
    return Call(oversight.end_delay, (of.entry_id, form))


_ALL = (
    Task("note", "Note", forms.NoteForm, _add(oversight.add_note), "Note kept."),
    Task("correct_note", "Correct a note", forms.NoteForm, _correct, "Correction kept. The first note stays."),
    Task("step", "Next step", forms.StepForm, _add(oversight.add_next_step), "Step added."),
    Task("change_step", "Change a step", forms.StepForm, _change(oversight.change_step), "Step changed.", "", "step"),
    Task("review", "Monthly review", forms.ReviewForm, _add(oversight.review_case), "Review kept."),
    Task("move", "Move the case", forms.MoveForm, _move, "Case moved."),
    Task("meeting", "Meeting", forms.MeetingForm, _add(strands.record_meeting), "Meeting kept.",
         "Position of Trust or other, or oversight by phone"),
    Task("change_meeting", "Meeting", forms.MeetingForm, _change(strands.change_meeting), "Meeting kept.", "",
         "meeting"),
    Task("strand", "Strand", forms.StrandForm, _add(strands.open_strand), "Strand added.",
         "Police, section 47, employer, disciplinary, and so on"),
    Task("change_strand", "Strand", forms.StrandForm, _change(strands.change_strand), "Strand kept.", "", "strand"),
    Task("delay", "Held up", forms.DelayForm, _add(oversight.start_delay), "Delay kept.", "What holds the case up"),
    Task("end_delay", "No longer held up", forms.DelayEndedForm, _end_delay, "The delay is over."),
    Task("share", "Who was told", forms.ShareForm, _add(strands.record_share), "Kept who was told.",
         "Who was told what, and on what basis"),
    Task("concern", "Concern", ConcernForm, _add(strands.add_concern), "Concern added.", "Another alleged incident"),
    Task("change_concern", "Concern", ConcernForm, _change(strands.change_concern), "Concern kept.", "", "concern"),
    Task("escalation", "Escalation", forms.EscalationForm, _add(strands.record_escalation), "Escalation kept.",
         "A disagreement taken further"),
    Task("change_escalation", "Escalation", forms.EscalationForm, _change(strands.change_escalation),
         "Escalation kept.", "", "escalation"),
    Task("alert", "Alert", forms.AlertForm, _add(strands.record_alert), "Alert kept.",
         "A safeguarding alert to senior officers"),
    Task("close", "Close without an outcome", CloseForm, _add(close_case), "Case closed."),
    Task("restrict", "Restrict the case", forms.RestrictForm, _add(restriction.restrict_case), "Case restricted."),
    Task("grant", "Add to the access list", forms.GrantForm, _add(restriction.grant_access), "Added to the list.",
         "Another officer who may open this case"),
    Task("end_access", "Take off the access list", forms.GrantEndedForm, _add(restriction.end_access),
         "Taken off the list.", "An officer who need not open it any more"),
    Task("unrestrict", "Open to the team again", forms.UnrestrictForm, _add(restriction.lift_restriction),
         "Open to the team again.", "End the restriction, with the reason"),
)  # fmt: skip

TASKS: Mapping[str, Task] = {task.name: task for task in _ALL}
"""Every task, by name."""

CHANGES: Mapping[str, Task] = {task.source: task for task in _ALL if task.source} | {
    "note": TASKS["correct_note"],
    "delay": TASKS["end_delay"],
}
"""What is done with an entry that is opened, by its kind; the rest is only read."""

TO_ADD = ("meeting", "strand", "delay", "share", "concern", "escalation", "alert")
"""What the page "Add to the case" offers, the most wanted first."""

WHEN_RESTRICTED = ("grant", "end_access", "unrestrict")
"""What it offers besides where the case is restricted."""
