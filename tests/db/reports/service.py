"""A small made-up service, row by row, for tests that ask what is counted and not how it came to be on record."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Connection, insert

from db.clock import week_number
from db.desk import Desk
from db.models import Adult, Case, CaseChild, Child, ChildMark, Enquiry, Outcome, ScreeningDecision, table
from db.work import Work
from tests.planted import ENTERED

ADULT = 1
_UNKNOWN = dict.fromkeys(("adult_aware", "parents_aware", "police_told", "social_care_told"), "not_known")
_TOLD = dict.fromkeys(("agreed_employer", "agreed_police", "agreed_social_care", "adult_told", "child_told"), "yes")


@dataclass
class Referral:
    """One referral as a test tells it: each decision with its day, and how it ended."""

    received_on: date
    decisions: tuple[tuple[date, str], ...] = ()
    closed_on: date | None = None
    closed_as: str | None = None
    finding: str | None = None
    marks: tuple[tuple[str, ...], ...] = ()
    restricted: bool = False
    about: dict[str, Any] = field(default_factory=dict)

    def decided_by(self, day: date) -> list[tuple[date, str]]:
        """The decisions that had been made by a day."""
        return [(on, what) for on, what in self.decisions if on <= day]

    def was(self, day: date) -> str:
        """What it was at the end of a day."""
        made = self.decided_by(day)
        return made[-1][1] if made else "pending"

    def as_known_on(self, today: date) -> "Referral":
        """The same without what had not happened yet."""
        if self.closed_on and self.closed_on <= today:
            return replace(self, decisions=tuple(self.decided_by(today)))
        return replace(self, decisions=tuple(self.decided_by(today)), closed_on=None, closed_as=None, finding=None)

    @property
    def first(self) -> tuple[date, str] | None:
        """The first decision that was one."""
        return next(((on, what) for on, what in self.decisions if what != "pending"), None)


class Service:
    """Rows written into an open connection, and what is asked of them there."""

    def __init__(self, desk: Desk, connection: Connection) -> None:
        self.connection = connection
        self.work: Work = desk._work(connection)
        self._numbers = count(1)
        self._put(Adult, id=ADULT, version=1, name="James Hartley", born_given="not_known", entered_at=ENTERED)

    def refer(self, told: Referral) -> int:
        """A referral with all that hangs below it; returns its number."""
        number = next(self._numbers)
        first = told.first
        self._put(
            Case, id=number, version=1, ref=f"R-{number:06d}", adult_id=ADULT, received_on=told.received_on,
            received_week=week_number(told.received_on), entered_at=ENTERED, entered_by=1,
            classification=told.decisions[-1][1] if told.decisions else "pending",
            first_classification=first[1] if first else None, first_decided_on=first[0] if first else None,
            closed_on=told.closed_on, closed_as=told.closed_as, restricted=told.restricted, waiting=False,
            legal_hold=False, **_UNKNOWN, **told.about,
        )  # fmt: skip
        for at, (on, what) in enumerate(told.decisions, start=1):
            self._decide(number, at, on, what)
        if told.finding and told.closed_on:
            self.conclude(number, told.closed_on, told.finding)
        for marks in told.marks:
            self._child(number, marks)
        return number

    def conclude(self, case: int, on: date, finding: str, **more: Any) -> None:
        """An outcome for a case."""
        self._put(
            Outcome, **{"case_id": case, "number": 1, "is_current": True, "concluded_on": on, "finding": finding,
            "conflict": False, "reason": "Agreed with the employer.", "employment_result": "no_action",
            "dbs_removed": "no", "dbs_harm": "no", "dbs_status": "not_needed", "regulator_status": "not_needed",
            "parent_told": "yes", "recorded_by": 1, "recorded_at": ENTERED, **_TOLD} | more,
        )  # fmt: skip

    def ring(self, received_on: date, result: str | None = None, **about: Any) -> int:
        """An enquiry."""
        number = next(self._numbers)
        unknown = dict.fromkeys(
            ("child_safe", "adult_with_children", "police_or_care_told", "works_elsewhere", "other_work",
             "child_needs", "child_in_care"), "not_known",
        )  # fmt: skip
        at = datetime(received_on.year, received_on.month, received_on.day, 10, tzinfo=UTC)
        self._put(
            Enquiry, **{"id": number, "version": 1, "ref": f"E-{number:06d}", "subject": "lado", "received_at": at,
            "received_on": received_on, "received_week": week_number(received_on), "entered_at": ENTERED,
            "taken_by": 1, "method": "telephone", "result": result, "waiting": False, "restricted": False,
            **unknown} | about,
        )  # fmt: skip
        return number

    def put(self, model: type[Any], **values: Any) -> None:
        """A row of any other table."""
        self._put(model, **values)

    def _decide(self, case: int, number: int, on: date, what: str) -> None:
        self._put(
            ScreeningDecision, case_id=case, number=number, decided_at=ENTERED + timedelta(days=number),
            decided_on=on, officer_id=1, limb_1="no", limb_2="no", limb_3="no", limb_4="no",
            reason="Decided on what was told by then.", classification=what, guidance="WT2018", police="told",
            social_care="told",
        )  # fmt: skip

    def _child(self, case: int, marks: tuple[str, ...]) -> None:
        number = next(self._numbers)
        self._put(Child, id=number, version=1, name="J.S.", needs="not_known", in_care="not_known")
        self._put(CaseChild, case_id=case, child_id=number)
        for mark in marks:
            self._put(ChildMark, child_id=number, mark=mark)

    def _put(self, model: type[Any], **values: Any) -> None:
        self.connection.execute(insert(table(model)), values)


@contextmanager
def service_at(desk: Desk) -> Iterator[Service]:
    """A service in a desk's store; what is written there is taken back at the end."""
    with desk.store.engine.connect().execution_options(writes=True) as connection:
        turn = connection.begin()
        yield Service(desk, connection)
        turn.rollback()
