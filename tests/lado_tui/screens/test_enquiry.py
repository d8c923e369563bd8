"""Taking a call on the intake form, by keyboard alone."""

from __future__ import annotations

import errno
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db.desk import Desk
from db.drafts import Draft, Drafts
from db.forms.enquiry import EnquiryForm
from db.models import Adult, AdultLink, AuditEntry, Enquiry, table
from db.store import Store
from db.text import visible
from lado_tui import clipboard, draft_keeper
from lado_tui.app import LadoApp
from lado_tui.opening import state_folder
from lado_tui.screens.enquiry import EnquiryScreen
from tests.conftest import NOW, FrozenClock
from tests.driver import DutyRoom, duty_room
from tests.hostile import HOSTILE
from tests.planted import grant, plant_adult, plant_case, plant_enquiry, plant_setting

NARROW, WIDE = (80, 24), (120, 40)
SIZES = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
ACCOUNT = "Child told class teacher at break that Mr H grabbed his arm and pulled him out of the hall on Monday."
ADVICE = "Do not interview adult or child. Send referral form by 4pm."


def taking_a_call(desk: Desk, **options: Any) -> LadoApp:
    return LadoApp(lambda: desk, first="enquiry", first_with=options)


def at_home(desk: Desk) -> LadoApp:
    return LadoApp(lambda: desk)


def rows(desk: Desk, model: Any) -> list[Any]:
    """What the record holds, whether or not the program still has the store open."""
    store = Store.open(Path(desk.store.place))
    try:
        with store.read() as connection:
            return list(connection.execute(select(table(model)).order_by(table(model).c.id)))
    finally:
        store.close()


def drafts_of(desk: Desk) -> tuple[Draft, ...]:
    """What is typed and not saved, whether or not the program still has the store open."""
    store = Store.open(Path(desk.store.place))
    try:
        return Drafts.of(store, desk.officer, state_folder()).found().drafts
    finally:
        store.close()


def answer(room: DutyRoom, field: str) -> str:
    screen = room.app.screen
    assert isinstance(screen, EnquiryScreen)
    return screen.form.answers()[field]


async def begin(room: DutyRoom) -> None:
    """The call comes in: number, and the three danger questions."""
    await room.expect_place("enquiry")
    await room.settle()
    await room.type_text("01622 555142\nyyn")


async def go_to(room: DutyRoom, field: str) -> None:
    """Tab on to a field, as an officer does."""
    for _ in range(30):
        if room.app.screen.form.current.question.name == field:  # type: ignore[attr-defined]
            return
        await room.press("tab")
    raise AssertionError(f"Tab does not lead to {field}")


async def name_the_adult(room: DutyRoom, name: str = "James Hartley") -> None:
    await go_to(room, "adult_name")
    await room.type_text(f"{name}\n")


# How it stands


@SIZES
async def test_the_form_as_it_opens(desk: Desk, size: tuple[int, int]) -> None:
    async with duty_room(taking_a_call(desk), size) as room:
        await room.expect_text("call since 10:42")
        await room.settle()
        room.expect_focus("field-call_back")
        room.expect_picture(f"enquiry_new_{size[0]}x{size[1]}")


@SIZES
async def test_the_form_in_the_middle_of_a_call(store: Store, desk: Desk, size: tuple[int, int]) -> None:
    school = plant_setting(store, "St Mary's CE Primary School", findable=True, town="Ashcombe")
    for name, year in (("James Hartley", 2024), ("James Hartly", 2022)):
        adult = plant_adult(store, name, findable=True)
        plant_case(
            store, date(year, 5, 9), ref=f"R{year % 100}-0871", adult_id=adult, setting_id=school, role="ta_support",
            classification="allegation", principal_type="physical", closed_on=date(year, 7, 3), closed_as="outcome",
        )  # fmt: skip
    for name in ("Rose Pell", "Colm Fenn"):
        plant_case(store, setting_id=school, adult_id=plant_adult(store, name), classification="allegation")
    async with duty_room(taking_a_call(desk), size) as room:
        await begin(room)
        await room.type_text("Sarah Whitlock\ndsl\nmary")
        await room.expect_text("Ashcombe")
        await room.press("down", "enter")
        await room.type_text("James Hartley\n14 3 1985\nta\n=")
        await room.press("f7")
        await room.type_text(ACCOUNT)
        await room.press("tab")
        await room.type_text("J.S. age 7; A.B. 9\n??")
        await room.type_text(ADVICE)
        await room.press("tab", "r")
        await room.expect_text("2 possible")
        await room.expect_text("Draft saved")
        await room.settle()
        room.expect_picture(f"enquiry_call_{size[0]}x{size[1]}")


