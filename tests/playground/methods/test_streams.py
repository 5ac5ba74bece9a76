"""Streamed messages: they grow before everybody's eyes, and end by the app's word or a person's."""

import json
from typing import Any

import httpx
import pytest
from slack_sdk.models.messages.chunk import MarkdownTextChunk, PlanUpdateChunk, TaskUpdateChunk
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import Playground
from tests.playground.block_cases import section
from tests.playground.conftest import refusal
from tests.playground.running import Bot

FOR_BEN: dict[str, Any] = {"recipient_user_id": "U0BEN", "recipient_team_id": "T0PLAY"}


@pytest.fixture
def thread(playground: Playground) -> str:
    """The timestamp of what a person asked."""
    return str(playground.messages.post("C0TECH", {"user": "U0BEN", "text": "Why?"})["ts"])


async def test_the_clients_own_streamer_writes_one_message(
    slack: AsyncWebClient, playground: Playground, thread: str
) -> None:
    streamer = await slack.chat_stream(channel="C0TECH", thread_ts=thread, buffer_size=4, **FOR_BEN)
    for piece in ("Because ", "the **cable** ", "is out."):
        await streamer.append(markdown_text=piece)
    await streamer.stop(blocks=[section()])
    (answer,) = playground.messages.replies("C0TECH", thread)
    assert answer["text"] == "Because the **cable** is out."
    assert [block["type"] for block in answer["blocks"]] == ["markdown", "section"]
    assert answer["blocks"][0]["text"] == answer["text"]


async def test_a_message_says_that_it_streams_until_it_stops(
    slack: AsyncWebClient, playground: Playground, thread: str
) -> None:
    started = await slack.chat_startStream(channel="C0TECH", thread_ts=thread, markdown_text="So", **FOR_BEN)
    assert playground.messages.find("C0TECH", started["ts"])["streaming"]["recipient"] == "U0BEN"
    replies = (await slack.conversations_replies(channel="C0TECH", ts=thread))["messages"]
    assert "streaming" not in replies[1]
    stopped = await slack.chat_stopStream(channel="C0TECH", ts=started["ts"], markdown_text=" it is.")
    assert stopped["message"]["text"] == "So it is."
    assert "streaming" not in playground.messages.find("C0TECH", started["ts"])


async def test_every_step_reaches_the_page(slack: AsyncWebClient, playground: Playground, thread: str) -> None:
    seen = playground.stream.last
    started = await slack.chat_startStream(channel="C0TECH", thread_ts=thread, **FOR_BEN)
    await slack.chat_appendStream(channel="C0TECH", ts=started["ts"], markdown_text="One")
    await slack.chat_appendStream(channel="C0TECH", ts=started["ts"], markdown_text=" two")
    await slack.chat_stopStream(channel="C0TECH", ts=started["ts"])
    happenings = [h async for h in _until_stopped(playground, seen) if h["type"].startswith("message")]
    told = [h["message"] for h in happenings if h["message"]["ts"] == started["ts"]]
    assert [message["text"] for message in told] == ["", "One", "One two", "One two"]
    assert ["streaming" in message for message in told] == [True, True, True, False]


async def _until_stopped(playground: Playground, after: int) -> Any:
    async for happening in playground.stream.follow(after, 30):
        assert happening is not None
        yield happening[1]
        if happening[0] == playground.stream.last:
            return


async def test_tasks_stand_where_they_came_up_and_change_there(
    slack: AsyncWebClient, playground: Playground, thread: str
) -> None:
    streamer = await slack.chat_stream(channel="C0TECH", thread_ts=thread, **FOR_BEN)
    await streamer.append(chunks=[TaskUpdateChunk(id="1", title="Read", status="in_progress", details="Page 1")])
    await streamer.append(chunks=[MarkdownTextChunk(text="Found it.")])
    await streamer.append(chunks=[TaskUpdateChunk(id="1", title="Read", status="complete", output="7 pages")])
    await streamer.stop()
    (answer,) = playground.messages.replies("C0TECH", thread)
    task, text = answer["blocks"]
    assert (task["type"], task["task_id"], task["status"]) == ("task_card", "1", "complete")
    assert task["details"]["elements"][0]["elements"][0]["text"] == "Page 1"
    assert task["output"]["elements"][0]["elements"][0]["text"] == "7 pages"
    assert text == {"type": "markdown", "text": "Found it."}


async def test_in_plan_mode_all_tasks_stand_in_one_plan(
    slack: AsyncWebClient, playground: Playground, thread: str
) -> None:
    streamer = await slack.chat_stream(channel="C0TECH", thread_ts=thread, task_display_mode="plan", **FOR_BEN)
    await streamer.append(chunks=[TaskUpdateChunk(id="1", title="Read", status="complete")])
    await streamer.append(chunks=[PlanUpdateChunk(title="Answer the customer")])
    await streamer.stop(chunks=[TaskUpdateChunk(id="2", title="Write", status="pending")])
    (answer,) = playground.messages.replies("C0TECH", thread)
    (plan,) = answer["blocks"]
    assert plan["title"] == "Answer the customer"
    assert [(task["task_id"], task["status"]) for task in plan["tasks"]] == [("1", "complete"), ("2", "pending")]


async def test_a_person_stops_it_and_the_app_ends_it(
    slack: AsyncWebClient, playground: Playground, page: httpx.AsyncClient, bot: Bot, thread: str
) -> None:
    playground.events = frozenset({"agent_session_stopped"})
    started = await slack.chat_startStream(channel="C0TECH", thread_ts=thread, markdown_text="So", **FOR_BEN)
    pressed = {"user": "U0BEN", "channel": "C0TECH", "ts": started["ts"]}
    assert (await page.post("/playground/stop", json=pressed)).json() == {"ok": True}
    event = json.loads((await bot.until(1))[0].body)["event"]
    assert (event["type"], event["user"], event["thread_ts"]) == ("agent_session_stopped", "U0BEN", thread)
    more = slack.chat_appendStream(channel="C0TECH", ts=started["ts"], markdown_text=" it is.")
    assert (await refusal(more))["error"] == "stopped_by_user"
    assert (await slack.chat_stopStream(channel="C0TECH", ts=started["ts"]))["message"]["text"] == "So"
    assert (await page.post("/playground/stop", json=pressed)).json()["ok"] is False


async def test_a_message_takes_12_000_characters_in_all(slack: AsyncWebClient, thread: str) -> None:
    started = await slack.chat_startStream(channel="C0TECH", thread_ts=thread, **FOR_BEN)
    for _ in range(2):
        await slack.chat_appendStream(channel="C0TECH", ts=started["ts"], markdown_text="x" * 6_000)
    more = slack.chat_appendStream(channel="C0TECH", ts=started["ts"], markdown_text="x")
    assert (await refusal(more))["error"] == "msg_too_long"
    assert len((await slack.chat_stopStream(channel="C0TECH", ts=started["ts"]))["message"]["text"]) == 12_000
