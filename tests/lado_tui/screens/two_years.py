"""Two reporting years of a small service, the second under way: what its manager finds on the stats page."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert

from db.clock import week_number
from db.models import Adult, Case, Enquiry, PostFilled, table
from db.store import Store
from db.vocabulary import Answer
from tests.planted import ENTERED

CANARY = "Zzkestrel Brand"
"""The name of every adult here; it may stand nowhere among the figures."""

FIRST, TODAY = date(2024, 4, 2), date(2026, 3, 12)
MARY, PETER = 1, 2

_KINDS = ("allegation", "allegation", "consultation", "allegation", "information_only", "not_threshold", "allegation")
_SECTORS = ("education", "wider", "education", "fostering", "early_years")
_DAYS_OPEN = (3, 20, 45, 9, 120, 0, 400)
_EVERY = timedelta(days=5)


def lay_out(store: Store) -> None:
    """A referral every fifth day and an enquiry every fourth, each a little different from the last."""
    with store.write() as connection:
        connection.execute(
            insert(table(Adult)),
            {"id": 1, "version": 1, "name": CANARY, "born_given": "not_known", "entered_at": ENTERED},
        )
        connection.execute(insert(table(Case)), [_case(at) for at in range((TODAY - FIRST) // _EVERY + 1)])
        connection.execute(insert(table(Enquiry)), [_enquiry(at) for at in range((TODAY - FIRST).days // 4)])
        for officer, fte in ((MARY, 1), (PETER, 0.6)):
            connection.execute(
                insert(table(PostFilled)),
                {"officer_id": officer, "post": "lado", "fte": fte, "from_on": date(2020, 1, 1)},
            )


def _case(at: int) -> dict[str, Any]:
    received = FIRST + at * _EVERY
    kind, closed = _KINDS[at % 7], received + timedelta(days=1 + _DAYS_OPEN[at % 7])
    undecided = received >= TODAY - timedelta(days=6)
    return {
        "id": at + 1,
        "version": 1,
        "ref": f"R{received:%y}-{at + 1:04d}",
        "adult_id": 1,
        "received_on": received,
        "received_week": week_number(received),
        "entered_at": ENTERED,
        "entered_by": MARY,
        "classification": "pending" if undecided else kind,
        "first_classification": None if undecided else kind,
        "first_decided_on": None if undecided else received + timedelta(days=1),
        "principal_type": None if kind == "not_threshold" or undecided else ("physical", "suitability")[at % 2],
        "sector": _SECTORS[at % 5],
        "role": "teacher",
        "setting_kind": "primary",
        "agency": "school",
        "area": "north" if at % 9 else None,
        "closed_on": closed if closed <= TODAY and not undecided else None,
        "closed_as": "no_further_action" if closed <= TODAY and not undecided else None,
        "owner_id": None if undecided else (MARY, PETER)[at % 2],
        "restricted": at % 20 == 3,
        "waiting": False,
        "legal_hold": False,
        **dict.fromkeys(("adult_aware", "parents_aware", "police_told", "social_care_told"), Answer.NOT_KNOWN),
    }


def _enquiry(at: int) -> dict[str, Any]:
    received = FIRST + timedelta(days=4 * at)
    unknown = (
        "child_safe", "adult_with_children", "police_or_care_told", "works_elsewhere", "other_work",
        "child_needs", "child_in_care",
    )  # fmt: skip
    return {
        "version": 1,
        "ref": f"E{received:%y}-{at + 1:04d}",
        "subject": "lado",
        "received_at": ENTERED,
        "received_on": received,
        "received_week": week_number(received),
        "entered_at": ENTERED,
        "taken_by": MARY,
        "method": "telephone",
        "caller_name": CANARY,
        "role": ("teacher", "coach", None)[at % 3],
        "result": ("advised_refer", "advice_given", "low_level")[at % 3],
        "waiting": False,
        "restricted": False,
        **dict.fromkeys(unknown, Answer.NOT_KNOWN),
    }
