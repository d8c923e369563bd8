"""The house stands as ARCHITECTURE.md draws it: which way each room looks, and what nobody does anywhere."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

UPWARD = ("textual", "rich", "lado_tui")
"""What the record never knows of."""

MAY_LOOK_AT = {
    "db/rules": {"db.rules", "db.vocabulary", "db.errors", "db.text", "db.clock", "dateutil"},
    "db/forms": {"db.forms", "db.rules", "db.vocabulary", "db.errors", "db.text", "pydantic", "sqlmodel"},
    "db/models": {"db.models", "db.vocabulary", "db.text", "sqlalchemy", "sqlmodel"},
}
"""Rooms at the foot of the house, and all that each may import besides the standard library."""

NEVER_ON_SCREEN = ("sqlalchemy", "sqlmodel", "sqlcipher3", "db.store", "db.models", "db.work", "db.access", "db.audit")
"""What a screen or widget never reaches for: it asks and does."""


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imports(path: Path, *, typing_too: bool = True) -> Iterator[str]:
    tree = ast.parse(path.read_text("utf-8"))
    skipped = set() if typing_too else set(_under_type_checking(tree))
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _under_type_checking(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            yield from ast.walk(node)


def within(module: str, rooms: tuple[str, ...] | set[str]) -> bool:
    return any(module == room or module.startswith(f"{room}.") for room in rooms)


def standard(module: str) -> bool:
    import sys

    return module.partition(".")[0] in sys.stdlib_module_names


def test_the_record_knows_nothing_of_screens() -> None:
    seen = [(path.name, module) for path in modules("db") for module in imports(path) if within(module, UPWARD)]
    assert seen == []


@pytest.mark.parametrize("room", MAY_LOOK_AT)
def test_the_rooms_at_the_foot_look_no_further_up(room: str) -> None:
    seen = [
        (path.name, module)
        for path in modules(room)
        for module in imports(path)
        if not standard(module) and not within(module, MAY_LOOK_AT[room])
    ]
    assert seen == []


def test_a_question_never_leans_on_an_action() -> None:
    rooms = (*modules("db/queries"), *modules("db/reports"))
    seen = [(path.name, module) for path in rooms for module in imports(path) if within(module, ("db.actions",))]
    assert seen == []


def test_screens_ask_and_do_and_never_reach_past_the_desk() -> None:
    rooms = (*modules("lado_tui/screens"), *modules("lado_tui/widgets"))
    seen = [
        (path.name, module)
        for path in rooms
        for module in imports(path, typing_too=False)
        if within(module, NEVER_ON_SCREEN)
    ]
    assert seen == []


def test_nobody_guesses_what_a_date_means() -> None:
    seen = [path.name for path in (*modules("db"), *modules("lado_tui")) if "dateutil.parser" in imports(path)]
    assert seen == []


def test_only_the_guard_catches_everything() -> None:
    broad = re.compile(r"except\s*(Exception|BaseException)?\s*(as \w+)?:")
    seen = [
        f"{path.name}:{number}"
        for path in (*modules("db"), *modules("lado_tui"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if broad.search(line) and path.name != "guard.py"
    ]
    assert seen == []


def test_no_sql_is_put_together_from_words_people_typed() -> None:
    """Statements in SQL's own text are constants, or made of constants named in capitals or by the pragma itself."""
    seen = []
    for path in (*modules("db"), *modules("lado_tui")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or _called(node) not in ("exec_driver_sql", "text"):
                continue
            if node.args and isinstance(node.args[0], ast.JoinedStr):
                seen.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert [place for place in seen if "migrations" not in place] == []


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def test_names_say_something() -> None:
    empty = re.compile(r"(^|_)(utils?|helpers?|common|misc|manager)(_|$)")
    seen = [path.name for folder in ("db", "lado_tui", "tests") for path in modules(folder) if empty.search(path.stem)]
    assert seen == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for folder in ("db", "lado_tui", "tests", "benchmarks")
        for path in modules(folder)
        if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


def test_the_architecture_page_names_every_room() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    rooms = [path.parent for folder in ("db", "lado_tui") for path in (ROOT / folder).glob("*/__init__.py")]
    missing = [str(room.relative_to(ROOT)) for room in rooms if f"{room.name}/" not in page]
    missing += [path.name for folder in ("db", "lado_tui") for path in (ROOT / folder).glob("*.py")
                if path.stem != "__init__" and path.name not in page]  # fmt: skip
    assert missing == []