async def test_danger_comes_first_in_the_order_of_the_keys(desk: Desk) -> None:
    async with duty_room(taking_a_call(desk)) as room:
        await room.expect_place("enquiry")
        await room.settle()
        seen = []
        for _ in range(5):
            seen.append(room.app.screen.form.current.question.name)  # type: ignore[attr-defined]
            await room.press("tab")
    assert seen == ["call_back", "child_safe", "adult_with_children", "police_or_care_told", "caller_name"]


async def test_one_key_leads_to_the_notes_and_back(desk: Desk) -> None:
    async with duty_room(taking_a_call(desk)) as room:
        await begin(room)
        room.expect_focus("field-caller_name")
        await room.press("f7")
        await room.press("ctrl+t")
        await room.type_text("Mother told.")
        await room.press("f7")
        room.expect_focus("field-caller_name")
        assert answer(room, "account") == "[10:42] Mother told."


async def test_a_child_who_is_not_safe_is_answered_with_999_first(desk: Desk) -> None:
    async with duty_room(taking_a_call(desk)) as room:
        await room.expect_place("enquiry")
        await room.settle()
        await room.type_text("01622 555142\nn")
        await room.expect_text("999 first, then the Front Door")
        await room.press("shift+tab", "y")
        await room.expect_no_text("999 first")


async def test_what_is_still_to_ask_is_ticked_off_as_the_notes_say_it(desk: Desk) -> None:
    async with duty_room(taking_a_call(desk), WIDE) as room:
        await begin(room)
        await room.expect_text("[ ] CCTV")
        await room.press("f7")
        await room.type_text("CCTV kept. Red mark. ")
        await room.expect_text("[x] CCTV")
        await room.expect_text("[x] Any injury")
        await room.expect_text("[ ] Who saw it")
        await room.expect_text("ask: when and where, who saw it")


async def test_which_authority_is_asked_only_of_who_works_in_another(desk: Desk) -> None:
    async with duty_room(taking_a_call(desk)) as room:
        await begin(room)
        await room.expect_no_text("Which authority")
        await go_to(room, "works_elsewhere")
        await room.press("y")
        room.expect_focus("field-other_authority")
        await room.type_text("Northshire\n")
        await room.expect_text("Northshire")


async def test_a_made_up_looking_birth_date_is_asked_about(desk: Desk) -> None:
    async with duty_room(taking_a_call(desk)) as room:
        await begin(room)
        await go_to(room, "adult_born")
        await room.type_text("1 1 1985\n")
        await room.expect_text("1 January 1985: as recorded, or not known?")


async def test_told_to_refer_is_followed_up_in_one_working_day_unless_said_otherwise(desk: Desk) -> None:
    async with duty_room(taking_a_call(desk)) as room:
        await begin(room)
        await go_to(room, "result")
        await room.press("r")
        await room.expect_text("= Fri 13 Mar 2026")
        await room.press("backspace", "backspace", "backspace")
        await room.type_text("+3d\n")
        await room.expect_text("= Tue 17 Mar 2026")
        await room.press("shift+tab", "shift+tab", "a", "shift+tab", "r")
        assert answer(room, "follow_up") == "+3d"


# Heard before, as the name is typed


async def test_the_name_is_heard_before_it_is_finished(store: Store, desk: Desk) -> None:
    plant_case(store, adult_id=plant_adult(store, "James Hartley", findable=True))
    async with duty_room(taking_a_call(desk)) as room:
        await begin(room)
        await go_to(room, "adult_name")
        await room.type_text("hartl")
        await room.expect_text("HEARD BEFORE? 1 possible  A James Hartley 2026")
        await room.type_text("zzz")
        await room.expect_text("HEARD BEFORE? no")


async def test_of_a_restricted_record_no_more_is_said_than_that_one_may_match(store: Store, desk: Desk) -> None:
    plant_case(store, adult_id=plant_adult(store, "Zzkestrel Brand", findable=True), restricted=True)
    async with duty_room(taking_a_call(desk), WIDE) as room:
        await begin(room)
        await go_to(room, "adult_name")
        await room.type_text("brand")
        await room.expect_text("no, a restricted record may match")
        assert "Zzkestrel" not in room.screen_text


