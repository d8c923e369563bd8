"""Readable, and the keys work, in every kind of terminal a council still has."""

import re
from pathlib import Path

import pytest

from tests.terminal import terminal


@pytest.mark.parametrize("kind", ["xterm-256color", "screen", "tmux-256color", "linux", "vt220", "dumb"])
def test_a_page_is_drawn_and_typed_in(tmp_path: Path, kind: str) -> None:
    with terminal("-m", "tests.lado_tui.stage", str(tmp_path), TERM=kind, COLORTERM="") as window:
        window.wait_for("STAGE SET")
        window.type("Sarah\x1b[DX\x1b[Fz")
        window.read(0.5)
        window.type("\x11")
        window.ended()

        assert (tmp_path / "draft").read_text() == "SaraXhz"


def test_without_colour_no_colour_is_sent(tmp_path: Path) -> None:
    with terminal("-m", "tests.lado_tui.stage", str(tmp_path), NO_COLOR="1", COLORTERM="truecolor") as window:
        window.wait_for("STAGE SET")
        window.read(0.3)
        colours = re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", window.written)

        assert colours
        assert all(red == green == blue for red, green, blue in colours), "only greys"
