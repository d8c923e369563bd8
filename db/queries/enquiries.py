"""What can be asked about enquiries: one opened, a list read in pages, the settings a caller may be speaking of."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, select, tuple_

from db.access import may_see, open_record
from db.desk import query
from db.errors import NotFound
from db.heard_before.references import read_reference
from db.heard_before.search import search_names
from db.models import Adult, Case, Enquiry, Note, Officer, Setting, Step, table
from db.permissions import Permission
from db.queries.settings import known_only_to_others
from db.work import Work

_enquiries, _cases, _adults, _settings = table(Enquiry), table(Case), table(Adult), table(Setting)
_notes, _steps, _officers = table(Note), table(Step), table(Officer)

PAGE = 50


@dataclass(frozen=True, slots=True)
class StepLine:
    """Something to be done, or done, on an enquiry."""

    id: int
    what: str
    due_on: date | None
    done_on: date | None


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A dated note on an enquiry. Of kind ``changed`` it holds what the enquiry said before a correction."""

    at: datetime
    officer: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class EnquiryRecord:
    """An enquiry opened: its answers by the names of the form's fields, and what happened to it since.

    Attributes:
        version: to hand back with a correction.
        answers: codes and words as kept, None where not answered; dates of birth as dates.
        taken_by: name of the officer who took it.
        setting: the setting where the adult works, as the record knows it.
        referrals: references of the referrals made from it that this officer may see, by number.
    """

    id: int
    version: int
    ref: str
    received_at: datetime
    entered_at: datetime
    taken_by: str
    answers: dict[str, Any]
    adult_id: int | None
    setting_id: int | None
    setting: str | None
    next_step: str | None
    due_on: date | None
    closed_on: date | None
    closed_reason: str | None
    restricted: bool
    steps: tuple[StepLine, ...]
    notes: tuple[NoteLine, ...]
    referrals: dict[int, str]


class EnquiryKey(NamedTuple):
    """Where an enquiry stands in the list: by day received, then by number, the newest first."""

    received_on: date
    id: int


@dataclass(frozen=True, slots=True)
class EnquiryRow:
    """One line of a list of enquiries. A restricted one carries its reference and nothing else."""

    key: EnquiryKey
    ref: str
    restricted: bool = False
    received_at: datetime | None = None
    organisation: str | None = None
    adult: str | None = None
    child_safe: str | None = None
    result: str | None = None
    next_step: str | None = None
    due_on: date | None = None
    closed_on: date | None = None

    @property
    def id(self) -> int:
        """The enquiry's number."""
        return self.key.id


@query(Permission.READ_RECORD, logged=True)
def open_enquiry(work: Work, enquiry_id: int) -> EnquiryRecord:
    """One enquiry with all that was said. Opening it is kept in the audit trail.

    Raises:
        NotFound: there is none of that number.
        NotOnAccessList: it is restricted and the officer is not on its list, or has declared a conflict.
    """
    return _record(work, open_record(work, _enquiries, enquiry_id))


@query(Permission.READ_RECORD, logged=True)
def show_enquiry(work: Work, ref: str) -> EnquiryRecord:
    """One enquiry by its reference, however it is written: E26-0817, e26 817.

    Raises:
        NotFound, NotOnAccessList: as for ``open_enquiry``.
    """
    meant = read_reference(ref)
    wanted = str(meant) if meant and meant.kind == "E" else ref.strip()
    found = work.first(select(_enquiries.c.id).where(_enquiries.c.ref == wanted))
    if found is None:
        raise NotFound("There is no enquiry of that reference. It may have been mistyped")
    return _record(work, open_record(work, _enquiries, found.id))


@query(Permission.READ_RECORD)
def list_enquiries(
    work: Work,
    after: EnquiryKey | None = None,
    count: int = PAGE,
    *,
    from_on: date | None = None,
    to_on: date | None = None,
    open_only: bool = False,
    result: str | None = None,
) -> tuple[EnquiryRow, ...]:
    """A page of enquiries, the last received first.

    Args:
        work: the officer's turn.
        after: the key of the last row of the page before; None for the first page.
        count: rows wanted; fewer mean that the list ends there.
        from_on: first day received.
        to_on: last day received, included.
        open_only: leave out what is closed.
        result: only those of one result.
    """
    received = _enquiries.c.received_on
    wanted: list[ColumnElement[bool]] = []
    if from_on is not None:
        wanted.append(received >= from_on)
    if to_on is not None:
        wanted.append(received <= to_on)
    if open_only:
        wanted.append(_enquiries.c.closed_on.is_(None))
    if result is not None:
        wanted.append(_enquiries.c.result == result)
    if after is not None:
        wanted.append(tuple_(received, _enquiries.c.id) < tuple_(*after))
    newest_first = (received.desc(), _enquiries.c.id.desc())
    return tuple(_row(row) for row in work.rows(_lines(work).where(*wanted).order_by(*newest_first).limit(count)))


