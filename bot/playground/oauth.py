"""Codes of OAuth: what a person allowed, to be fetched once and within ten minutes."""

import base64
import hashlib
import random
from dataclasses import dataclass, replace

from bot.playground.clock import Clock
from bot.playground.wire import Refusal

SECONDS = 10 * 60


@dataclass(frozen=True)
class Grant:
    """Without `scopes` no bot comes, without `user_scopes` no token of this person's goes out."""

    team: str
    user: str
    scopes: frozenset[str]
    user_scopes: frozenset[str]


@dataclass(frozen=True)
class Code:
    grant: Grant
    redirect_uri: str
    """As the app gave it, empty when it gave none: the second request must give the same."""
    challenge: str
    """Of PKCE with S256; empty without."""
    born: float
    used: bool = False


class Codes:
    """Gives out codes and redeems them."""

    def __init__(self, clock: Clock, rng: random.Random) -> None:
        self._clock = clock
        self._rng = rng
        self._codes: dict[str, Code] = {}

    def give(self, grant: Grant, redirect_uri: str, challenge: str = "") -> str:
        secret = f"{self._rng.getrandbits(40)}.{self._rng.getrandbits(40)}.{self._rng.getrandbits(256):064x}"
        self._codes[secret] = Code(grant, redirect_uri, challenge, self._clock.now())
        return secret

    def redeem(self, secret: str, redirect_uri: str, verifier: str) -> Grant:
        code = self._codes.get(secret)
        if code is None or self._clock.now() - code.born > SECONDS:
            raise Refusal("invalid_code")
        if code.used:
            raise Refusal("code_already_used")
        if redirect_uri != code.redirect_uri:
            raise Refusal("bad_redirect_uri")
        if code.challenge and challenge_of(verifier) != code.challenge:
            raise Refusal("invalid_code_verifier")
        self._codes[secret] = replace(code, used=True)
        return code.grant


def challenge_of(verifier: str) -> str:
    """S256 of RFC 7636."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
