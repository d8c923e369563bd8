"""What the record already holds about adults: their cases and enquiries in one shape, newest first.

Searching, "heard before?" and a setting's page all tell records through here, so that a restricted one is left out
in one place and told of nowhere.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, Select, Table, and_, func, literal, select

from db.access import may_see
from db.models import Adult, Case, Enquiry, Officer, Outcome, Setting, table
from db.vocabulary import Classification, ClosedAs, EnquiryResult, Finding
from db.work import Work

_cases, _enquiries, _outcomes = table(Case), table(Enquiry), table(Outcome)
_adults, _settings, _officers = table(Adult), table(Setting), table(Officer)

OPEN = "open"


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """One case or enquiry as lists of what is known show it.

    Attributes:
        what: what it is, in words: ``Allegation``, ``Enquiry``.
        type: the code of the concern's principal type, for telling whether two are of the same kind.
        concern: that type in words, with its sub-type; "" for an enquiry.
        state: ``open``, or how it ended, in words.
        meaning: what the finding means, which is shown beside the word; "" where there is none.
        owner: initials of who holds it; of who took it, for an enquiry nobody holds.
    """

    kind: Literal["case", "enquiry"]
    id: int
    ref: str
    adult_id: int | None
    adult: str
    received_on: date
    what: str
    type: str | None
    concern: str
    state: str
    meaning: str
    closed_on: date | None
    role: str
    setting_id: int | None
    setting: str
    owner: str


def records_of_adults(work: Work, adults: Collection[int]) -> tuple[list[KnownRecord], frozenset[int]]:
    """The records about some adults that this officer may see, and which of the adults have others."""
    found, hidden = _read(work, _cases.c.adult_id.in_(adults), _enquiries.c.adult_id.in_(adults), most=None)
    return found, frozenset(row.adult_id for row in hidden)


def records_at_setting(work: Work, setting_id: int, most: int) -> tuple[list[KnownRecord], int]:
    """The newest records about a setting that this officer may see, and how many others there are among them."""
    found, hidden = _read(work, _cases.c.setting_id == setting_id, _enquiries.c.setting_id == setting_id, most=most)
    return found, len(hidden)


def records_called(work: Work, refs: Collection[str]) -> tuple[list[KnownRecord], int]:
    """The records with these references that this officer may see, and how many others there are."""
    found, hidden = _read(work, _cases.c.ref.in_(refs), _enquiries.c.ref.in_(refs), most=None)
    return found, len(hidden)


def _read(
    work: Work, of_cases: ColumnElement[bool], of_enquiries: ColumnElement[bool], most: int | None
) -> tuple[list[KnownRecord], list[Row[Any]]]:
    asked = ((_of_cases(work), of_cases, _cases), (_of_enquiries(work), of_enquiries, _enquiries))
    rows = list(
        chain.from_iterable(
            work.rows(statement.where(condition).order_by(of.c.received_on.desc(), of.c.id.desc()).limit(most))
            for statement, condition, of in asked
        )
    )
    seen = sorted((row for row in rows if row.allowed), key=_newest_first, reverse=True)[:most]
    return [_known(work, row) for row in seen], [row for row in rows if not row.allowed]


def _newest_first(row: Row[Any]) -> tuple[date, bool, int]:
    return row.received_on, row.kind == "case", row.id


def _of_cases(work: Work) -> Select[Any]:
    current = and_(_outcomes.c.case_id == _cases.c.id, _outcomes.c.is_current)
    columns = (
        _cases.c.classification,
        _cases.c.principal_type,
        _cases.c.principal_subtype,
        _cases.c.closed_as,
        _outcomes.c.finding,
        _settings.c.name.label("setting"),
    )
    return _common(work, _cases, "case", columns, _cases.c.owner_id).outerjoin(_outcomes, current)


def _of_enquiries(work: Work) -> Select[Any]:
    place = func.coalesce(_settings.c.name, _enquiries.c.works_at).label("setting")
    dealt_with = func.coalesce(_enquiries.c.owner_id, _enquiries.c.taken_by)
    return _common(work, _enquiries, "enquiry", (_enquiries.c.result, place), dealt_with)


def _common(work: Work, of: Table, kind: str, columns: Sequence[Any], by: ColumnElement[Any]) -> Select[Any]:
    shared = (of.c.id, of.c.ref, of.c.adult_id, of.c.received_on, of.c.closed_on, of.c.role, of.c.setting_id)
    return (
        select(
            literal(kind).label("kind"),
            *shared,
            *columns,
            _adults.c.name.label("adult"),
            _officers.c.initials.label("owner"),
            may_see(work, of).label("allowed"),
        )
        .select_from(of)
        .outerjoin(_adults, _adults.c.id == of.c.adult_id)
        .outerjoin(_settings, _settings.c.id == of.c.setting_id)
        .outerjoin(_officers, _officers.c.id == by)
    )


def _known(work: Work, row: Row[Any]) -> KnownRecord:
    told = _case_words(work, row) if row.kind == "case" else _enquiry_words(row)
    return KnownRecord(
        kind=row.kind,
        id=row.id,
        ref=row.ref,
        adult_id=row.adult_id,
        adult=row.adult or "",
        received_on=row.received_on,
        closed_on=row.closed_on,
        role=work.vocabulary.label("role", row.role) if row.role else "",
        setting_id=row.setting_id,
        setting=row.setting or "",
        owner=row.owner or "",
        **told,
    )


def _case_words(work: Work, row: Row[Any]) -> dict[str, Any]:
    parts = (("concern_type", row.principal_type), ("concern_subtype", row.principal_subtype))
    finding = Finding(row.finding) if row.finding else None
    closed = ClosedAs(row.closed_as) if row.closed_as else None
    return {
        "what": Classification(row.classification).label,
        "type": row.principal_type,
        "concern": ", ".join(work.vocabulary.label(listed, code) for listed, code in parts if code),
        "state": OPEN if row.closed_on is None else _ended(finding, closed),
        "meaning": finding.meaning if finding and row.closed_on else "",
    }


def _ended(finding: Finding | None, closed: ClosedAs | None) -> str:
    return finding.label.lower() if finding else closed.label.lower() if closed else "closed"


def _enquiry_words(row: Row[Any]) -> dict[str, Any]:
    result = EnquiryResult(row.result).label.lower() if row.result else ""
    state = OPEN if row.closed_on is None else "closed"
    return {"what": "Enquiry", "type": None, "concern": "", "state": result or state, "meaning": ""}


def newest_of_each(records: Sequence[KnownRecord]) -> dict[int, KnownRecord]:
    """The newest record of each adult."""
    newest: dict[int, KnownRecord] = {}
    for record in records:
        if record.adult_id is not None:
            newest.setdefault(record.adult_id, record)
    return newest


def of_adult(records: Sequence[KnownRecord], adults: Collection[int]) -> Iterator[KnownRecord]:
    """Those of the records that are about one of these adults."""
    return (record for record in records if record.adult_id in adults)
