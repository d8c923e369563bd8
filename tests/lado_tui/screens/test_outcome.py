"""A LADO ends a case with an agreed outcome: each meaning beside its word, everything seen before it is kept."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from db.actions.referrals import enter_referral
from db.actions.screening import decide_threshold
from db.desk import Desk
from db.drafts import Draft, Drafts
from db.forms.referral import ReferralForm
from db.forms.screening import ScreeningForm
from db.models import Case, Concern, Outcome, Step, table
from db.vocabulary import Finding
from lado_tui.app import LadoApp
from lado_tui.opening import state_folder
from lado_tui.show import shown
from tests.conftest import NOW, FrozenClock
from tests.driver import DutyRoom, duty_room
from tests.hostile import HOSTILE

NARROW, WIDE = (80, 24), (120, 40)
TODAY = NOW.date()

REFERRAL: dict[str, object] = {
    "received": "10 1 2026",
    "name": "James Hartley",
    "born": "14 3 1985",
    "role": "t",
    "setting": "St Mary's CE Primary School",
    "setting_kind": "primary",
    "children": [{"name": "J.S.", "age": "7"}],
    "concerns": [{"type": "ph", "subtype": "other_physical"}, {"type": "em"}],
}
SCREENING: dict[str, object] = {
    "limb_1": "y", "limb_2": "n", "limb_3": "n", "limb_4": "n", "decision": "allegation",
    "reason": "A red mark was seen by the first aider.", "principal_type": "physical",
    "principal_subtype": "other_physical", "police": "n", "social_care": "n",
}  # fmt: skip

OUTCOME = {
    "findings.0.finding": "us",
    "findings.1.finding": "uf",
    "employer_view": "us",
    "lado_view": "us",
    "finding": "us",
    "concluded": "12 3 2026",
    "agreed_employer": "y",
    "agreed_police": "n",
    "agreed_social_care": "?",
    "reason": "Two accounts conflict. No injury and no witness.",
    "employment_result": "manag",
    "dbs_removed": "n",
    "dbs_harm": "n",
    "dbs_status": "not n",
    "regulator_status": "not n",
    "adult_told": "n",
    "child_told": "y",
    "parent_told": "y",
    "child_impact": "Settled in class.",
    "learning": "Safer handling refresher.",
    "residual_risk": "Watched by the head for a term.",
}


@pytest.fixture
def case_id(desk: Desk) -> int:
    """An allegation about James Hartley with two concerns, received on 10 January."""
    saved = desk.do(enter_referral, ReferralForm.read(REFERRAL, today=TODAY, words=desk.vocabulary))
    screening = ScreeningForm.read(SCREENING, today=TODAY, words=desk.vocabulary)
    desk.do(decide_threshold, saved.case_id, screening, after=0)
    return saved.case_id


def at_outcome(desk: Desk, **options: Any) -> LadoApp:
    return LadoApp(lambda: desk, first="outcome", first_with=options)


def rows(desk: Desk, model: Any) -> list[dict[str, Any]]:
    with desk.store.read() as connection:
        return [dict(row) for row in connection.execute(select(table(model))).mappings()]


def drafts(desk: Desk) -> tuple[Draft, ...]:
    return Drafts.of(desk.store, desk.officer, state_folder()).found().drafts


def to_do(desk: Desk) -> list[str]:
    return [step["what"] for step in rows(desk, Step) if step["done_on"] is None]


def expect_meanings(room: DutyRoom) -> None:
    """Wherever a finding is named on the screen, what it means stands there too."""
    words = " ".join(room.screen_text.split())
    for finding in Finding:
        if re.search(rf"\b{finding.label}\b", words, re.IGNORECASE):
            assert " ".join(finding.meaning.split()[:6]) in words, f"{finding.label} is named without its meaning"


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_the_pages_at_both_sizes(desk: Desk, case_id: int, size: tuple[int, int]) -> None:
    wide = f"{size[0]}x{size[1]}"
    async with duty_room(at_outcome(desk, case_id=case_id), size) as room:
        await room.expect_text("step 1 of 3")
        await room.fills_in(dict(list(OUTCOME.items())[:10]))
        await room.press("shift+tab")
        await room.settle()
        room.expect_picture(f"outcome_finding_{wide}")
        await room.fills_in(dict(list(OUTCOME.items())[10:13]))
        await room.press("shift+tab")
        await room.settle()
        room.expect_picture(f"outcome_dbs_{wide}")
        await room.fills_in(dict(list(OUTCOME.items())[13:]))
        await room.press("ctrl+s")
        await room.expect_text("step 3 of 3")
        await room.settle()
        room.expect_picture(f"outcome_check_{wide}")
        await room.press("ctrl+s")
        await room.expect_text("Recorded.")
        room.app.clear_notifications()
        await room.settle()
        room.expect_picture(f"outcome_recorded_{wide}")


async def test_an_outcome_closes_the_case_and_what_is_left_becomes_an_action(desk: Desk, case_id: int) -> None:
    async with duty_room(at_outcome(desk, case_id=case_id), WIDE) as room:
        await room.expect_text("step 1 of 3")
        await room.fills_in(OUTCOME)
        await room.press("ctrl+s")
        await room.expect_text("Case closes on day 61.   In 1 month: no   In 3 months: yes")
        await room.expect_text("Keep until review on 14 March 2085")
        await room.expect_text("See that the adult is told the outcome. Action added: Mary Okoro, due 19 March")
        expect_meanings(room)
        assert rows(desk, Outcome) == []
        await room.press("ctrl+s")
        await room.expect_text("You can undo it until 10:52")
    (case,), (outcome,) = rows(desk, Case), rows(desk, Outcome)
    assert (case["closed_on"], case["closed_as"]) == (date(2026, 3, 12), "outcome")
    assert (outcome["finding"], outcome["conflict"], outcome["adult_told"]) == ("unsubstantiated", False, "no")
    assert [concern["finding"] for concern in rows(desk, Concern)] == ["unsubstantiated", "unfounded"]
    assert to_do(desk) == ["See that the adult is told the outcome"]


async def test_every_finding_named_has_its_meaning_beside_it(desk: Desk, case_id: int) -> None:
    async with duty_room(at_outcome(desk, case_id=case_id)) as room:
        await room.expect_text("step 1 of 3")
        for name, typed in list(OUTCOME.items())[:5]:
            await room.fills_in({name: typed})
            expect_meanings(room)
        await room.press("pagedown")
        await room.expect_text("step 2 of 3")
        expect_meanings(room)


async def test_views_that_differ_are_flagged_and_followed_up(desk: Desk, case_id: int) -> None:
    async with duty_room(at_outcome(desk, case_id=case_id), WIDE) as room:
        await room.expect_text("step 1 of 3")
        await room.fills_in({"employer_view": "f", "lado_view": "us"})
        await room.expect_text("Employer and LADO differ")
        await room.fills_in({name: typed for name, typed in OUTCOME.items() if not name.endswith("_view")})
        await room.press("ctrl+s")
        await room.expect_text("THEY DIFFER")
        expect_meanings(room)
        await room.press("ctrl+s")
        await room.expect_text("Recorded.")
    assert [outcome["conflict"] for outcome in rows(desk, Outcome)] == [True]
    assert any("views differ" in what or "view differ" in what for what in to_do(desk))


async def test_the_duty_to_refer_follows_from_both_conditions_in_words(desk: Desk, case_id: int) -> None:
    async with duty_room(at_outcome(desk, case_id=case_id), WIDE) as room:
        await room.expect_text("step 1 of 3")
        await room.fills_in({"employment_result": "dism"})
        await room.goes_to("dbs_removed")
        await room.expect_text("Dismissed suggests: yes. It is for you to say.")
        await room.press("y", "tab")
        await room.expect_text("Not known yet: find out if the harm test is met")
        await room.expect_text("- Relevant conduct:")
        await room.press("y")
        await room.expect_text("The employer must refer: both conditions are met")
        await room.press("n")
        await room.expect_text("No duty to refer: no harm test")


async def test_the_regulator_of_the_role_is_suggested(desk: Desk, case_id: int) -> None:
    async with duty_room(at_outcome(desk, case_id=case_id)) as room:
        await room.expect_text("step 1 of 3")
        await room.goes_to("regulator")
        await room.expect_text("Their role answers to: Teaching Regulation Agency")


async def test_what_stops_the_closing_is_said_and_one_key_away(desk: Desk, case_id: int) -> None:
    async with duty_room(at_outcome(desk, case_id=case_id)) as room:
        await room.expect_text("step 1 of 3")
        await room.fills_in({name: typed for name, typed in OUTCOME.items() if name != "residual_risk"})
        await room.press("ctrl+s")
        await room.expect_text("There is a problem (1)")
        await room.expect_text("Enter the risk that is left and who watches it")
        await room.press("enter")
        await room.type_text("Watched for a term.")
        await room.press("ctrl+s")
        await room.expect_text("step 3 of 3")
    assert rows(desk, Outcome) == []


async def test_a_number_on_the_check_page_changes_that_line(desk: Desk, case_id: int) -> None:
    async with duty_room(at_outcome(desk, case_id=case_id), WIDE) as room:
        await room.expect_text("step 1 of 3")
        await room.fills_in(OUTCOME)
        await room.press("ctrl+s")
        await room.expect_text("step 3 of 3")
        await room.press("5")
        await room.expect_text("step 1 of 3")
        await room.settle()
        room.expect_focus("field-concluded")
        await room.press("ctrl+s")
        await room.expect_text("step 3 of 3")
        await room.press("escape")
        await room.expect_text("step 1 of 3")


async def test_a_day_before_it_was_received_comes_back_to_its_field(desk: Desk, case_id: int) -> None:
    async with duty_room(at_outcome(desk, case_id=case_id)) as room:
        await room.expect_text("step 1 of 3")
        await room.fills_in(OUTCOME | {"concluded": "9 1 2026"})
        await room.press("ctrl+s")
        await room.expect_text("step 3 of 3")
        await room.press("ctrl+s")
        await room.expect_text("Date agreed must be the same as or after the day it was received")
    assert rows(desk, Outcome) == []


async def test_for_ten_minutes_it_can_be_taken_back(desk: Desk, case_id: int, clock: FrozenClock) -> None:
    async with duty_room(at_outcome(desk, case_id=case_id)) as room:
        await room.records_outcome(OUTCOME)
        clock.pass_time(minutes=9)
        await room.press("ctrl+r")
        await room.expect_place("confirm")
        await room.press("ctrl+s")
        await room.expect_toast("is undone")
        await room.expect_text("step 1 of 3")
    (case,), (outcome,) = rows(desk, Case), rows(desk, Outcome)
    assert (case["closed_on"], outcome["is_current"], outcome["undone_at"]) == (None, False, clock())


async def test_after_that_it_is_corrected_and_both_versions_are_shown(
    desk: Desk, case_id: int, clock: FrozenClock
) -> None:
    async with duty_room(at_outcome(desk, case_id=case_id)) as room:
        await room.records_outcome(OUTCOME)
    clock.pass_time(minutes=11)
    async with duty_room(at_outcome(desk, case_id=case_id), WIDE) as room:
        await room.expect_text("Ctrl+O corrects it")
        await room.press("ctrl+r")
        await room.expect_toast("There is no outcome here that can still be undone.")
        await room.press("ctrl+o")
        await room.expect_text("step 1 of 3")
        await room.fills_in({"correction_reason": "The appeal found the witness mistaken."})
        await room.goes_to("finding")
        await room.type_text("uf")
        await room.press("ctrl+s")
        await room.expect_text("step 3 of 3")
        await room.press("ctrl+s")
        await room.expect_text("Version 2")
        await room.expect_text("Version 1")
        await room.expect_text("Corrected because: The appeal found the witness mistaken.")
        expect_meanings(room)
    assert [outcome["finding"] for outcome in rows(desk, Outcome)] == ["unsubstantiated", "unfounded"]


async def test_what_is_typed_is_there_when_the_case_is_opened_again(desk: Desk, case_id: int) -> None:
    async with duty_room(at_outcome(desk, case_id=case_id)) as room:
        await room.expect_text("step 1 of 3")
        await room.fills_in({"findings.0.finding": "us", "reason": "Two accounts conflict."})
        await room.wait_until(lambda: any("reason" in one.answers and one.answers["reason"] for one in drafts(desk)))
    (draft,) = drafts(desk)
    assert draft.about == f"case/{case_id}"
    async with duty_room(at_outcome(desk, case_id=case_id)) as room:
        await room.expect_text("This is what you typed before and did not keep.")
        await room.expect_text("Two accounts conflict.")


async def test_a_case_that_is_no_allegation_closes_with_a_reason(desk: Desk) -> None:
    saved = desk.do(enter_referral, ReferralForm.read(REFERRAL, today=TODAY, words=desk.vocabulary))
    screening = SCREENING | {"decision": "consultation"}
    desk.do(
        decide_threshold,
        saved.case_id,
        ScreeningForm.read(screening, today=TODAY, words=desk.vocabulary),
        after=0,
    )
    async with duty_room(LadoApp(lambda: desk, first="desk")) as room:
        await room.expect_place("desk")
        room.app.open_place("outcome", case_id=saved.case_id)  # type: ignore[attr-defined]
        await room.expect_text("Only an allegation has an outcome.")
        await room.press("f12")
        await room.expect_place("form_dialog")
        await room.expect_text("No further LADO action")
        await room.fills_in({"closed_reason": "The school manages it under its own code."})
        await room.press("ctrl+s")
        await room.expect_toast("Case closed.")
    (case,) = rows(desk, Case)
    assert (case["closed_as"], case["closed_on"]) == ("no_further_action", TODAY)


async def test_a_contact_officer_is_told_that_their_role_cannot_conclude(
    desk_of: Callable[[str], Desk], case_id: int
) -> None:
    cro = desk_of("cro")
    async with duty_room(at_outcome(cro, case_id=case_id)) as room:
        await room.expect_text("step 1 of 3")
        await room.fills_in(OUTCOME)
        await room.press("ctrl+s")
        await room.expect_text("step 3 of 3")
        await room.press("ctrl+s")
        await room.expect_text("Not allowed")
    assert rows(cro, Outcome) == []


async def test_hostile_words_are_shown_and_kept_as_words(desk: Desk, case_id: int) -> None:
    everything = " ".join(shown(words) for words in HOSTILE.values())
    async with duty_room(at_outcome(desk, case_id=case_id), WIDE) as room:
        await room.expect_text("step 1 of 3")
        await room.fills_in({name: typed for name, typed in OUTCOME.items() if name != "employment_words"})
        for name in ("reason", "employment_words", "learning"):
            await room.goes_to(name)
            await room.paste(" ".join(HOSTILE.values()))
        await room.press("ctrl+s")
        await room.expect_text("step 3 of 3")
        assert "\x1b" not in room.screen_text
        await room.press("ctrl+s")
        await room.expect_text("Recorded.")
    (outcome,) = rows(desk, Outcome)
    assert "[@click=app.quit()]Click[/]" in outcome["learning"]
    assert outcome["employment_words"][:40] == everything[:40]
