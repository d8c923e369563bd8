"""The clocks that run on a case, and what a row of the worklist says about its due date.

A limit is the last day on which a thing is still in time. Months are calendar months: one month from 31 January is
28 or 29 February. Days since receipt count the day after receipt as day 1.

Sources: the national network's minimum standards and the original Working Together targets (80% within one month,
90% within three, all but the exceptional within twelve). Where no limit is published, the notes below say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from dateutil.relativedelta import relativedelta

from db.rules.working_days import add_working_days, working_days_between

Unit = Literal["working_days", "days", "months"]
"""How a limit is counted: working days, or calendar days, or calendar months."""


@dataclass(frozen=True, slots=True)
class Timescale:
    """One limit the service works to.

    Attributes:
        code: how the record knows it.
        label: what must be done.
        limit: how many units after the start it must be done by.
        unit: what is counted.
        start: what it is counted from.
        target_percent: how many in a hundred should be in time, where a target was set.
        note: where practice differs.
    """

    code: str
    label: str
    limit: int
    unit: Unit
    start: str
    target_percent: int | None = None
    note: str = ""

    def due_on(self, start_on: date) -> date:
        """The last day in time for something that started on a day."""
        if self.unit == "working_days":
            return add_working_days(start_on, self.limit)
        if self.unit == "days":
            return start_on + relativedelta(days=self.limit)
        return start_on + relativedelta(months=self.limit)


_ALL = (
    Timescale("employer_to_lado", "Employer tells the LADO", 1, "working_days", "the employer knew"),
    Timescale("lado_decision", "LADO evaluates and decides", 1, "working_days", "received"),
    Timescale("evaluation_meeting", "Evaluation meeting, if needed", 5, "working_days", "received"),
    Timescale("minutes_out", "Minutes sent", 28, "days", "the meeting"),
    Timescale("first_review", "First review", 28, "days", "the first meeting"),
    Timescale("monitor", "Review the case and record the cause of delay", 1, "months", "the last review"),
    Timescale("kpi_1m", "Closed within 1 month", 1, "months", "received", target_percent=80),
    Timescale("kpi_3m", "Closed within 3 months", 3, "months", "received", target_percent=90),
    Timescale("kpi_12m", "Closed within 12 months", 12, "months", "received", note="all but the exceptional"),
    Timescale(
        "dbs_referral",
        "DBS referral made by the employer",
        1,
        "months",
        "removal or conclusion",
        note="as soon as possible in law; chased at one month",
    ),
    Timescale("ofsted_early_years", "Early years provider tells Ofsted", 14, "days", "the allegation"),
    Timescale("foi", "Freedom of information answer", 20, "working_days", "received"),
    Timescale("sar", "Subject access answer", 1, "months", "received", note="may be extended by two months"),
)

TIMESCALES: Mapping[str, Timescale] = {timescale.code: timescale for timescale in _ALL}
"""Every limit, by code."""

CLOSING = tuple(TIMESCALES[code] for code in ("kpi_1m", "kpi_3m", "kpi_12m"))
"""The three clocks that run from receipt to closure, shortest first."""

ClockState = Literal["running", "past", "met", "missed"]
"""Open and in time, open and past the limit, closed in time, closed past the limit."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One closing clock of one case, in words.

    Attributes:
        name: 1 month, 3 months or 12 months.
        limit_on: the last day in time.
        state: whether it runs, is past, was met or was missed.
        words: the same for reading aloud, in calendar days.
    """

    name: str
    limit_on: date
    state: ClockState
    words: str


def due_on(code: str, start_on: date) -> date:
    """The last day in time under a timescale.

    Raises:
        KeyError: there is no timescale of that code.
    """
    return TIMESCALES[code].due_on(start_on)


def days_since(received_on: date, day: date) -> int:
    """Which day of the case a date is, in calendar days; the day of receipt is day 0."""
    return (day - received_on).days


def closing_clocks(received_on: date, as_at: date, closed_on: date | None = None) -> tuple[Clock, Clock, Clock]:
    """The 1, 3 and 12 month clocks of a case as they stand on a day."""
    ended_on = closed_on if closed_on is not None and closed_on <= as_at else None
    one, three, twelve = (_clock(timescale, received_on, as_at, ended_on) for timescale in CLOSING)
    return one, three, twelve


def _clock(timescale: Timescale, received_on: date, as_at: date, closed_on: date | None) -> Clock:
    limit_on = timescale.due_on(received_on)
    name = _several(timescale.limit, "month")
    if closed_on is None:
        return Clock(name, limit_on, "past" if as_at > limit_on else "running", _open_words(limit_on, as_at))
    if closed_on > limit_on:
        return Clock(name, limit_on, "missed", f"missed by {_several((closed_on - limit_on).days, 'day')}")
    return Clock(name, limit_on, "met", f"met on day {days_since(received_on, closed_on)}")


def _open_words(limit_on: date, as_at: date) -> str:
    left = (limit_on - as_at).days
    if left < 0:
        return f"PAST by {_several(-left, 'day')}"
    return f"{_several(left, 'day')} left" if left else "last day today"


def _several(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


Band = Literal["1_month", "3_months", "12_months", "over_12_months", "open"]
"""How long a case took: each case is in one band, and the bands add up to all cases."""

BANDS: tuple[Band, ...] = ("1_month", "3_months", "12_months", "over_12_months", "open")
"""The bands in the order in which they are shown."""


def band(received_on: date, closed_on: date | None, as_at: date) -> Band:
    """How long a case took, as at a day: the first of the three limits within which it closed.

    A case closed after that day was still open on it.
    """
    if closed_on is None or closed_on > as_at:
        return "open"
    for timescale, name in zip(CLOSING, BANDS, strict=False):
        if closed_on <= timescale.due_on(received_on):
            return name
    return "over_12_months"


@dataclass(frozen=True, slots=True)
class Status:
    """What a worklist row says first: a two-character mark, a word, and where it sorts.

    The word alone says everything; the mark and any colour only repeat it.
    """

    mark: str
    word: str
    rank: int

    @property
    def text(self) -> str:
        """Mark and word as the list shows them."""
        return f"{self.mark} {self.word}"


LATE, TODAY, NEW, WAITING, RESTRICTED, ON_TRACK, NO_DATE = range(7)
"""The order of the worklist: what is late comes first, then what is due today, what is new, and so on."""

_MARKS: Mapping[int, tuple[str, str]] = {
    LATE: ("!!", "LATE"),
    TODAY: ("! ", "TODAY"),
    NEW: ("* ", "NEW"),
    WAITING: ("..", "WAITING"),
    RESTRICTED: ("##", "RESTRICT"),
    ON_TRACK: ("  ", "ON TRACK"),
    NO_DATE: ("  ", "NO DATE"),
}


def due_status(
    due_on: date | None,
    today: date,
    *,
    waiting: bool = False,
    restricted: bool = False,
    new_since: datetime | None = None,
) -> Status:
    """What a row of the worklist says about itself.

    Late and due today come before new and waiting, because a thing that waits on others can still be late. A row
    with nothing due is said to have no date; it is never on track.

    Args:
        due_on: the day its next step is due.
        today: the date at the desk.
        waiting: whether others have been asked and have not answered.
        restricted: whether the officer is off its access list; then nothing else is told.
        new_since: when it came, by the clock on the wall, if no one has opened it.
    """
    rank = _rank(due_on, today, waiting=waiting, restricted=restricted, new=new_since is not None)
    mark, word = _MARKS[rank]
    if rank == LATE and due_on is not None and (late := working_days_between(due_on, today)):
        word = f"{word} {late}d"
    if rank == NEW and new_since is not None:
        word = f"{word} {new_since:%H:%M}" if new_since.date() == today else word
    return Status(mark, word, rank)


def _rank(due_on: date | None, today: date, *, waiting: bool, restricted: bool, new: bool) -> int:
    if restricted:
        return RESTRICTED
    if due_on is not None and due_on <= today:
        return LATE if due_on < today else TODAY
    if new:
        return NEW
    if waiting:
        return WAITING
    return ON_TRACK if due_on is not None else NO_DATE
