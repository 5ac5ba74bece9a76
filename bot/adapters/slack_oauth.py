"""Installing by OAuth: Bolt's own flow, with its states and its installations in our database."""

import html
import secrets
import time
from collections.abc import Sequence
from logging import Logger, getLogger

import structlog
from pydantic import SecretStr
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.installation_store.models.installation import Installation as SlackInstallation
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import SlackChat
from bot.adapters.slack_errors import ours
from bot.adapters.slack_installations import Tokens, expiry
from handlers.policies import Policies
from pipeline.authorise import NotAllowed, must_have
from pipeline.errors import TriageError
from pipeline.policy import Policy
from pipeline.ports import Clock
from pipeline.roles import Right, Role
from storage import installations as kept
from storage.installations import Installation, claim_first, install, listed
from storage.sealing import Seal
from storage.store import Store, Transaction

REDIRECT_PATH = "/slack/oauth_redirect"
INSTALL_PATH = "/slack/install"


class MayNotInstall(BoltError):
    """This installation is not for us. Bolt hands it to the page that says why."""


class States(AsyncOAuthStateStore):
    """States of browsers on their way, each good once and for ten minutes."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._logger = getLogger(__name__)

    @property
    def logger(self) -> Logger:
        """What Slack's library logs with."""
        return self._logger

    async def async_issue(self, *_args: object, **_kwargs: object) -> str:
        """Return a new state."""
        state = secrets.token_urlsafe(32)
        async with self._store.begin() as tx:
            await kept.issue_state(tx, state, self._clock.now())
        return state

    async def async_consume(self, state: str) -> bool:
        """Whether the state is ours, fresh and unused; it is used now."""
        async with self._store.begin() as tx:
            return await kept.consume_state(tx, state, self._clock.now())


class Keeping(AsyncInstallationStore):
    """Keeps what an installation brings, if this company's policy lets that workspace and that person install."""

    def __init__(
        self, store: Store, clock: Clock, workspace: str, seal: Seal, policies: Policies, client: AsyncWebClient
    ) -> None:
        self._store = store
        self._clock = clock
        self._workspace = workspace
        self._seal = seal
        self._policies = policies
        self._client = client
        self._logger = getLogger(__name__)

    @property
    def logger(self) -> Logger:
        """What Slack's library logs with."""
        return self._logger

    async def async_save(self, installation: SlackInstallation) -> None:
        """Keep an installation. Raises MayNotInstall; its token is given back then."""
        token = installation.bot_token or ""
        try:
            await self._check(installation)
            new = self._installation(installation, token)
            async with self._store.begin() as tx:
                if not await self._is_ours(tx, new):
                    raise NotAllowed(_unnamed(new.team))
                await install(tx, self._workspace, new)
        except TriageError as error:
            structlog.get_logger().warning("installation.refused", team=installation.team_id or "")
            await self._give_back(token)
            raise MayNotInstall(str(error)) from error
        structlog.get_logger().info("installation.kept", team=new.team, by=new.installer)

    async def _check(self, installation: SlackInstallation) -> None:
        if installation.is_enterprise_install or not installation.team_id or not installation.bot_token:
            raise NotAllowed("Install the app into one workspace, not into a whole organisation.")
        policy = self._policies.now.policy
        if await self._is_active(installation.team_id):
            return  # it is here already, and nobody gains anything by bringing it again
        if policy.admins or policy.roles.of(Role.ADMIN):
            client = AsyncWebClient(
                installation.bot_token, base_url=self._client.base_url, timeout=10, retry_handlers=[]
            )
            must_have(Right.INSTALLING, await SlackChat(client).person(installation.user_id or ""), policy)
        elif installation.team_id not in named_workspaces(policy):  # else the first comer would have it
            raise NotAllowed(f"The policy names no admin. Add [[admins]] to it. {_unnamed(installation.team_id)}")

    async def _is_active(self, team: str) -> bool:
        async with self._store.reader() as connection:
            return any(each.team == team and each.active for each in await listed(connection, self._workspace))

    async def _is_ours(self, tx: Transaction, new: Installation) -> bool:
        """Whether a workspace is this company's: the policy names it, it was ours before, or it is the first of all.

        Where the policy names any, the first is not taken for ours: in a stranger's workspace anybody has any e-mail.
        """
        policy = self._policies.now.policy
        if new.team in named_workspaces(policy):
            return True
        if not named_workspaces(policy) and await claim_first(tx, new.first_at):
            return True
        return any(each.team == new.team for each in await listed(tx.connection, self._workspace))

    def _installation(self, told: SlackInstallation, token: str) -> Installation:
        now = self._clock.now()
        expires = told.bot_token_expires_at  # by this machine's clock, as slack_sdk has counted it
        tokens = Tokens(team=told.team_id or "", bot=SecretStr(token), refresh=SecretStr(told.bot_refresh_token or ""))
        return Installation(
            team=tokens.team,
            name=(told.team_name or tokens.team)[:255],
            bot_user=told.bot_user_id or "",
            bot_id=told.bot_id or "",
            installer=told.user_id or "",
            sealed=tokens.sealed(self._seal),
            expires_at=expiry(now, expires - time.time()) if expires else None,
            first_at=now,
            installed_at=now,
        )

    async def _give_back(self, token: str) -> None:
        """Revoke a token that we do not keep; what Slack says to that changes nothing here."""
        if token:
            try:
                with ours(writes=False):
                    await self._client.auth_revoke(token=token)
            except TriageError:
                structlog.get_logger().warning("token.not_given_back")


