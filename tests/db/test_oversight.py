"""Overseeing a case: nothing is written over, clocks are told in words, and what is restricted stays so."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, select

from db.actions import oversight, restriction, strands
from db.actions.allocation import move_case
from db.actions.oversight import CaseClosed, add_next_step, add_note, finish_step, review_case, take_back_done
from db.actions.screening import decide_threshold
from db.desk import Desk
from db.errors import ChangedMeanwhile, DeskError, NotFound, NotOnAccessList, Refused, ThereIsAProblem
from db.forms import oversight as forms
from db.forms.form import Form
from db.forms.referral import ConcernForm
from db.forms.screening import ScreeningForm
from db.models import AuditEntry, Case, Delay, Note, Step, Strand, table
from db.queries.case_list import CaseCount, CaseFilter, CaseRow, count_cases, list_cases
from db.queries.case_view import CaseView
from db.queries.cases import open_case, show_case
from db.queries.entries import read_entry
from db.queries.timeline import TimelineEntry, case_timeline, count_timeline
from tests.conftest import FrozenClock
from tests.hostile import HOSTILE
from tests.planted import grant, plant, plant_adult, plant_case, plant_enquiry, plant_setting


def fill(desk: Desk, form: type[Form], **answers: Any) -> Any:
    return form.read(answers, today=desk.clock().date(), words=desk.vocabulary)


def note(desk: Desk, case_id: int, words: str = "HR: investigator changed", **more: Any) -> int:
    return desk.do(add_note, case_id, fill(desk, forms.NoteForm, kind="call", words=words), **more).id


def rows(desk: Desk, model: Any) -> list[Any]:
    with desk.store.read() as connection:
        return list(connection.execute(select(table(model)).order_by(table(model).c.id)))


def seen(desk: Desk, case_id: int) -> CaseView:
    return desk.ask(open_case, case_id)


def told(entries: Sequence[TimelineEntry]) -> list[str]:
    return [f"{entry.kind}: {entry.words}" for entry in entries]


@pytest.fixture
def case_id(desk: Desk) -> int:
    """James Hartley at St Mary's, received on 2 February 2026; today is Thursday 12 March, day 38."""
    setting = plant_setting(desk.store)
    return plant_case(
        desk.store,
        received_on=date(2026, 2, 2),
        adult_id=plant_adult(desk.store, born_on=date(1985, 3, 14)),
        setting_id=setting,
        owner_id=desk.officer.id,
        classification="allegation",
        role="ta_support",
    )


# The page


def test_the_three_clocks_are_told_in_words(desk: Desk, case_id: int) -> None:
    page = seen(desk, case_id)
    assert [f"{clock.name}: {clock.words}" for clock in page.clocks] == [
        "1 month: PAST by 10 days",
        "3 months: 51 days left",
        "12 months: 327 days left",
    ]
    assert (page.day, page.owner.initials, page.adult) == (38, "MO", "James Hartley")


def test_a_case_is_found_by_its_reference_however_it_is_typed(desk: Desk, case_id: int) -> None:
    ref = seen(desk, case_id).ref
    assert desk.ask(show_case, f" {ref.lower()} ").id == case_id
    with pytest.raises(NotFound, match="There is no case R26-9999"):
        desk.ask(show_case, "R26-9999")


def test_opening_a_case_is_kept_in_the_trail(desk: Desk, case_id: int) -> None:
    page = seen(desk, case_id)
    entry = rows(desk, AuditEntry)[-1]
    assert (entry.act, entry.subject, entry.result) == ("open_case", page.ref, "done")


def test_who_else_is_looking_is_told_for_a_quarter_of_an_hour(
    desk: Desk, desk_of: Callable[[str], Desk], case_id: int, clock: FrozenClock
) -> None:
    seen(desk_of("lado2"), case_id)
    clock.pass_time(minutes=3)
    assert [(other.name, other.since) for other in seen(desk, case_id).looking] == [("Peter Singh", "10:42")]
    clock.pass_time(minutes=13)
    assert seen(desk, case_id).looking == ()


