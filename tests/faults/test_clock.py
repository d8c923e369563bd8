"""The machine's clock put back, and both nights on which the clocks change: what was kept first stays first."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from db.actions.oversight import add_note
from db.backup_age import moment
from db.desk import Desk
from db.doctor import examine
from db.forms.oversight import NoteForm
from db.models import AuditEntry, table
from db.queries.timeline import case_timeline
from db.rules.working_days import add_working_days
from tests.conftest import FrozenClock
from tests.planted import plant_adult, plant_case

_entries = table(AuditEntry)
BACK_AN_HOUR, BACK_A_DAY = timedelta(hours=-1), timedelta(days=-1)
CLOCKS_GO_BACK, CLOCKS_GO_FORWARD = datetime(2026, 10, 25, 0, 50, tzinfo=UTC), datetime(2026, 3, 29, 0, 50, tzinfo=UTC)
LEAP_DAY, YEAR_END = datetime(2028, 2, 28, 23, 50, tzinfo=UTC), datetime(2026, 12, 31, 23, 50, tzinfo=UTC)


@pytest.fixture
def note(desk: Desk) -> Callable[[str], None]:
    case_id = plant_case(
        desk.store, received_on=date(2026, 2, 2), adult_id=plant_adult(desk.store), owner_id=desk.officer.id
    )
    assert case_id == 1

    def keep(words: str) -> None:
        answers = {"kind": "call", "words": words}
        desk.do(add_note, 1, NoteForm.read(answers, today=desk.clock().date(), words=desk.vocabulary))

    return keep


def notes(desk: Desk) -> list[str]:
    """The notes of the case as the chronology shows them, turned round: the first kept first."""
    entries = [entry.words for entry in desk.ask(case_timeline, 1) if entry.source == "note"]
    return list(reversed(entries))


@pytest.mark.parametrize("step", [BACK_AN_HOUR, BACK_A_DAY, timedelta(days=-400)])
def test_what_was_kept_first_stays_first_when_the_clock_is_put_back(
    desk: Desk, clock: FrozenClock, note: Callable[[str], None], step: timedelta
) -> None:
    for number in range(3):
        note(f"Call {number}")
        clock.pass_time(minutes=5)
    clock.instant += step
    for number in range(3, 6):
        note(f"Call {number}")
        clock.pass_time(minutes=5)

    assert notes(desk) == [f"Call {number}" for number in range(6)]
    assert entries_in_order(desk) == sorted(entries_in_order(desk))


@pytest.mark.parametrize("night", [CLOCKS_GO_BACK, CLOCKS_GO_FORWARD, LEAP_DAY, YEAR_END])
def test_notes_through_the_night_keep_their_order(
    desk: Desk, clock: FrozenClock, note: Callable[[str], None], night: datetime
) -> None:
    clock.instant = night
    for number in range(8):  # every ten minutes, over the hour that comes twice or not at all
        note(f"Call {number}")
        clock.pass_time(minutes=10)
    assert notes(desk) == [f"Call {number}" for number in range(8)]


def entries_in_order(desk: Desk) -> list[int]:
    with desk.store.read() as connection:
        return list(connection.execute(select(_entries.c.id)).scalars())


def test_a_due_date_is_a_day_and_no_clock_moves_it() -> None:
    friday = date(2026, 10, 23)
    assert add_working_days(friday, 1) == date(2026, 10, 26)  # the clocks go back in between
    assert add_working_days(date(2028, 2, 28), 1) == date(2028, 2, 29)
    assert add_working_days(date(2026, 12, 31), 1) == date(2027, 1, 4)


def test_the_hour_that_comes_twice_is_told_by_the_clock_on_the_wall() -> None:
    first, second = CLOCKS_GO_BACK, CLOCKS_GO_BACK + timedelta(hours=1)
    assert moment(first) == moment(second) == "Sunday 25 October 2026 at 01:50"


def test_a_clock_behind_the_last_entry_is_told(
    desk: Desk, clock: FrozenClock, note: Callable[[str], None], tmp_path_factory: pytest.TempPathFactory
) -> None:
    note("Call")
    desk.store.close()
    state = tmp_path_factory.mktemp("state")
    behind = examine(desk.store.path, state, clock() + BACK_AN_HOUR)
    assert [finding.code for finding in behind.findings] == ["clock_behind"]
    assert examine(desk.store.path, state, clock()).findings == ()
