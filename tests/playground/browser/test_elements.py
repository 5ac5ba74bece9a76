"""Every element of Block Kit in a message, and what each tells the app."""

from typing import Any

from playwright.async_api import Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import Playground
from tests.browser import Visit, in_browser
from tests.playground.browser import hands
from tests.playground.browser.conftest import acts
from tests.playground.browser.shapes import Object, mrkdwn, option, plain, without_emoji
from tests.playground.running import Bot

pytestmark = in_browser

OPTIONS = [option("Red"), option("Blue")]
GROUPS = [{"label": plain("Warm"), "options": OPTIONS[:1]}, {"label": plain("Cold"), "options": OPTIONS[1:]}]
APRIL = {"type": "datepicker", "initial_date": "2026-04-01"}
ELEMENTS: list[tuple[Object, Any, tuple[str, ...], Object]] = [
    ({"type": "button", "text": plain("Go"), "value": "v"}, hands.press, (), {"value": "v"}),
    (
        {"type": "workflow_button", "text": plain("Run"), "workflow": {"trigger": {"url": "https://slack.com/x"}}},
        hands.press,
        (),
        {"text": plain("Run")},
    ),
    ({"type": "overflow", "options": OPTIONS}, hands.choose, ("Red",), {"selected_option": OPTIONS[0]}),
    ({"type": "static_select", "options": OPTIONS}, hands.choose, ("Blue",), {"selected_option": OPTIONS[1]}),
    ({"type": "static_select", "option_groups": GROUPS}, hands.choose, ("Blue",), {"selected_option": OPTIONS[1]}),
    ({"type": "users_select"}, hands.choose, ("Ben Adeyemi",), {"selected_user": "U0BEN"}),
    ({"type": "conversations_select"}, hands.choose, ("tech-support",), {"selected_conversation": "C0TECH"}),
    ({"type": "channels_select"}, hands.choose, ("random",), {"selected_channel": "C0RANDOM"}),
    (
        {"type": "multi_static_select", "options": OPTIONS},
        hands.choose_many,
        ("Red", "Blue"),
        {"selected_options": OPTIONS},
    ),
    ({"type": "multi_users_select"}, hands.choose_many, ("Ben",), {"selected_users": ["U0BEN"]}),
    (
        {"type": "multi_conversations_select", "initial_conversations": ["C0TECH"]},
        hands.choose_many,
        ("random",),
        {"selected_conversations": ["C0TECH", "C0RANDOM"]},
    ),
    ({"type": "multi_channels_select"}, hands.choose_many, ("random",), {"selected_channels": ["C0RANDOM"]}),
    (APRIL, hands.pick_day, ("2026-04-17",), {"selected_date": "2026-04-17"}),
    ({"type": "timepicker"}, hands.fill, ("9:30 pm",), {"selected_time": "21:30"}),
    ({"type": "radio_buttons", "options": OPTIONS}, hands.check, ("Blue",), {"selected_option": OPTIONS[1]}),
    ({"type": "checkboxes", "options": OPTIONS}, hands.check, ("Red",), {"selected_options": [OPTIONS[0]]}),
]


async def test_each_element_tells_the_app_what_was_chosen(visit: Visit, slack: AsyncWebClient, bot: Bot) -> None:
    sections: list[Object] = [
        {"type": "section", "text": mrkdwn(element["type"]), "accessory": {**element, "action_id": f"it{number}"}}
        for number, (element, *_) in enumerate(ELEMENTS)
    ]
    await slack.chat_postMessage(channel="C0TECH", text="card", blocks=sections)
    tab = await visit("?as=ana#/channel/tech-support")
    for number, (element, act, details, sent) in enumerate(ELEMENTS):
        await act(tab, f"it{number}", *details)
        [action] = (await acts(bot, number + 1))[number]["actions"]
        assert (action["type"], action["action_id"]) == (element["type"], f"it{number}")
        for key, value in sent.items():
            assert without_emoji(action[key]) == value, element["type"]


QUESTION = {
    "title": plain("Delete?"),
    "text": plain("It is gone for good."),
    "confirm": plain("Delete"),
    "deny": plain("Keep"),
    "style": "danger",
}