def test_what_else_is_known_of_the_adult_is_told(desk: Desk, case_id: int) -> None:
    adult = seen(desk, case_id).adult_id
    plant_case(desk.store, received_on=date(2024, 5, 1), adult_id=adult, classification="allegation")
    plant_enquiry(desk.store, received_on=date(2022, 10, 3), adult_id=adult, result="advice_given")
    earlier = seen(desk, case_id).earlier
    assert [record.what for record in earlier.records] == ["Allegation", "Enquiry"]
    assert not earlier.restricted


def test_a_restricted_earlier_record_is_only_hinted_at(desk: Desk, case_id: int) -> None:
    adult = seen(desk, case_id).adult_id
    plant_case(desk.store, received_on=date(2024, 5, 1), adult_id=adult, restricted=True, account="Zzkestrel")
    earlier = seen(desk, case_id).earlier
    assert (earlier.records, earlier.restricted, earlier.words) == ((), True, "none seen + restricted")


@pytest.mark.parametrize(("restricted", "words"), [(1, "1 other adult in 24 months, 1 open"), (2, "3 other adults")])
def test_the_settings_pattern_never_points_at_a_restricted_case(
    desk: Desk, case_id: int, restricted: int, words: str
) -> None:
    setting = seen(desk, case_id).setting_id
    for name in ("Amy Ward", "Ben Lowe", "Col Finch")[: restricted + 1]:
        hidden = name != "Amy Ward"
        plant_case(desk.store, setting_id=setting, adult_id=plant_adult(desk.store, name), restricted=hidden)
    pattern = seen(desk, case_id).pattern
    assert pattern is not None
    assert words in pattern.words


def test_a_case_costs_the_same_few_questions_however_much_is_in_it(desk: Desk, case_id: int) -> None:
    def asked() -> int:
        statements: list[str] = []

        def count(*args: Any) -> None:
            statements.append(args[2])

        event.listen(desk.store.engine, "before_cursor_execute", count)
        seen(desk, case_id)
        event.remove(desk.store.engine, "before_cursor_execute", count)
        return len(statements)

    before = asked()
    for number in range(20):
        note(desk, case_id, f"Note {number}")
        step(desk, case_id, f"Step {number}")
    assert asked() == before


# Notes


def test_a_correction_is_a_new_note_and_both_are_kept(desk: Desk, case_id: int) -> None:
    first = note(desk, case_id, "HR: new date 30 March")
    note(desk, case_id, "HR: new date 13 April", corrects=first)

    entries = desk.ask(case_timeline, case_id)
    assert [(entry.words, entry.corrected) for entry in entries if entry.kind == "Call"] == [
        ("(corrects 12 Mar 10:42) HR: new date 13 April", False),
        ("HR: new date 30 March", True),
    ]
    assert [kept.words for kept in rows(desk, Note)] == ["HR: new date 30 March", "HR: new date 13 April"]


def test_a_corrected_note_is_not_corrected_twice(desk: Desk, case_id: int) -> None:
    first = note(desk, case_id)
    note(desk, case_id, corrects=first)
    with pytest.raises(ThereIsAProblem, match="corrected already"):
        note(desk, case_id, corrects=first)


def test_a_note_of_another_case_cannot_be_corrected_from_here(desk: Desk, case_id: int) -> None:
    other = note(desk, plant_case(desk.store))
    with pytest.raises(ThereIsAProblem, match="not one of this case"):
        note(desk, case_id, corrects=other)


@pytest.mark.parametrize("trick", HOSTILE)
def test_a_note_is_kept_letter_for_letter(desk: Desk, case_id: int, trick: str) -> None:
    form = fill(desk, forms.NoteForm, kind="call", words=f"He said {HOSTILE[trick]} twice")
    kept = desk.do(add_note, case_id, form)
    assert dict(desk.ask(read_entry, case_id, "note", kept.id).read)["Note"] == form.words


