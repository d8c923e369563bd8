"""The kept words that may answer one typed word, and whose names hold one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, exists, or_, select

from db.heard_before.index import Kind
from db.models import NameToken, NameWord, table

words, tokens = table(NameWord), table(NameToken)

Owners = Select[tuple[int]]

AFTER_ALL_LETTERS = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Arm:
    """The words that may answer one typed word.

    Attributes:
        kind: whose words.
        numbers: the words by number.
        prefix: all words that begin so answer too; a letter or two begin so many that they are left to the database.
        besides: words that begin so and answer another typed word: J Jones is not any Jones.
    """

    kind: Kind
    numbers: frozenset[int]
    prefix: str = ""
    besides: frozenset[int] = frozenset()

    @property
    def empty(self) -> bool:
        """No kept word answers."""
        return not self.numbers and not self.prefix

    @property
    def is_initial(self) -> bool:
        """Everybody with some word of that letter: far too many to list."""
        return len(self.prefix) == 1

    def bound(self, place: int) -> dict[str, object]:
        """The words to bind where a statement has this arm at ``place``."""
        values: dict[str, object] = {f"numbers{place}": sorted(self.numbers)}
        if self.prefix:
            values |= {f"kind{place}": self.kind, f"besides{place}": sorted(self.besides)}
            values |= {f"from{place}": self.prefix, f"to{place}": self.prefix + AFTER_ALL_LETTERS}
        return values


def owners(place: int, *, begins: bool) -> Owners:
    """Whose names hold one of the words of the arm at ``place``; someone may come twice."""
    if not begins:
        return select(tokens.c.owner_id).where(tokens.c.word_id.in_(_numbers("numbers", place)))
    return select(tokens.c.owner_id).where(tokens.c.word_id == words.c.id, _begins_or_listed(place))


def held_by(owner: ColumnElement[int], place: int, *, begins: bool) -> ColumnElement[bool]:
    """Whether an owner's names hold one of the words of the arm at ``place``, looked up owner by owner."""
    own = tokens.alias()
    if begins:
        answers: ColumnElement[bool] = exists().where(words.c.id == own.c.word_id, _begins_or_listed(place))
    else:
        answers = (own.c.word_id + 0).in_(_numbers("numbers", place))  # a sum, lest each listed word be sought in turn
    return exists().where(own.c.owner_id == owner, answers)


def _begins_or_listed(place: int) -> ColumnElement[bool]:
    begins = and_(
        words.c.kind == bindparam(f"kind{place}"),
        words.c.word >= bindparam(f"from{place}"),
        words.c.word < bindparam(f"to{place}"),
        words.c.id.not_in(_numbers("besides", place)),
    )
    return or_(words.c.id.in_(_numbers("numbers", place)), begins)


def _numbers(name: str, place: int) -> BindParameter[Sequence[int]]:
    return bindparam(f"{name}{place}", expanding=True)
