"""The first frame waits for nothing: what the store needs is not imported before it stands on the screen."""

import subprocess
import sys

LATER = (
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "typer",
    "cryptography",
    "sqlcipher3",
    "alembic",
    "dateutil",
    "rapidfuzz",
)


def modules_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_program_is_imported_without_the_stores_libraries() -> None:
    loaded = modules_after("import lado_tui.__main__, lado_tui.app, lado_tui.screens.opening")

    assert "lado_tui.app" in loaded
    assert not loaded & set(LATER)


def test_the_writing_area_is_not_imported_before_a_form_is_opened() -> None:
    loaded = modules_after("import lado_tui.app, lado_tui.screens.opening")

    assert "textual.widgets._text_area" not in loaded
    assert "lado_tui.widgets.form_body" not in loaded


def test_no_widget_imports_the_stores_libraries() -> None:
    code = """
import importlib, pkgutil, lado_tui.widgets
for found in pkgutil.iter_modules(lado_tui.widgets.__path__):
    importlib.import_module('lado_tui.widgets.' + found.name)
"""
    assert not modules_after(code) & {"sqlmodel", "sqlalchemy", "pydantic", "typer", "cryptography"}


def test_lado_demo_opens_the_desk_without_the_command_lines_reader() -> None:
    loaded = modules_after("from lado_tui.__main__ import plain_opening\nassert plain_opening(['demo', '--as', 'cro'])")

    assert "typer" not in loaded
