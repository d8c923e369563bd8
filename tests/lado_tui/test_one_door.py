"""Words reach the screen by one door: nothing that reads markup is used anywhere in the screens."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import lado_tui

ROOM = Path(lado_tui.__file__).parent
FILES = sorted(path for path in ROOM.rglob("*.py") if "cli" not in path.parts)

SAFE_WIDGETS = {"TextArea"}
"""Widgets of the library that show text letter for letter and read no markup in it."""

READS_MARKUP = {"from_markup", "border_title", "border_subtitle", "tooltip", "sub_title", "Static", "Label"}
"""What would read `[brackets]` in a name as an order, or tell a case to the window's title."""


def named(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name):
            yield node.id


def calls_to(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name:
            yield node


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOM)))
def test_nothing_here_reads_markup_in_what_people_typed(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))

    assert not READS_MARKUP & set(named(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("textual.widgets"):
            assert {alias.name for alias in node.names} <= SAFE_WIDGETS
    for call in calls_to(tree, "notify"):
        markup = next((word.value for word in call.keywords if word.arg == "markup"), None)
        assert isinstance(markup, ast.Constant), f"line {call.lineno}: a toast that reads markup"
        assert markup.value is False


def test_the_gate_would_see_what_it_is_for() -> None:
    bad = ast.parse("from textual.widgets import Static\nStatic(name)\nself.border_title = name")

    assert set(named(bad)) & READS_MARKUP == {"Static", "border_title"}
