"""A modal on the page, opened as apps open one: by a click."""

from playwright.async_api import Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from tests.browser import Visit
from tests.playground.browser.conftest import acts
from tests.playground.browser.shapes import Object, plain
from tests.playground.running import Bot

OPENER = [
    {
        "type": "actions",
        "elements": [{"type": "button", "action_id": "ticket.edit", "text": plain("Edit"), "value": "1"}],
    }
]


async def opened(visit: Visit, slack: AsyncWebClient, bot: Bot, view: Object) -> tuple[Page, str]:
    """The page with this view open, and the view's id."""
    await slack.chat_postMessage(channel="C0BILLING", text="card", blocks=OPENER)
    tab = await visit("?as=ana#/channel/billing-support")
    await tab.get_by_role("button", name="Edit").click()
    [payload] = await acts(bot, 1)
    made = await slack.views_open(trigger_id=payload["trigger_id"], view=view)
    await expect(tab.get_by_test_id("modal")).to_be_visible()
    return tab, made["view"]["id"]
