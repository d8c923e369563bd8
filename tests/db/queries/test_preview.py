"""What a row says before it is opened: facts for everybody, the account only to those whose work it is."""

from datetime import date

import pytest

from db.desk import Desk
from db.errors import NotFound
from db.queries.preview import row_preview
from db.store import Store
from tests.planted import plant_adult, plant_case, plant_enquiry

MARY, PETER = 1, 2
CANARY = "Zzkestrel"


def test_an_enquiry_says_how_it_came_and_whether_the_child_is_safe(desk: Desk, store: Store) -> None:
    enquiry = plant_enquiry(store, date(2026, 3, 12), caller_role="dsl", organisation="Oakfield Nursery",
                            child_safe="yes", call_back="01622 555142", works_at="Oakfield Nursery",
                            account="Shouted at child aged 3.", advice="Keep out of the room.")  # fmt: skip

    preview = desk.ask(row_preview, "enquiry", enquiry)

    assert preview.headline == "Telephone 10:22, Designated safeguarding lead at Oakfield Nursery"
    assert preview.child_safe == "yes"
    assert dict(preview.facts)["Adult with children"] == "not known"
    assert (preview.account, preview.advice) == ("Shouted at child aged 3.", "Keep out of the room.")


def test_a_case_says_what_it_is_how_long_it_has_run_and_its_clocks(desk: Desk, store: Store) -> None:
    case = plant_case(store, date(2026, 2, 2), classification="allegation", principal_type="physical",
                      owner_id=PETER, account=CANARY)  # fmt: skip

    preview = desk.ask(row_preview, "case", case)

    assert preview.headline.startswith("Allegation, Physical")
    assert preview.headline.endswith("day 38")
    assert dict(preview.facts)["1 month"] == "PAST by 10 days"
    assert CANARY not in repr(preview)


@pytest.mark.parametrize("owner", [MARY, None])
def test_the_account_shows_for_own_work_and_for_the_duty_officers(desk: Desk, store: Store, owner: int | None) -> None:
    case = plant_case(store, owner_id=owner, account="a" * 1_000)

    assert desk.ask(row_preview, "case", case).account == "a" * 600 + "…"


def test_people_of_a_like_name_are_shown_without_the_one_in_view(desk: Desk, store: Store) -> None:
    rose = plant_adult(store, "Rose Pell", findable=True)
    other = plant_adult(store, "Ros Pell", findable=True)
    case = plant_case(store, adult_id=rose)

    preview = desk.ask(row_preview, "case", case)

    assert [person.adult_id for person in preview.heard] == [other]


@pytest.mark.parametrize("kind", ["case", "enquiry"])
def test_a_restricted_row_says_its_reference_alone(desk: Desk, store: Store, kind: str) -> None:
    adult = plant_adult(store, CANARY, findable=True)
    planted = {"case": plant_case, "enquiry": plant_enquiry}[kind](
        store, ref="X26-0340", adult_id=adult, restricted=True, account=CANARY
    )

    preview = desk.ask(row_preview, kind, planted)  # type: ignore[arg-type]

    assert (preview.ref, preview.restricted, preview.facts, preview.headline) == ("X26-0340", True, (), "")
    assert CANARY not in repr(preview)


def test_a_row_that_is_gone_says_so(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.ask(row_preview, "case", 999)
