"""What stands in forms and messages: numbers within bounds, what a container holds, a message's other elements."""

import json
from typing import Any

import httpx
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import Playground
from tests.playground.block_cases import option, plain, select
from tests.playground.running import Bot

COUNT = {"type": "number_input", "action_id": "count", "is_decimal_allowed": False, "min_value": "1", "max_value": "9"}
INPUT = {"type": "input", "block_id": "number", "label": plain(), "element": COUNT}


async def _send(slack: AsyncWebClient, page: httpx.AsyncClient, playground: Playground, number: str) -> dict[str, Any]:
    playground.events = frozenset()
    form = {"type": "modal", "title": plain("Edit"), "submit": plain("Send"), "blocks": [INPUT]}
    opened = await slack.views_open(trigger_id=playground.triggers.give("U0BEN"), view=form)
    values = {"number": {"count": {"value": number}}}
    said = {"user": "U0BEN", "view_id": opened["view"]["id"], "values": values}
    answer: dict[str, Any] = (await page.post("/playground/submit", json=said)).json()
    return answer


@pytest.mark.parametrize(
    ("number", "said"), [("0", "1 or more"), ("10", "9 or less"), ("2.5", "whole"), ("x", "number")]
)
async def test_a_number_stays_within_its_bounds(
    slack: AsyncWebClient, page: httpx.AsyncClient, playground: Playground, number: str, said: str
) -> None:
    assert said in (await _send(slack, page, playground, number))["errors"]["number"]


async def test_what_is_in_a_container_goes_by_its_own_blocks_name(
    slack: AsyncWebClient, page: httpx.AsyncClient, playground: Playground, bot: Bot
) -> None:
    playground.events = frozenset()
    frame = {"type": "container", "title": plain(), "child_blocks": [INPUT]}
    card = await slack.chat_postMessage(channel="C0BILLING", text="card", blocks=[frame])
    action = {"block_id": "number", "action_id": "count", "type": "number_input", "value": "3"}
    said = {"user": "U0BEN", "channel": "C0BILLING", "ts": card["ts"], "action": action}
    assert (await page.post("/playground/click", json=said)).json() == {"ok": True}
    state = json.loads(bot.received[0].form["payload"])["state"]["values"]
    assert state == {"number": {"count": {"type": "number_input", "value": "3"}}}


async def test_a_press_on_a_message_brings_what_its_other_elements_hold(
    slack: AsyncWebClient, page: httpx.AsyncClient, playground: Playground, bot: Bot
) -> None:
    playground.events = frozenset()
    button = {"type": "button", "action_id": "go", "text": plain()}
    row = {"type": "actions", "block_id": "row", "elements": [select(action_id="kind"), button]}
    card = await slack.chat_postMessage(channel="C0BILLING", text="card", blocks=[row])
    values = {"row": {"kind": {"type": "static_select", "selected_option": option("1", "Option 1")}}}
    action = {"block_id": "row", "action_id": "go", "type": "button"}
    said = {"user": "U0BEN", "channel": "C0BILLING", "ts": card["ts"], "action": action, "values": values}
    assert (await page.post("/playground/click", json=said)).json() == {"ok": True}
    state = json.loads(bot.received[0].form["payload"])["state"]["values"]
    assert state["row"]["kind"]["selected_option"]["value"] == "1"
