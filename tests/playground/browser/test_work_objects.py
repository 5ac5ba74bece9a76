"""What hangs under a message: attachments, and work objects with their details."""

import json

from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import Playground
from tests.browser import Visit, in_browser
from tests.playground.browser.conftest import acts
from tests.playground.browser.shapes import Object, plain
from tests.playground.running import Bot

pytestmark = in_browser

FIELDS = {
    "status": {"value": "Open", "tag_color": "green"},
    "assignee": {"type": "slack#/types/user", "user": {"user_id": "U0BEN"}},
    "description": {"value": "Charged **twice**", "format": "markdown"},
}
TICKET: Object = {
    "entity_type": "slack#/entities/task",
    "url": "https://desk.playground.example/tickets/7",
    "external_ref": {"id": "7"},
    "entity_payload": {
        "attributes": {"title": {"text": "Ticket 7"}, "product_name": "Desk"},
        "fields": FIELDS,
        "custom_fields": [{"key": "tier", "label": "Tier", "value": "gold", "type": "string"}],
        "display_order": ["tier"],
    },
}


async def test_a_work_object_is_shown_and_its_details_are_asked_for(
    visit: Visit, slack: AsyncWebClient, bot: Bot, playground: Playground
) -> None:
    playground.events = frozenset({"entity_details_requested"})
    await slack.chat_postMessage(channel="C0TECH", text="Ticket 7", metadata={"entities": [TICKET]})
    tab = await visit("?as=ana#/channel/tech-support")
    card = tab.get_by_test_id("work-object")
    await expect(card.locator("dt")).to_have_text(["Tier", "status", "assignee", "description"])
    await expect(card.locator("dd")).to_have_text(["gold", "Open", "@Ben Adeyemi", "Charged twice"])
    await card.get_by_role("button", name="Open details").click()
    pane = tab.get_by_test_id("flexpane")
    await expect(pane).to_contain_text("Asking the app")
    event = json.loads((await bot.until(1))[0].body)["event"]
    await slack.entity_presentDetails(trigger_id=event["trigger_id"], metadata=TICKET)
    await expect(pane.get_by_role("link", name="Ticket 7")).to_be_visible()
    await expect(pane.locator(".object-tag-green")).to_have_text("Open")
    await tab.keyboard.press("Escape")
    await expect(pane).to_be_hidden()


async def test_what_the_app_cannot_show_is_said(
    visit: Visit, slack: AsyncWebClient, bot: Bot, playground: Playground
) -> None:
    playground.events = frozenset({"entity_details_requested"})
    await slack.chat_postMessage(channel="C0TECH", text="Ticket 7", metadata={"entities": [TICKET]})
    tab = await visit("?as=ana#/channel/tech-support")
    await tab.get_by_role("button", name="Open details").click()
    event = json.loads((await bot.until(1))[0].body)["event"]
    await slack.entity_presentDetails(trigger_id=event["trigger_id"], error={"status": "not_found"})
    await expect(tab.get_by_test_id("flexpane")).to_contain_text("There is nothing to show")


async def test_an_attachment_is_drawn_with_its_fields_and_worked(visit: Visit, slack: AsyncWebClient, bot: Bot) -> None:
    attachment = {
        "color": "danger",
        "pretext": "Before",
        "title": "Invoice",
        "title_link": "https://example.com",
        "text": "*late*",
        "fields": [{"title": "Sum", "value": "49", "short": True}],
        "footer": "Desk",
    }
    button = {"type": "button", "action_id": "pay", "text": plain("Pay")}
    header = {"type": "header", "text": plain("In blocks")}
    blocks = {"blocks": [header, {"type": "actions", "elements": [button]}]}
    await slack.chat_postMessage(channel="C0TECH", text="t", attachments=[attachment, blocks])
    tab = await visit("?as=ana#/channel/tech-support")
    first, second = tab.get_by_test_id("attachment").first, tab.get_by_test_id("attachment").last
    await expect(first.get_by_role("link", name="Invoice")).to_be_visible()
    await expect(first.locator(".attachment-text strong")).to_have_text("late")
    await expect(first).to_contain_text("Sum49")
    await expect(first).to_contain_text("Desk")
    await expect(second.get_by_role("heading")).to_have_text("In blocks")
    await second.get_by_role("button", name="Pay").click()
    assert (await acts(bot, 1))[0]["actions"][0]["action_id"] == "pay"
