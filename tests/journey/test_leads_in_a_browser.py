"""What agents and leads ask for, clicked and typed by a person in a real browser on the playground's page."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser import Visit, in_browser
from tests.journey.world import World, world

pytestmark = in_browser
TEXT = "I was charged twice on my invoice. Please refund the second payment."


@pytest_asyncio.fixture(loop_scope="session")
async def desk(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as running:
        await running.writes("Charged twice in May", TEXT)
        await running.card("Charged twice in May")
        yield running


@pytest.fixture
def base(desk: World) -> str:
    return desk.url


async def test_the_home_has_what_waits(visit: Visit) -> None:
    page = await visit("?as=ana#/home")
    await expect(page.get_by_test_id("home")).to_contain_text("Charged twice in May")


async def test_stats_are_asked_for_and_shared(visit: Visit) -> None:
    page = await visit("?as=ana#/channel/billing-support")
    await page.get_by_test_id("composer").fill("/triage stats 7d")
    await page.keyboard.press("Enter")
    told = page.get_by_test_id("ephemeral").filter(has_text="Last 7 days")
    await expect(told).to_contain_text("1 came in, 0 answered")
    await expect(told).to_contain_text("tickets read at 2 min")
    await told.locator("[data-action-id='stats.share']").click()
    shared = page.get_by_test_id("message").filter(has_text="Last 7 days").filter(has_not_text="Only visible to you")
    await expect(shared.last).to_contain_text("1 came in")


async def test_a_question_is_asked_and_answered_with_its_tickets(visit: Visit) -> None:
    page = await visit("?as=ana#/home/messages")
    await page.reload()  # the page learns of a conversation that was opened just now
    await page.get_by_test_id("composer").fill("What is burning in billing support?")
    await page.keyboard.press("Enter")
    await page.get_by_test_id("replies").click()
    await expect(page.get_by_test_id("thread")).to_contain_text("Charged twice in May")


async def test_a_tickets_link_shows_the_ticket(desk: World, visit: Visit) -> None:
    ticket = next(one for one in (await desk.client.get("/playground/snapshot")).json()["tickets"])
    page = await visit("?as=ana#/channel/billing-support")
    box = page.get_by_test_id("composer")
    await box.fill(f"Who takes {desk.url}/agent/tickets/{ticket['id']} ?")
    await page.keyboard.press("Enter")
    shown = page.get_by_test_id("work-object")
    await expect(shown).to_contain_text("Charged twice in May")
    await shown.get_by_role("button", name="Open details").click()
    await expect(page.get_by_test_id("flexpane")).to_contain_text("Billing Support")
