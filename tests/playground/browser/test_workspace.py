"""The workspace around the messages: people, workspaces, threads, places, keyboard, colours, small screens."""

import httpx
from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import Playground
from tests.browser import Visit, in_browser

pytestmark = in_browser


async def test_the_marks_of_channels_and_what_cannot_be_done_there(visit: Visit, playground: Playground) -> None:
    playground.workspace.archive("C0RANDOM", True)
    tab = await visit("?as=lena#/channel/random")
    await expect(tab.get_by_test_id("pill-archived")).to_be_visible()
    await expect(tab.get_by_test_id("cannot-write")).to_contain_text("archived")
    shared = tab.get_by_test_id("channel-shared-harbor-labs")
    await expect(shared).to_contain_text("shared with Harbor Labs")
    await shared.click()
    await expect(tab.get_by_test_id("pill-shared")).to_contain_text("Harbor Labs")
    private = tab.get_by_test_id("channel-harbor-contract")
    await expect(private).to_contain_text("private")
    await tab.get_by_test_id("person-switcher").click()
    await tab.get_by_role("option", name="Otto Berg").click()
    await expect(private).to_have_count(0)
    await tab.goto(tab.url.partition("#")[0] + "#/channel/harbor-contract")
    await expect(tab.get_by_test_id("nowhere")).to_contain_text("private")
    await tab.get_by_test_id("person-switcher").click()
    await tab.get_by_role("option", name="Dora Klein").click()
    await tab.get_by_test_id("channel-tech-support").click()
    await expect(tab.get_by_test_id("cannot-write")).to_contain_text("deactivated")
    await expect(tab.get_by_test_id("person-switcher")).to_contain_text("Deactivated")


async def test_the_page_learns_of_new_people_and_archived_channels(visit: Visit, playground: Playground) -> None:
    tab = await visit("?as=ben#/channel/random")
    await expect(tab.get_by_test_id("composer")).to_be_visible()
    playground.workspace.archive("C0RANDOM", True)
    await expect(tab.get_by_test_id("cannot-write")).to_contain_text("archived")
    playground.workspace.deactivate("U0BEN")
    await expect(tab.get_by_test_id("person-switcher")).to_contain_text("Deactivated")


async def test_person_and_workspace_are_changed_with_the_keyboard_alone(visit: Visit, playground: Playground) -> None:
    tab = await visit("?as=ana#/channel/billing-support")
    await tab.keyboard.press("Control+k")
    await tab.keyboard.type("act as lena")
    await tab.keyboard.press("Enter")
    await expect(tab.get_by_test_id("person-switcher")).to_contain_text("Lena Fischer")
    await tab.keyboard.press("Alt+p")
    await expect(tab.get_by_role("option", name="Lena Fischer")).to_be_focused()
    await tab.keyboard.press("Escape")
    await tab.keyboard.press("Alt+w")
    await tab.keyboard.press("ArrowDown")
    await tab.keyboard.press("Enter")
    await expect(tab.get_by_test_id("team-switcher")).to_contain_text("Harbor Labs")
    await expect(tab.get_by_test_id("channel-operations")).to_be_visible()
    await expect(tab.get_by_test_id("channel-billing-support")).to_have_count(0)
    await tab.get_by_test_id("channel-operations").click()
    await tab.get_by_role("textbox", name="Message #operations").fill("Ahoy")
    await tab.keyboard.press("Enter")
    await expect(tab.get_by_test_id("message")).to_contain_text("Ahoy")
    assert playground.messages.top_level("C1OPS")[0]["team"] == "T0HARBOR"
    await tab.reload()
    await expect(tab.get_by_test_id("team-switcher")).to_contain_text("Harbor Labs")


