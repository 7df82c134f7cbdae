"""The keys of a service, each in its own file that only its owner may read."""

import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from crypto.messages import key_id_of

_OWNER_ONLY = 0o600
_SEED_BYTES = 32


class FileSigner:
    """Signs with an Ed25519 key kept in a file (64 hex digits)."""

    def __init__(self, path: Path) -> None:
        seed = bytes.fromhex(path.read_text(encoding="ascii").strip())
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._key.public_key().public_bytes_raw()

    @property
    def key_id(self) -> str:
        """Name the key by its public half."""
        return key_id_of(self.public)

    def sign(self, payload: bytes) -> bytes:
        """Return the Ed25519 signature of the payload."""
        return self._key.sign(payload)


def write_key(path: Path) -> None:
    """Draw a new key of 32 random bytes; an existing one is kept."""
    if not path.exists():
        write_private(path, secrets.token_hex(_SEED_BYTES))


def write_private(path: Path, text: str) -> None:
    """Write a file that nobody but its owner could ever read.

    The file appears whole or not at all: it is written aside and then renamed.
    """
    aside = path.with_name(path.name + ".new")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
