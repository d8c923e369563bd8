"""The duty line: a call is kept with its reference, what it leaves to be done stands on the duty list until it is."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from db.actions.enquiries import (
    EnquirySaved,
    add_to_enquiry,
    close_enquiry,
    correct_enquiry,
    link_referral,
    log_enquiry,
)
from db.clock import ENGLAND
from db.desk import Desk
from db.errors import (
    ChangedMeanwhile,
    DeskError,
    MayBeADuplicate,
    NotFound,
    NotOnAccessList,
    Refused,
    ThereIsAProblem,
)
from db.forms.enquiry import CloseEnquiryForm, EnquiryForm
from db.models import Adult, AdultLink, AuditEntry, Case, Enquiry, Note, Post, Step, table
from db.queries.enquiries import EnquiryRecord, list_enquiries, open_enquiry, settings_offered, show_enquiry
from db.queries.people import heard_before
from db.queries.worklist import Section, worklist
from db.text import clean
from tests.conftest import NOW, FrozenClock
from tests.hostile import HOSTILE
from tests.planted import grant, plant, plant_adult, plant_case, plant_enquiry, plant_setting

TODAY = NOW.date()
FRIDAY = date(2026, 3, 13)

CALL: dict[str, object] = {
    "call_back": "01622 555142",
    "child_safe": "y",
    "adult_with_children": "y",
    "police_or_care_told": "n",
    "caller_name": "Sarah Whitlock",
    "caller_role": "dsl",
    "organisation": "St Mary's CE Primary School",
    "adult_name": "James Hartley",
    "adult_born": "?",
    "role": "ta",
    "works_at": "St Mary's CE Primary School",
    "children": "J.S. age 7",
    "account": "Grabbed his arm and pulled him out of the hall.",
    "advice": "Do not interview. Form by 4pm.",
    "result": "r",
    "follow_up": "+1d",
}


def form(desk: Desk, **answers: object) -> EnquiryForm:
    told = {name: answer for name, answer in (CALL | answers).items() if answer is not None}
    return EnquiryForm.read(told, today=TODAY, words=desk.vocabulary)


def log(desk: Desk, **answers: object) -> EnquirySaved:
    return desk.do(log_enquiry, form(desk, **answers))


def log_another(desk: Desk, number: int, **answers: object) -> EnquirySaved:
    """A call that has nothing in common with the others of the day."""
    return log(desk, **{"call_back": f"01622 70{number:04}", "adult_name": None, "adult_born": None} | answers)


def problems(desk: Desk, **answers: object) -> list[tuple[str, str]]:
    with pytest.raises(ThereIsAProblem) as told:
        form(desk, **answers)
    return [(problem.field, problem.sentence) for problem in told.value.problems]


def rows(desk: Desk, model: Any) -> list[dict[str, Any]]:
    with desk.store.read() as connection:
        return [dict(row) for row in connection.execute(select(table(model))).mappings()]


def audit(desk: Desk) -> list[tuple[str, str, str | None]]:
    return [(row["act"], row["result"], row["subject"]) for row in rows(desk, AuditEntry)]


def duty_list(desk: Desk) -> list[tuple[str, str | None, date | None]]:
    return [(row.ref, row.next_step, row.due_on) for row in desk.ask(worklist, Section.DUTY)]


def opened(desk: Desk, saved: EnquirySaved) -> EnquiryRecord:
    return desk.ask(open_enquiry, saved.id)


# Keeping a call


def test_a_call_is_kept_whole_under_the_next_reference(desk: Desk) -> None:
    saved = log(desk)

    assert saved.ref == "E26-0001"
    record = opened(desk, saved)
    assert record.taken_by == "Mary Okoro"
    assert record.received_at == NOW
    expected = {
        "call_back": "01622 555142", "child_safe": "yes", "adult_with_children": "yes", "police_or_care_told": "no",
        "caller_name": "Sarah Whitlock", "caller_role": "dsl", "organisation": "St Mary's CE Primary School",
        "method": "telephone", "adult_name": "James Hartley", "adult_born": None, "role": "ta_support",
        "works_at": "St Mary's CE Primary School", "works_elsewhere": "not_known", "other_authority": None,
        "other_work": "not_known", "children": "J.S. age 7", "child_needs": "not_known",
        "child_in_care": "not_known", "account": "Grabbed his arm and pulled him out of the hall.",
        "advice": "Do not interview. Form by 4pm.", "result": "advised_refer", "subject": "lado",
    }  # fmt: skip
    assert record.answers == expected


def test_references_follow_one_another(desk: Desk) -> None:
    assert [log_another(desk, n).ref for n in range(3)] == ["E26-0001", "E26-0002", "E26-0003"]


def test_an_enquiry_may_be_kept_without_naming_the_adult(desk: Desk) -> None:
    saved = log(desk, adult_name=None, adult_born=None)

    assert saved.adult_id is None
    assert rows(desk, Adult) == []


def test_a_named_adult_is_heard_of_from_that_moment(desk: Desk) -> None:
    saved = log(desk, adult_born="14 3 1985")

    found = desk.ask(heard_before, "Hartly, Jim")
    assert [(person.adult_id, person.name) for person in found.people] == [(saved.adult_id, "James Hartley")]
    assert rows(desk, Post)[0]["role"] == "ta_support"


@pytest.mark.parametrize(
    ("typed", "kept", "given"),
    [("14 3 1985", date(1985, 3, 14), "recorded"), ("1 1 1985", date(1985, 1, 1), "to_confirm"),
     ("?", None, "not_known"), (None, None, "not_known")],
)  # fmt: skip
def test_a_birth_date_is_kept_as_far_as_it_can_be_relied_on(
    desk: Desk, typed: str | None, kept: date | None, given: str
) -> None:
    log(desk, adult_born=typed)

    adult = rows(desk, Adult)[0]
    assert (adult["born_on"], adult["born_given"]) == (kept, given)


def test_when_the_call_began_is_when_it_was_received(desk: Desk) -> None:
    began = NOW - timedelta(minutes=25)
    saved = log(desk, received_at=began)

    kept = rows(desk, Enquiry)[0]
    assert opened(desk, saved).received_at == began
    assert (kept["entered_at"], kept["received_on"], kept["received_week"]) == (NOW, TODAY, 202611)


def test_a_message_that_came_on_friday_counts_in_its_own_week(desk: Desk) -> None:
    log(desk, received_at=datetime(2026, 3, 6, 23, 30, tzinfo=ENGLAND))

    kept = rows(desk, Enquiry)[0]
    assert (kept["received_on"], kept["received_week"]) == (date(2026, 3, 6), 202610)


def test_no_enquiry_is_received_in_the_future(desk: Desk) -> None:
    saved = log(desk, received_at=NOW + timedelta(days=2))

    assert opened(desk, saved).received_at == NOW


# What must be answered, and what not known means


def test_the_childs_safety_and_a_way_to_ring_back_are_asked_for(desk: Desk) -> None:
    assert problems(desk, call_back=None, child_safe=None) == [
        ("call_back", "Enter a call-back number"),
        ("child_safe", "Enter if the child is safe now"),
    ]


@pytest.mark.parametrize("answer", ["n", "?"])
def test_a_child_not_known_to_be_safe_is_asked_about_again_the_same_day(desk: Desk, answer: str) -> None:
    saved = log(desk, child_safe=answer, result="a", follow_up=None)

    assert (saved.next_step, saved.due_on) == ("Child not known to be safe: ask again", TODAY)
    assert opened(desk, saved).answers["child_safe"] == {"n": "no", "?": "not_known"}[answer]


THREE_WAYS = (
    "adult_with_children", "police_or_care_told", "works_elsewhere", "other_work", "child_needs", "child_in_care",
)  # fmt: skip


def test_what_nobody_answered_is_not_known_and_never_yes(desk: Desk) -> None:
    saved = log(desk, **dict.fromkeys(THREE_WAYS))

    answers = opened(desk, saved).answers
    assert {answers[name] for name in THREE_WAYS} == {"not_known"}


def test_a_caller_who_withholds_the_number_is_still_kept(desk: Desk) -> None:
    assert opened(desk, log(desk, call_back="?")).answers["call_back"] is None


def test_another_authoritys_lado_is_named(desk: Desk) -> None:
    assert problems(desk, result="o") == [("other_authority", "Enter which authority the adult works in")]
    saved = log(desk, result="o", works_elsewhere="y", other_authority="Northshire", follow_up="+2d")
    assert saved.next_step == "Check that the other LADO has it"


def test_a_birth_date_needs_a_name(desk: Desk) -> None:
    told = problems(desk, adult_name=None, adult_born="14 3 1985")
    assert told == [("adult_name", "Enter the adult's name, or take away the date of birth")]


# What is left to be done


def test_who_is_told_to_refer_stays_on_the_duty_list_until_the_form_comes(desk: Desk, clock: FrozenClock) -> None:
    saved = log(desk)
    assert duty_list(desk) == [(saved.ref, "Referral form to come", FRIDAY)]

    clock.pass_time(days=4)
    assert desk.ask(worklist, Section.DUTY)[0].status.text == "!! LATE 1d"


def test_told_to_refer_without_a_date_means_the_next_working_day(desk: Desk, clock: FrozenClock) -> None:
    clock.pass_time(days=1)  # Friday
    assert log(desk, follow_up=None).due_on == date(2026, 3, 16)


def test_an_enquiry_nobody_has_decided_about_is_to_be_read(desk: Desk) -> None:
    saved = log(desk, result=None, follow_up=None)

    assert (saved.next_step, saved.due_on) == ("Read the enquiry, decide what comes of it", FRIDAY)
    assert desk.ask(worklist, Section.DUTY)[0].undecided


@pytest.mark.parametrize("result", ["a", "l", "c", "p", "n"])
def test_advice_that_leaves_nothing_to_do_is_closed_as_it_is_kept(desk: Desk, result: str) -> None:
    saved = log(desk, result=result, follow_up=None)

    assert duty_list(desk) == []
    assert opened(desk, saved).closed_on == TODAY


@pytest.mark.parametrize("result", ["a", "l", "c", "p", "n"])
def test_advice_with_a_follow_up_waits_for_its_day(desk: Desk, result: str) -> None:
    saved = log(desk, result=result, follow_up="+5d")

    assert saved.due_on == date(2026, 3, 19)
    assert opened(desk, saved).closed_on is None


def test_an_inspectorates_question_is_counted_apart_and_answered(desk: Desk) -> None:
    saved = log(desk, subject="i", child_safe="?", result=None, follow_up=None)

    assert rows(desk, Enquiry)[0]["subject"] == "ofsted_information"
    assert saved.next_step == "Answer the inspectorate"


def test_closing_needs_a_reason_and_takes_it_off_the_list(desk: Desk) -> None:
    with pytest.raises(ThereIsAProblem, match="Enter why it is closed"):
        CloseEnquiryForm.read({}, today=TODAY, words=desk.vocabulary)
    saved = log(desk)
    why = CloseEnquiryForm(reason="The head decided against it; low-level record kept")
    desk.do(close_enquiry, saved.id, why, version=opened(desk, saved).version)

    record = opened(desk, saved)
    assert (record.closed_on, record.closed_reason) == (TODAY, why.reason)
    assert record.steps[0].done_on == TODAY
    assert duty_list(desk) == []
    with pytest.raises(DeskError, match="was closed on 12 March 2026"):
        desk.do(close_enquiry, saved.id, why, version=record.version)


def test_the_referral_that_comes_takes_it_off_the_list(desk: Desk) -> None:
    saved = log(desk)
    case_id = plant_case(desk.store, adult_id=saved.adult_id)
    after = desk.do(link_referral, saved.id, case_id)

    record = opened(desk, saved)
    assert after.next_step is None
    assert duty_list(desk) == [(record.referrals[case_id], None, None)]
    assert record.closed_reason == f"Referral {record.referrals[case_id]}"


def test_a_referral_belongs_to_one_enquiry(desk: Desk) -> None:
    first, second = log_another(desk, 1), log_another(desk, 2)
    case_id = plant_case(desk.store)
    desk.do(link_referral, first.id, case_id)

    with pytest.raises(DeskError, match="already belongs to another enquiry"):
        desk.do(link_referral, second.id, case_id)


def test_a_second_call_is_added_as_a_note(desk: Desk) -> None:
    saved = log(desk)
    desk.do(add_to_enquiry, saved.id, "Rang back: form on its way", "call")

    assert [(note.kind, note.words, note.officer) for note in opened(desk, saved).notes] == [
        ("call", "Rang back: form on its way", "Mary Okoro")
    ]


# Where the adult works


def test_a_setting_on_record_is_used_again(desk: Desk) -> None:
    school = plant_setting(desk.store, "St Mary's CE Primary School", findable=True, town="Maidstone")

    assert opened(desk, log(desk, works_at="st marys ce primary school")).setting_id == school


def test_of_two_settings_of_one_name_the_one_chosen_or_the_town_decides(desk: Desk) -> None:
    here = plant_setting(desk.store, "St Mary's CE Primary School", findable=True, town="Maidstone")
    there = plant_setting(desk.store, "St Mary's CE Primary School", findable=True, town="Dover")

    assert opened(desk, log_another(desk, 1)).setting_id is None
    assert opened(desk, log_another(desk, 2, works_at="St Mary's CE Primary School, Dover")).setting_id == there
    assert opened(desk, log_another(desk, 3, setting_id=here)).setting_id == here


def test_settings_are_offered_while_their_name_is_typed(desk: Desk) -> None:
    plant_setting(desk.store, "St Mary's CE Primary School", findable=True, town="Maidstone")
    plant_setting(desk.store, "Oakfield Nursery", findable=True)

    assert [one.words for one in desk.ask(settings_offered, "st mar")] == ["St Mary's CE Primary School, Maidstone"]


def test_a_setting_known_only_from_a_restricted_case_is_not_offered(desk: Desk, desk_of: Callable[..., Desk]) -> None:
    school = plant_setting(desk.store, "St Mary's CE Primary School", findable=True)
    plant_case(desk.store, setting_id=school, restricted=True)

    assert desk.ask(settings_offered, "st mar") == ()
    assert len(desk_of("manager").ask(settings_offered, "st mar")) == 1


# Heard before: linked, never merged


def test_saying_it_is_the_same_person_links_two_entries(desk: Desk) -> None:
    earlier = plant_adult(desk.store, "James Hartley", findable=True)
    saved = log(desk, same_as=earlier)

    link = rows(desk, AdultLink)[0]
    assert (link["adult_id"], link["other_id"], link["same"]) == (saved.adult_id, earlier, True)
    assert len(rows(desk, Adult)) == 2


def test_saying_it_is_somebody_else_is_kept_too(desk: Desk) -> None:
    other = plant_adult(desk.store, "James Hartley", findable=True)
    saved = log(desk, not_same_as=(other,))

    link = rows(desk, AdultLink)[0]
    assert (link["adult_id"], link["other_id"], link["same"]) == (saved.adult_id, other, False)


def test_a_relief_worker_cannot_say_so(desk_of: Callable[[str], Desk]) -> None:
    relief = desk_of("relief")
    earlier = plant_adult(relief.store, "James Hartley", findable=True)

    with pytest.raises(Refused):
        log(relief, same_as=earlier)
    assert rows(relief, Enquiry) == []


# Entered twice


PAIRS = [
    ({}, {}, "the same adult and number"),
    ({}, {"call_back": "01622 700900"}, "the same adult"),
    ({}, {"adult_name": "Mary Poll"}, "the same number"),
    ({}, {"call_back": "+44 1622 555142", "adult_name": None, "adult_born": None}, "the same number"),
    ({}, {"call_back": "0044 (0)1622-555-142", "adult_name": "Mary Poll"}, "the same number"),
    ({}, {"call_back": "01622555142 ext 12", "adult_name": "Mary Poll"}, "the same number"),
    ({}, {"call_back": "1", "adult_name": "HARTLEY, James"}, "the same adult"),
    ({}, {"call_back": "1", "adult_name": "Mr James Hartley"}, "the same adult"),
    ({}, {"call_back": "1", "adult_name": "James Hartly"}, "the same adult"),
    ({"adult_name": "Anne-Marie O'Neil"}, {"call_back": "1", "adult_name": "Anne Marie ONeil"}, "the same adult"),
    ({"call_back": "head@oakfield.example"}, {"call_back": "HEAD@oakfield.example", "adult_name": "X Y"}, "number"),
    ({"adult_name": None, "adult_born": None}, {"adult_name": None, "adult_born": None}, "the same number"),
]


@pytest.mark.parametrize(("first", "second", "same"), PAIRS)
def test_a_call_entered_twice_is_asked_about(
    desk_of: Callable[[str], Desk], first: dict[str, object], second: dict[str, object], same: str
) -> None:
    kept = log(desk_of("cro"), **first)
    with pytest.raises(MayBeADuplicate) as told:
        log(desk_of("lado"), **second)

    assert told.value.refs == (kept.ref,)
    assert told.value.sentence.startswith(f"{kept.ref} (10:42, Ruth Carver) has")
    assert same in told.value.sentence
    assert log(desk_of("lado"), **second, not_a_duplicate=True).ref == "E26-0002"


@pytest.mark.parametrize(
    "second",
    [
        {"call_back": "01622 700900", "adult_name": "Mary Hartley"},
        {"call_back": "?", "adult_name": None, "adult_born": None},
        {"call_back": "x12", "adult_name": "James Hardcastle"},
    ],
)
def test_another_call_is_not_mistaken_for_it(desk: Desk, second: dict[str, object]) -> None:
    log(desk)
    assert log(desk, **second).ref == "E26-0002"


def test_after_24_hours_it_is_another_call(desk: Desk, clock: FrozenClock) -> None:
    log(desk)
    clock.pass_time(hours=23, minutes=59)
    with pytest.raises(MayBeADuplicate):
        log(desk)
    clock.pass_time(minutes=2)
    assert log(desk).ref == "E26-0002"


def test_a_referral_just_entered_about_the_same_adult_is_named(desk: Desk) -> None:
    adult = plant_adult(desk.store, "James Hartley", findable=True)
    plant_case(desk.store, adult_id=adult, ref="R26-0412", entered_at=NOW - timedelta(hours=1))

    with pytest.raises(MayBeADuplicate, match=r"R26-0412 \(09:42, Mary Okoro\) has the same adult"):
        log(desk)


def test_of_a_restricted_record_no_more_is_said_than_that_there_is_one(desk: Desk) -> None:
    adult = plant_adult(desk.store, "James Hartley", findable=True)
    plant_case(desk.store, adult_id=adult, ref="R26-0412", entered_at=NOW, restricted=True)

    with pytest.raises(MayBeADuplicate) as told:
        log(desk)
    assert told.value.refs == ()
    assert told.value.sentence == (
        "A restricted record of the last day may match. Ask the manager. Save again if this is another matter"
    )


# Correcting


def test_a_correction_keeps_what_was_said_before(desk: Desk) -> None:
    saved = log(desk)
    version = opened(desk, saved).version
    better = form(desk, account="Pushed, not grabbed.", child_needs="y", adult_name="James Hartly", follow_up=None)
    desk.do(correct_enquiry, saved.id, better, version=version)

    record = opened(desk, saved)
    assert record.answers["account"] == "Pushed, not grabbed."
    assert record.answers["adult_name"] == "James Hartly"
    assert [(note.kind, note.words) for note in record.notes] == [
        (
            "changed",
            "Before the correction of 12 March 2026, 10:42:\n"
            "What happened: Grabbed his arm and pulled him out of the hall.\n"
            "SEND or disabled?: Not known\n"
            "Adult's name: James Hartley",
        )
    ]
    assert [person.adult_id for person in desk.ask(heard_before, "James Hartley").people] == [saved.adult_id]
    assert audit(desk)[-2][0] == "correct_enquiry"


def test_a_correction_of_nothing_leaves_no_note(desk: Desk) -> None:
    saved = log(desk)
    desk.do(correct_enquiry, saved.id, form(desk, follow_up=None), version=opened(desk, saved).version)

    assert opened(desk, saved).notes == ()
    assert duty_list(desk) == [(saved.ref, "Referral form to come", FRIDAY)]


def test_a_long_account_corrected_is_kept_to_the_last_letter(desk: Desk) -> None:
    saved = log(desk, account="a" * 20_000)
    desk.do(correct_enquiry, saved.id, form(desk, account="b"), version=opened(desk, saved).version)

    kept = "".join(note.words for note in opened(desk, saved).notes)
    assert kept.endswith("What happened: " + "a" * 20_000)


def test_two_officers_at_one_enquiry_the_second_save_overwrites_nothing(
    desk: Desk, desk_of: Callable[[str], Desk]
) -> None:
    saved = log(desk)
    version = opened(desk, saved).version
    desk_of("cro").do(correct_enquiry, saved.id, form(desk, advice="Ring HR"), version=version)

    with pytest.raises(ChangedMeanwhile, match=r"Ruth Carver saved E26-0001 at 10:42. Your words are kept"):
        desk.do(correct_enquiry, saved.id, form(desk, advice="Ring nobody"), version=version)
    assert opened(desk, saved).answers["advice"] == "Ring HR"


def test_a_name_given_later_is_found_from_then_on(desk: Desk) -> None:
    saved = log(desk, adult_name=None, adult_born=None)
    desk.do(correct_enquiry, saved.id, form(desk), version=opened(desk, saved).version)

    assert len(desk.ask(heard_before, "James Hartley").people) == 1


def test_another_result_asks_for_something_else(desk: Desk) -> None:
    saved = log(desk)
    after = desk.do(
        correct_enquiry, saved.id, form(desk, result="a", follow_up=None), version=opened(desk, saved).version
    )
    assert after.next_step is None
    assert opened(desk, saved).closed_on == TODAY

    again = desk.do(
        correct_enquiry, saved.id, form(desk, result="r", follow_up="+2d"), version=opened(desk, saved).version
    )
    assert (again.next_step, again.due_on) == ("Referral form to come", date(2026, 3, 16))
    assert opened(desk, saved).closed_on is None


def test_a_child_found_to_be_safe_is_no_longer_asked_about(desk: Desk) -> None:
    saved = log(desk, child_safe="?")
    desk.do(correct_enquiry, saved.id, form(desk, follow_up=None), version=opened(desk, saved).version)

    assert duty_list(desk) == [(saved.ref, "Referral form to come", FRIDAY)]


# Who may


def test_an_auditor_reads_and_keeps_nothing(desk_of: Callable[[str], Desk]) -> None:
    saved = log(desk_of("lado"))
    auditor = desk_of("auditor")

    assert opened(auditor, saved).ref == saved.ref
    with pytest.raises(Refused):
        log(auditor)
    assert ("log_enquiry", "refused", None) in audit(auditor)


def test_opening_is_kept_in_the_trail_with_its_reference(desk: Desk) -> None:
    saved = log(desk)
    opened(desk, saved)
    desk.ask(list_enquiries)

    assert audit(desk) == [("log_enquiry", "done", "E26-0001"), ("open_enquiry", "done", "E26-0001")]


def test_nothing_people_said_is_copied_into_the_trail(desk: Desk) -> None:
    words = ("call_back", "caller_name", "organisation", "adult_name", "works_at", "children", "account", "advice")
    saved = log(desk, **dict.fromkeys(words, "zzkestrel"))
    told = form(desk, **dict.fromkeys(words, "zzosprey"))
    desk.do(correct_enquiry, saved.id, told, version=opened(desk, saved).version)

    trail = str(rows(desk, AuditEntry))
    assert "zzkestrel" not in trail
    assert "zzosprey" not in trail


def test_a_restricted_enquiry_shows_its_reference_and_nothing_else(desk: Desk, desk_of: Callable[[str], Desk]) -> None:
    canary: dict[str, Any] = dict.fromkeys(
        ("caller_name", "organisation", "works_at", "account", "advice"), "ZZKESTREL"
    )
    number = plant_enquiry(desk.store, ref="E26-0340", restricted=True, next_step="ZZKESTREL", **canary)

    rows_seen = desk.ask(list_enquiries)
    assert [row.ref for row in rows_seen] == ["E26-0340"]
    assert "ZZKESTREL" not in str(rows_seen)
    attempts: list[Callable[[], object]] = [
        lambda: desk.ask(open_enquiry, number),
        lambda: desk.ask(show_enquiry, "E26-0340"),
        lambda: desk.do(correct_enquiry, number, form(desk), version=1),
        lambda: desk.do(close_enquiry, number, CloseEnquiryForm(reason="x"), version=1),
        lambda: desk.do(add_to_enquiry, number, "x", "call"),
    ]
    for attempt in attempts:
        with pytest.raises(NotOnAccessList) as told:
            attempt()
        assert "ZZKESTREL" not in str(told.value)
    assert [result for _, result, _ in audit(desk)] == ["refused"] * len(attempts)
    grant(desk.store, desk.officer.id, enquiry_id=number)
    assert desk.ask(open_enquiry, number).answers["caller_name"] == "ZZKESTREL"


# Lists and references


def test_the_list_is_read_in_pages_the_last_received_first(desk: Desk) -> None:
    days = [date(2026, 3, day) for day in (2, 4, 4, 9, 3)]
    refs = [f"E26-{n:04}" for n in range(1, 6)]
    for day, ref in zip(days, refs, strict=True):
        plant_enquiry(desk.store, day, ref=ref)

    seen: list[str] = []
    key = None
    while page := desk.ask(list_enquiries, key, 2):
        seen += [row.ref for row in page]
        key = page[-1].key
    assert seen == ["E26-0004", "E26-0003", "E26-0002", "E26-0005", "E26-0001"]


def test_the_list_is_narrowed_by_day_by_result_and_to_what_is_open(desk: Desk) -> None:
    plant_enquiry(desk.store, date(2026, 3, 2), ref="E26-0001", result="advice_given", closed_on=date(2026, 3, 2))
    plant_enquiry(desk.store, date(2026, 3, 4), ref="E26-0002", result="advised_refer")
    plant_enquiry(desk.store, date(2026, 3, 9), ref="E26-0003")

    def refs(**wanted: Any) -> list[str]:
        return [row.ref for row in desk.ask(list_enquiries, **wanted)]

    assert refs(open_only=True) == ["E26-0003", "E26-0002"]
    assert refs(result="advised_refer") == ["E26-0002"]
    assert refs(from_on=date(2026, 3, 3), to_on=date(2026, 3, 4)) == ["E26-0002"]


@pytest.mark.parametrize("typed", ["E26-0001", "e26 1", "e26-1", " E260001 "])
def test_a_reference_is_known_however_it_is_written(desk: Desk, typed: str) -> None:
    log(desk)
    assert desk.ask(show_enquiry, typed).ref == "E26-0001"


@pytest.mark.parametrize("typed", ["E26-0002", "R26-0001", "x", "'; DROP TABLE enquiry; --"])
def test_a_reference_nobody_gave_out_is_not_found(desk: Desk, typed: str) -> None:
    log(desk)
    with pytest.raises(NotFound):
        desk.ask(show_enquiry, typed)


# Whatever is typed


WORDS = ("call_back", "caller_name", "organisation", "adult_name", "works_at", "children", "account", "advice")


@pytest.mark.parametrize("trick", HOSTILE)
def test_hostile_words_are_kept_letter_for_letter_or_as_marks(desk: Desk, trick: str) -> None:
    kept = opened(desk, log(desk, **dict.fromkeys(WORDS, HOSTILE[trick]))).answers
    assert {kept[name] for name in WORDS} == {clean(HOSTILE[trick], limit=60)}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200).filter(str.strip))
def test_any_words_are_kept(desk: Desk, words: str) -> None:
    told = form(desk, caller_name=words, account=words, not_a_duplicate=True)
    kept = opened(desk, desk.do(log_enquiry, told)).answers
    assert kept["caller_name"] == clean(words, limit=200).strip() or None
    assert kept["account"] == clean(words, limit=20_000, one_line=False).strip() or None


def test_codes_that_no_list_knows_are_refused(desk: Desk) -> None:
    told = problems(desk, result="zz", caller_role="zz", role="zz", method="zz", child_safe="maybe")
    assert {field for field, _ in told} == {"result", "caller_role", "role", "method", "child_safe"}
    assert all(sentence.endswith("must be one of the choices listed") for _, sentence in told)


def test_nothing_half_kept_where_a_setting_is_not_there(desk: Desk) -> None:
    with pytest.raises(NotFound):
        log(desk, setting_id=999)
    for model in (Enquiry, Adult, Step, Note, Case):
        assert rows(desk, model) == []
    assert plant(desk.store, Post, adult_id=plant_adult(desk.store)) > 0
