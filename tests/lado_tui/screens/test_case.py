"""A LADO oversees a case by keyboard alone: reads where it stands, adds what happened, hands it over."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from db.actions import oversight, strands
from db.actions.screening import decide_threshold
from db.desk import Desk
from db.forms import oversight as forms
from db.forms.form import Form
from db.forms.screening import ScreeningForm
from db.models import Allocation, Case, Concern, Note, Step, Strand, table
from lado_tui.app import LadoApp
from tests.conftest import FrozenClock
from tests.driver import duty_room
from tests.hostile import HOSTILE
from tests.lado_tui.screens.seated import seated
from tests.planted import plant_adult, plant_case, plant_setting

NARROW, WIDE = (80, 24), (120, 40)


def fill(desk: Desk, form: type[Form], **answers: Any) -> Any:
    return form.read(answers, today=desk.clock().date(), words=desk.vocabulary)


def rows(desk: Desk, model: Any) -> list[Any]:
    with desk.store.read() as connection:
        return list(connection.execute(select(table(model)).order_by(table(model).c.id)))


@pytest.fixture
def case_id(desk: Desk, clock: FrozenClock) -> int:
    """Dara Ingram's case, received on 2 February and decided that day; today is Thursday 12 March."""
    clock.instant = datetime(2026, 2, 2, 12, 12, tzinfo=UTC)
    setting = plant_setting(desk.store)
    number = plant_case(
        desk.store,
        ref="R26-0361",
        received_on=date(2026, 2, 2),
        entered_at=clock(),
        adult_id=plant_adult(desk.store, "Dara Ingram", date(1985, 3, 14)),
        setting_id=setting,
        role="ta_support",
        agency="school",
        account="Shouted at a child and held him by the wrist until he sat down.",
    )
    for name in ("Amy Ward", "Ben Lowe", "Col Finch"):
        adult = plant_adult(desk.store, name)
        plant_case(desk.store, date(2025, 6, 2), setting_id=setting, adult_id=adult, closed_on=date(2025, 7, 1))
    plant_case(desk.store, date(2024, 5, 2), ref="R24-0871", adult_id=rows(desk, Case)[0].adult_id,
               classification="allegation", closed_on=date(2024, 7, 3), closed_as="outcome")  # fmt: skip
    limbs = {"limb_1": "yes", "limb_2": "no", "limb_3": "yes", "limb_4": "no"}
    reason = "Red mark seen by the first aider, same account twice"
    answers = limbs | {"decision": "allegation", "reason": reason, "principal_type": "emotional"}
    desk.do(decide_threshold, number, fill(desk, ScreeningForm, **answers), after=0)
    clock.instant = datetime(2026, 2, 27, 11, 2, tzinfo=UTC)
    desk.do(oversight.add_note, number, fill(desk, forms.NoteForm, kind="email", words="Police: forensics in 4 weeks"))
    desk.do(strands.open_strand, number, fill(desk, forms.StrandForm, kind="police", lead="DC Ellis"))
    desk.do(oversight.start_delay, number, fill(desk, forms.DelayForm, cause="police"))
    clock.instant = datetime(2026, 3, 12, 10, 42, tzinfo=UTC)
    step = fill(desk, forms.StepForm, what="Ask for charging decision", due_on="+2d", waiting_for="police")
    desk.do(oversight.add_next_step, number, step)
    return number


def at_case(desk: Desk, case_id: int) -> LadoApp:
    return seated(desk, "case", case_id=case_id)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_the_page_at_both_sizes(desk: Desk, case_id: int, size: tuple[int, int]) -> None:
    async with duty_room(at_case(desk, case_id), size) as room:
        await room.expect_text("1-6 of 6")
        room.expect_picture(f"case_{size[0]}x{size[1]}")


async def test_where_the_case_stands_is_read_in_words(desk: Desk, case_id: int) -> None:
    async with duty_room(at_case(desk, case_id)) as room:
        await room.expect_text("1 month: PAST by 10 days")
        await room.expect_text("Held up by: police investigation (27 Feb)")
        await room.expect_text("At this setting: 3 other adults in 24 months, none open")
        await room.expect_text("Earlier: 1 record")
        await room.expect_text("Allegation, emotional abuse | MO | open, day 38")


