"""What the agent is doing: shown in the thread until it speaks, or for two minutes."""

from typing import Any

import httpx
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import Playground
from tests.playground.methods.stage import SCOPES
from tests.playground.running import Ticking

IN_TECH: dict[str, Any] = {"channel_id": "C0TECH"}


@pytest.fixture
def thread(playground: Playground) -> str:
    playground.scopes = SCOPES
    return str(playground.messages.post("C0TECH", {"user": "U0BEN", "text": "Why?"})["ts"])


async def test_a_status_stands_in_the_thread_until_the_app_speaks_there(
    slack: AsyncWebClient, playground: Playground, page: httpx.AsyncClient, thread: str
) -> None:
    await slack.assistant_threads_setStatus(**IN_TECH, thread_ts=thread, status="is reading…", loading_messages=["Hm"])
    (status,) = (await page.get("/playground/snapshot")).json()["statuses"]
    assert (status["thread_ts"], status["status"], status["loading_messages"]) == (thread, "is reading…", ["Hm"])
    await slack.chat_postMessage(channel="C0TECH", text="Elsewhere")
    assert playground.statuses.shown()
    await slack.chat_postMessage(channel="C0TECH", text="Here", thread_ts=thread)
    assert playground.statuses.shown() == []


async def test_a_status_goes_after_two_minutes_or_when_it_is_emptied(
    slack: AsyncWebClient, playground: Playground, clock: Ticking, thread: str
) -> None:
    await slack.assistant_threads_setStatus(**IN_TECH, thread_ts=thread, status="is reading…")
    clock.advance(121)
    assert playground.statuses.shown() == []
    await slack.assistant_threads_setStatus(**IN_TECH, thread_ts=thread, status="is reading…")
    await slack.assistant_threads_setStatus(**IN_TECH, thread_ts=thread, status="")
    assert playground.statuses.shown() == []


async def test_a_stream_that_begins_takes_the_status_away(
    slack: AsyncWebClient, playground: Playground, thread: str
) -> None:
    await slack.assistant_threads_setStatus(**IN_TECH, thread_ts=thread, status="is reading…")
    recipient: dict[str, Any] = {"recipient_user_id": "U0BEN", "recipient_team_id": "T0PLAY"}
    await slack.chat_startStream(channel="C0TECH", thread_ts=thread, **recipient)
    assert playground.statuses.shown() == []


async def test_title_and_prompts_are_kept_for_the_page(
    slack: AsyncWebClient, page: httpx.AsyncClient, thread: str
) -> None:
    prompts = [{"title": "Refund?", "message": "May I refund this?"}]
    await slack.assistant_threads_setTitle(**IN_TECH, thread_ts=thread, title="Refunds")
    await slack.assistant_threads_setSuggestedPrompts(**IN_TECH, thread_ts=thread, prompts=prompts, title="Ask")
    (known,) = (await page.get("/playground/snapshot")).json()["threads"]
    assert known["title"] == "Refunds"
    assert known["prompts"] == {"title": "Ask", "prompts": prompts}


async def test_a_session_is_made_once_and_keeps_its_title_and_looks(
    slack: AsyncWebClient, page: httpx.AsyncClient, thread: str
) -> None:
    place: dict[str, Any] = {**IN_TECH, "thread_ts": thread}
    first = await slack.agents_sessions_setStatus(
        **place, status="processing", title="First", initiator_user_id="U0BEN", username="Helper"
    )
    second = await slack.agents_sessions_setStatus(**place, status="suspended", title="Second")
    assert (first["title"], second["title"], second["agent_status"]) == ("First", "First", "suspended")
    assert (await slack.agents_sessions_rename(**place, title="Renamed"))["title"] == "Renamed"
    cleared = {**place, "status": "closed", "username": None}
    await slack.api_call("agents.sessions.setStatus", json=cleared)
    (session,) = (await page.get("/playground/snapshot")).json()["sessions"]
    assert (session["user"], session["title"], session["status"]) == ("U0BEN", "Renamed", "closed")
    assert session["username"] == ""


async def test_a_session_at_work_shows_a_status(slack: AsyncWebClient, playground: Playground, thread: str) -> None:
    place: dict[str, Any] = {**IN_TECH, "thread_ts": thread}
    await slack.agents_sessions_setStatus(**place, status="processing")
    assert [status["thread_ts"] for status in playground.statuses.shown()] == [thread]
    await slack.agents_sessions_setStatus(**place, status="active")
    assert playground.statuses.shown() == []
