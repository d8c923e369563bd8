"""The desk: one officer at one open store. ``ask`` a question, ``do`` an action; there is no other way in.

Permission, rule, change and audit entry share one transaction. A refused act leaves an audit entry too.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy import Connection, Row, bindparam, select

from db import audit
from db.clock import Clock, day_of, practice_clock, system_clock
from db.errors import DeskError, Refused
from db.models import Officer, table
from db.permissions import Permission
from db.store import Store
from db.vocabulary import OfficerRole
from db.work import OfficerCard, Work

P = ParamSpec("P")
R = TypeVar("R")
_officers = table(Officer)
_STANDING = select(_officers.c.ended_at, _officers.c.ends_on, _officers.c.role).where(
    _officers.c.id == bindparam("officer")
)


@dataclass(frozen=True)
class Action(Generic[P, R]):
    """Something staff can do, and what they must be allowed to do it."""

    run: Callable[Concatenate[Work, P], R]
    permission: Permission

    @property
    def name(self) -> str:
        """The action's name, as the audit trail keeps it."""
        return self.run.__name__


@dataclass(frozen=True)
class Query(Generic[P, R]):
    """Something staff can ask. ``logged`` questions, an opened record or a search, leave an audit entry."""

    run: Callable[Concatenate[Work, P], R]
    permission: Permission
    logged: bool

    @property
    def name(self) -> str:
        """The question's name, as the audit trail keeps it."""
        return self.run.__name__


ACTIONS: dict[str, Action[Any, Any]] = {}
QUERIES: dict[str, Query[Any, Any]] = {}


def action(permission: Permission) -> Callable[[Callable[Concatenate[Work, P], R]], Action[P, R]]:
    """Declare an action: ``@action(Permission.LOG_ENQUIRY)``."""

    def declare(run: Callable[Concatenate[Work, P], R]) -> Action[P, R]:
        made = Action(run, permission)
        ACTIONS[made.name] = made
        return made

    return declare


def query(
    permission: Permission, *, logged: bool = False
) -> Callable[[Callable[Concatenate[Work, P], R]], Query[P, R]]:
    """Declare a question: ``@query(Permission.READ_RECORD, logged=True)``."""

    def declare(run: Callable[Concatenate[Work, P], R]) -> Query[P, R]:
        made = Query(run, permission, logged)
        QUERIES[made.name] = made
        return made

    return declare


class Desk:
    """One officer at one open store, safe to use from several threads."""

    def __init__(self, store: Store, officer: OfficerCard, clock: Clock | None = None) -> None:
        self.store = store
        self.officer = officer
        self.clock = clock or (practice_clock if store.practice else system_clock)
        self.vocabulary = store.vocabulary()
        self.practice = store.practice
        self._audit_key = store.derived_key("audit")
        self._digest_key = store.derived_key("digest")

    def do(self, act: Action[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Carry out an action, whole or not at all.

        Raises:
            Refused: the officer may not; the refusal is kept.
            DeskError: what the action says of itself; nothing was changed.
        """
        try:
            with self.store.write() as connection:
                work = self._work(connection)
                work.require(act.permission)
                result = act.run(work, *args, **kwargs)
                self._log(work, act.name, audit.DONE)
            return result
        except Refused as refusal:
            self._log_refusal(act.name, refusal)
            raise

    def ask(self, question: Query[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Answer a question; a logged one is written to the audit trail before the answer is given.

        Raises:
            Refused: the officer may not; the refusal is kept.
        """
        try:
            with self.store.write() if question.logged else self.store.read() as connection:
                work = self._work(connection)
                work.require(question.permission)
                result = question.run(work, *args, **kwargs)
                if question.logged:
                    self._log(work, question.name, audit.DONE)
            return result
        except Refused as refusal:
            self._log_refusal(question.name, refusal)
            raise

    def _work(self, connection: Connection) -> Work:
        self._still_here(connection)
        return Work(connection, self.officer, self.clock(), self.vocabulary, self._digest_key, self._audit_key)

    def _still_here(self, connection: Connection) -> None:
        row = connection.execute(_STANDING, {"officer": self.officer.id}).first()
        today = day_of(self.clock())
        if row is None or row.ended_at is not None or (row.ends_on is not None and row.ends_on < today):
            raise Refused("Your access to this desk has ended. Ask the manager")
        if row.role != self.officer.role:
            raise Refused("Your role has changed. Sign in again to go on")

    def _log(self, work: Work, act: str, result: str) -> None:
        audit.append(
            work.connection,
            self._audit_key,
            at=work.now,
            officer_id=self.officer.id,
            act=act,
            result=result,
            subject=work.subject,
            why=work.why,
            changes=work.changes,
        )

    def _log_refusal(self, act: str, refusal: Refused) -> None:
        with suppress(DeskError), self.store.write() as connection:
            work = Work(connection, self.officer, self.clock(), self.vocabulary, self._digest_key, self._audit_key)
            work.subject = getattr(refusal, "ref", None)
            self._log(work, act, audit.REFUSED)


def officer_named(store: Store, sign_in: str) -> OfficerCard:
    """The card of an officer by sign-in name.

    Raises:
        Refused: there is none, or their access has ended.
    """
    statement = select(_officers).where(_officers.c.sign_in == sign_in, _officers.c.ended_at.is_(None))
    with store.read() as connection:
        row = connection.execute(statement).first()
    if row is None:
        raise Refused("There is no such officer at this desk. Ask the manager")
    return _card(row)


def officers_in_role(store: Store, role: str) -> list[OfficerCard]:
    """The cards of the officers in a role who have not left, first entered first."""
    statement = (
        select(_officers)
        .where(_officers.c.role == role, _officers.c.ended_at.is_(None), _officers.c.ends_on.is_(None))
        .order_by(_officers.c.id)
    )
    with store.read() as connection:
        return [_card(row) for row in connection.execute(statement)]


def _card(row: Row[Any]) -> OfficerCard:
    return OfficerCard(row.id, row.name, row.initials, OfficerRole(row.role))
