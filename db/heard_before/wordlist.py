"""The distinct words of all names, held in memory while a store is open, to look for the nearly right ones among them.

Some tens of thousands of words stand for a million referrals. The list is read at the first search that needs it and
read on from its end before each later one. It belongs to the store's pool of connections and goes when that goes.
"""

from collections import defaultdict
from itertools import islice
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

Near = tuple[tuple[int, str], ...]


class WordList:
    """The words of one kind of owner, each on the two shelves where it is looked for."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._lock = Lock()
        self._shelves: defaultdict[str, tuple[list[str], list[int]]] = defaultdict(lambda: ([], []))
        self._end: dict[int, str] = {}
        self._near: dict[str, Near] = {}

    def catch_up(self, connection: Connection) -> None:
        """Take in the words kept since the last search, by this desk or another."""
        with self._lock:
            newest = self._read(connection, since=min(self._end, default=0))
            if dict(islice(newest.items(), len(self._end))) != self._end:
                self._shelves.clear()
                self._end.clear()
                newest = self._read(connection, since=0)
            if len(newest) > len(self._end):
                self._near.clear()
                self._take_in(newest)

    def near(self, typed: str) -> Near:
        """The words a slip of the finger or two away from ``typed``, with their numbers, nearest first.

        Most words keep one of their first letters, and are looked for on four shelves; where none of them holds a word
        that is near, all are looked through.
        """
        with self._lock:
            if typed not in self._near:
                if len(self._near) >= _REMEMBERED:
                    self._near.clear()
                likely = self._search(typed, {typed[0], typed[1:2], _inside(typed[1:]), _inside(typed)})
                self._near[typed] = likely or self._search(typed, {one for one in self._shelves if len(one) == 1})
            return self._near[typed]

    def _take_in(self, newest: dict[int, str]) -> None:
        for number, word in newest.items():
            if number not in self._end:
                for shelf in (word[0], _inside(word[1:])):
                    words, numbers = self._shelves[shelf]
                    words.append(word)
                    numbers.append(number)
        self._end = dict(list(newest.items())[-_OVERLAP:])

    def _search(self, typed: str, shelves: set[str]) -> Near:
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        most = slips_allowed(len(typed))
        found: set[tuple[int, int, str]] = set()
        for shelf in shelves & self._shelves.keys():
            words, numbers = self._shelves[shelf]
            near = extract(typed, words, scorer=OSA.distance, score_cutoff=most, limit=None)
            found.update((int(slips), numbers[at], word) for word, slips, at in near)
        return tuple((number, word) for _, number, word in sorted(found))

    def _read(self, connection: Connection, since: int) -> dict[int, str]:
        rows = connection.execute(_SINCE, {"since": since})
        return {number: word for number, kind, word in rows if kind == self._kind}


_SINCE = (
    select(_words.c.id, _words.c.kind, _words.c.word).where(_words.c.id >= bindparam("since")).order_by(_words.c.id)
)


def _inside(letters: str) -> str:
    """The shelf for words that go on with these two letters after their first, whatever that is."""
    return "?" + letters[:2]


_lists: WeakKeyDictionary[Pool, dict[Kind, WordList]] = WeakKeyDictionary()


def word_list(connection: Connection, kind: Kind) -> WordList:
    """The list that belongs to this connection's store, caught up with it."""
    listed = _lists.setdefault(connection.engine.pool, {}).setdefault(kind, WordList(kind))
    listed.catch_up(connection)
    return listed
