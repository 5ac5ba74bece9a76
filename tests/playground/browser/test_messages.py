"""Channels, cards, threads and what only one person sees."""

import asyncio
import re
from dataclasses import replace

import httpx
from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.manifest import Shortcut
from bot.playground.server import Playground
from bot.playground.shown import by_bot
from bot.playground.team import HOME
from tests.browser import Visit, in_browser
from tests.playground.browser.conftest import acts
from tests.playground.running import Bot

pytestmark = in_browser

CARD = [
    {"type": "header", "text": {"type": "plain_text", "text": "P2 · Charged twice"}},
    {
        "type": "actions",
        "block_id": "decide",
        "elements": [
            {
                "type": "button",
                "action_id": "ticket.approve",
                "style": "primary",
                "value": "17",
                "text": {"type": "plain_text", "text": "Approve"},
            },
            {
                "type": "overflow",
                "action_id": "ticket.more",
                "options": [
                    {"text": {"type": "plain_text", "text": "Claim"}, "value": "claim"},
                    {"text": {"type": "plain_text", "text": "Snooze"}, "value": "snooze"},
                ],
            },
        ],
    },
]


async def test_a_click_reaches_the_app_and_the_card_changes_in_place(
    visit: Visit, slack: AsyncWebClient, bot: Bot
) -> None:
    tab = await visit("?as=ana#/channel/billing-support")
    posted = await slack.chat_postMessage(channel="C0BILLING", text="P2", blocks=CARD)
    await tab.get_by_role("button", name="Approve").click()
    [payload] = await acts(bot, 1)
    assert payload["user"]["id"] == "U0ANA"
    assert payload["actions"][0]["value"] == "17"
    assert payload["message"]["ts"] == posted["ts"]
    await slack.chat_update(channel="C0BILLING", ts=posted["ts"], text="Approved by <@U0ANA>", blocks=[])
    card = tab.locator(f'[data-testid=message][data-ts="{posted["ts"]}"]')
    await expect(card).to_contain_text("Approved by @Ana Ribeiro")
    await expect(card).to_contain_text("(edited)")
    await expect(card.get_by_role("button", name="Approve")).to_have_count(0)


async def test_an_overflow_menu_is_used_with_the_keyboard_alone(visit: Visit, slack: AsyncWebClient, bot: Bot) -> None:
    await slack.chat_postMessage(channel="C0BILLING", text="P2", blocks=CARD)
    tab = await visit("?as=ben#/channel/billing-support")
    menu = tab.locator("[data-action-id='ticket.more']")
    await menu.focus()
    await tab.keyboard.press("Enter")
    await expect(tab.get_by_role("option", name="Claim")).to_be_focused()
    await tab.keyboard.press("Escape")
    await expect(tab.get_by_test_id("menu")).to_have_count(0)
    await expect(menu).to_be_focused()
    for key in ("Enter", "ArrowDown", "Enter"):
        await tab.keyboard.press(key)
    [payload] = await acts(bot, 1)
    action = payload["actions"][0]
    assert action["selected_option"]["value"] == "snooze"


async def test_a_second_click_on_a_menus_button_closes_it(visit: Visit, slack: AsyncWebClient) -> None:
    await slack.chat_postMessage(channel="C0BILLING", text="P2", blocks=CARD)
    tab = await visit("?as=ben#/channel/billing-support")
    button = tab.locator("[data-action-id='ticket.more']")
    for open_menus in (1, 0, 1):
        await button.click()
        await expect(tab.get_by_test_id("menu")).to_have_count(open_menus)


async def test_a_silent_app_is_named_on_the_page(
    visit: Visit, slack: AsyncWebClient, bot: Bot, playground: Playground
) -> None:
    await slack.chat_postMessage(channel="C0BILLING", text="P2", blocks=CARD)
    await bot.until(1)  # the message's own event: it must not be what is left hanging
    playground.line.ack_seconds = 0.5
    never = asyncio.Event()

    async def hang(_: object) -> None:
        await never.wait()

    bot.replies.append(hang)
    tab = await visit("?as=ana#/channel/billing-support")
    await tab.get_by_role("button", name="Approve").click()
    await expect(tab.get_by_test_id("toast").first).to_contain_text("did not respond within 3 seconds")
    never.set()


async def test_what_is_ephemeral_is_seen_by_one_person_only(visit: Visit, slack: AsyncWebClient) -> None:
    tab = await visit("?as=ben#/channel/billing-support")
    await slack.chat_postEphemeral(channel="C0BILLING", user="U0BEN", text="Already approved by *Ana*")
    whisper = tab.get_by_test_id("ephemeral")
    await expect(whisper).to_contain_text("Only visible to you")
    await expect(whisper.locator("strong")).to_have_text("Ana")
    await tab.get_by_test_id("person-switcher").click()
    await tab.get_by_role("option", name="Chloe Martin").click()
    await expect(tab.get_by_test_id("person-switcher")).to_contain_text("Chloe Martin")
    await expect(tab.get_by_test_id("ephemeral")).to_have_count(0)
    assert "as=chloe" in tab.url


