"""Work objects: opened from a message, filled by the app, shown to one person."""

import json

import httpx
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import Playground
from tests.playground.methods.answered import ENTITY
from tests.playground.methods.stage import LINK, SCOPES
from tests.playground.running import Bot


@pytest.fixture(autouse=True)
def subscribed(playground: Playground) -> None:
    playground.scopes = SCOPES
    playground.events = frozenset({"entity_details_requested", "link_shared"})


async def test_a_posted_object_is_opened_and_filled(slack: AsyncWebClient, page: httpx.AsyncClient, bot: Bot) -> None:
    posted = await slack.chat_postMessage(channel="C0TECH", text="Ticket 7", metadata={"entities": [ENTITY]})
    opened = {"user": "U0BEN", "channel": "C0TECH", "ts": posted["ts"], "id": "7"}
    trigger_id = (await page.post("/playground/entity", json=opened)).json()["trigger_id"]
    event = json.loads((await bot.until(1))[0].body)["event"]
    assert (event["type"], event["trigger_id"]) == ("entity_details_requested", trigger_id)
    assert (event["external_ref"], event["entity_url"], event["user"]) == ({"id": "7"}, LINK, "U0BEN")
    await slack.entity_presentDetails(trigger_id=trigger_id, metadata=ENTITY)
    (pane,) = (await page.get("/playground/snapshot")).json()["flexpanes"]
    assert (pane["user"], pane["answer"]) == ("U0BEN", {"metadata": ENTITY})


async def test_a_link_becomes_an_object_that_can_be_opened(
    slack: AsyncWebClient, page: httpx.AsyncClient, bot: Bot
) -> None:
    await page.post("/playground/say", json={"user": "U0BEN", "channel": "C0TECH", "text": f"Look: {LINK}"})
    shared = json.loads((await bot.until(1))[0].body)["event"]
    assert shared["links"] == [{"domain": "desk.playground.example", "url": LINK}]
    by_event = {"unfurl_id": shared["unfurl_id"], "source": shared["source"]}
    await slack.chat_unfurl(**by_event, metadata={"entities": [ENTITY]})
    opened = {"user": "U0ANA", "channel": "C0TECH", "ts": shared["message_ts"], "id": "7"}
    assert (await page.post("/playground/entity", json=opened)).json()["ok"]
    asked = json.loads((await bot.until(2))[1].body)["event"]
    assert (asked["type"], asked["user"]) == ("entity_details_requested", "U0ANA")


async def test_what_is_no_object_cannot_be_opened(page: httpx.AsyncClient, playground: Playground) -> None:
    said = playground.messages.post("C0TECH", {"user": "U0BEN", "text": "Nothing"})
    opened = {"user": "U0BEN", "channel": "C0TECH", "ts": said["ts"], "id": "7"}
    assert (await page.post("/playground/entity", json=opened)).json()["ok"] is False
