"""What is typed and not saved is on the disk within the second, sealed, the officer's own, and never half written."""

import errno
import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.desk import Desk
from db.drafts import Draft, Drafts, next_writing
from db.errors import NotSaved
from db.keyring import write_whole
from tests.conftest import NOW
from tests.hostile import HOSTILE

KEY = bytes(range(32))
WORDS = {"call_back": "01622 555142", "account": "Grabbed his arm.\nRed mark seen. zzkestrel"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "drafts" / "store" / "7"


@pytest.fixture
def drafts(folder: Path) -> Drafts:
    return Drafts(folder, KEY)


def call(**answers: str) -> Draft:
    return next_writing(Draft("enquiry", started_at=NOW), answers or WORDS, NOW + timedelta(seconds=2))


def test_a_draft_comes_back_as_it_was_typed(drafts: Drafts, folder: Path) -> None:
    draft = replace(call(), about="enquiry/3", title="Call since 10:42", more={"linked": [4, 5]})
    drafts.keep(draft)

    assert Drafts(folder, KEY).found().drafts == (draft,)
    assert Drafts(folder, KEY).draft(draft.id) == draft


def test_before_the_first_draft_there_is_nothing_and_no_folder(drafts: Drafts, folder: Path) -> None:
    assert drafts.found().drafts == ()
    assert drafts.draft("0123456789abcdef") is None
    assert not folder.exists()


def test_several_calls_are_kept_apart_the_last_written_first(drafts: Drafts) -> None:
    first, second = call(call_back="1"), call(call_back="2")
    for draft in (first, second):
        drafts.keep(draft)
        time.sleep(0.01)
    drafts.keep(next_writing(first, {"call_back": "1 again"}, NOW))

    assert [draft.answers["call_back"] for draft in drafts.found().drafts] == ["1 again", "2"]
    assert {draft.started_at for draft in drafts.found().drafts} == {NOW}


def test_nothing_typed_can_be_read_from_the_files(drafts: Drafts, folder: Path) -> None:
    drafts.keep(replace(call(), title="zzkestrel"))

    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    for path in files:
        assert b"zzkestrel" not in path.read_bytes()
        assert "zzkestrel" not in path.name


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_only_the_officer_may_read_the_files(drafts: Drafts, folder: Path) -> None:
    draft = call()
    drafts.keep(draft)

    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / f"{draft.id}.draft").stat().st_mode & 0o777 == 0o600


def test_another_officer_cannot_open_it(desk: Desk, tmp_path: Path) -> None:
    mary = Drafts.of(desk.store, desk.officer, tmp_path)
    peter = Drafts.of(desk.store, replace(desk.officer, id=2), tmp_path)
    draft = call()
    mary.keep(draft)
    peter.folder.mkdir(parents=True)
    (peter.folder / f"{draft.id}.draft").write_bytes((mary.folder / f"{draft.id}.draft").read_bytes())

    assert mary.folder != peter.folder
    assert peter.found().drafts == ()
    assert len(peter.found().damaged) == 1


def test_a_draft_under_another_drafts_name_does_not_open(drafts: Drafts, folder: Path) -> None:
    one, other = call(call_back="1"), call(call_back="2")
    drafts.keep(one)
    drafts.keep(other)
    (folder / f"{one.id}.draft").write_bytes((folder / f"{other.id}.draft").read_bytes())

    assert drafts.found().drafts == (other,)


