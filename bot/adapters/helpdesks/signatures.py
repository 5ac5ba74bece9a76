"""Signatures: comparing what a delivery claims with what our secrets make of it."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from pipeline.errors import BadSignature

WINDOW = timedelta(seconds=300)
_LONGEST = 512  # characters of a header that takes part in a signature


def split_secrets(setting: str) -> tuple[bytes, ...]:
    """Return the live secrets of a comma-separated setting; two are live while one is rotated."""
    return tuple(part.strip().encode() for part in setting.split(",") if part.strip())


def read_header(headers: Mapping[str, str], name: str) -> str:
    """Return a header that a signature needs. Raises BadSignature unless it is short and printable ASCII."""
    value = headers.get(name, "")
    if not value or len(value) > _LONGEST or not (value.isascii() and value.isprintable()):
        raise BadSignature
    return value


def check(claimed: str, right: Iterable[str]) -> None:
    """Raise BadSignature unless one is right. Every one is compared, each in constant time."""
    given = claimed.encode("utf-8", "replace")
    equal = [hmac.compare_digest(given, candidate.encode()) for candidate in right]
    if not any(equal):
        raise BadSignature


def check_time(signed_at: datetime, now: datetime) -> None:
    """Raise BadSignature when the delivery was signed outside the window, before or after."""
    if abs(now - signed_at) > WINDOW:
        raise BadSignature


def check_unix_time(text: str, now: datetime) -> None:
    """The same for Unix seconds as they stand in a header."""
    if not (text.isascii() and text.isdigit() and len(text) <= 11):
        raise BadSignature
    check_time(datetime.fromtimestamp(int(text), UTC), now)


def sign_plain(secret: bytes, timestamp: str, body: bytes) -> str:
    """Return the value of X-Triage-Signature, in both directions."""
    return f"v1={hmac.new(secret, f'{timestamp}.'.encode() + body, hashlib.sha256).hexdigest()}"