async def test_a_note_is_written_and_stands_on_top(desk: Desk, case_id: int) -> None:
    async with duty_room(at_case(desk, case_id)) as room:
        await room.expect_text("Ingram")
        await room.press("a")
        await room.expect_place("form_dialog")
        await room.press("c")
        await room.type_text("HR: new date 30 March")
        await room.press("ctrl+s")
        await room.expect_place("case")
        await room.expect_text("12 Mar 10:42 MO    Call       HR: new date 30 March")
        await room.expect_toast("Note kept. Saved 10:42")


async def test_keys_faster_than_the_disk_are_not_lost(desk: Desk, case_id: int) -> None:
    async with duty_room(seated(desk, "desk")) as room:
        await room.expect_text("R26-0361")
        await room.pilot.press("enter", "a", "c", "O", "n", "space", "h", "o", "l", "d")
        await room.expect_text("R26-0361 | Note")
        await room.expect_text("On hold")


async def test_a_note_is_corrected_and_both_are_kept(desk: Desk, case_id: int) -> None:
    async with duty_room(at_case(desk, case_id)) as room:
        await room.expect_text("Police: forensics in 4 weeks")
        await room.press("f")
        await room.type_text("forensics\n")
        await room.expect_text("only with “forensics”")
        await room.wait_until(lambda: "1-1 of 1" in room.screen_text, "one entry")
        await room.press("enter")
        await room.expect_place("reading")
        await room.press("ctrl+r")
        await room.expect_place("form_dialog")
        await room.expect_text("Police: forensics in 4 weeks")
        await room.press("f7")
        await room.press("end")
        await room.type_text(" to 6")
        await room.press("ctrl+s")
        await room.expect_place("case")
        await room.expect_text("(corrects 27 Feb 11:02)")
        await room.expect_text("Email(+)")
    assert [note.words for note in rows(desk, Note)] == [
        "Police: forensics in 4 weeks",
        "Police: forensics in 4 weeks to 6",
    ]


async def test_a_step_is_done_and_taken_back(desk: Desk, case_id: int) -> None:
    async with duty_room(at_case(desk, case_id)) as room:
        await room.expect_text("Monthly review")
        await room.press("down", "ctrl+d")
        await room.expect_text("Done: Monthly review. Saved 10:42:00. U takes it back.")
        assert [step.what for step in rows(desk, Step) if step.done_on == date(2026, 3, 12)] == ["Monthly review"]
        await room.press("u")
        await room.expect_text("The step is to be done again.")
    assert [step.what for step in rows(desk, Step) if step.done_on == date(2026, 3, 12)] == []


async def test_a_step_is_added_and_changed(desk: Desk, case_id: int) -> None:
    async with duty_room(at_case(desk, case_id)) as room:
        await room.expect_text("Ingram")
        await room.press("s")
        await room.expect_place("form_dialog")
        await room.type_text("Confirm suspension reviewed\n+1d\n")
        await room.type_text("ps")
        await room.press("ctrl+s")
        await room.expect_text("Confirm suspension reviewed")
        await room.expect_text("Fri 13 Mar")
        await room.press("3")
        await room.expect_place("form_dialog")
        await room.expect_text("Confirm suspension reviewed")


async def test_a_step_changed_meanwhile_is_shown_beside_mine(
    desk: Desk, desk_of: Callable[[str], Desk], case_id: int
) -> None:
    step = next(row for row in rows(desk, Step) if row.what == "Ask for charging decision")
    async with duty_room(at_case(desk, case_id)) as room:
        await room.expect_text("Ask for charging decision")
        await room.press("3")
        await room.expect_place("form_dialog")
        await room.press("end")
        await room.type_text(" again")
        other = desk_of("lado2")
        theirs = fill(other, forms.StepForm, what="Ask the CPS instead", due_on="+5d")
        other.do(oversight.change_step, step.id, theirs, version=step.version)
        await room.press("ctrl+s")
        await room.expect_text("Peter Singh saved R26-0361 at 10:42")
        await room.expect_text("Next step: Ask the CPS instead")
        await room.expect_text("Ask for charging decision again")
        await room.press("ctrl+s")
        await room.expect_place("case")
        await room.expect_text("Ask for charging decision again")


