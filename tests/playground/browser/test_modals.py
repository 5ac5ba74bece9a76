"""Modals: opened by a click, filled in, refused in place, stacked, closed."""

import asyncio
import json

from playwright.async_api import Locator, Page, expect
from slack_sdk.web.async_client import AsyncWebClient
from starlette.responses import JSONResponse, Response

from tests.browser import Visit, in_browser
from tests.playground.browser.conftest import acts
from tests.playground.browser.opening import OPENER, opened
from tests.playground.browser.shapes import asked, form, option, plain
from tests.playground.running import Bot

pytestmark = in_browser


REPLY = {
    "type": "input",
    "block_id": "reply",
    "label": plain("Reply"),
    "element": {
        "type": "plain_text_input",
        "action_id": "text",
        "multiline": True,
        "initial_value": "Dear Nadia",
        "max_length": 3000,
    },
}
TEAM = {
    "type": "input",
    "block_id": "team",
    "label": plain("Team"),
    "element": {
        "type": "static_select",
        "action_id": "team",
        "options": [option(w) for w in ("Billing", "Tech")],
    },
}


def reply_box(tab: Page) -> Locator:
    return tab.get_by_role("textbox", name="Reply", exact=True)


async def test_what_was_prefilled_is_submitted_untouched(visit: Visit, slack: AsyncWebClient, bot: Bot) -> None:
    tab, _ = await opened(visit, slack, bot, form(REPLY))
    await expect(reply_box(tab)).to_be_focused()
    await tab.get_by_test_id("modal-submit").click()
    submission = (await acts(bot, 2))[1]
    assert submission["view"]["state"]["values"]["reply"]["text"]["value"] == "Dear Nadia"
    await expect(tab.get_by_test_id("modal")).to_be_hidden()


async def test_an_error_stands_at_its_field_and_goes_when_it_is_mended(
    visit: Visit, slack: AsyncWebClient, bot: Bot
) -> None:
    tab, _ = await opened(visit, slack, bot, form(REPLY, TEAM))
    await tab.get_by_test_id("modal-submit").click()
    await expect(tab.get_by_test_id("modal-error")).to_contain_text("complete this required field")
    await tab.locator("[data-block-id=team] .select").click()
    await tab.get_by_role("option", name="Tech").click()
    bot.replies.append(JSONResponse({"response_action": "errors", "errors": {"reply": "Name the invoice."}}))
    await tab.get_by_test_id("modal-submit").click()
    await expect(tab.get_by_test_id("modal-error")).to_have_text("! Name the invoice.")
    await expect(reply_box(tab)).to_be_focused()
    await expect(reply_box(tab)).to_have_attribute("aria-invalid", "true")
    await reply_box(tab).fill("About LB-2291")
    await tab.get_by_test_id("modal-submit").click()
    await expect(tab.get_by_test_id("modal")).to_be_hidden()
    values = (await acts(bot, 3))[2]["view"]["state"]["values"]
    assert values["reply"]["text"]["value"] == "About LB-2291"
    assert values["team"]["team"]["selected_option"]["value"] == "tech"


async def test_an_update_keeps_what_was_typed(visit: Visit, slack: AsyncWebClient, bot: Bot) -> None:
    tab, view_id = await opened(visit, slack, bot, form(REPLY))
    await reply_box(tab).fill("Half a sentence")
    await slack.views_update(view_id=view_id, view=form(REPLY, TEAM))
    await expect(tab.locator("[data-block-id=team] .select")).to_be_visible()
    await expect(reply_box(tab)).to_have_value("Half a sentence")
    await expect(reply_box(tab)).to_be_focused()