def test_a_note_may_be_up_to_twenty_thousand_characters(desk: Desk, case_id: int) -> None:
    note(desk, case_id, "x" * 20_000)
    with pytest.raises(ThereIsAProblem, match="must be 20,000 characters or less"):
        note(desk, case_id, "x" * 20_001)


def test_words_of_a_note_are_not_copied_into_the_trail(desk: Desk, case_id: int) -> None:
    note(desk, case_id, "Zzkestrel rang")
    assert "Zzkestrel" not in str([tuple(entry) for entry in rows(desk, AuditEntry)])


# Next steps


def step(desk: Desk, case_id: int, what: str = "Ask for charging decision", **more: Any) -> int:
    answers = {"what": what, "due_on": "+2d", **more}
    return desk.do(add_next_step, case_id, fill(desk, forms.StepForm, **answers)).id


def test_the_earliest_step_shows_on_the_work_list(desk: Desk, case_id: int) -> None:
    step(desk, case_id, "Ask the employer", due_on="+5d")
    step(desk, case_id, "Ask for charging decision", waiting_for="police")
    page = seen(desk, case_id)
    assert (page.next_step, page.due_on) == ("Ask for charging decision", date(2026, 3, 16))
    assert [(row.what, row.who, row.status.text) for row in page.steps] == [
        ("Ask for charging decision", "police", ".. WAITING"),
        ("Ask the employer", "MO", "   ON TRACK"),
    ]


def test_a_done_step_leaves_the_list_and_shows_in_the_timeline(desk: Desk, case_id: int) -> None:
    number = step(desk, case_id)
    desk.do(finish_step, number, version=1)
    assert seen(desk, case_id).next_step == ""
    assert "Done: Ask for charging decision" in told(desk.ask(case_timeline, case_id))


def test_done_can_be_taken_back_the_same_day_by_the_same_officer(
    desk: Desk, desk_of: Callable[[str], Desk], case_id: int, clock: FrozenClock
) -> None:
    number = step(desk, case_id)
    desk.do(finish_step, number, version=1)
    with pytest.raises(DeskError, match="Only who marked it done"):
        desk_of("lado2").do(take_back_done, number)
    desk.do(take_back_done, number)
    assert seen(desk, case_id).next_step == "Ask for charging decision"

    desk.do(finish_step, number, version=3)
    clock.pass_time(days=1)
    with pytest.raises(DeskError, match="Only who marked it done today"):
        desk.do(take_back_done, number)


def test_the_second_of_two_changes_to_a_step_is_refused(
    desk: Desk, desk_of: Callable[[str], Desk], case_id: int
) -> None:
    number = step(desk, case_id)
    change = fill(desk, forms.StepForm, what="Ask again", due_on="+5d")
    desk_of("lado2").do(oversight.change_step, number, change, version=1)
    with pytest.raises(ChangedMeanwhile, match=r"Peter Singh saved R26-.* at 10:42"):
        desk.do(oversight.change_step, number, change, version=1)


def test_initials_nobody_has_are_told_beside_the_field(desk: Desk, case_id: int) -> None:
    with pytest.raises(ThereIsAProblem, match="Nobody at this desk has the initials ZZ") as problem:
        step(desk, case_id, who="ZZ")
    assert problem.value.problems[0].field == "who"


# Delays, and the monthly review


def test_what_holds_a_case_up_is_told_until_it_is_over(desk: Desk, case_id: int) -> None:
    kept = desk.do(oversight.start_delay, case_id, fill(desk, forms.DelayForm, cause="police", from_on="27 2 2026"))
    assert seen(desk, case_id).held_up_by == "police investigation (27 Feb)"

    with pytest.raises(ThereIsAProblem, match="held up by Police investigation already"):
        desk.do(oversight.start_delay, case_id, fill(desk, forms.DelayForm, cause="police"))
    with pytest.raises(ThereIsAProblem, match="same as or after 27/02/2026"):
        desk.do(oversight.end_delay, kept.id, fill(desk, forms.DelayEndedForm, to_on="20 2 2026"))
    desk.do(oversight.end_delay, kept.id, fill(desk, forms.DelayEndedForm))
    assert seen(desk, case_id).held_up_by == ""


