"""Where a store may lie: on a disk of this machine, not on a network share and not in a folder that is synchronised.

A share or a synchroniser does not keep the locks that two officers' saves rely on, and copies a file while it is being
written. There the answer is a store on PostgreSQL. A service that must may name the file in its configuration, and
nowhere else:

    [store]
    on_a_share = ["/mnt/duty/desk.lado"]

    [backups]
    folder = "/mnt/other-disk/desk-backups"
"""

import re
import shutil
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_config_path

from db.errors import StoreError

MOUNTS = Path("/proc/mounts")
"""Where Linux lists what is mounted, and of which kind."""

NETWORK_KINDS = frozenset({
    "9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "fuse.ceph", "fuse.davfs", "fuse.davfs2",
    "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs", "glusterfs", "gpfs", "lustre",
    "ncpfs", "nfs", "nfs4", "prl_fs", "smb2", "smb3", "smbfs", "vboxsf", "vmhgfs", "webdav",
})  # fmt: skip
"""Kinds of file system that lie on another machine."""

_SYNCHRONISERS = re.compile(
    r"(one ?drive|dropbox|google ?drive|googledrive|icloud ?drive|mobile documents|nextcloud|owncloud|box( sync)?"
    r"|sharepoint|syncthing)\b.*",
    re.IGNORECASE,
)
_LEAST_ROOM = 200 * 1024 * 1024
_REMOTE_DRIVE = 4


class StoreNotThere(StoreError):
    """A store may not lie where this one does."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a place is not fit for a store.

    Attributes:
        what: the kind of place, as in "lies on ...".
        allowed: whether the configuration names this very file.
    """

    what: str
    allowed: bool

    @property
    def banner(self) -> str:
        """What the desk shows all the time where such a place is allowed."""
        return f"This store lies on {self.what}. Saves of two officers may clash: move it as soon as you can"


def doubt_about(path: Path) -> Doubt | None:
    """Why a store should not lie at ``path``; None for a disk of this machine."""
    real = path.resolve()
    what = _network(real) or _synchronised(real)
    return Doubt(what, allowed=_allowed(real)) if what else None


def insist_on_a_place_fit_for_a_store(path: Path) -> Doubt | None:
    """Refuse a share or a synchronised folder; returns the doubt where the configuration allows it all the same.

    Raises:
        StoreNotThere: nothing was read or written.
    """
    doubt = doubt_about(path)
    if doubt and not doubt.allowed:
        raise StoreNotThere(
            f"{path} lies on {doubt.what}, where a store cannot be kept safe. Nothing was changed. "
            "Move it to a disk of this machine, or use PostgreSQL for a team"
        )
    return doubt


def room_is_short(path: Path, needed: int = 0) -> bool:
    """Whether the disk that holds ``path`` is nearly full: under 200 MB, or under what is ``needed`` (bytes)."""
    return shutil.disk_usage(path).free < max(_LEAST_ROOM, needed)


def backups_folder(store: Path) -> Path:
    """Where the backups of a store are kept: beside it, or in the folder that the configuration names."""
    named = _configured("backups", "folder")
    return Path(named) / store.name if isinstance(named, str) else store.with_name(store.name + ".backups")


def config_file() -> Path:
    """This person's configuration; it need not exist."""
    return user_config_path("lado-desk", appauthor=False) / "config.toml"


def _configured(section: str, name: str) -> Any:  # noqa: ANN401 - whatever the file says
    try:
        with config_file().open("rb") as file:
            found = tomllib.load(file).get(section, {})
    except (OSError, tomllib.TOMLDecodeError):
        return None
    return found.get(name) if isinstance(found, dict) else None


def _allowed(real: Path) -> bool:
    named = _configured("store", "on_a_share")
    return isinstance(named, list) and real in [Path(str(one)).resolve() for one in named]


def _network(real: Path) -> str:
    if str(real).startswith("\\\\"):
        return "a network share"
    if sys.platform == "win32":
        import ctypes

        remote: bool = ctypes.windll.kernel32.GetDriveTypeW(real.anchor) == _REMOTE_DRIVE
        return "a network drive" if remote else ""
    kind = _mounted_as(real)
    return f"a network share ({kind})" if kind in NETWORK_KINDS else ""


def _mounted_as(real: Path) -> str:
    """The kind of the file system that holds a path, by the longest mount point above it; "" where nothing tells."""
    try:
        lines = MOUNTS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ""
    mounts = [(Path(_unescaped(words[1])), words[2]) for line in lines if len(words := line.split()) > 2]
    above = [(len(point.parts), at, kind) for at, (point, kind) in enumerate(mounts) if real.is_relative_to(point)]
    return max(above)[2] if above else ""


def _unescaped(point: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), point)


def _synchronised(real: Path) -> str:
    for part in real.parts[:-1]:
        if _SYNCHRONISERS.fullmatch(part):
            return f"a folder that is synchronised ({part})"
    return ""