async def test_f4_says_that_it_is_the_same_person_or_is_not(store: Store, desk: Desk) -> None:
    for name in ("James Hartley", "Jim Hartley"):
        plant_case(store, adult_id=plant_adult(store, name, findable=True))
    async with duty_room(taking_a_call(desk)) as room:
        await begin(room)
        await name_the_adult(room)
        await room.expect_text("2 possible")
        await room.press("f4", "down", "x")
        await room.expect_text("not the same person")
        await room.expect_text("1 possible")
        await room.press("f4", "enter")
        await room.expect_text("ON RECORD")
        await room.press("ctrl+s")
        await room.expect_text("Saved E26-0001")
    links = [(link.other_id, link.same) for link in rows(desk, AdultLink)]
    assert sorted(links) == [(1, True), (2, False)]
    assert len(rows(desk, Adult)) == 3


async def test_a_settled_name_is_in_the_trail_once_and_not_in_words(store: Store, desk: Desk) -> None:
    async with duty_room(taking_a_call(desk)) as room:
        await begin(room)
        await name_the_adult(room, "Zzkestrel Brand")
        await room.settle()
        await room.press("shift+tab", "enter")
        await room.settle()
    searches = [entry for entry in rows(desk, AuditEntry) if entry.act == "find"]
    assert [entry.why for entry in searches] == ["duty_call"]
    assert "zzkestrel" not in str(rows(desk, AuditEntry)).lower()


async def test_what_there_was_at_the_setting_stands_below_the_name(store: Store, desk: Desk) -> None:
    school = plant_setting(store, "Oakfield Nursery", findable=True)
    for name in ("Rose Pell", "Colm Fenn", "Dara Ingram"):
        plant_case(store, setting_id=school, adult_id=plant_adult(store, name))
    async with duty_room(taking_a_call(desk)) as room:
        await begin(room)
        await go_to(room, "works_at")
        await room.type_text("oakf")
        await room.expect_text("Oakfield Nursery")
        await room.press("down", "enter")
        await room.expect_text("3 other adults in 24 months, 3 open")


async def test_what_is_typed_of_a_setting_is_kept_unless_one_is_taken(store: Store, desk: Desk) -> None:
    plant_setting(store, "Oakfield Nursery", findable=True)
    async with duty_room(taking_a_call(desk)) as room:
        await begin(room)
        await go_to(room, "organisation")
        await room.type_text("oakf")
        await room.expect_text("Oakfield Nursery")
        await room.press("enter")
        await room.expect_no_text("Oakfield Nursery")
        assert answer(room, "organisation") == "oakf"
        room.expect_focus("field-adult_name")


# Saving


async def test_what_is_missing_is_said_in_plain_words_and_its_number_leads_there(desk: Desk) -> None:
    async with duty_room(taking_a_call(desk)) as room:
        await room.expect_place("enquiry")
        await room.settle()
        await room.press("f7")
        await room.type_text("Grabbed his arm.")
        await room.press("ctrl+s")
        await room.expect_text("There is a problem (2)")
        await room.expect_text("1  Enter a call-back number")
        await room.expect_text("2  Enter if the child is safe now")
        await room.expect_text("Draft saved")
        room.expect_picture("enquiry_problems_80x24")
        await room.press("2", "y")
        assert answer(room, "child_safe") == "yes"
        assert answer(room, "account") == "Grabbed his arm."
    assert rows(desk, Enquiry) == []


async def test_not_known_is_an_answer_and_the_childs_safety_is_asked_about_again(desk: Desk) -> None:
    async with duty_room(taking_a_call(desk)) as room:
        await room.expect_place("enquiry")
        await room.settle()
        await room.type_text("01622 555142\n?")
        await room.press("ctrl+s")
        await room.expect_text("Child not known to be safe: ask again, by Thu 12 Mar 2026")
    assert rows(desk, Enquiry)[0].child_safe == "not_known"


