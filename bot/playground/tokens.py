"""Tokens: whose they are, what they may, how long they live, and what follows them."""

import random
import string
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.playground.clock import Clock
from bot.playground.wire import Refusal

LIFETIME = 12 * 60 * 60
"""Seconds until a rotating token expires."""
_LETTERS = string.ascii_letters + string.digits


class TokenKind(StrEnum):
    BOT = "bot"
    USER = "user"
    APP = "app"


@dataclass(frozen=True)
class Token:
    """One credential; `refresh_token` and `expires_at` are empty for one that lives until it is revoked."""

    secret: str
    kind: TokenKind
    team: str
    """Empty for the app's own."""
    user: str
    scopes: frozenset[str] | None
    """None: whatever the playground's settings grant at the moment."""
    expires_at: float | None = None
    refresh_token: str = ""
    revoked: bool = False
    exchanged: bool = False


class Tokens:
    """Issues tokens, finds the one that a call carries, rotates and revokes them."""

    def __init__(self, clock: Clock, rng: random.Random, first: tuple[Token, ...]) -> None:
        self._clock = clock
        self._rng = rng
        self._tokens = {token.secret: token for token in first}

    def issue(self, kind: TokenKind, team: str, user: str, scopes: frozenset[str] | None, *, rotating: bool) -> Token:
        prefix = {"bot": "xoxb", "user": "xoxp", "app": "xapp"}[kind]
        secret = f"{'xoxe.' if rotating else ''}{prefix}-1-{self._random(40)}"
        token = Token(secret, kind, team, user, scopes)
        if rotating:
            expires = self._clock.now() + LIFETIME
            token = replace(token, expires_at=expires, refresh_token=f"xoxe-1-{self._random(60)}")
        return self._keep(token)

    def find(self, secret: str) -> Token:
        """The token that a call carries, valid or not."""
        if not secret:
            raise Refusal("not_authed")
        token = self._tokens.get(secret)
        if token is None:
            raise Refusal("invalid_auth")
        return token

    def check(self, token: Token) -> None:
        if token.revoked:
            raise Refusal("token_revoked")
        if token.expires_at is not None and token.expires_at <= self._clock.now():
            raise Refusal("token_expired")

    def refresh(self, refresh_token: str) -> Token:
        """The next token in the line: the refresh token is used up, the old token lives out its time.

        At most two tokens of one line are alive: what came before the old one is revoked.
        """
        old = next((t for t in self._tokens.values() if refresh_token and t.refresh_token == refresh_token), None)
        if old is None or old.revoked:
            raise Refusal("invalid_refresh_token")
        for token in self.of(old.team, old.user):
            if token.expires_at is not None and token != old and not token.refresh_token:
                self.revoke(token)
        self._keep(replace(old, refresh_token=""))
        return self.issue(old.kind, old.team, old.user, old.scopes, rotating=True)

    def exchange(self, secret: str) -> Token:
        """A rotating token for one that never expired; the latter is void."""
        old = self._tokens.get(secret)
        if old is None or old.kind is TokenKind.APP or old.expires_at is not None:
            raise Refusal("invalid_token")
        if old.exchanged:
            raise Refusal("token_already_exchanged")
        if old.revoked:
            raise Refusal("authorization_not_found")
        self._keep(replace(old, exchanged=True, revoked=True))
        return self.issue(old.kind, old.team, old.user, old.scopes, rotating=True)

    def revoke(self, token: Token) -> None:
        self._keep(replace(self._tokens[token.secret], revoked=True, refresh_token=""))

    def of(self, team: str, user: str = "") -> list[Token]:
        """Those of a workspace, or of one person in it, that were not revoked."""
        return [t for t in self._tokens.values() if t.team == team and not t.revoked and user in {"", t.user}]

    def granted(self, team: str) -> frozenset[str]:
        """What a workspace that installed the app allows its bot."""
        granted = [t.scopes for t in self.of(team) if t.kind is TokenKind.BOT and t.scopes is not None]
        return frozenset().union(*granted)

    def _keep(self, token: Token) -> Token:
        self._tokens[token.secret] = token
        return token

    def _random(self, length: int) -> str:
        return "".join(self._rng.choices(_LETTERS, k=length))
