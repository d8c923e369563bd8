"""Rules decide from what they are given: they read no clock, no store and no screen, and speak plain English."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import db.rules

RULES = sorted(Path(db.rules.__file__).parent.glob("*.py"))
HEAVY = ("sqlmodel", "sqlalchemy", "pydantic", "textual", "rich", "dateutil.parser")
CLOCKS = {"today", "now", "utcnow", "time"}


def test_rules_load_nothing_heavy() -> None:
    modules = [f"db.rules.{path.stem}" for path in RULES if path.stem != "__init__"]
    script = f"import sys, db.text, {', '.join(modules)}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert "db.rules.dates" in loaded
    assert not [name for name in loaded if name.startswith(HEAVY)]


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_rules_ask_no_clock(path: Path) -> None:
    calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    assert not [call.attr for call in calls if isinstance(call, ast.Attribute) and call.attr in CLOCKS]


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_sentences_neither_beg_nor_scold(path: Path) -> None:
    strings = [node.value for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant)]
    words = {word for text in strings if isinstance(text, str) for word in re.findall(r"[a-z]+", text.lower())}
    assert not words & {"please", "sorry", "valid", "invalid", "forbidden", "oops"}
