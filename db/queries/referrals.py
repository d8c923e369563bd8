"""What the referral form can be filled from: the enquiry it comes from, and the setting on record."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from db.access import may_see, open_record
from db.desk import query
from db.errors import NotFound
from db.models import Adult, Case, Enquiry, Setting, table
from db.permissions import Permission
from db.queries.settings import known_only_to_others
from db.vocabulary import Answer
from db.work import Work

_enquiries, _cases = table(Enquiry), table(Case)

_WITHHELD = "?"
_MOST_CHILDREN = 12


@dataclass(frozen=True, slots=True)
class ReferralStart:
    """A referral as it begins: where it comes from, and what need not be typed again.

    Attributes:
        ref: the enquiry's reference.
        adult_id: the adult's entry, which the referral will go with; None where nobody was named.
        setting_id: the setting on record, if one was known.
        answers: by the names of the form's fields, as they would be typed.
        referrals: references of the referrals made from it already, that this officer may see.
    """

    enquiry_id: int
    ref: str
    adult_id: int | None
    setting_id: int | None
    answers: dict[str, str]
    referrals: tuple[str, ...]


@query(Permission.ENTER_REFERRAL, logged=True)
def referral_answers_from_enquiry(work: Work, enquiry_id: int) -> ReferralStart:
    """What an enquiry already says of a referral. Opening it is kept in the audit trail.

    Raises:
        NotFound: there is no such enquiry.
        NotOnAccessList: it is restricted and the officer is not on its list, or has declared a conflict.
    """
    enquiry = open_record(work, _enquiries, enquiry_id)
    made = select(_cases.c.ref).where(_cases.c.enquiry_id == enquiry_id, may_see(work, _cases)).order_by(_cases.c.id)
    told = {**_same(enquiry), **_adult(work, enquiry.adult_id), **_setting(work, enquiry), **_told(enquiry)}
    told |= _children(enquiry)
    return ReferralStart(
        enquiry_id,
        enquiry.ref,
        enquiry.adult_id,
        enquiry.setting_id,
        {name: str(answer) for name, answer in told.items() if answer},
        tuple(row.ref for row in work.rows(made)),
    )


@dataclass(frozen=True, slots=True)
class SettingOnRecord:
    """A setting as the form is filled from it: codes, "" where the record does not know."""

    id: int
    kind: str
    district: str


@query(Permission.ENTER_REFERRAL)
def setting_on_record(work: Work, setting_id: int) -> SettingOnRecord:
    """What the record knows of a setting.

    Raises:
        NotFound: there is none, or none that this officer may know of.
    """
    if setting_id in known_only_to_others(work, [setting_id]):
        raise NotFound("There is no such setting")
    row = work.row(Setting, setting_id)
    return SettingOnRecord(row.id, row.kind or "", row.district or "")


_SAME = {
    "role": "role",
    "works_elsewhere": "works_elsewhere",
    "other_authority": "other_authority",
    "caller_name": "referrer_name",
    "caller_role": "referrer_role",
    "agency": "agency",
    "organisation": "referrer_organisation",
    "account": "account",
}
"""The enquiry's field -> the referral's, where both ask the same."""


def _same(enquiry: Any) -> Mapping[str, str]:  # noqa: ANN401 - a row of enquiries
    told = {name: getattr(enquiry, asked) for asked, name in _SAME.items()}
    if told["works_elsewhere"] == Answer.NOT_KNOWN:
        told["works_elsewhere"] = ""
    number = enquiry.call_back if enquiry.call_back != _WITHHELD else ""
    return told | ({"referrer_email": number} if "@" in (number or "") else {"referrer_phone": number})


def _adult(work: Work, adult_id: int | None) -> Mapping[str, str]:
    if adult_id is None:
        return {}
    adult = work.row(Adult, adult_id)
    born = (
        f"{adult.born_on.day} {adult.born_on:%b %Y}"
        if adult.born_on
        else "?"
        if adult.born_given == "not_known"
        else ""
    )
    known = {name: getattr(adult, name) or "" for name in ("sex", "ethnicity", "home_address", "own_children",
                                                           "other_work")}  # fmt: skip
    confirmed = {"birth_confirmed": Answer.YES.value} if adult.born_given == "recorded" else {}
    return {"name": adult.name, "born": born} | known | confirmed


def _setting(work: Work, enquiry: Any) -> Mapping[str, str]:  # noqa: ANN401 - a row of enquiries
    if enquiry.setting_id is None:
        return {"setting": enquiry.works_at or ""}
    row = work.row(Setting, enquiry.setting_id)
    name = f"{row.name}, {row.town}" if row.town else row.name
    return {"setting": name, "setting_kind": row.kind or "", "district": row.district or ""}


def _told(enquiry: Any) -> Mapping[str, str]:  # noqa: ANN401 - a row of enquiries
    """Only a "no" tells of police and social care both: of a yes nobody knows which of them."""
    if enquiry.police_or_care_told != Answer.NO:
        return {}
    return {"police_told": Answer.NO.value, "social_care_told": Answer.NO.value}


_AGE = re.compile(
    r"(?P<name>.*?)[\s,]*(?:\baged?\b|\()?\s*(?P<age>\d{1,2})\b[\s)]*(?:years?(?: old)?|yrs?)?\s*$", re.IGNORECASE
)


def _children(enquiry: Any) -> Mapping[str, str]:  # noqa: ANN401 - a row of enquiries
    found = dict(_child_answers(enquiry.children or ""))
    marks = [mark for mark, answer in (("sen_or_disabled", enquiry.child_needs),) if answer == Answer.YES]
    if marks and "children.1.name" not in found:
        found["children.0.marks"] = ",".join(marks)
    return found


def _child_answers(written: str) -> Iterator[tuple[str, str]]:
    """The children of a call, ``J.S. age 7; A.B. 5``, one by one."""
    each = [one.strip() for one in written.split(";") if one.strip()]
    for place, one in enumerate(each[:_MOST_CHILDREN]):
        aged = _AGE.match(one)
        name = (aged["name"].strip(" ,(") if aged else "") or one
        yield f"children.{place}.name", name
        if aged and name != one:
            yield f"children.{place}.age", aged["age"]
