"""Whatever ends the program: what is typed is kept, the terminal is given back, and no case text is left about."""

from __future__ import annotations

import os
import re
import signal
import stat
from pathlib import Path

import pytest

from lado_tui.guard import Keeping, crash_folder, last_words
from tests.hostile import HOSTILE
from tests.lado_tui.stage import CANARY
from tests.terminal import Terminal, terminal

LEAVE_ALTERNATE_SCREEN = b"\x1b[?1049l"
SHOW_CURSOR = b"\x1b[?25h"


def on_stage(window: Terminal, typed: str) -> None:
    window.wait_for("STAGE SET")
    window.type(typed)
    window.wait_for(typed[-1])
    window.read(0.3)


def crash_files() -> list[Path]:
    return sorted(crash_folder().glob("crash-*.txt"))


@pytest.mark.parametrize("trouble", ["handler", "worker"])
def test_an_error_nobody_expected_keeps_what_is_typed_and_tells_nothing_of_the_case(
    tmp_path: Path, trouble: str
) -> None:
    with terminal("-m", "tests.lado_tui.stage", str(tmp_path), trouble) as window:
        window.wait_for("STAGE SET")
        window.type(f"{CANARY}!")
        code = window.ended()
        after = window.written.rpartition(LEAVE_ALTERNATE_SCREEN)[2].decode()

        assert code == 1
        assert (tmp_path / "draft").read_text() == f"{CANARY}!"
        assert window.modes_now == window.modes_before
        assert SHOW_CURSOR in window.written
        assert re.search(r"Incident \d{6}-\d{6}-[0-9A-F]{4}", after)
        assert "What you typed is kept." in after
        assert CANARY not in after
        assert "Traceback" not in after


def test_the_crash_file_says_where_and_nothing_that_was_typed(tmp_path: Path) -> None:
    with terminal("-m", "tests.lado_tui.stage", str(tmp_path), "worker") as window:
        window.wait_for("STAGE SET")
        window.type(f"{CANARY}!")
        window.ended()

    (path,) = crash_files()
    told = path.read_text()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert CANARY not in told
    assert "ValueError" in told
    assert "KeyError" in told
    assert re.search(r"tests/lado_tui/stage\.py:\d+ Stage\.fail", told)
    assert str(Path.home()) not in told


def test_an_error_before_the_screen_stands_is_told_as_shortly(tmp_path: Path) -> None:
    with terminal("-m", "tests.lado_tui.stage", str(tmp_path), "before") as window:
        code = window.ended()

        assert code == 1
        assert b"Incident" in window.written
        assert CANARY.encode() not in window.written


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_to_stop_keeps_what_is_typed_and_gives_the_terminal_back(
    tmp_path: Path, number: signal.Signals
) -> None:
    with terminal("-m", "tests.lado_tui.stage", str(tmp_path)) as window:
        on_stage(window, "Sarah Whitlock")
        window.send(number)
        code = window.ended()

        assert code == 128 + number
        assert (tmp_path / "draft").read_text() == "Sarah Whitlock"
        assert window.modes_now == window.modes_before
        assert window.written.index(LEAVE_ALTERNATE_SCREEN) < window.written.rindex(SHOW_CURSOR)


def test_a_closed_window_keeps_what_is_typed_and_the_program_ends(tmp_path: Path) -> None:
    with terminal("-m", "tests.lado_tui.stage", str(tmp_path)) as window:
        on_stage(window, "Sarah Whitlock")
        window.hang_up()
        window.ended()

        assert (tmp_path / "draft").read_text() == "Sarah Whitlock"


def test_nothing_is_written_while_nobody_works(tmp_path: Path) -> None:
    with terminal("-m", "tests.lado_tui.stage", str(tmp_path)) as window:
        on_stage(window, "Sarah")
        window.read(1.0)

        assert window.read(3.0) == b""


def test_nothing_that_commands_a_terminal_comes_out_of_a_record(tmp_path: Path) -> None:
    with terminal("-m", "tests.lado_tui.stage", str(tmp_path), "hostile", size=(160, 60)) as window:
        window.wait_for("STAGE SET")
        window.read(1.0)
        out = window.written

        assert b"RED" in out
        for payload in (b"\x1b]52", b"\x1b]0;", b"\x1b[31mRED", b"\x1b[2J\x1b[31m", b"\xc2\x9b", b"\x00b"):
            assert payload not in out
        assert "\u202e".encode() not in out
        assert "\u200b".encode() not in out
        assert HOSTILE["link"].encode() in out


def test_a_writer_that_fails_does_not_keep_the_others_from_writing() -> None:
    keeping, kept = Keeping(), []

    def fail() -> None:
        raise OSError

    keeping.keep("first", fail)
    keeping.keep("second", lambda: kept.append("second"))

    assert keeping.write_all() == 1
    assert kept == ["second"]


def test_where_no_crash_file_can_be_written_the_words_say_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    monkeypatch.setattr("lado_tui.guard.crash_folder", lambda: blocked / "folder")

    words = last_words(ValueError(CANARY), failed=1)

    assert "No details could be written." in words
    assert "the last second may be missing" in words
    assert CANARY not in words


def test_the_crash_folder_is_under_this_persons_state() -> None:
    assert os.environ["XDG_STATE_HOME"] in str(crash_folder())
