"""Who holds a case: moved with a reason, one or many, and never to someone who may not have it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from db.actions.allocation import CannotMove, move_case, move_cases
from db.actions.oversight import add_next_step
from db.desk import Desk
from db.errors import ChangedMeanwhile, Refused, ThereIsAProblem
from db.forms.form import Form
from db.forms.oversight import MoveForm, StepForm
from db.models import Allocation, AuditEntry, Case, Conflict, Step, table
from db.queries.cases import open_case
from tests.planted import grant, plant, plant_adult, plant_case, plant_officer

MARY, PETER, RUTH, HELEN = 1, 2, 3, 4


def fill(desk: Desk, form: type[Form], **answers: Any) -> Any:
    return form.read(answers, today=desk.clock().date(), words=desk.vocabulary)


def move(desk: Desk, case_id: int, to: str = "PS", reason: str = "sickness cover") -> None:
    version = desk.ask(open_case, case_id).version
    desk.do(move_case, case_id, fill(desk, MoveForm, to=to, reason=reason), version=version)


def rows(desk: Desk, model: Any) -> list[Any]:
    with desk.store.read() as connection:
        return list(connection.execute(select(table(model)).order_by(table(model).c.id)))


def owners(desk: Desk) -> list[int | None]:
    return [case.owner_id for case in rows(desk, Case)]


@pytest.fixture
def case_id(desk: Desk) -> int:
    number = plant_case(desk.store, owner_id=MARY)
    plant(desk.store, Allocation, case_id=number, officer_id=MARY, from_on=date(2026, 2, 2), given_by=HELEN)
    return number


def test_a_case_handed_over_keeps_who_held_it_before(desk: Desk, case_id: int) -> None:
    move(desk, case_id)
    held = [(row.officer_id, row.from_on, row.to_on, row.reason, row.given_by) for row in rows(desk, Allocation)]
    assert held == [
        (MARY, date(2026, 2, 2), date(2026, 3, 12), None, HELEN),
        (PETER, date(2026, 3, 12), None, "sickness cover", MARY),
    ]
    assert owners(desk) == [PETER]


def test_what_was_theirs_to_do_goes_with_the_case(desk: Desk, case_id: int) -> None:
    desk.do(add_next_step, case_id, fill(desk, StepForm, what="Ask the employer", due_on="+2d"))
    desk.do(add_next_step, case_id, fill(desk, StepForm, what="Sign off", due_on="+2d", who="HM"))
    move(desk, case_id)
    assert [step.owner_id for step in rows(desk, Step)] == [PETER, HELEN]


def test_a_move_needs_a_reason(desk: Desk) -> None:
    with pytest.raises(ThereIsAProblem, match="Enter the reason for the move"):
        fill(desk, MoveForm, to="PS")


def test_a_lado_moves_only_their_own_cases_or_takes_one_nobody_holds(
    desk: Desk, desk_of: Callable[[str], Desk], case_id: int
) -> None:
    with pytest.raises(Refused):
        move(desk_of("lado2"), case_id)
    free = plant_case(desk.store)
    move(desk_of("lado2"), free)
    move(desk_of("manager"), case_id, "HM")
    assert owners(desk) == [HELEN, PETER]


def test_the_second_of_two_moves_is_refused(desk: Desk, desk_of: Callable[[str], Desk], case_id: int) -> None:
    version = desk.ask(open_case, case_id).version
    move(desk_of("manager"), case_id)
    with pytest.raises(ChangedMeanwhile, match="Helen Marsh saved"):
        desk.do(move_case, case_id, fill(desk, MoveForm, to="HM", reason="other"), version=version)
    assert owners(desk) == [PETER]


def test_a_case_does_not_go_to_someone_with_a_conflict(desk: Desk, case_id: int) -> None:
    adult = rows(desk, Case)[0].adult_id
    plant(desk.store, Conflict, officer_id=PETER, adult_id=adult, declared_at=desk.clock())
    with pytest.raises(CannotMove, match="a conflict of interest is declared"):
        move(desk, case_id)
    assert owners(desk) == [MARY]


def test_a_restricted_case_goes_only_to_someone_on_its_list(desk: Desk) -> None:
    case_id = plant_case(desk.store, owner_id=MARY, restricted=True)
    grant(desk.store, MARY, case_id=case_id)
    with pytest.raises(CannotMove, match=r"not on the access list for R26-.*Add them to the list first"):
        move(desk, case_id)
    grant(desk.store, PETER, case_id=case_id)
    move(desk, case_id)
    assert owners(desk) == [PETER]


@pytest.mark.parametrize(
    ("to", "sentence"),
    [("RC", "is a Contact and referral officer and cannot hold a case"), ("MO", "holds R26-.* already")],
)
def test_a_case_goes_to_someone_who_can_hold_it(desk: Desk, case_id: int, to: str, sentence: str) -> None:
    with pytest.raises(CannotMove, match=sentence):
        move(desk, case_id, to)


def test_a_case_does_not_go_to_someone_who_has_left(desk: Desk, case_id: int) -> None:
    plant_officer(desk.store, "Lena Grant", "LG", ends_on=date(2026, 3, 11))
    with pytest.raises(ThereIsAProblem, match="Nobody at this desk has the initials LG"):
        move(desk, case_id, "LG")


def test_many_cases_move_for_one_reason_each_with_its_own_entry(desk_of: Callable[[str], Desk]) -> None:
    manager = desk_of("manager")
    cases = [plant_case(manager.store, owner_id=MARY) for _ in range(12)]
    moved = manager.do(move_cases, cases, fill(manager, MoveForm, to="PS", reason="Sickness cover from 9 March"))
    assert len(moved.refs) == 12
    assert owners(manager) == [PETER] * 12
    assert {row.reason for row in rows(manager, Allocation)} == {"Sickness cover from 9 March"}
    detail = rows(manager, AuditEntry)[-1].detail
    assert sum(f'"row":"case_file/{number}"' in detail for number in cases) == 12


def test_of_many_cases_all_move_or_none(desk_of: Callable[[str], Desk]) -> None:
    manager = desk_of("manager")
    adult = plant_adult(manager.store, "Harpreet Singh")
    plant(manager.store, Conflict, officer_id=PETER, adult_id=adult, declared_at=manager.clock())
    cases = [plant_case(manager.store, owner_id=MARY), plant_case(manager.store, owner_id=MARY, adult_id=adult)]
    with pytest.raises(CannotMove, match="conflict"):
        manager.do(move_cases, cases, fill(manager, MoveForm, to="PS", reason="Sickness cover"))
    assert owners(manager) == [MARY, MARY]
    assert rows(manager, Allocation) == []


def test_only_a_manager_moves_many(desk: Desk, case_id: int) -> None:
    with pytest.raises(Refused):
        desk.do(move_cases, [case_id], fill(desk, MoveForm, to="PS", reason="Sickness cover"))
