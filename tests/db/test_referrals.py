"""The contact and referral officer enters a form once, and everything it says is kept."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, select

from db.actions.referrals import ReferralSaved, details_came, enter_referral, return_for_details
from db.desk import Desk
from db.errors import MayBeADuplicate, NotOnAccessList, Refused, ThereIsAProblem
from db.forms.referral import ReferralForm
from db.models import (
    Adult,
    Case,
    CaseChild,
    CaseFlag,
    Child,
    ChildMark,
    Concern,
    Contact,
    Enquiry,
    Grant,
    OtherName,
    Post,
    Setting,
    Step,
    table,
)
from tests.conftest import NOW
from tests.hostile import HOSTILE

TODAY = NOW.date()

FORM: dict[str, object] = {
    "received": "11 3 2026",
    "portal_ref": "P-2291",
    "name": "James Hartley",
    "other_names": "Jim Hartley, James Hartley-Cole",
    "born": "14 3 1985",
    "role": "ta",
    "basis": "permanent",
    "setting": "St Mary's CE Primary School",
    "setting_kind": "primary",
    "referrer_name": "Sarah Whitlock",
    "agency": "sch",
    "referrer_phone": "01622 555142",
    "account": "Grabbed a child's arm and pulled him out of the hall.",
    "police_told": "n",
    "flags": "restraint",
    "children": [
        {"name": "J.S.", "age": "7", "marks": "sen_or_disabled", "relationship": "pupil"},
        {"name": "A.B.", "born": "2 5 2017", "marks": "in_care_other_authority", "placing_authority": "Northshire"},
    ],
    "concerns": [
        {"type": "ph", "subtype": "other_physical", "happened": "9 3 2026", "place": "The hall", "child": "1"},
        {"type": "em", "happened": "feb 2026", "child": "2"},
    ],
}


def enter(desk: Desk, **answers: object) -> ReferralSaved:
    form = ReferralForm.read(FORM | answers, today=TODAY, words=desk.vocabulary)
    return desk.do(enter_referral, form)


def rows(desk: Desk, model: Any) -> list[dict[str, Any]]:
    with desk.store.read() as connection:
        return [dict(row) for row in connection.execute(select(table(model))).mappings()]


@pytest.fixture
def cro(desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("cro")


def test_everything_the_form_says_is_kept_once(cro: Desk) -> None:
    saved = enter(cro)

    assert (saved.ref, saved.missing, saved.restricted) == ("R26-0001", (), False)
    (case,) = rows(cro, Case)
    assert (case["received_on"], case["received_week"]) == (date(2026, 3, 11), 202611)
    assert case["entered_at"] == NOW
    assert (case["sector"], case["role"], case["setting_kind"]) == ("education", "ta_support", "primary")
    assert (case["classification"], case["first_classification"]) == ("pending", None)
    assert (case["principal_type"], case["principal_subtype"]) == ("physical", "other_physical")
    assert case["police_told"] == "no"
    (adult,) = rows(cro, Adult)
    assert (adult["name"], adult["born_on"], adult["born_given"]) == ("James Hartley", date(1985, 3, 14), "recorded")
    assert [row["name"] for row in rows(cro, OtherName)] == ["Jim Hartley", "James Hartley-Cole"]
    assert [row["name"] for row in rows(cro, Contact)] == ["Sarah Whitlock"]
    assert [row["flag"] for row in rows(cro, CaseFlag)] == ["restraint"]
    assert len(rows(cro, Post)) == len(rows(cro, Setting)) == 1


def test_several_children_and_several_concerns_keep_who_each_is_about(cro: Desk) -> None:
    enter(cro)

    children = rows(cro, Child)
    assert [(child["name"], child["needs"], child["in_care"]) for child in children] == [
        ("J.S.", "yes", "not_known"),
        ("A.B.", "not_known", "yes"),
    ]
    assert [row["mark"] for row in rows(cro, ChildMark)] == ["sen_or_disabled", "in_care_other_authority"]
    concerns = rows(cro, Concern)
    assert [(concern["type"], concern["child_id"], concern["happened_given"]) for concern in concerns] == [
        ("physical", children[0]["id"], "day"),
        ("emotional", children[1]["id"], "month"),
    ]
    assert len(rows(cro, CaseChild)) == 2


def test_what_nobody_answered_is_not_known(cro: Desk) -> None:
    enter(cro)
    (case,) = rows(cro, Case)
    assert {case["adult_aware"], case["parents_aware"], case["social_care_told"]} == {"not_known"}


def test_the_decision_falls_due_the_working_day_after_receipt(cro: Desk) -> None:
    enter(cro, received="6 3 2026", concerns=[{"type": "ph"}])
    (step,) = rows(cro, Step)
    (case,) = rows(cro, Case)
    assert (step["what"], step["due_on"]) == ("Decide threshold", date(2026, 3, 9))
    assert (case["next_step"], case["due_on"], case["owner_id"]) == ("Decide threshold", date(2026, 3, 9), None)


def test_the_same_portal_form_is_questioned_and_can_be_kept_on_purpose(cro: Desk) -> None:
    enter(cro)
    with pytest.raises(MayBeADuplicate, match="R26-0001"):
        enter(cro, name="Somebody Else")
    assert enter(cro, name="Somebody Else", not_a_duplicate=True).ref == "R26-0002"


def test_the_same_adult_within_a_day_is_questioned(cro: Desk, clock: Any) -> None:
    enter(cro)
    with pytest.raises(MayBeADuplicate, match="24 hours"):
        enter(cro, portal_ref="P-2292")
    clock.pass_time(hours=25)
    assert enter(cro, portal_ref="P-2292").ref == "R26-0002"


def test_the_same_incident_can_be_entered_for_the_next_adult(cro: Desk) -> None:
    enter(cro)
    assert enter(cro, name="Karen Brandt", portal_ref="", born="?").ref == "R26-0002"


def test_an_adult_on_record_is_used_again_and_nothing_known_is_blanked(cro: Desk) -> None:
    enter(cro, born="?", sex="male")
    (adult,) = rows(cro, Adult)
    enter(cro, portal_ref="", known_adult_id=adult["id"], name="James Hartly", not_a_duplicate=True)

    (again,) = rows(cro, Adult)
    assert (again["name"], again["sex"], again["born_on"]) == ("James Hartley", "male", date(1985, 3, 14))
    assert "James Hartly" in [row["name"] for row in rows(cro, OtherName) if row["kind"] == "spelling"]


@pytest.mark.parametrize(("answer", "given"), [("y", "recorded"), ("n", "not_known")])
def test_a_made_up_looking_birth_date_is_questioned(cro: Desk, answer: str, given: str) -> None:
    with pytest.raises(ThereIsAProblem) as told:
        enter(cro, born="1 1 1985")
    assert [problem.field for problem in told.value.problems] == ["birth_confirmed"]

    enter(cro, born="1 1 1985", birth_confirmed=answer)
    assert [adult["born_given"] for adult in rows(cro, Adult)] == [given]


def test_what_is_missing_is_named_and_the_form_can_go_back(cro: Desk) -> None:
    saved = enter(cro, born="", referrer_phone="", children=[], concerns=[])
    assert saved.missing == (
        "the adult's date of birth",
        "a telephone number for the referrer",
        "the child's name and date of birth",
        "the kind of concern",
    )
    cro.do(return_for_details, saved.case_id, "Date of birth of the adult")
    (case,) = rows(cro, Case)
    assert (case["returned_on"], case["returned_missing"]) == (TODAY, "Date of birth of the adult")
    assert [step["what"] for step in rows(cro, Step) if step["waiting_for"]] == ["Details to come from the referrer"]
    cro.do(details_came, saved.case_id)
    assert [step["what"] for step in rows(cro, Step) if step["done_on"] is None] == ["Decide threshold"]


def test_the_authoritys_own_staff_are_restricted_from_the_first_moment(
    cro: Desk, desk_of: Callable[[str], Desk]
) -> None:
    saved = enter(cro, setting_kind="own_social_work", role="sw")
    assert saved.restricted
    assert [grant["officer_id"] for grant in rows(cro, Grant)] == [cro.officer.id]
    with pytest.raises(NotOnAccessList, match="R26-0001"):
        desk_of("relief").do(return_for_details, saved.case_id, "Everything")


def test_a_referral_from_an_enquiry_closes_it_and_points_to_it(cro: Desk) -> None:
    enquiry_id = keep_enquiry(cro)
    enter(cro, enquiry_id=enquiry_id)
    (enquiry,) = rows(cro, Enquiry)
    (case,) = rows(cro, Case)
    assert case["enquiry_id"] == enquiry_id
    assert (enquiry["closed_on"], enquiry["closed_reason"], enquiry["due_on"]) == (TODAY, "Referral R26-0001", None)


def test_an_auditor_enters_nothing(desk_of: Callable[[str], Desk]) -> None:
    with pytest.raises(Refused):
        enter(desk_of("auditor"))


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_kept_as_data(cro: Desk, typed: str) -> None:
    from db.text import NAME_LIMIT, clean

    enter(cro, name=typed, setting=typed, account=typed, referrer_name=typed)
    (adult,) = rows(cro, Adult)
    assert adult["name"] == clean(typed, limit=NAME_LIMIT)


@pytest.mark.parametrize(
    ("answers", "field", "sentence"),
    [
        ({"name": ""}, "name", "Enter the adult's name"),
        ({"received": ""}, "received", "Enter the day the form was received"),
        ({"received": "31/2/2026"}, "received", "Received must be a real date"),
        ({"concerns": [{"type": "ph", "child": "4"}]}, "concerns.0.child", "Which child must be 1 to 2"),
        ({"concerns": [{"type": "ph", "happened": "12 3 2026"}]}, "concerns.0.happened", "same as or before"),
        ({"works_elsewhere": "y"}, "other_authority", "Enter which authority"),
        ({"known_adult_id": "James"}, "known_adult_id", "cannot be read"),
        ({"referrer_email": "nobody"}, "referrer_email", "name@example.org"),
    ],
)
def test_a_wrong_answer_gets_one_sentence(cro: Desk, answers: dict[str, object], field: str, sentence: str) -> None:
    with pytest.raises(ThereIsAProblem) as told:
        enter(cro, **answers)
    assert [problem.field for problem in told.value.problems] == [field]
    assert sentence in told.value.problems[0].sentence


def keep_enquiry(desk: Desk) -> int:
    row = {
        "version": 1, "ref": "E26-0001", "subject": "lado", "received_at": NOW, "received_on": TODAY,
        "received_week": 202611, "entered_at": NOW, "taken_by": desk.officer.id, "method": "telephone",
        "waiting": False, "restricted": False,
    }  # fmt: skip
    unanswered = ("child_safe", "adult_with_children", "police_or_care_told", "works_elsewhere", "other_work",
                  "child_needs", "child_in_care")  # fmt: skip
    with desk.store.write() as connection:
        made = connection.execute(insert(table(Enquiry)), row | dict.fromkeys(unanswered, "not_known"))
    assert made.inserted_primary_key is not None
    return int(made.inserted_primary_key[0])
