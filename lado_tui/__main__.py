"""The `lado` command. What opens the desk is read here by hand, so that the first frame waits for nothing else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from lado_tui.guard import last_resort, quiet_hooks
from lado_tui.opening import PRACTICE_SEED, Seat, build_practice, practice_store, usual_store

_PLAIN_OPTIONS = {"": ("--store", "--officer"), "demo": ("--store", "--as", "--seed")}
_DEMO_ROLES = ("lado", "cro", "manager")


def main(words: Sequence[str] | None = None) -> int:
    """Open the desk, or hand over to the command line's own reader. Returns the exit code.

    Args:
        words: the arguments; those of the process where left out.
    """
    given = list(sys.argv[1:] if words is None else words)
    quiet_hooks()
    with last_resort():
        opening = plain_opening(given)
        if opening is not None and sys.stdin.isatty() and sys.stdout.isatty():
            from lado_tui.app import run_desk

            seat, prepare = opening
            return run_desk(seat, prepare=prepare)
        from lado_tui.cli import main as command_line

        return command_line(given)


def plain_opening(words: Sequence[str]) -> tuple[Seat, Callable[[], None] | None] | None:
    """The seat that `lado` or `lado demo` asks for, and what to do first; None for anything less plain.

    Whatever is not understood here is left to the command line's reader, which explains itself.
    """
    command, rest = ("demo", words[1:]) if words[:1] == ["demo"] else ("", words)
    options = _options(rest, _PLAIN_OPTIONS[command])
    if options is None:
        return None
    store = Path(options["--store"]) if "--store" in options else None
    if command != "demo":
        return Seat(store or usual_store(), options.get("--officer", "")), None
    role, seed = options.get("--as", "lado"), options.get("--seed", str(PRACTICE_SEED))
    if role not in _DEMO_ROLES or not (seed.isascii() and seed.isdigit()):
        return None
    path = store or practice_store(int(seed))
    return Seat(path, role=role), None if path.exists() else partial(build_practice, path, int(seed))


def _options(words: Sequence[str], known: Sequence[str]) -> Mapping[str, str] | None:
    """Each option with its value; None where a word is neither."""
    found: dict[str, str] = {}
    rest = list(words)
    while rest:
        name, equals, value = rest.pop(0).partition("=")
        if name not in known or not (equals or rest):
            return None
        found[name] = value if equals else rest.pop(0)
    return found


if __name__ == "__main__":
    sys.exit(main())
