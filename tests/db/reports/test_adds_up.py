"""Whatever the rows hold: parts add up to their wholes, and a number lists the very rows it counts (R29, F53)."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.desk import Desk
from db.queries.figures import cases_counted, counted_head
from db.reports.catalogue import FIGURES, TABLES
from db.reports.figure import Figure, Measure
from db.reports.panel import Asked
from db.reports.span import Span
from db.reports.tally import count
from db.rules.clocks import band, due_on
from db.rules.reporting import Month, ReportingYear, Week
from db.vocabulary import PROGRESSED, Classification, EmploymentResult, Finding
from tests.db.reports.service import Referral, service_at

YEAR = ReportingYear.parse("2024-25")
TODAY = date(2026, 3, 12)
FIRST, LAST = date(2024, 2, 20), date(2025, 5, 10)

DAYS = st.dates(FIRST, LAST)
DECISIONS = [each.value for each in Classification]
ABOUT = st.fixed_dictionaries(
    {
        "sector": st.sampled_from(["education", "early_years", "fostering", "wider", None]),
        "role": st.sampled_from(["teacher", "own_carer", "police_officer", "social_worker", "a_retired_code", None]),
        "setting_kind": st.sampled_from(["primary", "ifa", "own_social_work", "a_retired_code", None]),
        "area": st.sampled_from(["north", "east", "south", "west", "not_known", None]),
        "agency": st.sampled_from(["school", "police", "polit", "public", None]),
        "principal_type": st.sampled_from(["physical", "suitability", "a_retired_code", None]),
    }
)
MARKS = st.lists(
    st.sets(st.sampled_from(["in_care_own_authority", "sen_or_disabled", "none"])).map(tuple), max_size=3
).map(tuple)


@st.composite
def referrals(draw: st.DrawFn) -> Referral:
    """A referral that may be undecided, decided again, closed, concluded, restricted or entered in error."""
    received = draw(DAYS)
    gaps = draw(st.lists(st.integers(0, 40), max_size=3))
    days = [received + timedelta(days=sum(gaps[: at + 1])) for at in range(len(gaps))]
    decisions = tuple((day, draw(st.sampled_from(DECISIONS))) for day in days)
    closed = draw(st.none() | st.integers(0, 500).map(lambda n: received + timedelta(days=n)))
    closed_as = draw(st.sampled_from(["outcome", "no_further_action", "other_lado", "entered_in_error", None]))
    finding = draw(st.none() | st.sampled_from([each.value for each in Finding]))
    return Referral(
        received, decisions, closed, closed_as if closed else None, finding if closed else None, draw(MARKS),
        draw(st.booleans()), draw(ABOUT),
    )  # fmt: skip


BRIEFLY = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_every_figure_says_what_it_counts_and_when() -> None:
    time = re.compile(r"in the period|over the days|each month's end|whenever received")
    assert [each.id for each in FIGURES.values() if not (each.counts.endswith(".") and time.search(each.counts))] == []


def test_no_two_figures_share_a_name() -> None:
    from db.reports import catalogue

    names = Counter(each.id for each in catalogue._DEFINED if isinstance(each, Figure))
    assert [name for name, times in names.items() if times > 1] == []


@BRIEFLY
@given(st.lists(referrals(), max_size=40), st.lists(st.tuples(DAYS, st.sampled_from(["advice_given", None]))))
def test_parts_add_up_to_their_wholes(desk: Desk, told: list[Referral], calls: list[tuple[date, str | None]]) -> None:
    with service_at(desk) as service:
        for referral in told:
            service.refer(referral)
        for on, result in calls:
            service.ring(on, result)
        for period in (YEAR, Month.parse("2024-12"), Week.parse("2025-W01")):
            counted = count(service.work, FIGURES.values(), Span.of(period, TODAY))
            for table in TABLES:
                assert counted[table.whole] == sum(counted[part] or 0 for part in table.parts), table.whole


@BRIEFLY
@given(
    st.lists(referrals(), max_size=25),
    st.sampled_from(["lado", "auditor"]),
    st.sets(st.sampled_from([each for each in FIGURES.values() if each.measure is Measure.COUNT]), min_size=40),
)
def test_a_number_lists_the_very_rows_it_counts(
    desk_of: Callable[[str], Desk], told: list[Referral], sign_in: str, figures: set[Figure]
) -> None:
    with service_at(desk_of(sign_in)) as service:
        restricted = {service.refer(referral) for referral in told if referral.restricted}
        for referral in told:
            if not referral.restricted:
                service.refer(referral)
        span = Span.of(YEAR, TODAY)
        counted = count(service.work, figures, span)
        for figure in figures:
            asked = Asked(figure.id, span)
            head = counted_head.run(service.work, asked)
            rows = cases_counted.run(service.work, asked, count=1000)
            assert head.number == counted[figure.id], figure.id
            assert len(rows) == len({row.key for row in rows}) == head.number - head.hidden, figure.id
            assert not {row.record for row in rows} & restricted, figure.id


@BRIEFLY
@given(st.lists(referrals(), max_size=40), st.dates(date(2024, 4, 1), TODAY))
def test_states_are_those_of_the_rules_as_at_the_day(desk: Desk, told: list[Referral], today: date) -> None:
    """The database works bands, decisions and states out for itself; the clocks' own rules say the same of each."""
    span = Span.of(YEAR, today)
    told = [referral.as_known_on(today) for referral in told if referral.received_on <= today]
    with service_at(desk) as service:
        for referral in told:
            service.refer(referral)
        figures = [each for each in FIGURES.values() if each.id.startswith(("referrals.", "kpi.", "deciding."))]
        counted = count(service.work, figures, span)
    there = [r for r in told if span.first <= r.received_on <= span.last and r.closed_as != "entered_in_error"]
    progressed = [r for r in there if r.was(span.as_at) in PROGRESSED]
    bands = Counter(band(r.received_on, r.closed_on, span.as_at) for r in progressed)
    assert counted["referrals.received"] == len(there)
    assert counted["referrals.progressed"] == len(progressed)
    assert counted["referrals.pending"] == sum(r.was(span.as_at) == "pending" for r in there)
    assert [counted[f"kpi.{name}"] for name in (
        "closed_within_1_month", "closed_1_to_3_months", "closed_3_to_12_months", "closed_over_12_months", "open",
    )] == [bands[name] for name in ("1_month", "3_months", "12_months", "over_12_months", "open")]  # fmt: skip
    assert counted["deciding.in_time"] == sum(_in_time(r, span.as_at) for r in there)


def _in_time(referral: Referral, as_at: date) -> bool:
    first = referral.first
    limit = due_on("lado_decision", referral.received_on)
    return first is not None and first[0] <= min(as_at, limit)


def test_no_day_in_fifty_years_gives_longer_to_decide_than_the_database_is_told_of() -> None:
    from db.reports.deciding import SLACKS

    days = (date(2000, 1, 1) + timedelta(days=at) for at in range(50 * 366))
    assert max((due_on("lado_decision", day) - day).days for day in days) <= max(SLACKS)


def test_every_employment_result_and_finding_has_a_row() -> None:
    assert {f"outcomes.{each}" for each in Finding} <= FIGURES.keys()
    assert {f"employment.{each}" for each in EmploymentResult} <= FIGURES.keys()
