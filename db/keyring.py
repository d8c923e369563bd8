"""Who can unlock a store: its random key, wrapped once for each officer and once for the printed recovery key.

The ring lies beside the store as ``<store>.keys``. It holds no key that opens anything by itself: each slot is the
store's key sealed with AES-GCM under a key that Argon2id makes from a passphrase. Officer and store are bound into
the seal, so that a slot moved to another name or another store does not open.
"""

import base64
import json
import os
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from db.errors import StoreDamaged, WrongKey

KEY_BYTES = 32
RECOVERY = "recovery key"
_RECOVERY_BYTES = 20
_COST = {"memory_kib": 64 * 1024, "iterations": 3, "lanes": 4}
"""64 MiB and three passes, about a quarter of a second: slow for a thief, bearable at sign-in."""

_NOT_SIGNED_IN = "The name and passphrase do not open this store. Check both and try again"


def ring_path(store: Path) -> Path:
    """Where a store's key ring lies; a practice store has none."""
    return store.with_name(store.name + ".keys")


@dataclass(slots=True)
class KeyRing:
    """The slots of one store."""

    store_id: str
    slots: dict[str, dict[str, Any]] = field(default_factory=dict)
    cost: Mapping[str, int] = field(default_factory=lambda: dict(_COST))

    def add(self, who: str, passphrase: str, key: bytes) -> None:
        """Let ``who`` unlock the store with a passphrase."""
        salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
        sealed = _cipher(passphrase, salt, self.cost).encrypt(nonce, key, self._bound_to(who))
        self.slots[who] = {"salt": _text(salt), "nonce": _text(nonce), "key": _text(sealed), "cost": dict(self.cost)}

    def remove(self, who: str) -> None:
        """Take away a slot; the store itself must be re-keyed for a leaver who kept a copy."""
        self.slots.pop(who, None)

    def unlock(self, who: str, passphrase: str) -> bytes:
        """The store's key.

        Raises:
            WrongKey: no such officer, or another passphrase; the words and the time taken are the same for both.
        """
        from cryptography.exceptions import InvalidTag

        slot = self.slots.get(who) or _decoy(self.cost)
        cipher = _cipher(passphrase, _bytes(slot["salt"]), slot["cost"])
        try:
            key: bytes = cipher.decrypt(_bytes(slot["nonce"]), _bytes(slot["key"]), self._bound_to(who))
        except InvalidTag:
            raise WrongKey(_NOT_SIGNED_IN) from None
        return key

    def add_recovery(self, key: bytes) -> str:
        """Make the recovery key, to be printed once and locked away; returns it in groups of four."""
        printed = base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode()
        self.add(RECOVERY, printed, key)
        return "-".join(printed[i : i + 4] for i in range(0, len(printed), 4))

    def unlock_with_recovery(self, printed: str) -> bytes:
        """The store's key, from the printed recovery key however it was spaced.

        Raises:
            WrongKey: it is not this store's recovery key.
        """
        return self.unlock(RECOVERY, "".join(c for c in printed.upper() if c.isalnum()))

    def save(self, path: Path) -> None:
        """Write the ring beside its store, whole or not at all, readable by its owner only."""
        body = json.dumps({"store": self.store_id, "slots": self.slots}, indent=1)
        write_whole(path, body.encode())

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a ring.

        Raises:
            StoreDamaged: the file is not a key ring.
        """
        try:
            found = json.loads(path.read_text("utf-8"))
            return cls(found["store"], dict(found["slots"]))
        except (OSError, ValueError, KeyError, TypeError):
            raise StoreDamaged("The store's key ring cannot be read. Restore it from the last backup") from None

    def _bound_to(self, who: str) -> bytes:
        return f"{self.store_id}\n{who}".encode()


def new_key() -> bytes:
    """A store's key, from the operating system's randomness."""
    return secrets.token_bytes(KEY_BYTES)


def write_whole(path: Path, body: bytes) -> None:
    """Write a small file so that a reader, or a power cut, meets the old one or the new one and nothing between."""
    spare = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with open(os.open(spare, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    spare.replace(path)


def _cipher(passphrase: str, salt: bytes, cost: Mapping[str, int]) -> Any:  # noqa: ANN401 - AESGCM, imported late
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    stretch = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=cost["iterations"],
        lanes=cost["lanes"],
        memory_cost=cost["memory_kib"],
    )
    return AESGCM(stretch.derive(_as_typed_anywhere(passphrase)))


def _as_typed_anywhere(passphrase: str) -> bytes:
    """The same bytes on every machine: accents composed, without spaces around, which nobody means to type."""
    return unicodedata.normalize("NFC", passphrase.strip()).encode("utf-8", "surrogatepass")


def _decoy(cost: Mapping[str, int]) -> dict[str, Any]:
    return {"salt": _text(bytes(16)), "nonce": _text(bytes(12)), "key": _text(bytes(48)), "cost": dict(cost)}


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)