async def test_after_saving_the_advice_stands_ready_to_be_copied(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clipboard, "SECONDS", 0.2)
    async with duty_room(at_home(desk)) as room:
        await room.expect_place("desk")
        await room.press("n")
        await begin(room)
        await name_the_adult(room)
        await go_to(room, "advice")
        await room.type_text(ADVICE)
        await room.press("tab", "r", "ctrl+s")
        await room.expect_text("Saved E26-0001")
        await room.settle()
        room.expect_picture("enquiry_saved_80x24")
        assert "Hartley" not in room.screen_text
        assert room.app.clipboard == ""
        await room.press("ctrl+o")
        assert ADVICE in room.app.clipboard
        await room.wait_until(lambda: room.app.clipboard == "", "the clipboard to be cleared")
        await room.press("enter")
        await room.expect_place("desk")
        await room.wait_until(lambda: drafts_of(desk) == (), "the draft to be given up")
    assert drafts_of(desk) == ()


@pytest.mark.parametrize("key", ["f8", "ctrl+q"])
async def test_copied_words_leave_the_clipboard_on_lock_and_at_the_end(desk: Desk, key: str) -> None:
    async with duty_room(taking_a_call(desk)) as room:
        await begin(room)
        await room.press("ctrl+s")
        await room.expect_text("Saved E26-0001")
        await room.press("ctrl+o")
        assert room.app.clipboard
        await room.press(key)
        await room.wait_until(lambda: not room.app.clipboard, "the clipboard to be cleared")


async def test_words_copied_from_elsewhere_meanwhile_are_left_alone(desk: Desk) -> None:
    app = taking_a_call(desk)
    async with duty_room(app) as room:
        await begin(room)
        await room.press("ctrl+s")
        await room.expect_text("Saved E26-0001")
        await room.press("ctrl+o")
        room.app.copy_to_clipboard("something else")
        app.keeping.write_all()
        assert room.app.clipboard == "something else"


async def test_a_call_entered_twice_is_asked_about_and_saved_the_second_time(
    store: Store, desk: Desk, desk_of: Callable[[str], Desk]
) -> None:
    plant_enquiry(store, ref="E26-0817", entered_at=NOW, call_back="01622 555142", taken_by=3)
    async with duty_room(taking_a_call(desk)) as room:
        await begin(room)
        await room.press("ctrl+s")
        await room.expect_text("E26-0817 (10:42, Ruth Carver) has the same number")
        await room.expect_text("May be entered already. Ctrl+S again if it is not.")
        assert len(rows(desk, Enquiry)) == 1
        await room.press("ctrl+s")
        await room.expect_text("Saved E26-0001")


async def test_another_name_typed_after_the_question_is_asked_about_anew(store: Store, desk: Desk) -> None:
    plant_enquiry(store, ref="E26-0817", entered_at=NOW, call_back="01622 555142")
    async with duty_room(taking_a_call(desk)) as room:
        await begin(room)
        await room.press("ctrl+s")
        await room.expect_text("E26-0817")
        await room.press("1", "end", "3", "ctrl+s")
        await room.expect_text("Saved E26-0001")
        assert rows(desk, Enquiry)[1].call_back == "01622 5551423"


async def test_the_referral_starts_from_the_enquiry_with_one_key(desk: Desk) -> None:
    async with duty_room(taking_a_call(desk)) as room:
        await begin(room)
        await name_the_adult(room)
        await room.press("ctrl+r")
        await room.expect_place("referral")
        await room.expect_text("James Hartley")
    assert rows(desk, Enquiry)[0].ref == "E26-0001"


async def test_an_auditor_is_told_why_nothing_can_be_saved(desk_of: Callable[[str], Desk]) -> None:
    async with duty_room(taking_a_call(desk_of("auditor"))) as room:
        await begin(room)
        await room.press("ctrl+s")
        await room.expect_toast("Your role cannot log enquiries.")


# An enquiry on the record


async def log_by_hand(desk: Desk, **answers: object) -> int:
    from db.actions.enquiries import log_enquiry

    told = {"call_back": "01622 555142", "child_safe": "y", "adult_name": "James Hartley", "account": ACCOUNT,
            "advice": ADVICE, "result": "r"}  # fmt: skip
    form = EnquiryForm.read(told | answers, today=NOW.date(), words=desk.vocabulary)
    return desk.do(log_enquiry, form).id


