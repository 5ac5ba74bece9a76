"""The customer's side: writing a ticket, seeing the reply, writing again."""

import httpx
from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from tests.browser import Visit, in_browser
from tests.playground.running import Bot

pytestmark = in_browser


async def test_a_customer_writes_and_sees_the_reply_but_not_the_note(
    visit: Visit, bot: Bot, zendesk: httpx.AsyncClient
) -> None:
    tab = await visit("?as=ana#/helpdesk")
    await tab.get_by_test_id("example-0").click()
    await tab.get_by_test_id("ticket-send").click()
    ticket = tab.locator("[data-testid=ticket]")
    await expect(ticket).to_contain_text("Charged twice for March")
    [webhook] = await bot.until(1)
    assert webhook.path == "/webhooks/zendesk"
    for body, public in (("A note about the card", False), ("The refund is on its way", True)):
        await zendesk.put("/tickets/1.json", json={"ticket": {"comment": {"body": body, "public": public}}})
    await expect(ticket).to_contain_text("The refund is on its way")
    await expect(ticket.get_by_test_id("note")).to_have_count(0)
    await tab.get_by_test_id("side-agent").click()
    await expect(ticket.get_by_test_id("note")).to_contain_text("A note about the card")
    await expect(ticket.get_by_test_id("note")).to_contain_text("Internal note")
    await expect(tab.get_by_test_id("ticket-1")).to_contain_text("answered")


async def test_a_customer_writes_again(visit: Visit, bot: Bot, page: httpx.AsyncClient) -> None:
    letter = {"name": "Tom", "email": "tom@example.com", "subject": "Down", "text": "It is down."}
    await page.post("/playground/tickets", json=letter)
    tab = await visit("?as=ana#/helpdesk/1")
    await tab.get_by_test_id("write-again").fill("Still down!")
    await tab.get_by_role("button", name="Send as customer").click()
    await expect(tab.get_by_test_id("comment").last).to_contain_text("Still down!")
    await expect(tab.get_by_test_id("write-again")).to_have_value("")
    assert len(await bot.until(2)) == 2


async def test_the_newcomers_strip_goes_for_good(visit: Visit) -> None:
    tab = await visit("")
    await tab.get_by_test_id("welcome-dismiss").click()
    await tab.reload()
    await tab.wait_for_selector("#live-state[data-live=true]")
    await expect(tab.get_by_test_id("welcome")).to_have_count(0)


async def test_a_ticket_leads_to_its_card_and_the_card_back_to_the_ticket(
    visit: Visit, page: httpx.AsyncClient, zendesk: httpx.AsyncClient, slack: AsyncWebClient
) -> None:
    for subject in ("Charged twice", "Locked out"):
        letter = {"name": "Tom", "email": "tom@example.com", "subject": subject, "text": "Help."}
        await page.post("/playground/tickets", json=letter)
    url = "https://playground.zendesk.com/agent/tickets/2"
    card = await slack.chat_postMessage(channel="C0ACCOUNT", text=f"P2: <{url}|Locked out>")
    link = (await slack.chat_getPermalink(channel="C0ACCOUNT", message_ts=card["ts"]))["permalink"]
    note = {"comment": {"body": f"Slack: {link}", "public": False}, "priority": "high", "tags": ["triage_p2"]}
    await zendesk.put("/tickets/2.json", json={"ticket": note})
    tab = await visit("?as=ana#/helpdesk")
    await tab.get_by_test_id("ticket-search").fill("locked")
    await expect(tab.get_by_test_id("ticket-1")).to_have_count(0)
    await tab.get_by_test_id("ticket-2").click()
    await tab.get_by_test_id("side-agent").click()
    for fact in ("high", "triage_p2"):
        await expect(tab.locator(".facts")).to_contain_text(fact)
    await tab.get_by_test_id("to-card").click()
    shown = tab.get_by_test_id("channel-pane").get_by_test_id("message")
    await expect(shown).to_contain_text("Locked out")
    await shown.get_by_role("link", name="Locked out").click()
    await expect(tab.get_by_test_id("ticket")).to_contain_text("Locked out")