class Flow(AsyncOAuthFlow):
    """Bolt's flow, which says what went wrong with Slack instead of breaking."""

    async def run_installation(self, code: str) -> SlackInstallation | None:
        """Fetch the tokens for a code, or return None where Slack does not give them."""
        try:
            with ours(writes=True):
                return await super().run_installation(code)
        except TriageError as error:
            structlog.get_logger().warning("installation.failed", error=type(error).__name__)
            return None


def oauth_flow(
    client: AsyncWebClient,
    *,
    client_id: str,
    client_secret: SecretStr,
    scopes: tuple[str, ...],
    public_url: str,
    states: States,
    keeping: Keeping,
) -> AsyncOAuthFlow:
    """Return the flow behind /slack/install and /slack/oauth_redirect."""
    settings = AsyncOAuthSettings(
        client_id=client_id,
        client_secret=client_secret.get_secret_value(),
        scopes=list(scopes),
        redirect_uri=public_url.rstrip("/") + REDIRECT_PATH,
        install_path=INSTALL_PATH,
        redirect_uri_path=REDIRECT_PATH,
        authorization_url=client.base_url.removesuffix("api/") + "oauth/v2/authorize",
        installation_store=keeping,
        state_store=states,
        callback_options=AsyncCallbackOptions(success=_succeeded, failure=_failed),
    )
    return Flow(client=client, logger=getLogger(__name__), settings=settings)


async def _succeeded(args: AsyncSuccessArgs) -> BoltResponse:
    name = html.escape(args.installation.team_name or "your workspace")
    said = f"Triage Desk is in {name}. Invite it to your teams' channels: <code>/invite @Triage Desk</code>"
    return _page(200, "Installed", said, args.settings)


async def _failed(args: AsyncFailureArgs) -> BoltResponse:
    if isinstance(args.error, MayNotInstall):
        return _page(403, "Not installed", html.escape(str(args.error)), args.settings)
    why = {
        "access_denied": "You cancelled it.",
        "invalid_browser": "This was not begun in this browser.",
        "invalid_state": "This link was used already, or is older than ten minutes.",
        "invalid_code": "Slack did not give its tokens for it.",
    }.get(args.reason, "Slack sent something that is missing a part.")
    again = f'<a href="{html.escape(INSTALL_PATH)}">Begin again</a>'
    return _page(args.suggested_status_code, "Not installed", f"{why} {again}.", args.settings)


def _page(status: int, title: str, body: str, settings: AsyncOAuthSettings) -> BoltResponse:
    text = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><h1>{title}</h1><p>{body}</p></body></html>"
    )
    headers: dict[str, str | Sequence[str]] = {
        "Content-Type": "text/html; charset=utf-8",
        "Set-Cookie": settings.state_utils.build_set_cookie_for_deletion(),
        "Content-Security-Policy": "default-src 'none'",
    }
    return BoltResponse(status=status, headers=headers, body=text)


def named_workspaces(policy: Policy) -> frozenset[str]:
    """Return the ids of the workspaces that the policy names."""
    return frozenset({policy.workspace, *(team.workspace for team in policy.teams)} - {""})


def _unnamed(team: str) -> str:
    return (
        f'The policy names no workspace {team}. Write workspace = "{team}" at a team of it, '
        "or at its top for the usual one, then install again."
    )