def test_the_monthly_review_is_kept_and_asks_for_the_next(desk: Desk, case_id: int) -> None:
    desk.do(review_case, case_id, fill(desk, forms.ReviewForm, words="On course, police interview on Friday"))
    page = seen(desk, case_id)
    assert (page.reviewed_on, page.review_due_on) == (date(2026, 3, 12), date(2026, 4, 12))
    assert "Supervision: On course" in "\n".join(told(desk.ask(case_timeline, case_id)))


def test_past_three_months_a_review_says_what_holds_the_case_up(desk: Desk, case_id: int, clock: FrozenClock) -> None:
    clock.pass_time(days=60)
    with pytest.raises(ThereIsAProblem, match="past three months"):
        desk.do(review_case, case_id, fill(desk, forms.ReviewForm, words="Nothing new"))
    desk.do(review_case, case_id, fill(desk, forms.ReviewForm, words="Nothing new", cause="forensics"))
    assert [delay.cause for delay in rows(desk, Delay)] == ["forensics"]
    desk.do(review_case, case_id, fill(desk, forms.ReviewForm, words="Still nothing"))
    assert len([row for row in rows(desk, Step) if row.done_on is None]) == 1


def test_a_closed_case_has_no_reviews_and_no_delays_but_still_takes_notes(desk: Desk) -> None:
    closed = plant_case(desk.store, closed_on=date(2026, 3, 10), closed_as="outcome")
    with pytest.raises(CaseClosed, match="closed on 10/03/2026"):
        desk.do(review_case, closed, fill(desk, forms.ReviewForm, words="Late thought"))
    note(desk, closed, "Parent rang after closure")


# Strands, meetings, sharing


def test_a_strand_runs_until_it_ends_with_what_came_of_it(desk: Desk, case_id: int) -> None:
    opened = desk.do(strands.open_strand, case_id, fill(desk, forms.StrandForm, kind="police", lead="DC Ellis"))
    assert [(s.label, s.started_on, s.ended_on) for s in seen(desk, case_id).strands] == [
        ("Police investigation", date(2026, 3, 12), None)
    ]
    with pytest.raises(ThereIsAProblem, match="Enter what came of it"):
        fill(desk, forms.StrandForm, kind="police", ended_on="12 3 2026")
    typed = dict(desk.ask(read_entry, case_id, "strand", opened.id).typed)
    form = fill(desk, forms.StrandForm, **{**typed, "ended_on": "12 3 2026", "result": "No charge"})
    desk.do(strands.change_strand, opened.id, form, version=1)
    assert rows(desk, Strand)[0].lead == "DC Ellis"
    assert "Strand: Police investigation ended: No charge" in told(desk.ask(case_timeline, case_id))


def test_a_meeting_asks_for_its_minutes_and_a_review_in_28_days(desk: Desk, case_id: int) -> None:
    form = fill(
        desk,
        forms.MeetingForm,
        kind="pot",
        held_on="4 3 2026",
        chair="PS",
        attended="Head, HR, DC Ellis, social worker",
    )
    kept = desk.do(strands.record_meeting, case_id, form)
    page = seen(desk, case_id)
    assert [(row.label, row.chair) for row in page.meetings] == [("Position of Trust meeting", "PS")]
    assert [(row.what, row.due_on) for row in page.steps] == [
        ("Send the minutes", date(2026, 4, 1)),
        ("Review meeting or review", date(2026, 4, 1)),
    ]
    assert "Meeting: Position of Trust meeting, 4 present" in told(desk.ask(case_timeline, case_id))

    typed = desk.ask(read_entry, case_id, "meeting", kept.id).typed
    sent = fill(desk, forms.MeetingForm, **{**typed, "minutes_sent_on": "12 3 2026"})
    desk.do(strands.change_meeting, kept.id, sent, version=1)
    assert [row.what for row in seen(desk, case_id).steps] == ["Review meeting or review"]


