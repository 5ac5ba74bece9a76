"""Forms: what is sent, what Slack's client itself complains about, and what the app's answer does."""

import json
from typing import Any

import httpx
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.responses import JSONResponse, Response

from bot.playground.server import Playground
from tests.playground.block_cases import entry, option, plain, section, select
from tests.playground.running import Bot

FORM: dict[str, Any] = {
    "type": "modal",
    "title": plain("Edit"),
    "submit": plain("Send"),
    "callback_id": "edit.submit",
    "private_metadata": "case-7",
    "blocks": [
        {**entry(initial_value="Dear Maria"), "block_id": "reply"},
        {
            "type": "input",
            "block_id": "team",
            "label": plain(),
            "optional": True,
            "element": select(initial_option=option("1", "Option 1")),
        },
        {
            "type": "input",
            "block_id": "mail",
            "label": plain(),
            "optional": True,
            "element": {"type": "email_text_input", "action_id": "mail"},
        },
    ],
}


@pytest.fixture
async def view(slack: AsyncWebClient, playground: Playground) -> dict[str, Any]:
    playground.events = frozenset()
    opened = await slack.views_open(trigger_id=playground.triggers.give("U0BEN"), view=FORM)
    shown: dict[str, Any] = opened["view"]
    return shown


def payloads(bot: Bot) -> list[dict[str, Any]]:
    return [json.loads(got.form["payload"]) for got in bot.received]


async def send(page: httpx.AsyncClient, view: dict[str, Any], **values: str) -> dict[str, Any]:
    filled = {block: {"text" if block == "reply" else block: {"value": value}} for block, value in values.items()}
    said = {"user": "U0BEN", "view_id": view["id"], "values": filled}
    answer: dict[str, Any] = (await page.post("/playground/submit", json=said)).json()
    return answer


async def test_an_untouched_form_sends_its_initial_values(
    page: httpx.AsyncClient, bot: Bot, view: dict[str, Any], playground: Playground
) -> None:
    assert await send(page, view) == {"ok": True}
    sent = payloads(bot)[0]
    assert (sent["type"], sent["view"]["callback_id"]) == ("view_submission", "edit.submit")
    assert sent["view"]["private_metadata"] == "case-7"
    values = sent["view"]["state"]["values"]
    assert values["reply"]["text"] == {"type": "plain_text_input", "value": "Dear Maria"}
    assert values["team"]["pick"]["selected_option"]["value"] == "1"
    assert values["mail"]["mail"]["value"] is None
    assert playground.views.stacks["U0BEN"] == []


async def test_what_was_written_is_sent(page: httpx.AsyncClient, bot: Bot, view: dict[str, Any]) -> None:
    await send(page, view, reply="Dear all")
    assert payloads(bot)[0]["view"]["state"]["values"]["reply"]["text"]["value"] == "Dear all"


async def test_slack_itself_asks_for_what_is_required(page: httpx.AsyncClient, bot: Bot, view: dict[str, Any]) -> None:
    answer = await send(page, view, reply="", mail="nobody")
    assert answer["errors"].keys() == {"reply", "mail"}
    assert bot.received == []


async def test_the_apps_errors_stand_at_their_inputs(
    page: httpx.AsyncClient, bot: Bot, view: dict[str, Any], playground: Playground
) -> None:
    bot.replies = [JSONResponse({"response_action": "errors", "errors": {"reply": "Too short"}})]
    assert await send(page, view) == {"ok": False, "errors": {"reply": "Too short"}}
    assert playground.views.stacks["U0BEN"]


async def test_errors_for_inputs_that_are_not_there_are_an_error(
    page: httpx.AsyncClient, bot: Bot, view: dict[str, Any]
) -> None:
    bot.replies = [JSONResponse({"response_action": "errors", "errors": {"elsewhere": "No"}})]
    assert "does not have" in (await send(page, view))["error"]


async def test_the_app_may_update_push_and_clear(
    page: httpx.AsyncClient, bot: Bot, view: dict[str, Any], playground: Playground
) -> None:
    done = {"type": "modal", "title": plain("Done"), "blocks": [section()]}
    bot.replies = [
        JSONResponse({"response_action": "push", "view": {**FORM, "callback_id": "second"}}),
        JSONResponse({"response_action": "update", "view": done}),
        JSONResponse({"response_action": "clear"}),
    ]
    assert (await send(page, view))["ok"]
    second = playground.views.stacks["U0BEN"][1]
    assert second["previous_view_id"] == view["id"]
    assert (await send(page, second))["ok"]
    assert playground.views.stacks["U0BEN"][1]["title"]["text"] == "Done"
    assert (await send(page, view))["ok"]
    assert playground.views.stacks["U0BEN"] == []


async def test_an_answer_with_a_bad_view_is_an_error(page: httpx.AsyncClient, bot: Bot, view: dict[str, Any]) -> None:
    bot.replies = [JSONResponse({"response_action": "update", "view": {"type": "modal"}})]
    assert "not allowed" in (await send(page, view))["error"]


async def test_a_failed_save_leaves_the_form_open(
    page: httpx.AsyncClient, bot: Bot, view: dict[str, Any], playground: Playground
) -> None:
    bot.replies = [Response(status_code=500)]
    assert (await send(page, view))["error"] == "The app answered with HTTP 500."
    assert playground.views.stacks["U0BEN"]


@pytest.mark.parametrize("notify", [True, False])
async def test_closing_is_told_only_on_request(
    slack: AsyncWebClient, page: httpx.AsyncClient, bot: Bot, playground: Playground, notify: bool
) -> None:
    form = {**FORM, "notify_on_close": notify}
    view = (await slack.views_open(trigger_id=playground.triggers.give("U0BEN"), view=form))["view"]
    said = {"user": "U0BEN", "view_id": view["id"]}
    assert (await page.post("/playground/close", json=said)).json() == {"ok": True}
    assert [payload["type"] for payload in payloads(bot)] == (["view_closed"] if notify else [])
    assert playground.views.stacks["U0BEN"] == []


async def test_a_press_inside_a_modal_brings_the_view_and_may_push(
    slack: AsyncWebClient, page: httpx.AsyncClient, bot: Bot, playground: Playground
) -> None:
    blocks = [*FORM["blocks"], {"type": "actions", "block_id": "row", "elements": [select(action_id="kind")]}]
    opened = await slack.views_open(trigger_id=playground.triggers.give("U0BEN"), view={**FORM, "blocks": blocks})
    action = {"block_id": "row", "action_id": "kind", "selected_option": option("1", "Option 1")}
    filled = {"reply": {"text": {"value": "half-written"}}}
    said = {"user": "U0BEN", "view_id": opened["view"]["id"], "action": action, "values": filled}
    assert (await page.post("/playground/click", json=said)).json() == {"ok": True}
    payload = payloads(bot)[0]
    assert payload["container"] == {"type": "view", "view_id": opened["view"]["id"]}
    assert payload["view"]["state"]["values"]["reply"]["text"]["value"] == "half-written"
    assert (await slack.views_push(trigger_id=payload["trigger_id"], view=FORM))["ok"]