async def test_a_thread_counts_what_is_new_and_can_speak_to_the_channel(visit: Visit, slack: AsyncWebClient) -> None:
    card = await slack.chat_postMessage(channel="C0TECH", text="The card")
    await slack.chat_postMessage(channel="C0TECH", text="Triaged", thread_ts=card["ts"])
    tab = await visit("?as=ben#/channel/tech-support")
    await tab.get_by_test_id("replies").click()
    await expect(tab.get_by_test_id("divider-count")).to_have_text("1 reply")
    await tab.get_by_test_id("thread-close").click()
    await slack.chat_postMessage(channel="C0TECH", text="And again", thread_ts=card["ts"])
    await expect(tab.get_by_test_id("replies-new")).to_have_text("1 new")
    await tab.get_by_test_id("replies").click()
    await expect(tab.get_by_test_id("replies-new")).to_have_count(0)
    await tab.get_by_test_id("also-send").check()
    await tab.get_by_test_id("thread-composer").fill("For everybody")
    await tab.keyboard.press("Enter")
    in_channel = tab.get_by_test_id("channel-pane").get_by_test_id("message").last
    await expect(in_channel).to_contain_text("For everybody")
    await expect(in_channel).to_contain_text("replied to a thread")
    await expect(tab.get_by_test_id("also-send")).not_to_be_checked()


async def test_what_came_meanwhile_stands_under_a_line(visit: Visit, slack: AsyncWebClient) -> None:
    await slack.chat_postMessage(channel="C0TECH", text="Old")
    tab = await visit("?as=ben#/channel/tech-support")
    await expect(tab.get_by_test_id("divider-day")).to_have_count(1)
    await tab.get_by_test_id("channel-random").click()
    await slack.chat_postMessage(channel="C0TECH", text="New to Ben")
    await expect(tab.get_by_test_id("channel-tech-support").locator(".count")).to_have_text("1")
    await tab.get_by_test_id("channel-tech-support").click()
    line = tab.get_by_test_id("divider-new")
    await expect(line.locator("xpath=following-sibling::article[1]")).to_contain_text("New to Ben")
    await tab.get_by_test_id("message").first.hover()
    await tab.get_by_test_id("message").first.get_by_test_id("message-more").click()
    await tab.get_by_role("option", name="Mark unread").click()
    await expect(tab.get_by_test_id("channel-tech-support").locator(".count")).to_have_text("2")


async def test_people_write_to_each_other(visit: Visit) -> None:
    tab = await visit("?as=ana#/channel/billing-support")
    await tab.get_by_test_id("write-to").click()
    await tab.get_by_role("option", name="Ben Adeyemi").click()
    await tab.get_by_role("textbox", name="Message Ben Adeyemi").fill("Lunch?")
    await tab.keyboard.press("Enter")
    await expect(tab.get_by_test_id("message")).to_contain_text("Lunch?")
    await tab.keyboard.press("Control+k")
    await tab.keyboard.type("act as ben")
    await tab.keyboard.press("Enter")
    await expect(tab.get_by_test_id("person-switcher")).to_contain_text("Ben Adeyemi")
    await tab.get_by_test_id("channel-billing-support").click()
    await tab.locator(".places a", has_text="Ana Ribeiro").click()
    await expect(tab.get_by_test_id("message")).to_contain_text("Lunch?")
    await tab.keyboard.press("Control+k")
    await tab.keyboard.type("act as eva")
    await tab.keyboard.press("Enter")
    await expect(tab.get_by_test_id("person-switcher")).to_contain_text("Eva Novak")
    await expect(tab.get_by_test_id("message").filter(has_text="Lunch?")).to_have_count(0)
    await expect(tab.locator(".places a", has_text="Ana Ribeiro")).to_have_count(0)


async def test_the_app_has_a_place_with_three_parts(visit: Visit, slack: AsyncWebClient) -> None:
    tab = await visit("?as=ana#/home")
    await tab.get_by_test_id("tab-about").click()
    await expect(tab.get_by_test_id("about")).to_contain_text("/triage")
    await slack.chat_postMessage(channel="U0ANA", text="Hello Ana")
    await expect(tab.get_by_test_id("go-home").locator(".count")).to_have_text("1")
    await tab.get_by_test_id("tab-messages").click()
    await expect(tab.get_by_test_id("message")).to_contain_text("Hello Ana")
    await tab.get_by_test_id("composer").fill("Hello Triage Desk")
    await tab.keyboard.press("Enter")
    await expect(tab.get_by_test_id("message")).to_have_count(2)


