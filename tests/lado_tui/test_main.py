"""What `lado` reads by itself, and what it leaves to the command line's reader."""

from pathlib import Path

import pytest

from lado_tui.__main__ import plain_opening
from lado_tui.opening import practice_store


def test_lado_alone_opens_this_persons_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LADO_STORE", "/somewhere/desk.lado")

    opening = plain_opening([])

    assert opening is not None
    seat, prepare = opening
    assert seat.store == Path("/somewhere/desk.lado")
    assert prepare is None


def test_a_store_and_an_officer_may_be_named(tmp_path: Path) -> None:
    opening = plain_opening([f"--store={tmp_path / 'a.lado'}", "--officer", "okoro"])

    assert opening is not None
    assert (opening[0].store, opening[0].officer) == (tmp_path / "a.lado", "okoro")


def test_demo_takes_a_role_and_builds_what_is_missing(tmp_path: Path) -> None:
    opening = plain_opening(["demo", "--as", "manager", "--store", str(tmp_path / "p.lado"), "--seed", "7"])

    assert opening is not None
    seat, prepare = opening
    assert seat.role == "manager"
    assert prepare is not None


def test_demo_builds_nothing_that_is_there() -> None:
    path = practice_store()
    path.parent.mkdir(parents=True)
    path.write_bytes(b"there")

    opening = plain_opening(["demo"])

    assert opening is not None
    assert opening[1] is None


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["demo", "--help"],
        ["demo", "--build-only"],
        ["demo", "--as", "auditor"],
        ["demo", "--as"],
        ["demo", "--seed", "x"],
        ["demo", "--seed", "²"],
        ["stats"],
        ["--store"],
        ["find", "hartley"],
    ],
)
def test_anything_less_plain_is_left_to_the_reader_that_explains_itself(words: list[str]) -> None:
    assert plain_opening(words) is None
