"""The sample call, whole, by keyboard, from the home screen to "Saved": every key that is not a word said is counted.

Structured keys are all keys but those of the account and the advice. Every way of working needs the words; what an
officer must press besides them is what a form costs in the middle of a call.
"""

from pathlib import Path

import pytest
from sqlalchemy import select

from db.desk import Desk
from db.models import Adult, Enquiry, Step, table
from db.store import Store
from lado_tui.app import LadoApp
from tests.driver import DutyRoom, duty_room
from tests.planted import plant_adult, plant_case, plant_setting

ACCOUNT = (
    "Child told class teacher at break that Mr H grabbed his arm and pulled him out of the hall on Monday. "
    "Small red mark seen by first aider. Mother told today. Adult still in class. No police yet."
)
ADVICE = "Do not interview adult or child. Move adult from direct contact today. Send referral form by 4pm. Tell HR."

MOST = 85
"""Structured keys the call may take."""

WANTED = 80
"""Structured keys it should take where the school has rung before. A school the record does not know is typed whole."""


@pytest.fixture
def desk_that_knows_the_school(desk: Desk) -> Desk:
    """St Mary's has rung before, about somebody else."""
    school = plant_setting(desk.store, "St Mary's CE Primary School", findable=True)
    plant_setting(desk.store, "St Martin's Nursery", findable=True)
    other = plant_adult(desk.store, "Rose Pell", findable=True)
    plant_case(desk.store, adult_id=other, setting_id=school, classification="consultation")
    return desk


async def take_the_call(room: DutyRoom) -> None:
    """As Sarah Whitlock talks. Content is typed whole; a place on record is taken from the list below the field."""
    await room.press("n")
    await room.expect_place("enquiry")
    await room.type_text("01622 555142\n")
    await room.type_text("yyn")  # child safe, adult with children, police told
    await room.type_text("Sarah Whitlock\n")
    await room.type_text("dsl\n")
    await room.type_text("mary")
    await room.expect_text("St Mary's CE Primary School")
    await room.press("down", "enter")
    await room.type_text("James Hartley\n")
    await room.type_text("?")  # date of birth not known
    await room.type_text("ta\n")
    await room.type_text("=")  # works where the caller works
    await room.press("f7")
    with room.words_said():
        await room.type_text(ACCOUNT)
    await room.press("tab")
    await room.type_text("J.S. age 7\n")
    await room.type_text("??")  # needs and care not known
    with room.words_said():
        await room.type_text(ADVICE)
    await room.press("tab")
    await room.type_text("r")  # advised to refer, followed up in one working day
    await room.press("ctrl+s")
    await room.expect_text("Saved E26-0001")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_the_sample_call_takes_few_keys(desk_that_knows_the_school: Desk, size: tuple[int, int]) -> None:
    desk = desk_that_knows_the_school
    async with duty_room(LadoApp(lambda: desk), size) as room:
        await room.expect_place("desk")
        await room.settle()
        await take_the_call(room)

        assert room.said == len(ACCOUNT) + len(ADVICE)
        assert room.structured_keys <= MOST
        assert room.structured_keys <= WANTED


async def test_what_was_said_is_on_the_record(desk_that_knows_the_school: Desk) -> None:
    desk = desk_that_knows_the_school
    async with duty_room(LadoApp(lambda: desk)) as room:
        await room.expect_place("desk")
        await take_the_call(room)

    with Store.open(Path(desk.store.place)).read() as connection:
        (kept,) = connection.execute(select(table(Enquiry))).mappings()
        adult = connection.execute(select(table(Adult)).where(table(Adult).c.id == kept["adult_id"])).mappings().one()
        (step,) = connection.execute(select(table(Step))).mappings()
    expected = {
        "call_back": "01622 555142", "caller_name": "Sarah Whitlock", "caller_role": "dsl",
        "organisation": "St Mary's CE Primary School", "works_at": "St Mary's CE Primary School", "setting_id": 1,
        "role": "ta_support", "children": "J.S. age 7", "account": ACCOUNT, "advice": ADVICE,
        "child_safe": "yes", "adult_with_children": "yes", "police_or_care_told": "no", "child_needs": "not_known",
        "child_in_care": "not_known", "works_elsewhere": "not_known", "other_work": "not_known",
        "result": "advised_refer", "method": "telephone", "subject": "lado",
    }  # fmt: skip
    assert {name: kept[name] for name in expected} == expected
    assert (adult["name"], adult["born_given"]) == ("James Hartley", "not_known")
    assert (step["what"], str(step["due_on"])) == ("Referral form to come", "2026-03-13")
