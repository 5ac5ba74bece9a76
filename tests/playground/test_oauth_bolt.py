"""Bolt installs itself: its own OAuth flow from the app's button over the consent page to an answer next door."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.playground.credentials import CLIENT_ID, SIGNING_SECRET
from bot.playground.server import Playground, create_app
from tests.playground.running import Side, running
from tests.playground.test_oauth import CLIENT, SCOPES

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated")


@dataclass
class Installed:
    playground: Playground
    page: httpx.AsyncClient
    store: FileInstallationStore


@pytest.fixture
async def bolt(tmp_path: Path) -> AsyncIterator[Installed]:
    """A Bolt app that knows no token until somebody installs it."""
    playground = Playground("", events=frozenset({"app_mention"}), token_rotation=True)
    client = AsyncWebClient()
    store = FileInstallationStore(base_dir=str(tmp_path / "installed"), client_id=CLIENT_ID)
    settings = AsyncOAuthSettings(
        **CLIENT,
        scopes=SCOPES.split(","),
        user_scopes=["users:read"],
        installation_store=store,
        state_store=FileOAuthStateStore(expiration_seconds=60, base_dir=str(tmp_path / "states")),
    )
    app = AsyncApp(
        signing_secret=SIGNING_SECRET,
        client=client,
        oauth_flow=AsyncOAuthFlow(client=client, settings=settings),
        process_before_response=True,
    )

    @app.event("app_mention")
    async def mentioned(event: dict[str, Any], client: AsyncWebClient) -> None:
        await client.chat_postMessage(channel=event["channel"], text="Ahoy")

    handler = AsyncSlackRequestHandler(app)

    async def deliver(request: Request) -> Response:
        return await handler.handle(request)

    routes = [Route(f"/slack/{path}", deliver) for path in ("install", "oauth_redirect")]
    behind = Starlette(routes=[*routes, Route("/slack/events", deliver, methods=["POST"])])
    async with running(Side(create_app(playground), behind)) as url, httpx.AsyncClient(base_url=url) as page:
        playground.bot_url = playground.line.bot_url = url
        client.base_url = f"{url}/api/"
        settings.authorization_url = app.oauth_flow.settings.authorization_url = f"{url}/oauth/v2/authorize"
        app.oauth_flow.settings.authorize_url_generator.authorization_url = settings.authorization_url
        yield Installed(playground, page, store)


async def walk(bolt: Installed, decision: str) -> httpx.Response:
    """From the app's own button over the consent page back to the app."""
    began = await bolt.page.get("/slack/install")
    link = re.findall(r'https?://[^"]+/authorize[^"]+', began.text)[0].replace("&amp;", "&")
    cookies = {"Cookie": began.headers["set-cookie"].split(";")[0]}
    shown = await bolt.page.get(link)
    assert "<code>chat:write</code>" in shown.text
    assert "Nora Lind, Harbor Labs" in shown.text
    decided = await bolt.page.post(link, data={"user": "U1NORA", "decision": decision})
    return await bolt.page.get(decided.headers["location"], headers=cookies)


async def test_bolt_installs_itself_into_a_second_workspace_and_answers_there(bolt: Installed) -> None:
    assert (await walk(bolt, "allow")).status_code == 200
    kept = await bolt.store.async_find_installation(enterprise_id=None, team_id="T0HARBOR", is_enterprise_install=False)
    assert kept is not None
    assert (kept.team_name, kept.user_id, kept.bot_user_id) == ("Harbor Labs", "U1NORA", "U1TRIAGE")
    assert kept.bot_scopes == sorted(SCOPES.split(","))
    harbor = AsyncWebClient(kept.bot_token, base_url=str(bolt.page.base_url.join("/api/")))
    await harbor.conversations_join(channel="C1OPS")
    said = {"team": "T0HARBOR", "user": "U1PAUL", "channel": "C1OPS", "text": "<@U1TRIAGE> hello"}
    assert (await bolt.page.post("/playground/say", json=said)).json() == {"ok": True}
    await bolt.playground.background.settle()
    assert [(m["text"], m["user"]) for m in bolt.playground.messages.top_level("C1OPS")] == [
        ("<@U1TRIAGE> has joined the channel", "U1TRIAGE"),
        ("<@U1TRIAGE> hello", "U1PAUL"),
        ("Ahoy", "U1TRIAGE"),
    ]


async def test_who_cancels_installs_nothing(bolt: Installed) -> None:
    answer = await walk(bolt, "deny")
    assert "access_denied" in answer.text
    assert not bolt.playground.of("T0HARBOR").workspace.has_app
