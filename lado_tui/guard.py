"""The one place that meets an unexpected error, a signal to stop, or a terminal that went away.

In every case, in this order: what is typed is written where it is safe, the terminal is given back as it was, and
the officer reads a few plain words with a number. Nothing a person typed is ever printed or written to the crash
file: no values, no local variables, no message of the error, only where in the program it happened.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType, TracebackType

import platformdirs
from rich.console import RenderableType
from textual.app import App, ReturnType

from db.errors import DeskError

STOP_SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGINT") if hasattr(signal, name))
"""What asks the program to stop: the machine shutting down, a closed terminal, a dropped connection."""

PATIENCE = 3.0
"""Seconds a stop may take before the program ends without giving the terminal back."""


class Keeping:
    """What must be written before the program may end: for each open place, how to write what is typed in it."""

    def __init__(self) -> None:
        self._writers: dict[object, Callable[[], None]] = {}

    def keep(self, whose: object, write: Callable[[], None]) -> None:
        """From now on call `write` before the program ends, for whatever reason. It must not wait."""
        self._writers[whose] = write

    def forget(self, whose: object) -> None:
        """What this one held is safe or given up."""
        self._writers.pop(whose, None)

    def write_all(self) -> int:
        """Write everything. A writer that fails does not keep the others from writing.

        Returns:
            How many failed.
        """
        failed = 0
        for write in list(self._writers.values()):
            try:
                write()
            except Exception:  # noqa: BLE001 - the last chance to keep the rest: nothing may stop it
                failed += 1
        return failed


class GuardedApp(App[ReturnType]):
    """A program that ends safely, whatever ends it."""

    def __init__(self) -> None:
        super().__init__()
        self.keeping = Keeping()

    def _handle_exception(self, error: Exception) -> None:
        """Meet an error nobody expected: keep what is typed, write the crash file, end with a few words."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
            failed = self.keeping.write_all()
            self._last_words = last_words(error, failed)
        self._close_messages_no_wait()

    _last_words: str = ""

    def panic(self, *renderables: RenderableType) -> None:
        """Meet an error of the terminal's own threads. What they would print is not printed."""
        error = sys.exc_info()[1]
        self._handle_exception(error if isinstance(error, Exception) else RuntimeError("the terminal failed"))

    def _print_error_renderables(self) -> None:
        """After the terminal is given back: the last words and nothing else."""
        self._exit_renderables.clear()
        if self._last_words:
            _tell(self._last_words)
            self._last_words = ""

    def listen_for_stop(self) -> None:
        """From now on a signal to stop keeps what is typed and gives the terminal back."""
        if threading.current_thread() is not threading.main_thread():
            return
        for number in STOP_SIGNALS:
            signal.signal(number, self._stopped)

    def _stopped(self, number: int, frame: FrameType | None) -> None:
        self.keeping.write_all()
        _end_by_force_after(PATIENCE, 128 + number)
        loop = self._loop
        if loop is not None:
            loop.call_soon_threadsafe(lambda: self.exit(return_code=128 + number))


def _end_by_force_after(seconds: float, code: int) -> None:
    """End even where the terminal is gone and giving it back would wait for ever. Everything typed is safe by now."""

    def end() -> None:
        time.sleep(seconds)
        os._exit(code)

    threading.Thread(target=end, daemon=True, name="last-resort").start()


# Words and crash file -----------------------------------------------------------------------------------------


def last_words(error: BaseException, failed: int = 0) -> str:
    """What the officer reads when the program had to stop; the crash file is written on the way.

    Args:
        error: what happened. Nothing of its message is used: it may hold case text.
        failed: how many drafts could not be written.
    """
    if isinstance(error, DeskError):
        return f"{error.title}. {error.sentence}"
    number = _incident_number()
    kept = "What you typed is kept." if not failed else "What you typed in the last second may be missing."
    where = _write_crash_file(number, error)
    told = f"Details, with nothing from any case, are in\n{where}" if where else "No details could be written."
    return (
        f"LADO Desk had to stop. Incident {number}.\n{kept} Type lado to open it again.\n"
        f"Give the number to whoever looks after LADO Desk. {told}"
    )


def _incident_number() -> str:
    return f"{time.strftime('%y%m%d-%H%M%S')}-{os.urandom(2).hex().upper()}"


def crash_folder() -> Path:
    """Where crash files are written: the state folder of the person at this machine."""
    return platformdirs.user_state_path("lado-desk")


def _write_crash_file(number: str, error: BaseException) -> Path | None:
    """Where it happened, as file, line and function, newest last; the kind of error; no values."""
    path = crash_folder() / f"crash-{number}.txt"
    lines = [f"LADO Desk incident {number}", f"Python {sys.version.split()[0]} on {sys.platform}", ""]
    for link in _chain(error):
        lines += [type(link).__qualname__, *_frames(link.__traceback__), ""]
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write("\n".join(lines))
    except OSError:
        return None
    return path


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, and the ones that led to it."""
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        inner = getattr(link, "error", None)  # what a worker failed on
        link = inner if isinstance(inner, BaseException) else link.__cause__ or link.__context__


def _frames(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code = trace.tb_frame.f_code
        yield f"  {_short(code.co_filename)}:{trace.tb_lineno} {code.co_qualname}"
        trace = trace.tb_next


def _short(path: str) -> str:
    """A path from the package on: what stands before it may name a person."""
    parts = Path(path).parts
    start = next((i + 1 for i, part in enumerate(parts) if part == "site-packages"), max(0, len(parts) - 3))
    return "/".join(parts[start:])


def _tell(words: str) -> None:
    if sys.__stderr__ is not None:
        with suppress(OSError):  # the terminal may be gone; the drafts and the crash file are written
            sys.__stderr__.write(f"\n{words}\n")


@contextmanager
def last_resort() -> Iterator[None]:
    """Meet what goes wrong outside the screens: a few words and a number, exit code 1, no traceback."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - this is the guard
        _tell(last_words(error))
        raise SystemExit(getattr(error, "exit_code", 1)) from None


def quiet_hooks() -> None:
    """Let no thread and no late error print a traceback: its lines may hold what a person typed."""
    sys.excepthook = lambda kind, error, trace: _tell(last_words(error))
    threading.excepthook = lambda args: None
