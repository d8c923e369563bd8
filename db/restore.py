"""Putting a backup into a new file. The store that is there already, damaged or not, is never written over."""

import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from db import places, sqlite_file
from db.audit_head import AuditHead, set_note_aside
from db.backup import ABOUT, STORE, Backup, settle
from db.errors import NotFound, NotSaved, StoreDamaged, StoreNotOurs
from db.keyring import ring_path


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put where.

    Attributes:
        backup: the backup, and with it the moment that the new store holds.
        path: the new store.
        left_out: audit entries that this machine has seen of the store that lay there, and the backup does not hold;
            None where that is not known.
    """

    backup: Backup
    path: Path
    left_out: int | None


def restore(folder: Path, to: Path, state: Path) -> Restored:
    """Put a backup, and its key ring, into a new file. Needs no key: the bytes are proved by their digests.

    Args:
        folder: the backup's own folder.
        to: the new store; nothing may be there.
        state: the folder where the program keeps its state; a note of an older store at that name is set aside.

    Raises:
        NotFound: there is no backup.
        StoreDamaged: the backup does not read back as it was made.
        StoreNotOurs: there is something at ``to`` already.
        StoreNotThere: a store may not lie there.
        NotSaved: it could not be written; what was written of it is taken away again.
    """
    backup = _sound_backup(folder)
    places.insist_on_a_place_fit_for_a_store(to)
    files = {name: to.with_name(to.name + name.removeprefix(STORE)) for name in backup.files}
    for file in (to, ring_path(to), *files.values(), *sqlite_file.sidecars(to)):
        if file.exists():
            raise StoreNotOurs(f"There is already a file at {file}. Nothing was changed. Choose another name")
    left_out = _left_out(backup, to, state)
    _put(backup, files, to)
    set_note_aside(to, state)
    return Restored(backup, to, left_out)


def _sound_backup(folder: Path) -> Backup:
    if not (folder / ABOUT).exists():
        raise NotFound(f"There is no backup at {folder}. A backup is a folder named by its date and time")
    backup = Backup.read(folder)
    if backup.wrong or STORE not in backup.files or not backup.reads_back():
        raise StoreDamaged("This backup does not read back as it was made. Nothing was changed. Choose another")
    return backup


def _put(backup: Backup, files: Mapping[str, Path], to: Path) -> None:
    """Copy every file, the store itself last, so that a restore cut off leaves no store."""
    last = sorted(files, key=lambda name: name == STORE)
    spare = to.with_name(f".{to.name}.restoring")
    try:
        to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in last:
            spare.unlink(missing_ok=True)
            spare.touch(mode=0o600)
            shutil.copyfile(backup.folder / name, spare)
            settle(spare)
            spare.rename(files[name])
        settle(to.parent)
    except OSError:
        for file in (spare, *files.values()):
            with suppress(OSError):
                file.unlink(missing_ok=True)
        raise NotSaved(f"The backup could not be written to {to}: the disk is full or read-only") from None


def _left_out(backup: Backup, to: Path, state: Path) -> int | None:
    noted = AuditHead.noted(to, state)
    return max(0, noted.entries - backup.head.entries) if noted and backup.head else None
