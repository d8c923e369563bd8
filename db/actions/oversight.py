"""Overseeing a case: notes, next steps, delays and the monthly review.

Nothing is deleted or written over: a note is corrected by another that points to it, a step is done, a delay ends.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from db.access import open_record
from db.actions.steps import add_step, finish_steps, show_next
from db.desk import action
from db.errors import DeskError, ThereIsAProblem
from db.forms.form import Form
from db.forms.oversight import DelayEndedForm, DelayForm, NoteForm, ReviewForm, StepForm
from db.last_saved import changed_meanwhile
from db.models import Case, Delay, Note, Step, table
from db.officers import by_initials
from db.permissions import Permission
from db.rules.after_decision import REVIEW
from db.rules.clocks import due_on
from db.rules.dates import Day
from db.vocabulary import Answer
from db.work import Work

_cases, _notes, _delays = table(Case), table(Note), table(Delay)


class CaseClosed(DeskError):
    """Something that only an open case can have."""

    title = "The case is closed"
    exit_code = 2


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept: the case's reference and the number of the entry."""

    ref: str
    id: int


def answers_kept(form: Form, *leave_out: str) -> dict[str, Any]:
    """A form's answers as columns keep them: a date for each day, what was left empty as None."""
    kept = {q.name: getattr(form, q.name) for q in form.questions() if q.name not in leave_out}
    return {name: answer.on if isinstance(answer, Day) else answer for name, answer in kept.items()}


def open_case_row(work: Work, case_id: int, *, must_be_open: bool = False) -> Row[Any]:
    """The case's row, for an officer who may open it.

    Raises:
        NotOnAccessList: they may not.
        CaseClosed: it is closed, and what is to be done needs an open one.
    """
    case: Row[Any] = open_record(work, _cases, case_id)
    if must_be_open and case.closed_on is not None:
        raise CaseClosed(f"{case.ref} closed on {case.closed_on:%d/%m/%Y}. Open it again with a new decision first")
    return case


def same_version(work: Work, case: Row[Any], row: Row[Any], version: int) -> None:
    """Stop here if someone saved a row of the case since the officer opened it.

    Raises:
        ChangedMeanwhile: with who and when.
    """
    if row.version != version:
        raise changed_meanwhile(work, case.ref)


# Notes


@action(Permission.OVERSEE)
def add_note(work: Work, case_id: int, form: NoteForm, *, corrects: int | None = None) -> Kept:
    """Write a note into the chronology; with ``corrects``, in the place of an earlier one, which stays to be read.

    Raises:
        ThereIsAProblem: the note to correct is not one of this case, or was corrected already.
    """
    case = open_case_row(work, case_id)
    if corrects is not None and (sentence := _not_to_be_corrected(work, case_id, corrects)):
        raise ThereIsAProblem([form.problem("words", sentence)])
    note = work.insert(
        Note,
        case_id=case_id,
        at=work.now,
        officer_id=work.officer.id,
        kind=form.kind,
        words=form.words,
        third_party=form.third_party == Answer.YES,
        corrects_id=corrects,
    )
    return Kept(case.ref, note)


def _not_to_be_corrected(work: Work, case_id: int, note_id: int) -> str:
    if work.first(select(_notes.c.id).where(_notes.c.id == note_id, _notes.c.case_id == case_id)) is None:
        return "The note to correct is not one of this case"
    if work.first(select(_notes.c.id).where(_notes.c.corrects_id == note_id)) is not None:
        return "This note was corrected already. Correct the newer one"
    return ""


# Next steps


@action(Permission.OVERSEE)
def add_next_step(work: Work, case_id: int, form: StepForm) -> Kept:
    """Add something to be done. Without initials it is the officer's own."""
    case = open_case_row(work, case_id)
    step = add_step(
        work,
        form.what or "",
        form.due_on.on if form.due_on else None,
        case_id=case_id,
        owner_id=_who(work, form),
        waiting_for=form.waiting_for,
    )
    return Kept(case.ref, step)


@action(Permission.OVERSEE)
def change_step(work: Work, step_id: int, form: StepForm, *, version: int) -> Kept:
    """Change what is to be done, by whom or by when.

    Raises:
        ChangedMeanwhile: someone saved the step since it was opened.
    """
    case, step = _case_and_step(work, step_id)
    same_version(work, case, step, version)
    changes = answers_kept(form, "who") | {"owner_id": _who(work, form)}
    work.change(Step, step_id, version, **changes)
    show_next(work, case_id=step.case_id)
    return Kept(case.ref, step_id)


