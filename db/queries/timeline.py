"""What happened in a case, newest first: notes, decisions, meetings, moves and all else that was kept, as one list.

The order never changes once a thing is kept. What the desk stamped with the time stands in the order it was kept,
even where the clock was put back in between; what happened on a day stands at that day's noon.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from sqlalchemy import Row, func, select

from db.access import open_record
from db.clock import ENGLAND, local
from db.desk import query
from db.models import (
    Alert,
    Allocation,
    Case,
    Delay,
    Escalation,
    Meeting,
    Note,
    Outcome,
    Restriction,
    ScreeningDecision,
    Share,
    Step,
    Strand,
    table,
)
from db.officers import NOBODY, OfficerName, everyone
from db.permissions import Permission
from db.vocabulary import Answer, Classification, Finding, LimbAnswer
from db.work import Work

_cases, _notes = table(Case), table(Note)

HEAD = 300
"""Characters of a note that the list holds; the whole is read when it is opened."""

Direction = Literal["down", "up"]


class TimelineKey(NamedTuple):
    """Where an entry stands: when, then what kind, then which."""

    at: datetime
    rank: int
    id: int


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of the chronology.

    Attributes:
        key: its place.
        when: as it is shown, ``12 Mar 09:50`` or ``12 Mar 2024``.
        who: initials, or "" where the entry names nobody.
        kind: what it is, in a word.
        words: what happened, on one line.
        source, id: what to open, see `db.queries.entries`; "" where the line says all there is.
        corrected: whether a newer note stands in its place.
    """

    key: TimelineKey
    when: str
    who: str
    kind: str
    words: str
    source: str = ""
    id: int = 0
    corrected: bool = False


class _Told(NamedTuple):
    """A line before it has its place, ``shown`` at another day where that is told.

    A row's second line, its end, has its number with a minus.
    """

    at: datetime | date
    id: int
    officer_id: int | None
    kind: str
    words: str
    source: str = ""
    corrected: bool = False
    shown: date | None = None


@query(Permission.READ_RECORD)
def case_timeline(
    work: Work,
    case_id: int,
    after: TimelineKey | None = None,
    direction: Direction = "down",
    count: int = 200,
    containing: str = "",
) -> Sequence[TimelineEntry]:
    """Up to ``count`` entries after a key ("down", older) or before it ("up", newer), newest first.

    Args:
        work: the officer's turn.
        case_id: the case.
        after: the key to go on from; None begins at the newest ("down") or ends at the oldest ("up").
        direction: which way.
        count: most entries.
        containing: only entries with these letters in their words, kind or initials, capitals or not.

    Raises:
        NotOnAccessList: the case is not this officer's to open.
    """
    entries = _entries(work, case_id, containing)
    if direction == "down":
        return [entry for entry in entries if after is None or entry.key < after][:count]
    newer = [entry for entry in entries if after is None or entry.key > after]
    return newer[-count:] if count else []


@query(Permission.READ_RECORD)
def count_timeline(work: Work, case_id: int, containing: str = "") -> int:
    """How many entries the chronology has.

    Raises:
        NotOnAccessList: the case is not this officer's to open.
    """
    return len(_entries(work, case_id, containing))


def _entries(work: Work, case_id: int, containing: str) -> Sequence[TimelineEntry]:
    case = open_record(work, _cases, case_id)
    names = everyone(work)
    found = [
        entry
        for rank, tell in enumerate(_TELLERS)
        for entry in _placed(rank, tell(work, case, bool(containing)), names, work.today)
        if containing.casefold() in f"{entry.kind} {entry.who} {entry.words}".casefold()
    ]
    return sorted((_shortened(entry) for entry in found), key=attrgetter("key"), reverse=True)


def _placed(rank: int, told: Iterable[_Told], names: Mapping[int, OfficerName], today: date) -> Iterator[TimelineEntry]:
    latest = datetime.min.replace(tzinfo=UTC)
    for line in told:
        at = _instant(line.at)
        if isinstance(line.at, datetime):
            at = latest = max(latest, at)  # kept in the order of their numbers, whatever the clock did
        yield TimelineEntry(
            TimelineKey(at, rank, line.id),
            _when(line.shown or line.at, today),
            names.get(line.officer_id or 0, NOBODY).initials if line.officer_id else "",
            line.kind,
            line.words,
            line.source,
            abs(line.id),
            line.corrected,
        )


