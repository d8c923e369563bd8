"""The distinct words of all names, held in memory while a store is open, to look for the nearly right ones among them.

Some tens of thousands of words stand for a million referrals. The list is read at the first search that needs it and
read on from its end before each later one. It belongs to the store's pool of connections and goes when that goes.
"""

from array import array
from collections import defaultdict, deque
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Pool, bindparam, select

from db.heard_before.closeness import slips_allowed
from db.heard_before.index import Kind
from db.models import NameWord, table

_words = table(NameWord)
_OVERLAP = 64
"""Words read again each time: a number may have been seen before its transaction was undone, or out of turn."""
_REMEMBERED = 128
_ANY = "?"

Near = tuple[tuple[int, str], ...]
_Kept = tuple[int, str, str]
"""A word's number, whose it is, and the word."""
_Shelf = tuple[str, str]
"""A kind of owner, and the letters its words share."""


class WordList:
    """The words of a store, each on the two shelves of its kind where it is looked for."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._shelves: defaultdict[_Shelf, tuple[list[str], array[int]]] = defaultdict(lambda: ([], array("q")))
        self._end: deque[_Kept] = deque(maxlen=_OVERLAP)
        self._near: dict[tuple[str, str], Near] = {}

    def catch_up(self, connection: Connection) -> None:
        """Take in the words kept since the last search, by this desk or another."""
        with self._lock:
            if not self._read_on(connection):
                self._shelves.clear()
                self._end.clear()
                self._near.clear()
                self._read_on(connection)

    def _read_on(self, connection: Connection) -> bool:
        """Read on from the end; False where the end is not as it was. If interrupted, what was read so far holds."""
        before = deque(self._end)
        since = before[0][0] if before else 0
        for number, kind, word in connection.execute(_SINCE, {"since": since}):
            if not before:
                self._take_in((number, kind, word))
            elif before.popleft() != (number, kind, word):
                return False
        return not before

    def _take_in(self, kept: _Kept) -> None:
        number, kind, word = kept
        self._near.clear()
        self._end.append(kept)
        if word.isalpha():
            for shelf in (word[0], _inside(word[1:])):
                words, numbers = self._shelves[kind, shelf]
                words.append(word)
                numbers.append(number)

    def near(self, kind: Kind, typed: str) -> Near:
        """The words a slip of the finger or two away from ``typed``, with their numbers, nearest first.

        Most words keep one of their first letters, and are looked for on four shelves; where none of them holds a word
        that is near, all are looked through.
        """
        with self._lock:
            if (kind, typed) not in self._near:
                if len(self._near) >= _REMEMBERED:
                    self._near.clear()
                likely = {typed[0], typed[1:2], _inside(typed[1:]), _inside(typed)}
                everywhere = {letters for _, letters in self._shelves if letters[0] != _ANY}
                self._near[kind, typed] = self._search(kind, typed, likely) or self._search(kind, typed, everywhere)
            return self._near[kind, typed]

    def _search(self, kind: Kind, typed: str, shelves: set[str]) -> Near:
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        most = slips_allowed(len(typed))
        found: set[tuple[int, int, str]] = set()
        for shelf in shelves:
            if (kind, shelf) not in self._shelves:
                continue
            words, numbers = self._shelves[kind, shelf]
            near = extract(typed, words, scorer=OSA.distance, score_cutoff=most, limit=None)
            found.update((int(slips), numbers[at], word) for word, slips, at in near)
        return tuple((number, word) for _, number, word in sorted(found))


_SINCE = (
    select(_words.c.id, _words.c.kind, _words.c.word).where(_words.c.id >= bindparam("since")).order_by(_words.c.id)
)


def _inside(letters: str) -> str:
    """The shelf for words that go on with these two letters after their first, whatever that is."""
    return _ANY + letters[:2]


_lists: WeakKeyDictionary[Pool, WordList] = WeakKeyDictionary()


def word_list(connection: Connection) -> WordList:
    """The list that belongs to this connection's store, caught up with it."""
    listed = _lists.setdefault(connection.engine.pool, WordList())
    listed.catch_up(connection)
    return listed
