"""A list of tens of thousands costs what a list of hundreds costs: counted in steps of the database, not in seconds.

Both as a store is made and after its statistics were gathered: the planner chooses by other rules then.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import event, insert, text

from db.clock import week_number
from db.desk import Desk
from db.models import Absence, Case, Enquiry, table
from db.queries.this_week import past_limits
from db.queries.worklist import Section, section_counts, worklist
from db.store import Store
from tests.planted import plant, plant_adult

LONG_AGO = datetime(2026, 1, 5, 9, tzinfo=UTC)
TODAY = date(2026, 3, 12)
SMALL, LARGE = 4_000, 40_000
MOST_GROWTH = 1.5
OWNERS = (None, 1, 2, 3)
MARY, PETER = 1, 2


class Steps:
    """How many hundreds of steps the database took."""

    def __init__(self) -> None:
        self.hundreds = 0

    def __call__(self) -> int:
        self.hundreds += 1
        return 0


@contextmanager
def counted(store: Store) -> Iterator[Steps]:
    """Every connection lent within counts its steps."""
    steps = Steps()

    def watch(connection: object, *_: object) -> None:
        connection.set_progress_handler(steps, 100)  # type: ignore[attr-defined]

    event.listen(store.engine, "checkout", watch)
    yield steps
    event.remove(store.engine, "checkout", watch)


def fill(store: Store, rows: int, numbers: Iterator[int], *, closed: bool = False) -> None:
    adult = plant_adult(store)
    unknown = dict.fromkeys(("adult_aware", "parents_aware", "police_told", "social_care_told"), "not_known")
    asked = ("child_safe", "adult_with_children", "police_or_care_told", "works_elsewhere", "other_work",
             "child_needs", "child_in_care")  # fmt: skip
    cases, enquiries = [], []
    for number in (next(numbers) for _ in range(rows)):
        received = TODAY - timedelta(days=number % 700)
        common = {
            "version": 1, "entered_at": LONG_AGO, "received_on": received,
            "received_week": week_number(received), "waiting": False, "restricted": False,
            "owner_id": OWNERS[number % 4], "due_on": TODAY + timedelta(days=number % 97 - 20) if number % 5 else None,
            "closed_on": TODAY if closed or number % 7 == 0 else None,
        }  # fmt: skip
        if number % 3:
            cases.append({
                **common, **unknown, "ref": f"R25-{number}", "adult_id": adult, "entered_by": 1, "legal_hold": False,
                "classification": "pending" if number % 50 == 1 else "allegation",
            })  # fmt: skip
        else:
            enquiries.append({
                **common, **dict.fromkeys(asked, "not_known"), "ref": f"E25-{number}", "subject": "lado",
                "received_at": LONG_AGO, "taken_by": 1, "method": "telephone",
            })  # fmt: skip
    with store.write() as connection:
        connection.execute(insert(table(Case)), cases)
        connection.execute(insert(table(Enquiry)), enquiries)


def analyse(store: Store) -> None:
    with store.write() as connection:
        connection.execute(text("ANALYZE"))


@pytest.fixture
def numbers() -> Iterator[int]:
    return count(1)


def cost_of_a_page(desk: Desk, section: Section) -> int:
    middle = desk.ask(worklist, section, count=150)[-1].key
    with counted(desk.store) as steps:
        desk.ask(worklist, section)
        desk.ask(worklist, section, middle)
        desk.ask(worklist, section, middle, backwards=True)
    return steps.hundreds


@pytest.mark.parametrize("analysed", [False, True], ids=["as made", "analysed"])
def test_a_page_of_any_list_costs_the_same_however_long_the_list(
    desk: Desk, store: Store, numbers: Iterator[int], analysed: bool
) -> None:
    plant(store, Absence, officer_id=PETER, from_on=TODAY, reason="leave")
    fill(store, SMALL, numbers)
    if analysed:
        analyse(store)
    before = {section: cost_of_a_page(desk, section) for section in Section}
    fill(store, LARGE - SMALL, numbers)
    if analysed:
        analyse(store)
    after = {section: cost_of_a_page(desk, section) for section in Section}

    assert all(before.values())
    grown = {section.value: after[section] / before[section] for section in Section}
    assert all(growth <= MOST_GROWTH for growth in grown.values()), grown


def test_counting_costs_the_same_once_it_stops(
    desk: Desk, store: Store, numbers: Iterator[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.queries.worklist.MOST_COUNTED", 100)
    plant(store, Absence, officer_id=PETER, from_on=TODAY, reason="leave")
    costs = []
    for more in (SMALL, LARGE - SMALL):
        fill(store, more, numbers)
        with counted(store) as steps:
            desk.ask(section_counts)
        costs.append(steps.hundreds)

    assert costs[0]
    assert costs[1] <= costs[0] * MOST_GROWTH


def test_closed_records_cost_the_lists_nothing(desk: Desk, store: Store, numbers: Iterator[int]) -> None:
    fill(store, SMALL, numbers)
    costs = []
    for close in (False, True):
        if close:
            fill(store, LARGE - SMALL, numbers, closed=True)
        with counted(store) as steps:
            desk.ask(section_counts)
            desk.ask(past_limits, mine=False)
            desk.ask(past_limits, mine=True)
            for section in Section:
                desk.ask(worklist, section)
        costs.append(steps.hundreds)

    assert costs[0]
    assert costs[1] <= costs[0] * MOST_GROWTH
