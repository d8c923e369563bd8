"""Rows put straight into a store, where a test is about what is asked of the record and not about how it got there."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any, Literal

from sqlalchemy import insert

from db.clock import week_number
from db.models import Adult, Case, Enquiry, Grant, Officer, Setting, table
from db.store import Store
from db.vocabulary import Answer

ENTERED = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
_numbers = count(1)


def plant(store: Store, model: type[Any], **values: Any) -> int:
    """One row of any table; returns its number."""
    with store.write() as connection:
        made = connection.execute(insert(table(model)).values(**values)).inserted_primary_key
    return int(made[0]) if made else 0


def plant_adult(
    store: Store, name: str = "James Hartley", born_on: date | None = None, *, findable: bool = False, **values: Any
) -> int:
    """An adult; where a test searches, findable by name."""
    given = "recorded" if born_on else "not_known"
    filled = {"version": 1, "name": name, "born_on": born_on, "born_given": given, "entered_at": ENTERED} | values
    number = plant(store, Adult, **filled)
    if findable:
        _index(store, "adult", number, name)
    return number


def plant_setting(
    store: Store, name: str = "St Mary's CE Primary School", *, findable: bool = False, **values: Any
) -> int:
    """A setting; where a test searches, findable by name."""
    number = plant(store, Setting, **{"version": 1, "name": name, "own_service": False, "entered_at": ENTERED} | values)
    if findable:
        _index(store, "setting", number, name)
    return number


def _index(store: Store, kind: Literal["adult", "setting"], number: int, name: str) -> None:
    from db.heard_before.index import index_name

    with store.write() as connection:
        index_name(connection, kind, number, name)


def plant_case(store: Store, received_on: date = date(2026, 3, 9), **values: Any) -> int:
    """An open case, undecided and without an owner unless told otherwise."""
    number = next(_numbers)
    filled = {
        "version": 1,
        "ref": f"R{received_on.year % 100}-{number:04d}",
        "received_on": received_on,
        "received_week": week_number(received_on),
        "entered_at": ENTERED,
        "entered_by": 1,
        "classification": "pending",
        "waiting": False,
        "legal_hold": False,
        "restricted": False,
        **dict.fromkeys(("adult_aware", "parents_aware", "police_told", "social_care_told"), Answer.NOT_KNOWN),
    } | values
    if "adult_id" not in filled:
        filled["adult_id"] = plant_adult(store)
    return plant(store, Case, **filled)


def plant_enquiry(store: Store, received_on: date = date(2026, 3, 9), **values: Any) -> int:
    """An open enquiry nobody holds."""
    number = next(_numbers)
    unknown = (
        "child_safe", "adult_with_children", "police_or_care_told", "works_elsewhere", "other_work",
        "child_needs", "child_in_care",
    )  # fmt: skip
    filled = {
        "version": 1,
        "ref": f"E{received_on.year % 100}-{number:04d}",
        "subject": "lado",
        "received_at": datetime(received_on.year, received_on.month, received_on.day, 10, 22, tzinfo=UTC),
        "received_on": received_on,
        "received_week": week_number(received_on),
        "entered_at": ENTERED,
        "taken_by": 1,
        "method": "telephone",
        "waiting": False,
        "restricted": False,
        **dict.fromkeys(unknown, Answer.NOT_KNOWN),
    } | values
    return plant(store, Enquiry, **filled)


def plant_officer(store: Store, name: str, initials: str, role: str = "lado", **values: Any) -> int:
    """Another officer."""
    filled = {
        "version": 1,
        "name": name,
        "initials": initials,
        "sign_in": initials.lower(),
        "role": role,
        "starts_on": date(2020, 1, 1),
    } | values
    return plant(store, Officer, **filled)


def grant(store: Store, officer_id: int, **record: int) -> int:
    """A place on the access list of a restricted record."""
    return plant(store, Grant, officer_id=officer_id, granted_by=4, from_at=ENTERED, **record)
