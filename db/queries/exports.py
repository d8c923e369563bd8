"""What leaves the desk as a file: plain rows of chosen columns, restricted records counted and left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, exists, func, not_, select

from db.access import may_see
from db.clock import local
from db.desk import query
from db.models import Adult, Case, Enquiry, Setting, table
from db.permissions import Permission
from db.work import Work

_adults, _cases, _enquiries, _settings = table(Adult), table(Case), table(Enquiry), table(Setting)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of export: its rows under fixed headings, and how many restricted records were left out."""

    kind: str
    headings: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]
    restricted: int


_CASE_COLUMNS: Mapping[str, ColumnElement[Any]] = {
    "reference": _cases.c.ref,
    "received_on": _cases.c.received_on,
    "adult": _adults.c.name,
    "born_on": _adults.c.born_on,
    "setting": _settings.c.name,
    "sector": _cases.c.sector,
    "setting_kind": _cases.c.setting_kind,
    "role": _cases.c.role,
    "area": _cases.c.area,
    "referrer_agency": _cases.c.agency,
    "classification": _cases.c.classification,
    "first_classification": _cases.c.first_classification,
    "first_decided_on": _cases.c.first_decided_on,
    "principal_type": _cases.c.principal_type,
    "principal_subtype": _cases.c.principal_subtype,
    "next_step": _cases.c.next_step,
    "due_on": _cases.c.due_on,
    "closed_on": _cases.c.closed_on,
    "closed_as": _cases.c.closed_as,
    "portal_reference": _cases.c.portal_ref,
    "external_reference": _cases.c.external_ref,
}

_ENQUIRY_COLUMNS: Mapping[str, ColumnElement[Any]] = {
    "reference": _enquiries.c.ref,
    "received_at": _enquiries.c.received_at,
    "subject": _enquiries.c.subject,
    "method": _enquiries.c.method,
    "caller": _enquiries.c.caller_name,
    "caller_role": _enquiries.c.caller_role,
    "call_back": _enquiries.c.call_back,
    "organisation": _enquiries.c.organisation,
    "adult": _adults.c.name,
    "child_safe": _enquiries.c.child_safe,
    "adult_with_children": _enquiries.c.adult_with_children,
    "police_or_care_told": _enquiries.c.police_or_care_told,
    "result": _enquiries.c.result,
    "advice": _enquiries.c.advice,
    "due_on": _enquiries.c.due_on,
    "closed_on": _enquiries.c.closed_on,
}

_PEOPLE_COLUMNS: Mapping[str, ColumnElement[Any]] = {
    "adult": _adults.c.name,
    "born_on": _adults.c.born_on,
    "birth_date_is": _adults.c.born_given,
    "sex": _adults.c.sex,
    "ethnicity": _adults.c.ethnicity,
}


@query(Permission.EXPORT, logged=True)
def export_sheet(work: Work, kind: str, why: str) -> Sheet:
    """The rows of one export (``cases``, ``people`` or ``enquiries``), with the officer's reason kept.

    Raises:
        KeyError: there is no such kind.
    """
    columns, statement, restricted = _KINDS[kind](work)
    work.subject, work.why = f"export {kind}", why
    rows = [tuple(_written(value) for value in row) for row in work.rows(statement)]
    return Sheet(kind, tuple(columns), rows, restricted)


Plan = tuple[Mapping[str, ColumnElement[Any]], Select[Any], int]


def _cases_sheet(work: Work) -> Plan:
    statement = (
        select(*_CASE_COLUMNS.values())
        .select_from(_cases.join(_adults, _cases.c.adult_id == _adults.c.id).outerjoin(_settings))
        .where(may_see(work, _cases))
        .order_by(_cases.c.received_on, _cases.c.id)
    )
    return _CASE_COLUMNS, statement, _hidden(work, _cases)


def _enquiries_sheet(work: Work) -> Plan:
    statement = (
        select(*_ENQUIRY_COLUMNS.values())
        .select_from(_enquiries.outerjoin(_adults, _enquiries.c.adult_id == _adults.c.id))
        .where(may_see(work, _enquiries))
        .order_by(_enquiries.c.received_at, _enquiries.c.id)
    )
    return _ENQUIRY_COLUMNS, statement, _hidden(work, _enquiries)


def _people_sheet(work: Work) -> Plan:
    """Adults with a record this officer may see; someone known only from restricted records is left out."""
    seen = [
        exists(select(of.c.id).where(of.c.adult_id == _adults.c.id, may_see(work, of))) for of in (_cases, _enquiries)
    ]
    statement = select(*_PEOPLE_COLUMNS.values()).where(seen[0] | seen[1]).order_by(_adults.c.id)
    return _PEOPLE_COLUMNS, statement, _hidden(work, _cases)


_KINDS = {"cases": _cases_sheet, "people": _people_sheet, "enquiries": _enquiries_sheet}
EXPORTS = tuple(_KINDS)
"""The kinds of export there are."""


def _hidden(work: Work, of: Table) -> int:
    row = work.first(select(func.count()).select_from(of).where(not_(may_see(work, of))))
    return int(row[0]) if row else 0


def _written(value: object) -> object:
    if isinstance(value, datetime):
        return local(value).isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else value
