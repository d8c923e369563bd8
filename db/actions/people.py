"""Adults and settings as they enter the record: found again by name, linked where they are the same, never merged."""

from sqlalchemy import ColumnElement, exists, or_, select

from db.desk import action
from db.errors import DeskError
from db.heard_before.index import index_name
from db.heard_before.names import read
from db.models import Adult, AdultLink, NameToken, NameWord, OtherName, Post, Setting, table
from db.permissions import Permission
from db.rules.dates import Day
from db.work import Work

_links, _settings = table(AdultLink), table(Setting)
_words, _tokens = table(NameWord), table(NameToken)
_ALIKE = 200
"""Settings of a like name that are compared letter for letter."""


def keep_adult(
    work: Work,
    name: str,
    born: Day | None = None,
    *,
    born_confirmed: bool = False,
    sex: str | None = None,
    ethnicity: str | None = None,
    home_address: str | None = None,
    own_children: str | None = None,
    other_work: str | None = None,
) -> int:
    """Enter an adult as they were named to the desk, to be found again by name from this moment on.

    Args:
        work: the officer's turn.
        name: as told.
        born: the date of birth as answered; one that looks made up stays to be confirmed.
        born_confirmed: the officer asked, and it is as recorded.
        sex, ethnicity: codes of their lists.
        home_address, own_children, other_work: as told.
    """
    number = work.insert(
        Adult,
        name=name,
        born_on=born.on if born else None,
        born_given=birth_given(born, confirmed=born_confirmed),
        sex=sex,
        ethnicity=ethnicity,
        home_address=home_address,
        own_children=own_children,
        other_work=other_work,
        entered_at=work.now,
    )
    index_name(work.connection, "adult", number, name)
    return number


def birth_given(born: Day | None, *, confirmed: bool = False) -> str:
    """How far a date of birth can be relied on, as the record keeps it."""
    if born is None or born.on is None:
        return "not_known"
    return "to_confirm" if born.question and not confirmed else "recorded"


def rename_adult(work: Work, adult_id: int, name: str, born: Day | None = None) -> None:
    """Correct an adult's name or date of birth. They are found by the name as first written too."""
    before = work.row(Adult, adult_id)
    changed: dict[str, object] = {}
    if name != before.name:
        keep_other_name(work, adult_id, before.name, "spelling")
        index_name(work.connection, "adult", adult_id, name)
        changed["name"] = name
    if born is not None and born.on != before.born_on:
        changed |= {"born_on": born.on, "born_given": birth_given(born)}
    if changed:
        work.change(Adult, adult_id, **changed)


def keep_other_name(work: Work, adult_id: int, name: str, kind: str = "known_as") -> int:
    """Enter another name of an adult (``former``, ``known_as`` or ``spelling``); they are found by it too."""
    number = work.insert(OtherName, adult_id=adult_id, name=name, kind=kind)
    index_name(work.connection, "adult", adult_id, name)
    return number


def say_whether_same(work: Work, adult_id: int, other_id: int, *, same: bool, reason: str | None = None) -> int:
    """Keep an officer's decision that two entries are, or are not, one person; an earlier decision is ended.

    Raises:
        DeskError: both are the same entry.
        NotFound: one of them is not there.
    """
    if adult_id == other_id:
        raise DeskError("This is one and the same entry. There is nothing to link")
    for number in (adult_id, other_id):
        work.row(Adult, number)
    for link in work.rows(select(_links.c.id).where(_between(adult_id, other_id), _links.c.ended_at.is_(None))):
        work.change(AdultLink, link.id, ended_at=work.now)
    return work.insert(
        AdultLink,
        adult_id=adult_id,
        other_id=other_id,
        same=same,
        reason=reason,
        decided_by=work.officer.id,
        decided_at=work.now,
    )


def keep_post(
    work: Work,
    adult_id: int,
    *,
    setting_id: int | None = None,
    role: str | None = None,
    basis: str | None = None,
    sector: str | None = None,
    service_length: str | None = None,
) -> int | None:
    """Enter where and as what an adult works; nothing where neither was told."""
    if setting_id is None and role is None:
        return None
    told = {"setting_id": setting_id, "role": role, "basis": basis, "sector": sector, "service_length": service_length}
    return work.insert(Post, adult_id=adult_id, **told)


@action(Permission.LINK_PEOPLE)
def decide_same_person(work: Work, adult_id: int, other_id: int, *, same: bool, reason: str | None = None) -> int:
    """Say that two entries are the same person, or are not. Both stay as they are, and the saying can be changed.

    Raises:
        DeskError: both are the same entry.
        NotFound: one of them is not there.
    """
    work.subject = f"adult/{adult_id}"
    return say_whether_same(work, adult_id, other_id, same=same, reason=reason)


def setting_named(work: Work, name: str) -> int | None:
    """The setting a name plainly means: the only one written so, with or without its town; None where none or more is.

    Case, accents, apostrophes and the order of words do not count.
    """
    wanted = _words_of(name)
    statement = select(_settings.c.id, _settings.c.name, _settings.c.town).where(
        _settings.c.id.in_(_settings_with(work, wanted))
    )
    meant = [row.id for row in work.rows(statement) if wanted in _ways_to_write(row.name, row.town)]
    return int(meant[0]) if len(meant) == 1 else None


def _settings_with(work: Work, wanted: list[str]) -> list[int]:
    """Settings whose names have every wanted word that any setting's name has; the others may be of a town."""
    known = select(_words.c.id, _words.c.word).where(_words.c.kind == "setting", _words.c.word.in_(wanted))
    numbers = [row.id for row in sorted(work.rows(known), key=lambda row: len(row.word), reverse=True)]
    if not numbers:
        return []
    rarest, *others = numbers  # the longest word is likely the rarest
    having = [exists().where(one.c.word_id == number, one.c.owner_id == _tokens.c.owner_id)
              for number in others for one in [_tokens.alias()]]  # fmt: skip
    statement = select(_tokens.c.owner_id).where(_tokens.c.word_id == rarest, *having).limit(_ALIKE)
    return [row.owner_id for row in work.rows(statement)]


def keep_setting(
    work: Work,
    name: str,
    *,
    kind: str | None = None,
    sector: str | None = None,
    district: str | None = None,
    area: str | None = None,
    own_service: bool = False,
) -> int:
    """Enter a setting, to be found again by name from this moment on."""
    number = work.insert(
        Setting,
        name=name,
        kind=kind,
        sector=sector,
        district=district,
        area=area,
        own_service=own_service,
        entered_at=work.now,
    )
    index_name(work.connection, "setting", number, name)
    return number


def _ways_to_write(name: str, town: str | None) -> tuple[list[str], ...]:
    return (_words_of(name), _words_of(f"{name} {town}")) if town else (_words_of(name),)


def _words_of(name: str) -> list[str]:
    return sorted(word.text for word in read(name).words)


def _between(one: int, other: int) -> ColumnElement[bool]:
    return or_(
        (_links.c.adult_id == one) & (_links.c.other_id == other),
        (_links.c.adult_id == other) & (_links.c.other_id == one),
    )
