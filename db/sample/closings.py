"""When cases close: the bands of the year's receipts, what stays open, and what is carried over from before."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import exp

from db.sample.calendar import is_month_end, working_days
from db.sample.chance import Chance
from db.sample.planned import PlannedCase
from db.sample.shape import Earlier, Year
from db.vocabulary import ClosedAs

_BAND_DAYS = {"month_1": (0, 26), "months_3": (36, 86), "months_12": (96, 350)}
"""Days from receipt to closing drawn for each band, well inside its calendar months."""

_SOONER = 1.9
"""Above 1, cases close rather at the beginning of their band than at its end."""

_OPEN_WITHIN = {True: 4, False: 1}
"""Days up to the year's end in which nothing received has closed yet: allegations, and all else."""

_FADE = {True: 46, False: 16}
"""Days of age in which it becomes about three times less likely that one is still open."""

_FLOOR = {True: 0.035, False: 0.0}

_TO_RECLASSIFY = timedelta(days=9)
_LINGERS = {"police": 2.5, "polit": 3.0, "psd": 3.0, "visor": 2.5, "sexual": 2.0, "online": 2.0, "physical": 0.8}
"""How much longer some cases stay open, by who referred or by type: forensics, charging and courts."""


def settle(cases: Sequence[PlannedCase], year: Year, chance: Chance) -> None:
    """Close the year's receipts so that each band holds exactly its count on the year's last day."""
    for case in cases:
        if not case.progressed:
            case.closed, case.closed_as = case.decided, ClosedAs.NOT_PROGRESSED.value
    progressed = [c for c in cases if c.progressed]
    still_open = _stay_open([c for c in progressed if c.allegation], year.open["allegation"], year, chance)
    still_open |= _stay_open([c for c in progressed if not c.allegation], year.open["other"], year, chance)
    left = [c for c in progressed if c not in still_open]
    for band in ("months_12", "months_3"):
        able = [c for c in left if (year.end - c.received).days > _BAND_DAYS[band][0] + 5]
        chosen = chance.sample_by(able, year.closed[band], lambda c: 3.0 if c.allegation else 1.0)
        for case in chosen:
            _close(case, band, year.end, chance)
        left = [c for c in left if c.closed is None]
    for case in left:
        _close(case, "month_1", year.end, chance)
    _pass_on([c for c in progressed if c.allegation and c.closed], year.passed, chance)


def settle_carried(cases: Sequence[PlannedCase], year: Year, concluded: int, chance: Chance) -> list[PlannedCase]:
    """Close some of what was open when the year began, and return it.

    As many allegations as `concluded` end with an outcome, a few pass to another LADO; other cases close but for a few.
    """
    allegations = [c for c in cases if c.allegation]
    others = [c for c in cases if not c.allegation]
    ending = chance.sample(allegations, concluded + year.carried["passed"])
    closing = [*ending, *chance.sample(others, len(others) - year.carried["others_kept"])]
    for case in closing:
        span = _days_to_close_on(year.start + timedelta(days=3), year.end - timedelta(days=3))
        early = case.allegation or chance.happens(0.3)
        _close_on(case, span[chance.randrange(len(span) if early else len(span) // 3)])
    _pass_on(ending, year.carried["passed"], chance)
    return closing


def settle_before(cases: Sequence[PlannedCase], earlier: Earlier, chance: Chance) -> None:
    """Close what had closed before the first whole year: all but the open ones, which come first."""
    still_open = earlier.open_allegations + earlier.open_others
    for case in cases[still_open:]:
        days = _days_to_close_on(case.decided + timedelta(days=5), case.decided + timedelta(days=280))
        _close_on(case, chance.choice(days))


def _stay_open(cases: Sequence[PlannedCase], count: int, year: Year, chance: Chance) -> set[PlannedCase]:
    """What stays open: the newest and those always open, then the rest, likelier the later received."""
    forced = [c for c in cases if _cannot_close(c, year)]
    able = [c for c in cases if c not in forced and c.classification is c.first]
    return {*forced, *chance.sample_by(able, count - len(forced), lambda c: _likely_open(c, year))}


def _cannot_close(case: PlannedCase, year: Year) -> bool:
    newest = (year.end - case.received).days < _OPEN_WITHIN[case.allegation]
    return newest or (case.allegation and year.groups[case.group].always_open)


def _likely_open(case: PlannedCase, year: Year) -> float:
    age = (year.end - case.received).days
    return _lingers(case) * (_FLOOR[case.allegation] + exp(-age / _FADE[case.allegation]))


def _lingers(case: PlannedCase) -> float:
    return _LINGERS.get(case.agency, 1.0) * _LINGERS.get(case.type or "", 1.0)


def _close(case: PlannedCase, band: str, last: date, chance: Chance) -> None:
    first, final = (timedelta(days=n) for n in _BAND_DAYS[band])
    earliest = max(case.received + first, case.decided)
    if case.first is not case.classification:
        earliest = max(earliest, case.decided + _TO_RECLASSIFY)
    days = _days_to_close_on(earliest, min(case.received + final, last))
    days = days or _days_to_close_on(case.received, last)
    _close_on(case, days[int(len(days) * chance.random() ** _SOONER)])
    case.decided = min(case.decided, case.closed or case.decided)
    if case.first is not case.classification and case.closed:
        case.redecided = chance.choice(working_days(case.decided + timedelta(days=3), case.closed))


def _days_to_close_on(first: date, last: date) -> list[date]:
    """Working days; never a month's last, which is when open cases are counted."""
    return [day for day in working_days(first, last) if not is_month_end(day)]


def _close_on(case: PlannedCase, day: date) -> None:
    case.closed = day
    case.closed_as = (ClosedAs.OUTCOME if case.allegation else ClosedAs.NO_FURTHER_ACTION).value
    case.concluded = day if case.allegation else None


def _pass_on(cases: Sequence[PlannedCase], count: int, chance: Chance) -> None:
    """Some allegations end with another authority's LADO instead of an outcome."""
    for case in chance.sample(cases, count):
        case.closed_as, case.concluded = ClosedAs.OTHER_LADO.value, None
