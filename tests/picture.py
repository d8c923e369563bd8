"""A screen as plain text, kept beside the tests so that a reviewer can read it.

`LADO_UPDATE_PICTURES=1` writes the pictures anew. A difference is shown line by line.
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import Any

from textual.app import App
from textual.pilot import Pilot

PICTURES = Path(__file__).parent / "pictures"


def picture(of: App[Any] | Pilot[Any]) -> str:
    """What stands on the screen, line by line, without colours and without spaces at the ends."""
    app = of.app if isinstance(of, Pilot) else of
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips) + "\n"


def _at_rest(of: App[Any] | Pilot[Any]) -> str:
    """The picture once the screen is laid out for good: a scroll bar that comes lays everything out again."""
    app = of.app if isinstance(of, Pilot) else of
    before = ""
    while (found := picture(app)) != before:
        before = found
        app.screen._refresh_layout()
    return found


def assert_picture(name: str, of: App[Any] | Pilot[Any]) -> None:
    """The screen looks as its kept picture, `tests/pictures/<name>.txt`."""
    path = PICTURES / f"{name}.txt"
    found = _at_rest(of)
    if os.environ.get("LADO_UPDATE_PICTURES"):
        PICTURES.mkdir(exist_ok=True)
        path.write_text(found, "utf-8")
    assert path.exists(), f"There is no picture {path.name} yet. Run with LADO_UPDATE_PICTURES=1 and read it."
    kept = path.read_text("utf-8")
    if found != kept:
        lines = difflib.unified_diff(
            kept.splitlines(), found.splitlines(), f"kept/{path.name}", "on the screen", lineterm=""
        )
        raise AssertionError("The screen differs from its picture:\n" + "\n".join(lines))
