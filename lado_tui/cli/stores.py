"""``lado demo``, ``init``, ``verify`` and ``export``: stores made, checked, and let out as files."""

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lado_tui import opening
from lado_tui.cli.options import Officer, PasswordFile, Store, Why, desk_at, insist_on_why
from lado_tui.cli.speak import tell


class DemoRole(StrEnum):
    """Whose desk ``lado demo`` opens."""

    LADO = "lado"
    CRO = "cro"
    MANAGER = "manager"


class Exported(StrEnum):
    """What can be exported."""

    CASES = "cases"
    PEOPLE = "people"
    ENQUIRIES = "enquiries"


class Format(StrEnum):
    """How an export may be written."""

    CSV = "csv"
    JSON = "json"


def add_to(app: typer.Typer) -> None:
    """Give the ``lado`` command these words."""
    app.callback(invoke_without_command=True)(open_desk)
    app.command(epilog="Example: lado demo --as cro")(demo)
    app.command(epilog="Example: lado init --store desk.lado")(init)
    app.command(epilog="Example: lado verify --store practice.lado")(verify)
    app.command(epilog="Example: lado export cases --format csv --why 'Quarterly return'")(export)


def open_desk(context: typer.Context, store: Store = None, officer: Officer = "") -> None:
    """Open the desk: the store named, or this person's own."""
    if context.invoked_subcommand is None:
        from lado_tui.app import run_desk

        raise typer.Exit(run_desk(opening.Seat(store or opening.usual_store(), officer)))


def demo(
    store: Store = None,
    role: Annotated[DemoRole, typer.Option("--as", help="Whose desk to open.")] = DemoRole.LADO,
    build_only: Annotated[bool, typer.Option("--build-only", help="Build the practice store and stop.")] = False,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Which made-up service to build.")] = opening.PRACTICE_SEED,
) -> None:
    """Open the desk on the practice store, building it first if need be. Every person in it is made up."""
    path = store or opening.practice_store(seed)
    if not path.exists():
        tell("Building the practice store. This takes a few seconds, once.")
        opening.build_practice(path, seed)
    if build_only:
        tell(f"The practice store is at {path}")
        return
    from lado_tui.app import run_desk

    raise typer.Exit(run_desk(opening.Seat(path, role=role.value)))


def init(
    store: Store = None,
    password_file: PasswordFile = None,
) -> None:
    """Make a new, empty store and its first manager, and show the recovery key once."""
    path = store or opening.usual_store()
    if password_file is None and sys.stdin.isatty() and sys.stdout.isatty():
        from lado_tui.app import run_set_up

        raise typer.Exit(run_set_up(path))
    from db.actions.staff import found_service

    service = typer.prompt("What is the service called?")
    name = typer.prompt("The first manager's name")
    sign_in = typer.prompt("The name they will sign in with")
    passphrase = (
        password_file.read_text("utf-8").rstrip("\n")
        if password_file
        else typer.prompt("Passphrase, 12 characters or more", hide_input=True, confirmation_prompt=True)
    )
    recovery = found_service(path, service=service, name=name, sign_in=sign_in, passphrase=passphrase)
    tell(f"The store is at {path}")
    tell("Print this recovery key and lock it away. It is shown once, and opens the store if every passphrase is lost:")
    tell(f"  {recovery}")


def verify(store: Store = None, officer: Officer = "", password_file: PasswordFile = None) -> None:
    """Walk the audit trail from its first row, and name the first that does not hold."""
    from db.audit_head import what_is_wrong
    from db.queries.trail import verify_trail

    desk = desk_at(store, officer, password_file)
    found = desk.ask(verify_trail)
    if found.first_bad is not None:
        tell(f"The audit trail does not hold from entry {found.first_bad:,}. Keep it as it is and tell the manager.")
        raise typer.Exit(1)
    beside_note = what_is_wrong(desk.store, opening.state_folder())
    if beside_note:
        tell(f"{beside_note}. Keep it as it is and tell the manager.")
        raise typer.Exit(1)
    tell(f"The audit trail holds: {found.rows:,} entries, last seal {found.head[:16]}.")


def export(
    kind: Annotated[Exported, typer.Argument(help="What to export.")],
    fmt: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.CSV,
    store: Store = None,
    officer: Officer = "",
    password_file: PasswordFile = None,
    why: Why = "",
) -> None:
    """Write rows to a file of this person's own. The program names the file; restricted records are left out."""
    from db.queries.exports import export_sheet
    from lado_tui.exchange.export import write_export

    desk = desk_at(store, officer, password_file)
    sheet = desk.ask(export_sheet, kind.value, insist_on_why(desk, why))
    path: Path = write_export(sheet, fmt.value, opening.data_folder() / "exports", datetime.now().astimezone())
    left_out = f", and {sheet.restricted:,} restricted left out" if sheet.restricted else ""
    tell(f"{len(sheet.rows):,} {kind.value} written{left_out}: {path}")
