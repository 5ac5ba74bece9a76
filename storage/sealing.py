"""Sealing: what the database keeps and nobody may read there, under keys that can be changed."""

import base64
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pipeline.errors import TriageError

SHORTEST_KEY = 32  # characters


class Unreadable(TriageError):
    """What was sealed does not open with TRIAGE_SECRET_KEY: add the key it was sealed with behind a comma."""


class Seal:
    """Seals with the first key; what any of them has sealed can be opened."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._ciphers = [Fernet(_derived(key)) for key in keys]
        self._all = MultiFernet(self._ciphers)

    def close(self, text: str) -> str:
        """Return the text so that only a key opens it."""
        return self._all.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Return what was sealed. Raises Unreadable, which tells nothing of it."""
        try:
            return self._all.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise Unreadable from None

    def is_newest(self, sealed: str) -> bool:
        """Whether the first key has sealed this, so that the others are not needed for it."""
        try:
            self._ciphers[0].decrypt(sealed.encode())
        except InvalidToken:
            return False
        return True


def keys_in(setting: str) -> tuple[str, ...]:
    """Return the keys of a setting, newest first. Raises ValueError for one that could be guessed."""
    keys = tuple(key.strip() for key in setting.split(",") if key.strip())
    if any(len(key) < SHORTEST_KEY for key in keys):
        raise ValueError(
            f"write {SHORTEST_KEY} characters or more, as made by: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(32))"'
        )
    return keys


def _derived(key: str) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"triage-desk at rest")
    return base64.urlsafe_b64encode(derive.derive(key.encode()))
