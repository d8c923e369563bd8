"""`lado backup`, `lado restore` and `lado doctor`, as somebody at a prompt or a nightly script meets them."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db import keyring
from db.actions.staff import found_service
from db.audit_head import AuditHead
from db.backup import kept
from lado_tui.cli import main
from lado_tui.opening import state_folder

PASSPHRASE = "kettle moss planet ruin"  # noqa: S105 - of a store that is thrown away
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*words: Any) -> tuple[int, str, str]:
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.fixture
def real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(keyring, "_COST", {"memory_kib": 64, "iterations": 1, "lanes": 1})
    path = tmp_path / "real.lado"
    found_service(path, service="Wealdshire", name="Helen Marsh", sign_in="hmarsh", passphrase=PASSPHRASE)
    (tmp_path / "password").write_text(PASSPHRASE + "\n")
    return path


def test_back_up_look_over_and_restore(real: Path, run: Run, tmp_path: Path) -> None:
    officer = ("--officer", "hmarsh", "--password-file", tmp_path / "password")
    code, said, _ = run("backup", "--store", real, *officer)
    assert code == 0
    assert "opened and compared" in said

    code, said, _ = run("doctor", "--store", real, *officer)
    assert (code, "Nothing is wrong." in said) == (0, True)

    [backup] = kept(real)
    new = tmp_path / "restored.lado"
    code, said, _ = run("restore", backup.folder, "--store", new)
    assert code == 0
    assert "holds the record as it was on" in said
    code, said, _ = run("doctor", "--store", new, *officer)
    assert code == 1  # it has no backup of its own yet, and nothing else is wrong
    assert "There is no good backup" in said
    assert said.count("\n\n") == 1


def test_a_script_without_a_key_copies_and_somebody_proves_it(real: Path, run: Run) -> None:
    code, said, _ = run("backup", "--store", real)
    assert code == 0
    assert "proved when somebody next signs in" in said


def test_nothing_is_restored_over_a_store(real: Path, run: Run) -> None:
    run("backup", "--store", real)
    before = real.read_bytes()
    code, _, said = run("restore", kept(real)[0].folder, "--store", real)
    assert code == 3
    assert "There is already a file" in said
    assert real.read_bytes() == before


def test_a_folder_that_is_no_backup(run: Run, tmp_path: Path) -> None:
    code, _, said = run("restore", tmp_path, "--store", tmp_path / "new.lado")
    assert code == 5
    assert "There is no backup at" in said


def test_the_doctor_says_what_to_do_and_leaves_with_a_code_for_scripts(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "desk.lado"
    path.write_bytes(b"")
    code, said, _ = run("doctor", "--store", path)
    assert code == 3
    assert "STOP:" in said
    assert "is empty" in said

    code, said, _ = run("doctor", "--store", path, "--json")
    told = json.loads(said)
    assert code == told["exit_code"] == 3
    assert told["found"]["findings"][0]["code"] == "empty"


def test_verify_finds_an_older_copy_put_in_place(store_path: Path, run: Run) -> None:
    before = store_path.read_bytes()
    finding = [sys.executable, "-m", "lado_tui", "find", "hartley", "--store", str(store_path)]
    subprocess.run(finding, check=True, capture_output=True)  # a program of its own notes the head as it leaves
    assert AuditHead.noted(store_path, state_folder()) is not None
    store_path.write_bytes(before)

    code, said, _ = run("verify", "--store", store_path)

    assert code == 1
    assert "1 entry shorter" in said
