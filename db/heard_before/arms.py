"""The kept words that may answer each typed word, in three widths.

The word itself; what begins with it; and what may have been meant by it: known as, sounds alike, a slip of the finger,
written as one word or as two.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sqlalchemy import BindParameter, ColumnElement, Connection, Select, and_, bindparam, exists, or_, select

from db.heard_before.closeness import Judge
from db.heard_before.index import Kind
from db.heard_before.names import Name, Reading, alone, swap_mac
from db.heard_before.nicknames import also_known_as
from db.heard_before.wordlist import word_list
from db.models import NameToken, NameWord, table

words, tokens = table(NameWord), table(NameToken)

Owners = Select[tuple[int]]

_AFTER_ALL_LETTERS = "\U0010ffff"
_MOST_BEGUN = 400
_MOST_HEARD = 800
_MOST_NEAR = 150
_MOST_MEANT = 60
_SHORTEST_HALF = 3
_NEARLY_SAME = 0.9


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
            values |= {f"from{place}": self.prefix, f"to{place}": self.prefix + _AFTER_ALL_LETTERS}
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


class Answers:
    """Finds the kept words that may answer the words of one typed name. What is looked up is looked up once."""

    def __init__(self, connection: Connection, kind: Kind, judge: Judge, typed: Name) -> None:
        self._connection = connection
        self._kind = kind
        self._judge = judge
        self._known = self._look_up({word for reading in typed.readings for word in _other_forms(reading)})
        self._starting: dict[str, Arm] = {}

    def exact(self, typed: Reading) -> list[Arm]:
        """The words themselves."""
        return [self._arm(_spellings(word.text)) for word in typed]

    def begun(self, typed: Reading) -> list[Arm]:
        """What begins with each word; for an initial, any word of that letter."""
        arms = [self._begun(word.text) for word in typed]
        others = [_answer_longer(at, typed, arms) for at in range(len(arms))]
        return [
            replace(arm, numbers=arm.numbers - other, besides=other) for arm, other in zip(arms, others, strict=True)
        ]

    def meant(self, typed: Reading) -> list[Arm]:
        """What may have been meant by each word, besides what begins with it."""
        heard = self._heard({self._judge.sound(word.text) for word in typed})
        listed = word_list(self._connection, self._kind)
        arms = self.begun(typed)
        for at, (word, begun) in enumerate(zip(typed, arms, strict=True)):
            if len(word.text) > 1:
                near = (*listed.near(word.text)[:_MOST_NEAR], *heard[self._judge.sound(word.text)])
                arms[at] = self._widened(begun, word.text, _others(typed, at), near)
        return arms

    def alone(self, typed: Reading) -> Arm:
        """Names that are one of the typed words and nothing else."""
        return self._arm(alone(word.text) for word in typed)

    def _arm(self, answers: Iterable[str]) -> Arm:
        return Arm(self._kind, frozenset(self._known[word] for word in answers if word in self._known))

    def _begun(self, text: str) -> Arm:
        if text not in self._starting:
            self._starting[text] = self._start(text)
        return self._starting[text]

    def _start(self, text: str) -> Arm:
        many = Arm(self._kind, frozenset(), text)
        if len(text) == 1:
            return many
        numbers: list[int] = []
        for start in _spellings(text):
            range_of = {"kind": self._kind, "start": start, "end": start + _AFTER_ALL_LETTERS}
            numbers += self._connection.execute(_BEGUN, range_of).scalars()
        return many if len(numbers) > _MOST_BEGUN else Arm(self._kind, frozenset(numbers))

    def _widened(self, begun: Arm, text: str, others: Iterable[str], near: Iterable[tuple[int, str]]) -> Arm:
        """The nearest of the words that may have been meant, beside those that begin so."""
        meant = {self._known[other]: _NEARLY_SAME for other in others if other in self._known}
        for number, word in near:
            if likeness := self._judge.word(text, word):
                meant[number] = likeness.closeness
        nearest = sorted(meant, key=lambda number: -meant[number])[:_MOST_MEANT]
        return replace(begun, numbers=begun.numbers.union(nearest))

    def _look_up(self, wanted: Collection[str]) -> dict[str, int]:
        """The numbers of those words that anybody bears."""
        rows = self._connection.execute(_NUMBERS, {"kind": self._kind, "wanted": sorted(wanted)})
        return {word: number for number, word in rows}

    def _heard(self, sounds: set[str]) -> dict[str, list[tuple[int, str]]]:
        """The words that sound so."""
        heard: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        rows = self._connection.execute(_HEARD, {"kind": self._kind, "sounds": sorted(sounds - {""})})
        for sound, number, word in rows:
            heard[sound].append((number, word))
        return heard


_NUMBERS = select(words.c.id, words.c.word).where(
    words.c.kind == bindparam("kind"), words.c.word.in_(bindparam("wanted", expanding=True))
)
_BEGUN = (
    select(words.c.id)
    .where(words.c.kind == bindparam("kind"), words.c.word >= bindparam("start"), words.c.word < bindparam("end"))
    .limit(_MOST_BEGUN + 1)
)
_HEARD = (
    select(words.c.sounds_like, words.c.id, words.c.word)
    .where(words.c.kind == bindparam("kind"), words.c.sounds_like.in_(bindparam("sounds", expanding=True)))
    .limit(_MOST_HEARD)
)


def _answer_longer(at: int, typed: Reading, arms: Sequence[Arm]) -> frozenset[int]:
    """Words that answer a longer typed word which begins with this one."""
    longer = (arm for other, arm in enumerate(arms) if other != at and typed[other].text.startswith(typed[at].text))
    return frozenset[int]().union(*(arm.numbers for arm in longer if len(arm.numbers) <= _MOST_BEGUN))


def _spellings(text: str) -> list[str]:
    swapped = swap_mac(text)
    return [text, swapped] if swapped else [text]


def _other_forms(typed: Reading) -> Iterator[str]:
    """All words whose numbers a search for these words may ask for."""
    for at, word in enumerate(typed):
        yield from _spellings(word.text)
        yield alone(word.text)
        yield from _others(typed, at)


def _others(typed: Reading, at: int) -> Iterator[str]:
    """Other words for one of them: known as, without its particle, its initial, joined to its neighbour, its halves."""
    word = typed[at]
    yield from also_known_as(word.text)
    if len(word.tail) > 1:
        yield word.tail
    if len(word.text) > 1:
        yield word.text[0]
    for left, right in pairwise(typed[max(at - 1, 0) : at + 2]):
        yield from _spellings(left.text + right.text)
    for cut in range(_SHORTEST_HALF, len(word.text) - _SHORTEST_HALF + 1):
        yield word.text[:cut]
        yield word.text[cut:]