def test_who_was_told_is_kept_with_its_basis(desk: Desk, case_id: int) -> None:
    with pytest.raises(ThereIsAProblem, match="Enter on what basis"):
        fill(desk, forms.ShareForm, kind="advice", told="Head teacher")
    form = fill(desk, forms.ShareForm, kind="advice", told="Head teacher", basis="immediate risk")
    kept = desk.do(strands.record_share, case_id, form)
    assert dict(desk.ask(read_entry, case_id, "share", kept.id).read) == {
        "What was sent": "Written advice / threshold decision",
        "Who was told": "Head teacher",
        "When": "12 March 2026",
        "On what basis": "immediate risk",
    }


def test_an_escalation_is_answered_later(desk: Desk, case_id: int) -> None:
    asked = fill(desk, forms.EscalationForm, reason="timescales", party="external", words="Report by Friday")
    kept = desk.do(strands.record_escalation, case_id, asked)
    typed = desk.ask(read_entry, case_id, "escalation", kept.id).typed
    answer = fill(desk, forms.EscalationForm, **{**typed, "answered_on": "12 3 2026", "result": "Agreed"})
    desk.do(strands.change_escalation, kept.id, answer, version=1)
    assert "Escalated: Timescales, answered 12 Mar 2026" in told(desk.ask(case_timeline, case_id))


def test_an_alert_is_kept_with_its_criterion(desk: Desk, case_id: int) -> None:
    desk.do(strands.record_alert, case_id, fill(desk, forms.AlertForm, criterion="media", words="Local paper rang"))
    assert told(desk.ask(case_timeline, case_id))[0].startswith("Alert: Likely press")


def test_a_concern_has_a_sub_type_of_its_own_type(desk: Desk, case_id: int) -> None:
    with pytest.raises(ThereIsAProblem, match="Enter the sub-type"):
        desk.do(strands.add_concern, case_id, fill(desk, ConcernForm, type="physical"))
    form = fill(desk, ConcernForm, type="physical", subtype="other_physical", happened="2 2026", place="Hall")
    kept = desk.do(strands.add_concern, case_id, form)
    concern = seen(desk, case_id).concerns[0]
    assert (concern.label, concern.happened, concern.place) == (
        "Physical abuse, Other physical",
        "February 2026",
        "Hall",
    )
    typed = desk.ask(read_entry, case_id, "concern", kept.id).typed
    assert fill(desk, ConcernForm, **typed).happened.given == "month"
    again = fill(desk, ConcernForm, type="emotional")
    desk.do(strands.change_concern, kept.id, again, version=1)
    with pytest.raises(ChangedMeanwhile):
        desk.do(strands.change_concern, kept.id, again, version=1)


# The chronology


def test_the_chronology_is_newest_first_and_keeps_its_order_when_the_clock_goes_back(
    desk: Desk, case_id: int, clock: FrozenClock
) -> None:
    note(desk, case_id, "first")
    clock.pass_time(hours=-1)
    note(desk, case_id, "second, by a clock put back an hour")
    note(desk, case_id, "third, in the same minute")
    clock.pass_time(days=-1)
    note(desk, case_id, "fourth, a day back")
    calls = [entry.words.split(",")[0] for entry in desk.ask(case_timeline, case_id) if entry.kind == "Call"]
    assert calls == ["fourth", "third", "second", "first"]


def test_the_chronology_is_read_in_pages_that_go_on_from_a_key(desk: Desk, case_id: int, clock: FrozenClock) -> None:
    for number in range(25):
        note(desk, case_id, f"Note {number}")
        clock.pass_time(minutes=7)
    whole = desk.ask(case_timeline, case_id)
    pages: list[TimelineEntry] = []
    key = None
    while page := desk.ask(case_timeline, case_id, key, "down", 7):
        pages += page
        key = page[-1].key
    assert pages == list(whole)
    assert desk.ask(count_timeline, case_id) == len(whole) == 26
    up = desk.ask(case_timeline, case_id, whole[10].key, "up", 4)
    assert list(up) == list(whole[6:10])


