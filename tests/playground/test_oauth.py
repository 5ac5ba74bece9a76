"""Installing the app: codes, tokens, the SDK's own rotation of them, and what goes wrong on the way."""

import base64
import json
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.credentials import APP_TOKEN, BOT_TOKEN, CLIENT_ID, CLIENT_SECRET
from bot.playground.methods.offered import METHODS
from bot.playground.oauth import challenge_of
from bot.playground.scopes import SCOPES as KNOWN_SCOPES
from bot.playground.server import Playground
from bot.playground.tokens import LIFETIME
from tests.playground.conftest import refusal
from tests.playground.running import Bot, Ticking

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated")  # what slack_sdk sends a client's id with

SCOPES = "app_mentions:read,chat:write,channels:join,channels:read"
CLIENT = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}


async def allow(page: httpx.AsyncClient, user: str = "U1NORA", **query: str) -> str:
    """The code that the app gets when this person says yes."""
    asked = {"client_id": CLIENT_ID, "scope": SCOPES, **query}
    answer = await page.post("/oauth/v2/authorize", params=asked, data={"user": user, "decision": "allow"})
    assert answer.status_code == 302, answer.text
    return parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]


async def install(page: httpx.AsyncClient, slack: AsyncWebClient, **query: str) -> dict[str, Any]:
    answer = await slack.oauth_v2_access(**CLIENT, code=await allow(page, **query))
    assert isinstance(answer.data, dict)
    return answer.data


async def test_the_sdk_rotates_bot_and_user_tokens(
    slack: AsyncWebClient, page: httpx.AsyncClient, playground: Playground, clock: Ticking
) -> None:
    playground.token_rotation = True
    first = await install(page, slack, user_scope="users:read")
    old = Installation(
        user_id="U1NORA",
        team_id="T0HARBOR",
        bot_token=first["access_token"],
        bot_refresh_token=first["refresh_token"],
        bot_token_expires_at=int(time.time()) + 60,
        user_token=first["authed_user"]["access_token"],
        user_refresh_token=first["authed_user"]["refresh_token"],
        user_token_expires_at=int(time.time()) + 60,
    )
    rotator = AsyncTokenRotator(**CLIENT, client=slack)
    new = await rotator.perform_token_rotation(installation=old)
    assert new is not None
    assert len({old.bot_token, old.user_token, new.bot_token, new.user_token}) == 4
    for token, user in ((new.bot_token, "U1TRIAGE"), (new.user_token, "U1NORA")):
        assert (await slack.auth_test(token=token))["user_id"] == user
    assert (await slack.auth_test(token=old.bot_token))["ok"], "the old token lives out its time"
    used_up = slack.oauth_v2_access(**CLIENT, grant_type="refresh_token", refresh_token=old.bot_refresh_token)
    assert (await refusal(used_up))["error"] == "invalid_refresh_token"
    clock.advance(LIFETIME)
    assert (await refusal(slack.auth_test(token=old.bot_token)))["error"] == "token_expired"


async def test_a_third_token_ends_the_first(
    slack: AsyncWebClient, page: httpx.AsyncClient, playground: Playground
) -> None:
    playground.token_rotation = True
    line = [await install(page, slack)]
    for _ in range(2):
        refresh = {"grant_type": "refresh_token", "refresh_token": line[-1]["refresh_token"]}
        line.append((await slack.oauth_v2_access(**CLIENT, **refresh)).data)  # type: ignore[arg-type]
    assert (await refusal(slack.auth_test(token=line[0]["access_token"])))["error"] == "token_revoked"
    for alive in line[1:]:
        assert (await slack.auth_test(token=alive["access_token"]))["ok"]


async def test_a_lasting_token_is_exchanged_once(slack: AsyncWebClient, playground: Playground) -> None:
    off = await refusal(slack.oauth_v2_exchange(**CLIENT, token=BOT_TOKEN))
    assert off["error"] == "token_rotation_not_enabled"
    playground.token_rotation = True
    new = await slack.oauth_v2_exchange(**CLIENT, token=BOT_TOKEN)
    assert (new["expires_in"], new["bot_user_id"]) == (LIFETIME, "U0TRIAGE")
    assert (await slack.auth_test(token=new["access_token"]))["team_id"] == "T0PLAY"
    assert (await refusal(slack.auth_test()))["error"] == "token_revoked"
    for token, error in ((BOT_TOKEN, "token_already_exchanged"), (APP_TOKEN, "invalid_token")):
        assert (await refusal(slack.oauth_v2_exchange(**CLIENT, token=token)))["error"] == error


async def test_the_client_may_say_who_it_is_by_http_basic(page: httpx.AsyncClient, slack: AsyncWebClient) -> None:
    basic = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
    code = await allow(page)
    answer = await page.post("/api/oauth.v2.access", data={"code": code}, headers={"Authorization": f"Basic {basic}"})
    assert answer.json()["access_token"].startswith("xoxb-")


