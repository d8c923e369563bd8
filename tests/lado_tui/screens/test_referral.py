"""The contact and referral officer keys what the form says, once, and is told what is missing and who is known."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from db.desk import Desk
from db.drafts import Draft, Drafts
from db.models import Adult, AdultLink, Case, CaseFlag, Child, Concern, Contact, Enquiry, OtherName, Setting, table
from lado_tui.app import LadoApp
from lado_tui.opening import state_folder
from tests.driver import DutyRoom, duty_room
from tests.hostile import HOSTILE
from tests.planted import plant_adult, plant_case, plant_enquiry, plant_setting

NARROW, WIDE = (80, 24), (120, 40)

FORM = {
    "received": "11 3 2026",
    "portal_ref": "P-2291",
    "referrer_name": "Sarah Whitlock",
    "agency": "sch",
    "referrer_organisation": "Oakfield Primary",
    "referrer_phone": "01622 555142",
    "name": "Karen Brandt",
    "born": "14 3 1985",
    "sex": "f",
    "role": "ta",
    "setting": "Oakfield Primary",
    "setting_kind": "primary",
    "account": "Pulled a child out of the hall by the arm.",
    "police_told": "n",
    "children.0.name": "J.S.",
    "children.0.age": "7",
    "concerns.0.type": "ph",
    "concerns.0.subtype": "other p",
    "concerns.0.happened": "9 3 2026",
    "concerns.0.child": "1",
}


@pytest.fixture
def cro(desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("cro")


def at_form(desk: Desk, **options: Any) -> LadoApp:
    return LadoApp(lambda: desk, first="referral", first_with=options)


def rows(desk: Desk, model: Any) -> list[dict[str, Any]]:
    with desk.store.read() as connection:
        return [dict(row) for row in connection.execute(select(table(model))).mappings()]


def drafts(desk: Desk) -> tuple[Draft, ...]:
    return Drafts.of(desk.store, desk.officer, state_folder()).found().drafts


def answer(room: DutyRoom, name: str) -> str:
    return str(room.app.screen.form.field(name).value)  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["80x24", "120x40"])
async def test_the_form_at_both_sizes(cro: Desk, size: tuple[int, int]) -> None:
    adult = plant_adult(cro.store, born_on=date(1985, 3, 14), findable=True)
    plant_case(cro.store, ref="R26-0412", adult_id=adult, role="ta_support")
    async with duty_room(at_form(cro), size) as room:
        await room.fills_in({"received": "6 3 2026", "referrer_name": "Sarah Whitlock"})
        await room.expect_text("Draft saved")
        room.expect_picture(f"referral_{size[0]}x{size[1]}")
        await room.press("pagedown")
        await room.fills_in({"name": "James Hartl", "born": "1 1 1985"})
        await room.expect_text("HEARD BEFORE? 1 possible")
        await room.settle()
        room.expect_picture(f"referral_adult_{size[0]}x{size[1]}")


async def test_everything_keyed_is_kept_once(cro: Desk) -> None:
    async with duty_room(at_form(cro)) as room:
        await room.enters_referral(FORM)
        await room.expect_text("R26-0001 kept.")
        assert "Still missing" not in room.screen_text
    (case,), (adult,), (concern,) = rows(cro, Case), rows(cro, Adult), rows(cro, Concern)
    assert (case["portal_ref"], case["received_on"], case["role"]) == ("P-2291", date(2026, 3, 11), "ta_support")
    assert (case["sector"], case["police_told"], case["account"]) == ("education", "no", FORM["account"])
    assert (adult["name"], adult["born_on"], adult["sex"]) == ("Karen Brandt", date(1985, 3, 14), "female")
    assert (concern["type"], concern["subtype"]) == ("physical", "other_physical")
    assert [child["age"] for child in rows(cro, Child)] == [7]
    assert [contact["phone"] for contact in rows(cro, Contact)] == ["01622 555142"]


async def test_a_lado_goes_on_to_the_threshold_and_a_cro_to_the_next_form(desk: Desk, cro: Desk) -> None:
    async with duty_room(at_form(cro)) as room:
        await room.enters_referral(FORM)
        await room.expect_text("R26-0001 kept.")
        assert (room.place, answer(room, "name")) == ("referral", "")
    async with duty_room(LadoApp(lambda: desk, first="desk")) as room:
        await room.expect_place("desk")
        room.app.open_place("referral")  # type: ignore[attr-defined]
        await room.enters_referral(FORM | {"name": "Paul Stone", "portal_ref": "P-2292"})
        await room.expect_place("screening")
        await room.expect_text("R26-0002")


async def test_what_is_wrong_is_said_beside_the_field_and_everything_stays(cro: Desk) -> None:
    async with duty_room(at_form(cro)) as room:
        await room.enters_referral({"received": "31 2 2026", "referrer_name": "Sarah Whitlock"})
        await room.expect_text("There is a problem (2)")
        await room.expect_text("Received must be a real date")
        assert answer(room, "received") == "31 2 2026"
        await room.press("1", "2")
        room.expect_focus("field-name")
        await room.type_text("Karen Brandt")
        await room.press("ctrl+s")
        await room.expect_text("There is a problem (1)")
        assert answer(room, "referrer_name") == "Sarah Whitlock"
    assert rows(cro, Case) == []


async def test_the_day_received_begins_as_today_and_typing_replaces_it(cro: Desk) -> None:
    async with duty_room(at_form(cro)) as room:
        await room.expect_text("12 Mar 2026")
        await room.type_text("6 3 26")
        assert answer(room, "received") == "6 3 26"
        await room.expect_text("Received 4 working days ago.")
        await room.fills_in(FORM | {"received": "", "concerns.0.happened": "5 3 2026"})
        await room.press("ctrl+s")
        await room.expect_text("R26-0001 kept.")
    (case,) = rows(cro, Case)
    assert (case["received_on"], case["entered_at"]) == (date(2026, 3, 6), cro.clock())


async def test_an_adult_on_record_is_shown_as_the_name_is_typed_and_their_entry_used(cro: Desk) -> None:
    known = plant_adult(cro.store, born_on=date(1985, 3, 14), findable=True)
    plant_case(cro.store, ref="R26-0412", adult_id=known)
    async with duty_room(at_form(cro)) as room:
        await room.goes_to("name")
        await room.type_text("James Hartly")
        await room.expect_text("HEARD BEFORE? 1 possible")
        await room.expect_text("R26-0412")
        await room.press("f4", "enter")
        await room.expect_text("ON RECORD")
        assert answer(room, "born") == "14 Mar 1985"
        await room.expect_text("14 Mar 1985")
        await room.press("ctrl+s")
        await room.expect_text("kept.")
    assert [case["adult_id"] for case in rows(cro, Case)] == [known, known]
    assert [other["name"] for other in rows(cro, OtherName)] == ["James Hartly"]
    assert [flag["flag"] for flag in rows(cro, CaseFlag)] == ["repeat_adult"]


async def test_somebody_else_of_that_name_is_not_offered_again_and_gets_an_entry_of_their_own(cro: Desk) -> None:
    known = plant_adult(cro.store, born_on=date(1985, 3, 14), findable=True)
    plant_case(cro.store, adult_id=known)
    async with duty_room(at_form(cro)) as room:
        await room.goes_to("name")
        await room.type_text("James Hartley")
        await room.expect_text("HEARD BEFORE? 1 possible")
        await room.press("f4", "x")
        await room.expect_no_text("HEARD BEFORE?")
        room.expect_focus("field-name")
        await room.press("ctrl+s")
        await room.expect_text("kept.")
    assert len(rows(cro, Adult)) == 2
    assert [(link["other_id"], link["same"]) for link in rows(cro, AdultLink)] == [(known, False)]


async def test_a_made_up_looking_birth_date_is_asked_about(cro: Desk) -> None:
    async with duty_room(at_form(cro)) as room:
        await room.fills_in({"name": "Karen Brandt", "born": "1 1 1985"})
        await room.expect_text("1 January 1985: as recorded, or not known?")
        await room.press("ctrl+s")
        await room.expect_text("There is a problem (1)")
        await room.fills_in({"birth_confirmed": "n"})
        await room.press("ctrl+s")
        await room.expect_text("kept.")
    assert [(adult["born_on"], adult["born_given"]) for adult in rows(cro, Adult)] == [(None, "not_known")]


async def test_what_may_be_entered_already_is_said_and_can_be_kept_on_purpose(cro: Desk) -> None:
    async with duty_room(at_form(cro)) as room:
        await room.enters_referral(FORM)
        await room.expect_text("R26-0001 kept.")
        await room.enters_referral({"portal_ref": "P-2291", "name": "Paul Stone"})
        await room.expect_text("Portal form P-2291 is entered already as R26-0001")
        assert len(rows(cro, Case)) == 1
        await room.press("ctrl+s")
        await room.expect_text("R26-0002 kept.")


async def test_another_child_and_another_concern_keep_what_is_typed(cro: Desk) -> None:
    async with duty_room(at_form(cro)) as room:
        await room.expect_text("still missing")
        await room.fills_in({"name": "Karen Brandt", "setting": "Oakfield", "children.0.name": "J.S."})
        await room.press("ctrl+o")
        await room.expect_text("CHILD 2 OF 2")
        await room.type_text("A.B.")
        await room.fills_in({"concerns.0.type": "em", "concerns.0.child": "2"})
        await room.goes_to("concerns.0.place")
        await room.press("ctrl+o")
        await room.expect_text("CONCERN 2 OF 2")
        await room.type_text("ne")
        await room.press("ctrl+s")
        await room.expect_text("kept.")
    children, concerns = rows(cro, Child), rows(cro, Concern)
    assert [child["name"] for child in children] == ["J.S.", "A.B."]
    assert [(one["type"], one["child_id"]) for one in concerns] == [("emotional", children[1]["id"]), ("neglect", None)]


async def test_there_is_no_second_child_before_there_is_a_first(cro: Desk) -> None:
    async with duty_room(at_form(cro)) as room:
        await room.expect_text("still missing")
        await room.press("ctrl+o")
        await room.settle()
        room.expect_focus("field-children-0-name")


async def test_the_next_form_of_the_pile_keeps_the_day_received(cro: Desk) -> None:
    async with duty_room(at_form(cro)) as room:
        await room.enters_referral(FORM, then="ctrl+g")
        await room.expect_text("R26-0001 kept.")
        assert (answer(room, "received"), answer(room, "name"), answer(room, "account")) == ("11 3 2026", "", "")
        room.expect_focus("field-portal_ref")


async def test_the_next_adult_of_the_same_incident_has_all_but_the_adult(cro: Desk) -> None:
    async with duty_room(at_form(cro)) as room:
        await room.enters_referral(FORM, then="f12")
        await room.expect_text("Now the next adult of the same incident.")
        room.expect_focus("field-name")
        kept = ("received", "referrer_name", "setting", "account", "children.0.name", "concerns.0.type")
        assert all(answer(room, name) for name in kept)
        assert not any(answer(room, name) for name in ("name", "born", "sex", "role", "portal_ref"))
        await room.type_text("Paul Stone")
        await room.press("ctrl+s")
        await room.expect_text("R26-0002 kept.")
    assert [case["account"] for case in rows(cro, Case)] == [FORM["account"]] * 2
    assert [flag["flag"] for flag in rows(cro, CaseFlag)] == ["multiple_adults"]
    assert len(rows(cro, Setting)) == 1


async def test_a_form_goes_back_with_what_is_missing_to_paste(cro: Desk) -> None:
    async with duty_room(at_form(cro)) as room:
        await room.fills_in({name: typed for name, typed in FORM.items() if name != "born"})
        await room.press("ctrl+r")
        await room.expect_text("the adult's date of birth")
        await room.press("ctrl+s")
        await room.expect_text("R26-0001 kept and returned")
        assert "R26-0001" in room.app.clipboard
        assert "- the adult's date of birth" in room.app.clipboard
        assert "Brandt" not in room.app.clipboard
    (case,) = rows(cro, Case)
    assert (case["returned_on"], case["returned_missing"]) == (date(2026, 3, 12), "the adult's date of birth")


async def test_a_whole_form_has_nothing_to_go_back_for(cro: Desk) -> None:
    async with duty_room(at_form(cro)) as room:
        await room.fills_in(FORM)
        await room.press("ctrl+r")
        await room.expect_text("Nothing is missing.")
    assert rows(cro, Case) == []


async def test_from_an_enquiry_nothing_is_typed_again(cro: Desk) -> None:
    adult = plant_adult(cro.store, findable=True)
    setting = plant_setting(cro.store, kind="primary", town="Maidley", findable=True)
    enquiry = plant_enquiry(
        cro.store,
        ref="E26-0817",
        adult_id=adult,
        setting_id=setting,
        role="ta_support",
        caller_name="Sarah Whitlock",
        caller_role="dsl",
        organisation="St Mary's",
        call_back="01622 555142",
        account="Grabbed his arm.",
        children="J.S. age 7; A.B. 5",
        result="advised_refer",
    )
    async with duty_room(at_form(cro, enquiry_id=enquiry)) as room:
        await room.expect_text("Referral from E26-0817")
        await room.press("ctrl+s")
        await room.expect_text("kept.")
    (case,) = rows(cro, Case)
    assert (case["enquiry_id"], case["adult_id"], case["setting_id"]) == (enquiry, adult, setting)
    assert (case["account"], case["role"], case["setting_kind"]) == ("Grabbed his arm.", "ta_support", "primary")
    assert [(child["name"], child["age"]) for child in rows(cro, Child)] == [("J.S.", 7), ("A.B.", 5)]
    assert [contact["phone"] for contact in rows(cro, Contact)] == ["01622 555142"]
    assert [kept["closed_reason"] for kept in rows(cro, Enquiry)] == [f"Referral {case['ref']}"]


async def test_a_setting_on_record_brings_its_kind_and_district(cro: Desk) -> None:
    setting = plant_setting(cro.store, "Oakfield Nursery", kind="pvi", findable=True)
    async with duty_room(at_form(cro)) as room:
        await room.fills_in({"name": "Karen Brandt"})
        await room.goes_to("setting")
        await room.type_text("oakfi")
        await room.expect_text("Oakfield Nursery")
        await room.press("down", "enter")
        await room.wait_until(lambda: answer(room, "setting_kind") == "pvi", "the kind of setting")
        await room.press("ctrl+s")
        await room.expect_text("kept.")
    assert [case["setting_id"] for case in rows(cro, Case)] == [setting]


async def test_what_is_typed_is_there_when_the_form_is_opened_again(cro: Desk) -> None:
    async with duty_room(at_form(cro)) as room:
        await room.fills_in({"name": "Karen Brandt", "children.0.name": "J.S."})
        await room.press("ctrl+o")
        await room.expect_text("CHILD 2 OF 2")
        await room.type_text("A.B.")
        await room.wait_until(
            lambda: "A.B." in {word for one in drafts(cro) for word in one.answers.values()}, "a draft"
        )
    (draft,) = drafts(cro)
    assert (draft.form, draft.title) == ("referral", "Karen Brandt")
    async with duty_room(at_form(cro, draft=draft)) as room:
        await room.expect_text("Karen Brandt")
        assert answer(room, "children.1.name") == "A.B."
        await room.press("ctrl+s")
        await room.expect_text("kept.")
        assert drafts(cro) == ()


async def test_a_form_nobody_typed_in_leaves_no_draft(cro: Desk) -> None:
    async with duty_room(at_form(cro)) as room:
        await room.expect_text("still missing")
        await room.press("pagedown", "pageup")
    assert drafts(cro) == ()


async def test_hostile_words_are_shown_and_kept_as_words(cro: Desk) -> None:
    async with duty_room(at_form(cro)) as room:
        for words in HOSTILE.values():
            for name in ("name", "setting", "account", "children.0.name"):
                await room.goes_to(name)
                await room.paste(words)
            assert "\x1b" not in room.screen_text
        await room.press("ctrl+s")
        await room.expect_text("R26-0001 kept.")
        assert room.app.is_running
    (adult,), (case,) = rows(cro, Adult), rows(cro, Case)
    assert "[@click=app.quit()]Click[/]" in adult["name"]
    assert "Jo [bold]Smith[/bold]" in case["account"]
