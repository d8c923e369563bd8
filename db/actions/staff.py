"""The first set-up of a service: its store, its first manager, and the recovery key that is shown once.

There are no accounts to begin with and no default passphrase: whoever makes the store is its first manager.
"""

from contextlib import ExitStack, closing, suppress
from pathlib import Path

from db import audit
from db.clock import Clock, day_of, system_clock
from db.errors import StoreNotOurs
from db.forms.set_up import FirstSetUpForm
from db.keyring import KeyRing, ring_path
from db.models import Officer
from db.store import Store, create_store
from db.vocabulary import OfficerRole, Vocabulary
from db.work import OfficerCard, Work

_INITIALS = 6


def found_service(
    path: Path, *, service: str, name: str, sign_in: str, passphrase: str, clock: Clock = system_clock
) -> str:
    """Make a new, empty store and its first manager; returns the recovery key, which nothing can show again.

    Args:
        path: where the store is to lie; nothing may be there yet.
        service: what the service calls itself.
        name: the first manager's name.
        sign_in: the name they sign in with; capitals do not count.
        passphrase: theirs.
        clock: tells the time.

    Raises:
        ThereIsAProblem: one sentence for each answer that needs another look.
        StoreNotOurs: something lies there already; it was not touched.
    """
    answers = {"service": service, "name": name, "sign_in": sign_in, "passphrase": passphrase, "again": passphrase}
    form = FirstSetUpForm.read(answers, today=day_of(clock()), words=Vocabulary())
    if ring_path(path).exists():
        raise StoreNotOurs(f"There is a key ring at {ring_path(path)}. Its store may be elsewhere. Nothing was changed")
    store, key = create_store(path, service=form.service or "")
    with ExitStack() as undone:
        undone.callback(_take_away, path)
        with closing(store):
            recovery = _let_in(store, form, key)
            _enter_first_manager(store, form, clock)
        undone.pop_all()
    return recovery


def initials_of(name: str) -> str:
    """The initials of a name, as lists show an officer: ``Mary-Ann Okoro`` is MAO."""
    words = name.replace("-", " ").split()
    return "".join(word[0] for word in words if word[0].isalpha()).upper()[:_INITIALS] or name[:2].strip().upper()


def _let_in(store: Store, form: FirstSetUpForm, key: bytes) -> str:
    ring = KeyRing(store.id)
    ring.add((form.sign_in or "").casefold(), form.passphrase or "", key)
    recovery = ring.add_recovery(key)
    store.keep_ring(ring)
    return recovery


def _enter_first_manager(store: Store, form: FirstSetUpForm, clock: Clock) -> None:
    name, sign_in = form.name or "", (form.sign_in or "").casefold()
    with store.write() as connection:
        nobody = OfficerCard(0, name, initials_of(name), OfficerRole.MANAGER)
        keys = store.derived_key("digest"), store.derived_key("audit")
        work = Work(connection, nobody, clock(), store.vocabulary(), *keys)
        number = work.insert(
            Officer,
            name=name,
            initials=nobody.initials,
            sign_in=sign_in,
            role=OfficerRole.MANAGER,
            starts_on=work.today,
        )
        audit.append(
            connection,
            store.derived_key("audit"),
            at=work.now,
            officer_id=number,
            act=found_service.__name__,
            subject=f"officer/{number}",
            changes=work.changes,
        )


def _take_away(path: Path) -> None:
    """Take away what was just made and cannot be used; nothing was in it."""
    for left in (path, ring_path(path), *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))):
        with suppress(OSError):
            left.unlink(missing_ok=True)