async def test_ones_own_message_is_changed_and_deleted(visit: Visit) -> None:
    tab = await visit("?as=ben#/channel/tech-support")
    await tab.get_by_test_id("composer").press_sequentially("Ask @ana")
    await tab.keyboard.press("Enter")
    await expect(tab.get_by_test_id("composer")).to_have_value("Ask @Ana Ribeiro ")
    await tab.keyboard.press("Enter")
    message = tab.get_by_test_id("message")
    await expect(message.locator(".mention")).to_have_text("@Ana Ribeiro")
    await message.hover()
    await tab.get_by_test_id("message-more").click()
    await tab.get_by_role("option", name="Edit message").click()
    await tab.get_by_test_id("edit-box").fill("Ask @Eva Novak")
    await tab.keyboard.press("Enter")
    await expect(message.locator(".mention")).to_have_text("@Eva Novak")
    await expect(message).to_contain_text("(edited)")
    await message.hover()
    await tab.get_by_test_id("message-more").click()
    await tab.get_by_role("option", name="Delete message").click()
    await tab.get_by_test_id("confirm-yes").click()
    await expect(message).to_have_count(0)


async def test_messages_are_walked_and_worked_with_the_keyboard(visit: Visit, slack: AsyncWebClient) -> None:
    for number in range(3):
        await slack.chat_postMessage(channel="C0TECH", text=f"Card {number}")
    tab = await visit("?as=ben#/channel/tech-support")
    messages = tab.get_by_test_id("channel-pane").get_by_test_id("message")
    await expect(messages).to_have_count(3)
    await tab.locator(".channel-pane .timeline").focus()
    await tab.keyboard.press("ArrowUp")
    await expect(messages.nth(2)).to_be_focused()
    await tab.keyboard.press("ArrowUp")
    await expect(messages.nth(1)).to_be_focused()
    await tab.keyboard.press("t")
    await expect(tab.get_by_test_id("thread")).to_contain_text("Card 1")
    await messages.nth(1).focus()
    await tab.keyboard.press("r")
    await expect(tab.get_by_test_id("emoji-picker")).to_be_visible()
    await tab.keyboard.press("Escape")
    await messages.nth(0).focus()
    await tab.keyboard.press("Escape")
    await expect(tab.get_by_test_id("composer")).to_be_focused()
    await messages.nth(0).focus()
    await tab.keyboard.press("?")
    await expect(tab.get_by_test_id("keys")).to_contain_text("Change person")
    await tab.keyboard.press("Escape")
    await tab.keyboard.press("Alt+ArrowDown")
    await expect(tab.get_by_test_id("channel-account-support")).to_have_attribute("aria-current", "page")


async def test_news_are_spoken_to_who_cannot_look(visit: Visit, slack: AsyncWebClient) -> None:
    tab = await visit("?as=ben#/channel/tech-support")
    await slack.chat_postMessage(channel="C0TECH", text="P1: everything is down")
    await expect(tab.locator("#announcer[aria-live=polite]")).to_have_text("Triage Desk: P1: everything is down")


async def test_only_its_reader_dismisses_a_whisper(visit: Visit, slack: AsyncWebClient) -> None:
    await slack.chat_postEphemeral(channel="C0TECH", user="U0BEN", text="Already approved")
    tab = await visit("?as=ben#/channel/tech-support")
    await tab.get_by_test_id("dismiss").click()
    await expect(tab.get_by_test_id("ephemeral")).to_have_count(0)


