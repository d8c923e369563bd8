"""A real pseudo-terminal with a program in it: every byte it writes is kept, and its modes can be looked at."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

PATIENCE = 30.0
"""Seconds to wait for words or for the end before the test fails."""


class Terminal:
    """One program in one terminal window."""

    def __init__(self, words: Sequence[str], *, size: tuple[int, int], env: Mapping[str, str]) -> None:
        self.master, self._slave = pty.openpty()
        width, height = size
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        self.modes_before = termios.tcgetattr(self._slave)
        self.written = b""
        self.program = subprocess.Popen(
            [sys.executable, *words],
            stdin=self._slave,
            stdout=self._slave,
            stderr=self._slave,
            cwd=ROOT,
            env={**os.environ, "TERM": "xterm-256color", **env},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )

    def read(self, seconds: float) -> bytes:
        """What is written within some seconds."""
        fresh = b""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            ready, _, _ = select.select([self.master], [], [], left)
            if not ready:
                break
            fresh += self._take()
        return fresh

    def _take(self) -> bytes:
        try:
            found = os.read(self.master, 65536)
        except OSError:
            found = b""
        self.written += found
        return found

    def wait_for(self, words: str) -> None:
        """Wait until the words have been written."""
        end = time.monotonic() + PATIENCE
        while words.encode() not in self.written:
            assert time.monotonic() < end, f"{words!r} was not written:\n{self.written[-3000:]!r}"
            self.read(0.05)

    def type(self, text: str) -> None:
        """Type, as a keyboard does."""
        os.write(self.master, text.encode())

    def send(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        os.kill(self.program.pid, number)

    def hang_up(self) -> None:
        """Close the window under the program."""
        os.close(self._slave)
        os.close(self.master)
        self.master = self._slave = -1

    def ended(self) -> int:
        """Wait for the program to end. Returns its exit code."""
        end = time.monotonic() + PATIENCE
        while self.program.poll() is None:
            assert time.monotonic() < end, "the program did not end"
            if self.master >= 0:
                self.read(0.05)
            else:
                time.sleep(0.02)
        if self.master >= 0:
            self.read(0.1)
        return int(self.program.returncode)

    @property
    def modes_now(self) -> object:
        """The modes of the terminal, to be compared with `modes_before`."""
        return termios.tcgetattr(self._slave)

    def close(self) -> None:
        """End the program and close the window, whatever state they are in."""
        if self.program.poll() is None:
            self.program.kill()
        self.program.wait()
        if self.master >= 0:
            self.hang_up()


@contextmanager
def terminal(*words: str, size: tuple[int, int] = (80, 24), **env: str) -> Iterator[Terminal]:
    """A terminal with `python <words>` in it."""
    window = Terminal(words, size=size, env=env)
    try:
        yield window
    finally:
        window.close()
