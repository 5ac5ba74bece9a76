"""The tokens of every workspace: sealed in the database, renewed in time and by one process, gone with the app."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog
from pydantic import AwareDatetime, SecretStr
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack_errors import ours
from pipeline.errors import Refused, TriageError, Unavailable
from pipeline.ports import Clock
from pipeline.value import Value
from storage import installations as kept
from storage.installations import Installation
from storage.sealing import Seal
from storage.store import Store

EARLY = timedelta(hours=6)  # of twelve: if Slack's answer is lost, there is as much time to install again
_CLAIM = timedelta(seconds=60)  # longer than any call; a renewal that failed is not tried again before
DEAD = frozenset({"account_inactive", "token_revoked", "invalid_auth", "not_authed"})
_USED_UP = frozenset({"invalid_refresh_token", "invalid_grant", "token_revoked"})
EXPIRED = "token_expired"
LOST = "Slack's renewal of its token was lost"


class NotInstalled(Unavailable):
    """The app is not installed in that workspace."""


class Tokens(Value):
    """What opens a workspace. `team` is sealed with them, so that no row's tokens pass for another's."""

    team: str
    bot: SecretStr
    refresh: SecretStr = SecretStr("")

    def sealed(self, seal: Seal) -> str:
        """Return them as the database keeps them."""
        plain = {"bot": self.bot.get_secret_value(), "refresh": self.refresh.get_secret_value()}
        return seal.close(_Plain(team=self.team, **plain).model_dump_json())


class _Plain(Value):
    team: str
    bot: str
    refresh: str


class Renewed(Value):
    """What Slack gives for a refresh token."""

    bot: SecretStr
    refresh: SecretStr
    expires_at: AwareDatetime


Renewing = Callable[[SecretStr], Awaitable[Renewed]]


class Installations:
    """Finds the token of a workspace. Nothing is remembered beside the database."""

    def __init__(
        self, store: Store, clock: Clock, workspace: str, seal: Seal, renew: Renewing, install_url: str
    ) -> None:
        self._store = store
        self._clock = clock
        self._workspace = workspace
        self._seal = seal
        self._renew = renew
        self.install_url = install_url

    async def all(self) -> tuple[Installation, ...]:
        """Return every workspace that ever installed the app, the first one first."""
        async with self._store.reader() as connection:
            return await kept.listed(connection, self._workspace)

    async def find(self, team: str) -> Installation:
        """Return a workspace that has the app. Raises NotInstalled with where to install it."""
        found = next((each for each in await self.all() if each.team == team), None)
        if found is None:
            raise NotInstalled(f"The app is not installed in workspace {team or 'any'}: {self._how()}")
        if not found.active:
            raise NotInstalled(f"{found.problem} in {found.name}: {self._how()}", retry_after=60)
        return found

    async def token(self, team: str, *, renew: bool = True) -> str:
        """Return what opens a workspace now. Raises NotInstalled, or Unavailable while another process renews it.

        Without `renew`, as for a click that waits, it is renewed only when it opens nothing any more.
        """
        found = await self.find(team)
        tokens, now = self._opened(found), self._clock.now()
        lives = found.expires_at is None or found.expires_at > now
        if _is_due(found, now) and (renew or not lives) and (renewed := await self._renewed(found, tokens)):
            return renewed.get_secret_value()
        if lives:
            return tokens.bot.get_secret_value()
        if found.problem == LOST:
            raise NotInstalled(f"{LOST} for {found.name}: {self._how()}", retry_after=60)
        raise Unavailable(f"The token of {found.name} is being renewed.", retry_after=2)

    async def found_dead(self, team: str, token: str, code: str) -> NotInstalled | Unavailable:
        """Note that Slack refused a token, and return what that means for whoever used it."""
        found = await self.find(team)
        if self._opened(found).bot.get_secret_value() != token:
            return Unavailable("The app was installed anew meanwhile.", retry_after=1)
        now = self._clock.now()
        async with self._store.begin() as tx:
            if code == EXPIRED:
                await kept.threaten(tx, self._workspace, found, found.problem, until=now)
            else:
                problem = "The app was removed, or its token revoked,"
                await kept.deactivate(
                    tx, self._workspace, team, problem, before=now + timedelta(seconds=1), version=found.version
                )
        structlog.get_logger().error("installation.dead", team=team, code=code)
        if code == EXPIRED:
            return Unavailable(f"The token of {found.name} has expired.", retry_after=1)
        return NotInstalled(f"The app was removed from {found.name}: {self._how()}", retry_after=60)

    async def reseal(self) -> int:
        """Seal everything with the newest key. Returns how many needed it."""
        old = [each for each in await self.all() if not self._seal.is_newest(each.sealed)]
        for each in old:
            again = self._opened(each).sealed(self._seal)
            async with self._store.begin() as tx:
                await kept.reseal(tx, self._workspace, each, again)
        return len(old)

    async def sealed_with_older_keys(self) -> int:
        """Return how many installations the newest key does not open. Raises Unreadable when no key opens one."""
        everything = await self.all()
        for each in everything:
            self._opened(each)
        return sum(not self._seal.is_newest(each.sealed) for each in everything)

    def _opened(self, found: Installation) -> Tokens:
        plain = _Plain.model_validate_json(self._seal.open(found.sealed))
        if plain.team != found.team:
            raise Refused(f"The tokens kept for {found.team} are another workspace's: {self._how()}")
        return Tokens(team=plain.team, bot=SecretStr(plain.bot), refresh=SecretStr(plain.refresh))

    async def _renewed(self, found: Installation, tokens: Tokens) -> SecretStr | None:
        """Renew the tokens, or return None where another process does, or where it did not work out."""
        now = self._clock.now()
        async with self._store.begin() as tx:
            if not await kept.claim_renewal(tx, self._workspace, found, now, now + _CLAIM):
                return None
        try:
            new = await self._renew(tokens.refresh)
        except Refused as refusal:
            if refusal.code in _USED_UP:  # by an answer that never came; the old token lives out its time
                async with self._store.begin() as tx:
                    await kept.threaten(tx, self._workspace, found, LOST, until=None)
            structlog.get_logger().error("token.not_renewed", team=found.team, code=refusal.code)
            return None
        except TriageError as error:
            structlog.get_logger().warning("token.not_renewed", team=found.team, error=type(error).__name__)
            return None
        sealed = Tokens(team=found.team, bot=new.bot, refresh=new.refresh).sealed(self._seal)
        async with self._store.begin() as tx:
            await kept.renewed(tx, self._workspace, found, sealed, new.expires_at)
        structlog.get_logger().info("token.renewed", team=found.team)
        return new.bot

    def _how(self) -> str:
        return f"install it at {self.install_url}."


def _is_due(found: Installation, now: datetime) -> bool:
    """Whether the token ends soon enough; once its renewal was lost, there is nothing to renew it with."""
    return found.expires_at is not None and found.expires_at - now <= EARLY and found.problem != LOST


def renewing(client: AsyncWebClient, client_id: str, client_secret: SecretStr, clock: Clock) -> Renewing:
    """Return what asks Slack for the next tokens."""

    async def renew(refresh: SecretStr) -> Renewed:
        said = {"client_id": client_id, "client_secret": client_secret.get_secret_value()}
        said |= {"grant_type": "refresh_token", "refresh_token": refresh.get_secret_value()}
        with ours(writes=True):
            told = await client.api_call("oauth.v2.access", data=said)
            return Renewed(
                bot=SecretStr(told["access_token"]),
                refresh=SecretStr(told["refresh_token"]),
                expires_at=expiry(clock.now(), told["expires_in"]),
            )

    return renew


def expiry(now: datetime, seconds: float) -> datetime:
    """Return when a token expires that lives so many seconds from now on."""
    return now + timedelta(seconds=float(seconds))
