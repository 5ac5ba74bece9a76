"""Scheduled messages: said when their time comes, unless taken back or shut out before."""

import asyncio

from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import Playground
from tests.playground.conftest import refusal
from tests.playground.running import Ticking


async def settled(playground: Playground) -> None:
    await asyncio.wait_for(playground.background.settle(), 30)


async def test_a_message_is_said_when_its_time_comes(
    slack: AsyncWebClient, playground: Playground, clock: Ticking
) -> None:
    playground.events = frozenset()
    later = int(clock.at) + 3600
    made = await slack.chat_scheduleMessage(channel="C0TECH", text="Good morning", post_at=later)
    assert made["message"]["type"] == "delayed_message"
    listed = (await slack.chat_scheduledMessages_list())["scheduled_messages"]
    assert [(each["id"], each["post_at"]) for each in listed] == [(made["scheduled_message_id"], later)]
    assert playground.messages.top_level("C0TECH") == []
    clock.advance(3600)
    await settled(playground)
    (said,) = playground.messages.top_level("C0TECH")
    assert (said["text"], said["bot_id"]) == ("Good morning", "B0TRIAGE")
    assert (await slack.chat_scheduledMessages_list())["scheduled_messages"] == []
    gone = slack.chat_deleteScheduledMessage(channel="C0TECH", scheduled_message_id=made["scheduled_message_id"])
    assert (await refusal(gone))["error"] == "invalid_scheduled_message_id"


async def test_a_message_that_was_taken_back_is_never_said(
    slack: AsyncWebClient, playground: Playground, clock: Ticking
) -> None:
    made = await slack.chat_scheduleMessage(channel="C0TECH", text="No", post_at=int(clock.at) + 60)
    await slack.chat_deleteScheduledMessage(channel="C0TECH", scheduled_message_id=made["scheduled_message_id"])
    clock.advance(60)
    await settled(playground)
    assert playground.messages.top_level("C0TECH") == []


async def test_a_channel_that_was_archived_in_between_hears_nothing(
    slack: AsyncWebClient, playground: Playground, clock: Ticking
) -> None:
    await slack.chat_scheduleMessage(channel="C0TECH", text="No", post_at=int(clock.at) + 60)
    playground.workspace.archive("C0TECH", True)
    clock.advance(60)
    await settled(playground)
    assert playground.messages.top_level("C0TECH") == []


async def test_the_next_one_is_listed_first_and_the_list_has_pages(slack: AsyncWebClient, clock: Ticking) -> None:
    for hours in (3, 1, 2):
        await slack.chat_scheduleMessage(channel="C0TECH", text=f"{hours}", post_at=int(clock.at) + hours * 3600)
    first = await slack.chat_scheduledMessages_list(channel="C0TECH", limit=2)
    assert [each["text"] for each in first["scheduled_messages"]] == ["1", "2"]
    cursor = first["response_metadata"]["next_cursor"]
    rest = await slack.chat_scheduledMessages_list(channel="C0TECH", limit=2, cursor=cursor)
    assert [each["text"] for each in rest["scheduled_messages"]] == ["3"]
    early = await slack.chat_scheduledMessages_list(latest=str(int(clock.at) + 3600))
    assert [each["text"] for each in early["scheduled_messages"]] == ["1"]
