"""Keeps the words of every name, so that a search need not read the names themselves.

Written in the same transaction as the name: an adult who is saved can be found, and one who is not saved cannot.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Literal, TypeVar

from sqlalchemy import Connection, Insert, Table, bindparam, delete, exists, select
from sqlalchemy.dialects import sqlite

from db.heard_before.names import tokens
from db.heard_before.sounds import sounds_like
from db.models import NameToken, NameWord, table

Kind = Literal["adult", "setting"]
_T = TypeVar("_T")

_words = table(NameWord)
_tokens = table(NameToken)
_BATCH = 2_000


def index_name(connection: Connection, kind: Kind, owner_id: int, name: str) -> None:
    """Make an adult or a setting findable under one of its names: two statements, unless a word is new."""
    index_names(connection, kind, [(owner_id, name)])


def index_names(connection: Connection, kind: Kind, names: Iterable[tuple[int, str]]) -> None:
    """Make many findable, ``(owner_id, name)`` each; words the record has met before are not written again."""
    source = iter(names)
    while batch := list(islice(source, _BATCH)):
        pairs = [(word, owner_id) for owner_id, name in batch for word in tokens(name)]
        if pairs:
            numbers = _numbers(connection, kind, sorted({word for word, _ in pairs}))
            rows = [{"word_id": numbers[word], "owner_id": owner_id} for word, owner_id in pairs]
            connection.execute(_adding(connection.dialect.name, _tokens), rows)


def forget_name(connection: Connection, kind: Kind, owner_id: int) -> None:
    """Forget all names of one owner, and the words nobody else bears. To drop one of several, keep the others anew."""
    of_owner = (
        select(_tokens.c.word_id)
        .join(_words, _words.c.id == _tokens.c.word_id)
        .where(_tokens.c.owner_id == owner_id, _words.c.kind == kind)
    )
    numbers = connection.execute(of_owner).scalars().all()
    for part in _parts(numbers):
        connection.execute(delete(_tokens).where(_tokens.c.owner_id == owner_id, _tokens.c.word_id.in_(part)))
        borne = exists().where(_tokens.c.word_id == _words.c.id)
        connection.execute(delete(_words).where(_words.c.id.in_(part), ~borne))


def _numbers(connection: Connection, kind: Kind, wanted: Sequence[str]) -> dict[str, int]:
    """The number of each word, given to it now if it is new."""
    known = dict(_known(connection, kind, wanted))
    if new := [word for word in wanted if word not in known]:
        rows = [{"kind": kind, "word": word, "sounds_like": sounds_like(word)} for word in new]
        connection.execute(_adding(connection.dialect.name, _words), rows)
        known.update(_known(connection, kind, new))
    return known


def _known(connection: Connection, kind: Kind, wanted: Sequence[str]) -> Iterator[tuple[str, int]]:
    for part in _parts(wanted):
        rows = connection.execute(_KNOWN, {"kind": kind, "wanted": part})
        yield from ((word, number) for word, number in rows)


_KNOWN = select(_words.c.word, _words.c.id).where(
    _words.c.kind == bindparam("kind"), _words.c.word.in_(bindparam("wanted", expanding=True))
)


@cache
def _adding(dialect: str, into: Table) -> Insert:
    """Add rows, passing over those that are there: another officer may have kept the same word a moment ago."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # its drivers are not loaded for a store that is a file

        return postgresql.insert(into).on_conflict_do_nothing()
    return sqlite.insert(into).on_conflict_do_nothing()


def _parts(whole: Sequence[_T]) -> Iterator[Sequence[_T]]:
    return (whole[at : at + _BATCH] for at in range(0, len(whole), _BATCH))
