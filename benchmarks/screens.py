"""The desk measured from outside, beside the bare floor, in turn within each round."""

import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measure import Ratio, Reached, Result
from benchmarks.terminal import Terminal, python

ROUNDS = 7
READY = r"[RE]\d\d-\d{4}"
"""A reference on the screen: the home list is filled."""

_ACCOUNT = "Child told class teacher at break that Mr H grabbed his arm and pulled him out."
_NAME = "jonathan hartlee"
_IDLE_SECONDS = 5.0


def desk_command(store: Path) -> list[str]:
    """The command that opens the desk on a store."""
    return python("lado_tui", "demo", "--store", str(store))


def starting(practice: Path, home: Path) -> list[Result]:
    """First paint, ready for work, memory and idle output, against the smallest program there is."""
    floor_paint: list[float] = []
    paint: list[float] = []
    ready: list[float] = []
    floor_memory: list[float] = []
    memory: list[float] = []
    idle: list[float] = []
    for _ in range(ROUNDS):
        with Terminal(python("benchmarks.floor"), home) as floor:
            floor_paint.append(floor.wait_for("Hello from") * 1000)
            floor.settle()
            floor_memory.append(floor.memory())
        with Terminal(desk_command(practice), home) as desk:
            paint.append(desk.wait_for("LADO Desk") * 1000)
            ready.append(desk.wait_for(READY) * 1000)
            desk.settle()
            memory.append(desk.memory())
            idle.append(desk.idle_bytes(_IDLE_SECONDS / ROUNDS))
    middle = statistics.median
    return [
        Ratio("First paint", "a bare Textual app", middle(paint), middle(floor_paint), 1.2),
        Ratio("Ready: home list filled", "a bare Textual app painted", middle(ready), middle(floor_paint), 3.0),
        Ratio("Memory (PSS)", "a bare Textual app", middle(memory), middle(floor_memory), 2.6, "MiB"),
        Reached("Bytes printed a second while idle", max(idle), most=0),
    ]


def typing(practice: Path, million: Path, home: Path) -> list[Result]:
    """Key to paint on the intake form, against one field; and while a million referrals are searched."""
    field: list[float] = []
    account: list[float] = []
    calm: list[float] = []
    searching: list[float] = []
    for _ in range(ROUNDS):
        with one_field(home) as floor:
            field += floor.type_text(_ACCOUNT)
        with intake(practice, home) as desk:
            desk.press(b"\x1b[18~")  # F7: the notes
            desk.settle()
            account += desk.type_text(_ACCOUNT)
        with intake(million, home) as desk:
            _to_field(desk, 2)  # the caller's name, which nothing is searched for
            calm += desk.type_text(_NAME, quiet=0.15)
        with intake(million, home) as desk:
            _to_field(desk, 8)
            searching += desk.type_text(_NAME, quiet=0.15)
    middle = statistics.median
    return [
        Ratio("Key to paint, notes of the intake form", "one field alone", middle(account), middle(field), 1.5),
        Ratio("Key to paint while a million are searched", "a name not searched", middle(searching), middle(calm), 1.1),
    ]


def listing(small: Path, million: Path, home: Path) -> list[Result]:
    """A list of a million paints like a list of ten thousand: opening the desk on each, in turn."""
    few: list[float] = []
    many: list[float] = []
    for _ in range(ROUNDS):
        for taken, store in ((few, small), (many, million)):
            with Terminal(desk_command(store), home) as desk:
                taken.append(desk.wait_for(READY) * 1000)
    ours, floor = statistics.median(many), statistics.median(few)
    return [Ratio("Desk ready at 1,000,000", "the same at 10,000", ours, floor, 1.5)]


@contextmanager
def one_field(home: Path) -> Iterator[Terminal]:
    """The one-field program, ready for a key."""
    with Terminal(python("benchmarks.floor", "field"), home) as floor:
        floor.wait_for("One field")
        floor.settle()
        yield floor


@contextmanager
def intake(store: Path, home: Path) -> Iterator[Terminal]:
    """The intake form, ready for a key."""
    with Terminal(desk_command(store), home) as desk:
        desk.wait_for(READY)
        desk.settle()
        desk.press(b"\x1bOQ")  # F2
        desk.wait_for("Call-back")
        desk.settle()
        yield desk


def _to_field(desk: Terminal, tabs: int) -> None:
    for _ in range(tabs):
        desk.press(b"\t")
        desk.settle(0.1)


MEASURES: tuple[Callable[..., list[Result]], ...] = (starting, typing, listing)
