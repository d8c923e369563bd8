"""What counts, where the answer is easily got wrong: last days, decisions made again, marks, errors, restrictions."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from db.desk import Desk
from db.errors import Refused
from db.models import Absence, Meeting, Officer, PostFilled, Training
from db.queries.figures import (
    cases_counted,
    counted_head,
    problems_found,
    stats_panel,
    year_figures,
)
from db.reports.catalogue import FIGURES
from db.reports.figure import only
from db.reports.panel import Asked
from db.reports.span import Span
from db.reports.tally import count
from db.rules.reporting import Month, Period, ReportingYear, Week
from tests.conftest import FrozenClock
from tests.db.reports.service import Referral, Service, service_at

YEAR = ReportingYear.parse("2024-25")
LAST_DAY = date(2025, 3, 31)
LATER = date(2026, 3, 12)


@pytest.fixture
def service(desk: Desk) -> Iterator[Service]:
    with service_at(desk) as opened:
        yield opened


def number(service: Service, figure: str, *, period: Period = YEAR, today: date = LATER) -> Any:
    return count(service.work, [FIGURES[figure]], Span.of(period, today))[figure]


def allegation(received_on: date, **more: Any) -> Referral:
    return Referral(received_on, ((received_on, "allegation"),), **more)


# As at the year's last day


def test_a_case_closed_after_the_year_was_open_on_its_last_day(service: Service) -> None:
    service.refer(allegation(date(2025, 3, 3), closed_on=date(2025, 4, 1), closed_as="outcome"))

    assert number(service, "kpi.open") == 1
    assert number(service, "kpi.closed_within_1_month") == 0


def test_a_case_closed_on_the_last_day_is_closed(service: Service) -> None:
    service.refer(allegation(date(2025, 3, 3), closed_on=LAST_DAY, closed_as="outcome"))

    assert number(service, "kpi.open") == 0


def test_a_decision_made_after_the_year_was_not_made_on_its_last_day(service: Service) -> None:
    service.refer(Referral(date(2025, 3, 30), ((date(2025, 4, 1), "allegation"),)))

    assert number(service, "referrals.pending") == 1
    assert number(service, "referrals.allegation") == 0


def test_a_case_decided_again_after_the_year_counts_as_it_last_stood_in_it(service: Service) -> None:
    service.refer(
        Referral(
            date(2025, 1, 6),
            (
                (date(2025, 1, 7), "allegation"),
                (date(2025, 2, 3), "consultation"),
                (date(2025, 6, 2), "information_only"),
            ),
        )
    )

    assert number(service, "referrals.consultation") == 1
    assert number(service, "sector.not_recorded.allegation_first_decided") == 1
    assert number(service, "referrals.information_only") == 0


def test_a_week_is_read_as_at_the_same_day_as_its_year(service: Service) -> None:
    """Else the weeks of a chart would not add up to the year."""
    service.refer(Referral(date(2024, 10, 4), ((date(2024, 10, 7), "allegation"),)))

    assert number(service, "referrals.allegation", period=Week.parse("2024-W40")) == 1


# Clocks


@pytest.mark.parametrize(
    ("received_on", "closed_on", "band"),
    [
        (date(2025, 1, 31), date(2025, 2, 28), "closed_within_1_month"),
        (date(2025, 1, 31), date(2025, 3, 1), "closed_1_to_3_months"),
        (date(2024, 11, 30), date(2025, 2, 28), "closed_1_to_3_months"),
        (date(2024, 11, 30), date(2025, 3, 1), "closed_3_to_12_months"),
    ],
)
def test_a_month_from_its_last_day_ends_with_a_shorter_month(
    service: Service, received_on: date, closed_on: date, band: str
) -> None:
    service.refer(allegation(received_on, closed_on=closed_on, closed_as="outcome"))

    assert number(service, f"kpi.{band}") == 1


@pytest.mark.parametrize(
    ("received_on", "decided_on", "state"),
    [
        (date(2024, 10, 2), date(2024, 10, 3), "in_time"),
        (date(2024, 10, 2), date(2024, 10, 4), "late"),
        (date(2024, 10, 4), date(2024, 10, 7), "in_time"),  # Friday to Monday
        (date(2024, 10, 5), date(2024, 10, 8), "late"),  # Saturday to Tuesday
        (date(2025, 4, 17), date(2025, 4, 22), "in_time"),  # Maundy Thursday to the Tuesday after
        (date(2024, 12, 24), date(2024, 12, 27), "in_time"),  # over Christmas
    ],
)
def test_one_working_day_to_decide(service: Service, received_on: date, decided_on: date, state: str) -> None:
    service.refer(Referral(received_on, ((decided_on, "allegation"),)))
    year = ReportingYear.containing(received_on)

    assert number(service, f"deciding.{state}", period=year) == 1


@pytest.mark.parametrize(("today", "state"), [(date(2025, 2, 3), "not_due"), (date(2025, 2, 4), "overdue")])
def test_a_referral_not_decided_is_in_time_until_its_working_day_is_over(
    service: Service, today: date, state: str
) -> None:
    service.refer(Referral(date(2025, 1, 31)))  # a Friday

    assert number(service, f"deciding.{state}", today=today) == 1


# Cohorts


def test_what_was_entered_in_error_is_in_no_figure_but_its_own(service: Service) -> None:
    service.refer(allegation(date(2024, 6, 3), closed_on=date(2024, 6, 4), closed_as="entered_in_error"))

    assert number(service, "referrals.received") == 0
    assert number(service, "problem.entered_in_error") == 1


def test_outcomes_count_by_the_day_they_were_concluded_whenever_received(service: Service) -> None:
    carried = allegation(date(2022, 5, 3), closed_on=date(2024, 6, 4), closed_as="outcome", finding="substantiated")
    service.refer(carried)

    assert number(service, "outcomes.substantiated") == 1
    assert number(service, "referrals.received") == 0


def test_a_corrected_outcome_counts_once_as_it_now_stands(service: Service) -> None:
    case = service.refer(allegation(date(2024, 5, 3), closed_on=date(2024, 6, 4), closed_as="outcome"))
    service.conclude(case, date(2024, 6, 4), "unfounded", is_current=False)
    service.conclude(case, date(2024, 6, 4), "false", number=2)

    assert (number(service, "outcomes"), number(service, "outcomes.false")) == (1, 1)


def test_a_referral_to_the_dbs_counts_once_made_by_the_day_read(service: Service) -> None:
    for made_on, status in ((date(2025, 3, 20), "confirmed"), (date(2025, 5, 1), "confirmed"), (None, "considering")):
        case = service.refer(allegation(date(2025, 1, 6), closed_on=date(2025, 3, 3), closed_as="outcome"))
        service.conclude(case, date(2025, 3, 3), "substantiated", dbs_status=status, dbs_on=made_on)

    assert number(service, "dbs_referrals") == 1


def test_two_children_with_the_same_mark_count_and_are_listed_once(service: Service) -> None:
    service.refer(allegation(date(2024, 5, 3), marks=(("sen_or_disabled",), ("sen_or_disabled", "early_help"))))
    asked = Asked("child.sen_or_disabled", Span.of(YEAR, LATER))

    assert number(service, "child.sen_or_disabled") == number(service, "child.early_help") == 1
    assert len(cases_counted.run(service.work, asked)) == 1


def test_ofsted_requests_are_counted_apart_from_enquiries(service: Service) -> None:
    service.ring(date(2024, 5, 3), "advised_refer")
    service.ring(date(2024, 5, 3), subject="ofsted_information")

    assert number(service, "enquiries") == 1
    assert number(service, "enquiries_advised_to_refer") == 1
    assert number(service, "enquiries_with_ofsted") == 2


def test_places_and_people_at_training_are_added_up(service: Service) -> None:
    for attended in (24, 22):
        service.put(Training, kind="need_to_know", title="Need to Know", held_on=date(2024, 6, 27), places=25,
                    attended=attended)  # fmt: skip

    assert number(service, "training.need_to_know.places") == 50
    assert number(service, "training.need_to_know.attended") == 46


# Caseload


def staff(service: Service, *posts: tuple[date, date | None, float]) -> None:
    """LADO posts, each filled by an officer of its own; officers 1 to 6 are there already."""
    for at, (first, last, fte) in enumerate(posts, start=50):
        service.put(Officer, id=at, version=1, name=f"Officer {at}", initials=f"O{at}", sign_in=f"o{at}", role="lado",
                    starts_on=date(2020, 1, 1))  # fmt: skip
        service.put(PostFilled, officer_id=at, post="lado", fte=fte, from_on=first, to_on=last)


def test_caseload_is_open_cases_over_posts_filled_at_each_months_end(service: Service) -> None:
    staff(service, (date(2020, 1, 1), None, 1.0), (date(2024, 10, 1), None, 0.5))
    for _ in range(6):
        service.refer(allegation(date(2023, 9, 4)))
        service.refer(allegation(date(2024, 9, 2), closed_on=date(2024, 9, 30), closed_as="outcome"))

    assert number(service, "caseload.mean") == 5  # six months at 6 / 1.0, six at 6 / 1.5


def test_a_post_whose_holder_is_gone_for_long_is_not_filled_but_a_sick_ones_is(service: Service) -> None:
    staff(service, (date(2020, 1, 1), None, 1.0), (date(2020, 1, 1), None, 1.0))
    service.put(Absence, officer_id=50, from_on=date(2024, 4, 1), to_on=None, reason="parental")
    service.put(Absence, officer_id=51, from_on=date(2024, 4, 1), to_on=None, reason="sickness")
    for _ in range(4):
        service.refer(allegation(date(2023, 9, 4)))

    assert number(service, "caseload.mean") == 4


def test_nobody_in_post_is_no_caseload_and_not_nought(service: Service) -> None:
    service.refer(allegation(date(2023, 9, 4)))

    assert number(service, "caseload.mean") is None


# Who sees what


def test_a_restricted_case_is_counted_and_never_listed_to_those_off_its_list(desk_of: Callable[[str], Desk]) -> None:
    with service_at(desk_of("lado")) as service:
        service.refer(allegation(date(2024, 6, 3), restricted=True))
        seen = service.refer(allegation(date(2024, 6, 4)))
        asked = Asked("referrals.allegation", Span.of(YEAR, LATER))

        assert (head := counted_head.run(service.work, asked)).number == 2
        assert head.hidden == 1
        assert [row.record for row in cases_counted.run(service.work, asked)] == [seen]


def test_the_manager_is_on_every_list(desk_of: Callable[[str], Desk]) -> None:
    with service_at(desk_of("manager")) as service:
        service.refer(allegation(date(2024, 6, 3), restricted=True))

        assert counted_head.run(service.work, Asked("referrals.allegation", Span.of(YEAR, LATER))).hidden == 0


def test_a_meeting_of_a_restricted_case_is_not_listed(desk_of: Callable[[str], Desk]) -> None:
    with service_at(desk_of("lado")) as service:
        case = service.refer(allegation(date(2024, 6, 3), restricted=True))
        service.put(Meeting, case_id=case, kind="pot", held_on=date(2024, 7, 1), version=1)
        service.put(Meeting, case_id=None, kind="pot", held_on=date(2024, 7, 2), version=1)
        asked = Asked("meetings.position_of_trust", Span.of(YEAR, LATER))

        assert counted_head.run(service.work, asked).hidden == 1
        assert [row.on for row in cases_counted.run(service.work, asked)] == [date(2024, 7, 2)]


def test_a_list_names_nobody(service: Service) -> None:
    service.refer(allegation(date(2024, 6, 3)))

    (row,) = cases_counted.run(service.work, Asked("referrals.received", Span.of(YEAR, LATER)))

    assert row.ref == "R-000002" or row.ref.startswith("R-")
    assert row.words == ("Allegation", "not recorded", "not recorded")
    assert "Hartley" not in repr(row)


def test_a_list_is_read_in_pages_both_ways(service: Service) -> None:
    made = [service.refer(allegation(date(2024, 6, day))) for day in (3, 3, 4, 5, 6)]
    asked = Asked("referrals.received", Span.of(YEAR, LATER))

    first = cases_counted.run(service.work, asked, count=2)
    second = cases_counted.run(service.work, asked, first[-1].key, 2)
    back = cases_counted.run(service.work, asked, second[-1].key, 2, backwards=True)
    last = cases_counted.run(service.work, asked, None, 2, backwards=True)

    assert [row.record for row in (*first, *second)] == list(reversed(made))[:4]
    assert [row.record for row in back] == [made[3], made[2]]
    assert [row.record for row in last] == [made[1], made[0]]


def test_a_relief_worker_reads_no_figures(desk_of: Callable[[str], Desk]) -> None:
    with pytest.raises(Refused):
        desk_of("relief").ask(year_figures, YEAR)


def test_what_each_officer_holds_is_for_the_manager(desk_of: Callable[[str], Desk]) -> None:
    ladoes, managers = (desk_of(who).ask(stats_panel, YEAR) for who in ("lado", "manager"))

    assert ladoes.loads is None
    assert not [row for section in ladoes.sections for row in section.rows if row.figure.startswith("caseload")]
    assert managers.loads is not None


# The panel


def test_a_year_under_way_is_compared_with_as_much_of_the_year_before(desk: Desk, clock: FrozenClock) -> None:
    panel = desk.ask(stats_panel, ReportingYear.containing(clock().date()))

    assert (panel.span.first, panel.span.last) == (date(2025, 4, 1), date(2026, 3, 12))
    assert (panel.before.first, panel.before.last) == (date(2024, 4, 1), date(2025, 3, 12))
    assert panel.before.as_at == date(2025, 3, 12)


def test_a_year_that_is_over_is_compared_with_the_whole_year_before(desk: Desk) -> None:
    panel = desk.ask(stats_panel, YEAR)

    assert (panel.before.first, panel.before.last, panel.before.as_at) == (
        date(2023, 4, 1), date(2024, 3, 31), date(2024, 3, 31),
    )  # fmt: skip


def test_a_week_and_a_month_show_the_quarter_that_ends_with_them(desk: Desk) -> None:
    for period in (Week.parse("2025-W07"), Month.parse("2025-02")):
        panel = desk.ask(stats_panel, period)
        assert len(panel.weeks) == 13
        assert panel.weeks[-1].last >= period.last


def test_a_week_53_has_no_week_to_be_compared_with(desk: Desk) -> None:
    assert desk.ask(stats_panel, Week.parse("2020-W53")).weeks[-1].before is None


def test_a_period_that_has_not_begun_shows_nothing_rather_than_noughts_in_a_rate(desk: Desk) -> None:
    panel = desk.ask(stats_panel, ReportingYear.parse("2030-31"))

    assert panel.weeks == ()
    assert panel.average is None


def test_one_sector_narrows_enquiries_by_the_adults_role(desk: Desk) -> None:
    with service_at(desk) as service:
        for sector in ("education", "fostering", None):
            service.refer(allegation(date(2024, 6, 3), about={"sector": sector}))
        for role in ("teacher", "own_carer", None):
            service.ring(date(2024, 6, 3), role=role)
        panel = stats_panel.run(service.work, YEAR, "education")

    rows = {row.figure: row.now for section in panel.sections for row in section.rows}
    assert rows["referrals.received"].value == rows["enquiries"].value == 1
    assert rows["referrals.received"].asked == Asked(
        "referrals.received", Span.of(YEAR, LATER), only(sector="education"), "Education"
    )


def test_problems_name_what_is_missing_and_how_often(service: Service) -> None:
    service.refer(allegation(date(2024, 6, 3), closed_on=date(2024, 7, 1), closed_as="outcome",
                             about={"sector": "education", "role": "teacher"}))  # fmt: skip

    found = {each.figure.removeprefix("problem."): each.number for each in problems_found.run(service.work, YEAR)}

    assert found == {"no_setting_kind": 1, "no_area": 1, "no_agency": 1, "no_type": 1, "no_child": 1, "no_outcome": 1}
