"""What is typed and not yet saved: a small encrypted journal of its own for each officer.

Drafts lie beside the configuration and not in the store, so that they outlive a store that is locked, damaged, full
or out of reach. Each draft is a file of its own, replaced whole with every writing: whatever ends the program, the
last writing or the one before it is there. A file is sealed with a key made from the store's own for this one
officer, and the draft's name is bound into the seal, so that no file opens for another officer or in another's place.
"""

import errno
import json
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from db.errors import NotSaved
from db.keyring import write_whole

if TYPE_CHECKING:
    from db.store import Store
    from db.work import OfficerCard

_MAGIC = b"LADO draft 1\n"
_NONCE = 12
_SUFFIX = ".draft"
_RESERVE_BYTES = 256 * 1024
_ORPHAN_SECONDS = 3_600


@dataclass(frozen=True, slots=True)
class Draft:
    """One form not finished.

    Attributes:
        form: which form, by the name of its place: ``enquiry``.
        started_at: when the call, or the work on the form, began.
        answers: every answer as typed, by field.
        about: the record it is about, ``case/412``; "" for a new one.
        title: what it is called on the list of drafts; may hold a person's words.
        more: what else its screen needs in order to go on as before.
        saved_at: when it was last written.
        writing: counts its writings, so that an older one never takes the place of a newer.
        id: its own name, which says nothing of what is in it.
    """

    form: str
    started_at: datetime
    answers: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    title: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)
    saved_at: datetime | None = None
    writing: int = 0
    id: str = field(default_factory=lambda: secrets.token_hex(8))


@dataclass(frozen=True, slots=True)
class DraftsFound:
    """An officer's drafts, the last written first, and the files that do not read back as they were written."""

    drafts: tuple[Draft, ...] = ()
    damaged: tuple[Path, ...] = ()


class Drafts:
    """The drafts of one officer at one store. Safe to use from several threads and from a signal's handler."""

    def __init__(self, folder: Path, key: bytes) -> None:
        """Open the journal; its folder is made when the first draft is kept.

        Args:
            folder: where the files lie, and no others.
            key: 32 bytes, the officer's own.
        """
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self.folder = folder
        self._seal = AESGCM(key)
        # A signal may come while the same thread is writing: it must be let in.
        self._one_at_a_time = threading.RLock()
        self._written: dict[str, int] = {}

    @classmethod
    def of(cls, store: "Store", officer: "OfficerCard", state: Path) -> Self:
        """The journal of an officer at a store, under the folder where the program keeps its state."""
        return cls(state / "drafts" / store.id / str(officer.id), store.derived_key(f"drafts/{officer.id}"))

    def keep(self, draft: Draft) -> None:
        """Write a draft over its last writing; one that comes late, after a newer or after the draft's end, is let go.

        Raises:
            NotSaved: it could not be written; the last writing is still there.
        """
        with self._one_at_a_time:
            if draft.writing < self._written.get(draft.id, 0):
                return
            self._write(draft)
            self._written[draft.id] = draft.writing

    def discard(self, draft: Draft) -> None:
        """Take a draft away: its form is saved, or the officer gave it up."""
        with self._one_at_a_time:
            self._written[draft.id] = draft.writing + 1
            self._path(draft.id).unlink(missing_ok=True)

    def found(self) -> DraftsFound:
        """Every draft, the last written first. A damaged file is left where it is, and named."""
        self._sweep()
        paths = sorted(self.folder.glob(f"*{_SUFFIX}"), key=_last_written, reverse=True)
        read = [(path, self._read(path)) for path in paths]
        return DraftsFound(
            drafts=tuple(draft for _, draft in read if draft is not None),
            damaged=tuple(path for path, draft in read if draft is None),
        )

    def draft(self, draft_id: str) -> Draft | None:
        """One draft as last written; None where there is none, or where it is damaged."""
        return self._read(self._path(draft_id))

    def _path(self, draft_id: str) -> Path:
        return self.folder / f"{draft_id}{_SUFFIX}"

    def _write(self, draft: Draft) -> None:
        path, sealed = self._path(draft.id), self._sealed(draft)
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._set_room_aside()
            write_whole(path, sealed)
        except OSError as failed:
            self._write_in_the_room_set_aside(path, sealed, failed)

    @property
    def _room(self) -> Path:
        """A file of no meaning: given up on a full disk, it makes room for the draft in hand."""
        return self.folder / "room"

    def _set_room_aside(self) -> None:
        if not self._room.exists():
            self._room.write_bytes(bytes(_RESERVE_BYTES))

    def _write_in_the_room_set_aside(self, path: Path, sealed: bytes, failed: OSError) -> None:
        try:
            if failed.errno != errno.ENOSPC:
                raise failed
            self._room.unlink(missing_ok=True)
            write_whole(path, sealed)
        except OSError as again:
            raise NotSaved(_told(again)) from None

    def _sealed(self, draft: Draft) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        plain = json.dumps(asdict(draft), default=datetime.isoformat, ensure_ascii=False).encode()
        return _MAGIC + nonce + self._seal.encrypt(nonce, plain, draft.id.encode())

    def _read(self, path: Path) -> Draft | None:
        from cryptography.exceptions import InvalidTag

        try:
            body = path.read_bytes().removeprefix(_MAGIC)
            plain = self._seal.decrypt(body[:_NONCE], body[_NONCE:], path.stem.encode())
            return _draft(json.loads(plain))
        except (OSError, InvalidTag, ValueError, TypeError, KeyError):
            return None

    def _sweep(self) -> None:
        """Take away what a writing cut short left behind, once nobody can be writing it any more."""
        for spare in self.folder.glob(f".*{_SUFFIX}.*"):
            if time.time() - _last_written(spare) / 1e9 > _ORPHAN_SECONDS:
                spare.unlink(missing_ok=True)


def next_writing(draft: Draft, answers: Mapping[str, str], at: datetime, **changed: Any) -> Draft:  # noqa: ANN401
    """The draft as it is to be written now; ``changed`` are other attributes that changed with the answers."""
    return replace(draft, answers=dict(answers), saved_at=at, writing=draft.writing + 1, **changed)


def _draft(told: dict[str, Any]) -> Draft:
    for name in ("started_at", "saved_at"):
        told[name] = datetime.fromisoformat(told[name]) if told[name] else None
    return Draft(**told)


def _last_written(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _told(failed: OSError) -> str:
    if failed.errno == errno.ENOSPC:
        return "The draft is not kept: the disk is full. Your words are still here. Free some space"
    return "The draft is not kept: its folder cannot be written to. Your words are still here"
