"""The page's own API: snapshot, live stream, wire log, gate, feed."""

import asyncio
import json
import socket
from typing import Any

import httpx
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.__main__ import main
from bot.playground.feed import feed, samples, solved
from bot.playground.gate import NotLoopback, check_loopback
from bot.playground.server import Playground, PlaygroundServer, create_app
from bot.playground.stream import Stream
from tests.playground.running import Bot


async def test_the_snapshot_shows_the_workspace(page: httpx.AsyncClient, slack: AsyncWebClient) -> None:
    await slack.chat_postMessage(channel="C0TECH", text="Card")
    await slack.chat_postEphemeral(channel="C0TECH", user="U0BEN", text="Only you")
    shown = (await page.get("/playground/snapshot")).json()
    assert shown["me_default"] == "U0ANA"
    assert {person["role"] for person in shown["people"]} == {"agent", "lead", "admin", "outsider", "guest", "bot"}
    assert len(shown["channels"]) == 13
    assert [m["text"] for m in shown["messages"]["C0TECH"]] == ["Card", "Only you"]
    assert shown["messages"]["C0TECH"][1]["ephemeral_to"] == "U0BEN"
    assert shown["app"]["commands"][0]["command"] == "/triage"


async def test_the_snapshot_stays_small_and_older_messages_are_read_on_request(
    page: httpx.AsyncClient, playground: Playground
) -> None:
    for n in range(250):
        playground.messages.post("C0TECH", {"user": "U0BEN", "text": str(n)})
    latest = (await page.get("/playground/snapshot")).json()["messages"]["C0TECH"]
    assert [m["text"] for m in latest] == [str(n) for n in range(150, 250)]
    older = await page.get("/playground/messages", params={"channel": "C0TECH", "before": latest[0]["ts"]})
    assert [m["text"] for m in older.json()["messages"]] == [str(n) for n in range(50, 150)]


async def read(page: httpx.AsyncClient, count: int, **headers: str) -> list[tuple[int, dict[str, Any]]]:
    """The first happenings of the live stream."""
    found: list[tuple[int, dict[str, Any]]] = []
    number = 0
    async with page.stream("GET", "/playground/stream", headers=headers) as stream:
        async for line in stream.aiter_lines():
            if line.startswith("id: "):
                number = int(line[4:])
            elif line.startswith("data: "):
                found.append((number, json.loads(line[6:])))
            if len(found) == count:
                break
    return found


async def test_the_stream_goes_on_after_the_last_event_that_was_seen(
    page: httpx.AsyncClient, playground: Playground
) -> None:
    for n in range(3):
        playground.messages.post("C0TECH", {"user": "U0BEN", "text": str(n)})
    happened = await read(page, 2, **{"Last-Event-ID": "1"})
    assert [(number, event["type"], event["message"]["text"]) for number, event in happened] == [
        (2, "message", "1"),
        (3, "message", "2"),
    ]


async def test_a_reader_from_another_life_is_told_to_begin_anew(page: httpx.AsyncClient) -> None:
    happened = await read(page, 1, **{"Last-Event-ID": "900"})
    assert happened[0][1] == {"type": "resync"}


async def test_a_reader_that_fell_behind_is_told_to_begin_anew() -> None:
    stream = Stream(kept=2)
    for n in range(5):
        stream.publish("message", n=n)
    follower = stream.follow(1, 1.0)
    assert await anext(follower) == (5, {"type": "resync"})
    stream.publish("message", n=5)
    assert await anext(follower) == (6, {"type": "message", "n": 5})


async def test_a_quiet_stream_says_that_it_lives_and_ends_when_closed() -> None:
    stream = Stream()
    follower = stream.follow(0, 0.001)
    assert await anext(follower) is None
    stream.close()
    with pytest.raises(StopAsyncIteration):
        await anext(follower)


async def test_the_wire_log_has_requests_and_deliveries(
    page: httpx.AsyncClient, slack: AsyncWebClient, playground: Playground, bot: Bot
) -> None:
    await slack.chat_postMessage(channel="C0TECH", text="Card")
    await playground.background.settle()
    log = (await page.get("/playground/wire")).json()
    request, delivery = log["entries"]
    assert (request["what"], request["status"], request["answer"]["ok"]) == ("chat.postMessage", 200, True)
    assert request["arguments"] == {"channel": "C0TECH", "text": "Card"}
    assert (delivery["direction"], delivery["what"]) == ("to_bot", "event message")
    assert (await page.get("/playground/wire", params={"since": log["last"]})).json()["entries"] == []


async def test_what_the_page_may_not_ask_is_refused_in_words(page: httpx.AsyncClient) -> None:
    said = {"user": "U0GINA", "channel": "C0TECH", "text": "Hi"}
    answer = (await page.post("/playground/say", json=said)).json()
    assert answer == {"ok": False, "error": "This person is not in that channel."}
    gone = {"user": "U0BEN", "view_id": "V0", "values": {}}
    assert "not open" in (await page.post("/playground/submit", json=gone)).json()["error"]


async def test_the_feed_makes_a_ticket_of_each_line(base: str, bot: Bot, playground: Playground) -> None:
    lines = [*samples(), {"id": "bare", "text": "Only text"}]
    assert await feed(playground, lines, None) == 25
    assert len(bot.received) == len(playground.desk.tickets) == 25
    assert playground.desk.tickets[-1].requester.email == "customer-bare@example.com"


def test_the_samples_show_five_categories_in_five_languages() -> None:
    assert len(samples()) == 24
    assert {line["language"] for line in samples()} == {"en", "de", "fr", "es", "pt"}
    history = solved()
    assert len(history) == len({line["id"] for line in history}) == 60
    assert {line["category"] for line in history} == {
        "billing",
        "technical",
        "account",
        "feature_request",
        "general",
    }


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.com", ""])
def test_an_address_that_others_could_reach_is_refused(host: str) -> None:
    with pytest.raises(NotLoopback):
        check_loopback(host)
    assert main(["--host", host]) == 2


async def test_a_request_under_another_name_is_refused(base: str, page: httpx.AsyncClient) -> None:
    answer = await page.get("/playground/snapshot", headers={"Host": "rebound.example:4000"})
    assert (answer.status_code, answer.text) == (403, "Loopback only.")


async def test_a_request_to_another_address_is_refused() -> None:
    transport = httpx.ASGITransport(create_app(Playground("http://127.0.0.1:1")))
    async with httpx.AsyncClient(transport=transport, base_url="http://192.168.1.5:4000") as client:
        assert (await client.get("/playground/snapshot")).status_code == 403


async def test_an_open_page_does_not_keep_the_server_from_stopping() -> None:
    server = PlaygroundServer(Playground("http://127.0.0.1:1"), "127.0.0.1", 0)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/playground/stream"
        async with httpx.AsyncClient() as client, client.stream("GET", url) as stream:
            server.should_exit = True
            async with asyncio.timeout(30):
                assert [line async for line in stream.aiter_lines()] == [": here", ""]
                await serving
