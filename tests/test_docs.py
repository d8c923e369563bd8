"""The pages say what the program does: the key card is the program's own, and nothing they point to is missing."""

import re
from pathlib import Path

import pytest

from docs.make_pages import key_card

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("benchmarks/*.md"), *ROOT.glob("tests/*.md")])


def test_the_key_card_is_the_programs_own() -> None:
    """Out of date? ``python -m docs.make_pages --keys`` writes it again."""
    assert (ROOT / "docs" / "keys.md").read_text("utf-8") == key_card()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_nothing_a_page_points_to_is_missing(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_readme_starts_with_the_two_commands_that_work() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert readme.index("make run") < readme.index("make test") < readme.index("## ")
    for word in ("run", "test"):
        assert re.search(rf"^{word}:.*##", makefile, re.MULTILINE)


def test_every_command_the_readme_shows_is_one() -> None:
    import typer

    from lado_tui.cli import app

    known = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = set(re.findall(r"\blado ([a-z]+)", readme))
    assert shown <= known, shown - known