def test_the_chronology_is_filtered_by_letters(desk: Desk, case_id: int) -> None:
    note(desk, case_id, "Rang the HEAD about cover")
    note(desk, case_id, "x" * 400 + " buried headline")
    note(desk, case_id, "Nothing else")
    found = desk.ask(case_timeline, case_id, containing="head")
    assert len(found) == 2
    assert all(len(entry.words) <= 300 for entry in found)


def test_a_decision_shows_with_its_limbs(desk: Desk, case_id: int) -> None:
    answers = {"limb_1": "yes", "limb_2": "no", "limb_3": "yes", "limb_4": "no", "decision": "allegation",
               "reason": "Red mark seen by the first aider", "principal_type": "emotional"}  # fmt: skip
    desk.do(decide_threshold, case_id, fill(desk, ScreeningForm, **answers), after=0)
    assert "Decision: Allegation, limbs 1, 3. Red mark seen by the first aider" in told(
        desk.ask(case_timeline, case_id)
    )
    assert seen(desk, case_id).last_decision == 1


def test_a_case_of_its_own_age_begins_with_its_receipt(desk: Desk, case_id: int) -> None:
    assert told(desk.ask(case_timeline, case_id))[-1] == (
        "Received: Referral from referrer not recorded, entered 09 Mar 2026"
    )


# Restriction


def restrict(desk: Desk, case_id: int, **more: Any) -> None:
    desk.do(restriction.restrict_case, case_id, fill(desk, forms.RestrictForm, reason="own_employee", **more))


def test_a_restricted_case_is_closed_to_all_but_its_list(
    desk: Desk, desk_of: Callable[[str], Desk], case_id: int
) -> None:
    restrict(desk, case_id)
    assert seen(desk, case_id).access.words == (
        "RESTRICTED, subject is an employee of the authority. Open to managers and MO"
    )
    questions: list[Any] = [open_case, case_timeline, count_timeline]
    for question in questions:
        with pytest.raises(NotOnAccessList, match="not on the access list"):
            desk_of("lado2").ask(question, case_id)
    with pytest.raises(NotOnAccessList):
        note(desk_of("lado2"), case_id)
    assert desk_of("manager").ask(open_case, case_id).adult == "James Hartley"


def test_a_grant_lasts_to_the_end_of_its_day(
    desk: Desk, desk_of: Callable[[str], Desk], case_id: int, clock: FrozenClock
) -> None:
    restrict(desk, case_id)
    other = desk_of("lado2")
    form = fill(desk, forms.GrantForm, who="ps", until="13 3 2026", reason="Holds the sibling's case")
    desk.do(restriction.grant_access, case_id, form)
    assert seen(other, case_id).access.listed == ("MO", "PS")
    clock.instant = clock.instant.replace(day=13, hour=23, minute=59)
    seen(other, case_id)
    clock.pass_time(minutes=2)
    with pytest.raises(NotOnAccessList):
        seen(other, case_id)


def test_access_ends_when_it_is_taken_away(desk: Desk, desk_of: Callable[[str], Desk], case_id: int) -> None:
    restrict(desk, case_id, who="PS")
    seen(desk_of("lado2"), case_id)
    desk.do(restriction.end_access, case_id, fill(desk, forms.GrantEndedForm, who="ps"))
    with pytest.raises(NotOnAccessList):
        seen(desk_of("lado2"), case_id)
    with pytest.raises(ThereIsAProblem, match="Peter Singh is not on the access list"):
        desk.do(restriction.end_access, case_id, fill(desk, forms.GrantEndedForm, who="ps"))