async def test_escape_closes_the_menu_first_and_then_the_modal(visit: Visit, slack: AsyncWebClient, bot: Bot) -> None:
    tab, _ = await opened(visit, slack, bot, form(TEAM))
    await tab.locator("[data-block-id=team] .select").click()
    await expect(tab.get_by_test_id("menu")).to_be_visible()
    await tab.keyboard.press("Escape")
    await expect(tab.get_by_test_id("menu")).to_have_count(0)
    await expect(tab.get_by_test_id("modal")).to_be_visible()
    await tab.keyboard.press("Escape")
    await expect(tab.get_by_test_id("modal")).to_be_hidden()
    await expect(tab.locator("[data-action-id='ticket.edit']")).to_be_focused()


async def test_a_pushed_modal_leads_back_to_the_one_beneath(visit: Visit, slack: AsyncWebClient, bot: Bot) -> None:
    ask = {"type": "actions", "elements": [{"type": "button", "action_id": "more", "text": plain("More")}]}
    tab, _ = await opened(visit, slack, bot, form(REPLY, ask))
    await reply_box(tab).fill("Kept")
    await tab.locator("[data-action-id=more]").click()
    press = (await acts(bot, 2))[1]
    assert press["view"]["state"]["values"]["reply"]["text"]["value"] == "Kept"
    await slack.views_push(trigger_id=press["trigger_id"], view=form(TEAM, title="Second"))
    await expect(tab.get_by_test_id("modal").locator("h2")).to_have_text("Second")
    await tab.get_by_role("button", name="Back").click()
    await expect(tab.get_by_test_id("modal").locator("h2")).to_have_text("Edit the reply")
    await expect(reply_box(tab)).to_have_value("Kept")


async def test_the_windows_own_button_closes_the_whole_stack(visit: Visit, slack: AsyncWebClient, bot: Bot) -> None:
    ask = {"type": "actions", "elements": [{"type": "button", "action_id": "more", "text": plain("More")}]}
    tab, _ = await opened(visit, slack, bot, {**form(ask), "notify_on_close": True})
    await tab.locator("[data-action-id=more]").click()
    press = (await acts(bot, 2))[1]
    second = {**form(TEAM, title="Second"), "notify_on_close": True}
    await slack.views_push(trigger_id=press["trigger_id"], view=second)
    await expect(tab.get_by_test_id("modal").locator("h2")).to_have_text("Second")
    await tab.get_by_test_id("modal-close").click()
    await expect(tab.get_by_test_id("modal")).to_be_hidden()
    told = (await acts(bot, 4))[2:]
    assert [(each["type"], each["is_cleared"]) for each in told] == [("view_closed", True)] * 2


async def test_a_confirm_dialog_stands_before_what_cannot_be_undone(
    visit: Visit, slack: AsyncWebClient, bot: Bot
) -> None:
    question = {
        "title": plain("Delete?"),
        "text": plain("It is gone for good."),
        "confirm": plain("Delete"),
        "deny": plain("Keep"),
        "style": "danger",
    }
    button = {
        "type": "button",
        "action_id": "del",
        "text": plain("Remove"),
        "style": "danger",
        "confirm": question,
    }
    await slack.chat_postMessage(channel="C0BILLING", text="card", blocks=[{"type": "actions", "elements": [button]}])
    tab = await visit("?as=ana#/channel/billing-support")
    await tab.get_by_role("button", name="Remove").click()
    await expect(tab.get_by_test_id("confirm")).to_contain_text("It is gone for good.")
    await tab.get_by_test_id("confirm-deny").click()
    await expect(tab.get_by_test_id("confirm")).to_have_count(0)
    assert await acts(bot, 0) == []
    await tab.get_by_role("button", name="Remove").click()
    await tab.get_by_test_id("confirm-yes").click()
    assert len(await acts(bot, 1)) == 1


async def test_the_home_shows_what_the_app_published(visit: Visit, slack: AsyncWebClient, bot: Bot) -> None:
    tab = await visit("?as=ana#/home")
    await expect(tab.get_by_test_id("home")).to_contain_text("Nothing here yet")
    [opening] = await bot.until(1)
    assert json.loads(opening.body)["event"]["type"] == "app_home_opened"
    blocks = [{"type": "header", "text": plain("Your queue")}, *OPENER]
    await slack.views_publish(user_id="U0ANA", view={"type": "home", "blocks": blocks})
    await tab.get_by_role("button", name="Edit").click()
    payload = (await acts(bot, 1))[0]
    assert payload["view"]["type"] == "home"