async def test_a_meeting_is_recorded_from_the_list_of_what_can_be_added(desk: Desk, case_id: int) -> None:
    async with duty_room(at_case(desk, case_id)) as room:
        await room.expect_text("Ingram")
        await room.press("b")
        await room.expect_text("Position of Trust or other")
        await room.press("1")
        await room.expect_place("form_dialog")
        await room.type_text("Position of Trust m\n4 3 2026\n")
        await room.press("tab")
        await room.type_text("Head, HR, DC Ellis")
        await room.press("ctrl+s")
        await room.expect_place("case")
        await room.expect_text("Position of Trust meeting, 3 present")
        await room.expect_text("Send the minutes")


async def test_a_concern_is_changed_from_the_same_list(desk: Desk, case_id: int) -> None:
    async with duty_room(at_case(desk, case_id)) as room:
        await room.expect_text("Ingram")
        await room.press("b")
        await room.expect_text("Change: Concern          Emotional abuse")
        await room.press("8")
        await room.expect_place("form_dialog")
        await room.fills_in({"place": "In the hall"})
        await room.press("ctrl+s")
        await room.expect_place("case")
        await room.expect_toast("Concern kept.")
    assert [concern.place for concern in rows(desk, Concern)] == ["In the hall"]


async def test_a_strand_ends_with_what_came_of_it(desk: Desk, case_id: int) -> None:
    async with duty_room(at_case(desk, case_id)) as room:
        await room.expect_text("Strands: Police investigation (27 Feb)")
        await room.press("f")
        await room.type_text("strand\n")
        await room.wait_until(lambda: "1-1 of 1" in room.screen_text, "one entry")
        await room.press("enter")
        await room.expect_text("DC Ellis")
        await room.press("ctrl+r")
        await room.expect_place("form_dialog")
        await room.press("tab", "tab", "tab", "tab")
        await room.type_text("12 3 2026\nNo charge")
        await room.press("ctrl+s")
        await room.expect_place("case")
        await room.expect_text("Strands: none running")
    assert (rows(desk, Strand)[0].ended_on, rows(desk, Strand)[0].result) == (date(2026, 3, 12), "No charge")


async def test_a_case_is_handed_over_with_its_reason(desk: Desk, case_id: int) -> None:
    async with duty_room(at_case(desk, case_id)) as room:
        await room.expect_text("Ingram")
        await room.press("m")
        await room.expect_text("PS   Peter Singh, 0 open")
        await room.expect_text("Mary Okoro holds R26-0361 already")
        await room.type_text("ps\nSickness cover")
        await room.press("ctrl+s")
        await room.expect_place("case")
        await room.expect_text("Mary Okoro -> Peter Singh: Sickness cover")
        await room.expect_text("| PS | open")
    assert rows(desk, Allocation)[-1].reason == "Sickness cover"


async def test_the_monthly_review_is_kept(desk: Desk, case_id: int) -> None:
    async with duty_room(at_case(desk, case_id)) as room:
        await room.expect_text("Ingram")
        await room.press("v")
        await room.expect_place("form_dialog")
        await room.type_text("On course, interview on Friday")
        await room.press("ctrl+s")
        await room.expect_place("case")
        await room.expect_text("On course, interview on")
    assert rows(desk, Case)[0].reviewed_on == date(2026, 3, 12)


async def test_a_case_is_restricted_and_opens_no_more_to_others(
    desk: Desk, desk_of: Callable[[str], Desk], case_id: int
) -> None:
    async with duty_room(at_case(desk, case_id)) as room:
        await room.expect_text("Access: normal")
        await room.press("r")
        await room.expect_place("form_dialog")
        await room.type_text("Subject is an\n")
        await room.press("ctrl+s")
        await room.expect_place("case")
        await room.expect_text("RESTRICTED")
    async with duty_room(at_case(desk_of("lado2"), case_id)) as room:
        await room.expect_text("You are not on the access list for this case.")
        await room.expect_text("Restricted case R26-0361")
        await room.press("a", "m", "t", "d")
        await room.settle()
        assert room.place == "case"
        for word in ("Ingram", "St Mary", "wrist", "Police"):
            assert word not in room.screen_text


