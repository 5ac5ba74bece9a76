"""Slack as the settings have it: one token of ours, or workspaces that install the app by OAuth."""

from collections.abc import Callable

from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import SlackChat
from bot.adapters.slack_authorize import Authorize, OneToken
from bot.adapters.slack_gate import Gate
from bot.adapters.slack_installations import Installations, renewing
from bot.adapters.slack_interactive import through_gates
from bot.adapters.slack_ledger import AloneIn, SharedLedger, never_alone
from bot.adapters.slack_oauth import INSTALL_PATH, Keeping, States, oauth_flow
from bot.adapters.slack_workspaces import Workspaces
from bot.settings import Settings
from handlers.app_scopes import app_scopes
from handlers.services import Services
from handlers.slack import register
from pipeline.policy import Policy
from pipeline.ports import Chat, Clock
from storage.sealing import Seal, keys_in
from storage.store import Store


def slack_client(settings: Settings) -> AsyncWebClient:
    """Return a client with the token of the settings."""
    return _client(settings, settings.slack_bot_token.get_secret_value())


def _client(settings: Settings, token: str | None = None) -> AsyncWebClient:
    """Return a client that never posts twice by itself; the outbox decides what is tried again."""
    return AsyncWebClient(token=token, base_url=settings.slack_api_url, timeout=10, retry_handlers=[])


def slack_chat(settings: Settings, store: Store, clock: Clock, workspace: str, policy: Callable[[], Policy]) -> Chat:
    """Return the Chat door: of the one workspace, or of all that installed the app."""
    alone = AloneIn(settings.data_dir) if store.dialect == "sqlite" else never_alone

    def gate(team: str) -> Gate:
        return Gate(ledger=SharedLedger(store, team, alone))

    if not settings.installs:
        return SlackChat(slack_client(settings), gate(workspace))
    kept = installations(settings, store, clock, workspace)
    return Workspaces(kept, lambda token: _client(settings, token), policy, gate)


def slack_app(settings: Settings, services: Services) -> AsyncApp:
    """Return Bolt's app with every listener."""
    secret = settings.slack_signing_secret.get_secret_value() or "unset"
    # Bolt's client has no token of its own, lest it look for others in the environment.
    client = _client(settings)
    if settings.installs:
        kept = installations(settings, services.store, services.clock, services.workspace)
        app = AsyncApp(
            client=client,
            signing_secret=secret,
            authorize=Authorize(kept),  # type: ignore[arg-type]  # which Bolt takes and its annotation leaves out
            oauth_flow=_flow(settings, services),
            user_facing_authorize_error_message=f"Triage Desk is not installed here: {kept.install_url}",
        )
    else:
        token = OneToken(slack_client(settings))
        app = AsyncApp(client=client, signing_secret=secret, authorize=token)  # type: ignore[arg-type]  # as above
    if isinstance(chat := services.chat, SlackChat | Workspaces):
        app.use(through_gates(chat.gate_of))
    register(app, services)
    return app


def installations(settings: Settings, store: Store, clock: Clock, workspace: str) -> Installations:
    """Return what knows the token of each workspace."""
    renew = renewing(_client(settings), settings.slack_client_id, settings.slack_client_secret, clock)
    url = settings.public_url.rstrip("/") + INSTALL_PATH
    return Installations(store, clock, workspace, _seal(settings), renew, url)


def _flow(settings: Settings, services: Services) -> AsyncOAuthFlow:
    client = _client(settings)
    where = services.store, services.clock
    return oauth_flow(
        client,
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret,
        scopes=app_scopes(),
        public_url=settings.public_url,
        states=States(*where),
        keeping=Keeping(*where, services.workspace, _seal(settings), services.policies, client),
    )


def _seal(settings: Settings) -> Seal:
    return Seal(keys_in(settings.secret_key.get_secret_value()))