_LISTED = ("received_at", "organisation", "child_safe", "result", "next_step", "due_on", "closed_on")


def _lines(work: Work) -> Select[Any]:
    return select(
        _enquiries.c.id,
        _enquiries.c.ref,
        _enquiries.c.received_on,
        *(_enquiries.c[name] for name in _LISTED),
        _adults.c.name.label("adult"),
        may_see(work, _enquiries).label("allowed"),
    ).outerjoin(_adults, _adults.c.id == _enquiries.c.adult_id)


def _row(row: Any) -> EnquiryRow:  # noqa: ANN401 - a row of `_lines`
    key = EnquiryKey(row.received_on, row.id)
    if not row.allowed:
        return EnquiryRow(key, row.ref, restricted=True)
    return EnquiryRow(key, row.ref, adult=row.adult, **{name: getattr(row, name) for name in _LISTED})


_ANSWERS = (
    "call_back", "child_safe", "adult_with_children", "police_or_care_told", "caller_name", "caller_role",
    "organisation", "method", "role", "works_at", "works_elsewhere", "other_authority", "other_work", "account",
    "children", "child_needs", "child_in_care", "advice", "result", "subject",
)  # fmt: skip


def _record(work: Work, row: Any) -> EnquiryRecord:  # noqa: ANN401 - a row of enquiries
    adult = work.row(Adult, row.adult_id) if row.adult_id else None
    answers = {name: getattr(row, name) for name in _ANSWERS}
    answers |= {"adult_name": adult.name if adult else None, "adult_born": adult.born_on if adult else None}
    setting = work.row(Setting, row.setting_id).name if row.setting_id else None
    return EnquiryRecord(
        id=row.id,
        version=row.version,
        ref=row.ref,
        received_at=row.received_at,
        entered_at=row.entered_at,
        taken_by=work.row(Officer, row.taken_by).name,
        answers=answers,
        adult_id=row.adult_id,
        setting_id=row.setting_id,
        setting=setting,
        next_step=row.next_step,
        due_on=row.due_on,
        closed_on=row.closed_on,
        closed_reason=row.closed_reason,
        restricted=row.restricted,
        steps=_steps_of(work, row.id),
        notes=_notes_of(work, row.id),
        referrals=_referrals_of(work, row.id),
    )


def _steps_of(work: Work, enquiry_id: int) -> tuple[StepLine, ...]:
    statement = (
        select(_steps.c.id, _steps.c.what, _steps.c.due_on, _steps.c.done_on)
        .where(_steps.c.enquiry_id == enquiry_id)
        .order_by(_steps.c.done_on.is_not(None), _steps.c.due_on, _steps.c.id)
    )
    return tuple(StepLine(row.id, row.what, row.due_on, row.done_on) for row in work.rows(statement))


def _notes_of(work: Work, enquiry_id: int) -> tuple[NoteLine, ...]:
    statement = (
        select(_notes.c.at, _officers.c.name, _notes.c.kind, _notes.c.words)
        .outerjoin(_officers, _officers.c.id == _notes.c.officer_id)
        .where(_notes.c.enquiry_id == enquiry_id)
        .order_by(_notes.c.id)
    )
    return tuple(NoteLine(row.at, row.name or "", row.kind, row.words) for row in work.rows(statement))


def _referrals_of(work: Work, enquiry_id: int) -> dict[int, str]:
    statement = (
        select(_cases.c.id, _cases.c.ref)
        .where(_cases.c.enquiry_id == enquiry_id, may_see(work, _cases))
        .order_by(_cases.c.id)
    )
    return {row.id: row.ref for row in work.rows(statement)}


@dataclass(frozen=True, slots=True)
class SettingOffered:
    """A setting that may be meant by what is typed."""

    id: int
    name: str
    town: str

    @property
    def words(self) -> str:
        """Its name with its town, as the field shows it; without, where the name says the town itself."""
        return self.name if self.town in self.name else f"{self.name}, {self.town}"


OFFERED = 5


@query(Permission.LOG_ENQUIRY)
def settings_offered(work: Work, typed: str) -> tuple[SettingOffered, ...]:
    """Settings that may be meant, while their name is typed; one known only from restricted records is not."""
    near = [match.owner_id for match in search_names(work.connection, typed, kind="setting", limit=2 * OFFERED).rows]
    hidden = known_only_to_others(work, near)
    statement = select(_settings.c.id, _settings.c.name, _settings.c.town).where(_settings.c.id.in_(near))
    found = {row.id: SettingOffered(row.id, row.name, row.town or "") for row in work.rows(statement)}
    return tuple(found[number] for number in near if number in found and number not in hidden)[:OFFERED]
