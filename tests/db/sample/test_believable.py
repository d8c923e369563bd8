"""The made-up service is a place a duty officer would recognise: its rhythm, its people, its loose ends."""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest
from sqlmodel import SQLModel

from db.clock import PRACTICE_NOW, day_of, local
from db.models import (
    Adult,
    AdultLink,
    Case,
    Concern,
    Contact,
    DutySpell,
    DutyTurn,
    Enquiry,
    Note,
    Officer,
    Outcome,
    Request,
    Restriction,
    ScreeningDecision,
    Setting,
    Step,
)
from db.rules.threshold import REASON_AT_LEAST
from db.rules.working_days import bank_holidays, is_working_day, working_days_between
from db.sample.build import make_rows
from db.sample.plan import make_plan
from db.sample.rows import Row, Rows
from db.text import clean
from db.vocabulary import DutyStatus, Vocabulary

TODAY = day_of(PRACTICE_NOW)
YEAR = (date(2022, 4, 1), TODAY)


@pytest.fixture(scope="module")
def rows() -> Rows:
    return make_rows(make_plan(2023))


@pytest.fixture(scope="module")
def received(rows: Rows) -> list[Row]:
    return [c for c in rows.of(Case) if YEAR[0] <= c["received_on"] <= YEAR[1]]


def per_working_day(received: list[Row], first: date, last: date) -> float:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return len([c for c in received if first <= c["received_on"] <= last]) / sum(map(is_working_day, days))


def test_august_is_quiet_and_the_end_of_term_is_not(received: list[Row]) -> None:
    august = per_working_day(received, date(2022, 8, 1), date(2022, 8, 31))
    end_of_term = per_working_day(received, date(2022, 7, 4), date(2022, 7, 21))

    assert august < 0.75 * end_of_term


def test_little_arrives_at_christmas(received: list[Row]) -> None:
    assert sum(date(2022, 12, 24) <= c["received_on"] <= date(2023, 1, 2) for c in received) < 12


def test_few_forms_arrive_when_the_office_is_shut(received: list[Row]) -> None:
    shut = [c for c in received if not is_working_day(c["received_on"])]
    on_bank_holidays = [c for c in shut if c["received_on"] in bank_holidays(c["received_on"].year)]

    assert 5 <= len(shut) <= 60
    assert len(on_bank_holidays) <= 6


def test_no_week_of_term_is_silent(received: list[Row]) -> None:
    by_week = Counter(c["received_week"] for c in received)

    assert all(by_week[202200 + week] >= 8 for week in range(36, 50))


def test_the_duty_line_rings_in_office_hours_only(rows: Rows) -> None:
    for enquiry in rows.of(Enquiry):
        rung = local(enquiry["received_at"])
        assert is_working_day(rung.date())
        assert 8 <= rung.hour < 17
        assert rung.date() == enquiry["received_on"]


def test_nobody_rings_while_enquiries_are_suspended(rows: Rows) -> None:
    suspended = [s for s in rows.of(DutySpell) if s["status"] == DutyStatus.SUSPENDED]
    arrived = [e for e in rows.of(Enquiry) for s in suspended if s["from_at"] <= e["received_at"] < s["to_at"]]

    assert arrived
    assert {e["method"] for e in arrived} == {"email"}


def test_the_dates_of_a_case_follow_each_other(rows: Rows) -> None:
    for case in rows.of(Case):
        closed = case.get("closed_on") or TODAY
        assert case["received_on"] <= case["first_decided_on"] <= closed <= TODAY
        assert case["received_on"] <= day_of(case["entered_at"])


def test_nothing_has_happened_after_ten_o_clock_today(rows: Rows) -> None:
    instants: list[tuple[type[SQLModel], str]] = [(Case, "entered_at"), (Enquiry, "entered_at"),
        (ScreeningDecision, "decided_at"), (Note, "at"),
                (Outcome, "recorded_at"), (Step, "added_at"), (Restriction, "set_at"), (AdultLink, "decided_at"),
                (Adult, "entered_at")]  # fmt: skip
    late = [(model, row) for model, column in instants for row in rows.of(model) if row[column] > PRACTICE_NOW]

    assert late == []


def test_nobody_works_at_the_desk_before_they_start_or_after_they_leave(rows: Rows) -> None:
    officers = {o["id"]: o for o in rows.of(Officer)}
    for decision in rows.of(ScreeningDecision):
        officer = officers[decision["officer_id"]]
        assert officer["starts_on"] <= decision["decided_on"] <= (officer["ends_on"] or TODAY)


def test_references_run_on_without_a_gap_in_the_order_of_receipt(rows: Rows) -> None:
    for model in (Case, Enquiry):
        by_year: dict[str, list[int]] = defaultdict(list)
        for row in rows.of(model):
            kind, number = row["ref"].split("-")
            by_year[kind].append(int(number))
            assert kind[1:] == f"{row['received_on']:%y}"
        assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_year.values())


def test_a_reclassified_case_has_two_dated_decisions_and_stands_as_the_last(rows: Rows) -> None:
    decisions: dict[int, list[Row]] = defaultdict(list)
    for decision in rows.of(ScreeningDecision):
        decisions[decision["case_id"]].append(decision)
    for case in rows.of(Case):
        made = decisions[case["id"]]
        assert made[0]["classification"] == case["first_classification"]
        assert made[-1]["classification"] == case["classification"]
        assert [d["decided_on"] for d in made] == sorted(d["decided_on"] for d in made)
        assert made[-1]["decided_on"] <= (case.get("closed_on") or TODAY)