async def test_a_thread_opens_beside_the_channel_and_takes_replies(visit: Visit, slack: AsyncWebClient) -> None:
    posted = await slack.chat_postMessage(channel="C0TECH", text="The card")
    await slack.chat_postMessage(channel="C0TECH", thread_ts=posted["ts"], text="Triaged")
    tab = await visit("?as=ben#/channel/tech-support")
    await tab.get_by_test_id("replies").click()
    thread = tab.get_by_test_id("thread")
    await expect(thread).to_contain_text("Triaged")
    await tab.get_by_test_id("thread-composer").fill("I take it")
    await tab.keyboard.press("Enter")
    await expect(thread.get_by_test_id("message")).to_have_count(3)
    await expect(tab.get_by_test_id("replies")).to_contain_text("2 replies")


async def test_new_messages_are_counted_and_mentions_marked(visit: Visit, slack: AsyncWebClient) -> None:
    tab = await visit("?as=ana#/channel/billing-support")
    await slack.chat_postMessage(channel="C0TECH", text="One")
    await expect(tab.get_by_test_id("channel-tech-support").locator(".count")).to_have_text("1")
    await slack.chat_postMessage(channel="C0TECH", text="<@U0ANA> two")
    await expect(tab.get_by_test_id("channel-tech-support").locator(".count")).to_have_text("@1")
    await tab.get_by_test_id("channel-tech-support").click()
    await expect(tab.get_by_test_id("channel-tech-support").locator(".count")).to_have_count(0)


async def test_a_slash_command_is_completed_and_sent(visit: Visit, bot: Bot) -> None:
    tab = await visit("?as=lena#/channel/billing-support")
    await tab.get_by_test_id("composer").press_sequentially("/tri")
    await tab.keyboard.press("Tab")
    await expect(tab.get_by_test_id("composer")).to_have_value("/triage ")
    await expect(tab.get_by_test_id("usage")).to_contain_text("queue [TEAM]")
    await expect(tab.get_by_role("option", name="/triage mine")).to_be_visible()
    await tab.get_by_test_id("composer").press_sequentially("stats 7d")
    await tab.keyboard.press("Enter")
    [delivery] = await bot.until(1)
    assert (delivery.form["command"], delivery.form["text"]) == ("/triage", "stats 7d")
    await expect(tab.get_by_test_id("composer")).to_have_value("")


async def test_markup_from_outside_stays_text(visit: Visit, slack: AsyncWebClient) -> None:
    hostile = "<img src=x onerror=alert(1)> &lt;b&gt; <javascript:alert(1)|click> <!channel>"
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": hostile}},
        {"type": "markdown", "text": "[x](javascript:alert(1)) <script>alert(1)</script>"},
    ]
    await slack.chat_postMessage(channel="C0TECH", text="hostile", blocks=blocks)
    tab = await visit("?as=ben#/channel/tech-support")
    message = tab.get_by_test_id("message")
    await expect(message).to_contain_text("<b>")
    await expect(message).to_contain_text("<script>alert(1)</script>")
    await expect(message.locator("img, script, b, a[href^=javascript]")).to_have_count(0)


async def test_a_thousand_cards_are_drawn_a_page_at_a_time(
    visit: Visit, page: httpx.AsyncClient, slack: AsyncWebClient
) -> None:
    for number in range(240):
        await slack.chat_postMessage(channel="C0TECH", text=f"Card {number}")
    tab = await visit("?as=ben#/channel/tech-support")
    messages = tab.get_by_test_id("message")
    await expect(messages.last).to_have_text(re.compile("Card 239$"))
    assert await messages.count() <= 100
    scroller = tab.locator(".channel-pane .scroller")
    while not await tab.get_by_test_id("opening").is_visible():
        await scroller.evaluate("node => node.scrollTo(0, 0)")
        await tab.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    await expect(messages.first).to_have_text(re.compile("Card 0$"))
    assert await messages.count() <= 150
    await tab.get_by_test_id("jump").click()
    await expect(messages.last).to_have_text(re.compile("Card 239$"))


async def test_the_page_catches_up_after_it_was_cut_off(visit: Visit, slack: AsyncWebClient) -> None:
    tab = await visit("?as=ben#/channel/tech-support")
    await tab.context.set_offline(True)
    await slack.chat_postMessage(channel="C0TECH", text="Said meanwhile")
    await tab.context.set_offline(False)
    await expect(tab.get_by_test_id("message")).to_contain_text("Said meanwhile")