async def test_an_enquiry_is_opened_corrected_and_says_what_it_said_before(desk: Desk) -> None:
    number = await log_by_hand(desk)
    app = at_home(desk)
    async with duty_room(app, WIDE) as room:
        await room.expect_place("desk")
        app.open_place("enquiry", enquiry_id=number)
        await room.expect_text("Enquiry E26-0001")
        await room.expect_text("James Hartley")
        await room.expect_text("Referral form to come")
        await room.press("f7")
        await room.type_text(" Adult sent home.")
        await room.press("ctrl+s")
        await room.expect_text("Saved E26-0001")
        await room.press("enter")
        await room.expect_place("desk")
        app.open_place("enquiry", enquiry_id=number)
        await room.expect_text("Before the correction")
        await room.pilot.resize_terminal(*NARROW)
        await room.press("ctrl+o")
        await room.expect_text("What has happened since")
        await room.expect_text(f"What happened: {ACCOUNT[:40]}")
    assert rows(desk, Enquiry)[0].account == f"{ACCOUNT} Adult sent home."


async def test_of_two_who_correct_at_once_the_second_sees_both(desk: Desk, desk_of: Callable[[str], Desk]) -> None:
    from db.actions.enquiries import correct_enquiry
    from db.queries.enquiries import open_enquiry

    number = await log_by_hand(desk)
    async with duty_room(taking_a_call(desk, enquiry_id=number)) as room:
        await room.expect_text("Enquiry E26-0001")
        await room.settle()
        await room.press("f7")
        await room.type_text(" Mine.")
        ruth = desk_of("cro")
        record = ruth.ask(open_enquiry, number)
        told = {"call_back": "01622 555142", "child_safe": "y", "adult_name": "James Hartley", "account": ACCOUNT,
                "advice": "Ring HR.", "result": "r"}  # fmt: skip
        theirs = EnquiryForm.read(told, today=NOW.date(), words=ruth.vocabulary)
        ruth.do(correct_enquiry, number, theirs, version=record.version)
        await room.press("ctrl+s")
        await room.expect_text("Ruth Carver saved E26-0001 at 10:42")
        await room.expect_text("Advice given now says: Ring HR.")
        assert answer(room, "account").endswith(" Mine.")
        assert answer(room, "advice") == ADVICE
        await room.press("ctrl+s")
        await room.expect_text("Saved E26-0001")
    kept = rows(desk, Enquiry)[0]
    assert (kept.account, kept.advice) == (f"{ACCOUNT} Mine.", ADVICE)


async def test_a_restricted_enquiry_is_refused_with_its_reference_and_nothing_else(store: Store, desk: Desk) -> None:
    number = plant_enquiry(store, ref="E26-0340", restricted=True, caller_name="Zzkestrel", account="Zzkestrel")
    async with duty_room(taking_a_call(desk, enquiry_id=number)) as room:
        await room.expect_text("You are not on the access list for E26-0340")
        assert "Zzkestrel" not in room.screen_text
        grant(store, desk.officer.id, enquiry_id=number)


async def test_an_enquiry_is_closed_with_a_reason(desk: Desk) -> None:
    number = await log_by_hand(desk)
    app = at_home(desk)
    async with duty_room(app) as room:
        await room.expect_place("desk")
        app.open_place("enquiry", enquiry_id=number)
        await room.expect_text("James Hartley")
        await room.settle()
        await room.press("ctrl+g")
        await room.expect_text("Close E26-0001 and take it off the duty list.")
        await room.press("ctrl+s")
        await room.expect_text("Enter why it is closed")
        await room.press("1")
        await room.type_text("The head decided against it")
        await room.press("ctrl+s")
        await room.expect_toast("Closed E26-0001")
        await room.expect_place("desk")
    assert rows(desk, Enquiry)[0].closed_reason == "The head decided against it"


# Drafts: nothing typed is lost


async def test_a_draft_is_on_the_disk_within_the_second_and_says_so(desk: Desk, clock: FrozenClock) -> None:
    async with duty_room(taking_a_call(desk)) as room:
        await begin(room)
        clock.pass_time(seconds=31)
        await room.press("f7")
        await room.type_text("Grabbed")
        await room.expect_text("Draft saved 10:42:31")
        await room.wait_until(lambda: drafts_of(desk)[0].answers["account"] == "Grabbed", "the last letter")
        assert [draft.started_at for draft in drafts_of(desk)] == [NOW]


