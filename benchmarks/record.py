"""The record measured without a screen: saving, searching, counting, and how each grows with its size."""

import random
import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver  # type: ignore[import-untyped]
from sqlalchemy import event

from benchmarks.measure import Ratio, Reached, Result, in_turn, p95, timed
from benchmarks.misspell import misspell
from benchmarks.scale import name
from db.actions.enquiries import log_enquiry
from db.clock import PRACTICE_NOW
from db.desk import Desk, officer_named
from db.forms.enquiry import EnquiryForm
from db.heard_before.search import search_names
from db.queries.cases import open_case
from db.queries.worklist import Section, worklist
from db.sqlite_file import connect
from db.store import PRACTICE_KEY, Store

SAVES = 60
SEARCHES = 200
ROUNDS = 15
_SIZES = {10_000: 0.98, 100_000: 0.98, 1_000_000: 0.97}


@contextmanager
def desk_at(path: Path, sign_in: str = "manager") -> Iterator[Desk]:
    """A desk at a store, closed afterwards."""
    store = Store.open(path)
    try:
        yield Desk(store, officer_named(store, sign_in))
    finally:
        store.close()


def saving(path: Path, folder: Path) -> list[Result]:
    """Saving an enquiry whole, against the same rows through the plain driver without encryption."""
    recorded, ours, plain = folder / "recorded.lado", folder / "ours.lado", folder / "plain.db"
    for copy in (recorded, ours):
        shutil.copy(path, copy)
    with desk_at(recorded) as desk:
        written = [_written(desk, number) for number in range(SAVES)]
    _decrypt(path, plain)
    raw = driver.connect(str(plain), isolation_level=None)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("PRAGMA foreign_keys = ON")
    with desk_at(ours) as desk:
        desk.do(log_enquiry, _form(desk, -1))  # the first save of a desk fills its statement cache
        whole, floor = [], []
        for number, statements in enumerate(written):
            form = _form(desk, number)
            whole.append(timed(lambda form=form: desk.do(log_enquiry, form)))  # type: ignore[misc]
            floor.append(timed(lambda rows=statements: _replay(raw, rows)))  # type: ignore[misc]
    raw.close()
    return [
        Ratio(
            "Saving an enquiry (encrypted, audited, findable)",
            "the same rows, plain driver, FULL",
            statistics.median(whole),
            statistics.median(floor),
            3.0,
        )
    ]


def searching(stores: dict[int, Path]) -> list[Result]:
    """Heard before: how long, against a LIKE scan of the names, and how many are found in the first ten."""
    results: list[Result] = []
    for size, path in stores.items():
        chance = random.Random(7)
        with desk_at(path) as desk, desk.store.read() as connection:
            people = connection.exec_driver_sql("SELECT max(id) FROM adult").scalar()
            names = [_name_of(connection, chance.randrange(int(people or 1)) + 1) for _ in range(SEARCHES)]
            typed = [misspell(name, chance) for name in names]
            search_names(connection, "James Hartley")
            found, ours, scans = 0, [], []
            for name, query in zip(names, typed, strict=True):
                ours.append(timed(lambda query=query: search_names(connection, query)))  # type: ignore[misc]
                found += any(match.name == name for match in search_names(connection, query, limit=10).rows)
                scans.append(timed(lambda name=name: _like(connection, name)))  # type: ignore[misc]
        results.append(Reached(f"Heard before: found in the first ten at {size:,}", found / SEARCHES, _SIZES[size]))
        if size == max(stores):
            results.append(
                Ratio(f"Heard before p95 at {size:,}", "LIKE scan of the names, p95", p95(ours), p95(scans), 0.3)
            )
    return results


def counting(path: Path) -> list[Result]:
    """The stats panel against its SQL alone."""
    from db.queries.figures import stats_panel

    with desk_at(path) as desk:
        statements: list[tuple[str, Any]] = []

        def keep(conn: Any, cursor: Any, statement: str, parameters: Any, *rest: Any) -> None:  # noqa: ANN401
            if statement.startswith(("SELECT", "WITH")):
                statements.append((statement, parameters))

        from db.rules.reporting import ReportingYear

        year = ReportingYear.containing(date(2022, 6, 1))
        desk.ask(stats_panel, year)
        event.listen(desk.store.engine, "before_cursor_execute", keep)
        desk.ask(stats_panel, year)
        event.remove(desk.store.engine, "before_cursor_execute", keep)
        raw = connect(path, PRACTICE_KEY)

        def alone() -> None:
            for statement, parameters in statements:
                raw.execute(statement, parameters).fetchall()

        ours, floor = in_turn([lambda: desk.ask(stats_panel, year), alone], ROUNDS)
        raw.close()
    return [Ratio("Stats panel, a year of 100,000 referrals", "its SQL alone, plain cursor", ours, floor, 1.3)]


