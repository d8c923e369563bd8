"""Find: people, cases, settings and references in one box; nothing restricted shown, every settled search kept."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from db.desk import Desk
from db.errors import Refused, ThereIsAProblem
from db.models import AuditEntry, Conflict, OtherName, Outcome, table
from db.queries.people import find, heard_before, look_up
from db.store import Store
from tests.hostile import HOSTILE
from tests.planted import grant, plant, plant_adult, plant_case, plant_enquiry, plant_setting

MARY, PETER, HELEN = 1, 2, 4
CANARY = "Zzkestrel"


def trail(desk: Desk) -> list[Any]:
    entries = table(AuditEntry)
    with desk.store.read() as connection:
        return list(connection.execute(select(entries).order_by(entries.c.id)))


def plant_outcome(store: Store, case_id: int, finding: str) -> None:
    answers = dict.fromkeys(
        ("agreed_employer", "agreed_police", "agreed_social_care", "dbs_removed", "dbs_harm", "adult_told",
         "child_told", "parent_told"), "not_known",
    )  # fmt: skip
    plant(
        store, Outcome, case_id=case_id, number=1, is_current=True, concluded_on=date(2024, 7, 3), finding=finding,
        conflict=False, reason="Two accounts conflict.", employment_result="no_action", dbs_status="not_needed",
        regulator_status="not_needed", recorded_by=MARY, recorded_at=datetime(2024, 7, 3, 9, tzinfo=UTC), **answers,
    )  # fmt: skip


def test_a_name_finds_the_person_their_records_and_why(desk: Desk, store: Store) -> None:
    school = plant_setting(store, "St Mary's CE Primary School")
    james = plant_adult(store, "James Hartley", date(1985, 3, 14), findable=True)
    old = plant_case(store, date(2024, 5, 2), ref="R24-0871", adult_id=james, setting_id=school, role="ta_support",
                     classification="allegation", principal_type="physical", closed_on=date(2024, 7, 3),
                     closed_as="outcome")  # fmt: skip
    plant_outcome(store, old, "unsubstantiated")

    found = desk.ask(look_up, "james hartly")

    (person,) = found.people
    assert (person.name, person.born_on, person.role, person.records) == (
        "James Hartley", date(1985, 3, 14), "Teaching assistant", 1,
    )  # fmt: skip
    assert person.setting == "St Mary's CE Primary School"
    assert person.why
    (record,) = found.records
    assert (record.ref, record.what, record.state) == ("R24-0871", "Allegation", "unsubstantiated")
    assert record.meaning == "Not enough evidence to prove or disprove. Does not imply guilt or innocence."
    assert not found.restricted


def test_a_reference_however_typed_finds_its_record_and_nothing_else(desk: Desk, store: Store) -> None:
    plant_case(store, ref="R26-0412")
    plant_enquiry(store, ref="E26-0412")

    assert [r.ref for r in desk.ask(look_up, "r26 412").records] == ["R26-0412"]
    assert [r.ref for r in desk.ask(look_up, "E260412").records] == ["E26-0412"]
    assert {r.ref for r in desk.ask(look_up, "26-412").records} == {"R26-0412", "E26-0412"}
    assert desk.ask(look_up, "R26-0413").results == 0


def test_a_setting_shows_its_cases_of_three_years(desk: Desk, store: Store) -> None:
    place = plant_setting(store, "Hartlip Primary", kind="primary", findable=True)
    for year in (2022, 2024, 2025):
        plant_case(store, date(year, 6, 1), setting_id=place)

    (setting,) = desk.ask(look_up, "hartlip").settings

    assert (setting.name, setting.kind, setting.cases) == ("Hartlip Primary", "Primary school", 2)


def test_a_former_name_finds_the_person_and_says_so(desk: Desk, store: Store) -> None:
    from db.heard_before.index import index_name

    anne = plant_adult(store, "Anne Brown", findable=True)
    plant(store, OtherName, adult_id=anne, name="Anne Vesterby", kind="former")
    with store.write() as connection:
        index_name(connection, "adult", anne, "Anne Vesterby")

    (person,) = desk.ask(look_up, "Vesterby").people

    assert (person.name, person.found_as) == ("Anne Brown", "Anne Vesterby")


# Who may see what -------------------------------------------------------------------------------------------------


@pytest.fixture
def restricted(store: Store) -> int:
    """A restricted case about someone nobody else has heard of, at a place nobody else has heard of."""
    adult = plant_adult(store, f"{CANARY} Hartley", findable=True)
    place = plant_setting(store, f"{CANARY} Nursery", findable=True)
    case = plant_case(store, ref="R26-0340", adult_id=adult, setting_id=place, restricted=True)
    grant(store, PETER, case_id=case)
    return adult


@pytest.mark.parametrize("typed", [f"{CANARY} Hartley", CANARY, "R26-0340", f"{CANARY} Nursery"])
def test_a_restricted_record_may_match_and_nothing_more_is_said(
    desk_of: Callable[[str], Desk], restricted: int, typed: str
) -> None:
    found = desk_of("lado").ask(look_up, typed)

    assert found.restricted
    assert found.results == 0
    assert CANARY not in repr(found)
    for allowed in ("lado2", "manager"):
        assert desk_of(allowed).ask(look_up, typed).results


def test_one_open_record_shows_the_person_without_their_restricted_ones(
    desk: Desk, store: Store, restricted: int
) -> None:
    plant_case(store, ref="R25-0001", adult_id=restricted)

    found = desk.ask(look_up, CANARY)

    assert [(person.records, person.latest[:8]) for person in found.people] == [(1, "R25-0001")]
    assert [record.ref for record in found.records] == ["R25-0001"]
    assert found.restricted


def test_a_declared_conflict_hides_the_person_from_the_manager_too(
    desk_of: Callable[[str], Desk], store: Store, restricted: int
) -> None:
    plant(store, Conflict, officer_id=HELEN, adult_id=restricted, declared_at=datetime(2026, 3, 1, tzinfo=UTC))

    found = desk_of("manager").ask(look_up, CANARY)

    assert found.restricted
    assert CANARY not in repr(found)


def test_a_small_count_leaves_restricted_cases_out_and_a_larger_one_counts_them(desk: Desk, store: Store) -> None:
    place = plant_setting(store, "Hartlip Primary", findable=True)
    plant_case(store, setting_id=place)
    plant_case(store, setting_id=place, restricted=True)
    assert desk.ask(look_up, "hartlip").settings[0].cases == 1

    plant_case(store, setting_id=place)
    assert desk.ask(look_up, "hartlip").settings[0].cases == 3


def test_heard_before_leaves_out_the_one_in_view(desk: Desk, store: Store) -> None:
    one = plant_adult(store, "Rose Pell", findable=True)
    two = plant_adult(store, "Rose Pell", findable=True)

    found = desk.ask(heard_before, "Rose Pell", besides=(one,))

    assert [person.adult_id for person in found.people] == [two]


# The audit trail --------------------------------------------------------------------------------------------------


def test_a_settled_search_is_kept_with_its_reason_and_without_its_words(desk: Desk, store: Store) -> None:
    plant_adult(store, f"{CANARY} Hartley", findable=True)

    found = desk.ask(find, CANARY, "duty_call")
    desk.ask(find, f" {CANARY.upper()}", "case_work")
    desk.ask(look_up, CANARY)

    assert found.people
    first, second = trail(desk)
    assert (first.act, first.why, second.why) == ("find", "duty_call", "case_work")
    assert first.subject == second.subject
    assert CANARY.casefold() not in str([*first, *second]).casefold()


def test_a_search_needs_a_reason_of_the_list(desk: Desk) -> None:
    with pytest.raises(ThereIsAProblem, match="Enter why you are searching"):
        desk.ask(find, "Hartley", "curious")


def test_hostile_words_find_what_was_entered_and_break_nothing(desk: Desk, store: Store) -> None:
    from db.text import visible

    for trick in HOSTILE.values():
        plant_adult(store, visible(trick), findable=True)

    for typed in (*HOSTILE.values(), "O'Neil", "%", "_", '"', "(", "*", "';--", "x" * 5_000):
        desk.ask(find, typed, "duty_call")

    assert any(person.name == HOSTILE["bold"] for person in desk.ask(look_up, HOSTILE["bold"]).people)


def test_roles_without_search_are_refused(desk_of: Callable[[str], Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    from db.permissions import GRANTED
    from db.vocabulary import OfficerRole

    monkeypatch.setitem(GRANTED, OfficerRole.RELIEF, frozenset())
    with pytest.raises(Refused):
        desk_of("relief").ask(look_up, "Hartley")
