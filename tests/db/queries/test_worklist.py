"""The work list: what is late first, nothing lost between pages, nothing told of a restricted record."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from db.desk import Desk
from db.models import Absence, Case, Conflict, Enquiry, table
from db.queries.worklist import Counted, Section, WorkKey, WorkRow, late_and_due, section_counts, worklist
from db.store import Store
from tests.planted import grant, plant, plant_adult, plant_case, plant_enquiry, plant_officer, plant_setting

TODAY = date(2026, 3, 12)
MARY, PETER, HELEN = 1, 2, 4


def days(count: int) -> date:
    return TODAY + timedelta(days=count)


def refs(desk: Desk, section: Section) -> list[str]:
    return [row.ref for row in desk.ask(worklist, section)]


def test_late_comes_first_then_today_then_later_then_no_date(desk: Desk, store: Store) -> None:
    plant_case(store, ref="R26-0001", owner_id=MARY)
    plant_case(store, ref="R26-0002", owner_id=MARY, due_on=days(4))
    plant_enquiry(store, ref="E26-0003", owner_id=MARY, due_on=days(0))
    plant_case(store, ref="R26-0004", owner_id=MARY, due_on=days(-2))
    plant_enquiry(store, ref="E26-0005", owner_id=MARY, due_on=days(-1))

    rows = desk.ask(worklist, Section.MINE)

    assert [(row.ref, row.status.text) for row in rows] == [
        ("R26-0004", "!! LATE 2d"),
        ("E26-0005", "!! LATE 1d"),
        ("E26-0003", "!  TODAY"),
        ("R26-0002", "   ON TRACK"),
        ("R26-0001", "   NO DATE"),
    ]


def test_a_row_says_who_where_what_and_by_when(desk: Desk, store: Store) -> None:
    adult = plant_adult(store, "Rose Pell")
    place = plant_setting(store, "Oakfield Nursery")
    plant_case(store, adult_id=adult, setting_id=place, owner_id=MARY, next_step="Police update asked", due_on=days(4),
               waiting=True, classification="allegation")  # fmt: skip

    (row,) = desk.ask(worklist, Section.MINE)

    assert (row.adult, row.setting, row.next_step, row.owner) == (
        "Rose Pell", "Oakfield Nursery", "Police update asked", "MO",
    )  # fmt: skip
    assert (row.status.word, row.due_on) == ("WAITING", days(4))


def test_what_came_today_and_is_undecided_is_new(desk: Desk, store: Store) -> None:
    came = datetime(2026, 3, 12, 10, 22, tzinfo=UTC)
    plant_case(store, due_on=days(1), entered_at=came)
    plant_case(store, due_on=days(2), entered_at=came, classification="allegation")
    plant_enquiry(store, due_on=days(3), entered_at=came, works_at="Oakfield Nursery")

    rows = desk.ask(worklist, Section.TEAM)

    assert [row.status.word for row in rows] == ["NEW 10:22", "ON TRACK", "NEW 10:22"]
    assert rows[2].setting == "Oakfield Nursery"
    assert rows[2].adult is None


def test_the_duty_list_holds_what_nobody_else_will_do(desk: Desk, store: Store) -> None:
    plant_enquiry(store, ref="E26-0001", result="advised_refer", due_on=days(1))
    plant_case(store, ref="R26-0002", owner_id=PETER, due_on=days(2))
    plant_enquiry(store, ref="E26-0003", owner_id=PETER, due_on=days(-1))
    plant_case(store, ref="R26-0004", classification="allegation", owner_id=PETER, due_on=days(-3))
    plant_enquiry(store, ref="E26-0005", closed_on=days(-1))

    assert refs(desk, Section.DUTY) == ["E26-0001", "R26-0002"]


def test_overdue_work_of_someone_absent_shows_on_the_duty_list(desk: Desk, store: Store) -> None:
    plant_case(store, ref="R26-0001", classification="allegation", owner_id=PETER, due_on=days(-3))
    plant_case(store, ref="R26-0002", classification="allegation", owner_id=PETER, due_on=days(3))
    plant_case(store, ref="R26-0003", owner_id=PETER, due_on=days(-1))
    plant(store, Absence, officer_id=PETER, from_on=days(-3), reason="sickness")

    assert refs(desk, Section.DUTY) == ["R26-0001", "R26-0003"]


@pytest.mark.parametrize(
    ("spell", "to_move"),
    [
        ({"from_on": days(-3)}, True),
        ({"from_on": days(0), "to_on": days(0)}, True),
        ({"from_on": days(-9), "to_on": days(-1)}, False),
        ({"from_on": days(1)}, False),
    ],
    ids=["since Monday", "today", "back today", "from tomorrow"],
)
def test_cases_are_to_move_while_their_officer_is_absent(
    desk: Desk, store: Store, spell: dict[str, date], to_move: bool
) -> None:
    plant_case(store, ref="R26-0001", owner_id=PETER)
    plant(store, Absence, officer_id=PETER, reason="leave", **spell)

    assert refs(desk, Section.TO_MOVE) == (["R26-0001"] if to_move else [])


def test_cases_of_a_leaver_are_to_move(desk: Desk, store: Store) -> None:
    gone = plant_officer(store, "Lena Grant", "LG", ends_on=days(-1))
    ended = plant_officer(store, "Omar Reed", "OR", ended_at=datetime(2026, 3, 1, tzinfo=UTC))
    staying = plant_officer(store, "Una Gale", "UG", ends_on=days(0))
    plant_case(store, ref="R26-0001", owner_id=gone)
    plant_enquiry(store, ref="E26-0002", owner_id=ended)
    plant_case(store, ref="R26-0003", owner_id=staying)

    assert refs(desk, Section.TO_MOVE) == ["R26-0001", "E26-0002"]


def test_a_case_nobody_holds_is_not_allocated(desk: Desk, store: Store) -> None:
    plant_case(store, ref="R26-0001", classification="allegation")
    plant_case(store, ref="R26-0002", classification="allegation", owner_id=MARY)
    plant_enquiry(store, ref="E26-0003")

    assert refs(desk, Section.NOT_ALLOCATED) == ["R26-0001"]


def told(row: WorkRow) -> str:
    return f"{row.adult} {row.setting} {row.next_step} {row.owner} {row.due_on} {row.status.text}"


def test_a_restricted_record_shows_its_reference_and_the_word_alone(desk: Desk, store: Store) -> None:
    adult = plant_adult(store, "Zzkestrel Hartley")
    plant_case(store, ref="R26-0340", adult_id=adult, restricted=True, owner_id=PETER, next_step="Zzkestrel",
               due_on=days(-2))  # fmt: skip
    plant_enquiry(store, ref="E26-0341", adult_id=adult, restricted=True, works_at="Zzkestrel", due_on=days(1))

    for row in desk.ask(worklist, Section.TEAM):
        assert row.restricted
        assert told(row) == "None None None  None ## RESTRICT"
    assert desk.ask(section_counts)[Section.TEAM] == Counted(2)


def test_those_on_the_list_and_the_manager_see_it_whole(desk_of: Callable[[str], Desk], store: Store) -> None:
    case = plant_case(store, restricted=True)
    grant(store, PETER, case_id=case)

    seen = {who: desk_of(who).ask(worklist, Section.TEAM)[0].adult for who in ("lado", "lado2", "manager")}

    assert seen == {"lado": None, "lado2": "James Hartley", "manager": "James Hartley"}


def test_a_declared_conflict_hides_a_record_even_from_its_owner_and_the_manager(
    desk_of: Callable[[str], Desk], store: Store
) -> None:
    adult = plant_adult(store, "Zzkestrel Hartley")
    plant_case(store, adult_id=adult, owner_id=MARY)
    for officer in (MARY, HELEN):
        plant(store, Conflict, officer_id=officer, adult_id=adult, declared_at=datetime(2026, 3, 1, tzinfo=UTC))

    assert desk_of("lado").ask(worklist, Section.MINE)[0].adult is None
    assert desk_of("manager").ask(worklist, Section.TEAM)[0].adult is None
    assert desk_of("cro").ask(worklist, Section.TEAM)[0].adult == "Zzkestrel Hartley"


def test_every_list_is_counted_with_its_late_and_due(desk: Desk, store: Store) -> None:
    for due in (-2, -1, 0, 5):
        plant_case(store, owner_id=MARY, due_on=days(due), classification="allegation")
    plant_enquiry(store, due_on=days(0))
    plant_case(store, owner_id=MARY, due_on=days(-9), closed_on=days(-1))

    counts = desk.ask(section_counts)

    assert {section.value: count.words for section, count in counts.items()} == {
        "mine": "4", "duty": "1", "team": "5", "not_allocated": "0", "to_move": "0",
    }  # fmt: skip
    assert desk.ask(late_and_due, Section.MINE) == (Counted(2), Counted(1))
    assert desk.ask(late_and_due, Section.TEAM) == (Counted(2), Counted(2))


def test_counting_stops_where_nobody_would_read_on(desk: Desk, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.queries.worklist.MOST_COUNTED", 3)
    for _ in range(4):
        plant_enquiry(store)

    assert desk.ask(section_counts)[Section.DUTY].words == "3+"


# Pages ------------------------------------------------------------------------------------------------------------

due_days = st.lists(st.tuples(st.sampled_from(["case", "enquiry"]), st.none() | st.integers(-2, 2)), max_size=12)


def walk(desk: Desk, size: int, *, backwards: bool) -> list[WorkKey]:
    keys: list[WorkKey] = []
    while True:
        after = (keys[0] if backwards else keys[-1]) if keys else None
        page = [row.key for row in desk.ask(worklist, Section.TEAM, after, size, backwards=backwards)]
        keys = page + keys if backwards else keys + page
        if len(page) < size:
            return keys


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=due_days, size=st.integers(1, 4))
def test_pages_forwards_and_backwards_hold_every_row_once_in_order(
    desk: Desk, store: Store, rows: list[tuple[str, int | None]], size: int
) -> None:
    with store.write() as connection:
        for planted in (Case, Enquiry):
            connection.execute(delete(table(planted)))
    adult = plant_adult(store)
    for kind, due in rows:
        due_on = None if due is None else days(due)
        if kind == "case":
            plant_case(store, due_on=due_on, adult_id=adult)
        else:
            plant_enquiry(store, due_on=due_on)
    whole = [row.key for row in desk.ask(worklist, Section.TEAM, count=10_000)]

    assert whole == sorted(whole)
    assert walk(desk, size, backwards=False) == whole
    assert walk(desk, size, backwards=True) == whole