def _shortened(entry: TimelineEntry) -> TimelineEntry:
    return replace(entry, words=entry.words[:HEAD])


def _instant(at: datetime | date) -> datetime:
    return at if isinstance(at, datetime) else datetime.combine(at, time(12), ENGLAND).astimezone(UTC)


def _when(at: datetime | date, today: date) -> str:
    shown = local(at) if isinstance(at, datetime) else at
    if shown.year != today.year:
        return f"{shown:%d %b %Y}"
    return f"{shown:%d %b %H:%M}" if isinstance(shown, datetime) else f"{shown:%d %b}"


# What there is to tell, one kind of row each, in the order of their numbers


def _rows(work: Work, model: Any, case: Row[Any], *columns: Any) -> Sequence[Row[Any]]:  # noqa: ANN401
    of = table(model)
    return work.rows(select(*(columns or (of,))).where(of.c.case_id == case.id).order_by(of.c.id))


def _received(work: Work, case: Row[Any], whole: bool) -> Iterator[_Told]:
    morning = datetime.combine(case.received_on, time(0), ENGLAND).astimezone(UTC)
    late = "" if local(case.entered_at).date() == case.received_on else f", entered {local(case.entered_at):%d %b %Y}"
    agency = work.vocabulary.label("referrer_agency", case.agency) if case.agency else "referrer not recorded"
    words = f"Referral from {agency}{late}"
    yield _Told(min(morning, case.entered_at), 0, case.entered_by, "Received", words, shown=case.received_on)


def _notes_told(work: Work, case: Row[Any], whole: bool) -> Iterator[_Told]:
    kept = _notes.c.words if whole else func.substr(_notes.c.words, 1, HEAD).label("words")
    columns = (_notes.c.id, _notes.c.at, _notes.c.officer_id, _notes.c.kind, _notes.c.corrects_id, kept)
    rows = _rows(work, Note, case, *columns)
    corrected = {row.corrects_id for row in rows}
    at = {row.id: row.at for row in rows}
    for row in rows:
        of = f"(corrects {_when(at[row.corrects_id], work.today)}) " if row.corrects_id in at else ""
        kind = "Changed" if row.kind == "changed" else work.vocabulary.label("note_kind", row.kind)
        yield _Told(row.at, row.id, row.officer_id, kind, of + row.words, "note", row.id in corrected)


def _decisions_told(work: Work, case: Row[Any], whole: bool) -> Iterator[_Told]:
    for row in _rows(work, ScreeningDecision, case):
        met = [str(n) for n in (1, 2, 3, 4) if getattr(row, f"limb_{n}") == LimbAnswer.YES]
        chosen = work.vocabulary.label("decision", row.classification)
        by = f", limb{'s' if len(met) > 1 else ''} {', '.join(met)}" if met else ""
        again = f" ({row.number})" if row.number > 1 else ""
        until = f", by {row.decide_by:%d %b}" if row.classification == Classification.PENDING and row.decide_by else ""
        reason = row.reason if whole else row.reason[:HEAD]
        yield _Told(
            row.decided_at, row.id, row.officer_id, f"Decision{again}", f"{chosen}{by}{until}. {reason}", "decision"
        )


def _meetings_told(work: Work, case: Row[Any], whole: bool) -> Iterator[_Told]:
    for row in _rows(work, Meeting, case):
        present = len(
            [line for line in (row.attended or "").replace(";", "\n").replace(",", "\n").split("\n") if line.strip()]
        )
        told = f", {present} present" if present else ""
        label = work.vocabulary.label("meeting_kind", row.kind)
        yield _Told(row.held_on, row.id, row.chair_id, "Meeting", f"{label}{told}", "meeting")


