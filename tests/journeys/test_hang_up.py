"""The line goes dead in the middle of a call: whatever ends the program, at most the last second typed is missing.

A real pseudo-terminal, real keys at a quick typist's pace, and an end nobody planned: the connection drops, the machine
shuts down, the window is closed, the program is killed outright.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.desk import Desk
from db.drafts import Draft, Drafts
from lado_tui.opening import state_folder
from tests.terminal import Terminal, terminal

ACCOUNT = (
    "Child told class teacher at break that Mr H grabbed his arm and pulled him out of the hall on Monday. Small red "
    "mark seen by first aider. Mother told today. Adult still in class. No police yet. Head says there was a like "
    "concern in the autumn, not written down. CCTV covers the corridor and is kept for two weeks."
)
"""Some three hundred characters, as they are said."""

PACE = 10.0
"""Keys a second."""

LAST_SECOND = 1.0


def drop_the_line(window: Terminal) -> None:
    window.send(signal.SIGHUP)


def shut_down(window: Terminal) -> None:
    window.send(signal.SIGTERM)


def close_the_window(window: Terminal) -> None:
    window.hang_up()


def kill_outright(window: Terminal) -> None:
    window.send(signal.SIGKILL)


ENDS: dict[str, Callable[[Terminal], None]] = {
    "the line drops": drop_the_line,
    "the machine shuts down": shut_down,
    "the window is closed": close_the_window,
    "the program is killed": kill_outright,
}


def typed_until(window: Terminal, moment: float) -> Iterator[tuple[float, str]]:
    """Type the account at a typist's pace until a moment comes, counted in seconds from now; tells each key's time."""
    begun = time.monotonic()
    for count, letter in enumerate(ACCOUNT):
        due = begun + count / PACE
        if due - begun > moment:
            return
        while (left := due - time.monotonic()) > 0:
            window.read(left)
        window.type(letter)
        yield time.monotonic(), letter


def call_in_hand(window: Terminal) -> None:
    """From the desk to the notes of a new enquiry."""
    window.wait_for("Home")
    window.type("n")
    window.wait_for("Call-back no")
    window.read(0.3)
    window.type("\x1b[18~")  # F7
    window.read(0.3)


def kept(desk: Desk) -> Draft:
    (draft,) = Drafts.of(desk.store, desk.officer, state_folder()).found().drafts
    return draft


def take_a_call_that_ends(path: Path, end: Callable[[Terminal], None], moment: float) -> list[tuple[float, str]]:
    with terminal("-m", "lado_tui", "--store", str(path)) as window:
        call_in_hand(window)
        keys = list(typed_until(window, moment))
        keys.append((time.monotonic(), ""))
        end(window)
        window.ended()
    return keys


@pytest.mark.parametrize("end", ENDS)
def test_at_most_the_last_second_is_missing(desk: Desk, store_path: Path, end: str) -> None:
    moment = random.Random(end).uniform(1.5, 6.0)  # noqa: S311 - a moment, not a secret
    keys = take_a_call_that_ends(store_path, ENDS[end], moment)

    ended = keys[-1][0]
    must_be_there = "".join(letter for at, letter in keys if at < ended - LAST_SECOND)
    notes = kept(desk).answers["account"]
    assert must_be_there
    assert ACCOUNT.startswith(notes)
    assert notes.startswith(must_be_there)


@pytest.mark.long
@pytest.mark.parametrize("round_", range(50))
def test_at_fifty_moments_at_most_the_last_second_is_missing(desk: Desk, store_path: Path, round_: int) -> None:
    chance = random.Random(round_)  # noqa: S311 - a moment to end at, not a secret
    keys = take_a_call_that_ends(store_path, ENDS[chance.choice(list(ENDS))], chance.uniform(0.2, len(ACCOUNT) / PACE))

    ended = keys[-1][0]
    must_be_there = "".join(letter for at, letter in keys if at < ended - LAST_SECOND)
    found = Drafts.of(desk.store, desk.officer, state_folder()).found().drafts
    notes = found[0].answers["account"] if found else ""
    assert notes.startswith(must_be_there)
    assert ACCOUNT.startswith(notes)


@pytest.mark.parametrize("end", ["the line drops", "the machine shuts down"])
def test_a_signal_leaves_nothing_typed_behind(desk: Desk, store_path: Path, end: str) -> None:
    """Asked to stop, the program writes what is typed before it goes: not even the last second is missing."""
    with terminal("-m", "lado_tui", "--store", str(store_path)) as window:
        call_in_hand(window)
        window.type("Grabbed his arm")
        window.wait_for("arm")
        ENDS[end](window)
        window.ended()

    assert kept(desk).answers["account"] == "Grabbed his arm"


def test_on_return_the_call_is_offered_and_gone_on_with(desk: Desk, store_path: Path) -> None:
    take_a_call_that_ends(store_path, kill_outright, 1.5)

    with terminal("-m", "lado_tui", "--store", str(store_path)) as window:
        window.wait_for("Not finished: enquiry")
        window.type("d")
        window.wait_for("call since")
        window.wait_for(ACCOUNT[:4])
        window.type("\x11")
        window.read(0.5)
        window.type("\x13")
        assert window.ended() == 0


def test_nothing_of_the_call_lies_about_in_the_clear(desk: Desk, store_path: Path) -> None:
    with terminal("-m", "lado_tui", "--store", str(store_path)) as window:
        call_in_hand(window)
        window.type("ZZKESTREL")
        window.wait_for("ZZKESTREL"[-1])
        window.read(1.0)
        kill_outright(window)
        window.ended()

    assert kept(desk).answers["account"] == "ZZKESTREL"
    folders = [Path(os.environ["HOME"]), store_path.parent]
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        assert b"ZZKESTREL" not in path.read_bytes(), path