@action(Permission.OVERSEE)
def finish_step(work: Work, step_id: int, *, version: int) -> Kept:
    """Mark a step as done today."""
    case, step = _case_and_step(work, step_id)
    same_version(work, case, step, version)
    work.change(Step, step_id, version, done_on=work.today, done_by=work.officer.id)
    show_next(work, case_id=step.case_id)
    return Kept(case.ref, step_id)


@action(Permission.OVERSEE)
def take_back_done(work: Work, step_id: int) -> Kept:
    """Undo "done" on the day, by the officer who said it.

    Raises:
        DeskError: it was someone else, or another day.
    """
    case, step = _case_and_step(work, step_id)
    if (step.done_on, step.done_by) != (work.today, work.officer.id):
        raise DeskError("Only who marked it done today can take that back. Add the step again")
    work.change(Step, step_id, None, done_on=None, done_by=None)
    show_next(work, case_id=step.case_id)
    return Kept(case.ref, step_id)


def _case_and_step(work: Work, step_id: int) -> tuple[Row[Any], Row[Any]]:
    step = work.row(Step, step_id)
    return open_case_row(work, step.case_id or 0), step


def _who(work: Work, form: StepForm) -> int:
    return by_initials(work, form.who, form, "who").id if form.who else work.officer.id


# Delays, and the monthly review


@action(Permission.OVERSEE)
def start_delay(work: Work, case_id: int, form: DelayForm) -> Kept:
    """Say what holds the case up, from today or an earlier day.

    Raises:
        ThereIsAProblem: that cause runs already.
    """
    case = open_case_row(work, case_id, must_be_open=True)
    if _runs(work, case_id, form.cause):
        label = work.vocabulary.label("delay_cause", form.cause)
        raise ThereIsAProblem([form.problem("cause", f"This case is held up by {label} already")])
    return Kept(case.ref, _hold_up(work, case_id, form))


@action(Permission.OVERSEE)
def end_delay(work: Work, delay_id: int, form: DelayEndedForm) -> Kept:
    """Say that a delay is over.

    Raises:
        ThereIsAProblem: it would end before it began.
    """
    delay = work.row(Delay, delay_id)
    case = open_case_row(work, delay.case_id)
    ended = answers_kept(form)["to_on"] or work.today
    if ended < delay.from_on:
        raise ThereIsAProblem(
            [form.problem("to_on", f"Ended on must be the same as or after {delay.from_on:%d/%m/%Y}")]
        )
    work.change(Delay, delay_id, to_on=ended)
    return Kept(case.ref, delay_id)


@action(Permission.OVERSEE)
def review_case(work: Work, case_id: int, form: ReviewForm) -> Kept:
    """Keep the monthly look at a case: what was found, what holds it up, and when the next is due.

    Past three months a cause of delay must run or be given.

    Raises:
        ThereIsAProblem: the case is past three months and nothing says why.
    """
    case = open_case_row(work, case_id, must_be_open=True)
    if form.cause and not _runs(work, case_id, form.cause):
        _hold_up(work, case_id, DelayForm(cause=form.cause))
    elif not form.cause and work.today > due_on("kpi_3m", case.received_on) and not _runs(work, case_id):
        raise ThereIsAProblem([form.problem("cause", "Enter what holds the case up: it is past three months")])
    note = work.insert(
        Note, case_id=case_id, at=work.now, officer_id=work.officer.id, kind="supervision", words=form.words
    )
    work.change(Case, case_id, reviewed_on=work.today)
    finish_steps(work, case_id, REVIEW)
    again = form.next_on.on if form.next_on else due_on("monitor", work.today)
    add_step(work, "Monthly review", again, case_id=case_id, owner_id=case.owner_id, kind=REVIEW)
    return Kept(case.ref, note)


def _hold_up(work: Work, case_id: int, form: DelayForm) -> int:
    kept = answers_kept(form)
    return work.insert(Delay, case_id=case_id, **(kept | {"from_on": kept["from_on"] or work.today}))


def _runs(work: Work, case_id: int, cause: str | None = None) -> bool:
    running = select(_delays.c.id).where(_delays.c.case_id == case_id, _delays.c.to_on.is_(None))
    return work.first(running.where(_delays.c.cause == cause) if cause else running) is not None