async def test_everything_is_on_one_page(desk: Desk, case_id: int) -> None:
    async with duty_room(at_case(desk, case_id), WIDE) as room:
        await room.expect_text("Ingram")
        await room.press("d")
        await room.expect_text("held him by the wrist")
        await room.expect_text("born 14 March 1985, 40")
        await room.expect_text("1 Allegation, limbs 1, 3, Mon 2 Feb 2026, MO, Working Together 2023.")


async def test_who_else_is_looking_is_told(desk: Desk, desk_of: Callable[[str], Desk], case_id: int) -> None:
    from db.queries.cases import open_case

    desk_of("lado2").ask(open_case, case_id)
    async with duty_room(at_case(desk, case_id)) as room:
        await room.expect_text("Peter Singh is also looking at this case (since 10:42).")
        await room.press("w")
        await room.expect_text("12 Mar 2026 10:42  Peter Singh  open case")


async def test_what_was_typed_and_left_is_there_again(desk: Desk, case_id: int) -> None:
    async with duty_room(at_case(desk, case_id)) as room:
        await room.expect_text("Ingram")
        await room.press("a")
        await room.expect_place("form_dialog")
        await room.press("c")
        await room.type_text("Half a thought")
        await room.press("escape")
        await room.expect_place("case")
        await room.press("a")
        await room.expect_text("Half a thought")
        await room.expect_text("This is what you typed before and did not keep.")
        await room.press("escape")
        await room.expect_place("case")
        draft = room.app.desk.drafts.found().drafts[0]  # type: ignore[attr-defined]
        room.app.open_place(draft.form, draft=draft)  # type: ignore[attr-defined]
        await room.expect_text("R26-0361 | Note")
        await room.expect_text("Half a thought")
        await room.press("ctrl+s")
        await room.expect_toast("Note kept.")
        assert room.app.desk.drafts.found().drafts == ()  # type: ignore[attr-defined]
    assert [note.words for note in rows(desk, Note)][-1] == "Half a thought"


async def test_names_and_words_are_covered_by_one_key(desk: Desk, case_id: int) -> None:
    async with duty_room(at_case(desk, case_id), WIDE) as room:
        await room.expect_text("Ingram")
        await room.press("f9")
        await room.expect_no_text("Ingram")
        for word in ("forensics", "wrist", "charging"):
            assert word not in room.screen_text


@pytest.mark.parametrize("trick", HOSTILE)
async def test_words_are_shown_and_never_obeyed(desk: Desk, trick: str) -> None:
    text = HOSTILE[trick]
    setting = plant_setting(desk.store, text)
    case_id = plant_case(desk.store, adult_id=plant_adult(desk.store, text), account=text, setting_id=setting)
    for form, action, answers in (
        (forms.NoteForm, oversight.add_note, {"kind": "call", "words": text}),
        (forms.StepForm, oversight.add_next_step, {"what": text, "due_on": "+1d", "waiting_for": text}),
        (forms.StrandForm, strands.open_strand, {"kind": "police", "lead": text}),
        (forms.ShareForm, strands.record_share, {"kind": "ack", "told": text, "basis": text}),
    ):
        desk.do(action, case_id, fill(desk, form, **answers))
    async with duty_room(at_case(desk, case_id), WIDE) as room:
        await room.expect_text("Told")
        await room.press("d")
        await room.expect_place("reading")
        await room.settle()
        await room.press("escape", "tab", "enter")
        await room.settle()
        await room.expect_place("reading")
        assert "\x1b" not in room.screen_text


@pytest.mark.parametrize("who", ["cro", "auditor"])
async def test_who_only_reads_is_told_so(desk_of: Callable[[str], Desk], case_id: int, who: str) -> None:
    async with duty_room(at_case(desk_of(who), case_id)) as room:
        await room.expect_text("Ingram")
        await room.press("a")
        await room.expect_toast("Your role reads cases and does not change them.")
        assert room.place == "case"
