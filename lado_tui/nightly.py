"""The nightly backup that the desk keeps by itself, day and night, signed in or locked.

A thread of its own looks every few minutes whether a backup is due. While somebody is signed in it makes one and
proves it. While the desk is locked the key is gone: another process copies the bytes, and what it copied is proved at
the next sign-in. Nothing is ever shown from here; the home screen asks how old the last good backup is.
"""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from lado_tui.opening import state_folder

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from db.clock import Clock
    from db.desk import Desk
    from db.store import Store

EVERY = 300.0
"""Seconds between two looks."""

COPYING_TAKES = 600
"""Seconds after which copying bytes is given up."""


class Nightly:
    """Keeps the backups of the store that was last opened here."""

    def __init__(self, every: float = EVERY) -> None:
        self.trouble = ""
        """Why the last backup or the nightly check did not go well, in a sentence; "" where it did."""
        self._every = every
        self._path: Path | None = None
        self._store: Store | None = None
        self._clock: Clock | None = None
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    def unlocked(self, desk: Desk) -> None:
        """Somebody signed in: prove what waits, and look from now on. A server has backups of its own."""
        if desk.practice or desk.store.on_server:
            return
        self._path, self._store, self._clock = desk.store.path, desk.store, desk.clock
        if self._thread is None:
            self._thread = threading.Thread(target=self._go_on_looking, name="nightly", daemon=True)
            self._thread.start()
        self._wake.set()

    def locked(self) -> None:
        """The desk is locked: let go of the store and its key."""
        self._store = None

    def look(self) -> None:
        """Look once: prove what waits, and make the backup that is due."""
        from db.errors import DeskError

        store = self._store
        try:
            if store is not None:
                self._with_key(store)
            elif self._path is not None:
                self._without_key(self._path)
        except DeskError as error:
            self.trouble = error.sentence if self._store is store else ""

    def _go_on_looking(self) -> None:
        while True:
            self._wake.wait(self._every)
            self._wake.clear()
            with suppress(OSError):
                self.look()

    def _with_key(self, store: Store) -> None:
        from db.audit_head import what_is_wrong
        from db.backup import back_up, check_kept, prove_waiting
        from db.backup_age import backup_state
        from db.clock import day_of

        prove_waiting(store.path, store.key)
        if backup_state(store, self._now()).due:
            back_up(store.path, store.key, self._now())
            wrong = check_kept(store.path, day_of(self._now()))
            trail = what_is_wrong(store, state_folder(), last=None)
            self.trouble = trail or ("A backup kept earlier is damaged. Run: lado doctor" if wrong else "")

    def _without_key(self, path: Path) -> None:
        import subprocess

        from db.audit_head import AuditHead
        from db.backup import kept, newest_good
        from db.rules.backups import backup_due

        noted, last = AuditHead.noted(path, state_folder()), newest_good(path)
        unsaved = noted is not None and noted.entries > (last.head.entries if last and last.head else 0)
        made = [one.made_at for one in kept(path) if not one.wrong]
        if backup_due(max(made, default=None), self._now(), unsaved):
            copying = [sys.executable, "-m", "lado_tui", "backup", "--store", str(path)]
            with suppress(subprocess.TimeoutExpired):
                subprocess.run(copying, stdin=subprocess.DEVNULL, capture_output=True, timeout=COPYING_TAKES)  # noqa: S603 - our own command

    def _now(self) -> datetime:
        from db.clock import system_clock

        return (self._clock or system_clock)()
