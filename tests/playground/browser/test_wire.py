"""The wire inspector and the switches for faults."""

import httpx
from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import Playground
from tests.browser import Visit, in_browser
from tests.playground.conftest import refusal

pytestmark = in_browser


async def test_exchanges_are_filtered_opened_whole_and_written_as_commands(
    visit: Visit, slack: AsyncWebClient, zendesk: httpx.AsyncClient, page: httpx.AsyncClient, playground: Playground
) -> None:
    playground.events = frozenset()
    await page.post("/playground/tickets", json={"name": "Tom", "email": "tom@example.com", "text": "It is down."})
    await playground.background.settle()
    await zendesk.get("/tickets/1.json")
    await slack.chat_postMessage(channel="C0TECH", text="x" * 3_000 + " the very end")
    await refusal(slack.chat_postMessage(channel="C404", text="Lost"))
    tab = await visit("?as=ana#/helpdesk")
    await tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await tab.get_by_test_id("wire-toggle").click()
    rows = tab.get_by_test_id("wire").locator(".wire-row")
    await expect(rows).to_have_count(4)
    for kind, word in (("webhooks", "ticket.created"), ("helpdesk", "zendesk GET"), ("calls", "chat.postMessage")):
        await tab.get_by_test_id("wire-kind").select_option(kind)
        await expect(rows.first).to_contain_text(word)
    await tab.get_by_test_id("wire-refused").check()
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text("channel_not_found")
    await tab.get_by_test_id("wire-refused").uncheck()
    await tab.get_by_test_id("wire-filter").fill("C0TECH")
    await expect(rows).to_have_count(1)
    await rows.locator("summary").click()
    await expect(rows).to_contain_text("the very end")
    await tab.get_by_test_id("copy-curl").click()
    copied = await tab.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("curl ")
    assert "/api/chat.postMessage" in copied
    assert "Bearer xoxb-playground" in copied


async def test_a_paused_inspector_stands_still(visit: Visit, slack: AsyncWebClient, playground: Playground) -> None:
    playground.events = frozenset()
    playground.prepare("Reading the shipped examples: 256 of 900.")  # what a first start tells, above all of it
    tab = await visit("?as=ana#/helpdesk")
    await expect(tab.get_by_test_id("preparing")).to_contain_text("256 of 900. Tickets are taken meanwhile")
    playground.prepare("")
    await expect(tab.get_by_test_id("preparing")).to_be_hidden()
    await tab.get_by_test_id("wire-toggle").click()
    await slack.auth_test()
    rows = tab.get_by_test_id("wire").locator(".wire-row")
    await expect(rows).to_have_count(1)
    await tab.get_by_test_id("wire-pause").click()
    await slack.auth_test()
    await expect(tab.get_by_test_id("wire")).to_contain_text("1 waiting")
    await expect(rows).to_have_count(1)
    await tab.get_by_test_id("wire-pause").click()
    await expect(rows).to_have_count(2)


async def test_many_exchanges_draw_few_rows(visit: Visit, slack: AsyncWebClient, playground: Playground) -> None:
    playground.events = frozenset()
    tab = await visit("?as=ana#/helpdesk")
    await tab.get_by_test_id("wire-toggle").click()
    for number in range(400):
        playground.log.record("from_bot", "api.test", {"number": number}, {"ok": True}, 200, 0.0)
    wire = tab.get_by_test_id("wire")
    await expect(wire).to_contain_text("of 400")
    assert await wire.locator(".wire-row").count() <= 150


async def test_faults_are_switched_on_and_off(visit: Visit, slack: AsyncWebClient, playground: Playground) -> None:
    tab = await visit("?as=ana#/helpdesk")
    await tab.get_by_test_id("faults").click()
    await tab.get_by_label("Rate limits").check()
    await tab.get_by_label("Slack’s server fails").check()
    await expect(tab.get_by_test_id("faults")).to_contain_text("1 on")
    assert playground.rates.on
    assert [fault.kind for fault in playground.faults.plan] == ["error500"]
    await tab.get_by_test_id("calm").click()
    await expect(tab.get_by_test_id("faults")).to_have_text("Faults")
    assert playground.rates.on
    assert playground.faults.plan == ()
