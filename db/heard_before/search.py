"""Have we heard of them before? Looks a name up as it was typed, as it was begun, and as it may have been meant.

Each step is wider and dearer than the one before, and is taken only while too few are found. Candidates are then
judged name against name. Every statement is short, so a search overtaken by the next letter can be interrupted.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations

from sqlalchemy import Connection, bindparam, select

from db.heard_before import names
from db.heard_before.answers import Answers
from db.heard_before.arms import Arm, Owners
from db.heard_before.bearers import NEWEST, find_bearers
from db.heard_before.closeness import Judge, NameLikeness, Why
from db.heard_before.index import Kind
from db.models import Adult, OtherName, Post, Setting, table

_adults, _other_names, _posts, _settings = table(Adult), table(OtherName), table(Post), table(Setting)

Born = date | int | None
"""A birth date, or a year where no more is known."""

_MOST_TYPED = 200
"""Characters of what was typed that are read; a name holds no more."""
_MOST_WORDS = 6
_WORDS_TO_DROP_ONE = 3
_MOST_BORN = 200
_SAME_NAME_FIRST = 3
_SHOWN_ALTHOUGH_PART = 0.55
_SAME_SETTING = 0.15


@dataclass(frozen=True, slots=True)
class Match:
    """One adult or setting that may be meant.

    Attributes:
        owner_id: the adult's or setting's number.
        name: the name on record.
        why: why it was found, in words: "sounds like, name order".
        score: 1 is the same name; a birth date or a setting that fits lifts it further.
        found_as: the other name it was found under, where that is nearer than the name on record.
        whole: every word that was typed has an answer in the name.
        exact: every word that was typed stands in the name letter for letter.
    """

    owner_id: int
    name: str
    why: str
    score: float
    found_as: str = ""
    whole: bool = True
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Matches:
    """What a search found.

    Attributes:
        rows: the best, best first.
        more: how many others, at least, have an answer for every typed word too.
        hint: those others in words, and what to type to tell them apart; empty where there are none.
    """

    rows: tuple[Match, ...] = ()
    more: int = 0
    hint: str = ""


def search_names(
    connection: Connection,
    text: str,
    *,
    kind: Kind = "adult",
    limit: int = 10,
    born_on: Born = None,
    setting_id: int | None = None,
) -> Matches:
    """Which adults, or which settings, may be meant by what was typed.

    Args:
        connection: an open store. It is only read; the caller may interrupt it.
        text: a name or the beginning of one, as typed; a date or year of birth in it is understood.
        kind: whether to look among adults or among settings.
        limit: most rows to return, up to 40.
        born_on: birth date or year, if known; adults born then come before others of the name.
        setting_id: the setting in view, if any; adults who have worked there come before others of the name.
    """
    text = text[:_MOST_TYPED]
    if kind == "adult" and born_on is None:
        text, born_on = names.born_in(text)
    typed = names.read(text)
    if not any(len(word.text) > 1 or not word.text.isascii() for word in typed.words):
        return Matches()
    wanted = _Wanted(born_on, setting_id) if kind == "adult" else _Wanted()
    return _Search(connection, kind, typed, limit, wanted).run()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What else is known of the adult who is meant."""

    born: Born = None
    setting_id: int | None = None

    def owners(self) -> Iterator[Owners]:
        """Adults who were born then, and adults who have worked there."""
        if isinstance(self.born, int):
            year = _adults.c.born_on.between(date(self.born, 1, 1), date(self.born, 12, 31))
            yield select(_adults.c.id.label("owner_id")).where(year)
        elif self.born:
            yield select(_adults.c.id.label("owner_id")).where(_adults.c.born_on == self.born)
        if self.setting_id is not None:
            yield select(_posts.c.adult_id.label("owner_id")).where(_posts.c.setting_id == self.setting_id)

    def days(self) -> set[date]:
        """The birth date, and the date it would be with day and month swapped."""
        if self.born is None or isinstance(self.born, int):
            return set()
        swapped = {self.born.replace(day=self.born.month, month=self.born.day)} if self.born.day <= 12 else set()
        return {self.born, *swapped}

    def lift(self, born: date | None) -> tuple[float, Why | None]:
        """How much nearer a birth date brings an adult; one that contradicts takes them a little further off."""
        if not self.born or not born:
            return 0.0, None
        if isinstance(self.born, int):
            return (0.25, Why.BORN_IN) if born.year == self.born else (-0.05, None)
        if born == self.born:
            return 0.3, Why.BORN
        if born.year != self.born.year:
            return -0.05, None
        swapped = (born.day, born.month) == (self.born.month, self.born.day)
        return (0.2 if swapped else 0.1), Why.BORN_IN


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An adult or setting with every name on record."""

    id: int
    name: str
    born: date | None = None
    other_names: list[str] = field(default_factory=list)


_ADULTS = (
    select(_adults.c.id, _adults.c.name, _adults.c.born_on, _other_names.c.name.label("other_name"))
    .outerjoin(_other_names, _other_names.c.adult_id == _adults.c.id)
    .where(_adults.c.id.in_(bindparam("owners", expanding=True)))
)


@dataclass(slots=True)
class _Search:
    connection: Connection
    kind: Kind
    typed: names.Name
    limit: int
    wanted: _Wanted
    judge: Judge = field(default_factory=Judge)
    found: dict[int, Match] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    rare: dict[int, int] = field(default_factory=dict)

    def run(self) -> Matches:
        """Take step after step until enough people answer to every word, then tell."""
        answers = Answers(self.connection, self.kind, self.judge, self.typed)
        total = 0
        for step in self.steps(answers):
            total = max(step, sum(match.whole for match in self.found.values()))
            if total >= self.limit:
                break
        else:
            self.look_at(self.rare)
        return self.told(total)

    def steps(self, answers: Answers) -> Iterator[int]:
        """What to look for, from the plainest reading to the widest guess; how many fit at each step."""
        likeliest = self.typed.words[:_MOST_WORDS]
        self.typed = replace(self.typed, apart=answers.apart(likeliest))
        self.look_at(self.born_that_day())
        for typed in dict.fromkeys((likeliest, self.typed.readings[-1][:_MOST_WORDS])):
            exact = answers.exact(typed)
            yield self.gather(exact, only_if_common=True)
            begun = self.gather(answers.begun(typed))
            yield (self.gather(exact) or begun) if begun else 0
        for typed in self.typed.apart:
            self.gather(answers.exact(typed))
        yield self.gather(answers.meant(likeliest))
        if len(likeliest) > 1:
            self.gather([answers.alone(likeliest)])
        if len(likeliest) >= _WORDS_TO_DROP_ONE:
            for fewer in combinations(answers.exact(likeliest), len(likeliest) - 1):
                self.gather(fewer)
        yield 0

    def gather(self, arms: Sequence[Arm], *, only_if_common: bool = False) -> int:
        """Look at those who have an answer in every arm; says how many there are if not all are looked at."""
        favoured = tuple(self.wanted.owners())
        bearers = find_bearers(self.connection, arms, favoured, only_if_common=only_if_common)
        self.rare |= bearers.rare
        self.look_at(bearers.owners)
        return bearers.total

    def born_that_day(self) -> Collection[int]:
        """Everyone born on the very day, or with day and month swapped: few enough to look at, whatever their names."""
        days = self.wanted.days()
        if not days:
            return ()
        born = select(_adults.c.id).where(_adults.c.born_on.in_(days)).order_by(_adults.c.id.desc())
        return self.connection.execute(born.limit(_MOST_BORN)).scalars().all()

    def look_at(self, owners: Collection[int]) -> None:
        """Judge those not yet judged."""
        new = sorted(set(owners) - self.seen)
        self.seen.update(new)
        there = self.at_the_setting(new)
        for candidate in self.candidates(new):
            if match := self.matched(candidate, there=candidate.id in there):
                self.found[candidate.id] = match

    def matched(self, candidate: _Candidate, *, there: bool) -> Match | None:
        """The candidate as a row, under whichever of their names is nearest."""
        nearest: NameLikeness | None = None
        found_as = ""
        for name in (candidate.name, *candidate.other_names):
            likeness = self.judge.name(self.typed, names.read(name))
            if likeness and (nearest is None or likeness.score > nearest.score):
                nearest, found_as = likeness, name
        if nearest is None:
            return None
        lift, born = self.wanted.lift(candidate.born)
        why = [*nearest.why, *([born] if born else []), *([Why.SETTING] if there else [])]
        return Match(
            owner_id=candidate.id,
            name=candidate.name,
            why=", ".join(why),
            score=nearest.score + lift + (_SAME_SETTING if there else 0),
            found_as="" if found_as == candidate.name else found_as,
            whole=nearest.whole,
            exact=nearest.exact,
        )

    def candidates(self, owners: Collection[int]) -> Iterator[_Candidate]:
        """Their names and birth dates, read from the record."""
        if not owners:
            return
        if self.kind == "setting":
            places = select(_settings.c.id, _settings.c.name).where(_settings.c.id.in_(owners))
            yield from (_Candidate(row.id, row.name) for row in self.connection.execute(places))
            return
        met: dict[int, _Candidate] = {}
        for adult in self.connection.execute(_ADULTS, {"owners": owners}):
            one = met.setdefault(adult.id, _Candidate(adult.id, adult.name, adult.born_on))
            if adult.other_name:
                one.other_names.append(adult.other_name)
        yield from met.values()

    def at_the_setting(self, owners: Collection[int]) -> set[int]:
        """Which of them have worked at the setting in view."""
        if self.wanted.setting_id is None or not owners:
            return set()
        there = (_posts.c.setting_id == self.wanted.setting_id) & _posts.c.adult_id.in_(owners)
        return set(self.connection.execute(select(_posts.c.adult_id).where(there)).scalars())

    def told(self, total: int) -> Matches:
        """The best rows in order, and what was left out in words."""
        shown = [match for match in self.found.values() if self.worth_showing(match)]
        shown.sort(key=self.order)
        rows = _varied(shown)[: self.limit]
        more = max(0, total - sum(match.whole for match in rows))
        return Matches(rows, more, _hint(more, self.typed))

    def order(self, match: Match) -> tuple[float, int, int]:
        """The nearest first; of those equally near, the bearers of the rarest word, then the newest."""
        return -match.score, 0 if match.whole else self.rare.get(match.owner_id, NEWEST), -match.owner_id

    def worth_showing(self, match: Match) -> bool:
        """A name that leaves a typed word unanswered is noise, unless little else is missing or the rest is rare."""
        return match.whole or match.score >= _SHOWN_ALTHOUGH_PART or match.owner_id in self.rare


def _varied(matches: Sequence[Match]) -> tuple[Match, ...]:
    """A name that is not what was typed comes at most a few times before others have had their turn."""
    times: Counter[str] = Counter()
    first: list[Match] = []
    later: list[Match] = []
    for match in matches:
        times[match.name] += not match.exact
        (later if times[match.name] > _SAME_NAME_FIRST else first).append(match)
    return (*first, *later)


def _hint(more: int, typed: names.Name) -> str:
    if not more:
        return ""
    if sum(len(word.text) > 1 for word in typed.words) == 1:
        return f"and {more:,} more with this surname; type a first name or year of birth"
    return f"and {more:,} more with this name; type a year of birth"
