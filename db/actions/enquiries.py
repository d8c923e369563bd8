"""Contacts with the duty line: kept, corrected, answered by a referral, closed. An enquiry stays an enquiry."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, select

from db.access import open_record
from db.actions.people import keep_adult, keep_post, rename_adult, say_whether_same, setting_named
from db.actions.steps import add_step, show_next
from db.clock import ENGLAND, day_of, local, week_number
from db.desk import action
from db.errors import DeskError
from db.forms.enquiry import WITHHELD, CloseEnquiryForm, EnquiryForm
from db.forms.question import UNANSWERED, Kind
from db.last_saved import changed_meanwhile
from db.models import Adult, Case, Enquiry, Note, Setting, Step, table
from db.permissions import Permission
from db.queries.just_entered import warn_of_duplicates
from db.rules.dates import words as day_words
from db.rules.working_days import add_working_days
from db.text import TEXT_LIMIT
from db.vocabulary import Answer, EnquiryResult
from db.work import Work

_enquiries, _cases, _steps = table(Enquiry), table(Case), table(Step)

FOLLOW_UP, FORM_TO_COME, CHILD_SAFE = "follow_up", "form_to_come", "child_safe"
"""Steps that an enquiry leaves to be done: what its result asks for, the referral form, the child's safety."""


class FollowUp(NamedTuple):
    """What a result leaves to be done, and within how many working days where the officer names no day (None: not)."""

    what: str
    within: int | None = None
    kind: str = FOLLOW_UP
    waiting_for: str | None = None


FOLLOW_UPS: Mapping[str | None, FollowUp] = {
    None: FollowUp("Read the enquiry, decide what comes of it", within=1),
    EnquiryResult.ADVISED_REFER: FollowUp("Referral form to come", 1, FORM_TO_COME, "the referral form"),
    EnquiryResult.ADVICE_GIVEN: FollowUp("Ask what came of the advice"),
    EnquiryResult.LOW_LEVEL: FollowUp("Ask if the concern was recorded"),
    EnquiryResult.SIGNPOST_FRONTDOOR: FollowUp("Check that social care has it"),
    EnquiryResult.SIGNPOST_POLICE: FollowUp("Check that the police have it"),
    EnquiryResult.OTHER_LADO: FollowUp("Check that the other LADO has it"),
    EnquiryResult.NOT_LADO: FollowUp("Follow up"),
}
"""By result. An enquiry that leaves nothing to be done is closed as it is kept."""

_INSPECTORATE = "ofsted_information"
_ANSWER_INSPECTORATE = FollowUp("Answer the inspectorate", within=1)

_SAFETY = "Child not known to be safe: ask again"

_DIRECT = (
    "caller_name", "caller_role", "organisation", "adult_with_children", "police_or_care_told", "role", "works_at",
    "works_elsewhere", "other_authority", "other_work", "children", "child_needs", "child_in_care", "account",
    "advice", "result",
)  # fmt: skip
"""Answers that are kept under their own name."""


@dataclass(frozen=True, slots=True)
class EnquirySaved:
    """An enquiry as it now stands: its reference, the adult if named, and what is to be done next and by when.

    ``next_step`` and ``due_on`` are None where nothing is left to be done and the enquiry is closed.
    """

    id: int
    ref: str
    adult_id: int | None
    next_step: str | None
    due_on: date | None


@action(Permission.LOG_ENQUIRY)
def log_enquiry(work: Work, form: EnquiryForm) -> EnquirySaved:
    """Keep one contact with the duty line, and put what it leaves to be done on the duty list.

    The child's safety may be "not known"; it is never taken as "yes", and asked again the same day.

    Raises:
        MayBeADuplicate: the same adult or number was entered in the last 24 hours and ``not_a_duplicate`` is unset.
    """
    if not form.not_a_duplicate:
        warn_of_duplicates(work, name=form.adult_name, number=_call_back(form))
    received_at = _received_at(work, form)
    values = _values(work, form)
    adult_id = _keep_adult(work, form, values["setting_id"])
    ref = work.next_reference("E")
    enquiry_id = work.insert(
        Enquiry,
        ref=ref,
        received_at=received_at,
        received_on=day_of(received_at),
        received_week=week_number(day_of(received_at)),
        entered_at=work.now,
        taken_by=work.officer.id,
        adult_id=adult_id,
        **values,
    )
    work.subject = ref
    _add_follow_up(work, enquiry_id, form)
    _ask_again_if_unsafe(work, enquiry_id, form)
    return _saved(work, enquiry_id)


