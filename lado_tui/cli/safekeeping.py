"""``lado backup``, ``restore`` and ``doctor``: the record kept safe, got back, and looked over."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lado_tui import opening
from lado_tui.cli.options import AsJson, Officer, PasswordFile, Store, desk_at
from lado_tui.cli.speak import tell, tell_json

if TYPE_CHECKING:
    from db.doctor import Diagnosis


def add_to(app: typer.Typer) -> None:
    """Give the ``lado`` command these words."""
    app.command(epilog="Example: lado backup --officer hmarsh")(backup)
    app.command(epilog="Example: lado restore desk.lado.backups/20260312T180000Z --store restored.lado")(restore)
    app.command(epilog="Example: lado doctor --officer hmarsh")(doctor)


def backup(store: Store = None, officer: Officer = "", password_file: PasswordFile = None) -> None:
    """Make an encrypted backup while others go on saving, and prove it by opening it.

    A real store without --officer is copied byte for byte, and proved when an officer next signs in.
    """
    from db.backup import back_up, copy_bytes
    from db.clock import system_clock
    from db.keyring import ring_path

    path = store or opening.usual_store()
    if ring_path(path).exists() and not officer:
        copied = copy_bytes(path, system_clock())
        tell(f"Copied to {copied.folder}. It is proved when somebody next signs in.")
        return
    desk = desk_at(store, officer, password_file)
    made = back_up(path, desk.store.key, system_clock())
    entries = made.head.entries if made.head else 0
    tell(f"Backed up to {made.folder}, opened and compared: {entries:,} audit entries.")


def restore(
    folder: Annotated[Path, typer.Argument(metavar="BACKUP", help="The backup's folder, named by its date and time.")],
    store: Annotated[Path, typer.Option("--store", help="The new file. Nothing may be there yet.")],
) -> None:
    """Put a backup into a new file. A store that is there already is never written over."""
    from db.backup_age import moment
    from db.restore import restore as put_back

    done = put_back(folder, store, opening.state_folder())
    tell(f"{done.path} holds the record as it was on {moment(done.backup.made_at)}.")
    if done.left_out:
        tell(f"{done.left_out:,} audit entries made after it are not in it. Look for what they were on paper.")
    if not done.backup.good:
        tell("This backup was never proved. Look it over before you work with it.")
    tell(f"Look it over: lado doctor --store {done.path} --officer NAME")


def doctor(
    store: Store = None, officer: Officer = "", password_file: PasswordFile = None, as_json: AsJson = False
) -> None:
    """Say what is wrong with a store and its backups, and what to do. Never writes to it.

    Exit codes: 0 all is well, 1 something is to be done, 3 the store cannot be used as it is.
    """
    from db.clock import system_clock
    from db.doctor import examine

    path = store or opening.usual_store()
    found = examine(path, opening.state_folder(), system_clock(), _key(path, officer, password_file))
    if as_json:
        tell_json({"store": str(path), "at": datetime.now().astimezone(), "exit_code": found.exit_code, "found": found})
    else:
        _tell(path, found)
    raise typer.Exit(found.exit_code)


def _key(path: Path, officer: str, password_file: Path | None) -> bytes | None:
    """The store's key, from its ring; None where nobody named themselves. The store itself is not opened for it."""
    from db.keyring import KeyRing, ring_path

    if not officer or not ring_path(path).exists():
        return None
    if password_file is not None:
        passphrase = password_file.read_text("utf-8").rstrip("\n")
    else:
        passphrase = str(typer.prompt("Passphrase", hide_input=True, err=True))
    return KeyRing.load(ring_path(path)).unlock(officer.strip().casefold(), passphrase)


def _tell(path: Path, found: "Diagnosis") -> None:
    tell(f"{path}: looked at {', '.join(found.looked_at)}.")
    if not found.findings:
        tell("Nothing is wrong.")
    for finding in found.findings:
        tell()
        tell(f"{'STOP: ' if finding.stops_work else ''}{finding.sentence}.")
        tell(f"  {finding.advice}.")
