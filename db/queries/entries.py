"""One entry of a case read in full, in the words of the form that asked for it, and as typed for changing it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import SQLModel

from db.access import open_record
from db.desk import query
from db.errors import NotFound
from db.forms.form import Form
from db.forms.oversight import (
    AlertForm,
    DelayForm,
    EscalationForm,
    MeetingForm,
    NoteForm,
    ShareForm,
    StepForm,
    StrandForm,
)
from db.forms.question import Kind, Question
from db.forms.referral import ConcernForm
from db.forms.screening import ScreeningForm
from db.models import (
    Alert,
    Case,
    CaseChild,
    Concern,
    Delay,
    Escalation,
    Meeting,
    Note,
    ScreeningDecision,
    Share,
    Step,
    Strand,
    table,
)
from db.officers import NOBODY, everyone
from db.permissions import Permission
from db.rules.dates import Day, words
from db.vocabulary import Answer
from db.work import Work

_cases, _children = table(Case), table(CaseChild)


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of entry: its table, the form that asks for it, and columns that are named otherwise than the question."""

    model: type[SQLModel]
    form: type[Form]
    columns: Mapping[str, str]


SOURCES: Mapping[str, Source] = {
    "note": Source(Note, NoteForm, {}),
    "step": Source(Step, StepForm, {"who": "owner_id"}),
    "strand": Source(Strand, StrandForm, {}),
    "meeting": Source(Meeting, MeetingForm, {"chair": "chair_id"}),
    "delay": Source(Delay, DelayForm, {}),
    "share": Source(Share, ShareForm, {}),
    "escalation": Source(Escalation, EscalationForm, {}),
    "alert": Source(Alert, AlertForm, {}),
    "concern": Source(Concern, ConcernForm, {"happened": "happened_on", "details": "account", "child": "child_id"}),
    "decision": Source(ScreeningDecision, ScreeningForm, {"decision": "classification"}),
}
"""What a case's entries are made of."""

_OFFICERS = ("owner_id", "chair_id")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry in full.

    Attributes:
        source, id: which it is.
        version: for saving a change; 0 where the entry cannot be changed.
        open: whether it is a step still to be done, or anything but a step.
        read: label and answer, one pair for each question that was answered.
        typed: the answers as an officer would type them, by question.
    """

    source: str
    id: int
    version: int
    open: bool
    read: tuple[tuple[str, str], ...]
    typed: Mapping[str, str]


@query(Permission.READ_RECORD)
def read_entry(work: Work, case_id: int, source: str, entry_id: int) -> Entry:
    """One entry of a case that this officer may open.

    Raises:
        NotFound: the case has no such entry.
        NotOnAccessList: the case is not this officer's to open.
    """
    open_record(work, _cases, case_id)
    if source not in SOURCES:
        raise NotFound("There is no such entry in this case")
    of = SOURCES[source]
    target = table(of.model)
    row = work.first(select(target).where(target.c.id == entry_id, target.c.case_id == case_id))
    if row is None:
        raise NotFound("There is no such entry in this case")
    version = int(row.version) if "version" in target.c else 0
    typed = {question.name: _typed(work, row, of, question) for question in of.form.questions()}
    return Entry(
        source, entry_id, version, getattr(row, "done_on", None) is None, tuple(_read(work, of, typed, row)), typed
    )


def _read(work: Work, of: Source, typed: Mapping[str, str], row: Row[Any]) -> Iterator[tuple[str, str]]:
    for question in of.form.questions():
        if typed[question.name]:
            yield question.label, _words(work, question, typed[question.name], row, of)


def _words(work: Work, question: Question, typed: str, row: Row[Any], of: Source) -> str:
    listed = {Kind.ANSWER: "answer", Kind.LIMB: "limb_answer"}.get(question.kind) or question.among
    if listed:
        return work.vocabulary.label(listed, typed)
    value = getattr(row, of.columns.get(question.name, question.name), None)
    return words(value) if isinstance(value, date) and typed == value.isoformat() else typed


def _typed(work: Work, row: Row[Any], of: Source, question: Question) -> str:
    column = of.columns.get(question.name, question.name)
    value = getattr(row, column, None)
    if value is None:
        return ""
    if column in _OFFICERS:
        return everyone(work).get(value, NOBODY).initials
    if column == "child_id":
        return str(_child_number(work, row.case_id, value))
    if column == "happened_on" and row.happened_given != "day":
        return Day(value, row.happened_given).words  # a month must not come back as its first day
    if isinstance(value, bool):
        return Answer.YES if value else Answer.NO
    return value.isoformat() if isinstance(value, date) else str(value)


def _child_number(work: Work, case_id: int, child_id: int) -> int:
    ordered = select(_children.c.child_id).where(_children.c.case_id == case_id).order_by(_children.c.id)
    return [row.child_id for row in work.rows(ordered)].index(child_id) + 1