async def test_a_code_works_once_for_ten_minutes_and_for_its_own_address(
    page: httpx.AsyncClient, slack: AsyncWebClient, clock: Ticking
) -> None:
    address = "http://127.0.0.1:9/back"
    code = await allow(page, redirect_uri=address)
    for other in ({}, {"redirect_uri": "http://127.0.0.1:9/elsewhere"}):
        assert (await refusal(slack.oauth_v2_access(**CLIENT, code=code, **other)))["error"] == "bad_redirect_uri"
    assert (await slack.oauth_v2_access(**CLIENT, code=code, redirect_uri=address))["ok"]
    again = slack.oauth_v2_access(**CLIENT, code=code, redirect_uri=address)
    assert (await refusal(again))["error"] == "code_already_used"
    late = await allow(page)
    clock.advance(601)
    assert (await refusal(slack.oauth_v2_access(**CLIENT, code=late)))["error"] == "invalid_code"


async def test_a_code_with_a_challenge_needs_its_verifier(page: httpx.AsyncClient, slack: AsyncWebClient) -> None:
    challenge = {"code_challenge": challenge_of("long-secret"), "code_challenge_method": "S256"}
    code = await allow(page, **challenge)
    said = {**CLIENT, "code": code}
    wrong = await refusal(slack.api_call("oauth.v2.access", data={**said, "code_verifier": "other"}))
    assert wrong["error"] == "invalid_code_verifier"
    assert (await slack.api_call("oauth.v2.access", data={**said, "code_verifier": "long-secret"}))["ok"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"client_secret": "guess"}, "bad_client_secret"),
        ({"code": "1.2.3"}, "invalid_code"),
        ({"grant_type": "password"}, "invalid_grant_type"),
        ({"grant_type": "refresh_token", "refresh_token": "xoxe-1-made-up"}, "invalid_refresh_token"),
        ({"grant_type": "refresh_token"}, "invalid_refresh_token"),
    ],
)
async def test_what_the_token_endpoint_refuses(slack: AsyncWebClient, arguments: dict[str, str], error: str) -> None:
    assert (await refusal(slack.api_call("oauth.v2.access", data={**CLIENT, **arguments})))["error"] == error


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"client_id": "1.2"}, "invalid_client_id"),
        ({"scope": ""}, "no_scopes"),
        ({"scope": "everything"}, "invalid_scope"),
        ({"redirect_uri": "https://evil.example/"}, "bad_redirect_uri"),
        ({"code_challenge": "x", "code_challenge_method": "plain"}, "invalid_code_challenge_method"),
    ],
)
async def test_a_wrong_link_is_refused_on_the_page(page: httpx.AsyncClient, query: dict[str, str], error: str) -> None:
    asked = {"client_id": CLIENT_ID, "scope": SCOPES, **query}
    for answer in (
        await page.get("/oauth/v2/authorize", params=asked),
        await page.post("/oauth/v2/authorize", params=asked),
    ):
        assert (answer.status_code, error in answer.text) == (400, True)


def test_every_scope_that_a_method_asks_for_can_be_granted() -> None:
    assert {method.scope for method in METHODS.values() if method.scope} <= KNOWN_SCOPES


async def test_a_guest_cannot_install(page: httpx.AsyncClient) -> None:
    asked = {"client_id": CLIENT_ID, "scope": SCOPES}
    answer = await page.post("/oauth/v2/authorize", params=asked, data={"user": "U0GINA", "decision": "allow"})
    assert (answer.status_code, "user_not_found" in answer.text) == (400, True)


async def test_uninstalling_tells_the_app_and_ends_its_tokens(
    page: httpx.AsyncClient, slack: AsyncWebClient, playground: Playground, bot: Bot
) -> None:
    tokens = await install(page, slack, user_scope="users:read")
    slack.token = tokens["access_token"]
    assert (await slack.apps_uninstall(**CLIENT))["ok"]
    await playground.background.settle()
    told = [json.loads(received.body)["event"] for received in bot.received]
    assert sorted(event["type"] for event in told) == ["app_uninstalled", "tokens_revoked"]
    revoked = next(event["tokens"] for event in told if event["type"] == "tokens_revoked")
    assert revoked == {"oauth": ["U1NORA"], "bot": ["U1TRIAGE"]}
    assert (await refusal(slack.auth_test()))["error"] == "account_inactive"
    user = tokens["authed_user"]["access_token"]
    assert (await refusal(slack.auth_test(token=user)))["error"] == "token_revoked"
    assert (await slack.auth_test(token=BOT_TOKEN))["ok"], "the other workspace keeps the app"


async def test_a_revoked_token_is_dead_and_the_last_one_takes_the_app_along(
    page: httpx.AsyncClient, slack: AsyncWebClient, playground: Playground
) -> None:
    tokens = await install(page, slack, user_scope="users:read")
    bot_token, user_token = tokens["access_token"], tokens["authed_user"]["access_token"]
    assert not (await slack.auth_revoke(token=user_token, test=True))["revoked"]
    assert (await slack.auth_revoke(token=user_token))["revoked"]
    assert (await refusal(slack.auth_test(token=user_token)))["error"] == "token_revoked"
    assert (await slack.auth_test(token=bot_token))["ok"]
    assert (await slack.auth_revoke(token=bot_token))["revoked"]
    assert not playground.of("T0HARBOR").workspace.has_app
