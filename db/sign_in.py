"""Signing in at a real store: the same words for every failure, ten tries in five minutes, then a wait.

A try that failed cannot be written into a store that stayed shut. It is noted beside the drafts, without the name
that was typed, which may have been a passphrase, and goes into the audit trail with the next sign-in that succeeds.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Self

from db import audit
from db.clock import Clock, local, system_clock
from db.desk import Desk, officer_named
from db.errors import DeskError, NotSaved, Refused, WrongKey
from db.keyring import write_whole
from db.postgres import standing_name
from db.queries.officers import at_the_desk
from db.store import Store, unlock

MOST_TRIES, WITHIN = 10, timedelta(minutes=5)
_WARN_AT = 5
_NOTED = 200
NOT_SIGNED_IN = "The name and passphrase do not open this store. Check both and try again"
ACT = "sign_in"


class TooManyTries(WrongKey):
    """Ten tries failed within five minutes: nobody is let in until the wait is over."""

    title = "Too many tries"


@dataclass(frozen=True, slots=True)
class Tries:
    """The tries that failed at one store on this machine, the oldest first, since somebody last got in."""

    path: Path
    failed: tuple[datetime, ...] = ()

    @classmethod
    def at(cls, store: Path, state: Path) -> Self:
        """Read them; a file that cannot be read counts as none."""
        path = state / "tries" / f"{sha256(standing_name(store).encode()).hexdigest()[:16]}.json"
        try:
            return cls(path, tuple(datetime.fromisoformat(when) for when in json.loads(path.read_text("utf-8"))))
        except (OSError, ValueError, TypeError):
            return cls(path)

    def lately(self, now: datetime) -> Sequence[datetime]:
        """Those within the last five minutes; one from a clock since put back counts as now."""
        return [min(when, now) for when in self.failed if min(when, now) > now - WITHIN]

    def insist_on_the_wait(self, now: datetime) -> None:
        """Stop here while a wait is on.

        Raises:
            TooManyTries: with the time from which to try again.
        """
        lately = self.lately(now)
        if len(lately) >= MOST_TRIES:
            until = local(lately[-MOST_TRIES] + WITHIN + timedelta(minutes=1))
            raise TooManyTries(f"{MOST_TRIES} tries failed. Wait until {until:%H:%M}, then try again")

    def one_more(self, now: datetime) -> str:
        """Note a try that failed; returns what to tell about the tries that are left."""
        noted = Tries(self.path, (*self.failed, now)[-_NOTED:])
        noted._write()
        left = MOST_TRIES - len(noted.lately(now))
        if left > _WARN_AT:
            return ""
        return f". {left} {'try' if left == 1 else 'tries'} left, then a wait" if left else ". Wait five minutes"

    def forget(self) -> None:
        """Somebody got in."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def _write(self) -> None:
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(self.path, json.dumps([when.isoformat() for when in self.failed]).encode())


def sign_in(path: Path, who: str, passphrase: str, *, state: Path, clock: Clock = system_clock) -> Desk:
    """The desk of an officer at a real store.

    Args:
        path: the store.
        who: sign-in name; capitals do not count.
        passphrase: theirs.
        state: the folder where the program keeps its state.
        clock: tells the time.

    Raises:
        TooManyTries: ten tries failed lately; nothing was tried now.
        WrongKey: no such officer, another passphrase, or their access has ended: the words are the same.
        StoreError: the store cannot be used as it is.
    """
    tries = Tries.at(path, state)
    tries.insist_on_the_wait(clock())
    try:
        desk = _let_in(path, who.strip().casefold(), passphrase, clock)
        desk.store.watch_trail(state)
    except (WrongKey, Refused):
        raise WrongKey(NOT_SIGNED_IN + tries.one_more(clock())) from None
    with suppress(NotSaved):  # a store on a full or read-only disk can still be read
        _log(desk, tries)
        tries.forget()
    return desk


def _let_in(path: Path, who: str, passphrase: str, clock: Clock) -> Desk:
    store: Store = unlock(path, who, passphrase)
    try:
        desk = Desk(store, officer_named(store, who), clock)
        desk.ask(at_the_desk)
        return desk
    except DeskError:
        store.close()
        raise


def _log(desk: Desk, tries: Tries) -> None:
    key = desk.store.derived_key("audit")
    with desk.store.write() as connection:
        for when in tries.failed:
            audit.append(connection, key, at=when, officer_id=None, act=ACT, result=audit.REFUSED)
        audit.append(connection, key, at=desk.clock(), officer_id=desk.officer.id, act=ACT)
