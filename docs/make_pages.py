"""Makes what the program can say of itself: the key card, and pictures of the practice service's screens.

``python -m docs.make_pages`` writes ``keys.md`` and ``pictures/*.svg``. The key card is held to the program by a test.
"""

import asyncio
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from lado_tui.app import LadoApp
from lado_tui.commands import COMMANDS, EVERYWHERE, FIELD, Command, key_words
from lado_tui.opening import Seat, sit_down
from lado_tui.screens import FORM, LIST, PLACES

HERE = Path(__file__).parent
SIZE = (120, 40)
_PATIENCE = 0.3

WALKS: dict[str, Sequence[str]] = {
    "home": (),
    "enquiry": ("f2",),
    "find": ("f3", *"hartl"),
    "person": ("h",),
    "case": ("enter",),
    "screening": ("t",),
    "outcome": ("o",),
    "stats": ("s",),
}
"""Each picture, and the keys that lead to it from the home list."""

_GROUPS = {
    EVERYWHERE: "Everywhere",
    LIST: "On every list",
    FORM: "In every form",
    FIELD: "In the field or list in focus",
}


def key_card() -> str:
    """Every command with its keys and what it is for, by the place where it works."""
    groups: dict[str, list[Command]] = {}
    for command in COMMANDS:
        groups.setdefault(command.where, []).append(command)
    parts = ["# Keys", "", "Made from the program's own list of commands.", ""]
    for where, commands in groups.items():
        title = _GROUPS.get(where) or PLACES[where].title
        parts += [f"## {title}", "", "| Key | What | Why |", "|---|---|---|"]
        parts += [f"| {_keys(command)} | {command.label} | {command.why} |" for command in commands]
        parts.append("")
    return "\n".join(parts)


def _keys(command: Command) -> str:
    keys = [*command.on_lists.split(), *command.keys.split()]
    return ", ".join(key_words(key) for key in keys).replace("|", "\\|") or "palette"


async def take_pictures(practice: Path) -> None:
    """Walk to each place as the duty LADO would, and keep what stands on the screen."""
    (HERE / "pictures").mkdir(exist_ok=True)
    for name, keys in WALKS.items():
        app = LadoApp(lambda: sit_down(Seat(practice)))
        async with app.run_test(size=SIZE) as pilot:
            for _ in range(100):
                await pilot.pause(0.1)
                if app.desk is not None and app.place is not None and app.place.NAME == "desk":
                    break
            for key in ("", *keys):
                await (pilot.press(key) if key else pilot.pause(1.0))
                await pilot.pause(_PATIENCE)
            await pilot.pause(1.0)
            svg = app.export_screenshot(title="LADO Desk")
        (HERE / "pictures" / f"{name}.svg").write_text(_steady(svg), "utf-8")


def _steady(svg: str) -> str:
    """The picture without the number that is new each time it is taken."""
    return re.sub(r"terminal-\d+", "terminal", svg)


def main() -> None:
    """Write the key card and take the pictures."""
    from db.sample.build import build

    (HERE / "keys.md").write_text(key_card(), "utf-8")
    if sys.argv[1:] != ["--keys"]:
        folder = Path(tempfile.mkdtemp())
        build(folder / "practice.lado")
        asyncio.run(take_pictures(folder / "practice.lado"))
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
