"""The options that every command takes, said once."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lado_tui.opening import Seat, sit_down, usual_store

if TYPE_CHECKING:
    from db.desk import Desk

Store = Annotated[
    Path | None, typer.Option("--store", help="The store's file. Otherwise LADO_STORE, or this person's own.")
]
Officer = Annotated[str, typer.Option("--officer", help="Your sign-in name. A practice store needs none.")]
PasswordFile = Annotated[
    Path | None, typer.Option("--password-file", help="Read the passphrase from this file instead of asking.")
]
Why = Annotated[str, typer.Option("--why", help="Why you need it; kept in the audit trail. A real store insists.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer with JSON.")]


def desk_at(store: Path | None, officer: str = "", password_file: Path | None = None) -> "Desk":
    """The desk a command works at.

    Raises:
        DeskError: the store does not open, or the officer does not sign in.
    """

    def passphrase() -> str:
        if password_file is not None:
            return password_file.read_text("utf-8").rstrip("\n")
        return str(typer.prompt("Passphrase", hide_input=True, err=True))

    return sit_down(Seat(store or usual_store(), officer, role="manager", passphrase=passphrase))


def insist_on_why(desk: "Desk", why: str, *, otherwise: str = "practice") -> str:
    """The reason for a search or an export; a practice store takes one for granted.

    Raises:
        Refused: a real store, and none was given.
    """
    from db.errors import Refused

    if not why.strip() and not desk.practice:
        raise Refused("Say why you need it with --why. It is kept in the audit trail")
    return why.strip() or otherwise
