"""The ``lado`` command: the same forms and rules as the screens, errors in sentences, names never as options."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
import typer

from lado_tui.cli import app, main
from tests.hostile import HOSTILE

ENQUIRY = {
    "call_back": "01622 555142",
    "child_safe": "yes",
    "caller_name": "Sarah Whitlock",
    "organisation": "St Mary's CE Primary School",
    "adult_name": "James Hartley",
    "account": "Child told class teacher that Mr H grabbed his arm.",
    "advice": "Do not interview. Send the form by 4pm.",
    "result": "advised_refer",
    "follow_up": "+1d",
}

REFERRAL = {
    "received": "11 3 2026",
    "name": "James Hartley",
    "setting": "St Mary's CE Primary School",
    "concerns": [{"type": "physical"}],
}


@pytest.fixture
def at_the_desk(store_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The clock of the frozen morning, and a store that every command takes by default."""
    monkeypatch.setenv("LADO_STORE", str(store_path))
    return store_path


@pytest.fixture
def run(at_the_desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    def command(*words: str, given: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
        code = main(list(words))
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def every_command() -> list[str]:
    found = []

    def walk(group: Any, path: str) -> None:
        for name, command in sorted(group.commands.items()):
            found.append(f"{path} {name}".strip())
            if hasattr(command, "commands"):
                walk(command, f"{path} {name}".strip())

    walk(typer.main.get_command(app), "")
    return [name for name in found if name not in ("enquiry", "referral", "case")]


@pytest.mark.parametrize("command", every_command())
def test_every_command_explains_itself_with_an_example_and_takes_a_store(run: Any, command: str) -> None:
    code, told, _ = run(*command.split(), "--help")
    assert code == 0
    assert "Example:" in told
    assert "--store" in told


def test_a_script_logs_an_enquiry_and_reads_it_back(run: Any) -> None:
    code, told, _ = run("enquiry", "add", "--from-json", "-", given=json.dumps(ENQUIRY))
    assert code == 0
    ref = json.loads(told)["ref"]

    _, shown, _ = run("enquiry", "show", ref)
    assert json.loads(shown)["answers"]["account"] == ENQUIRY["account"]
    _, listed, _ = run("enquiry", "list", "--json")
    assert [row["ref"] for row in json.loads(listed)] == [ref]


def test_a_script_enters_a_referral_from_a_file(run: Any, tmp_path: Path) -> None:
    form = tmp_path / "form.json"
    form.write_text(json.dumps(REFERRAL | {"received": "30 3 2023"}))
    code, told, wrong = run("referral", "add", "--from-json", str(form))
    assert (code, wrong) == (0, "")
    ref = json.loads(told)["ref"]
    assert json.loads(run("case", "show", ref)[1])["adult"] == "James Hartley"
    assert ref in run("case", "list", "--open")[1]


def test_each_wrong_answer_is_told_by_its_field(run: Any) -> None:
    code, told, wrong = run("enquiry", "add", "--from-json", "-", given=json.dumps({"child_safe": "perhaps", "zz": 1}))
    assert (code, told) == (2, "")
    assert wrong.splitlines()[0] == "There is a problem"
    assert "  call_back: Enter a call-back number" in wrong
    assert "  zz: This form has no such field" in wrong


@pytest.mark.parametrize("given", ["", "[]", "null", "{", '{"a":' * 3000, "\x00", '"text"', "\udcff"])
def test_what_is_no_form_is_refused_in_a_sentence(run: Any, given: str) -> None:
    given = given.encode("utf-8", "replace").decode()
    code, _, wrong = run("enquiry", "add", "--from-json", "-", given=given)
    assert code == 2
    assert "The JSON" in wrong


def test_a_form_too_large_is_refused(run: Any) -> None:
    code, _, wrong = run("enquiry", "add", "--from-json", "-", given=json.dumps({"account": "x" * 1_000_001}))
    assert code == 2
    assert "1,000,000 bytes" in wrong


def test_a_name_is_found_however_it_is_spelled(run: Any) -> None:
    run("enquiry", "add", "--from-json", "-", given=json.dumps(ENQUIRY))
    _, told, _ = run("find", "-", "--json", given="jim hartly\n")
    assert [person["name"] for person in json.loads(told)["people"]] == ["James Hartley"]


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_a_name_never_drives_the_terminal(run: Any, typed: str) -> None:
    run("enquiry", "add", "--from-json", "-", given=json.dumps(ENQUIRY | {"adult_name": typed}))
    for words in (("enquiry", "list"), ("find", "-")):
        _, told, wrong = run(*words, given=f"{typed}\n")
        assert not any(ord(letter) < 32 and letter != "\n" for letter in told + wrong)
        assert "\x9b" not in told


def test_the_schema_names_the_fields_of_the_screen(run: Any) -> None:
    code, told, _ = run("schema", "referral")
    schema = json.loads(told)
    assert code == 0
    assert schema["required"] == ["received", "name"]
    assert schema["properties"]["children"]["items"]["properties"]["name"]["title"] == "Child's name"


def test_an_untouched_trail_holds_and_a_changed_one_names_the_row(run: Any, at_the_desk: Path) -> None:
    from db.store import Store

    run("enquiry", "add", "--from-json", "-", given=json.dumps(ENQUIRY))
    assert "The audit trail holds: 1 entries" in run("verify")[1]
    store = Store.open(at_the_desk)
    with store.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_entry_no_update")
        connection.exec_driver_sql("UPDATE audit_entry SET act = 'nothing'")
    store.close()
    code, told, _ = run("verify")
    assert code == 1
    assert "does not hold from entry 1" in told


def test_an_export_is_a_file_of_ones_own_and_is_kept_in_the_trail(run: Any, throwaway_home: Path) -> None:
    run("enquiry", "add", "--from-json", "-", given=json.dumps(ENQUIRY | {"adult_name": "=1+1"}))
    code, told, _ = run("export", "people", "--why", "Quarterly return")
    assert code == 0
    (written,) = throwaway_home.rglob("people-*.csv")
    assert str(written) in told.replace("\n", "")
    assert "'=1+1" in written.read_text("utf-8-sig")
    assert written.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("make", ["missing", "empty", "foreign"])
def test_a_store_that_is_none_gives_a_sentence_and_a_code(run: Any, tmp_path: Path, make: str) -> None:
    path = tmp_path / f"{make}.lado"
    if make != "missing":
        path.write_bytes(b"" if make == "empty" else b"SQLite format 3\x00" + bytes(4096))
    code, told, wrong = run("verify", "--store", str(path))
    assert (code, told) == (3, "")
    assert wrong.startswith("The store cannot be opened\n")
    assert path.exists() is (make != "missing")


def test_a_word_that_is_no_command_is_said_to_be_none(run: Any) -> None:
    code, _, wrong = run("nonsense")
    assert code == 2
    assert "No such command" in wrong


def test_a_real_store_asks_who_and_why(run: Any, tmp_path: Path) -> None:
    from db.keyring import KeyRing
    from db.store import create_store, ring_path

    path = tmp_path / "real.lado"
    store, key = create_store(path, service="Wealdshire")
    with store.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO officer (version, name, initials, sign_in, role, starts_on) "
            "VALUES (1, 'Helen Marsh', 'HM', 'helen', 'manager', '2020-01-01')"
        )
    ring = KeyRing(store.id, cost={"memory_kib": 64, "iterations": 1, "lanes": 1})
    ring.add("helen", "correct horse battery", key)
    ring.save(ring_path(path))
    store.close()
    secret = tmp_path / "passphrase"
    secret.write_text("correct horse battery\n")

    at = ("--store", str(path), "--password-file", str(secret))
    assert run("find", "hartley", *at)[0] == 4
    code, _, wrong = run("find", "hartley", "--officer", "helen", *at)
    assert code == 4
    assert "--why" in wrong
    assert run("find", "hartley", "--officer", "helen", "--why", "case_work", *at)[0] == 0
    secret.write_text("wrong")
    assert run("find", "hartley", "--officer", "helen", "--why", "case_work", *at)[0] == 4