async def test_what_is_not_confirmed_is_taken_back(visit: Visit, slack: AsyncWebClient, bot: Bot) -> None:
    elements: list[Object] = [
        {"type": "button", "action_id": "press", "text": plain("Remove"), "style": "danger"},
        {"type": "static_select", "action_id": "pick", "options": OPTIONS, "initial_option": OPTIONS[0]},
        {**APRIL, "action_id": "day"},
        {"type": "checkboxes", "action_id": "ticks", "options": OPTIONS},
        {"type": "multi_static_select", "action_id": "many", "options": OPTIONS, "initial_options": OPTIONS[:1]},
    ]
    row = {"type": "actions", "elements": [{**element, "confirm": QUESTION} for element in elements]}
    await slack.chat_postMessage(channel="C0TECH", text="card", blocks=[row])
    tab = await visit("?as=ana#/channel/tech-support")
    await _deny(tab, hands.press(tab, "press"))
    await _deny(tab, hands.choose(tab, "pick", "Blue"))
    await expect(tab.locator("[data-action-id=pick]")).to_contain_text("Red")
    await _deny(tab, hands.pick_day(tab, "day", "2026-04-20"))
    await expect(tab.locator("[data-action-id=day]")).to_have_attribute("data-value", "2026-04-01")
    await _deny(tab, hands.check(tab, "ticks", "Red"))
    await expect(tab.get_by_role("checkbox", name="Red")).not_to_be_checked()
    await _deny(tab, hands.choose_many(tab, "many", "Blue"))
    await expect(tab.locator(".token")).to_have_text(["Red"])
    assert await acts(bot, 0) == []
    await hands.press(tab, "press")
    await expect(tab.get_by_test_id("confirm")).to_contain_text("It is gone for good.")
    await tab.get_by_test_id("confirm-yes").click()
    assert len(await acts(bot, 1)) == 1
    await expect(tab.locator("[data-action-id=press]")).to_be_focused()


async def _deny(tab: Page, doing: Any) -> None:
    await doing
    await tab.get_by_test_id("confirm-deny").click()
    await expect(tab.get_by_test_id("confirm")).to_have_count(0)


async def test_feedback_is_sent_and_marked_and_an_icon_is_seen_by_whom_it_is_for(
    visit: Visit, slack: AsyncWebClient, bot: Bot
) -> None:
    thumbs = {
        "type": "feedback_buttons",
        "action_id": "fb",
        "positive_button": {"text": plain("Good"), "value": "up"},
        "negative_button": {"text": plain("Bad"), "value": "down"},
    }
    bin_ = {"type": "icon_button", "action_id": "bin", "icon": "trash", "text": plain("Delete"), "value": "7"}
    others = {**bin_, "action_id": "others", "text": plain("For Ben"), "visible_to_user_ids": ["U0BEN"]}
    block = {"type": "context_actions", "elements": [thumbs, bin_, others]}
    await slack.chat_postMessage(channel="C0TECH", text="card", blocks=[block])
    tab = await visit("?as=ana#/channel/tech-support")
    await tab.get_by_role("button", name="Bad").click()
    await expect(tab.get_by_role("button", name="Bad")).to_have_attribute("aria-pressed", "true")
    await tab.get_by_role("button", name="Delete").click()
    assert [act["actions"][0]["value"] for act in await acts(bot, 2)] == ["down", "7"]
    await expect(tab.get_by_role("button", name="For Ben")).to_have_count(0)


