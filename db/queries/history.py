"""Have we heard this name before? The answer first, then who is compared with whom, then every record there is.

Entries that officers linked count as one person. Entries of a like name that nobody has decided about may be the same
person: they are told apart, and never counted as a yes. Restricted records are not shown; that there may be one is.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import Row, or_, select

from db.access import open_record
from db.clock import day_of
from db.desk import query
from db.errors import NotFound, Refused
from db.heard_before.search import Born
from db.models import Adult, AdultLink, Case, Enquiry, Officer, OtherName, table
from db.permissions import Permission
from db.queries.known import KnownRecord, of_adult, records_of_adults
from db.queries.people import people_called
from db.queries.same_person import same_person
from db.queries.settings import SettingPattern, pattern_at
from db.rules.dates import words as date_words
from db.work import Work

_adults, _links, _other_names, _officers = table(Adult), table(AdultLink), table(OtherName), table(Officer)
_TABLES = {"case": table(Case), "enquiry": table(Enquiry)}

COMPARED = 6
"""Most entries of a like name that are compared with the one in view."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry in the comparison.

    Attributes:
        letter: ``A``, ``B``, or ``NOW`` for the one in view.
        ref: the newest record of the entry, or the one in view.
        same: officers' decision; None where nobody has decided.
        decided: the decision in words: ``YES (Lena Grant 2024)``, ``not decided``.
        decided_with: the entry it was compared with when that was decided, by number.
        why: why it came up: ``exact``, ``sounds like``.
    """

    letter: str
    adult_id: int | None
    name: str
    born: str
    role: str
    setting: str
    ref: str
    same: bool | None = None
    decided: str = ""
    decided_with: int | None = None
    other_names: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class PersonHistory:
    """What is known of a person.

    Attributes:
        answer: YES, PERHAPS or NO, and why, in one sentence.
        entries: the one in view first.
        records: of the person, then of those who may be the same, then of those who are not; newest first in each,
            with its entry's letter.
        restricted: whether a restricted record may match.
        meanings: what the findings among the records mean: the word and its sentence.
    """

    name: str
    born: str
    answer: str
    entries: tuple[Entry, ...]
    records: tuple[tuple[str, KnownRecord], ...]
    setting: SettingPattern | None
    restricted: bool
    meanings: tuple[tuple[str, str], ...]
    adult_id: int | None = None


@dataclass(frozen=True, slots=True)
class AskedAbout:
    """Whom the history is asked about: a record's adult, an adult, or a name that is only typed so far."""

    kind: Literal["case", "enquiry"] | None = None
    record_id: int | None = None
    adult_id: int | None = None
    name: str = ""
    born: Born = None
    setting_id: int | None = None


@query(Permission.READ_RECORD, logged=True)
def person_history(work: Work, asked: AskedAbout, why: str = "") -> PersonHistory:
    """What is known of a person, and of those who may be the same. Opening it is kept in the audit trail.

    Args:
        work: the officer's turn.
        asked: whom it is asked about.
        why: a code of the list ``search_reason``, where it was opened from a search.

    Raises:
        NotFound: the record names no adult yet, or there is no such adult.
        NotOnAccessList: the record it is asked from is restricted.
        Refused: every record of the adult is.
    """
    work.why = why or None
    return _told(work, asked)


@query(Permission.READ_RECORD, logged=True)
def history_summary(work: Work, asked: AskedAbout) -> str:
    """The answer and the list as plain lines, to be copied on purpose. That it was copied is kept in the audit trail.

    Raises:
        As `person_history`.
    """
    return "\n".join(_summary(_told(work, asked)))


def _told(work: Work, asked: AskedAbout) -> PersonHistory:
    record = open_record(work, _TABLES[asked.kind], asked.record_id) if asked.kind and asked.record_id else None
    in_view = _in_view(work, asked, record)
    work.subject = f"adult/{in_view.adult_id}" if in_view.adult_id else "adult/not entered"
    return _History(work, in_view).told()


def _summary(history: PersonHistory) -> Iterator[str]:
    yield f"{history.name}, born {history.born}"
    yield history.answer
    names = {entry.letter: entry.name for entry in history.entries}
    for letter, record in history.records:
        about = "" if letter == "NOW" else f" ({letter}, {names.get(letter, '')})"
        concern = f", {record.concern}" if record.concern else ""
        yield f"{record.received_on:%b %Y}  {record.ref}  {record.what.lower()}{concern}: {record.state}{about}"
    yield from (f"{word}: {meaning}" for word, meaning in history.meanings)
    if history.setting:
        yield f"{history.setting.name}: {history.setting.words}"


