"""Bolt's async app cannot tell the playground from Slack, over signed HTTP as over Socket Mode."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import pytest_asyncio
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.playground import credentials
from bot.playground.server import Playground, create_app
from bot.playground.snapshot import read_messages
from tests.playground.block_cases import option
from tests.playground.bolt_app import CARD, build_app
from tests.playground.running import Side, running

pytestmark = pytest.mark.asyncio(loop_scope="module")
Object = dict[str, Any]
BEN = "U0BEN"


@dataclass(frozen=True)
class Office:
    """The playground with a Bolt app in it; `path` is how deliveries must reach the app."""

    playground: Playground
    page: httpx.AsyncClient
    slack: AsyncWebClient
    path: str

    async def does(self, act: str, **said: object) -> Object:
        """What a person does on the page."""
        answer: Object = (await self.page.post(f"/playground/{act}", json={"user": BEN, **said})).json()
        return answer

    async def card(self) -> str:
        return str((await self.slack.chat_postMessage(channel="C0TECH", text="Card", blocks=CARD))["ts"])

    async def until(self, reached: Callable[[], bool]) -> None:
        async with asyncio.timeout(60):
            while not reached():
                await anext(self.playground.stream.follow(self.playground.stream.last, 0.2))

    async def until_said(self, text: str, among: Callable[[], list[Object]] | None = None) -> None:
        among = among or (lambda: read_messages(self.playground, "C0TECH", ""))
        await self.until(lambda: any(message.get("text") == text for message in among()))

    def view(self) -> Object:
        return self.playground.views.stacks[BEN][-1]


@asynccontextmanager
async def by_http(app: AsyncApp, playground: Playground) -> AsyncIterator[str]:
    handler = AsyncSlackRequestHandler(app)

    async def deliver(request: Request) -> Response:
        return await handler.handle(request)

    behind = Starlette(routes=[Route("/slack/events", deliver, methods=["POST"])])
    async with running(Side(create_app(playground), behind)) as url:
        playground.line.bot_url = url
        app.client.base_url = f"{url}/api/"
        yield url


@asynccontextmanager
async def by_socket(app: AsyncApp, playground: Playground) -> AsyncIterator[str]:
    async with running(create_app(playground)) as url:
        app.client.base_url = f"{url}/api/"
        handler = AsyncSocketModeHandler(app, credentials.APP_TOKEN)
        await handler.connect_async()
        yield url
        await handler.close_async()


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["/slack/events", "socket mode"])
async def office(request: pytest.FixtureRequest) -> AsyncIterator[Office]:
    playground = Playground("http://127.0.0.1:1", ack_seconds=30)
    slack = AsyncWebClient(credentials.BOT_TOKEN)
    begin = by_socket if request.param == "socket mode" else by_http
    async with begin(build_app(slack), playground) as url, httpx.AsyncClient(base_url=url, timeout=60) as page:
        office = Office(playground, page, slack, request.param)
        await office.until(lambda: bool(playground.sockets) or begin is by_http)
        yield office


@pytest_asyncio.fixture(loop_scope="module", autouse=True)
async def only_by_its_own_way(office: Office) -> AsyncIterator[None]:
    """Whatever a test makes the playground deliver must go by the transport that it is about, and be taken."""
    before = office.playground.log.since(0, 0)["last"]
    yield
    await office.playground.background.settle()
    told = [e for e in office.playground.log.since(before, 2_000)["entries"] if e["direction"] == "to_bot"]
    assert told
    assert {(entry["path"], entry["status"]) for entry in told} == {(office.path, 200)}


async def test_a_message(office: Office) -> None:
    assert (await office.does("say", channel="C0TECH", text="ping"))["ok"]
    await office.until_said(f"pong {BEN}")


async def test_a_mention(office: Office) -> None:
    await office.does("say", channel="C0TECH", text=f"<@{credentials.BOT_USER}> are you there")
    await office.until_said("Yes?")


async def test_a_reaction(office: Office) -> None:
    ts = await office.card()
    assert (await office.does("react", channel="C0TECH", ts=ts, name="eyes"))["ok"]
    await office.until_said("Saw eyes", lambda: office.playground.messages.replies("C0TECH", ts))


async def test_the_home(office: Office) -> None:
    await office.does("home")
    await office.until(lambda: BEN in office.playground.views.homes)


async def test_a_command(office: Office) -> None:
    assert await office.does("command", channel="C0TECH", command="/triage", text="mine") == {"ok": True}
    assert office.playground.messages.ephemerals()[-1]["text"] == "You asked for mine"


async def test_a_button_opens_a_form_that_complains_and_then_sends(office: Office) -> None:
    action = {"block_id": "row", "action_id": "edit"}
    assert await office.does("click", channel="C0TECH", ts=await office.card(), action=action) == {"ok": True}
    view_id = office.view()["id"]
    bad = {"reply": {"text": {"type": "plain_text_input", "value": "no"}}}
    assert (await office.does("submit", view_id=view_id, values=bad))["errors"] == {"reply": "Say more."}
    assert office.view()["id"] == view_id
    good = {"reply": {"text": {"type": "plain_text_input", "value": "Dear all"}}}
    assert await office.does("submit", view_id=view_id, values=good) == {"ok": True}
    await office.until_said("Sent: Dear all")
    assert office.playground.views.stacks[BEN] == []


async def test_an_untouched_form_sends_what_it_began_with(office: Office) -> None:
    action = {"block_id": "row", "action_id": "edit"}
    await office.does("click", channel="C0TECH", ts=await office.card(), action=action)
    assert await office.does("submit", view_id=office.view()["id"]) == {"ok": True}
    await office.until_said("Sent: Dear Maria")


async def test_a_form_that_is_closed(office: Office) -> None:
    action = {"block_id": "row", "action_id": "edit"}
    await office.does("click", channel="C0TECH", ts=await office.card(), action=action)
    assert await office.does("close", view_id=office.view()["id"]) == {"ok": True}
    await office.until_said("Closed")


async def test_a_select(office: Office) -> None:
    action = {"block_id": "row", "action_id": "team", "selected_option": option("1", "Option 1")}
    assert await office.does("click", channel="C0TECH", ts=await office.card(), action=action) == {"ok": True}
    await office.until_said("Chose 1", office.playground.messages.ephemerals)


async def test_the_options_of_an_external_select(office: Office) -> None:
    place = {"channel": "C0TECH", "ts": await office.card(), "block_id": "row", "action_id": "customer"}
    answer = await office.does("options", **place, value="Mar")
    assert [each["text"]["text"] for each in answer["options"]] == ["Like Mar"]


async def test_a_message_shortcut(office: Office) -> None:
    said = {"channel": "C0TECH", "ts": await office.card(), "callback_id": "take_message"}
    assert await office.does("shortcut", **said) == {"ok": True}
    await office.until_said("Took Card", office.playground.messages.ephemerals)


async def test_a_global_shortcut(office: Office) -> None:
    assert await office.does("global_shortcut", callback_id="ask_anywhere") == {"ok": True}
    assert office.view()["callback_id"] == "asked"


@pytest.mark.parametrize(("text", "state"), [("refunds", "succeeded"), ("", "failed")])
async def test_a_function(office: Office, text: str, state: str) -> None:
    began = await office.does("function", callback_id="triage_step", inputs={"text": text})
    shown = office.playground.executions.shown
    await office.until(lambda: (began["function_execution_id"], state) in [(e["id"], e["state"]) for e in shown()])
