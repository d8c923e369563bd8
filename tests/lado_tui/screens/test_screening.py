"""A LADO decides on the harm threshold by keyboard alone."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from db.actions.screening import decide_threshold
from db.desk import Desk
from db.forms.screening import ScreeningForm
from db.models import Case, ScreeningDecision, Step, table
from lado_tui.app import LadoApp
from tests.driver import duty_room
from tests.hostile import HOSTILE
from tests.lado_tui.screens.seated import seated
from tests.planted import plant, plant_adult, plant_case, plant_setting

ACCOUNT = (
    "Child told class teacher at break that Mr H grabbed his arm and pulled him out of the hall on Monday. "
    "Small red mark seen by first aider. Mother told today. Adult still in class. No police yet."
)
REASON = "Red mark seen by first aider. Child gave the same account twice."
NARROW, WIDE = (80, 24), (120, 40)


@pytest.fixture
def case_id(desk: Desk) -> int:
    """James Hartley, teaching assistant, received on Monday; today is Thursday."""
    setting = plant_setting(desk.store)
    number = plant_case(
        desk.store,
        ref="R26-0412",
        adult_id=plant_adult(desk.store, born_on=date(1985, 3, 14)),
        setting_id=setting,
        role="ta_support",
        agency="school",
        account=ACCOUNT,
    )
    plant(desk.store, Step, version=1, case_id=number, kind="decide", what="Decide threshold",
          due_on=date(2026, 3, 10), added_at=desk.clock(), added_by=3)  # fmt: skip
    return number


def at_screening(desk: Desk, case_id: int, first: str = "screening") -> LadoApp:
    return seated(desk, first, case_id=case_id)


def decisions(desk: Desk) -> list[Any]:
    with desk.store.read() as connection:
        return list(connection.execute(select(table(ScreeningDecision)).order_by(table(ScreeningDecision).c.id)))


def case_row(desk: Desk) -> Any:
    with desk.store.read() as connection:
        return connection.execute(select(table(Case))).first()


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_the_page_at_both_sizes(desk: Desk, case_id: int, size: tuple[int, int]) -> None:
    async with duty_room(at_screening(desk, case_id), size) as room:
        await room.expect_text("2 working days late")
        await room.press("y", "question_mark", "y", "n")
        await room.paste(REASON)
        await room.press("tab")
        await room.expect_text("Draft saved 10:42:00")
        await room.settle()
        room.expect_picture(f"screening_{size[0]}x{size[1]}")


async def test_an_allegation_is_decided_and_the_case_opens(desk: Desk, case_id: int) -> None:
    async with duty_room(at_screening(desk, case_id, first="case")) as room:
        await room.expect_text("Hartley")
        await room.press("t")
        await room.expect_text("Has the adult behaved")
        await room.press("y", "question_mark", "y", "n")
        await room.paste(REASON)
        await room.press("tab", "a")
        await room.type_text("ph\n")
        await room.type_text("unauth\n")
        await room.press("c", "n")
        await room.expect_text("Decision 1: Allegation, 12 Mar 2026, Working Together 2023.")
        await room.expect_text("the police 12 Mar; Evaluation meeting, if needed 16 Mar")
        await room.expect_text("Unauthorised physical")
        await room.press("ctrl+s")
        await room.expect_place("case")
        await room.expect_text("Allegation, physical abuse")
        await room.expect_toast("R26-0412: Allegation. Next: Ask the police.")
    kept = decisions(desk)[0]
    assert (kept.limb_1, kept.limb_2, kept.limb_3, kept.limb_4) == ("yes", "not_sure", "yes", "no")
    assert (kept.reason, kept.police, kept.social_care) == (REASON, "ask_now", "not_needed")
    assert case_row(desk).principal_subtype == "unauthorised_intervention"


async def test_not_sure_on_an_offence_asks_for_the_police_first(desk: Desk, case_id: int) -> None:
    async with duty_room(at_screening(desk, case_id)) as room:
        await room.expect_text("Hartley")
        await room.press("n", "question_mark", "n", "n")
        await room.paste(REASON)
        await room.press("tab", "n")
        await room.expect_text("R26-0412. Keep until review on 12 March 2036")
        await room.expect_text("Limb 2 may be an offence. Ask or tell the police first.")
        await room.press("ctrl+s")
        await room.expect_text("There is a problem (1)")
        await room.expect_text("Ask or tell the police before you choose not met")
        assert decisions(desk) == []
        await room.press("1", "1")
        assert room.app.focused.id == "field-police"  # type: ignore[union-attr]
        await room.press("t")
        await room.expect_no_text("Ask or tell the police first.")
        await room.press("ctrl+s")
        await room.expect_toast("R26-0412: Not met. Closed.")
    assert case_row(desk).closed_as == "not_progressed"


async def test_help_follows_the_limb_in_hand(desk: Desk, case_id: int) -> None:
    async with duty_room(at_screening(desk, case_id)) as room:
        await room.expect_text("HELP WITH 1 Look at what happened to the child")
        await room.press("y", "n")
        await room.expect_text("HELP WITH 3 Look at the pattern and the setting")


async def test_only_what_the_decision_needs_is_asked(desk: Desk, case_id: int) -> None:
    async with duty_room(at_screening(desk, case_id)) as room:
        await room.expect_text("Hartley")
        await room.press("y", "n", "n", "n", "tab", "m")
        await room.expect_text("Decide by")
        await room.type_text("+2d")
        await room.expect_text("Decide threshold 16 Mar")
        assert "Type" not in room.screen_text
        await room.press("shift+tab", "o")
        await room.expect_text("Authority")
        await room.press("shift+tab", "a")
        await room.expect_text("Type")


async def test_every_gap_is_told_and_every_answer_kept(desk: Desk, case_id: int) -> None:
    async with duty_room(at_screening(desk, case_id)) as room:
        await room.expect_text("Hartley")
        await room.press("y", "n", "tab", "tab")
        await room.type_text("Too short")
        await room.press("ctrl+s")
        await room.expect_text("Enter yes, no or not sure for limb 3")
        await room.expect_text("Why you decided this must be 20 characters or more")
        await room.expect_text("Enter your decision")
        answers = room.app.screen.query_one("ThresholdForm").answers()  # type: ignore[attr-defined]
    assert (answers["limb_1"], answers["limb_2"], answers["reason"]) == ("yes", "no", "Too short")
    assert decisions(desk) == []


async def test_what_was_typed_is_there_again_after_leaving(desk: Desk, case_id: int) -> None:
    async with duty_room(at_screening(desk, case_id, first="case")) as room:
        await room.expect_text("Hartley")
        await room.press("t")
        await room.expect_text("Has the adult behaved")
        await room.press("y", "n", "y", "n")
        await room.paste(REASON)
        await room.expect_text("Draft saved")
        await room.press("escape")
        await room.expect_place("case")
        await room.press("t")
        await room.expect_text(REASON[:40])
        await room.expect_text("[Y]")
    assert decisions(desk) == []


async def test_a_decision_made_meanwhile_is_shown_beside_mine(
    desk: Desk, desk_of: Callable[[str], Desk], case_id: int
) -> None:
    async with duty_room(at_screening(desk, case_id)) as room:
        await room.expect_text("Hartley")
        await room.press("n", "n", "n", "n")
        await room.paste("I see no harm in what is described here")
        await room.press("tab", "n")
        other = desk_of("lado2")
        theirs = {
            "limb_1": "yes", "limb_2": "no", "limb_3": "no", "limb_4": "no", "reason": REASON,
            "decision": "allegation", "principal_type": "emotional",
        }  # fmt: skip
        form = ScreeningForm.read(theirs, today=other.clock().date(), words=other.vocabulary)
        other.do(decide_threshold, case_id, form, after=0)
        await room.press("ctrl+s")
        await room.expect_text("Peter Singh saved R26-0412 at 10:42. Your words are kept.")
        await room.expect_text("1 Allegation, limbs 1, Thu 12 Mar 2026, PS")
        await room.expect_text("Not met. I see no harm in what is described here")
        assert len(decisions(desk)) == 1
        await room.press("escape")
        await room.expect_text("Decision 2: Not met")
        await room.press("ctrl+s")
        await room.expect_toast("R26-0412: Not met")
    assert [kept.classification for kept in decisions(desk)] == ["allegation", "not_threshold"]


async def test_the_referral_is_one_key_away(desk: Desk, case_id: int) -> None:
    async with duty_room(at_screening(desk, case_id)) as room:
        await room.expect_text("Hartley")
        await room.press("y")
        await room.press("ctrl+r")
        await room.expect_text("grabbed his arm")
        await room.press("escape")
        await room.expect_text("[Y]")


async def test_names_are_covered_by_one_key(desk: Desk, case_id: int) -> None:
    async with duty_room(at_screening(desk, case_id), WIDE) as room:
        await room.expect_text("Hartley")
        await room.press("f9")
        await room.expect_no_text("Hartley")
        assert "grabbed" not in room.screen_text


@pytest.mark.parametrize("trick", HOSTILE)
async def test_words_are_shown_and_never_obeyed(desk: Desk, trick: str) -> None:
    text = HOSTILE[trick]
    case_id = plant_case(
        desk.store, adult_id=plant_adult(desk.store, text), account=f"{text} {text}", other_authority=text
    )
    async with duty_room(at_screening(desk, case_id), WIDE) as room:
        await room.expect_text("working days late")
        await room.press("y", "n", "n", "n")
        await room.paste(f"{text} and what else was seen")
        await room.expect_text("and what else was seen")
        await room.press("tab", "o")
        await room.paste(text)
        await room.press("ctrl+s")
        await room.wait_until(lambda: bool(decisions(desk)), "the decision")
    assert "and what else was seen" in decisions(desk)[0].reason


async def test_an_officer_who_may_not_decide_is_told_why(desk_of: Callable[[str], Desk], case_id: int) -> None:
    cro = desk_of("cro")
    async with duty_room(at_screening(cro, case_id)) as room:
        await room.expect_text("Hartley")
        await room.press("ctrl+s")
        await room.expect_toast("Your role cannot decide on the threshold.")
    assert decisions(cro) == []


async def test_four_limbs_and_a_decision_take_few_keys(desk: Desk, case_id: int) -> None:
    """Four limbs, the decision, type and sub-type, police and social care, saved: 22 keys besides the reason."""
    async with duty_room(at_screening(desk, case_id)) as room:
        await room.expect_text("Hartley")
        room.keys = 0
        await room.press("y", "question_mark", "y", "n")
        await room.paste(REASON)
        await room.press("tab", "a")
        await room.type_text("ph\n")
        await room.type_text("unauth\n")
        await room.press("c", "n", "ctrl+s")
        await room.expect_toast("Saved")
        assert room.keys <= 22