@dataclass(frozen=True, slots=True)
class _InView:
    """Who is asked about, as far as is known."""

    adult_id: int | None
    name: str
    born_on: Born
    ref: str
    setting_id: int | None


def _in_view(work: Work, asked: AskedAbout, record: Any) -> _InView:  # noqa: ANN401 - a row of either table, or None
    adult_id = record.adult_id if record is not None else asked.adult_id
    setting_id = record.setting_id if record is not None else asked.setting_id
    ref = record.ref if record is not None else ""
    if adult_id is not None:
        adult = work.row(Adult, adult_id)
        return _InView(adult_id, adult.name, adult.born_on, ref, setting_id)
    if not asked.name.strip():
        raise NotFound("No adult is named in this record yet, so there is no name to compare")
    return _InView(None, asked.name, asked.born, ref, setting_id)


class _History:
    """One person's history, put together within one turn."""

    def __init__(self, work: Work, in_view: _InView) -> None:
        self.work = work
        self.in_view = in_view
        self.person = same_person(work, in_view.adult_id) if in_view.adult_id else frozenset()
        found = people_called(
            work, in_view.name, in_view.born_on, in_view.setting_id, besides=self.person, limit=COMPARED
        )
        self.why = {person.adult_id: person.why for person in found.people}
        self.decisions = _decisions(work, self.person)
        self.records, hidden = records_of_adults(work, [*self.person, *self.why])
        self.restricted = found.restricted or bool(hidden)
        unseen = hidden - {record.adult_id for record in self.records}
        if in_view.adult_id in unseen:
            raise Refused("A restricted record may match. Ask the manager")
        self.others = [*(self.person - unseen - {in_view.adult_id}), *self.why]

    def told(self) -> PersonHistory:
        """The history as it is shown."""
        entries = tuple(self.entries())
        letters = {entry.adult_id: entry.letter for entry in entries}
        decided_no = {entry.adult_id for entry in entries if entry.same is False}
        listed = [record for record in self.records if record.adult_id not in decided_no]
        now = entries[0]
        return PersonHistory(
            now.name,
            now.born,
            self.answer(listed),
            entries,
            tuple((letters.get(record.adult_id, ""), record) for record in sorted(self.records, key=self.standing)),
            self.pattern(),
            self.restricted,
            tuple(dict.fromkeys((record.state, record.meaning) for record in self.records if record.meaning)),
            self.in_view.adult_id,
        )

    def entries(self) -> Iterator[Entry]:
        """The one in view, then its linked entries, then those not decided, then those decided not to be the same."""
        facts = _facts(self.work, [*self.person, *self.why])
        yield self.entry("NOW", self.in_view.adult_id, facts)
        order = sorted(self.others, key=self.place)
        for letter, adult_id in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", order, strict=False):
            yield self.entry(letter, adult_id, facts)

    def standing(self, record: KnownRecord) -> int:
        """Where a record stands in the list: the person's own first, those of somebody else last."""
        return self.place(record.adult_id) if record.adult_id is not None else 1

    def place(self, adult_id: int) -> int:
        """Where an entry stands in the comparison."""
        same = self.same(adult_id)
        return 0 if same else 1 if same is None else 2

    def same(self, adult_id: int) -> bool | None:
        """Whether officers say an entry is the person in view."""
        if adult_id in self.person:
            return True
        return False if adult_id in self.decisions else None

    def entry(self, letter: str, adult_id: int | None, facts: dict[int, "_Facts"]) -> Entry:
        """One entry as it is compared."""
        fact = facts.get(adult_id) if adult_id is not None else None
        own = list(of_adult(self.records, {adult_id})) if adult_id is not None else []
        in_view = letter == "NOW"
        newest = next((r for r in own if r.ref == self.in_view.ref), own[0] if own else None)
        decision = None if in_view or adult_id is None else self.decisions.get(adult_id)
        return Entry(
            letter,
            adult_id,
            fact.name if fact else self.in_view.name,
            fact.born if fact else _born_words(self.in_view.born_on),
            role=newest.role if newest else "",
            setting=newest.setting if newest else "",
            ref=newest.ref if newest else "",
            same=None if in_view or adult_id is None else self.same(adult_id),
            decided="" if in_view else self.decided(adult_id, decision),
            decided_with=_other_of(decision, adult_id),
            other_names=fact.other_names if fact else (),
            why=self.why.get(adult_id, "") if adult_id is not None else "",
        )

    def decided(self, adult_id: int | None, decision: Row[Any] | None) -> str:
        """A decision in words."""
        if decision is None:
            return "YES, by another link" if adult_id in self.person else "not decided"
        said = "YES" if decision.same else "NO"
        return f"{said} ({decision.name} {day_of(decision.decided_at).year})"

    def answer(self, listed: Sequence[KnownRecord]) -> str:
        """The answer in one or two sentences."""
        of_person = [r for r in listed if r.adult_id in self.person and r.ref != self.in_view.ref]
        possible = [r for r in listed if r.adult_id not in self.person]
        sentence = self.yes(of_person, possible) if of_person else _perhaps(possible)
        return f"{sentence} A restricted record may match. Ask the manager." if self.restricted else sentence

    def yes(self, of_person: Sequence[KnownRecord], possible: Sequence[KnownRecord]) -> str:
        """The answer where the person is known."""
        now = next((record for record in self.records if record.ref == self.in_view.ref), None)
        alike = sum(record.type == now.type for record in of_person) if now and now.type else 0
        earlier = _several(len(of_person), "earlier record" if now else "record")
        kind = f", {alike} of the same kind" if alike else ""
        more = f" {_several(len(possible), 'more record')} may be the same person." if possible else ""
        return f"YES: {earlier}{kind}. Last: {_last(of_person)}.{more}"

    def pattern(self) -> SettingPattern | None:
        """The pattern at the setting of the record in view, or of the newest."""
        own = (r.setting_id for r in of_adult(self.records, self.person) if r.setting_id is not None)
        setting_id = self.in_view.setting_id or next(own, None)
        return pattern_at(self.work, setting_id, self.person) if setting_id else None


