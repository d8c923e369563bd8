"""``python -m benchmarks``: every mark, measured in one run, as a Markdown table of ratios.

Builds what it measures against, once, in a folder it keeps (``--folder``). ``--quick`` leaves out the million.
"""

import argparse
import compileall
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import record, scale, screens
from benchmarks.measure import HEADING, Result
from db.sample.build import build as build_practice

SIZES = (10_000, 100_000, 1_000_000)


def main() -> None:
    """Measure, and print a row for each mark."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks", description=main.__doc__)
    reader.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "lado-benchmarks")
    reader.add_argument("--quick", action="store_true", help="leave out the million referrals")
    reader.add_argument(
        "--only", default="", help="only measures whose name begins so: saving, searching, starting ..."
    )
    given = reader.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    for package in ("db", "lado_tui", "benchmarks"):
        compileall.compile_dir(package, quiet=2)  # as an installation does; without it every start compiles anew
    print(HEADING)
    for name, measure in _measures(given.folder, SIZES[:2] if given.quick else SIZES):
        if name.startswith(given.only):
            for result in measure():
                print(result.line, flush=True)


def _measures(folder: Path, sizes: tuple[int, ...]) -> Iterator[tuple[str, Callable[[], list[Result]]]]:
    stores = {size: _store(folder, size) for size in sizes}
    practice, small, large = _practice(folder), stores[sizes[0]], stores[sizes[-1]]
    home = folder / "home"
    home.mkdir(exist_ok=True)
    yield "starting", lambda: screens.starting(practice, home)
    yield "typing", lambda: screens.typing(practice, large, home)
    yield "listing", lambda: screens.listing(small, large, home)
    yield "saving", lambda: record.saving(small, folder)
    yield "searching", lambda: record.searching(stores)
    yield "counting", lambda: record.counting(stores[100_000])
    yield "growing", lambda: record.growing(small, large)


def _store(folder: Path, size: int) -> Path:
    path = folder / f"{size}.lado"
    if not path.exists():
        unfinished = path.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        scale.build(unfinished, size)
        unfinished.rename(path)
    return path


def _practice(folder: Path) -> Path:
    path = folder / "practice.lado"
    if not path.exists():
        build_practice(path)
    return path


if __name__ == "__main__":
    main()
