"""Which kept words may answer each word that was typed, in three widths.

The word itself; what begins with it; and what may have been meant by it: known as, sounds alike, a slip of the finger,
written as one word or as two. A kept word answers only the typed word it is nearest to, so that Sean Hill is not found
for "John Singh" because a Sean is known as John and sounds like Singh.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from sqlalchemy import Connection, bindparam, select

from db.heard_before.arms import AFTER_ALL_LETTERS, Arm, words
from db.heard_before.closeness import Judge
from db.heard_before.index import Kind
from db.heard_before.names import Name, Reading, Word, alone, swap_mac, tail, twice
from db.heard_before.nicknames import also_known_as
from db.heard_before.wordlist import word_list

_MOST_BEGUN = 400
_MOST_HEARD = 800
_MOST_NEAR = 150
_MOST_MEANT = 60
_MOST_APART = 3
_SHORTEST_HALF = 3
_NEARLY_SAME = 0.9
_BEGUN_SO = 0.8
_BORNE_AS_TYPED = 0.5


class Answers:
    """Finds the kept words that may answer the words of one typed name. What is looked up is looked up once."""

    def __init__(self, connection: Connection, kind: Kind, judge: Judge, typed: Name) -> None:
        self._connection = connection
        self._kind = kind
        self._judge = judge
        self._known = self._look_up({word for reading in typed.readings for word in _forms(reading)})
        self._starting: dict[str, Arm] = {}

    def exact(self, typed: Reading) -> list[Arm]:
        """The words themselves."""
        return [self._arm(_spellings(word.text) if not again else [twice(word.text)]) for word, again in _marked(typed)]

    def begun(self, typed: Reading) -> list[Arm]:
        """What begins with each word; for an initial, any word of that letter."""
        arms = [self._arm([twice(word.text)]) if again else self._begun(word.text) for word, again in _marked(typed)]
        others = [_answer_longer(at, typed, arms) for at in range(len(arms))]
        return [
            replace(arm, numbers=arm.numbers - other, besides=other) for arm, other in zip(arms, others, strict=True)
        ]

    def meant(self, typed: Reading) -> list[Arm]:
        """What may have been meant by each word, besides what begins with it."""
        heard = self._heard({self._judge.sound(word.text) for word in typed})
        listed = word_list(self._connection)
        arms = self.begun(typed)
        found: list[dict[int, float]] = []
        for word, begun in zip(typed, arms, strict=True):
            slips = listed.near(self._kind, word.text)[:_MOST_NEAR] if len(word.text) > 1 else ()
            found.append(self._claims(word, begun, (*slips, *heard[self._judge.sound(word.text)])))
        joined = self._joined(typed)
        return [
            replace(
                arm, numbers=numbers | joined[at] | self._again(typed, at, found[at]), besides=arm.besides - numbers
            )
            for at, (arm, numbers) in enumerate(zip(arms, _shared_out(found), strict=True))
        ]

    def alone(self, typed: Reading) -> Arm:
        """Names that are one of the typed words and nothing else."""
        return self._arm(alone(word.text) for word in typed)

    def apart(self, typed: Reading) -> tuple[Reading, ...]:
        """The name read with one word taken for two the record knows, a letter between them perhaps being a slip."""
        return tuple(islice(self._splits(typed), _MOST_APART))

    def _splits(self, typed: Reading) -> Iterator[Reading]:
        for slip in (0, 1):
            for at, word in enumerate(typed):
                if slip and word.text in self._known:
                    continue
                for cut in range(_SHORTEST_HALF, len(word.text) - _SHORTEST_HALF + 1 - slip):
                    left, right = word.text[:cut], word.text[cut + slip :]
                    if left in self._known and right in self._known:
                        yield (*typed[:at], Word(left), Word(right), *typed[at + 1 :])

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
            range_of = {"kind": self._kind, "start": start, "end": start + AFTER_ALL_LETTERS}
            numbers += self._connection.execute(_BEGUN, range_of).scalars()
        return many if len(numbers) > _MOST_BEGUN else Arm(self._kind, frozenset(numbers))

    def _claims(self, typed: Word, begun: Arm, near: Iterable[tuple[int, str]]) -> dict[int, float]:
        """The words that may have been meant, and how near each is; a slip is likelier in a word nobody bears."""
        exact = self._arm([typed.text]).numbers
        claims = dict.fromkeys(begun.numbers, _BEGUN_SO) | self._nearest(typed, near)
        if exact:
            claims = {number: closeness * _BORNE_AS_TYPED for number, closeness in claims.items()}
        return claims | dict.fromkeys(exact, 1.0)

    def _nearest(self, typed: Word, near: Iterable[tuple[int, str]]) -> dict[int, float]:
        """The nearest of the words that may have been meant, and how near."""
        if len(typed.text) == 1:
            return {}
        meant = {self._known[other]: _NEARLY_SAME for other in _others(typed) if other in self._known}
        for number, word in near:
            if likeness := self._judge.word(typed.text, word):
                meant[number] = likeness.closeness
        nearest = sorted(meant, key=lambda number: -meant[number])[:_MOST_MEANT]
        return {number: meant[number] for number in nearest}

    def _joined(self, typed: Reading) -> list[frozenset[int]]:
        """Two neighbours written as one word answer both."""
        pairs = [self._arm(_spellings(left.text + right.text)).numbers for left, right in pairwise(typed)]
        none = frozenset[int]()
        return [left | right for left, right in zip([none, *pairs], [*pairs, none], strict=True)]

    def _again(self, typed: Reading, at: int, found: Collection[int]) -> frozenset[int]:
        """Where this word may have been meant for another that was typed: names in which that one stands twice."""
        others = (word.text for other, word in enumerate(typed) if other != at)
        return self._arm(twice(text) for text in others if self._known.get(text) in found).numbers

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


def _marked(typed: Reading) -> Iterator[tuple[Word, bool]]:
    """Each word, and whether it has been typed before it: Thomas Thomas."""
    for at, word in enumerate(typed):
        yield word, word.text in (earlier.text for earlier in typed[:at])


def _answer_longer(at: int, typed: Reading, arms: Sequence[Arm]) -> frozenset[int]:
    """Words that answer a longer typed word which begins with this one."""
    longer = (
        arm
        for arm, word in zip(arms, typed, strict=True)
        if word.text.startswith(typed[at].text) and word.text != typed[at].text
    )
    return frozenset[int]().union(*(arm.numbers for arm in longer))


def _shared_out(found: Sequence[dict[int, float]]) -> list[frozenset[int]]:
    """Each number left only with the typed word it is nearest to."""
    nearest: dict[int, tuple[float, int]] = {}
    for at, numbers in enumerate(found):
        for number, closeness in numbers.items():
            if number not in nearest or closeness > nearest[number][0]:
                nearest[number] = closeness, at
    return [frozenset(number for number in numbers if nearest[number][1] == at) for at, numbers in enumerate(found)]


def _spellings(text: str) -> list[str]:
    swapped = swap_mac(text)
    return [text, swapped] if swapped else [text]


def _forms(typed: Reading) -> Iterator[str]:
    """All words whose numbers a search for these words may ask for."""
    for word in typed:
        yield from (*_spellings(word.text), alone(word.text), twice(word.text), *_others(word))
        for cut in range(_SHORTEST_HALF, len(word.text) - _SHORTEST_HALF + 1):
            yield from (word.text[:cut], word.text[cut:])
    for left, right in pairwise(typed):
        yield from _spellings(left.text + right.text)


def _others(word: Word) -> Iterator[str]:
    """Other words for the same: known as, without its particle, its initial."""
    yield from also_known_as(word.text)
    yield from (word.text[0], tail(word.text))
    if len(word.tail) > 1:
        yield from (word.tail, tail(word.tail))
