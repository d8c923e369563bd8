"""Heard before? The answer, the comparison, linking and taking back; and the page of a setting."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime

import pytest

from db.models import Conflict, OtherName
from db.store import Store
from lado_tui.app import LadoApp
from tests.db.queries.test_find import plant_outcome
from tests.driver import DutyRoom, duty_room
from tests.hostile import HOSTILE
from tests.lado_tui.screens.conftest import SIZES
from tests.planted import plant, plant_adult, plant_case, plant_enquiry, plant_setting

AppOf = Callable[..., LadoApp]
MARY = 1


@pytest.fixture
def james(store: Store) -> int:
    """James Hartley's case of today, his case of 2024, and somebody of a like name in 2022."""
    school = plant_setting(store, "St Mary's CE Primary School", kind="primary", town="Ashcombe")
    james = plant_adult(store, "James Hartley", date(1985, 3, 14), findable=True)
    now = plant_case(store, date(2026, 3, 9), ref="R26-0412", adult_id=james, setting_id=school, owner_id=MARY,
                     role="ta_support", principal_type="physical", due_on=date(2026, 3, 10))  # fmt: skip
    old = plant_case(store, date(2024, 5, 2), ref="R24-0871", adult_id=james, setting_id=school, role="ta_support",
                     classification="allegation", principal_type="physical", closed_on=date(2024, 7, 3),
                     closed_as="outcome", owner_id=2)  # fmt: skip
    plant_outcome(store, old, "unsubstantiated")
    coach = plant_adult(store, "James Hartly", findable=True)
    plant_enquiry(store, date(2022, 10, 4), ref="E22-0102", adult_id=coach, works_at="FA club", taken_by=2,
                  closed_on=date(2022, 10, 5), result="advice_given", role="coach")  # fmt: skip
    for ref, name in (("R25-0083", "Ana Vos"), ("R25-0084", "Colm Fenn")):
        plant_case(store, date(2025, 6, 1), ref=ref, setting_id=school, adult_id=plant_adult(store, name),
                   classification="allegation", closed_on=date(2025, 7, 1))  # fmt: skip
    return now


@asynccontextmanager
async def at_the_history(app: LadoApp, size: tuple[int, int] = (80, 24)) -> AsyncIterator[DutyRoom]:
    """The officer pressed H on the first row at home."""
    async with duty_room(app, size) as room:
        await room.expect_place("desk")
        await room.wait_until(lambda: "HEARD BEFORE?" in room.screen_text.upper(), "the row in a few words")
        await room.press("h")
        await room.expect_place("person")
        await room.expect_text("ANSWER")
        await room.settle()
        yield room


@pytest.mark.parametrize("size", SIZES)
async def test_the_answer_comes_first_then_the_comparison_then_every_record(
    james: int, app_of: AppOf, size: tuple[int, int]
) -> None:
    async with at_the_history(app_of("lado"), size) as room:
        room.expect_picture(f"person_{size[0]}x{size[1]}")
        text = room.screen_text
        assert "ANSWER  YES: 1 earlier record, 1 of the same kind. Last: July 2024." in text
        assert "Does not imply" in text
        assert "2 other adults in 24 months, none open" in text


async def test_linking_shows_what_will_change_and_changes_the_answer(james: int, app_of: AppOf) -> None:
    async with at_the_history(app_of("lado")) as room:
        await room.press("end", "l")
        await room.expect_place("link")
        await room.expect_text("A will be kept as the same person as NOW.")
        await room.expect_text("1 WHY")
        room.expect_picture("link_80x24")
        await room.type_text("Same club on the referral form.")
        await room.press("ctrl+s")
        await room.expect_place("person")
        await room.expect_text("ANSWER  YES: 2 earlier records, 1 of the same kind.")
        await room.expect_text("YES (Mary Okoro 2026)")
        await room.press("end", "b")
        await room.expect_place("confirm")
        await room.press("ctrl+s")
        await room.expect_text("YES: 1 earlier record")
        await room.expect_text("Taken back.")


async def test_not_the_same_leaves_the_answer_and_is_listed_as_somebody_else(james: int, app_of: AppOf) -> None:
    async with at_the_history(app_of("lado")) as room:
        await room.press("end", "x")
        await room.expect_text("A will be kept as not the same person as NOW.")
        await room.press("ctrl+s")
        await room.expect_text("SOMEBODY ELSE")
        await room.expect_text("NO (Mary Okoro 2026)")
        await room.expect_text("YES: 1 earlier record")


async def test_a_reason_typed_and_left_is_there_again(james: int, app_of: AppOf) -> None:
    async with at_the_history(app_of("lado")) as room:
        await room.press("end", "l")
        await room.expect_place("link")
        await room.type_text("Same birthday")
        await room.press("escape")
        await room.expect_place("person")
        await room.press("l")
        await room.expect_text("Same birthday")


async def test_the_one_in_view_is_not_linked_with_itself(james: int, app_of: AppOf) -> None:
    async with at_the_history(app_of("lado")) as room:
        for key in ("l", "x", "b"):
            await room.press(key)
            await room.expect_text("Put the cursor on a record of another entry")
        assert room.place == "person"


async def test_an_entry_nobody_decided_about_has_nothing_to_take_back(james: int, app_of: AppOf) -> None:
    async with at_the_history(app_of("lado")) as room:
        await room.press("end", "b")
        await room.expect_text("Nothing has been decided about this entry.")