@dataclass(frozen=True, slots=True)
class _Facts:
    name: str
    born: str
    other_names: tuple[str, ...]


def _facts(work: Work, adults: Collection[int]) -> dict[int, _Facts]:
    others: dict[int, list[str]] = {}
    for row in work.rows(
        select(_other_names.c.adult_id, _other_names.c.name).where(_other_names.c.adult_id.in_(adults))
    ):
        others.setdefault(row.adult_id, []).append(row.name)
    rows = work.rows(select(_adults.c.id, _adults.c.name, _adults.c.born_on).where(_adults.c.id.in_(adults)))
    return {row.id: _Facts(row.name, _born_words(row.born_on), tuple(others.get(row.id, ()))) for row in rows}


def _born_words(born: Born) -> str:
    return date_words(born) if isinstance(born, date) else str(born) if born else "not known"


def _decisions(work: Work, person: Collection[int]) -> dict[int, Row[Any]]:
    """Standing decisions between the person in view and other entries, by the number of either, the newest."""
    statement = (
        select(_links.c.adult_id, _links.c.other_id, _links.c.same, _links.c.decided_at, _officers.c.name)
        .join(_officers, _officers.c.id == _links.c.decided_by)
        .where(_links.c.ended_at.is_(None), or_(_links.c.adult_id.in_(person), _links.c.other_id.in_(person)))
        .order_by(_links.c.id)
    )
    found: dict[int, Row[Any]] = {}
    for row in work.rows(statement):
        inside = row.adult_id in person and row.other_id in person
        for number in (row.adult_id, row.other_id):
            if inside or number not in person:
                found[number] = row
    return found


def _other_of(decision: Row[Any] | None, adult_id: int | None) -> int | None:
    if decision is None:
        return None
    return int(decision.other_id if decision.adult_id == adult_id else decision.adult_id)


def _perhaps(possible: Sequence[KnownRecord]) -> str:
    if not possible:
        return "NO record under this name, nor one like it."
    return f"PERHAPS: {_several(len(possible), 'record')} under a like name. Last: {_last(possible)}. Compare below."


def _last(records: Sequence[KnownRecord]) -> str:
    return f"{max(record.closed_on or record.received_on for record in records):%B %Y}"


def _several(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
