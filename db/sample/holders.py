"""Which LADO held each case, from when to when: given out by who was at work, moved when somebody left or fell ill."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from db.sample import team
from db.sample.calendar import TODAY, working_day_on_or_after
from db.sample.chance import Chance
from db.sample.planned import PlannedCase

_NOT_GIVEN_OUT_YET = date(2023, 3, 30)
_UNALLOCATED = 5
_LEFT_TO_MOVE = 14
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Leaving:
    """An officer whose cases moved to others on a day."""

    initials: str
    day: date
    why: str
    kept: int = 0
    """Cases that still wait to be moved."""


@dataclass(frozen=True, slots=True)
class Held:
    """One officer's time with a case."""

    officer: int
    from_on: date
    to_on: date | None
    why: str | None


_LEAVING = (
    Leaving("NH", date(2021, 11, 1), "parental"),
    Leaving("RE", date(2022, 9, 30), "leaver"),
    Leaving("LG", date(2023, 3, 10), "sickness", kept=_LEFT_TO_MOVE),
)


class Holders:
    """Gives every case its holders, in the order received."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._kept = {leaving: leaving.kept for leaving in _LEAVING}
        self._unallocated = _UNALLOCATED

    def of(self, case: PlannedCase) -> Sequence[Held]:
        """Who held the case, oldest first; nobody for the newest that are not given out yet."""
        if self._waits(case):
            return ()
        start = working_day_on_or_after(case.decided)
        held = [Held(self._somebody(start), start, None, None)]
        for leaving in _LEAVING:
            self._move(held, leaving, case)
        return [*held[:-1], Held(held[-1].officer, held[-1].from_on, case.closed, held[-1].why)]

    def _waits(self, case: PlannedCase) -> bool:
        if case.received < _NOT_GIVEN_OUT_YET or case.closed or not self._unallocated:
            return False
        self._unallocated -= 1
        return True

    def _move(self, held: list[Held], leaving: Leaving, case: PlannedCase) -> None:
        last = held[-1]
        gone = team.by_initials()[leaving.initials].number
        if last.officer != gone or last.from_on >= leaving.day or not case.open_on(leaving.day):
            return
        if case.closed is None and self._kept[leaving]:
            self._kept[leaving] -= 1
            return
        held[-1] = Held(gone, last.from_on, leaving.day - _ONE_DAY, last.why)
        held.append(Held(self._somebody(leaving.day, but=gone), leaving.day, None, leaving.why))

    def _somebody(self, day: date, but: int = 0) -> int:
        here = [o for o in team.ladoes_here(min(day, TODAY)) if o.number != but]
        return self._chance.among({officer.number: float(officer.fte_on(day)) for officer in here})