async def test_a_full_disk_is_said_nothing_is_lost_and_it_is_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, body: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(draft_keeper, "AGAIN", 0.2)
    async with duty_room(at_home(desk)) as room:
        await room.expect_place("desk")
        await room.press("n")
        await begin(room)
        await room.expect_text("Draft saved")
        with monkeypatch.context() as broken:
            broken.setattr("db.drafts.write_whole", full)
            await room.type_text("Sarah")
            await room.expect_text("The draft is not kept: the disk is full")
            await room.press("escape")
            await room.expect_place("enquiry")
        await room.wait_until(lambda: drafts_of(desk)[0].answers["caller_name"] == "Sarah", "the draft")


async def test_esc_keeps_the_draft_and_it_is_gone_on_with_as_it_was(desk: Desk, clock: FrozenClock) -> None:
    async with duty_room(at_home(desk)) as room:
        await room.expect_place("desk")
        await room.press("n")
        await begin(room)
        await name_the_adult(room, "Rose Pell")
        await room.press("escape")
        await room.expect_place("desk")
        clock.pass_time(minutes=20)
        await room.expect_text("Not finished: enquiry")
        await room.press("d")
        await room.expect_text("call since 10:42")
        await room.expect_text("Rose Pell")
        await room.press("ctrl+s")
        await room.expect_text("Saved E26-0001")
    assert rows(desk, Enquiry)[0].received_at == NOW
    assert drafts_of(desk) == ()


async def test_a_correction_half_typed_is_gone_on_with_and_still_knows_of_a_clash(
    desk: Desk, desk_of: Callable[[str], Desk]
) -> None:
    from db.actions.enquiries import close_enquiry
    from db.forms.enquiry import CloseEnquiryForm
    from db.queries.enquiries import open_enquiry

    number = await log_by_hand(desk)
    app = at_home(desk)
    async with duty_room(app) as room:
        await room.expect_place("desk")
        app.open_place("enquiry", enquiry_id=number)
        await room.expect_text("James Hartley")
        await room.settle()
        await room.press("f7")
        await room.type_text(" Mine.")
        await room.press("escape")
        await room.expect_place("desk")
        ruth = desk_of("cro")
        version = ruth.ask(open_enquiry, number).version
        ruth.do(close_enquiry, number, CloseEnquiryForm(reason="Done"), version=version)
        await room.press("d")
        await room.expect_text("Enquiry E26-0001")
        await room.settle()
        assert answer(room, "account") == f"{ACCOUNT} Mine."
        await room.press("ctrl+s")
        await room.expect_text("Ruth Carver saved E26-0001 at 10:42")


async def test_a_form_in_which_nothing_was_typed_leaves_no_draft(desk: Desk) -> None:
    async with duty_room(at_home(desk)) as room:
        await room.expect_place("desk")
        await room.press("n")
        await room.expect_place("enquiry")
        await room.type_text("0")
        await room.press("backspace", "escape")
        await room.expect_place("desk")
    assert drafts_of(desk) == ()


async def test_three_calls_at_once_each_with_its_own_time_swapped_twenty_times(desk: Desk, clock: FrozenClock) -> None:
    async with duty_room(at_home(desk)) as room:
        await room.expect_place("desk")
        await room.press("n")
        begun = []
        for caller in ("Ann", "Bob", "Cat"):
            await room.expect_place("enquiry")
            await room.settle()
            begun.append(f"call since {clock().strftime('%H:%M')}")
            await room.expect_text(begun[-1])
            await go_to(room, "caller_name")
            await room.type_text(caller)
            clock.pass_time(minutes=7)
            if caller != "Cat":
                await room.press("f2")
        for turn in range(20):
            await room.press("f6")
            await room.expect_text(begun[turn % 3])
            assert answer(room, "caller_name") == ("Ann", "Bob", "Cat")[turn % 3]
    assert len(drafts_of(desk)) == 3


async def test_with_no_other_call_parking_leads_home_and_f6_takes_it_up_again(desk: Desk) -> None:
    async with duty_room(at_home(desk)) as room:
        await room.expect_place("desk")
        await room.press("n")
        await begin(room)
        await room.type_text("Ann")
        await room.press("f6")
        await room.expect_place("desk")
        await room.press("f6")
        await room.expect_place("enquiry")
        await room.settle()
        assert answer(room, "caller_name") == "Ann"