async def test_roles_that_cannot_link_are_told(james: int, app_of: AppOf) -> None:
    async with duty_room(app_of("relief")) as room:
        await room.expect_text("Heard before?")
        await room.press("h")
        await room.expect_place("person")
        await room.press("l")
        await room.expect_toast("Your role cannot link people.")


async def test_the_short_summary_is_copied_on_purpose_and_says_what_unsubstantiated_means(
    james: int, app_of: AppOf
) -> None:
    async with at_the_history(app_of("lado")) as room:
        await room.press("k")
        await room.expect_text("Copied, to paste into a message. It is cleared after 30 seconds.")
        copied = room.app.clipboard
    assert copied.splitlines() == [
        "James Hartley, born 14 March 1985",
        "YES: 1 earlier record, 1 of the same kind. Last: July 2024. 1 more record may be the same person.",
        "Mar 2026  R26-0412  not decided yet, Physical abuse: open",
        "May 2024  R24-0871  allegation, Physical abuse: unsubstantiated",
        "Oct 2022  E22-0102  enquiry: advice given (A, James Hartly)",
        "unsubstantiated: Not enough evidence to prove or disprove. Does not imply guilt or innocence.",
        "St Mary's CE Primary School: 2 other adults in 24 months, none open",
    ]


async def test_other_names_are_compared_where_there_are_any(store: Store, james: int, app_of: AppOf) -> None:
    async with at_the_history(app_of("lado")) as room:
        assert "Also called" not in room.screen_text
    plant(store, OtherName, adult_id=1, name="Jim Harley", kind="former")
    async with at_the_history(app_of("lado")) as room:
        await room.expect_text("Also called   Jim Harley")


async def test_more_entries_than_fit_are_reached_by_their_records(store: Store, james: int, app_of: AppOf) -> None:
    for number in range(4):
        like = plant_adult(store, "James Hartley", date(1970 + number, 1, 2), findable=True)
        plant_case(store, date(2020 + number, 1, 2), adult_id=like)
    async with at_the_history(app_of("lado")) as room:
        await room.expect_text("COMPARE +3")
        await room.press("end")
        await room.expect_text(" D R20-")


async def test_f9_covers_names_in_the_comparison(james: int, app_of: AppOf) -> None:
    async with at_the_history(app_of("lado"), (120, 40)) as room:
        assert "James Hartly" in room.screen_text
        await room.press("f9")
        await room.expect_no_text("Hartl")


async def test_an_enquiry_without_a_name_says_there_is_none_to_compare(store: Store, app_of: AppOf) -> None:
    plant_enquiry(store)
    async with duty_room(app_of("cro")) as room:
        await room.expect_text("The adult is not named yet.")
        await room.press("h")
        await room.expect_text("yet, so there is no name to compare.")
        assert room.place == "desk"


async def test_a_restricted_record_opens_no_history(store: Store, app_of: AppOf) -> None:
    plant_case(store, ref="R26-0340", restricted=True, adult_id=plant_adult(store, "Zzkestrel Low"))
    async with duty_room(app_of("lado2")) as room:
        await room.expect_place("desk")
        await room.press("right")
        await room.expect_text("R26-0340 is restricted")
        await room.press("h")
        await room.expect_text("You are not on the access list for R26-0340.")
        assert "Zzkestrel" not in room.screen_text


async def test_hostile_names_are_compared_letter_for_letter(store: Store, app_of: AppOf) -> None:
    from db.text import visible

    adults = [plant_adult(store, visible(trick), findable=True) for trick in HOSTILE.values()]
    for adult in adults:
        plant_case(store, adult_id=adult, owner_id=MARY)
    async with duty_room(app_of("lado"), (120, 40)) as room:
        await room.expect_place("desk")
        await room.settle()
        await room.press("h")
        await room.expect_text("Jo [bold]Smith[/bol")
        await room.settle()
        assert "\x1b" not in room.screen_text


# A setting --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
async def test_a_settings_page_says_the_pattern_and_lists_its_records(
    store: Store, james: int, app_of: AppOf, size: tuple[int, int]
) -> None:
    plant_case(store, date(2026, 1, 5), ref="R26-0011", setting_id=1, restricted=True,
               adult_id=plant_adult(store, "Zzkestrel Low"))  # fmt: skip
    async with at_the_history(app_of("lado"), size) as room:
        await room.press("s")
        await room.expect_place("setting")
        await room.expect_text("4 adults in 24 months, 2 open. And 1 restricted, not shown.")
        await room.settle()
        room.expect_picture(f"setting_{size[0]}x{size[1]}")
        assert "Zzkestrel" not in room.screen_text
        await room.press("h")
        await room.expect_place("person")


async def test_a_conflict_declared_meanwhile_closes_the_history(store: Store, james: int, app_of: AppOf) -> None:
    async with duty_room(app_of("lado")) as room:
        await room.expect_text("Heard before?")
        plant(store, Conflict, officer_id=MARY, adult_id=1, declared_at=datetime(2026, 3, 12, tzinfo=UTC))
        await room.press("h")
        await room.expect_text("You are not on the access list for R26-0412.")
        assert "ANSWER" not in room.screen_text