async def test_the_app_says_what_it_is_doing(visit: Visit, playground: Playground) -> None:
    tab = await visit("?as=ben#/channel/tech-support")
    playground.statuses.set("C0TECH", "", {"status": "is thinking…"})
    line = tab.get_by_test_id("channel-pane").get_by_test_id("status-line")
    await expect(line).to_have_text("Triage Desk is thinking…")
    playground.statuses.clear("C0TECH", "")
    await expect(line).to_be_empty()


async def test_colours_follow_the_choice_and_stay(visit: Visit) -> None:
    tab = await visit("?as=ben#/channel/tech-support")
    ground = "getComputedStyle(document.body).backgroundColor"
    bright = await tab.evaluate(ground)
    for _ in range(2):
        await tab.get_by_test_id("theme").click()
    assert await tab.evaluate(ground) != bright
    await tab.reload()
    await tab.wait_for_selector("#live-state[data-live=true]")
    assert await tab.evaluate(ground) != bright


async def test_a_phone_shows_one_part_at_a_time(visit: Visit, page: httpx.AsyncClient, slack: AsyncWebClient) -> None:
    card = await slack.chat_postMessage(channel="C0TECH", text="The card")
    await slack.chat_postMessage(channel="C0TECH", text="Triaged", thread_ts=card["ts"])
    await page.post("/playground/tickets", json={"name": "Tom", "email": "tom@example.com", "text": "Down."})
    tab = await visit("?as=ben#/channel/tech-support")
    await tab.set_viewport_size({"width": 380, "height": 740})
    await expect(tab.get_by_test_id("person-switcher")).to_be_hidden()
    await tab.get_by_test_id("replies").click()
    await expect(tab.get_by_test_id("thread")).to_contain_text("Triaged")
    await tab.get_by_test_id("thread-close").click()
    await tab.get_by_label("Channels and places").click()
    await tab.get_by_test_id("go-helpdesk").click()
    await tab.get_by_test_id("ticket-1").click()
    await expect(tab.get_by_test_id("ticket")).to_contain_text("Down.")
    await expect(tab.get_by_test_id("ticket-1")).to_be_hidden()
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not await tab.evaluate(wide)


async def test_threads_that_concern_a_person_stand_together(
    visit: Visit, slack: AsyncWebClient, playground: Playground
) -> None:
    for text in ("Mine", "Not mine"):
        card = await slack.chat_postMessage(channel="C0TECH", text=f"{text}: the card")
        said = {"user": "U0BEN" if text == "Mine" else "U0EVA", "text": "I take it", "thread_ts": card["ts"]}
        playground.messages.post("C0TECH", said)
        await slack.chat_postMessage(channel="C0TECH", text="Sent", thread_ts=card["ts"])
    tab = await visit("?as=ben#/channel/random")
    await expect(tab.get_by_test_id("go-threads").locator(".count")).to_have_text("1")
    await tab.get_by_test_id("go-threads").click()
    row = tab.get_by_test_id("thread-row")
    await expect(row).to_contain_text("Mine: the card")
    await expect(row).to_contain_text("1 new")
    await row.click()
    await expect(tab.get_by_test_id("thread")).to_contain_text("Sent")
    await expect(tab.get_by_test_id("go-threads").locator(".count")).to_have_count(0)


async def test_what_was_deleted_leaves_its_thread_readable(visit: Visit, playground: Playground) -> None:
    root = playground.messages.post("C0TECH", {"user": "U0EVA", "text": "Gone soon"})
    playground.messages.post("C0TECH", {"user": "U0BEN", "text": "Kept", "thread_ts": root["ts"]})
    tab = await visit(f"?as=ben#/channel/tech-support/{root['ts']}")
    await expect(tab.get_by_test_id("thread")).to_contain_text("Kept")
    playground.messages.delete("C0TECH", root["ts"])
    await expect(tab.get_by_test_id("thread")).to_contain_text("This message was deleted.")
    await expect(tab.get_by_test_id("thread")).to_contain_text("Kept")