async def test_a_call_taken_from_within_another_is_not_opened_twice(desk: Desk) -> None:
    """A page opened from a call, and a new call from that page: F6 leads back to the first, not to a copy of it."""
    async with duty_room(at_home(desk)) as room:
        await room.expect_place("desk")
        await room.press("n")
        await begin(room)
        await room.type_text("Ann")
        await room.press("f1")
        await room.expect_place("help")
        await room.press("f2")
        await room.expect_place("enquiry")
        await room.settle()
        await room.type_text("0")
        await room.press("f6")
        await room.wait_until(
            lambda: room.place == "enquiry" and answer(room, "caller_name") == "Ann", "the first call"
        )


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+s", "ctrl+q", "ctrl+backslash", "escape", "f1", "f3", "f8"])
async def test_no_stray_key_loses_what_was_typed(desk: Desk, key: str) -> None:
    async with duty_room(at_home(desk)) as room:
        await room.expect_place("desk")
        await room.press("n")
        await room.expect_place("enquiry")
        await room.settle()
        await room.press("f7")
        await room.type_text("Grabbed his arm")
        await room.press(key)
        await room.wait_until(lambda: len(drafts_of(desk)) == 1, "the draft")
        await room.wait_until(lambda: drafts_of(desk)[0].answers["account"] == "Grabbed his arm", "the last letter")


async def test_undo_takes_back_typing_and_redo_puts_it_back(desk: Desk) -> None:
    async with duty_room(taking_a_call(desk)) as room:
        await begin(room)
        await room.type_text("Sarah")
        await room.press("ctrl+z")
        assert answer(room, "caller_name") == ""
        await room.press("ctrl+y")
        assert answer(room, "caller_name") == "Sarah"


# Whatever is typed or pasted


@pytest.mark.parametrize("trick", HOSTILE)
async def test_hostile_words_are_shown_and_kept_letter_for_letter(desk: Desk, trick: str) -> None:
    words = HOSTILE[trick]
    async with duty_room(taking_a_call(desk), WIDE) as room:
        await room.expect_place("enquiry")
        await room.settle()
        await room.paste(words)
        await room.press("enter", "y")
        for field in ("caller_name", "organisation", "adult_name", "works_at", "account", "children"):
            await go_to(room, field)
            await room.paste(words)
        await room.settle()
        assert "\x1b" not in room.screen_text
        assert "\u202e" not in room.screen_text
        await room.press("ctrl+s")
        await room.expect_text("Saved E26-0001")
    kept = rows(desk, Enquiry)[0]
    assert visible(kept.account) == kept.account
    assert {kept.call_back, kept.caller_name, kept.organisation, kept.works_at, kept.children} == {kept.caller_name}
    assert rows(desk, Adult)[0].name == kept.caller_name


@pytest.mark.parametrize("field", ["caller_name", "account"])
async def test_a_paste_far_too_large_is_refused_at_once_and_harms_nothing(desk: Desk, field: str) -> None:
    async with duty_room(taking_a_call(desk)) as room:
        await begin(room)
        await go_to(room, field)
        await room.type_text("Ann")
        await room.paste("x" * 1_000_000)
        await room.expect_toast("You pasted 1,000,000. Nothing was added")
        await room.type_text("e")
        assert answer(room, field) == "Anne"


async def test_lines_pasted_into_a_name_are_joined(desk: Desk) -> None:
    async with duty_room(taking_a_call(desk)) as room:
        await begin(room)
        await room.paste("Sarah\nWhitlock\nDSL")
        assert answer(room, "caller_name") == "Sarah Whitlock DSL"


async def test_a_window_too_small_gives_back_the_same_field(desk: Desk) -> None:
    async with duty_room(taking_a_call(desk)) as room:
        await begin(room)
        await room.type_text("Ann")
        await room.pilot.resize_terminal(40, 10)
        await room.expect_text("This window is 40 by 10")
        await room.pilot.resize_terminal(120, 40)
        await room.expect_place("enquiry")
        room.expect_focus("field-caller_name")
        await room.type_text("e")
        assert answer(room, "caller_name") == "Anne"


async def test_names_are_covered_and_shown_again(store: Store, desk: Desk) -> None:
    plant_case(store, adult_id=plant_adult(store, "James Hartley", findable=True))
    async with duty_room(taking_a_call(desk), WIDE) as room:
        await begin(room)
        await name_the_adult(room)
        await room.expect_text("1 possible")
        await room.press("f9")
        await room.expect_no_text("Hartley")
        await room.press("f9")
        await room.expect_text("James Hartley")
