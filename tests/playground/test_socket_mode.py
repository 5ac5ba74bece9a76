"""Socket Mode, with slack_sdk's own client: hello, envelopes, acknowledgements, and connections that end."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground import credentials
from bot.playground.server import Playground
from tests.playground.conftest import refusal
from tests.playground.running import Bot, Ticking
from tests.playground.test_interactions import PRESS, posted
from tests.shared import shared

Object = dict[str, Any]
COMMAND = {"user": "U0BEN", "channel": "C0TECH", "command": "/triage", "text": "help"}
MENTION = {"user": "U0BEN", "channel": "C0TECH", "text": "<@U0TRIAGE> hello"}


@pytest.fixture(autouse=True)
def patient(playground: Playground) -> None:
    """So that a busy machine is not taken for a silent app."""
    playground.line.ack_seconds = 30.0


class App:
    """Takes every envelope and acknowledges it with the next of `answers`; `None` means silence."""

    def __init__(self, client: SocketModeClient) -> None:
        self.client = client
        self.messages: list[Object] = []
        self.received: list[SocketModeRequest] = []
        self.answers: list[Object | None] = []
        self._news = asyncio.Event()
        client.message_listeners.append(self._note)
        client.socket_mode_request_listeners.append(self._take)

    async def until(self, reached: Callable[[], bool]) -> None:
        async with asyncio.timeout(30):
            while not reached():
                self._news.clear()
                await self._news.wait()

    async def _note(self, _: AsyncBaseSocketModeClient, message: Object, raw: str | None) -> None:
        self.messages.append(message)
        self._news.set()

    async def _take(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        self.received.append(request)
        answer = self.answers.pop(0) if self.answers else {}
        if answer is not None:
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, answer or None))
        self._news.set()


@asynccontextmanager
async def connected(slack: AsyncWebClient, playground: Playground, ping_interval: float = 5.0) -> AsyncIterator[App]:
    client = SocketModeClient(credentials.APP_TOKEN, web_client=slack, ping_interval=ping_interval)
    app = App(client)
    await client.connect()
    await app.until(lambda: bool(app.messages))
    yield app
    await client.close()


@pytest.fixture
async def app(slack: AsyncWebClient, playground: Playground) -> AsyncIterator[App]:
    async with connected(slack, playground) as app:
        yield app


async def until(playground: Playground, reached: Callable[[], bool]) -> None:
    """Wait for something that the stream tells of."""
    async with asyncio.timeout(30):
        while not reached():
            await anext(playground.stream.follow(playground.stream.last, 1.0))


def open_link(slack: AsyncWebClient) -> Awaitable[Any]:
    return slack.apps_connections_open(app_token=credentials.APP_TOKEN)


async def test_a_connection_is_greeted(app: App) -> None:
    hello = app.messages[0]
    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    assert hello["connection_info"] == {"app_id": credentials.APP_ID}
    assert hello["debug_info"].keys() == {"host", "started", "build_number", "approximate_connection_time"}


async def test_the_answer_has_the_shape_of_the_sample_and_only_the_apps_own_token_opens(slack: AsyncWebClient) -> None:
    answer = (await open_link(slack)).data
    sample = json.loads(shared("contracts/slack-payloads/api.apps.connections.open.json").read_text())
    assert answer.keys() <= sample.keys()
    assert answer["url"].startswith("ws://127.0.0.1:")
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        await slack.apps_connections_open(app_token=credentials.BOT_TOKEN)
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await slack.apps_connections_open(app_token="xapp-1-other")
    said = await refusal(slack.auth_test(token=credentials.APP_TOKEN))
    assert said["error"] == "not_allowed_token_type"


async def test_a_link_is_given_to_a_post_alone(page: httpx.AsyncClient) -> None:
    bearer = {"Authorization": f"Bearer {credentials.APP_TOKEN}"}
    answer = (await page.get("/api/apps.connections.open", headers=bearer)).json()
    assert answer == {"ok": False, "error": "insecure_request"}
    assert (await page.post("/api/apps.connections.open")).json()["error"] == "missing_args"


async def test_a_ticket_lets_one_connection_in_and_soon(slack: AsyncWebClient, clock: Ticking) -> None:
    async with aiohttp.ClientSession() as session:
        used = (await open_link(slack))["url"]
        async with session.ws_connect(used) as first:
            assert (await first.receive_json())["type"] == "hello"
            with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
                await session.ws_connect(used)
            assert caught.value.status == 403
        late = (await open_link(slack))["url"]
        clock.advance(31)
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(late)


async def test_a_connection_under_another_name_is_refused(slack: AsyncWebClient) -> None:
    url = (await open_link(slack))["url"]
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
            await session.ws_connect(url, headers={"Host": "rebound.example"})
    assert caught.value.status == 403


async def test_the_eleventh_connection_is_sent_away(slack: AsyncWebClient, playground: Playground) -> None:
    async with aiohttp.ClientSession() as session:
        links = [await session.ws_connect((await open_link(slack))["url"]) for _ in range(10)]
        assert [(await link.receive_json())["num_connections"] for link in links] == list(range(1, 11))
        eleventh = await session.ws_connect((await open_link(slack))["url"])
        assert (await eleventh.receive_json())["reason"] == "too_many_websockets"
        assert (await eleventh.receive()).type is aiohttp.WSMsgType.CLOSE
        assert len(playground.sockets) == 10


async def test_a_command_is_answered_in_its_acknowledgement(
    app: App, page: httpx.AsyncClient, playground: Playground, bot: Bot
) -> None:
    app.answers = [{"text": "Hello"}]
    assert (await page.post("/playground/command", json=COMMAND)).json() == {"ok": True}
    request = app.received[0]
    assert (request.type, request.accepts_response_payload) == ("slash_commands", True)
    assert request.payload["command"] == "/triage"
    assert playground.messages.ephemerals()[0]["text"] == "Hello"
    assert bot.received == []


async def test_an_event_says_which_attempt_it_is_and_comes_again_until_acknowledged(
    app: App, page: httpx.AsyncClient, playground: Playground
) -> None:
    playground.events = frozenset({"app_mention"})
    playground.line.ack_seconds = 0.05
    app.answers = [None, {}]
    await page.post("/playground/say", json=MENTION)
    await app.until(lambda: len(app.received) >= 2)
    first, again = app.received[:2]
    assert (first.type, first.retry_attempt, first.retry_reason) == ("events_api", 0, "")
    assert (again.retry_attempt, again.retry_reason) == (1, "timeout")
    assert first.payload["event_id"] == again.payload["event_id"]
    assert first.envelope_id != again.envelope_id
    assert not first.accepts_response_payload


async def test_a_press_that_is_not_acknowledged_in_time_is_an_error_on_the_page(
    app: App, slack: AsyncWebClient, page: httpx.AsyncClient, playground: Playground
) -> None:
    playground.events = frozenset()
    playground.line.ack_seconds = 0.05
    app.answers = [None]
    said = {"user": "U0BEN", "channel": "C0TECH", "ts": await posted(slack), "action": PRESS}
    answer = (await page.post("/playground/click", json=said)).json()
    assert answer == {"ok": False, "error": "The app did not respond within 3 seconds."}
    await app.until(lambda: [request.type for request in app.received] == ["interactive"])


async def test_an_answer_where_none_is_taken_is_passed_over(
    app: App, slack: AsyncWebClient, page: httpx.AsyncClient, playground: Playground
) -> None:
    playground.events = frozenset()
    app.answers = [{"text": "not for a press"}]
    said = {"user": "U0BEN", "channel": "C0TECH", "ts": await posted(slack), "action": PRESS}
    assert (await page.post("/playground/click", json=said)).json() == {"ok": True}
    assert playground.messages.ephemerals() == []


async def test_envelopes_go_to_the_connections_in_turn(
    app: App, slack: AsyncWebClient, page: httpx.AsyncClient, playground: Playground
) -> None:
    async with connected(slack, playground) as other:
        assert other.messages[0]["num_connections"] == 2
        for _ in range(4):
            await page.post("/playground/command", json=COMMAND)
        assert (len(app.received), len(other.received)) == (2, 2)


async def test_what_a_broken_connection_did_not_acknowledge_goes_to_another(
    app: App, slack: AsyncWebClient, page: httpx.AsyncClient, playground: Playground
) -> None:
    async with connected(slack, playground) as other:
        app.answers, other.answers = [None], [None]
        pressing = asyncio.create_task(page.post("/playground/command", json=COMMAND))
        await until_either(app, other)
        silent, spare = (app, other) if app.received else (other, app)
        spare.answers = []
        await silent.client.close()
        assert (await pressing).json() == {"ok": True}
        assert [len(each.received) for each in (silent, spare)] == [1, 1]
        assert silent.received[0].envelope_id == spare.received[0].envelope_id


async def until_either(one: App, other: App) -> None:
    waits = [asyncio.create_task(each.until(lambda each=each: bool(each.received))) for each in (one, other)]
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
    await asyncio.gather(*waits, return_exceptions=True)


@pytest.mark.parametrize("reason", ["refresh_requested", "link_disabled"])
async def test_a_client_that_is_asked_to_leave_comes_back(
    app: App, page: httpx.AsyncClient, playground: Playground, reason: str
) -> None:
    answer = (await page.post("/playground/control/disconnect", json={"reason": reason})).json()
    assert answer == {"ok": True, "connections": 1}
    await app.until(lambda: len([m for m in app.messages if m["type"] == "hello"]) == 2)
    app.answers = [{"text": "back"}]
    assert (await page.post("/playground/command", json=COMMAND)).json() == {"ok": True}
    assert playground.messages.ephemerals()[0]["text"] == "back"


async def test_a_warning_leaves_the_connection_open(slack: AsyncWebClient, playground: Playground) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect((await open_link(slack))["url"]) as link,
    ):
        await link.receive_json()
        assert await playground.sockets.disconnect("warning") == 1
        assert (await link.receive_json())["reason"] == "warning"
        assert len(playground.sockets) == 1


async def test_once_the_last_connection_is_closed_deliveries_go_by_http_again(
    app: App, page: httpx.AsyncClient, playground: Playground, bot: Bot
) -> None:
    await app.client.close()
    await until(playground, lambda: not playground.sockets)
    assert (await page.post("/playground/command", json=COMMAND)).json() == {"ok": True}
    assert (len(app.received), len(bot.received)) == (0, 1)


async def test_noise_on_the_line_disturbs_nobody(slack: AsyncWebClient, page: httpx.AsyncClient) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect((await open_link(slack))["url"]) as link,
    ):
        await link.receive_json()
        for noise in ("ping", "[]", '{"envelope_id": "unknown"}', '{"envelope_id": 7}'):
            await link.send_str(noise)
        await link.send_bytes(b"\x00")
        pressing = asyncio.create_task(page.post("/playground/command", json=COMMAND))
        envelope = await link.receive_json()
        await link.send_json({"envelope_id": envelope["envelope_id"], "payload": "no object"})
        assert (await pressing).json() == {"ok": True}
