"""Writes the made-up service into a practice store, as rows like any others."""

from pathlib import Path

from sqlalchemy import Connection, insert
from sqlmodel import SQLModel

from db import audit
from db.errors import StoreNotOurs
from db.heard_before.index import index_names
from db.models import METADATA, Adult, OtherName, ReferenceCounter, Setting
from db.rules.working_days import add_working_days
from db.sample.calendar import TODAY, at
from db.sample.calls import Calls
from db.sample.casefile import CaseFiles
from db.sample.chance import Chance
from db.sample.findings import Findings
from db.sample.meetings import write_meetings, write_troubles
from db.sample.oversight import Oversight
from db.sample.plan import Plan, make_plan
from db.sample.record import Callers, write_adults, write_places, write_team
from db.sample.registers import write_registers
from db.sample.rows import Row, Rows
from db.sample.settings import county
from db.store import Store, create_practice_store

DEFAULT_SEED = 2023
_BATCH = 2_000


def build(path: Path, *, seed: int = DEFAULT_SEED) -> None:
    """Make a practice store at ``path`` and fill it with the made-up service; the same rows for the same seed.

    It takes its name only when it is whole, so that one cut short is never opened half filled.

    Raises:
        StoreNotOurs: something is already there.
    """
    if path.exists():
        raise StoreNotOurs(f"There is already a file at {path}. Nothing was changed. Choose another name")
    unfinished = path.with_name(f"{path.name}.unfinished")
    for name in (unfinished.name, f"{unfinished.name}-wal", f"{unfinished.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)
    _fill(create_practice_store(unfinished, service=county()["service"]), make_rows(make_plan(seed)))
    unfinished.rename(path)


def _fill(store: Store, rows: Rows) -> None:
    try:
        with store.write() as connection:
            _insert(connection, rows)
            _index(connection, rows)
            opened = at(add_working_days(TODAY, -1), 17, 0)
            audit.append(
                connection, store.derived_key("audit"), at=opened, officer_id=None, act="build_practice_service"
            )
    finally:
        store.close()


def make_rows(plan: Plan) -> Rows:
    """Every row of the service, from what is planned."""
    rows = Rows()
    write_team(rows)
    write_places(rows, plan.settings)
    write_adults(rows, plan)
    callers = Callers(rows, plan, Chance(plan.seed, "callers"))
    calls = Calls(rows, plan, callers)
    for enquiry in plan.enquiries:
        calls.write(enquiry)
    _write_cases(rows, plan, CaseFiles(rows, plan, callers, calls.numbers))
    write_registers(rows, plan.names, Chance(plan.seed, "registers"))
    _count_references(rows, plan)
    return rows


def _write_cases(rows: Rows, plan: Plan, cases: CaseFiles) -> None:
    oversight, findings = Oversight(rows, plan.seed), Findings(rows, plan.seed)
    files = []
    for case in plan.cases:
        file = cases.write(case)
        oversight.write(file)
        findings.write(file)
        files.append(file)
    write_meetings(rows, files, Chance(plan.seed, "meetings"))
    write_troubles(rows, files, Chance(plan.seed, "troubles"))


def _count_references(rows: Rows, plan: Plan) -> None:
    """So that the next reference given goes on from the last."""
    last: dict[tuple[str, int], int] = {}
    given = [(c.ref, c.received) for c in plan.cases] + [(e.ref, e.received) for e in plan.enquiries]
    for ref, received in given:
        last[ref[0], received.year] = int(ref[4:])
    for (kind, year), number in sorted(last.items()):
        rows.add_keyed(ReferenceCounter, kind=kind, year=year, last=number)


def _insert(connection: Connection, rows: Rows) -> None:
    """Write every table, those that others point to first."""
    by_name = {str(model.__tablename__): (model, found) for model, found in rows.all().items()}
    for target in METADATA.sorted_tables:
        if target.name in by_name:
            model, found = by_name[target.name]
            blank = _blank(model)
            whole = [blank | row for row in found]
            for start in range(0, len(whole), _BATCH):
                connection.execute(insert(target), whole[start : start + _BATCH])


def _blank(model: type[SQLModel]) -> Row:
    """What a column holds that the plan says nothing of."""
    return {name: field.default for name, field in model.model_fields.items() if not field.is_required()}


def _index(connection: Connection, rows: Rows) -> None:
    """Make every adult and setting findable."""
    index_names(connection, "adult", ((row["id"], row["name"]) for row in rows.of(Adult)))
    index_names(connection, "adult", ((row["adult_id"], row["name"]) for row in rows.of(OtherName)))
    index_names(connection, "setting", ((row["id"], row["name"]) for row in rows.of(Setting)))
