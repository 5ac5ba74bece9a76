"""response_urls: five answers within half an hour, to one person or to all."""

import json

import httpx
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.playground.server import Playground
from tests.playground.running import Bot, Ticking
from tests.playground.test_interactions import CARD, PRESS, posted


@pytest.fixture
async def url(slack: AsyncWebClient, page: httpx.AsyncClient, bot: Bot, playground: Playground) -> str:
    """Where to answer a press on a card in #tech-support."""
    playground.events = frozenset()
    said = {"user": "U0BEN", "channel": "C0TECH", "ts": await posted(slack), "action": PRESS}
    await page.post("/playground/click", json=said)
    return str(json.loads(bot.received[0].form["payload"])["response_url"])


async def test_an_answer_is_for_one_person_unless_it_is_for_all(url: str, playground: Playground) -> None:
    webhook = AsyncWebhookClient(url)
    assert (await webhook.send(text="For you")).body == "ok"
    await webhook.send(text="For all", response_type="in_channel")
    assert [m["text"] for m in playground.messages.ephemerals()] == ["For you"]
    assert [m["text"] for m in playground.messages.top_level("C0TECH")] == ["Card", "For all"]


async def test_the_original_is_replaced_and_deleted(url: str, playground: Playground) -> None:
    webhook = AsyncWebhookClient(url)
    await webhook.send(text="Approved", replace_original=True)
    original = playground.messages.top_level("C0TECH")[0]
    assert (original["text"], original.get("blocks")) == ("Approved", None)
    await webhook.send(delete_original=True)
    assert playground.messages.top_level("C0TECH") == []


async def test_the_sixth_use_is_refused(url: str) -> None:
    webhook = AsyncWebhookClient(url)
    answers = [await webhook.send(text=str(n)) for n in range(6)]
    assert [a.status_code for a in answers] == [200] * 5 + [404]
    assert answers[5].body == "used_url"


async def test_after_half_an_hour_it_is_refused(url: str, clock: Ticking) -> None:
    clock.advance(30 * 60 + 1)
    assert (await AsyncWebhookClient(url).send(text="late")).body == "expired_url"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "no_text"),
        ({"blocks": [{"type": "marquee"}]}, "invalid_blocks"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x", "colour": "red"}, "invalid_payload"),
    ],
)
async def test_what_slack_would_not_take_is_refused(
    url: str, page: httpx.AsyncClient, body: dict[str, object], error: str
) -> None:
    answer = await page.post(url, json=body)
    assert (answer.status_code, answer.text) == (400, error)


async def test_a_whispered_card_can_be_pressed_replaced_and_deleted(
    slack: AsyncWebClient, page: httpx.AsyncClient, bot: Bot, playground: Playground
) -> None:
    answer = await slack.chat_postEphemeral(channel="C0TECH", user="U0BEN", text="Sure?", blocks=CARD)
    said = {"user": "U0BEN", "channel": "C0TECH", "ts": answer["message_ts"], "action": PRESS}
    assert (await page.post("/playground/click", json=said)).json()["ok"]
    payload = json.loads(bot.received[0].form["payload"])
    assert payload["container"]["is_ephemeral"]
    webhook = AsyncWebhookClient(payload["response_url"])
    await webhook.send(text="Done", replace_original=True)
    assert playground.messages.ephemerals()[0]["text"] == "Done"
    await webhook.send(delete_original=True)
    assert playground.messages.ephemerals() == []
