"""Find, and "heard before?": one search over adults, their other names, settings and references.

What is restricted is neither shown nor counted in a search; the officer is told that a restricted record may match,
never which.
"""

import hmac
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import select

from db.desk import query
from db.errors import Problem, ThereIsAProblem
from db.heard_before.closeness import Why
from db.heard_before.names import fold, read
from db.heard_before.references import read_reference
from db.heard_before.search import Born, Match, search_names
from db.models import Adult, Setting, table
from db.permissions import Permission
from db.queries.known import KnownRecord, newest_of_each, of_adult, records_called, records_of_adults
from db.queries.settings import SettingFound, cases_at, known_only_to_others
from db.work import Work

_adults, _settings = table(Adult), table(Setting)

PEOPLE_SHOWN, RECORDS_SHOWN, SETTINGS_SHOWN = 10, 10, 5
_SPARE = 10
"""Matches asked for beyond those shown, to take the places of those that may not be."""


@dataclass(frozen=True, slots=True)
class PersonFound:
    """An adult who may be meant.

    Attributes:
        found_as: the other name they were found under, or "".
        born_on: as recorded, None where not known.
        role, setting: as the newest record has them.
        records: cases and enquiries about this entry.
        why: why they were found, in words: ``exact``, ``sounds like``.
        latest: the newest record's reference, and what it was.
    """

    adult_id: int
    name: str
    found_as: str
    born_on: date | None
    role: str
    setting: str
    records: int
    why: str
    latest: str = ""


@dataclass(frozen=True, slots=True)
class PeopleFound:
    """Who may be meant; whether a restricted record may match too, and how many more fit as well."""

    people: tuple[PersonFound, ...] = ()
    restricted: bool = False
    more: int = 0
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What one search found, in groups."""

    people: tuple[PersonFound, ...] = ()
    records: tuple[KnownRecord, ...] = ()
    settings: tuple[SettingFound, ...] = ()
    restricted: bool = False
    more: int = 0
    hint: str = ""

    @property
    def results(self) -> int:
        """How many results are shown."""
        return len(self.people) + len(self.records) + len(self.settings)


@query(Permission.SEARCH, logged=True)
def find(work: Work, text: str, why: str) -> Found:
    """A settled search. The audit trail keeps who searched and why, and a keyed digest of the words, not the words.

    Args:
        work: the officer's turn.
        text: a name, a setting or a reference, whole or begun.
        why: a code of the list ``search_reason``.

    Raises:
        ThereIsAProblem: the reason is not one of the list.
    """
    if not work.vocabulary.knows("search_reason", why):
        codes = ", ".join(term.code for term in work.vocabulary.terms("search_reason"))
        raise ThereIsAProblem([Problem("why", "Why", f"Enter why you are searching: {codes}")])
    work.why = why
    work.subject = f"search/{hmac.digest(work.digest_key, fold(text).strip().encode(), sha256).hex()[:16]}"
    return _look_up(work, text)


@query(Permission.SEARCH)
def look_up(work: Work, text: str) -> Found:
    """The same while the words are still being typed; `find` follows when they have settled."""
    return _look_up(work, text)


@query(Permission.SEARCH)
def heard_before(
    work: Work,
    name: str,
    born: Born = None,
    setting_id: int | None = None,
    *,
    besides: Collection[int] = (),
    limit: int = PEOPLE_SHOWN,
) -> PeopleFound:
    """Adults whom a name may mean, as it is typed on a call.

    Args:
        work: the officer's turn.
        name: the name so far.
        born: birth date or year, where known.
        setting_id: where they work, where known.
        besides: adults left out: the one in view.
        limit: most rows.
    """
    return people_called(work, name, born, setting_id, besides=besides, limit=limit)


def people_called(
    work: Work,
    name: str,
    born: Born = None,
    setting_id: int | None = None,
    *,
    besides: Collection[int] = (),
    limit: int = PEOPLE_SHOWN,
    broadly: bool = False,
) -> PeopleFound:
    """As `heard_before`, within a turn already begun; ``broadly`` for whoever shares so much as a part of the name."""
    wanted = limit + _SPARE + len(besides)
    matches = search_names(work.connection, name, limit=wanted, born_on=born, setting_id=setting_id)
    rows = [match for match in matches.rows if match.owner_id not in besides and (broadly or _may_be_the_same(match))]
    records, hidden = records_of_adults(work, [match.owner_id for match in rows])
    newest = newest_of_each(records)
    to_show = [match for match in rows if match.owner_id in newest or match.owner_id not in hidden]
    shown = to_show[:limit]
    people = _people(work, shown, records)
    return PeopleFound(people, bool(hidden), matches.more + len(to_show) - len(shown), matches.hint)


def _may_be_the_same(match: Match) -> bool:
    """Whether a match may be the person meant, and not one more of the same surname.

    Every word typed has an answer; or the record knows one word only; or the birth date is the same.
    """
    return match.whole or len(read(match.name).words) == 1 or Why.BORN in match.why.split(", ")


def _people(work: Work, matches: Sequence[Match], records: Sequence[KnownRecord]) -> tuple[PersonFound, ...]:
    born = select(_adults.c.id, _adults.c.born_on).where(_adults.c.id.in_([match.owner_id for match in matches]))
    born_on = {row.id: row.born_on for row in work.rows(born)}
    return tuple(_person(match, born_on.get(match.owner_id), records) for match in matches)


def _person(match: Match, born_on: date | None, records: Sequence[KnownRecord]) -> PersonFound:
    own = list(of_adult(records, {match.owner_id}))
    newest = own[0] if own else None
    return PersonFound(
        match.owner_id,
        match.name,
        match.found_as,
        born_on,
        role=newest.role if newest else "",
        setting=newest.setting if newest else "",
        records=len(own),
        why=match.why,
        latest=f"{newest.ref} {newest.what.lower()}, {newest.state}" if newest else "",
    )


def _look_up(work: Work, text: str) -> Found:
    named, hidden_refs = records_called(work, _references(text))
    people = PeopleFound() if named else people_called(work, text, broadly=True)
    of_people, hidden_people = records_of_adults(work, [person.adult_id for person in people.people])
    settings, hidden_settings = ((), False) if named else _settings_called(work, text)
    return Found(
        people.people,
        tuple((named or of_people)[:RECORDS_SHOWN]),
        settings,
        restricted=bool(hidden_refs or people.restricted or hidden_people or hidden_settings),
        more=people.more,
        hint=people.hint,
    )


def _references(text: str) -> tuple[str, ...]:
    meant = read_reference(text)
    if meant is None:
        return ()
    kinds = (meant.kind,) if meant.kind else ("E", "R")
    return tuple(str(meant._replace(kind=kind)) for kind in kinds)


def _settings_called(work: Work, text: str) -> tuple[tuple[SettingFound, ...], bool]:
    rows = search_names(work.connection, text, kind="setting", limit=SETTINGS_SHOWN + _SPARE).rows
    numbers = [match.owner_id for match in rows]
    hidden = known_only_to_others(work, numbers)
    cases = cases_at(work, numbers)
    about = {row.id: row for row in work.rows(select(_settings).where(_settings.c.id.in_(numbers)))}
    found = [
        SettingFound(
            match.owner_id,
            match.name,
            about[match.owner_id].town or "",
            work.vocabulary.label("setting_kind", kind) if (kind := about[match.owner_id].kind) else "",
            cases.get(match.owner_id, 0),
            match.why,
        )
        for match in rows
        if match.owner_id in about and match.owner_id not in hidden
    ]
    return tuple(found[:SETTINGS_SHOWN]), bool(hidden)
