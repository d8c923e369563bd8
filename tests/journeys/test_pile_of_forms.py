"""A contact and referral officer comes in to a pile of forms and keys them one after the other."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from db.desk import Desk
from db.models import Adult, Case, CaseFlag, Setting, table
from lado_tui.app import LadoApp
from tests.driver import duty_room
from tests.planted import plant_adult, plant_case, plant_setting

ACCOUNT = "Shouted at a child and pulled her by the arm across the room."

PILE: tuple[Mapping[str, str], ...] = tuple(
    {
        "portal_ref": f"P-{3000 + number}",
        "referrer_name": referrer,
        "agency": "sch",
        "referrer_phone": f"01632 9601{number:02d}",
        "name": adult,
        "born": f"{number + 2} 5 198{number}",
        "role": role,
        "setting": "Oakfield Primary School",
        "account": ACCOUNT,
        "children.0.name": f"{adult[0]}.C.",
        "concerns.0.type": "ph",
    }
    for number, (referrer, adult, role) in enumerate(
        [("Ann Reed", "Keziah Tolland", "t"), ("Ann Reed", "Orson Weld", "ta"), ("Piers Lamb", "Mabel Quint", "mds")], 1
    )
)

KEYS_BEYOND_THE_ANSWERS = 75
"""Most keys for one form besides those of its answers: one for each field, and the saving."""


def rows(desk: Desk, model: Any) -> list[dict[str, Any]]:
    with desk.store.read() as connection:
        return [dict(row) for row in connection.execute(select(table(model))).mappings()]


async def test_a_pile_of_forms_is_keyed_without_a_pause(desk_of: Callable[[str], Desk]) -> None:
    cro = desk_of("cro")
    setting = plant_setting(cro.store, "Oakfield Primary School", kind="primary", findable=True)
    known = plant_adult(cro.store, "Mabel Quint", date(1983, 5, 5), findable=True)
    plant_case(cro.store, ref="R25-0099", adult_id=known)
    async with duty_room(LadoApp(lambda: cro, first="referral")) as room:
        await room.expect_text("still missing")
        await room.fills_in({"received": "11 3 2026"})
        for number, form in enumerate(PILE[:2], 1):
            before = room.structured_keys
            await room.enters_referral(form, then="ctrl+g")
            await room.expect_text(f"R26-{number:04d} kept.")
            assert room.structured_keys - before <= KEYS_BEYOND_THE_ANSWERS

        last = dict(PILE[2])
        await room.fills_in({name: last.pop(name) for name in ("portal_ref", "referrer_name", "name")})
        await room.expect_text("HEARD BEFORE? 1 possible")
        await room.press("f4", "enter")
        await room.expect_text("ON RECORD")
        del last["born"]
        await room.enters_referral(last, then="f12")
        await room.expect_text("R26-0003 kept.")
        await room.type_text("Silas Orme")
        await room.press("ctrl+s")
        await room.expect_text("R26-0004 kept.")

    entered = [case for case in rows(cro, Case) if case["entered_by"] == cro.officer.id and case["ref"] != "R25-0099"]
    assert [case["ref"] for case in entered] == ["R26-0001", "R26-0002", "R26-0003", "R26-0004"]
    assert {case["received_on"] for case in entered} == {date(2026, 3, 11)}
    assert {case["setting_id"] for case in entered} == {setting}
    assert entered[2]["adult_id"] == known
    assert entered[3]["account"] == ACCOUNT
    assert len(rows(cro, Setting)) == 1
    assert len(rows(cro, Adult)) == 4
    assert {flag["flag"] for flag in rows(cro, CaseFlag)} == {"repeat_adult", "multiple_adults"}