async def test_text_is_dispatched_on_enter_or_with_every_character(
    visit: Visit, slack: AsyncWebClient, bot: Bot
) -> None:
    each = {"trigger_actions_on": ["on_character_entered"]}
    kinds: list[Object] = [
        {"type": "plain_text_input", "action_id": "enter"},
        {"type": "plain_text_input", "action_id": "each", "dispatch_action_config": each},
    ]
    blocks = [{"type": "input", "label": plain("l"), "element": kind, "dispatch_action": True} for kind in kinds]
    await slack.chat_postMessage(channel="C0TECH", text="card", blocks=blocks)
    tab = await visit("?as=ana#/channel/tech-support")
    await tab.locator("[data-action-id=enter]").fill("refund")
    await expect(tab.get_by_text("Press Enter to submit")).to_be_visible()
    await tab.keyboard.press("Enter")
    assert (await acts(bot, 1))[0]["actions"][0]["value"] == "refund"
    await tab.locator("[data-action-id=each]").press_sequentially("ab")
    while (await acts(bot, 2))[-1]["actions"][0]["value"] != "ab":
        await bot.until(len(bot.received) + 1)


async def test_a_list_is_searched_and_a_full_one_takes_no_more(visit: Visit, slack: AsyncWebClient, bot: Bot) -> None:
    tones = [option(f"Tone {number}") for number in range(12)]
    limited = {"type": "multi_static_select", "action_id": "few", "options": tones[:3], "max_selected_items": 1}
    row = {"type": "actions", "elements": [{"type": "static_select", "action_id": "long", "options": tones}, limited]}
    await slack.chat_postMessage(channel="C0TECH", text="card", blocks=[row])
    tab = await visit("?as=ana#/channel/tech-support")
    await tab.locator("[data-action-id=long]").click()
    await expect(tab.get_by_label("Search Select an option")).to_be_focused()
    await tab.keyboard.type("11")
    await expect(tab.get_by_role("option")).to_have_text(["Tone 11"])
    await tab.keyboard.press("Enter")
    assert (await acts(bot, 1))[0]["actions"][0]["selected_option"]["value"] == "tone 11"
    await tab.locator("[data-action-id=few]").click()
    await tab.get_by_role("option", name="Tone 0").click()
    await expect(tab.get_by_role("option", name="Tone 1")).to_have_attribute("aria-disabled", "true")
    await tab.keyboard.press("Escape")
    await tab.get_by_role("button", name="Remove Tone 0").click()
    sent = [act["actions"][0]["selected_options"] for act in (await acts(bot, 3))[1:]]
    assert [[chosen["value"] for chosen in each] for each in sent] == [["tone 0"], []]


async def test_a_day_is_picked_with_the_keyboard_alone(visit: Visit, slack: AsyncWebClient, bot: Bot) -> None:
    row = {"type": "actions", "elements": [{**APRIL, "action_id": "day"}]}
    await slack.chat_postMessage(channel="C0TECH", text="card", blocks=[row])
    tab = await visit("?as=ana#/channel/tech-support")
    await tab.locator("[data-action-id=day]").focus()
    await tab.keyboard.press("Enter")
    await expect(tab.locator("[data-day='2026-04-01']")).to_be_focused()
    for key in ("PageDown", "ArrowDown", "ArrowRight", "Enter"):
        await tab.keyboard.press(key)
    assert (await acts(bot, 1))[0]["actions"][0]["selected_date"] == "2026-05-09"
    await expect(tab.locator("[data-action-id=day]")).to_be_focused()


async def test_a_conversation_list_offers_only_what_its_filter_lets_through(
    visit: Visit, slack: AsyncWebClient, playground: Playground
) -> None:
    playground.workspace.direct("U0ANA")
    inside: Object = {"include": ["public"], "exclude_external_shared_channels": True}
    filters: dict[str, Object] = {"people": {"include": ["im"]}, "inside": inside}
    elements = [{"type": "conversations_select", "action_id": name, "filter": only} for name, only in filters.items()]
    await slack.chat_postMessage(channel="C0TECH", text="card", blocks=[{"type": "actions", "elements": elements}])
    tab = await visit("?as=ana#/channel/tech-support")
    await tab.locator("[data-action-id=people]").click()
    await expect(tab.get_by_role("option")).to_have_accessible_name("Triage Desk")
    await tab.keyboard.press("Escape")
    await tab.locator("[data-action-id=inside]").click()
    await expect(tab.get_by_role("option", name="random")).to_be_visible()
    await expect(tab.get_by_role("option", name="shared-harbor-labs")).to_have_count(0)
