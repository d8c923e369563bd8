"""Have we heard this name before? The answer, the comparison, and what is never told."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from db.actions.linking import take_back_decision
from db.actions.people import decide_same_person
from db.desk import Desk
from db.errors import NotFound, NotOnAccessList, Refused
from db.models import AuditEntry, Conflict, table
from db.queries.history import AskedAbout, PersonHistory, person_history
from db.queries.settings import setting_history, setting_pattern
from db.store import Store
from tests.db.queries.test_find import plant_outcome
from tests.planted import grant, plant, plant_adult, plant_case, plant_enquiry, plant_officer, plant_setting

PETER = 2
CANARY = "Zzkestrel"


def of_case(case_id: int) -> AskedAbout:
    return AskedAbout(kind="case", record_id=case_id)


@pytest.fixture
def james(store: Store) -> int:
    return plant_adult(store, "James Hartley", date(1985, 3, 14), findable=True)


@pytest.fixture
def now(store: Store, james: int) -> int:
    """The case in view: a physical allegation at a school."""
    school = plant_setting(store, "St Mary's CE Primary School")
    return plant_case(store, ref="R26-0412", adult_id=james, setting_id=school, role="ta_support",
                      principal_type="physical")  # fmt: skip


def plant_old_case(store: Store, adult_id: int) -> int:
    old = plant_case(store, date(2024, 5, 2), ref="R24-0871", adult_id=adult_id, classification="allegation",
                     principal_type="physical", closed_on=date(2024, 7, 3), closed_as="outcome")  # fmt: skip
    plant_outcome(store, old, "unsubstantiated")
    return old


def test_yes_with_how_many_of_the_same_kind_and_when(desk: Desk, store: Store, james: int, now: int) -> None:
    plant_old_case(store, james)
    plant_enquiry(store, date(2022, 10, 4), ref="E22-0102", adult_id=james, closed_on=date(2022, 10, 5))

    history = desk.ask(person_history, of_case(now))

    assert history.answer == "YES: 2 earlier records, 1 of the same kind. Last: July 2024."
    assert [(letter, record.ref) for letter, record in history.records] == [
        ("NOW", "R26-0412"), ("NOW", "R24-0871"), ("NOW", "E22-0102"),
    ]  # fmt: skip
    assert history.meanings == (
        ("unsubstantiated", "Not enough evidence to prove or disprove. Does not imply guilt or innocence."),
    )


def test_a_like_name_is_a_perhaps_and_never_a_yes(desk: Desk, store: Store, now: int) -> None:
    other = plant_adult(store, "James Hartly", findable=True)
    plant_enquiry(store, date(2022, 10, 4), ref="E22-0102", adult_id=other)

    history = desk.ask(person_history, of_case(now))

    assert history.answer == "PERHAPS: 1 record under a like name. Last: October 2022. Compare below."
    a = history.entries[1]
    assert (a.letter, a.name, a.born, a.ref, a.same, a.decided) == (
        "A", "James Hartly", "not known", "E22-0102", None, "not decided",
    )  # fmt: skip


def test_one_more_of_the_same_surname_is_not_told_as_perhaps_the_same(desk: Desk, store: Store, now: int) -> None:
    for name in ("Anne Hartley", "James Smith"):
        plant_case(store, adult_id=plant_adult(store, name, findable=True))

    assert desk.ask(person_history, of_case(now)).answer == "NO record under this name, nor one like it."


@pytest.mark.parametrize(("name", "born"), [("Hartley", None), ("J Hartley", None), ("James Brown", date(1985, 3, 14))])
def test_a_surname_alone_an_initial_or_the_same_birth_date_may_be_the_same(
    desk: Desk, store: Store, now: int, name: str, born: date | None
) -> None:
    plant_case(store, date(2024, 5, 2), adult_id=plant_adult(store, name, born, findable=True))

    assert desk.ask(person_history, of_case(now)).answer.startswith("PERHAPS: 1 record under a like name.")


def test_no_record_says_no(desk: Desk, now: int) -> None:
    assert desk.ask(person_history, of_case(now)).answer == "NO record under this name, nor one like it."


def test_linking_makes_a_yes_and_says_who_decided(
    desk_of: Callable[[str], Desk], desk: Desk, store: Store, james: int, now: int
) -> None:
    other = plant_adult(store, "J. Hartley", findable=True)
    plant_old_case(store, other)

    desk_of("lado2").do(decide_same_person, james, other, same=True)
    history = desk.ask(person_history, of_case(now))

    assert history.answer == "YES: 1 earlier record, 1 of the same kind. Last: July 2024."
    assert (history.entries[1].same, history.entries[1].decided) == (True, "YES (Peter Singh 2026)")
    assert [letter for letter, _ in history.records] == ["NOW", "A"]


def test_not_the_same_is_compared_and_listed_last_and_counts_for_nothing(
    desk: Desk, store: Store, james: int, now: int
) -> None:
    other = plant_adult(store, "James Hartley", findable=True)
    plant_old_case(store, other)
    third = plant_adult(store, "James Hartly", findable=True)

    desk.do(decide_same_person, james, other, same=False)
    history = desk.ask(person_history, of_case(now))

    assert history.answer.startswith("NO record")
    assert [(entry.letter, entry.adult_id) for entry in history.entries] == [
        ("NOW", james), ("A", third), ("B", other),
    ]  # fmt: skip
    assert history.entries[2].decided == "NO (Mary Okoro 2026)"
    assert [letter for letter, _ in history.records] == ["NOW", "B"]


def told(history: PersonHistory) -> object:
    return history.answer, history.entries, history.records


people = st.sampled_from([0, 1, 2])


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(people, people, st.booleans()).filter(lambda act: act[0] != act[1]), max_size=5))
def test_what_was_decided_in_any_order_can_be_taken_back_to_where_it_began(
    desk: Desk, store: Store, acts: list[tuple[int, int, bool]]
) -> None:
    school = plant_setting(store)
    adults = [plant_adult(store, "Ros Pellew", findable=True) for _ in range(3)]
    for adult in adults:
        plant_case(store, adult_id=adult, setting_id=school)
    before = [told(desk.ask(person_history, AskedAbout(adult_id=adult))) for adult in adults]

    for one, other, same in acts:
        desk.do(decide_same_person, adults[one], adults[other], same=same)
    for pair in {frozenset(act[:2]) for act in acts}:
        desk.do(take_back_decision, *(adults[place] for place in pair))

    assert [told(desk.ask(person_history, AskedAbout(adult_id=adult))) for adult in adults] == before


def test_nothing_decided_is_nothing_to_take_back(desk: Desk, store: Store, james: int) -> None:
    with pytest.raises(NotFound, match="Nothing has been decided"):
        desk.do(take_back_decision, james, plant_adult(store, "Rose Pell"))


def test_a_name_only_typed_so_far_is_compared_too(desk: Desk, store: Store, james: int, now: int) -> None:
    history = desk.ask(person_history, AskedAbout(name="James Hartley", born=date(1985, 3, 14)))

    assert history.answer == "PERHAPS: 1 record under a like name. Last: March 2026. Compare below."
    assert history.entries[0].born == "14 March 1985"
    assert history.adult_id is None


def test_a_record_that_names_no_adult_says_so(desk: Desk, store: Store) -> None:
    enquiry = plant_enquiry(store)
    with pytest.raises(NotFound, match="No adult is named"):
        desk.ask(person_history, AskedAbout(kind="enquiry", record_id=enquiry))


# Who may see what -------------------------------------------------------------------------------------------------


def test_restricted_entries_and_records_are_nowhere_in_it(desk: Desk, store: Store, james: int, now: int) -> None:
    linked = plant_adult(store, f"{CANARY} Hartley", findable=True)
    alike = plant_adult(store, f"James Hartley {CANARY}", findable=True)
    for adult in (james, linked, alike):
        plant_case(store, ref=f"R25-034{adult}", adult_id=adult, restricted=True)
    desk.do(decide_same_person, james, linked, same=True)

    history = desk.ask(person_history, of_case(now))

    assert history.restricted
    assert history.answer.endswith("A restricted record may match. Ask the manager.")
    assert CANARY not in repr(history)
    assert "R25-034" not in repr(history)


def test_a_restricted_record_is_refused_and_so_is_its_adult(
    desk_of: Callable[[str], Desk], store: Store, james: int
) -> None:
    case = plant_case(store, adult_id=james, restricted=True)
    grant(store, PETER, case_id=case)

    with pytest.raises(NotOnAccessList):
        desk_of("lado").ask(person_history, of_case(case))
    with pytest.raises(Refused, match="may match"):
        desk_of("lado").ask(person_history, AskedAbout(adult_id=james))
    assert desk_of("lado2").ask(person_history, of_case(case)).name == "James Hartley"


def test_a_conflict_closes_the_history_to_a_manager(
    desk_of: Callable[[str], Desk], store: Store, james: int, now: int
) -> None:
    plant(store, Conflict, officer_id=4, adult_id=james, declared_at=datetime(2026, 3, 1, tzinfo=UTC))
    with pytest.raises(Refused):
        desk_of("manager").ask(person_history, AskedAbout(adult_id=james))


def test_opening_a_history_is_kept_with_who_and_why(desk: Desk, store: Store, james: int, now: int) -> None:
    desk.ask(person_history, of_case(now), "duty_call")

    entries = table(AuditEntry)
    with store.read() as connection:
        entry = connection.execute(select(entries)).one()
    assert (entry.act, entry.subject, entry.why) == ("person_history", f"adult/{james}", "duty_call")


# The setting ------------------------------------------------------------------------------------------------------


def plant_cases_at(store: Store, setting: int, *received: date, **values: object) -> None:
    for day in received:
        plant_case(store, day, setting_id=setting, classification="allegation", **values)


def test_the_setting_tells_how_many_others_without_naming_one(desk: Desk, store: Store, james: int) -> None:
    school = plant_setting(store)
    mine = plant_case(store, adult_id=james, setting_id=school)
    plant_cases_at(store, school, date(2024, 3, 13), date(2025, 6, 1), closed_on=date(2025, 7, 1))
    plant_cases_at(store, school, date(2026, 1, 5))
    plant_cases_at(store, school, date(2024, 3, 11))

    pattern = desk.ask(person_history, of_case(mine)).setting

    assert pattern is not None
    assert pattern.words == "3 other adults in 24 months, 1 open"


def test_a_case_entered_in_error_makes_no_pattern(desk: Desk, store: Store) -> None:
    school = plant_setting(store)
    plant_cases_at(store, school, date(2026, 1, 5), closed_on=date(2026, 1, 6), closed_as="entered_in_error")

    assert desk.ask(setting_pattern, school).words == "no other adult in 24 months"


def test_restricted_cases_count_in_a_pattern_only_where_they_do_not_stand_out(desk: Desk, store: Store) -> None:
    school = plant_setting(store)
    plant_cases_at(store, school, date(2026, 1, 5), restricted=True)
    plant_cases_at(store, school, date(2026, 1, 6))
    assert desk.ask(setting_pattern, school).adults == 1

    plant_cases_at(store, school, date(2026, 1, 7))
    assert desk.ask(setting_pattern, school).adults == 3


def test_a_settings_page_lists_its_records_and_says_how_many_are_restricted(desk: Desk, store: Store) -> None:
    school = plant_setting(store, kind="primary", town="Ashcombe")
    plant_cases_at(store, school, date(2026, 1, 5), date(2025, 1, 5))
    plant_enquiry(store, date(2025, 6, 1), setting_id=school)
    adult = plant_adult(store, CANARY)
    plant_cases_at(store, school, date(2026, 2, 1), restricted=True, adult_id=adult)

    history = desk.ask(setting_history, school)

    assert (history.kind, history.town, history.restricted) == ("Primary school", "Ashcombe", 1)
    assert [record.received_on for record in history.records] == [
        date(2026, 1, 5), date(2025, 6, 1), date(2025, 1, 5),
    ]  # fmt: skip
    assert CANARY not in repr(history)


def test_a_lone_restricted_record_at_a_setting_is_not_hinted_at(desk: Desk, store: Store) -> None:
    school = plant_setting(store)
    plant_cases_at(store, school, date(2026, 2, 1), restricted=True)

    history = desk.ask(setting_history, school)

    assert (history.records, history.restricted, history.pattern.adults) == ((), 0, 0)


def test_the_initials_of_who_holds_it_stand_beside_each_record(desk: Desk, store: Store, james: int, now: int) -> None:
    lena = plant_officer(store, "Lena Grant", "LG")
    plant_case(store, date(2024, 5, 2), adult_id=james, owner_id=lena)

    assert [record.owner for _, record in desk.ask(person_history, of_case(now)).records] == ["", "LG"]
