"""Every input of a form: filled in as people do, and submitted as Slack does."""

import re

from playwright.async_api import FilePayload, Locator, Page, expect
from slack_sdk.web.async_client import AsyncWebClient
from starlette.responses import JSONResponse

from bot.playground.credentials import TEAM_ID
from bot.playground.server import Playground
from tests.browser import Visit, in_browser
from tests.playground.browser import hands
from tests.playground.browser.conftest import acts
from tests.playground.browser.opening import opened
from tests.playground.browser.shapes import Object, asked, form, line, option, plain, rich, without_emoji, words
from tests.playground.running import Bot

pytestmark = in_browser

OPTIONS = [option("Red"), option("Blue")]
MANY_TICKETS = {"type": "multi_external_select", "min_query_length": 0}
KINDS: dict[str, Object] = {
    "line": {"type": "plain_text_input"},
    "mail": {"type": "email_text_input"},
    "address": {"type": "url_text_input"},
    "count": {"type": "number_input", "is_decimal_allowed": False, "initial_value": "6"},
    "day": {"type": "datepicker", "initial_date": "2026-04-01"},
    "hour": {"type": "timepicker"},
    "moment": {"type": "datetimepicker", "initial_date_time": 1_790_000_040},
    "who": {"type": "users_select", "initial_user": "U0BEN"},
    "where": {"type": "conversations_select", "default_to_current_conversation": True},
    "place": {"type": "channels_select"},
    "one": {"type": "static_select", "options": OPTIONS},
    "pick": {"type": "radio_buttons", "options": OPTIONS, "initial_option": OPTIONS[0]},
    "ticks": {"type": "checkboxes", "options": OPTIONS},
    "many": {"type": "multi_static_select", "options": OPTIONS},
    "people": {"type": "multi_users_select", "initial_users": ["U0BEN", "U0CHLOE"]},
}


async def test_every_kind_of_input_is_submitted(visit: Visit, slack: AsyncWebClient, bot: Bot) -> None:
    tab, _ = await opened(visit, slack, bot, form(*(asked(name, kind) for name, kind in KINDS.items())))
    written = {"line": "a line", "mail": "a@example.com", "address": "https://example.com"}
    for name, text in {**written, "hour": "0930"}.items():
        await hands.fill(tab, f"a-{name}", text)
    await tab.locator("[data-action-id=a-count]").press("ArrowUp")
    await hands.pick_day(tab, "a-day", "2026-04-30")
    await hands.choose(tab, "a-place", "random")
    await hands.choose(tab, "a-one", "Red")
    await hands.check(tab, "a-pick", "Blue")
    await hands.check(tab, "a-ticks", "Red")
    await hands.choose_many(tab, "a-many", "Blue")
    await tab.get_by_role("button", name="Remove Ben Adeyemi").click()
    await tab.get_by_test_id("modal-submit").click()
    held = await _submitted(bot)
    assert {name: held[name]["value"] for name in written} == written
    assert held["count"]["value"] == "7"
    assert held["day"]["selected_date"] == "2026-04-30"
    assert held["hour"]["selected_time"] == "09:30"
    assert held["moment"]["selected_date_time"] == 1_790_000_040
    assert held["who"]["selected_user"] == "U0BEN"
    assert held["where"]["selected_conversation"] == "C0BILLING"
    assert held["place"]["selected_channel"] == "C0RANDOM"
    assert held["one"]["selected_option"] == OPTIONS[0]
    assert held["pick"]["selected_option"] == OPTIONS[1]
    assert held["ticks"]["selected_options"] == [OPTIONS[0]]
    assert held["many"]["selected_options"] == [OPTIONS[1]]
    assert held["people"]["selected_users"] == ["U0CHLOE"]


async def _submitted(bot: Bot) -> Object:
    """What the form held, by the name of its input."""
    values = (await acts(bot, 2))[1]["view"]["state"]["values"]
    return {name: without_emoji(held[f"a-{name}"]) for name, held in values.items()}


async def test_rich_text_is_written_with_the_tools_and_the_keyboard(
    visit: Visit, slack: AsyncWebClient, bot: Bot
) -> None:
    tab, _ = await opened(visit, slack, bot, form(asked("note", {"type": "rich_text_input"})))
    await expect(_editor(tab)).to_be_focused()
    await tab.keyboard.type("Dear ")
    await tab.keyboard.press("Control+b")
    await tab.keyboard.type("Nadia")
    await tab.keyboard.press("Control+b")
    await tab.keyboard.press("Enter")
    await tab.get_by_role("button", name="Bulleted list").click()
    await tab.keyboard.type("one")
    await tab.keyboard.press("Enter")
    await tab.keyboard.type("two ")
    await tab.get_by_role("button", name="Link").click()
    await tab.get_by_test_id("link-text").fill("here")
    await tab.get_by_test_id("link-address").fill("example.com")
    await tab.keyboard.press("Enter")
    await tab.get_by_test_id("modal-submit").click()
    link = {"type": "link", "url": "https://example.com", "text": "here"}
    items = [line(words("one")), line(words("two "), link)]
    listed = {"type": "rich_text_list", "style": "bullet", "indent": 0, "elements": items}
    expected = rich(line(words("Dear "), words("Nadia", bold=True)), listed)
    assert (await _submitted(bot))["note"]["rich_text_value"] == expected


