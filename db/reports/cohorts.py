"""The rows that figures are counted in, cohort by cohort: which there are in a span, and what can be asked of each.

Columns are the database's own expressions. Where a day in the past is asked about, some read differently
(``standing``): a referral is what had been decided by then.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    String,
    Table,
    and_,
    bindparam,
    case,
    distinct,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from db.dialects import among_texts, day_as_text, later
from db.models import (
    Alert,
    Case,
    CaseChild,
    ChildMark,
    Complaint,
    Enquiry,
    Feedback,
    Meeting,
    Outcome,
    Request,
    ScreeningDecision,
    Training,
    table,
)
from db.reports.deciding import SLACKS, days_with_slack
from db.rules.clocks import BANDS, CLOSING
from db.vocabulary import REFERRED, Classification, ClosedAs

FIRST, LAST, AS_AT = (bindparam(name, type_=Date) for name in ("first", "last", "as_at"))
"""The span, as every statement takes it."""

_cases, _decisions, _outcomes, _enquiries = table(Case), table(ScreeningDecision), table(Outcome), table(Enquiry)
_children, _marks, _meetings, _alerts = table(CaseChild), table(ChildMark), table(Meeting), table(Alert)
_requests, _training, _complaints, _feedback = table(Request), table(Training), table(Complaint), table(Feedback)

Columns = Mapping[str, ColumnElement[Any]]


@dataclass(frozen=True, slots=True)
class Cohort:
    """Rows that figures are counted in.

    Attributes:
        words: what they are and when, for the sentence under a list.
        source: where they stand.
        counted: which of them are in the span.
        on: the day that places each in the span and in a list.
        key: the row's number, which settles the order of a day.
        columns: what can be asked of them.
        standing: the columns that read otherwise as at a day in the past.
        record: the case or enquiry that a row opens; None where it opens nothing.
        repeats: whether a row stands in it more than once, so that different keys are counted.
        listed: what a list shows of a row: code list and column.
    """

    words: str
    source: FromClause
    counted: ColumnElement[bool]
    on: ColumnElement[Any]
    key: ColumnElement[Any]
    columns: Columns
    standing: Columns = field(default_factory=dict)
    record: Table | None = None
    repeats: bool = False
    listed: tuple[tuple[str, str], ...] = ()

    @property
    def number(self) -> ColumnElement[int]:
        """How many rows there are."""
        return func.count(distinct(self.key)) if self.repeats else func.count()

    def column(self, name: str, *, past: bool) -> ColumnElement[Any]:
        """One column by name.

        Raises:
            KeyError: the cohort has none of that name.
        """
        return self.standing[name] if past and name in self.standing else self.columns[name]


# Referrals ---------------------------------------------------------------------------------------------------------

_not_an_error = _cases.c.closed_as.is_distinct_from(ClosedAs.ENTERED_IN_ERROR.value)

_redecided = select(_decisions.c.case_id).where(
    _decisions.c.number > literal_column("1"), _decisions.c.decided_on > AS_AT
)
_decided_by_then = (
    select(_decisions.c.classification)
    .where(_decisions.c.case_id == _cases.c.id, _decisions.c.decided_on <= AS_AT)
    .order_by(_decisions.c.number.desc())
    .limit(1)
    .scalar_subquery()
)
_undecided_then = or_(_cases.c.first_decided_on.is_(None), _cases.c.first_decided_on > AS_AT)
_classification_then = case(
    (_undecided_then, Classification.PENDING.value),
    (_cases.c.id.in_(_redecided), func.coalesce(_decided_by_then, Classification.PENDING.value)),
    else_=_cases.c.classification,
)
_first_then = case((_cases.c.first_decided_on <= AS_AT, _cases.c.first_classification))


def _band() -> ColumnElement[str]:
    closed, received = _cases.c.closed_on, _cases.c.received_on
    limits = [
        (closed <= later(received, clock.limit, clock.unit), name) for clock, name in zip(CLOSING, BANDS, strict=False)
    ]
    return case((or_(closed.is_(None), closed > AS_AT), "open"), *limits, else_="over_12_months")


def _marked() -> ColumnElement[str]:
    """Whether any child of the case carries a mark."""
    children, marks = _children.alias(), _marks.alias()
    found = exists().where(children.c.case_id == _cases.c.id, marks.c.child_id == children.c.child_id)
    return case((found, "yes"), else_="no")


def _deciding() -> ColumnElement[str]:
    """Whether the first decision came within one working day: the days with a longer way to go come with the span."""
    received, decided = _cases.c.received_on, _cases.c.first_decided_on
    listed = [(number, bindparam(days_with_slack(number), type_=String)) for number in SLACKS]
    longer = [(among_texts(day_as_text(received), days), later(received, number, "days")) for number, days in listed]
    due = case(*longer, else_=later(received, 1, "days"))
    made = decided <= AS_AT
    return case((and_(made, decided <= due), "in_time"), (made, "late"), (due < AS_AT, "overdue"), else_="not_due")


_ABOUT_THE_WORK: Columns = {
    "sector": _cases.c.sector,
    "role": _cases.c.role,
    "setting_kind": _cases.c.setting_kind,
    "area": _cases.c.area,
    "agency": _cases.c.agency,
    "type": _cases.c.principal_type,
    "owner": _cases.c.owner_id,
    "closed_as": _cases.c.closed_as,
}
_CASE_COLUMNS: Columns = {
    **_ABOUT_THE_WORK,
    "classification": _cases.c.classification,
    "first": _cases.c.first_classification,
    "band": _band(),
    "deciding": _deciding(),
    "received_on": day_as_text(_cases.c.received_on),
    "marked": _marked(),
}
_CASE_STANDING: Columns = {"classification": _classification_then, "first": _first_then}
_CASE_LISTED = (("classification", "classification"), ("concern_type", "type"), ("sector", "sector"))

RECEIVED = Cohort(
    "referrals received",
    _cases,
    and_(_cases.c.received_on.between(FIRST, LAST), _not_an_error),
    _cases.c.received_on,
    _cases.c.id,
    _CASE_COLUMNS,
    _CASE_STANDING,
    _cases,
    listed=_CASE_LISTED,
)
MARKED = Cohort(
    "referrals received, by the marks of their children",
    _cases.join(_children, _children.c.case_id == _cases.c.id).join(_marks, _marks.c.child_id == _children.c.child_id),
    RECEIVED.counted,
    _cases.c.received_on,
    _cases.c.id,
    {**_CASE_COLUMNS, "mark": _marks.c.mark},
    _CASE_STANDING,
    _cases,
    repeats=True,
    listed=_CASE_LISTED,
)
ERRORS = Cohort(
    "referrals received and since closed as entered in error",
    _cases,
    and_(_cases.c.received_on.between(FIRST, LAST), ~_not_an_error),
    _cases.c.received_on,
    _cases.c.id,
    _CASE_COLUMNS,
    _CASE_STANDING,
    _cases,
    listed=_CASE_LISTED,
)
OPEN = Cohort(
    "cases open at the end of the day, whenever received",
    _cases,
    and_(_cases.c.received_on <= AS_AT, or_(_cases.c.closed_on.is_(None), _cases.c.closed_on > AS_AT)),
    _cases.c.received_on,
    _cases.c.id,
    _CASE_COLUMNS,
    _CASE_STANDING,
    _cases,
    listed=_CASE_LISTED,
)
CONCLUDED = Cohort(
    "outcomes concluded, whenever received",
    _outcomes.join(_cases, _cases.c.id == _outcomes.c.case_id),
    and_(_outcomes.c.is_current, _outcomes.c.concluded_on.between(FIRST, LAST), _not_an_error),
    _outcomes.c.concluded_on,
    _cases.c.id,
    {
        **_ABOUT_THE_WORK,
        "finding": _outcomes.c.finding,
        "employment": _outcomes.c.employment_result,
        "dbs": case(
            (and_(_outcomes.c.dbs_status.in_([status.value for status in REFERRED]),
                  or_(_outcomes.c.dbs_on.is_(None), _outcomes.c.dbs_on <= AS_AT)), "made"),
            else_="not_made"),
    },
    record=_cases,
    listed=(("finding", "finding"), ("employment_result", "employment"), ("sector", "sector")),
)  # fmt: skip
CLOSED = Cohort(
    "cases closed",
    _cases.outerjoin(_outcomes, and_(_outcomes.c.case_id == _cases.c.id, _outcomes.c.is_current)),
    _cases.c.closed_on.between(FIRST, LAST),
    _cases.c.closed_on,
    _cases.c.id,
    {**_CASE_COLUMNS, "finding": _outcomes.c.finding},
    record=_cases,
    listed=_CASE_LISTED,
)

# Enquiries and the other work --------------------------------------------------------------------------------------

ENQUIRIES = Cohort(
    "enquiries received",
    _enquiries,
    _enquiries.c.received_on.between(FIRST, LAST),
    _enquiries.c.received_on,
    _enquiries.c.id,
    {
        "subject": _enquiries.c.subject,
        "result": _enquiries.c.result,
        "role": _enquiries.c.role,
        "received_on": day_as_text(_enquiries.c.received_on),
    },
    record=_enquiries,
    listed=(("enquiry_result", "result"), ("role", "role")),
)
MEETINGS = Cohort(
    "meetings held",
    _meetings.outerjoin(_cases, _cases.c.id == _meetings.c.case_id),
    _meetings.c.held_on.between(FIRST, LAST),
    _meetings.c.held_on,
    _meetings.c.id,
    {"kind": _meetings.c.kind},
    record=_cases,
    listed=(("meeting_kind", "kind"),),
)
ALERTS = Cohort(
    "alerts sent",
    _alerts.outerjoin(_cases, _cases.c.id == _alerts.c.case_id),
    _alerts.c.sent_on.between(FIRST, LAST),
    _alerts.c.sent_on,
    _alerts.c.id,
    {"criterion": _alerts.c.criterion},
    record=_cases,
    listed=(("alert_criterion", "criterion"),),
)
REQUESTS = Cohort(
    "requests received",
    _requests,
    _requests.c.received_on.between(FIRST, LAST),
    _requests.c.received_on,
    _requests.c.id,
    {"kind": _requests.c.kind},
    listed=(("request_kind", "kind"),),
)
TRAINING = Cohort(
    "training sessions held",
    _training,
    _training.c.held_on.between(FIRST, LAST),
    _training.c.held_on,
    _training.c.id,
    {"kind": _training.c.kind, "places": _training.c.places, "attended": _training.c.attended},
)
COMPLAINTS = Cohort(
    "complaints received",
    _complaints,
    _complaints.c.received_on.between(FIRST, LAST),
    _complaints.c.received_on,
    _complaints.c.id,
    {"stage": _complaints.c.stage, "upheld": _complaints.c.upheld},
    listed=(("answer", "upheld"),),
)
FEEDBACK = Cohort(
    "feedback forms received",
    _feedback,
    _feedback.c.received_on.between(FIRST, LAST),
    _feedback.c.received_on,
    _feedback.c.id,
    {"score": _feedback.c.score},
)

COHORTS: Mapping[str, Cohort] = {
    "received": RECEIVED,
    "marked": MARKED,
    "errors": ERRORS,
    "open": OPEN,
    "concluded": CONCLUDED,
    "closed": CLOSED,
    "enquiries": ENQUIRIES,
    "meetings": MEETINGS,
    "alerts": ALERTS,
    "requests": REQUESTS,
    "training": TRAINING,
    "complaints": COMPLAINTS,
    "feedback": FEEDBACK,
}
"""Every cohort, by the name figures give it."""