def _moves_told(work: Work, case: Row[Any], whole: bool) -> Iterator[_Told]:
    names, before = everyone(work), NOBODY
    for row in _rows(work, Allocation, case):
        to = names.get(row.officer_id, NOBODY)
        words = f"{before.name} -> {to.name}" if before is not NOBODY else f"To {to.name}"
        yield _Told(row.from_on, row.id, row.given_by, "Moved", f"{words}: {row.reason}" if row.reason else words)
        before = to


def _steps_told(work: Work, case: Row[Any], whole: bool) -> Iterator[_Told]:
    for row in _rows(work, Step, case):
        if row.done_on is not None:
            yield _Told(row.done_on, row.id, row.done_by, "Done", row.what, "step")


def _strands_told(work: Work, case: Row[Any], whole: bool) -> Iterator[_Told]:
    for row in _rows(work, Strand, case):
        label = work.vocabulary.label("strand_kind", row.kind)
        if row.started_on:
            yield _Told(row.started_on, row.id, None, "Strand", f"{label} began", "strand")
        if row.ended_on:
            result = f": {row.result}" if row.result else ""
            yield _Told(row.ended_on, -row.id, None, "Strand", f"{label} ended{result}", "strand")


def _delays_told(work: Work, case: Row[Any], whole: bool) -> Iterator[_Told]:
    for row in _rows(work, Delay, case):
        label = work.vocabulary.label("delay_cause", row.cause)
        words = f": {row.words}" if row.words else ""
        yield _Told(row.from_on, row.id, None, "Held up", f"{label}{words}", "delay")
        if row.to_on:
            yield _Told(row.to_on, -row.id, None, "Held up", f"{label}: over", "delay")


def _shares_told(work: Work, case: Row[Any], whole: bool) -> Iterator[_Told]:
    for row in _rows(work, Share, case):
        label = work.vocabulary.label("notification", row.kind)
        yield _Told(row.on_date, row.id, None, "Told", f"{row.told}: {label}", "share")


def _escalations_told(work: Work, case: Row[Any], whole: bool) -> Iterator[_Told]:
    for row in _rows(work, Escalation, case):
        label = work.vocabulary.label("escalation_reason", row.reason)
        answered = f", answered {row.answered_on:%d %b %Y}" if row.answered_on else ""
        yield _Told(row.raised_on, row.id, None, "Escalated", f"{label}{answered}", "escalation")


def _alerts_told(work: Work, case: Row[Any], whole: bool) -> Iterator[_Told]:
    for row in _rows(work, Alert, case):
        yield _Told(
            row.sent_on, row.id, None, "Alert", work.vocabulary.label("alert_criterion", row.criterion), "alert"
        )


def _restrictions_told(work: Work, case: Row[Any], whole: bool) -> Iterator[_Told]:
    for row in _rows(work, Restriction, case):
        label = work.vocabulary.label("restriction_reason", row.reason)
        yield _Told(row.set_at, row.id, row.set_by, "Restricted", label)


def _outcomes_told(work: Work, case: Row[Any], whole: bool) -> Iterator[_Told]:
    for row in _rows(work, Outcome, case):
        finding = Finding(row.finding)
        again = f" ({row.number})" if row.number > 1 else ""
        undone = ", undone" if row.undone_at else ""
        told = "" if row.adult_told == Answer.YES else ". Adult not told yet"
        words = f"{finding.label}{undone}{told if row.is_current else ''}. {finding.meaning}"
        yield _Told(row.recorded_at, row.id, row.recorded_by, f"Outcome{again}", words, "", not row.is_current)


def _closed_told(work: Work, case: Row[Any], whole: bool) -> Iterator[_Told]:
    if case.closed_on is not None:
        yield _Told(case.closed_on, case.id, None, "Closed", work.vocabulary.label("closed_as", case.closed_as))


_TELLERS: Sequence[Callable[[Work, Row[Any], bool], Iterator[_Told]]] = (
    _received,
    _moves_told,
    _restrictions_told,
    _strands_told,
    _notes_told,
    _decisions_told,
    _meetings_told,
    _steps_told,
    _delays_told,
    _shares_told,
    _escalations_told,
    _alerts_told,
    _outcomes_told,
    _closed_told,
)
"""One for each kind of row; where two fell at the same moment, the later in this list counts as the newer."""