@pytest.mark.parametrize("harm", ["cut", "flip", "empty", "foreign"])
def test_a_damaged_draft_is_named_and_the_others_open(drafts: Drafts, folder: Path, harm: str) -> None:
    good, bad = call(call_back="1"), call(call_back="2")
    drafts.keep(good)
    drafts.keep(bad)
    path = folder / f"{bad.id}.draft"
    body = bytearray(path.read_bytes())
    body[len(body) // 2] ^= 1
    path.write_bytes({"cut": bytes(body[:40]), "flip": bytes(body), "empty": b"", "foreign": b"not a draft"}[harm])

    found = drafts.found()
    assert found.drafts == (good,)
    assert found.damaged == (path,)
    assert path.exists()


def test_a_draft_is_gone_once_discarded_and_a_late_writing_does_not_bring_it_back(drafts: Drafts) -> None:
    draft = call()
    last = next_writing(draft, WORDS, NOW)
    drafts.keep(last)
    drafts.discard(last)
    for late in (draft, last):
        drafts.keep(late)

    assert drafts.found().drafts == ()
    assert not list(drafts.folder.glob("*.draft"))


def test_an_older_writing_that_comes_late_does_not_replace_a_newer(drafts: Drafts) -> None:
    older = call(account="Grabbed")
    newer = next_writing(older, {"account": "Grabbed his arm"}, NOW)
    drafts.keep(newer)
    drafts.keep(older)

    assert drafts.found().drafts == (newer,)


def test_a_writing_cut_short_is_swept_up_later(drafts: Drafts, folder: Path) -> None:
    drafts.keep(call())
    fresh, orphan = folder / ".0123.draft.77.aa", folder / ".0123.draft.78.bb"
    for path in (fresh, orphan):
        path.write_bytes(b"half")
    os.utime(orphan, (time.time() - 7_200,) * 2)

    assert len(drafts.found().drafts) == 1
    assert fresh.exists()
    assert not orphan.exists()


def test_on_a_full_disk_the_room_set_aside_takes_the_draft(
    drafts: Drafts, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts.keep(call())

    def full_while_room_is_kept(path: Path, body: bytes) -> None:
        if (folder / "room").exists():
            raise OSError(errno.ENOSPC, "No space left on device")
        write_whole(path, body)

    monkeypatch.setattr("db.drafts.write_whole", full_while_room_is_kept)
    draft = call(account="The last words before the disk filled")
    drafts.keep(draft)

    assert drafts.draft(draft.id) == draft


@pytest.mark.parametrize(("number", "said"), [(errno.ENOSPC, "disk is full"), (errno.EACCES, "cannot be written")])
def test_what_cannot_be_written_is_said_and_the_last_writing_stays(
    drafts: Drafts, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    draft = call()
    drafts.keep(draft)

    def fail(path: Path, body: bytes) -> None:
        raise OSError(number, "no")

    with monkeypatch.context() as broken:
        broken.setattr("db.drafts.write_whole", fail)
        with pytest.raises(NotSaved, match=said) as told:
            drafts.keep(next_writing(draft, {"account": "zzkestrel"}, NOW))
    assert "zzkestrel" not in str(told.value)
    assert drafts.draft(draft.id) == draft
    drafts.keep(next_writing(draft, {"account": "once there is room again"}, NOW))
    assert drafts.found().drafts[0].answers == {"account": "once there is room again"}


def test_many_threads_leave_the_newest_writing(drafts: Drafts) -> None:
    writings = [call(account="0")]
    for count in range(1, 40):
        writings.append(next_writing(writings[-1], {"account": str(count)}, NOW))
    threads = [threading.Thread(target=drafts.keep, args=(writing,)) for writing in writings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert drafts.found().drafts[0].answers == {"account": "39"}


TYPIST = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from db.drafts import Draft, Drafts, next_writing
drafts = Drafts(Path(sys.argv[1]), bytes(range(32)))
draft = Draft("enquiry", started_at=datetime(2026, 3, 12, tzinfo=UTC))
while True:
    draft = next_writing(draft, {"account": "x" * (draft.writing + 1)}, draft.started_at)
    drafts.keep(draft)
    print(draft.writing, flush=True)
"""


def test_killed_at_any_moment_the_last_writing_told_of_is_there(folder: Path) -> None:
    for round_ in range(6):
        typist = subprocess.Popen([sys.executable, "-c", TYPIST, str(folder)], stdout=subprocess.PIPE, text=True)
        assert typist.stdout is not None
        told = [typist.stdout.readline() for _ in range(3 + 7 * round_)]
        typist.kill()
        told += typist.stdout.readlines()
        typist.wait()
        typist.stdout.close()
        found = Drafts(folder, KEY).found()
        acknowledged = int(next(line for line in reversed(told) if line.endswith("\n")))
        assert found.damaged == ()
        assert found.drafts[0].writing >= acknowledged
        assert found.drafts[0].answers["account"] == "x" * found.drafts[0].writing


@settings(max_examples=40, deadline=None)
@given(words=st.text(st.characters(exclude_categories=["Cs"]), max_size=200) | st.sampled_from(list(HOSTILE.values())))
def test_any_words_come_back_letter_for_letter(words: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    drafts = Drafts(tmp_path_factory.mktemp("drafts"), KEY)
    draft = call(account=words)
    drafts.keep(draft)

    assert drafts.draft(draft.id) == draft
