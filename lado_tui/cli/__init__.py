"""The ``lado`` command, for people and for scripts. Names and free text come from JSON, never from options."""

import sys

import typer

from lado_tui.cli import figures, records, safekeeping, stores

app = typer.Typer(
    name="lado",
    help="The keyboard desk of the Local Authority Designated Officer's duty room.",
    epilog="Without a command it opens the desk. Example: lado demo",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    add_completion=False,
)
stores.add_to(app)
figures.add_to(app)
records.add_to(app)
safekeeping.add_to(app)


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 2 an answer to put right, others as the error says."""
    from db.errors import DeskError
    from lado_tui.cli.speak import tell_error

    try:
        app(args=sys.argv[1:] if arguments is None else arguments)
    except DeskError as error:
        return tell_error(error)
    except SystemExit as ended:  # how the reader of the command line says that it is done
        return ended.code if isinstance(ended.code, int) else 0
    return 0