def test_every_decision_says_why(rows: Rows) -> None:
    assert all(len(d["reason"]) >= REASON_AT_LEAST for d in rows.of(ScreeningDecision))


def test_every_code_is_one_the_desk_has_a_word_for(rows: Rows) -> None:
    words = Vocabulary()
    listed: list[tuple[type[SQLModel], str, str]] = [
        (Case, "agency", "referrer_agency"), (Case, "role", "role"), (Case, "setting_kind", "setting_kind"),
        (Case, "area", "area"), (Case, "principal_type", "concern_type"),
        (Case, "principal_subtype", "concern_subtype"),
        (Case, "basis", "employment_basis"), (Case, "interim_measure", "interim_measure"),
        (Concern, "type", "concern_type"), (Contact, "role", "caller_role"), (Contact, "agency", "referrer_agency"),
        (Enquiry, "method", "contact_method"), (Enquiry, "caller_role", "caller_role"),
        (Request, "kind", "request_kind"), (Setting, "kind", "setting_kind"),
        (Setting, "governance", "school_governance"), (Adult, "ethnicity", "ethnicity"),
    ]  # fmt: skip
    unknown = {
        (column, row[column])
        for model, column, name in listed
        for row in rows.of(model)
        if row.get(column) is not None and not words.knows(name, row[column])
    }

    assert unknown == set()


def test_words_come_as_clean_as_if_they_had_been_typed(rows: Rows) -> None:
    for model, column in ((Adult, "name"), (Setting, "name"), (Case, "account"), (Note, "words"), (Enquiry, "account")):
        for row in rows.of(model):
            assert clean(row[column], limit=20_000) == row[column]
            assert "{" not in row[column]


def test_some_adults_were_heard_of_before_under_one_name_or_another(rows: Rows) -> None:
    cases_of = Counter(c["adult_id"] for c in rows.of(Case))
    links = rows.of(AdultLink)

    assert sum(count > 1 for count in cases_of.values()) + sum(link["same"] for link in links) >= 60
    assert sum(not link["same"] for link in links) >= 5


def test_a_few_settings_are_heard_of_again_and_again(rows: Rows) -> None:
    adults_at: dict[int, set[int]] = defaultdict(set)
    for case in rows.of(Case):
        if case["setting_id"] and (TODAY - case["received_on"]).days <= 730:
            adults_at[case["setting_id"]].add(case["adult_id"])

    assert 4 <= sum(len(adults) >= 15 for adults in adults_at.values()) <= len(rows.of(Setting)) // 4


def test_the_adult_of_the_sample_call_is_known_and_so_is_a_namesake(rows: Rows) -> None:
    known = {a["name"]: a["id"] for a in rows.of(Adult)}
    settings = {s["id"]: s["name"] for s in rows.of(Setting)}
    earlier = next(c for c in rows.of(Case) if c["adult_id"] == known["James Hartley"])

    assert settings[earlier["setting_id"]] == "St Mary's CE Primary School"
    assert any(e.get("adult_id") == known["James Hartly"] for e in rows.of(Enquiry))


def test_the_authority_s_own_staff_are_restricted(rows: Rows) -> None:
    restricted = {r["case_id"] for r in rows.of(Restriction)}
    own = [c for c in rows.of(Case) if c["role"] == "social_worker" and c["setting_kind"] == "own_social_work"]

    assert own
    assert all(c["restricted"] and c["id"] in restricted for c in own)


def test_the_home_list_has_something_late_something_today_and_something_waiting(rows: Rows) -> None:
    okoro = next(o["id"] for o in rows.of(Officer) if o["sign_in"] == "lado")
    mine = [c for c in rows.of(Case) if c["owner_id"] == okoro and not c.get("closed_on")]

    assert any(c["due_on"] < TODAY for c in mine)
    assert any(c["due_on"] == TODAY for c in mine)
    assert any(c["waiting"] for c in mine)


def test_every_open_record_shows_its_earliest_step_still_to_be_done(rows: Rows) -> None:
    undone = {(s.get("case_id"), s.get("enquiry_id")): s for s in rows.of(Step) if not s.get("done_on")}
    for model, column in ((Case, "case_id"), (Enquiry, "enquiry_id")):
        for row in rows.of(model):
            step = undone.get((row["id"], None) if column == "case_id" else (None, row["id"]))
            shown = (row.get("next_step"), row.get("due_on"))
            assert shown == ((step["what"], step["due_on"]) if step else (None, None))
            assert bool(step) is (row.get("closed_on") is None)


def test_forms_that_never_came_stay_on_the_duty_list(rows: Rows) -> None:
    linked = {c["enquiry_id"] for c in rows.of(Case)}
    awaited = [e for e in rows.of(Enquiry) if e["result"] == "advised_refer" and e["closed_on"] is None]

    assert any(e["due_on"] < TODAY for e in awaited)
    assert not linked & {e["id"] for e in awaited}


def test_most_enquiries_do_not_name_the_adult(rows: Rows) -> None:
    asked = [e for e in rows.of(Enquiry) if e["subject"] == "lado"]

    assert 0.4 < sum(e.get("adult_id") is None for e in asked) / len(asked) < 0.7


def test_most_referrals_are_decided_within_one_working_day(received: list[Row]) -> None:
    soon = sum(working_days_between(c["received_on"], c["first_decided_on"]) <= 1 for c in received)

    assert 0.65 < soon / len(received) < 0.9


def test_an_officer_is_on_duty_now(rows: Rows) -> None:
    assert any(t["from_at"] <= PRACTICE_NOW < t["to_at"] for t in rows.of(DutyTurn))
