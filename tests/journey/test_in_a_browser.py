"""The same story, clicked by a person in a real browser on the playground's page."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser import Visit, in_browser
from tests.journey.world import World, world

pytestmark = in_browser


@pytest_asyncio.fixture(loop_scope="session")
async def desk(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as running:
        yield running


@pytest.fixture
def base(desk: World) -> str:
    return desk.url


async def write(page: Page, subject: str, text: str) -> None:
    """Fill in the customer's form and send it."""
    form = page.get_by_test_id("ticket-form")
    await form.get_by_label("Name").fill("Mara Klein")
    await form.get_by_label(re.compile("mail", re.I)).fill("mara@customer.example")
    await form.get_by_label("Subject").fill(subject)
    await form.get_by_label("Message").fill(text)
    await page.get_by_test_id("ticket-send").click()


async def test_a_ticket_is_written_edited_and_answered_on_the_page(desk: World, visit: Visit) -> None:
    page = await visit("?as=ana#/helpdesk")
    await write(page, "Charged twice in May", "I was charged twice on my invoice. Please refund the second payment.")
    await desk.card("Charged twice in May")
    await page.get_by_test_id("channel-billing-support").click()
    card = page.get_by_test_id("message").filter(has_text="Charged twice in May")
    await card.locator("[data-action-id='ticket.edit']").click()
    modal = page.get_by_test_id("modal")
    await modal.locator("textarea").fill("Hello Mara, your money is on its way back.")
    await page.get_by_test_id("modal-submit").click()
    await expect(modal).to_be_hidden()
    await expect(card).to_contain_text("Ana")
    await expect(card.locator("[data-action-id='ticket.approve']")).to_have_count(0)
    ticket = next(one for one in (await desk.client.get("/playground/snapshot")).json()["tickets"])
    await desk.replied(ticket["id"])
    await page.goto(f"{desk.url}/?as=ana#/helpdesk/{ticket['id']}")
    await expect(page.get_by_test_id("ticket")).to_contain_text("your money is on its way back")


async def test_an_outsiders_click_changes_nothing_and_says_why(desk: World, visit: Visit) -> None:
    await desk.writes("Charged twice in July", "I was charged twice on my invoice. Please refund the second payment.")
    await desk.card("Charged twice in July")
    page = await visit("?as=otto#/channel/billing-support")
    card = page.get_by_test_id("message").filter(has_text="Charged twice in July")
    await card.locator("[data-action-id='ticket.approve']").click()
    await expect(page.get_by_test_id("ephemeral")).to_contain_text("Only")
    await expect(card.locator("[data-action-id='ticket.approve']")).to_be_visible()


async def test_a_vague_ticket_is_settled_by_one_click(desk: World, visit: Visit) -> None:
    await desk.writes("Hm", "It does not work.")
    message = await desk.card("Hm", shows="ticket.category.1")
    page = await visit(f"?as=lena#/channel/{message['channel']}")
    card = page.get_by_test_id("message").filter(has=page.locator("[data-action-id='ticket.category.1']"))
    await card.locator("[data-action-id='ticket.category.1']").click()
    await expect(page.locator("[data-action-id='ticket.category.1']")).to_have_count(0)


async def test_a_card_moves_with_its_ticket(desk: World, visit: Visit) -> None:
    await desk.writes("Charged twice in June", "I was charged twice on my invoice. Please refund the second payment.")
    await desk.card("Charged twice in June")
    page = await visit("?as=ana#/channel/billing-support")
    card = page.get_by_test_id("message").filter(has_text="Charged twice in June")
    await card.locator("[data-action-id='ticket.reassign']").click()
    await page.get_by_test_id("modal").locator("[data-action-id='team']").click()
    await page.get_by_role("option", name=re.compile("tech.support", re.I)).first.click()
    await page.get_by_test_id("modal-submit").click()
    await page.get_by_test_id("channel-tech-support").click()
    moved = page.get_by_test_id("message").filter(has_text="Charged twice in June")
    await expect(moved.locator("[data-action-id='ticket.approve']")).to_be_visible()
