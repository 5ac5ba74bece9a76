"""Every block and element can be read and named, in light and in dark."""

from pathlib import Path

from playwright.async_api import Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from tests.browser import Visit, in_browser
from tests.playground.browser import gallery
from tests.playground.browser.opening import opened
from tests.playground.browser.shapes import form
from tests.playground.running import Bot

pytestmark = in_browser

LOOK = Path(__file__).with_name("readable.js").read_text()


async def _stumbling_blocks(tab: Page, place: str) -> dict[str, list[str]]:
    """By colour scheme, what is too faint or has no name."""
    found = {}
    for scheme in ("light", "dark"):
        await tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        found[scheme] = await tab.locator(place).evaluate(LOOK)
    return found


async def test_messages_are_readable(visit: Visit, slack: AsyncWebClient) -> None:
    for blocks in (gallery.MESSAGE, gallery.FIGURES, gallery.CHARTS):
        await slack.chat_postMessage(channel="C0TECH", text="t", blocks=blocks)
    tab = await visit("?as=ana#/channel/tech-support")
    await expect(tab.get_by_test_id("message")).to_have_count(3)
    assert await _stumbling_blocks(tab, ".message-list") == {"light": [], "dark": []}


async def test_forms_and_their_errors_are_readable(visit: Visit, slack: AsyncWebClient, bot: Bot) -> None:
    inputs = [block for block in [*gallery.MESSAGE, *gallery.INPUTS] if block["type"] in {"input", "actions", "alert"}]
    tab, _ = await opened(visit, slack, bot, form(*inputs))
    await expect(tab.locator(".unknown-block")).to_have_count(0)
    await tab.get_by_test_id("modal-submit").click()
    await expect(tab.get_by_test_id("modal-error").first).to_be_visible()
    assert await _stumbling_blocks(tab, ".modal") == {"light": [], "dark": []}
