"""The duty line: whose turn it is, who is away, what callers meet; and what the week has brought."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from db.actions.duty import set_duty_status
from db.desk import Desk
from db.errors import Refused, ThereIsAProblem
from db.forms.duty import DutyStatusForm
from db.models import Absence, DutyTurn, PostFilled
from db.queries.duty import Turn, duty_now
from db.queries.this_week import caseloads, my_caseload, past_limits, week_so_far
from db.queries.worklist import Counted
from db.store import Store
from tests.conftest import FrozenClock
from tests.planted import plant, plant_adult, plant_case, plant_enquiry, plant_officer

TODAY = date(2026, 3, 12)
MARY, PETER, TOM = 1, 2, 5


def at(hour: int, day: int = 12) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def turn(store: Store, officer: int, begins: datetime, ends: datetime) -> None:
    plant(store, DutyTurn, officer_id=officer, from_at=begins, to_at=ends)


def test_the_banner_says_whose_turn_it_is_and_who_follows(desk: Desk, store: Store) -> None:
    turn(store, TOM, at(8), at(10))
    turn(store, MARY, at(9), at(13))
    turn(store, PETER, at(13), at(17))
    turn(store, TOM, at(9, day=13), at(13, day=13))

    duty = desk.ask(duty_now)

    assert duty.now == Turn(MARY, "Mary Okoro", "MO", at(13))
    assert duty.next is not None
    assert duty.next.name == "Peter Singh"


def test_after_the_last_turn_nobody_is_on_and_tomorrow_is_not_today(desk: Desk, store: Store) -> None:
    turn(store, MARY, at(8), at(10))
    turn(store, PETER, at(9, day=13), at(13, day=13))

    duty = desk.ask(duty_now)

    assert (duty.now, duty.next) == (None, None)


def test_the_absent_are_named_with_what_they_hold_and_relief_with_their_last_day(desk: Desk, store: Store) -> None:
    plant(store, Absence, officer_id=PETER, from_on=TODAY, to_on=date(2026, 3, 20), reason="leave")
    plant_case(store, owner_id=PETER)
    plant_enquiry(store, owner_id=PETER)
    plant_officer(store, "Rhea Dunn", "RD", "relief", ends_on=date(2026, 3, 27))

    duty = desk.ask(duty_now)

    assert [(a.initials, a.back_on, held.words) for a, held in duty.away] == [("PS", date(2026, 3, 20), "2")]
    assert duty.relief == (("Rhea Dunn", date(2026, 3, 27)),)


def status(desk: Desk, **answers: str) -> DutyStatusForm:
    return DutyStatusForm.read(answers, today=TODAY, words=desk.vocabulary)


def test_suspended_enquiries_show_until_their_last_day_is_over(desk: Desk, clock: FrozenClock) -> None:
    assert desk.ask(duty_now).spell.status == "open"

    desk.do(set_duty_status, status(desk, status="enquiries_suspended", reason="Staff sickness", until="13 3 2026"))
    spell = desk.ask(duty_now).spell
    assert (spell.status, spell.reason, spell.last_day) == (
        "enquiries_suspended", "Staff sickness", date(2026, 3, 13),
    )  # fmt: skip

    clock.instant = datetime(2026, 3, 13, 23, 59, tzinfo=UTC)
    assert desk.ask(duty_now).spell.status == "enquiries_suspended"
    clock.instant = datetime(2026, 3, 14, 0, 1, tzinfo=UTC)
    assert desk.ask(duty_now).spell.status == "open"


def test_a_new_status_ends_the_one_before(desk: Desk, clock: FrozenClock) -> None:
    desk.do(set_duty_status, status(desk, status="reduced", reason="Training day"))
    clock.pass_time(hours=1)
    desk.do(set_duty_status, status(desk, status="open"))

    assert desk.ask(duty_now).spell.status == "open"


def test_less_than_open_lines_needs_a_reason(desk: Desk) -> None:
    with pytest.raises(ThereIsAProblem, match="Enter why callers meet less than open lines"):
        status(desk, status="reduced")


def test_a_relief_worker_cannot_change_what_callers_meet(desk_of: Callable[[str], Desk], desk: Desk) -> None:
    with pytest.raises(Refused):
        desk_of("relief").do(set_duty_status, status(desk, status="open"))


# The week, the clocks, the load -----------------------------------------------------------------------------------


def test_the_week_so_far_stands_beside_the_same_days_last_year(desk: Desk, store: Store) -> None:
    adult = plant_adult(store)
    for day, classification in (
        (date(2026, 3, 9), "allegation"), (date(2026, 3, 12), "pending"), (date(2026, 3, 8), "allegation"),
        (date(2025, 3, 10), "allegation"), (date(2025, 3, 13), "consultation"), (date(2025, 3, 14), "allegation"),
    ):  # fmt: skip
        plant_case(store, day, classification=classification, adult_id=adult, restricted=True)
    plant_enquiry(store, date(2026, 3, 11))
    plant_enquiry(store, date(2026, 3, 11), subject="ofsted_information")

    lines = desk.ask(week_so_far)

    assert [tuple(line) for line in lines] == [
        ("Enquiries", 1, 0),
        ("Referrals", 2, 2),
        ("  Allegation", 1, 1),
        ("  Consultation", 0, 1),
        ("  Information only", 0, 0),
    ]


@pytest.mark.parametrize("today", [TODAY, date(2026, 5, 31), date(2026, 3, 1), date(2024, 2, 29)])
def test_past_a_limit_means_after_its_last_day(desk: Desk, store: Store, clock: FrozenClock, today: date) -> None:
    from db.rules.clocks import due_on

    clock.instant = datetime(today.year, today.month, today.day, 10, tzinfo=UTC)
    adult = plant_adult(store)
    received = [today - timedelta(days=days) for days in range(85, 98)]
    for day in received:
        plant_case(store, day, owner_id=MARY, adult_id=adult)
    plant_case(store, today - timedelta(days=400), owner_id=PETER, adult_id=adult)
    plant_case(store, today - timedelta(days=400), owner_id=MARY, closed_on=today, adult_id=adult)
    past = sum(due_on("kpi_3m", day) < today for day in received)

    assert 0 < past < len(received)
    assert desk.ask(past_limits, mine=True) == (Counted(past), Counted(0))
    assert desk.ask(past_limits, mine=False) == (Counted(past + 1), Counted(1))


def test_the_manager_sees_every_load_and_a_lado_their_own(desk_of: Callable[[str], Desk], store: Store) -> None:
    plant(store, PostFilled, officer_id=PETER, post="lado", fte=Decimal("0.6"), from_on=date(2020, 1, 1))
    for owner in (MARY, MARY, PETER, TOM):
        plant_case(store, owner_id=owner)
    plant_case(store, owner_id=MARY, closed_on=TODAY)

    loads = desk_of("manager").ask(caseloads)

    assert [(load.initials, load.cases.number, load.mark, load.note) for load in loads] == [
        ("MO", 2, 90, ""), ("PS", 1, 54, ""), ("TB", 1, 90, "relief"),
    ]  # fmt: skip
    mine = desk_of("lado").ask(my_caseload)
    assert mine is not None
    assert mine.cases == Counted(2)
    assert desk_of("cro").ask(my_caseload) is None


@pytest.mark.parametrize("who", ["lado", "cro", "relief", "auditor"])
def test_nobody_else_sees_who_carries_how_much(desk_of: Callable[[str], Desk], who: str) -> None:
    with pytest.raises(Refused):
        desk_of(who).ask(caseloads)