def test_nobody_with_a_conflict_gets_on_a_list(desk: Desk, desk_of: Callable[[str], Desk], case_id: int) -> None:
    from db.models import Conflict

    adult = seen(desk, case_id).adult_id
    plant(desk.store, Conflict, officer_id=desk_of("lado2").officer.id, adult_id=adult, declared_at=desk.clock())
    with pytest.raises(restriction.CannotGrant, match="conflict of interest"):
        restrict(desk, case_id, who="PS")
    assert seen(desk, case_id).access.restricted is False


def test_opening_a_case_to_the_team_again_needs_a_reason(
    desk: Desk, desk_of: Callable[[str], Desk], case_id: int
) -> None:
    restrict(desk, case_id)
    with pytest.raises(ThereIsAProblem, match="20 characters or more"):
        fill(desk, forms.UnrestrictForm, reason="done")
    desk.do(
        restriction.lift_restriction, case_id, fill(desk, forms.UnrestrictForm, reason="She left the authority in May")
    )
    assert seen(desk_of("lado2"), case_id).access.words == "normal"


@pytest.mark.parametrize("who", ["cro", "relief", "auditor"])
def test_others_read_a_case_and_change_nothing(desk_of: Callable[[str], Desk], case_id: int, who: str) -> None:
    other = desk_of(who)
    seen(other, case_id)
    with pytest.raises(Refused):
        note(other, case_id)
    with pytest.raises(Refused):
        restrict(other, case_id)
    assert rows(other, Note) == []


def test_an_entry_of_another_case_is_not_read_from_here(desk: Desk, case_id: int) -> None:
    other = note(desk, plant_case(desk.store))
    with pytest.raises(NotFound):
        desk.ask(read_entry, case_id, "note", other)


# Lists

EVERY = CaseFilter()


def listed(desk: Desk, wanted: CaseFilter = EVERY, *on: Any) -> list[CaseRow]:
    rows: Sequence[CaseRow] = desk.ask(list_cases, wanted, *on)
    return list(rows)


def test_cases_are_listed_by_what_they_are_newest_first(desk: Desk, case_id: int) -> None:
    plant_case(desk.store, received_on=date(2026, 3, 2), classification="consultation")
    plant_case(desk.store, received_on=date(2026, 3, 5), classification="allegation", closed_on=date(2026, 3, 9))
    allegations = listed(desk, CaseFilter(classification="allegation"))
    assert [row.received_on for row in allegations] == [date(2026, 3, 5), date(2026, 2, 2)]
    in_march = CaseFilter(state="open", received=(date(2026, 3, 1), date(2026, 3, 31)))
    assert [row.classification for row in listed(desk, in_march)] == ["consultation"]


def test_a_restricted_row_tells_nothing_and_is_counted(desk: Desk, case_id: int) -> None:
    hidden = plant_case(desk.store, restricted=True, adult_id=plant_adult(desk.store, "Zzkestrel"))
    grant(desk.store, 2, case_id=hidden)
    row = listed(desk)[0]
    assert row.restricted
    assert "Zzkestrel" not in str(row)
    assert (row.received_on, row.adult, row.classification) == (None, "", "")
    assert desk.ask(count_cases) == CaseCount(total=2, restricted=1)
    assert desk.ask(count_cases).words == "1 case and 1 restricted"


def test_lists_go_on_from_a_key_both_ways(desk: Desk) -> None:
    for day in range(1, 10):
        plant_case(desk.store, received_on=date(2026, 3, 1 + day % 3))
    whole = listed(desk)
    first = listed(desk, EVERY, None, "down", 4)
    rest = listed(desk, CaseFilter(), first[-1].key, "down", 20)
    assert first + rest == whole
    assert listed(desk, EVERY, rest[0].key, "up", 4) == first


def test_a_case_that_moved_is_told_in_its_chronology(desk: Desk, case_id: int) -> None:
    page = seen(desk, case_id)
    desk.do(move_case, case_id, fill(desk, forms.MoveForm, to="PS", reason="sickness cover"), version=page.version)
    assert "Moved: To Peter Singh: sickness cover" in told(desk.ask(case_timeline, case_id))
    assert rows(desk, Case)[0].owner_id == 2