async def test_send_waits_until_the_app_has_answered(visit: Visit, slack: AsyncWebClient, bot: Bot) -> None:
    reached, answered = asyncio.Event(), asyncio.Event()

    async def think(_: object) -> Response:
        reached.set()
        await answered.wait()
        return Response()

    tab, _ = await opened(visit, slack, bot, form(REPLY))
    bot.replies.append(think)
    send = tab.get_by_test_id("modal-submit")
    await send.click()
    await reached.wait()
    await expect(send).to_be_disabled()
    await expect(send).to_have_attribute("aria-busy", "true")
    answered.set()
    await expect(tab.get_by_test_id("modal")).to_be_hidden()


async def test_a_form_that_was_not_taken_stays_as_it_was_written(visit: Visit, slack: AsyncWebClient, bot: Bot) -> None:
    tab, _ = await opened(visit, slack, bot, form(REPLY))
    await reply_box(tab).fill("About LB-2291")
    bot.replies.append(Response(status_code=500))
    await tab.get_by_test_id("modal-submit").click()
    await expect(tab.locator(".form-error")).to_contain_text("HTTP 500")
    await expect(reply_box(tab)).to_have_value("About LB-2291")
    await expect(tab.get_by_test_id("modal-submit")).to_be_enabled()


async def test_the_keyboard_stays_in_the_modal_and_escape_answers_the_question_first(
    visit: Visit, slack: AsyncWebClient, bot: Bot
) -> None:
    question = {"title": plain("Sure?"), "text": plain("Gone."), "confirm": plain("Yes"), "deny": plain("No")}
    button = {"type": "button", "action_id": "drop", "text": plain("Drop"), "confirm": question}
    tab, _ = await opened(visit, slack, bot, form(REPLY, TEAM, {"type": "actions", "elements": [button]}))
    for _ in range(12):
        await tab.keyboard.press("Tab")
        assert await tab.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('.modal')"
        )
    await tab.locator("[data-action-id=drop]").click()
    await expect(tab.get_by_test_id("confirm-yes")).to_be_focused()
    await tab.keyboard.press("Escape")
    await expect(tab.get_by_test_id("confirm")).to_have_count(0)
    await expect(tab.get_by_test_id("modal")).to_be_visible()
    await expect(tab.locator("[data-action-id=drop]")).to_be_focused()
    assert len(await acts(bot, 1)) == 1


async def test_an_update_shows_a_new_initial_value_only_under_a_new_name(
    visit: Visit, slack: AsyncWebClient, bot: Bot
) -> None:
    tab, view_id = await opened(visit, slack, bot, form(REPLY))
    element = {"type": "plain_text_input", "initial_value": "Dear Tom"}
    changed = {**REPLY, "element": {**element, "action_id": "text"}}
    renamed = {**REPLY, "block_id": "other", "label": plain("Other"), "element": element}
    await slack.views_update(view_id=view_id, view=form(changed, renamed))
    await expect(tab.get_by_role("textbox", name="Other", exact=True)).to_have_value("Dear Tom")
    await expect(reply_box(tab)).to_have_value("Dear Nadia")


async def test_a_form_that_waits_for_an_entry_can_be_sent_after_one(
    visit: Visit, slack: AsyncWebClient, bot: Bot
) -> None:
    note = asked("note", {"type": "rich_text_input"}, optional=True)
    files = asked("files", {"type": "file_input"}, optional=True)
    tab, _ = await opened(visit, slack, bot, {**form(REPLY, note, files), "submit_disabled": True})
    await expect(tab.get_by_test_id("modal-submit")).to_be_disabled()
    await reply_box(tab).fill("Something")
    await expect(tab.get_by_test_id("modal-submit")).to_be_enabled()
