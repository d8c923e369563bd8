"""Which store, and who sits down at it. Nothing of the store's own libraries is imported until it is opened."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.desk import Desk
    from db.store import Store
    from db.work import OfficerCard

PRACTICE_SEED = 2023
"""The practice service that `lado demo` builds unless told otherwise."""


def data_folder() -> Path:
    """Where stores and exports are kept for this person."""
    from platformdirs import user_data_path

    return user_data_path("lado-desk", appauthor=False)


def state_folder() -> Path:
    """Where drafts and crash notes are kept for this person."""
    from platformdirs import user_state_path

    return user_state_path("lado-desk", appauthor=False)


def usual_store() -> Path:
    """The store that is opened when none is named: ``LADO_STORE``, or ``desk.lado`` in the data folder."""
    named = os.environ.get("LADO_STORE")
    return Path(named) if named else data_folder() / "desk.lado"


def practice_store(seed: int = PRACTICE_SEED) -> Path:
    """Where the practice store of a seed is kept."""
    return data_folder() / f"practice-{seed}.lado"


@dataclass(frozen=True, slots=True)
class Seat:
    """A store and who sits down at it.

    Attributes:
        store: the file.
        officer: sign-in name; "" takes the first officer of ``role`` in a practice store.
        role: the officer's role to look for where nobody is named.
        passphrase: asks for or reads the passphrase of a real store.
    """

    store: Path
    officer: str = ""
    role: str = "lado"
    passphrase: Callable[[], str] | None = None


def sit_down(seat: Seat) -> Desk:
    """Open the store and take the seat.

    Raises:
        DeskError: with a sentence that says why not, and what to do.
    """
    with ExitStack() as undone, _nothing_collected():
        from db.desk import Desk, officer_named
        from db.store import Store, asks_who

        if asks_who(seat.store):
            return _signed_in(seat)
        store = Store.open(seat.store)
        undone.callback(store.close)
        officer = officer_named(store, seat.officer) if seat.officer else _first_in_role(store, seat.role)
        desk = Desk(store, officer)
        undone.pop_all()
    store.watch_trail(state_folder())
    return desk


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Put off the collecting of garbage: the store's libraries make tens of thousands of things that all stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def build_practice(path: Path, seed: int = PRACTICE_SEED) -> None:
    """Build the practice store, whole or not at all; an existing one is left as it is."""
    if path.exists():
        return
    from db.sample.build import build

    build(path, seed=seed)


def _signed_in(seat: Seat) -> Desk:
    from db.errors import WrongKey
    from db.sign_in import sign_in

    if not seat.officer or seat.passphrase is None:
        raise WrongKey("A real store asks who you are. Name yourself with --officer")
    return sign_in(seat.store, seat.officer, seat.passphrase(), state=state_folder())


def _first_in_role(store: Store, role: str) -> OfficerCard:
    from db.desk import officers_in_role
    from db.errors import Refused

    found = officers_in_role(store, role)
    if not found:
        raise Refused(f"Nobody at this desk is a {role}. Name an officer with --officer")
    return found[0]
