"""What was entered in the last 24 hours: whether two officers are keeping the same call, or a call and its form."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, Table, func, select

from db.access import may_see
from db.clock import local
from db.errors import MayBeADuplicate
from db.heard_before.closeness import Judge
from db.heard_before.names import Name, read
from db.models import Adult, Case, Contact, Enquiry, Officer, table
from db.work import Work

_enquiries, _cases, _adults = table(Enquiry), table(Case), table(Adult)
_contacts, _officers = table(Contact), table(Officer)

WITHIN = timedelta(hours=24)
"""How long after one entry a second is asked about, in hours by the clock."""

_MOST = 400
"""Newest records of each kind that are looked at; no service enters as many in a day."""
_SAME_NAME = 0.9
_FEWEST_DIGITS = 6
_EXTENSION = re.compile(r"(?:ext|x|#).*", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class JustEntered:
    """A record entered a short while ago, and what it has in common: the adult, the number, or both."""

    ref: str
    entered_at: datetime
    officer: str
    same: str
    hidden: bool


def just_entered(work: Work, *, name: str | None, number: str | None) -> tuple[JustEntered, ...]:
    """Enquiries and referrals of the last 24 hours with the same adult or the same number, the newest first.

    Args:
        work: the officer's turn.
        name: the adult as named, None where not named.
        number: the caller's or referrer's number.
    """
    wanted, digits, judge = read(name) if name else None, same_number(number), Judge()
    found = []
    for row in _newest(work):
        same = list(_in_common(row, wanted, digits, judge))
        if same:
            told = f"the same {' and '.join(same)}"
            found.append(JustEntered(row.ref, row.entered_at, row.officer, told, hidden=not row.allowed))
    return tuple(sorted(found, key=lambda one: one.entered_at, reverse=True))


def warn_of_duplicates(work: Work, *, name: str | None, number: str | None) -> None:
    """Stop here if this may be entered already. A restricted record is said to be there, not which.

    Raises:
        MayBeADuplicate: with the references, and who entered the newest of them when.
    """
    found = just_entered(work, name=name, number=number)
    if not found:
        return
    plain = [one for one in found if not one.hidden]
    sentences = list(_told(plain))
    if len(plain) < len(found):
        sentences.append("A restricted record of the last day may match. Ask the manager")
    raise MayBeADuplicate([one.ref for one in plain], ". ".join([*sentences, "Save again if this is another matter"]))


def same_number(number: str | None) -> str:
    """What two ways of writing one telephone number have in common; "" for what is none. An email stays as it is."""
    written = (number or "").strip().casefold()
    if "@" in written:
        return written
    digits = re.sub(r"\D", "", _EXTENSION.sub("", written))
    digits = re.sub("^(?:0044|44)0?", "0", digits)
    return digits if len(digits) >= _FEWEST_DIGITS else ""


def _told(found: list[JustEntered]) -> Iterator[str]:
    if found:
        newest = found[0]
        yield f"{newest.ref} ({local(newest.entered_at):%H:%M}, {newest.officer}) has {newest.same}"
    if len(found) > 1:
        yield f"See also {', '.join(one.ref for one in found[1:])}"


def _newest(work: Work) -> Iterable[Any]:
    since = work.now - WITHIN
    return [*work.rows(_entered(work, _enquiries, since)), *work.rows(_entered(work, _cases, since))]


def _entered(work: Work, of: Table, since: datetime) -> Select[Any]:
    """The newest rows of one kind: by number, which an index holds, and not by time, which none does."""
    first = select(func.max(of.c.id) - _MOST).scalar_subquery()
    by = of.c.taken_by if of is _enquiries else of.c.entered_by
    number = of.c.call_back if of is _enquiries else _contacts.c.phone
    joined = of.outerjoin(_adults, _adults.c.id == of.c.adult_id).join(_officers, _officers.c.id == by)
    if of is _cases:
        joined = joined.outerjoin(_contacts, _contacts.c.id == of.c.referrer_id)
    return (
        select(
            of.c.ref,
            of.c.entered_at,
            _adults.c.name.label("adult"),
            number.label("number"),
            _officers.c.name.label("officer"),
            may_see(work, of).label("allowed"),
        )
        .select_from(joined)
        .where(of.c.id > first, of.c.entered_at >= since)
    )


def _in_common(row: Any, wanted: Name | None, digits: str, judge: Judge) -> Iterator[str]:  # noqa: ANN401
    if wanted and row.adult and _same_name(wanted, row.adult, judge):
        yield "adult"
    if digits and same_number(row.number) == digits:
        yield "number"


def _same_name(wanted: Name, adult: str, judge: Judge) -> bool:
    kept = read(adult)
    if _initials(wanted).isdisjoint(_initials(kept)):
        return False
    likeness = judge.name(wanted, kept)
    return likeness is not None and likeness.whole and likeness.score >= _SAME_NAME


def _initials(name: Name) -> set[str]:
    """First letters, by which most names that are not the same are told apart at once."""
    return {word.text[:1] for word in name.words}
