"""Where a store may lie: a disk of this machine, not a share and not a synchronised folder."""

from collections.abc import Callable
from pathlib import Path

import pytest

from db import places, sqlite_file
from db.errors import StoreError
from db.places import StoreNotThere, config_file, doubt_about
from db.store import Store, create_practice_store

EXTRA = 3
MOUNTED = """\
/dev/sda1 / ext4 rw 0 0
proc /proc proc rw 0 0
server:/duty {here}/share {kind} rw 0 0
/dev/sdb1 {here}/share/local ext4 rw 0 0
/dev/sdc1 {here}/with\\040space ext4 rw 0 0
"""


@pytest.fixture
def mounted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """A share mounted at ``share``, of the kind named, and a disk of this machine mounted within it."""

    def at(kind: str) -> Path:
        table = tmp_path / "mounts"
        table.write_text(MOUNTED.format(here=tmp_path.resolve(), kind=kind))
        monkeypatch.setattr(places, "MOUNTS", table)
        (tmp_path / "share" / "local").mkdir(parents=True, exist_ok=True)
        return tmp_path / "share"

    return at


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p"])
def test_a_store_on_a_share_is_neither_made_nor_opened(
    mounted: Callable[[str], Path], store_path: Path, kind: str
) -> None:
    share = mounted(kind)
    with pytest.raises(StoreNotThere, match=f"network share \\({kind}\\)"):
        create_practice_store(share / "new.lado", service="Wealdshire")
    assert not (share / "new.lado").exists()

    there = share / "desk.lado"
    there.write_bytes(store_path.read_bytes())
    with pytest.raises(StoreError, match="use PostgreSQL"):
        Store.open(there)
    assert there.read_bytes() == store_path.read_bytes()


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "tmpfs", "overlay"])
def test_a_disk_of_this_machine_is_fine(mounted: Callable[[str], Path], kind: str) -> None:
    assert doubt_about(mounted(kind) / "desk.lado") is None


def test_the_nearest_mount_counts(mounted: Callable[[str], Path], tmp_path: Path) -> None:
    share = mounted("nfs")
    assert doubt_about(share / "local" / "desk.lado") is None
    assert doubt_about(tmp_path / "with space" / "desk.lado") is None
    assert doubt_about(share / "desk.lado") is not None


def test_a_link_into_a_share_is_a_share(mounted: Callable[[str], Path], tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(mounted("cifs"))
    assert doubt_about(tmp_path / "link" / "desk.lado") is not None


@pytest.mark.parametrize(
    "folder", ["OneDrive", "OneDrive - Wealdshire Council", "Dropbox", "Google Drive", "iCloudDrive", "Nextcloud"]
)
def test_a_synchronised_folder_is_refused(store_path: Path, tmp_path: Path, folder: str) -> None:
    there = tmp_path / folder / "duty" / "desk.lado"
    there.parent.mkdir(parents=True)
    there.write_bytes(store_path.read_bytes())
    with pytest.raises(StoreNotThere, match="synchronised"):
        Store.open(there)
    assert there.read_bytes() == store_path.read_bytes()
    assert list(there.parent.iterdir()) == [there]


@pytest.mark.parametrize("folder", ["desk", "inbox", "boxes", "drive", "my onedriveway"])
def test_other_folders_are_not(tmp_path: Path, folder: str) -> None:
    assert doubt_about(tmp_path / folder / "desk.lado") is None


def test_a_share_on_windows_is_refused_by_its_name() -> None:
    assert places._network(Path("\\\\server\\duty\\desk.lado"))


def test_the_configuration_alone_allows_a_share_with_a_safer_journal_and_a_banner(
    mounted: Callable[[str], Path], store_path: Path
) -> None:
    there = mounted("nfs") / "desk.lado"
    there.write_bytes(store_path.read_bytes())
    config_file().parent.mkdir(parents=True)
    config_file().write_text(f'[store]\non_a_share = ["{there}"]\n')

    store = Store.open(there)

    assert any("network share" in caution for caution in store.cautions)
    with store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == EXTRA
    store.close()
    with pytest.raises(StoreNotThere):
        create_practice_store(there.with_name("another.lado"), service="Wealdshire")


def test_a_configuration_that_cannot_be_read_allows_nothing(mounted: Callable[[str], Path]) -> None:
    config_file().parent.mkdir(parents=True)
    config_file().write_text("[store\non_a_share = ")
    doubt = doubt_about(mounted("nfs") / "desk.lado")
    assert doubt is not None
    assert not doubt.allowed


def test_everyday_stores_carry_no_caution(store: Store) -> None:
    assert store.cautions == ()
    assert sqlite_file.writable(store.path)
