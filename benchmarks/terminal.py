"""Programs measured from outside, through a real pseudo-terminal: what an officer sees and waits for."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

COLUMNS, LINES = 120, 40
PATIENCE = 60.0
_ESCAPES = re.compile(rb"\x1b\[[0-9;?<>=$ ]*[A-Za-z~]|\x1b[()][A-Z0-9]|\x1b[=>78]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)")
_MOVE = re.compile(rb"\x1b\[[0-9;]*H")
_ASKS = {b"\x1b[c": b"\x1b[?62;22c", b"\x1b[6n": b"\x1b[1;1R", b"\x1b[?2026$p": b"\x1b[?2026;2$y"}


@dataclass(frozen=True, slots=True)
class Keys:
    """How long keys took from being pressed to the first paint, in milliseconds."""

    taken: tuple[float, ...]


class Terminal:
    """One program in a terminal of its own."""

    def __init__(self, command: Sequence[str], home: Path) -> None:
        self.began = time.perf_counter()
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            env = os.environ | {
                "HOME": str(home),
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                "LANG": "C.UTF-8",
            }
            for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "NO_COLOR"):
                env.pop(name, None)
            os.execvpe(command[0], list(command), env)  # noqa: S606 - the program measured
        fcntl.ioctl(self.handle, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self.output = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.handle)

    @property
    def text(self) -> str:
        """What was printed so far, without the terminal's own sequences."""
        return _ESCAPES.sub(b"", _MOVE.sub(b" ", self.output)).decode("utf-8", "replace")

    def wait_for(self, pattern: str) -> float:
        """Seconds from the start until the pattern was printed.

        Raises:
            TimeoutError: it was not printed in a minute.
        """
        wanted = re.compile(pattern)
        while not wanted.search(self.text):
            if not self.read(PATIENCE):
                raise TimeoutError(f"{pattern!r} was never printed: {self.text[-400:]!r}")
        return time.perf_counter() - self.began

    def read(self, seconds: float) -> bytes:
        """What is printed next, or nothing after so many seconds."""
        ready, _, _ = select.select([self.handle], [], [], seconds)
        if not ready:
            return b""
        try:
            said = os.read(self.handle, 65_536)
        except OSError:
            return b""
        self.output += said
        for asked, answer in _ASKS.items():
            if asked in said:
                os.write(self.handle, answer)
        return said

    def settle(self, quiet: float = 0.4) -> int:
        """Read until nothing has been printed for a while; returns how many bytes came."""
        count = 0
        while said := self.read(quiet):
            count += len(said)
        return count

    def press(self, keys: bytes) -> float:
        """Milliseconds from a key to the first paint that follows."""
        began = time.perf_counter()
        os.write(self.handle, keys)
        self.read(PATIENCE)
        return (time.perf_counter() - began) * 1000

    def type_text(self, text: str, quiet: float = 0.05) -> list[float]:
        """Press letter by letter, letting each be painted; the milliseconds of each."""
        taken = []
        for letter in text:
            taken.append(self.press(letter.encode()))
            self.settle(quiet)
        return taken

    def memory(self) -> float:
        """Proportional memory of the program and its children, in MiB (Linux only)."""
        told = Path(f"/proc/{self.pid}/smaps_rollup").read_text()
        return int(next(line for line in told.splitlines() if line.startswith("Pss:")).split()[1]) / 1024

    def idle_bytes(self, seconds: float) -> float:
        """Bytes a second printed while nobody does anything."""
        until, count = time.monotonic() + seconds, 0
        while (left := until - time.monotonic()) > 0:
            count += len(self.read(left))
        return count / seconds


def python(*words: str) -> list[str]:
    """The command that runs a module with this Python."""
    return [sys.executable, "-m", *words]
