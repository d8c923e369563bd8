"""How near a typed name is to a kept one, from 0 to 1, and in a word why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, product
from typing import NamedTuple

from db.heard_before.names import Name, Reading, Word, swap_mac
from db.heard_before.nicknames import also_known_as
from db.heard_before.sounds import sounds_like


class Why(StrEnum):
    """Why a name was found, in the words shown beside it."""

    EXACT = "exact"
    PART = "part of name"
    SOUND = "sounds like"
    SPELLING = "spelling"
    KNOWN_AS = "known as"
    INITIAL = "initial"
    ORDER = "name order"
    BORN = "birth date"
    BORN_IN = "birth year"
    SETTING = "same setting"


class Likeness(NamedTuple):
    """How near, and why."""

    closeness: float
    why: Why


@dataclass(frozen=True, slots=True)
class NameLikeness:
    """How near two whole names are.

    Attributes:
        score: 1 is the same name. Every typed word answered is worth more than any number of kept words answered.
        whole: every typed word has an answer.
        exact: every typed word stands in the name letter for letter.
        why: the reasons, the weakest word's first.
    """

    score: float
    whole: bool
    exact: bool
    why: tuple[Why, ...]


_TYPED_SHARE, _KEPT_SHARE = 0.85, 0.15
_OUT_OF_ORDER = 0.02
_WRITTEN_APART = 0.03
_SAME = Likeness(1.0, Why.EXACT)
_MAC = Likeness(0.97, Why.SPELLING)
_KNOWN = Likeness(0.88, Why.KNOWN_AS)
_TYPED_INITIAL = Likeness(0.78, Why.INITIAL)
_KEPT_INITIAL = Likeness(0.72, Why.INITIAL)
_TAIL = 0.9
_MOST_WORDS = 8
_GOOD_ENOUGH = 0.9
_LEAST = 0.66
_LEAST_ALIKE = 0.5


def slips_allowed(length: int) -> int:
    """Letters missed, added, changed or swapped with which a word of this length is still taken for itself."""
    if length <= 3:
        return 1
    return 2 if length <= 8 else 3


class Judge:
    """Judges names for one search, and remembers what it has already compared."""

    def __init__(self) -> None:
        # Loaded at the first search, not when the desk starts.
        from rapidfuzz.distance import OSA, JaroWinkler

        self._slips = OSA.distance
        self._alike = JaroWinkler.similarity
        self._words: dict[tuple[str, str], Likeness | None] = {}
        self._sounds: dict[str, str] = {}

    def sound(self, word: str) -> str:
        """The key that words which sound alike share."""
        if word not in self._sounds:
            self._sounds[word] = sounds_like(word)
        return self._sounds[word]

    def word(self, typed: str, kept: str) -> Likeness | None:
        """How near two words are; None where they are different words."""
        pair = (typed, kept)
        if pair not in self._words:
            self._words[pair] = _SAME if typed == kept else self._likeness(typed, kept)
        return self._words[pair]

    def name(self, typed: Name, kept: Name) -> NameLikeness | None:
        """How near two names are, in whichever ways of reading them are nearest; None where no word answers."""
        best = self._nearest(product(typed.readings, kept.readings))
        if best is None or best.score < _GOOD_ENOUGH:
            pairs = chain(_one_pair_joined(typed.words, kept.words), product(typed.apart, kept.readings))
            apart = self._nearest(pairs, less=_WRITTEN_APART)
            best = max(filter(None, (best, apart)), key=lambda likeness: likeness.score, default=None)
        return best

    def _likeness(self, typed: str, kept: str) -> Likeness | None:
        if len(typed) == 1 or len(kept) == 1:
            return self._initial(typed, kept)
        if swap_mac(typed) == kept:
            return _MAC
        near, known = self._near(typed, kept), _KNOWN if kept in also_known_as(typed) else None
        if kept.startswith((typed, swap_mac(typed) or typed)):
            begun = 0.75 + 0.23 * len(typed) / len(kept)
            return Likeness(max(begun, near.closeness if near else 0), Why.PART)
        return max(filter(None, (near, known)), default=None)

    def _initial(self, typed: str, kept: str) -> Likeness | None:
        if typed[0] != kept[0]:
            return None
        return _TYPED_INITIAL if len(typed) == 1 else _KEPT_INITIAL

    def _near(self, typed: str, kept: str) -> Likeness | None:
        longest = max(len(typed), len(kept))
        most = slips_allowed(len(typed))
        slips = self._slips(typed, kept, score_cutoff=most)
        alike = self._alike(typed, kept)
        spelt = 0.7 * (1 - slips / longest) + 0.3 * alike if slips <= most else 0.0
        sound = self.sound(typed)
        if sound and alike > _LEAST_ALIKE and sound == self.sound(kept):
            return Likeness(max(spelt, 0.69 + 0.18 * alike), Why.SOUND)
        return Likeness(spelt, Why.SPELLING) if spelt >= _LEAST else None

    def _nearest(self, pairs: Iterable[tuple[Reading, Reading]], less: float = 0.0) -> NameLikeness | None:
        best: NameLikeness | None = None
        for typed, kept in pairs:
            found = self._compare(typed[:_MOST_WORDS], kept[:_MOST_WORDS], less)
            if found and (best is None or found.score > best.score):
                best = found
        return best

    def _compare(self, typed: Reading, kept: Reading, less: float) -> NameLikeness | None:
        chosen = self._pair_off(typed, kept)
        if not chosen:
            return None
        answered = sum(likeness.closeness for _, _, likeness in chosen)
        share = _TYPED_SHARE * answered / len(typed) + _KEPT_SHARE * answered / len(kept)
        order = [at for _, at, _ in sorted(chosen)]
        swapped = order != sorted(order)
        whole = len(chosen) == len(typed)
        part = not whole or _half_left_over(kept, {at for _, at, _ in chosen})
        return NameLikeness(
            score=share - less - (_OUT_OF_ORDER if swapped else 0),
            whole=whole,
            exact=whole and not less and all(likeness.why is Why.EXACT for _, _, likeness in chosen),
            why=_reasons((likeness for _, _, likeness in chosen), part=part, swapped=swapped, apart=bool(less)),
        )

    def _pair_off(self, typed: Reading, kept: Reading) -> list[tuple[int, int, Likeness]]:
        """Give each typed word the nearest kept word that no nearer one has taken."""
        options = sorted(self._options(typed, kept), key=lambda option: -option[2].closeness)
        chosen: list[tuple[int, int, Likeness]] = []
        for option in options:
            if all(option[0] != taken[0] and option[1] != taken[1] for taken in chosen):
                chosen.append(option)
        return chosen

    def _options(self, typed: Reading, kept: Reading) -> Iterator[tuple[int, int, Likeness]]:
        for i, ours in enumerate(typed):
            for j, theirs in enumerate(kept):
                if likeness := self._with_tails(ours, theirs):
                    yield i, j, likeness

    def _with_tails(self, typed: Word, kept: Word) -> Likeness | None:
        found = self.word(typed.text, kept.text)
        if not (typed.tail or kept.tail) or found is _SAME:
            return found
        tails = self.word(typed.tail or typed.text, kept.tail or kept.text)
        if tails and (found is None or tails.closeness * _TAIL > found.closeness):
            return Likeness(tails.closeness * _TAIL, Why.PART if tails.why is Why.EXACT else tails.why)
        return found


def _one_pair_joined(typed: Reading, kept: Reading) -> Iterator[tuple[Reading, Reading]]:
    """Where one name has more words, read two neighbours in it as one word: Hartley Cole, Hartleycole."""
    if len(typed) > len(kept):
        yield from ((joined, kept) for joined in _joins(typed))
    elif len(kept) > len(typed):
        yield from ((typed, joined) for joined in _joins(kept))


def _joins(reading: Reading) -> Iterator[Reading]:
    for at in range(min(len(reading), _MOST_WORDS) - 1):
        joined = Word(reading[at].text + reading[at + 1].text)
        yield (*reading[:at], joined, *reading[at + 2 :])


def _half_left_over(kept: Reading, answering: set[int]) -> bool:
    """Only one half of a double-barrelled name was typed."""
    halves = {at for at, word in enumerate(kept) if word.half}
    return bool(halves & answering) and not halves <= answering


def _reasons(found: Iterable[Likeness], *, part: bool, swapped: bool, apart: bool) -> tuple[Why, ...]:
    weakest_first = sorted(found)
    reasons = [likeness.why for likeness in weakest_first if likeness.why is not Why.EXACT]
    if apart and not reasons:
        reasons.append(Why.SPELLING)
    if part:
        reasons.append(Why.PART)
    if swapped:
        reasons.append(Why.ORDER)
    return tuple(dict.fromkeys(reasons)) or (Why.EXACT,)
