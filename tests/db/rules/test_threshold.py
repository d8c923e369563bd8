"""Screening a referral against the four limbs: what can be decided, and what must be done first."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.threshold import (
    LIMBS,
    Screening,
    guidance_choices,
    guidance_in_force,
    limbs_in_force,
    police_come_first,
    screening_problems,
)
from db.vocabulary import Classification, GuidanceVersion, Informed, LimbAnswer

TODAY = date(2026, 3, 12)
REASON = "Red mark seen by the first aider. Same account given twice."
LETTERS = {"y": LimbAnswer.YES, "n": LimbAnswer.NO, "?": LimbAnswer.NOT_SURE}
LEFT_TO_OTHERS = [Classification.CONSULTATION, Classification.INFORMATION_ONLY, Classification.NOT_THRESHOLD]


def screened(
    answers: str,
    decision: Classification | None,
    *,
    reason: str = REASON,
    police: Informed | None = None,
    decide_by: date | None = None,
    other_authority: str = "",
) -> dict[str, str]:
    """Sentences by field, for answers to limbs 1 to 4 such as "y?nn" (a dash for one not answered)."""
    limbs = {number: LETTERS[letter] for number, letter in enumerate(answers, 1) if letter != "-"}
    screening = Screening(limbs, decision, reason, police, decide_by, other_authority)
    return {problem.field: problem.sentence for problem in screening_problems(screening, TODAY)}


def test_the_limbs_stand_in_the_order_of_the_guidance() -> None:
    assert [(limb.number, limb.short) for limb in LIMBS] == [
        (1, "Harm"),
        (2, "Offence"),
        (3, "Risk"),
        (4, "Suitability"),
    ]
    assert LIMBS[0].text == "behaved in a way that has harmed a child, or may have harmed a child"
    assert all(len(limb.help) <= 400 for limb in LIMBS)


def test_the_fourth_limb_came_in_september_2020() -> None:
    assert [limb.number for limb in limbs_in_force(date(2020, 8, 31))] == [1, 2, 3]
    assert [limb.number for limb in limbs_in_force(date(2020, 9, 1))] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("day", "versions"),
    [
        ("2018-07-03", []),
        ("2018-07-04", ["WT2018"]),
        ("2022-10-03", ["WT2018", "KCSIE4"]),
        ("2023-12-14", ["WT2018", "KCSIE4"]),
        ("2023-12-15", ["WT2023", "KCSIE4"]),
        ("2026-03-12", ["WT2023", "KCSIE4"]),
    ],
)
def test_a_decision_is_made_under_the_guidance_of_its_day(day: str, versions: list[str]) -> None:
    assert list(guidance_choices(date.fromisoformat(day))) == versions
    assert guidance_in_force(date.fromisoformat(day)) == (GuidanceVersion(versions[0]) if versions else None)


@pytest.mark.parametrize(
    ("answers", "decision"),
    [
        ("y?yn", Classification.ALLEGATION),
        ("nnny", Classification.ALLEGATION),
        ("nn?n", Classification.CONSULTATION),
        ("nnnn", Classification.INFORMATION_ONLY),
        ("nnnn", Classification.NOT_THRESHOLD),
        ("?n??", Classification.NOT_THRESHOLD),
    ],
)
def test_a_screening_that_is_complete_can_be_kept(answers: str, decision: Classification) -> None:
    assert screened(answers, decision) == {}


def test_every_limb_is_answered_before_the_threshold_is_decided() -> None:
    assert screened("y-n-", Classification.ALLEGATION) == {
        "limb_2": "Enter yes, no or not sure for limb 2",
        "limb_4": "Enter yes, no or not sure for limb 4",
    }


def test_a_decision_of_2019_has_three_limbs_to_answer() -> None:
    screening = Screening({1: "yes", 2: "no", 3: "no"}, "allegation", REASON)
    assert screening_problems(screening, date(2019, 6, 3)) == ()


def test_an_empty_page_is_told_in_the_order_of_the_page() -> None:
    assert list(screened("----", None, reason="")) == ["limb_1", "limb_2", "limb_3", "limb_4", "decision", "reason"]


def test_an_allegation_needs_a_yes_and_not_sure_is_not_one() -> None:
    assert screened("????", Classification.ALLEGATION, police=Informed.TOLD) == {
        "decision": "An allegation must have at least one limb answered yes"
    }


@pytest.mark.parametrize("answers", ["ynnn", "nynn", "nnyn", "nnny"])
def test_not_met_is_refused_while_a_limb_is_met(answers: str) -> None:
    limb = answers.index("y") + 1
    assert screened(answers, Classification.NOT_THRESHOLD, police=Informed.TOLD) == {
        "decision": f"Not met cannot be chosen while limb {limb} is answered yes"
    }


@pytest.mark.parametrize("reason", ["", "too short", " " * 30, "nineteen characters", "nineteen characters  "])
def test_a_reason_has_twenty_characters_or_more(reason: str) -> None:
    assert screened("ynnn", Classification.ALLEGATION, reason=reason) == {
        "reason": "Why you decided this must be 20 characters or more"
    }


@pytest.mark.parametrize("decision", LEFT_TO_OTHERS)
@pytest.mark.parametrize("police", [None, Informed.NOT_NEEDED, Informed.NOT_KNOWN])
def test_a_possible_offence_goes_to_the_police_before_it_is_left_to_others(
    decision: Classification, police: Informed | None
) -> None:
    assert screened("n?nn", decision, police=police) == {
        "police": f"Ask or tell the police before you choose {decision.label.lower()}: limb 2 is not sure"
    }


def test_an_offence_that_is_sure_goes_to_the_police_all_the_more() -> None:
    assert screened("nynn", Classification.CONSULTATION, police=Informed.NOT_NEEDED) == {
        "police": "Ask or tell the police before you choose consultation: limb 2 is yes"
    }


@pytest.mark.parametrize("police", [Informed.ASK_NOW, Informed.TOLD])
@pytest.mark.parametrize("decision", LEFT_TO_OTHERS)
def test_once_the_police_are_asked_the_decision_can_be_kept(decision: Classification, police: Informed) -> None:
    assert screened("n?nn", decision, police=police) == {}


def test_an_allegation_is_kept_at_once_and_still_says_that_the_police_come_first() -> None:
    assert screened("y?nn", Classification.ALLEGATION) == {}
    assert police_come_first(Screening({2: "not_sure"}, "allegation"))
    assert not police_come_first(Screening({2: "no"}, "allegation"))
    assert not police_come_first(Screening({}, None))


@pytest.mark.parametrize(
    ("decide_by", "problems"),
    [
        (None, {"decide_by": "Enter the date to decide by"}),
        (date(2026, 3, 11), {"decide_by": "Decide by must be the same as or after 12 March 2026"}),
        (date(2026, 3, 12), {}),
        (date(2026, 3, 16), {}),
    ],
)
def test_more_facts_are_needed_by_a_date(decide_by: date | None, problems: dict[str, str]) -> None:
    assert screened("y---", Classification.PENDING, decide_by=decide_by) == problems


def test_passing_it_on_names_the_authority_and_leaves_the_limbs_to_its_lado() -> None:
    passed_on = Classification.TRANSFERRED_OUT
    assert screened("----", passed_on) == {"other_authority": "Enter the authority whose LADO it was passed to"}
    assert screened("----", passed_on, other_authority="Northmoor") == {}


@given(
    st.text(st.sampled_from("yn?-"), min_size=4, max_size=4),
    st.sampled_from(Classification) | st.none(),
    st.sampled_from(Informed) | st.none(),
)
def test_whatever_is_answered_no_doubt_about_an_offence_is_left_with_an_employer(
    answers: str, decision: Classification | None, police: Informed | None
) -> None:
    problems = screened(answers, decision, police=police, decide_by=TODAY, other_authority="Northmoor")
    if not problems and decision in LEFT_TO_OTHERS:
        assert answers[1] == "n" or police in (Informed.ASK_NOW, Informed.TOLD)
    if not problems and decision is Classification.ALLEGATION:
        assert "y" in answers
    if not problems and decision is Classification.NOT_THRESHOLD:
        assert "y" not in answers
