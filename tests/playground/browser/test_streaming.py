"""A message that grows while the app writes it."""

from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.credentials import TEAM_ID
from tests.browser import Visit, in_browser
from tests.playground.conftest import refusal

pytestmark = in_browser


async def test_a_growing_message_is_seen_and_stopped(visit: Visit, slack: AsyncWebClient) -> None:
    question = await slack.chat_postMessage(channel="C0TECH", text="Why is it down?")
    tab = await visit(f"?as=ana#/channel/tech-support/{question['ts']}")
    thread = tab.get_by_test_id("thread")
    place = {"channel": "C0TECH", "thread_ts": str(question["ts"])}
    reader = {"recipient_user_id": "U0ANA", "recipient_team_id": TEAM_ID}
    stream = await slack.chat_startStream(**place, **reader, markdown_text="Let me ")
    await expect(thread).to_contain_text("Let me")
    await slack.chat_appendStream(channel="C0TECH", ts=stream["ts"], markdown_text="**look**")
    await expect(thread.locator(".markdown strong")).to_have_text("look")
    await expect(thread.get_by_text("Writing…")).to_be_visible()
    await tab.get_by_test_id("stop-stream").click()
    await expect(thread).to_contain_text("Stopped by Ana Ribeiro")
    refused = await refusal(slack.chat_appendStream(channel="C0TECH", ts=stream["ts"], markdown_text="more"))
    assert refused["error"] == "stopped_by_user"
    await slack.chat_stopStream(channel="C0TECH", ts=stream["ts"])
    await expect(thread.locator(".stream-foot")).to_have_count(0)
    await expect(thread).to_contain_text("Let me look")