@action(Permission.LOG_ENQUIRY)
def correct_enquiry(work: Work, enquiry_id: int, form: EnquiryForm, *, version: int) -> EnquirySaved:
    """Change what an enquiry says. What it said before is kept as a note on it.

    A follow-up left empty stays as it was, unless the result is another.

    Raises:
        ChangedMeanwhile: someone saved it since ``version`` was read; nothing was overwritten.
        NotFound, NotOnAccessList: as for opening it.
    """
    row = _open(work, enquiry_id, version)
    before = work.row(Adult, row.adult_id) if row.adult_id else None
    values = _values(work, form)
    changed = {name: value for name, value in values.items() if value != getattr(row, name)}
    _keep_what_was(work, row, before, form, changed)
    if form.adult_name and before is None:
        changed["adult_id"] = _keep_adult(work, form, values["setting_id"])
    elif form.adult_name and before is not None:
        rename_adult(work, row.adult_id, form.adult_name, form.adult_born)
        _say_who_it_is(work, row.adult_id, form)
    work.change(Enquiry, enquiry_id, version, **changed)
    _bring_steps_up_to_date(work, row, form)
    return _saved(work, enquiry_id)


@action(Permission.LOG_ENQUIRY)
def close_enquiry(work: Work, enquiry_id: int, form: CloseEnquiryForm, *, version: int) -> EnquirySaved:
    """Take an enquiry off the duty list with a reason.

    Raises:
        ChangedMeanwhile: someone saved it since ``version`` was read.
        DeskError: it is closed already.
    """
    row = _open(work, enquiry_id, version)
    if row.closed_on is not None:
        raise DeskError(f"{row.ref} was closed on {day_words(row.closed_on)}")
    _close(work, enquiry_id, form.reason)
    return _saved(work, enquiry_id)


@action(Permission.ENTER_REFERRAL)
def link_referral(work: Work, enquiry_id: int, case_id: int) -> EnquirySaved:
    """Say that a referral is the one an enquiry was advised to make. The enquiry has then nothing left to be done.

    Raises:
        DeskError: the referral already belongs to another enquiry.
        NotFound, NotOnAccessList: as for opening either.
    """
    case = open_record(work, table(Case), case_id)
    if case.enquiry_id not in (None, enquiry_id):
        raise DeskError(f"{case.ref} already belongs to another enquiry")
    open_record(work, table(Enquiry), enquiry_id)
    work.change(Case, case_id, enquiry_id=enquiry_id)
    referral_came(work, enquiry_id, case.ref)
    return _saved(work, enquiry_id)


@action(Permission.LOG_ENQUIRY)
def add_to_enquiry(work: Work, enquiry_id: int, words: str, kind: str = "call") -> int:
    """Add a dated note to an enquiry: a second call, an email, what was found out."""
    open_record(work, table(Enquiry), enquiry_id)
    return _note(work, enquiry_id, words, kind)


def referral_came(work: Work, enquiry_id: int, case_ref: str) -> None:
    """Take an enquiry off the duty list: its referral is on the record. For the act that enters or links one."""
    if work.row(Enquiry, enquiry_id).closed_on is None:
        _close(work, enquiry_id, f"Referral {case_ref}")


# What is kept of the answers --------------------------------------------------------------------------------------


def _values(work: Work, form: EnquiryForm) -> dict[str, Any]:
    """The answers as the record keeps them; a three-way question nobody answered is not known."""
    asked = {question.name: question.kind for question in form.questions()}
    values = {name: getattr(form, name) for name in _DIRECT}
    values |= {name: values[name] or UNANSWERED for name in _DIRECT if asked[name] is Kind.ANSWER}
    return values | {
        "call_back": _call_back(form),
        "child_safe": form.child_safe,
        "method": form.method or "telephone",
        "subject": form.subject or "lado",
        "setting_id": _setting(work, form),
    }


def _call_back(form: EnquiryForm) -> str | None:
    return None if form.call_back == WITHHELD else form.call_back


def _setting(work: Work, form: EnquiryForm) -> int | None:
    if form.works_at is None:
        return None
    if form.setting_id is not None:
        return int(work.row(Setting, form.setting_id).id)
    return setting_named(work, form.works_at)


def _received_at(work: Work, form: EnquiryForm) -> datetime:
    """When it reached the service; never later than now, whatever another machine's clock said."""
    told = form.received_at or work.now
    aware = told if told.tzinfo else told.replace(tzinfo=ENGLAND)
    return min(aware, work.now)


def _keep_adult(work: Work, form: EnquiryForm, setting_id: int | None) -> int | None:
    if not form.adult_name:
        return None
    adult_id = keep_adult(work, form.adult_name, form.adult_born)
    keep_post(work, adult_id, setting_id=setting_id, role=form.role)
    _say_who_it_is(work, adult_id, form)
    return adult_id


def _say_who_it_is(work: Work, adult_id: int, form: EnquiryForm) -> None:
    if form.same_as is None and not form.not_same_as:
        return
    work.require(Permission.LINK_PEOPLE)
    for other_id in form.not_same_as:
        say_whether_same(work, adult_id, other_id, same=False)
    if form.same_as is not None:
        say_whether_same(work, adult_id, form.same_as, same=True)