async def test_rich_text_that_was_there_is_kept_with_its_mentions(
    visit: Visit, slack: AsyncWebClient, bot: Bot
) -> None:
    ben, tada = {"type": "user", "user_id": "U0BEN"}, {"type": "emoji", "name": "tada"}
    quote = {"type": "rich_text_quote", "elements": [words("said", italic=True)]}
    value = rich(line(words("Ask "), ben, words(" or "), words("wait", code=True), tada), quote)
    tab, _ = await opened(visit, slack, bot, form(asked("note", {"type": "rich_text_input", "initial_value": value})))
    await expect(_editor(tab)).to_contain_text("@Ben Adeyemi")
    await tab.get_by_test_id("modal-submit").click()
    assert (await _submitted(bot))["note"]["rich_text_value"] == value


def _editor(tab: Page) -> Locator:
    return tab.locator("[data-action-id=a-note]")


async def test_a_field_says_how_much_room_is_left(visit: Visit, slack: AsyncWebClient, bot: Bot) -> None:
    short = {"type": "plain_text_input", "max_length": 30, "min_length": 5, "initial_value": "Hi"}
    tab, _ = await opened(visit, slack, bot, form(asked("short", short)))
    await tab.get_by_test_id("modal-submit").click()
    await expect(tab.get_by_test_id("modal-error")).to_contain_text("at least 5")
    await tab.locator("[data-action-id=a-short]").fill("x" * 25)
    await expect(tab.locator(".counter")).to_have_text("5")


async def test_each_field_has_its_label_and_each_error_its_field(visit: Visit, slack: AsyncWebClient, bot: Bot) -> None:
    untouched = ("line", "mail", "address", "hour", "place", "one", "ticks", "many")
    tab, _ = await opened(visit, slack, bot, form(*(asked(name, kind) for name, kind in KINDS.items())))
    for name in ("line", "mail", "address", "count"):
        await expect(tab.get_by_role("textbox", name=name, exact=True)).to_be_visible()
    for name in ("one", "who", "place", "day"):
        await expect(tab.get_by_role("button", name=re.compile(f"^{name}"))).to_be_visible()
    await expect(tab.get_by_role("radiogroup", name="pick")).to_be_visible()
    for name in ("ticks", "people", "moment"):
        await expect(tab.get_by_role("group", name=name, exact=True)).to_be_visible()
    await tab.get_by_test_id("modal-submit").click()
    await expect(tab.get_by_test_id("modal-error")).to_have_count(len(untouched))
    for name in untouched:
        await expect(tab.locator(f".input-block[data-block-id={name}] [role=alert]")).to_be_visible()
    await expect(tab.locator("[data-action-id=a-line]")).to_be_focused()


async def test_an_external_select_asks_the_app_as_one_types(visit: Visit, slack: AsyncWebClient, bot: Bot) -> None:
    element = {"type": "external_select", "min_query_length": 2}
    tab, _ = await opened(visit, slack, bot, form(asked("ticket", element), asked("more", MANY_TICKETS)))
    select = tab.locator("[data-action-id=a-ticket]")
    await select.click()
    await expect(tab.get_by_role("listbox")).to_contain_text("Type at least 2 letters")
    bot.replies.append(JSONResponse({"options": [option("Refund 17"), option("Refund 18")]}))
    await tab.keyboard.type("r")
    await tab.keyboard.type("e")
    await tab.get_by_role("option", name="Refund 18").click()
    await expect(select).to_contain_text("Refund 18")
    question = (await acts(bot, 2))[1]
    assert (question["type"], question["action_id"], question["value"]) == ("block_suggestion", "a-ticket", "re")
    groups = [{"label": plain("Open"), "options": [option("Seats")]}]
    bot.replies.append(JSONResponse({"option_groups": groups}))
    await hands.choose_many(tab, "a-more", "Seats")
    await tab.get_by_test_id("modal-submit").click()
    values = (await acts(bot, 4))[3]["view"]["state"]["values"]
    assert values["ticket"]["a-ticket"]["selected_option"]["value"] == "refund 18"
    assert [chosen["value"] for chosen in values["more"]["a-more"]["selected_options"]] == ["seats"]


async def test_options_that_are_not_allowed_are_named(visit: Visit, slack: AsyncWebClient, bot: Bot) -> None:
    tab, _ = await opened(visit, slack, bot, form(asked("more", MANY_TICKETS)))
    bot.replies.append(JSONResponse({"options": [{"text": plain("x" * 76), "value": "v"}]}))
    await tab.locator("[data-action-id=a-more]").click()
    await expect(tab.get_by_role("listbox")).to_contain_text("options that are not allowed")


async def test_files_are_uploaded_and_their_ids_submitted(
    visit: Visit, slack: AsyncWebClient, bot: Bot, playground: Playground
) -> None:
    element = {"type": "file_input", "filetypes": ["txt", "pdf"], "max_files": 2}
    tab, _ = await opened(visit, slack, bot, form(asked("proof", element)))
    files = [
        FilePayload(name=name, mimeType="text/plain", buffer=b"x" * 2048)
        for name in ("bill.txt", "photo.png", "note.txt")
    ]
    await tab.locator(".file-input input").set_input_files(files)
    await expect(tab.locator(".file-name")).to_have_text(["bill.txt", "note.txt"])
    await expect(tab.locator(".file-size").first).to_have_text("2 KB")
    await expect(tab.locator(".file-input")).to_contain_text("1 left out")
    await tab.get_by_role("button", name="Remove note.txt").click()
    await tab.get_by_test_id("modal-submit").click()
    [file] = (await _submitted(bot))["proof"]["files"]
    assert (file["name"], file["size"]) == ("bill.txt", 2048)
    assert playground.files.find(file["id"], TEAM_ID).user == "U0ANA"
