"""What a row of the work list says of itself before it is opened.

A look at a row is not the opening of a record and is not logged, so it tells what a list may tell: facts and codes.
The account and the advice are shown only of work that is the officer's own or the duty officer's.
"""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, select

from db.access import may_see
from db.clock import local
from db.desk import query
from db.errors import NotFound
from db.models import Adult, Case, Enquiry, Setting, table
from db.permissions import Permission
from db.queries.people import PersonFound, people_called
from db.queries.worklist import Kind
from db.rules.clocks import closing_clocks, days_since
from db.vocabulary import Answer, Classification, EnquiryResult
from db.work import Work

_cases, _enquiries = table(Case), table(Enquiry)
_adults, _settings = table(Adult), table(Setting)

HEARD_SHOWN = 3
"""Most people of a like name that are shown beside a row."""

_EXCERPT = 600
"""Characters of an account that are shown before the record is opened."""


@dataclass(frozen=True, slots=True)
class RowPreview:
    """A few lines about one row. A restricted one carries its reference and nothing else.

    Attributes:
        headline: how it came and from whom, or what it is and how long it has run.
        child_safe: of an enquiry, whether the child is safe now, in words; "" for a case.
        facts: label and words, the most urgent first.
        account, advice: their beginnings; "" where the row is somebody else's work.
        heard: people of a like name.
        may_match: whether a restricted record may match that name.
    """

    ref: str
    restricted: bool = False
    headline: str = ""
    child_safe: str = ""
    adult_id: int | None = None
    adult: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    account: str = ""
    advice: str = ""
    heard: tuple[PersonFound, ...] = ()
    may_match: bool = False


@query(Permission.READ_RECORD)
def row_preview(work: Work, kind: Kind, record_id: int) -> RowPreview:
    """What a row says of itself.

    Raises:
        NotFound: there is no such record.
    """
    of = _cases if kind == "case" else _enquiries
    names = (_adults.c.name.label("adult"), _adults.c.born_on, _settings.c.name.label("setting"))
    row = work.first(
        select(of, may_see(work, of).label("allowed"), *names)
        .select_from(of)
        .outerjoin(_adults, _adults.c.id == of.c.adult_id)
        .outerjoin(_settings, _settings.c.id == of.c.setting_id)
        .where(of.c.id == record_id)
    )
    if row is None:
        raise NotFound("There is no such record. It may have been closed a moment ago")
    if not row.allowed:
        return RowPreview(row.ref, restricted=True)
    return _case(work, row) if kind == "case" else _enquiry(work, row)


def _enquiry(work: Work, row: Row[Any]) -> RowPreview:
    words = work.vocabulary
    came = local(row.received_at)
    when = f"{came:%H:%M}" if came.date() == work.today else f"{came.day} {came:%b %H:%M}"
    caller = words.label("caller_role", row.caller_role) if row.caller_role else "caller"
    at = f" at {row.organisation}" if row.organisation else ""
    result = EnquiryResult(row.result).label if row.result else "not decided"
    facts = (
        ("Adult with children", _answer(row.adult_with_children)),
        ("Police or CSC told", _answer(row.police_or_care_told)),
        ("Works at", row.setting or row.works_at or "not known"),
        ("Result", result),
        ("Call back", row.call_back or "no number"),
    )
    return _with_heard(
        work,
        row,
        RowPreview(
            row.ref,
            headline=f"{words.label('contact_method', row.method)} {when}, {caller}{at}",
            child_safe=_answer(row.child_safe),
            facts=facts,
            account=_excerpt(work, row, row.account),
            advice=_excerpt(work, row, row.advice),
        ),
    )


def _case(work: Work, row: Row[Any]) -> RowPreview:
    words = work.vocabulary
    one, three, _ = closing_clocks(row.received_on, work.today)
    kind = f", {words.label('concern_type', row.principal_type)}" if row.principal_type else ""
    day = days_since(row.received_on, work.today)
    facts = (
        ("Role", words.label("role", row.role)),
        ("Works at", row.setting or "not known"),
        ("Received", f"{row.received_on:%a} {row.received_on.day} {row.received_on:%b %Y}"),
        ("1 month", one.words),
        ("3 months", three.words),
        ("Police told", _answer(row.police_told)),
        ("Social care told", _answer(row.social_care_told)),
    )
    return _with_heard(
        work,
        row,
        RowPreview(
            row.ref,
            headline=f"{Classification(row.classification).label}{kind}, day {day}",
            facts=facts,
            account=_excerpt(work, row, row.account),
        ),
    )


def _with_heard(work: Work, row: Row[Any], preview: RowPreview) -> RowPreview:
    if not row.adult:
        return preview
    found = people_called(work, row.adult, row.born_on, row.setting_id, besides=(row.adult_id,), limit=HEARD_SHOWN)
    return replace(preview, adult_id=row.adult_id, adult=row.adult, heard=found.people, may_match=found.restricted)


def _excerpt(work: Work, row: Row[Any], words: str | None) -> str:
    own = row.owner_id in (None, work.officer.id)
    if not own or not words:
        return ""
    return words if len(words) <= _EXCERPT else f"{words[:_EXCERPT]}…"


def _answer(code: str) -> str:
    return Answer(code).label.lower()