# What is left to be done ------------------------------------------------------------------------------------------


def _add_follow_up(work: Work, enquiry_id: int, form: EnquiryForm) -> None:
    plan = _ANSWER_INSPECTORATE if form.subject == _INSPECTORATE and not form.result else FOLLOW_UPS[form.result]
    due = form.follow_up.on if form.follow_up else None
    if due is None and plan.within is not None:
        due = add_working_days(work.today, plan.within)
    if due is not None:
        add_step(work, plan.what, due, enquiry_id=enquiry_id, kind=plan.kind, waiting_for=plan.waiting_for)


def _ask_again_if_unsafe(work: Work, enquiry_id: int, form: EnquiryForm) -> None:
    if form.child_safe != Answer.YES and form.subject != _INSPECTORATE:
        add_step(work, _SAFETY, work.today, enquiry_id=enquiry_id, kind=CHILD_SAFE)


def _bring_steps_up_to_date(work: Work, before: Row[Any], form: EnquiryForm) -> None:
    if form.result != before.result or form.follow_up:
        _finish(work, before.id, FOLLOW_UP, FORM_TO_COME)
        _add_follow_up(work, before.id, form)
    if form.child_safe != before.child_safe:
        _finish(work, before.id, CHILD_SAFE)
        _ask_again_if_unsafe(work, before.id, form)


def _finish(work: Work, enquiry_id: int, *kinds: str) -> None:
    """Mark open steps as done today by this officer: those of some kinds, or all."""
    statement = select(_steps.c.id).where(_steps.c.enquiry_id == enquiry_id, _steps.c.done_on.is_(None))
    if kinds:
        statement = statement.where(_steps.c.kind.in_(kinds))
    for step in work.rows(statement):
        work.change(Step, step.id, done_on=work.today, done_by=work.officer.id)
    show_next(work, enquiry_id=enquiry_id)


def _close(work: Work, enquiry_id: int, reason: str | None) -> None:
    _finish(work, enquiry_id)
    work.change(Enquiry, enquiry_id, closed_on=work.today, closed_reason=reason)


def _saved(work: Work, enquiry_id: int) -> EnquirySaved:
    """The enquiry as it stands; open while something is left to be done, and only then."""
    row = work.row(Enquiry, enquiry_id)
    if row.next_step is None and row.closed_on is None:
        work.change(Enquiry, enquiry_id, closed_on=work.today)
    elif row.next_step is not None and row.closed_on is not None:
        work.change(Enquiry, enquiry_id, closed_on=None, closed_reason=None)
    return EnquirySaved(enquiry_id, row.ref, row.adult_id, row.next_step, row.due_on)


# What was there before --------------------------------------------------------------------------------------------


def _open(work: Work, enquiry_id: int, version: int) -> Any:  # noqa: ANN401 - a row of enquiries
    row = open_record(work, table(Enquiry), enquiry_id)
    if row.version != version:
        raise changed_meanwhile(work, row.ref)
    return row


def _keep_what_was(
    work: Work, row: Row[Any], adult: Row[Any] | None, form: EnquiryForm, changed: Mapping[str, Any]
) -> None:
    was = list(_was(work, row, adult, form, changed))
    if was:
        when = f"{day_words(local(work.now).date())}, {local(work.now):%H:%M}"
        _note(work, row.id, f"Before the correction of {when}:\n" + "\n".join(was), "changed")


def _was(
    work: Work, row: Row[Any], adult: Row[Any] | None, form: EnquiryForm, changed: Mapping[str, Any]
) -> Iterator[str]:
    for question in form.questions():
        if question.name in changed:
            kept = getattr(row, question.name)
            listed = "answer" if question.kind is Kind.ANSWER else question.among
            said = work.vocabulary.label(listed, kept) if listed else kept or "nothing"
            yield f"{question.label}: {said}"
    if adult is not None and form.adult_name and form.adult_name != adult.name:
        yield f"Adult's name: {adult.name}"
    if adult is not None and form.adult_born and form.adult_born.on != adult.born_on:
        yield f"Date of birth: {day_words(adult.born_on) if adult.born_on else 'not known'}"


def _note(work: Work, enquiry_id: int, words: str, kind: str) -> int:
    """A note on an enquiry; what is longer than a note may be goes on in the next. Returns the first one's number."""
    numbers = [
        work.insert(
            Note,
            enquiry_id=enquiry_id,
            at=work.now,
            officer_id=work.officer.id,
            kind=kind,
            words=words[start : start + TEXT_LIMIT],
        )
        for start in range(0, len(words), TEXT_LIMIT)
    ]
    return numbers[0]
