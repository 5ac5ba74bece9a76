"""What people do reaches the bot signed, in Slack's shapes, and must be acknowledged in time."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
from slack_sdk.signature import Clock, SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

from bot.playground import credentials
from bot.playground.server import Playground
from tests.playground.block_cases import actions, button, options, select
from tests.playground.running import Bot, Received, Ticking
from tests.shared import shared

META = {"event_type": "triage_card", "event_payload": {"ticket": 7}}
CARD = [{**actions(button("ticket.approve", value="7"), select(action_id="ticket.more")), "block_id": "row"}]
PRESS = {"block_id": "row", "action_id": "ticket.approve", "type": "button", "value": "7"}


async def posted(slack: AsyncWebClient, **more: Any) -> str:
    answer = await slack.chat_postMessage(channel="C0TECH", text="Card", blocks=CARD, metadata=META, **more)
    return str(answer["ts"])


def interactions(bot: Bot) -> list[dict[str, Any]]:
    return [json.loads(got.form["payload"]) for got in bot.received if "payload" in got.form]


def events(bot: Bot) -> list[dict[str, Any]]:
    return [json.loads(got.body) for got in bot.received if got.body.startswith(b"{")]


async def test_a_press_is_told_with_the_message_and_signed(
    slack: AsyncWebClient, page: httpx.AsyncClient, bot: Bot, playground: Playground, clock: Ticking
) -> None:
    playground.events = frozenset()
    ts = await posted(slack)
    said = {"user": "U0BEN", "channel": "C0TECH", "ts": ts, "action": PRESS}
    assert (await page.post("/playground/click", json=said)).json() == {"ok": True}
    payload = interactions(bot)[0]
    assert payload["type"] == "block_actions"
    assert payload["user"]["id"] == "U0BEN"
    assert payload["message"]["metadata"] == META
    assert payload["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": "C0TECH",
        "is_ephemeral": False,
    }
    action = payload["actions"][0]
    assert (action["action_id"], action["value"], action["block_id"]) == ("ticket.approve", "7", "row")
    assert action["action_ts"]
    assert payload["state"]["values"]["row"]["ticket.more"]["selected_option"] is None
    verifier = SignatureVerifier(credentials.SIGNING_SECRET, clock=_Now(clock))
    assert verifier.is_valid_request(bot.received[0].body, bot.received[0].headers)


class _Now(Clock):
    def __init__(self, ticking: Ticking) -> None:
        self._ticking = ticking

    def now(self) -> float:
        return self._ticking()


async def test_a_press_has_no_field_that_the_contract_does_not_know(
    slack: AsyncWebClient, page: httpx.AsyncClient, bot: Bot, playground: Playground
) -> None:
    playground.events = frozenset()
    sample = json.loads(shared("contracts/slack-payloads/BlockActionPayload.json").read_text())
    ts = await posted(slack)
    said = {"user": "U0BEN", "channel": "C0TECH", "ts": ts, "action": PRESS}
    await page.post("/playground/click", json=said)
    payload = interactions(bot)[0]
    known = {*sample, "response_url", "is_enterprise_install"}
    assert payload.keys() <= known
    assert payload["container"].keys() <= sample["container"].keys()
    assert payload["user"].keys() <= sample["user"].keys()
    assert payload["actions"][0].keys() <= {*sample["actions"][0], "accessibility_label"}


async def test_a_choice_stands_in_the_action_and_in_the_state(
    slack: AsyncWebClient, page: httpx.AsyncClient, bot: Bot, playground: Playground
) -> None:
    playground.events = frozenset()
    chosen = {"block_id": "row", "action_id": "ticket.more", "selected_option": options(1)[0]}
    said = {"user": "U0BEN", "channel": "C0TECH", "ts": await posted(slack), "action": chosen}
    await page.post("/playground/click", json=said)
    payload = interactions(bot)[0]
    assert payload["actions"][0]["selected_option"]["value"] == "0"
    assert payload["state"]["values"]["row"]["ticket.more"]["selected_option"]["value"] == "0"


async def test_a_control_that_is_gone_is_said_to_be_gone(
    slack: AsyncWebClient, page: httpx.AsyncClient, bot: Bot, playground: Playground
) -> None:
    playground.events = frozenset()
    ts = await posted(slack)
    await slack.chat_update(channel="C0TECH", ts=ts, text="Done", blocks=[])
    said = {"user": "U0BEN", "channel": "C0TECH", "ts": ts, "action": PRESS}
    answer = (await page.post("/playground/click", json=said)).json()
    assert answer == {"ok": False, "error": "That control is not there any more."}
    stranger = (await page.post("/playground/click", json={**said, "user": "U0GINA"})).json()
    assert stranger == {"ok": False, "error": "This person is not in that channel."}
    assert bot.received == []


async def test_a_late_acknowledgement_is_an_error_on_the_page(
    slack: AsyncWebClient, page: httpx.AsyncClient, bot: Bot, playground: Playground
) -> None:
    playground.events = frozenset()
    playground.line.ack_seconds = 0.4
    released = asyncio.Event()

    async def late(_: Received) -> Response:
        await released.wait()
        return Response()

    bot.replies = [late, Response(status_code=500)]
    said = {"user": "U0BEN", "channel": "C0TECH", "ts": await posted(slack), "action": PRESS}
    answer = (await page.post("/playground/click", json=said)).json()
    released.set()
    assert answer == {"ok": False, "error": "The app did not respond within 3 seconds."}
    answer = (await page.post("/playground/click", json=said)).json()
    assert answer == {"ok": False, "error": "The app answered with HTTP 500."}


async def test_an_answer_that_trickles_in_is_late_too(
    slack: AsyncWebClient, page: httpx.AsyncClient, bot: Bot, playground: Playground
) -> None:
    playground.events = frozenset()
    playground.line.ack_seconds = 0.4
    released = asyncio.Event()

    async def drops() -> AsyncIterator[bytes]:
        while not released.is_set():
            yield b" "
            await asyncio.sleep(0.01)

    bot.replies = [StreamingResponse(drops())]
    said = {"user": "U0BEN", "channel": "C0TECH", "ts": await posted(slack), "action": PRESS}
    answer = (await page.post("/playground/click", json=said)).json()
    released.set()
    assert answer == {"ok": False, "error": "The app did not respond within 3 seconds."}


async def test_a_command_is_answered_to_its_sender_alone(
    page: httpx.AsyncClient, bot: Bot, playground: Playground
) -> None:
    bot.replies = [PlainTextResponse("Hello"), JSONResponse({"response_type": "in_channel", "text": "All"})]
    said = {"user": "U0BEN", "channel": "C0TECH", "command": "/triage", "text": "help"}
    assert (await page.post("/playground/command", json=said)).json() == {"ok": True}
    sample = json.loads(shared("contracts/slack-payloads/SlashCommandPayload.json").read_text())
    form = bot.received[0].form
    assert form.keys() <= sample.keys()
    assert (form["command"], form["text"], form["user_id"]) == ("/triage", "help", "U0BEN")
    assert playground.messages.ephemerals()[0]["text"] == "Hello"
    await page.post("/playground/command", json=said)
    assert playground.messages.top_level("C0TECH")[0]["text"] == "All"


async def test_a_message_shortcut_brings_the_message(
    slack: AsyncWebClient, page: httpx.AsyncClient, bot: Bot, playground: Playground
) -> None:
    playground.events = frozenset()
    ts = await posted(slack)
    said = {"user": "U0BEN", "channel": "C0TECH", "ts": ts, "callback_id": "triage_message"}
    assert (await page.post("/playground/shortcut", json=said)).json()["ok"]
    payload = interactions(bot)[0]
    assert (payload["type"], payload["callback_id"]) == ("message_action", "triage_message")
    assert payload["message_ts"] == payload["message"]["ts"] == ts


async def test_what_people_say_and_do_becomes_events(page: httpx.AsyncClient, bot: Bot) -> None:
    said = {"user": "U0BEN", "channel": "C0TECH", "text": "<@U0TRIAGE> look"}
    assert (await page.post("/playground/say", json=said)).json()["ok"]
    got = await bot.until(2)
    ts = json.loads(got[0].body)["event"]["ts"]
    await page.post("/playground/react", json={"user": "U0BEN", "channel": "C0TECH", "ts": ts, "name": "eyes"})
    await page.post("/playground/home", json={"user": "U0BEN"})
    await page.post("/playground/join", json={"user": "U0GINA", "channel": "C0TECH"})
    await bot.until(5)
    happened = events(bot)
    assert [envelope["event"]["type"] for envelope in happened] == [
        "message",
        "app_mention",
        "reaction_added",
        "app_home_opened",
        "member_joined_channel",
    ]
    assert all(envelope["type"] == "event_callback" for envelope in happened)
    assert len({envelope["event_id"] for envelope in happened}) == 5


async def test_only_subscribed_events_are_told(page: httpx.AsyncClient, bot: Bot, playground: Playground) -> None:
    playground.events = frozenset({"app_mention"})
    for text in ("nothing", "<@U0TRIAGE> look"):
        await page.post("/playground/say", json={"user": "U0BEN", "channel": "C0TECH", "text": text})
    await playground.background.settle()
    assert [envelope["event"]["type"] for envelope in events(bot)] == ["app_mention"]


async def test_an_event_that_fails_comes_again_with_its_reason(
    page: httpx.AsyncClient, bot: Bot, playground: Playground
) -> None:
    bot.replies = [Response(status_code=500), Response(status_code=404)]
    await page.post("/playground/say", json={"user": "U0BEN", "channel": "C0TECH", "text": "Hi"})
    await playground.background.settle()
    assert [got.headers.get("x-slack-retry-num") for got in bot.received] == [None, "1", "2"]
    assert bot.received[1].headers["x-slack-retry-reason"] == "http_error"
    assert len({envelope["event_id"] for envelope in events(bot)}) == 1


async def test_the_bot_may_ask_for_no_retry(page: httpx.AsyncClient, bot: Bot, playground: Playground) -> None:
    bot.replies = [Response(status_code=500, headers={"X-Slack-No-Retry": "1"})]
    await page.post("/playground/say", json={"user": "U0BEN", "channel": "C0TECH", "text": "Hi"})
    await playground.background.settle()
    assert len(bot.received) == 1