async def test_a_permalink_leads_to_the_message_on_this_page(visit: Visit, slack: AsyncWebClient) -> None:
    card = await slack.chat_postMessage(channel="C0BILLING", text="The card itself")
    link = (await slack.chat_getPermalink(channel="C0BILLING", message_ts=card["ts"]))["permalink"]
    await slack.chat_postMessage(channel="C0TECH", text=f"Escalated: <{link}|see the card>")
    tab = await visit("?as=ben#/channel/tech-support")
    await tab.get_by_role("link", name="see the card").click()
    card_shown = tab.get_by_test_id("channel-pane").locator(".message.revealed")
    await expect(card_shown).to_contain_text("The card itself")
    await expect(card_shown).to_be_focused()
    await expect(tab.get_by_test_id("thread")).to_have_count(0)


async def test_who_reads_above_is_told_of_news_below(visit: Visit, slack: AsyncWebClient) -> None:
    for number in range(60):
        await slack.chat_postMessage(channel="C0TECH", text=f"Card {number}")
    tab = await visit("?as=ben#/channel/tech-support")
    await expect(tab.get_by_test_id("message").last).to_be_in_viewport()
    await tab.locator(".channel-pane .scroller").evaluate("node => node.scrollTo(0, 300)")
    await slack.chat_postMessage(channel="C0TECH", text="The news")
    news = tab.get_by_test_id("channel-pane").get_by_text("The news")
    await expect(news).not_to_be_in_viewport()
    await tab.get_by_test_id("jump").click()
    await expect(news).to_be_in_viewport()
    await expect(tab.get_by_test_id("jump")).to_be_hidden()


async def test_a_busy_workspace_leaves_the_keyboard_where_it_was(visit: Visit, slack: AsyncWebClient) -> None:
    tab = await visit("?as=ben#/channel/billing-support")
    place = tab.get_by_test_id("channel-tech-support")
    await place.focus()
    await slack.chat_postMessage(channel="C0TECH", text="One")
    await expect(place.locator(".count")).to_have_text("1")
    await expect(place).to_be_focused()


async def test_a_guest_sees_only_their_channels(visit: Visit) -> None:
    tab = await visit("?as=gina#/channel/general-support")
    await expect(tab.get_by_test_id("channel-random")).to_be_visible()
    await expect(tab.get_by_test_id("channel-billing-support")).to_have_count(0)
    await expect(tab.get_by_test_id("person-switcher")).to_contain_text("Guest")


async def test_a_reaction_is_shown_with_who_gave_it(visit: Visit, slack: AsyncWebClient) -> None:
    await slack.chat_postMessage(channel="C0TECH", text="The card")
    tab = await visit("?as=ben#/channel/tech-support")
    await tab.get_by_test_id("message").hover()
    await tab.locator("[data-reaction=eyes]").click()
    chip = tab.get_by_role("button", name="1 reacted with eyes: You")
    await chip.click()
    await expect(chip).to_have_count(0)
    await tab.get_by_test_id("message").hover()
    await tab.get_by_test_id("react").click()
    await tab.get_by_label("Search emoji").fill("tada")
    await tab.keyboard.press("Enter")
    await expect(tab.get_by_role("button", name="1 reacted with tada: You")).to_be_visible()
    await tab.get_by_test_id("person-switcher").click()
    await tab.get_by_role("option", name="Eva Novak").click()
    await expect(tab.get_by_role("button", name="1 reacted with tada: Ben Adeyemi")).to_be_visible()


async def test_the_shortcuts_of_the_manifest_are_offered_and_sent(
    visit: Visit, slack: AsyncWebClient, bot: Bot, playground: Playground
) -> None:
    on_message = Shortcut("Triage this message", "triage_message", "", on_message=True)
    anywhere = Shortcut("Write a ticket", "new_ticket", "", on_message=False)
    playground.manifest = replace(playground.manifest, shortcuts=(on_message, anywhere))
    playground.events = frozenset()
    posted = await slack.chat_postMessage(channel="C0TECH", text="Please look")
    tab = await visit("?as=ben#/channel/tech-support")
    await tab.get_by_test_id("message").hover()
    await tab.get_by_test_id("message-more").click()
    await expect(tab.get_by_role("option", name="Write a ticket")).to_have_count(0)
    await tab.get_by_role("option", name="Triage this message").click()
    await tab.get_by_test_id("shortcuts").click()
    await tab.get_by_role("option", name="Write a ticket").click()
    first, second = await acts(bot, 2)
    assert (first["type"], first["callback_id"]) == ("message_action", "triage_message")
    assert first["message"]["ts"] == posted["ts"]
    assert (second["type"], second["callback_id"]) == ("shortcut", "new_ticket")
    assert "channel" not in second


async def test_an_unknown_block_is_named_rather_than_dropped(visit: Visit, playground: Playground) -> None:
    playground.messages.post("C0TECH", {**by_bot(HOME), "text": "x", "blocks": [{"type": "hologram"}]})
    tab = await visit("?as=ben#/channel/tech-support")
    await expect(tab.get_by_test_id("message")).to_contain_text("Unknown block: hologram")