def growing(small: Path, large: Path) -> list[Result]:
    """What must not grow with the record: the work list's pages, opening a case, saving an enquiry."""
    with desk_at(small) as few, desk_at(large) as many:
        results: list[Result] = []
        counts = {desk: _count(desk) for desk in (few, many)}
        for what, run in (
            ("Work list, first page of 50", lambda desk: desk.ask(worklist, Section.TEAM)),
            ("Work list, a page in the middle", lambda desk: _middle(desk)),
            ("Opening a case", lambda desk: desk.ask(open_case, counts[desk] - 3)),
            ("Saving an enquiry", lambda desk: desk.do(log_enquiry, _form(desk, random.randrange(10**9)))),
        ):
            run(few), run(many)
            ours, floor = in_turn([lambda run=run: run(many), lambda run=run: run(few)], ROUNDS)  # type: ignore[misc]
            results.append(Ratio(f"{what} at 1,000,000", "the same at 10,000", ours, floor, 1.5))
    return results


def _middle(desk: Desk) -> None:
    rows = desk.ask(worklist, Section.TEAM, None, 200)
    desk.ask(worklist, Section.TEAM, rows[-1].key, 50)


def _count(desk: Desk) -> int:
    with desk.store.read() as connection:
        return int(connection.exec_driver_sql("SELECT max(id) FROM case_file").scalar() or 0)


def _form(desk: Desk, number: int) -> EnquiryForm:
    answers: dict[str, object] = {
        "call_back": f"01622 {number % 1_000_000:06d}",
        "child_safe": "y",
        "adult_with_children": "y",
        "police_or_care_told": "n",
        "caller_name": "Sarah Whitlock",
        "organisation": "St Mary's CE Primary School",
        "adult_name": name(random.Random(number), 10**9),
        "account": "Child told class teacher at break that Mr H grabbed his arm and pulled him out of the hall.",
        "advice": "Do not interview adult or child. Send the referral form by 4pm.",
        "result": "r",
        "follow_up": "+1d",
    }
    answers["not_a_duplicate"] = True  # invented names sound alike; an officer has looked
    return EnquiryForm.read(answers, today=PRACTICE_NOW.date(), words=desk.vocabulary)


def _written(desk: Desk, number: int) -> list[tuple[str, Any, bool]]:
    """The statements that one save writes with, and their values."""
    statements: list[tuple[str, Any, bool]] = []

    def keep(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:  # noqa: ANN401
        if statement.startswith(("INSERT", "UPDATE")):
            statements.append((statement, parameters, many))

    event.listen(desk.store.engine, "before_cursor_execute", keep)
    desk.do(log_enquiry, _form(desk, number))
    event.remove(desk.store.engine, "before_cursor_execute", keep)
    return statements


def _replay(raw: Any, statements: list[tuple[str, Any, bool]]) -> None:  # noqa: ANN401 - the driver is untyped
    raw.execute("BEGIN IMMEDIATE")
    for statement, parameters, many in statements:
        (raw.executemany if many else raw.execute)(statement, parameters)
    raw.execute("COMMIT")


def _decrypt(path: Path, plain: Path) -> None:
    connection = connect(path, PRACTICE_KEY)
    connection.execute("PRAGMA trusted_schema = ON")
    connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
    connection.execute("SELECT sqlcipher_export('plain')")
    connection.close()


def _name_of(connection: Any, adult_id: int) -> str:  # noqa: ANN401 - a connection
    return str(connection.exec_driver_sql("SELECT name FROM adult WHERE id = ?", (adult_id,)).scalar())


def _like(connection: Any, name: str) -> None:  # noqa: ANN401 - a connection
    connection.exec_driver_sql("SELECT id, name FROM adult WHERE name LIKE ?", (f"%{name}%",)).all()
