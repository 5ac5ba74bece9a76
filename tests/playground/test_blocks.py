"""Every limit of Block Kit: what goes beyond it is refused at its place, what keeps to it is taken."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.blocks import Surface, check_blocks, check_view
from bot.playground.server import Playground
from tests.playground.block_cases import VALID, entry, home, modal, pick, plain, section, table
from tests.playground.conftest import refusal
from tests.playground.invalid import elements, figures, layout, views

MESSAGES = {**layout.CASES, **elements.CASES, **figures.CASES}
VALID_VIEWS = {
    "an input with a submit, and 99 more blocks": modal(entry(), *[section()] * 99, submit=plain("Send")),
    "the longest alert": modal({"type": "alert", "text": plain("x" * 200), "level": "error"}),
    "one focus": modal(entry(focus_on_load=True), submit=plain("Send")),
    "a response_url for an input": modal(
        {**entry(), "element": pick("channels_select", response_url_enabled=True)}, submit=plain("Send")
    ),
    "a home": home(section(), table(2, 2)),
    "a home with an input": home(entry()),
}


def place(pointer: str, complaints: list[str]) -> bool:
    """Whether the first complaint names this place."""
    return bool(complaints) and complaints[0].endswith(f"[json-pointer:{pointer}]")


@pytest.mark.parametrize("name", MESSAGES)
def test_invalid_blocks_are_refused_at_their_place(name: str) -> None:
    pointer, blocks = MESSAGES[name]
    assert place(f"/blocks{pointer}", found := check_blocks(blocks, Surface.MESSAGE)), found


@pytest.mark.parametrize("name", views.CASES)
def test_invalid_views_are_refused_at_their_place(name: str) -> None:
    pointer, view = views.CASES[name]
    assert place(f"/view{pointer}", found := check_view(view)), found


def test_blocks_nested_without_end_are_refused_as_any_other() -> None:
    nested: dict[str, Any] = {"type": "actions"}
    for _ in range(900):
        nested = {"type": "actions", "element": nested, "elements": [nested]}
    assert check_blocks([nested], Surface.MESSAGE)


@pytest.mark.parametrize("name", VALID)
def test_valid_blocks_are_taken(name: str) -> None:
    assert check_blocks(VALID[name], Surface.MESSAGE) == []


@pytest.mark.parametrize("name", VALID_VIEWS)
def test_valid_views_are_taken(name: str) -> None:
    assert check_view(VALID_VIEWS[name]) == []


def test_there_are_at_least_57_invalid_cases() -> None:
    assert len(MESSAGES) >= 57
    assert len(MESSAGES) == len(layout.CASES) + len(elements.CASES) + len(figures.CASES)


async def test_each_invalid_message_is_refused_over_the_wire(slack: AsyncWebClient, playground: Playground) -> None:
    for name, (pointer, blocks) in MESSAGES.items():
        answer = await refusal(slack.chat_postMessage(channel="C0TECH", text="x", blocks=blocks))
        assert answer["error"] == "invalid_blocks", name
        assert place(f"/blocks{pointer}", answer["response_metadata"]["messages"]), name
    assert playground.messages.top_level("C0TECH") == []


async def test_each_invalid_view_is_refused_over_the_wire(slack: AsyncWebClient, playground: Playground) -> None:
    for name, (pointer, view) in views.CASES.items():
        answer = await refusal(_show(slack, playground, view))
        assert answer["error"] == "invalid_arguments", name
        assert place(f"/view{pointer}", answer["response_metadata"]["messages"]), name


async def test_the_valid_ones_are_taken_over_the_wire(slack: AsyncWebClient, playground: Playground) -> None:
    for blocks in VALID.values():
        assert (await slack.chat_postMessage(channel="C0TECH", text="x", blocks=blocks))["ok"]
    for view in VALID_VIEWS.values():
        assert (await _show(slack, playground, view))["ok"]


async def _show(slack: AsyncWebClient, playground: Playground, view: dict[str, Any]) -> Any:
    """In the way that its type asks for."""
    if view["type"] == "home":
        return await slack.views_publish(user_id="U0BEN", view=view)
    return await slack.views_open(trigger_id=playground.triggers.give("U0BEN"), view=view)
