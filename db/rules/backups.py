"""When a backup is due, when its want is an alarm, and which of the old ones are kept. No clock, no files."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from db.clock import ENGLAND, local
from db.rules.working_days import add_working_days

NIGHTLY_AT = time(18, 0)
"""The end of the duty day in England. A backup missed then, the machine being off, is due as soon as it is on."""

KEPT_NEWEST, KEPT_MONTHS = 14, 12
"""The newest so many backups are kept, and the last one of each of so many months."""


def backup_due(last_good: datetime | None, now: datetime, unsaved_changes: bool) -> bool:
    """Whether to make a backup now.

    Args:
        last_good: when the last good one was made, if there is one; one from a clock since put back counts as old.
        now: the present instant.
        unsaved_changes: whether anything was kept that no good backup holds.
    """
    if not unsaved_changes:
        return False
    return last_good is None or last_good > now or last_good < _last_evening(now)


def backup_late(unsaved_since: datetime | None, now: datetime) -> bool:
    """Whether the want of a backup is an alarm: something was kept one working day ago, and no good backup holds it.

    Nobody is alarmed over a weekend or a bank holiday: what was kept on Friday at three is late on Monday at three.
    """
    if unsaved_since is None:
        return False
    began = local(unsaved_since)
    return local(now) >= began + (add_working_days(began.date(), 1) - began.date())


def backups_to_keep(made: Sequence[datetime]) -> set[datetime]:
    """Of good backups made at these instants, those to keep: the newest, and the last of each month of a year."""
    newest_first = sorted(made, reverse=True)
    last_of_month: dict[tuple[int, int], datetime] = {}
    for instant in newest_first:
        last_of_month.setdefault((local(instant).year, local(instant).month), instant)
    return {*newest_first[:KEPT_NEWEST], *list(last_of_month.values())[:KEPT_MONTHS]}


def _last_evening(now: datetime) -> datetime:
    this_evening = datetime.combine(local(now).date(), NIGHTLY_AT, ENGLAND)
    return this_evening if now >= this_evening else this_evening - timedelta(days=1)
