"""The control API, and faults of deliveries: lost, late, twice, and on demand."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.playground.installations import uninstall
from bot.playground.server import Playground
from tests.playground.running import Bot, Received
from tests.playground.test_interactions import PRESS, events, interactions, posted
from tests.playground.test_socket_mode import connected

SAY = {"user": "U0BEN", "channel": "C0TECH", "text": "Hi"}


@pytest.fixture(autouse=True)
def told_of_messages_only(playground: Playground) -> None:
    playground.events = frozenset({"message"})
    playground.line.ack_seconds = 30.0


async def plan(page: httpx.AsyncClient, method: str, kind: str, **more: object) -> None:
    answer = await page.post("/playground/control", json={"faults": [{"method": method, "kind": kind, **more}]})
    assert answer.json() == {"ok": True}


async def say(page: httpx.AsyncClient, playground: Playground) -> None:
    assert (await page.post("/playground/say", json=SAY)).json()["ok"]
    await playground.background.settle()


async def press(page: httpx.AsyncClient, slack: AsyncWebClient, playground: Playground) -> dict[str, Any]:
    playground.events = frozenset()
    said = {"user": "U0BEN", "channel": "C0TECH", "ts": await posted(slack), "action": PRESS}
    answer: dict[str, Any] = (await page.post("/playground/click", json=said)).json()
    return answer


async def test_the_plan_can_be_read_with_what_it_has_done(page: httpx.AsyncClient, playground: Playground) -> None:
    faults = [
        {"method": "event message", "kind": "slow", "seconds": 0.01, "probability": 0.5, "times": 9},
        {"method": "chat.update", "script": [{"kind": "error:is_archived", "seconds": 0}]},
    ]
    await page.post("/playground/control", json={"faults": faults, "seed": 3, "rate_limits": True})
    for _ in range(6):
        await say(page, playground)
    read = (await page.get("/playground/control")).json()
    assert {**read, "struck": []} == {
        "faults": faults,
        "seed": 3,
        "rate_limits": True,
        "struck": [],
        "connections": 0,
    }
    assert 0 < read["struck"][0] < 6
    again = await page.post("/playground/control", json={"faults": read["faults"]})
    assert again.json() == {"ok": True}


async def test_an_event_comes_twice_and_the_second_says_so(
    page: httpx.AsyncClient, playground: Playground, bot: Bot
) -> None:
    await plan(page, "event message", "redelivery", times=1)
    await say(page, playground)
    assert [got.headers.get("x-slack-retry-num") for got in bot.received] == [None, "1"]
    assert len({envelope["event_id"] for envelope in events(bot)}) == 1


async def test_a_press_comes_twice(
    page: httpx.AsyncClient, slack: AsyncWebClient, playground: Playground, bot: Bot
) -> None:
    await plan(page, "block_actions *", "redelivery")
    assert await press(page, slack, playground) == {"ok": True}
    first, second = interactions(bot)
    assert first == second
    assert "x-slack-retry-num" not in bot.received[1].headers


async def test_a_lost_event_comes_again(page: httpx.AsyncClient, playground: Playground, bot: Bot) -> None:
    await plan(page, "event *", "drop", times=1)
    await say(page, playground)
    assert [got.headers["x-slack-retry-reason"] for got in bot.received] == ["connection_failed"]


async def test_an_acknowledgement_gets_lost(page: httpx.AsyncClient, playground: Playground, bot: Bot) -> None:
    await plan(page, "delivery *", "execute_then_timeout", times=1)
    await say(page, playground)
    assert [got.headers.get("x-slack-retry-reason") for got in bot.received] == [None, "http_timeout"]


@pytest.mark.parametrize(("kind", "times"), [("drop", 1), ("redelivery", 2), ("execute_then_timeout", 2), ("slow", 1)])
async def test_the_helpdesks_webhooks_get_lost_late_and_doubled_too(
    kind: str, times: int, page: httpx.AsyncClient, playground: Playground, bot: Bot
) -> None:
    await plan(page, "webhook ticket.created *", kind, times=1, seconds=0.01)
    letter = {"name": "Mara", "email": "mara@customer.example", "text": "It does not work."}
    await page.post("/playground/tickets", json=letter)
    await playground.background.settle()
    assert len(bot.received) == times
    assert len({got.headers["x-zendesk-webhook-invocation-id"] for got in bot.received}) == 1
    assert (await page.get("/playground/control")).json()["struck"] == [1]


async def test_a_press_is_lost_on_a_line_that_breaks(
    page: httpx.AsyncClient, slack: AsyncWebClient, playground: Playground, bot: Bot
) -> None:
    released = asyncio.Event()

    async def never(_: Received) -> Response:
        await released.wait()
        return Response()

    bot.replies = [never]
    await plan(page, "block_actions *", "reset")
    assert await press(page, slack, playground) == {"ok": False, "error": "The app could not be reached."}
    released.set()


async def test_a_connection_breaks_under_an_envelope_and_the_event_comes_over_the_next(
    page: httpx.AsyncClient, slack: AsyncWebClient, playground: Playground, bot: Bot
) -> None:
    playground.event_pauses = (0.05,) * 500
    bot.replies = [Response(status_code=500) for _ in range(500)]  # meanwhile there is only HTTP
    await plan(page, "event message", "reset", times=1)
    async with connected(slack, playground, ping_interval=0.5) as app:
        await page.post("/playground/say", json=SAY)
        await app.until(lambda: len([m for m in app.messages if m["type"] == "hello"]) == 2)
        await app.until(lambda: any(request.retry_attempt for request in app.received))
        assert app.received[-1].payload["event"]["text"] == "Hi"


async def test_any_event_can_be_emitted(page: httpx.AsyncClient, playground: Playground, bot: Bot) -> None:
    event = {"type": "grid_migration_started", "enterprise_id": "E1"}
    assert (await page.post("/playground/control/emit", json={"event": event})).json() == {"ok": True}
    other = {"event": {"type": "team_rename", "name": "New"}, "team": "T0HARBOR"}
    await page.post("/playground/control/emit", json=other)
    await playground.background.settle()
    told = events(bot)
    assert {**event, "event_ts": told[0]["event"]["event_ts"]} == told[0]["event"]
    assert [envelope["team_id"] for envelope in told] == ["T0PLAY", "T0HARBOR"]
    bad = await page.post("/playground/control/emit", json={"event": {"enterprise_id": "E1"}})
    assert (bad.status_code, bad.json()["error"]) == (422, "An event has a `type`.")


async def test_an_app_that_was_removed_hears_of_its_removal_and_then_nothing(
    page: httpx.AsyncClient, slack: AsyncWebClient, playground: Playground, bot: Bot
) -> None:
    playground.events = frozenset({"app_uninstalled", "app_home_opened"})
    await page.post("/playground/home", json={"user": "U0BEN"})
    uninstall(playground)
    await page.post("/playground/home", json={"user": "U0BEN"})
    await playground.background.settle()
    assert [envelope["event"]["type"] for envelope in events(bot)] == ["app_home_opened", "app_uninstalled"]


async def test_what_was_delivered_can_be_delivered_again(
    page: httpx.AsyncClient, playground: Playground, bot: Bot
) -> None:
    await say(page, playground)
    [entry] = (await page.get("/playground/wire")).json()["entries"]
    assert (await page.post("/playground/control/redeliver", json={"n": entry["n"]})).json() == {"ok": True}
    assert bot.received[1].body == bot.received[0].body
    assert bot.received[1].headers["x-slack-retry-num"] == "1"
    bad = await page.post("/playground/control/redeliver", json={"n": 99})
    assert (bad.status_code, bad.json()["error"]) == (422, "Number 99 of the wire log is no delivery from Slack.")


async def test_an_address_is_verified_by_its_answer_to_a_challenge(page: httpx.AsyncClient, bot: Bot) -> None:
    async def in_json(got: Received) -> Response:
        return JSONResponse({"challenge": json.loads(got.body)["challenge"]})

    async def in_text(got: Received) -> Response:
        return PlainTextResponse(json.loads(got.body)["challenge"])

    bot.replies = [in_json, in_text, PlainTextResponse("hello"), Response(status_code=500)]
    answers = [(await page.post("/playground/control/verify")).json() for _ in range(4)]
    assert answers == [
        {"ok": True},
        {"ok": True},
        {"ok": False, "error": "The app did not answer with the challenge."},
        {"ok": False, "error": "The app answered with HTTP 500."},
    ]


async def test_a_reason_that_slack_does_not_give_is_refused(page: httpx.AsyncClient) -> None:
    assert (await page.post("/playground/control/disconnect", json={"reason": "bored"})).status_code == 422
