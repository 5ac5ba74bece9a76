"""Our checks beside the public schema of blocks: what it allows is taken, what it refuses is refused."""

import json
import random
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import httpx
from jsonschema import Draft202012Validator

from bot.playground import credentials
from bot.playground.blocks import Surface, check_blocks, check_view
from bot.playground.server import Playground
from tests.playground.mutations import mutated
from tests.playground.payloads import Payload, Payloads, objects
from tests.shared import shared

SEED = 20261121
COUNT = 1_000
MIX = [Surface.MESSAGE] * 5 + [Surface.MODAL] * 3 + [Surface.HOME] * 2
MUTATIONS = 2
STRICTER = {
    r"already exists": "names are unique on a surface, which no schema can say",
    r"option value .* is not unique": "the values of one menu differ",
    r"initial option\(s\) must match": "what is chosen at first is on offer",
    r"same number of columns": "no ragged tables",
    r"10001 characters in all cells": "a data table's characters together",
    r"rich_text is not allowed in the header row": "Slack's reference of the data_table block",
    r"exactly one data point for each category": "Slack's reference of the data_visualization block",
    r"series name .* is not unique": "Slack's reference of the data_visualization block",
    r"only one element may have focus_on_load": "Slack's reference of every element that can have it",
    r"only allowed in input blocks of modals": "Slack's reference of the two selects that can have it",
    r"must not be more than (max_length|max_value)": "bounds that nothing can keep",
    r"must be an integer .*/(initial|min|max)_value\]": "a number_input without decimals",
    r"3001 characters .*/initial_value\]": "what is typed beforehand is 3,000 long at most",
    r"less than \d+ characters .*/initial_value\]": "a prefilled text keeps to its own max_length",
    r"201 characters .*/text/text\]": "an alert's text is 200 long at most",
    r"2001 characters .*/alt_text\]": "slack_sdk's ImageElement: 2,000, as in an image block",
    r"must be a valid (https )?URL|more than 0 characters .*url\]": "jsonschema alone does not check URIs",
}
"""Where we refuse what the schema takes, and why."""


@cache
def schema() -> dict[str, Any]:
    return dict(json.loads(shared("contracts/slack-block-kit.schema.json").read_text()))


@cache
def definition(name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": schema()["$defs"]})


@cache
def blocks_by_type() -> dict[str, str]:
    """The name of each block's definition: one by one they are much faster than their union."""
    names = [each["$ref"].rsplit("/", 1)[1] for each in schema()["$defs"]["block"]["oneOf"]]
    return {schema()["$defs"][name]["properties"]["type"]["const"]: name for name in names}


@cache
def valid() -> tuple[Payload, ...]:
    payloads = Payloads(schema(), SEED)
    return tuple(payloads.make(MIX[position % len(MIX)]) for position in range(COUNT))


def complaints(payload: Payload) -> list[str]:
    return (
        check_blocks(payload.sent, Surface.MESSAGE) if payload.surface is Surface.MESSAGE else check_view(payload.sent)
    )


def follows_schema(block: object) -> bool:
    name = blocks_by_type().get(str(block["type"])) if isinstance(block, dict) and "type" in block else None
    return name is not None and definition(name).is_valid(block)


def test_a_thousand_payloads_made_from_the_schema_are_taken() -> None:
    refused = {position: found for position, each in enumerate(valid()) if (found := complaints(each))}
    assert refused == {}


async def test_they_are_taken_over_the_wire(page: httpx.AsyncClient, playground: Playground) -> None:
    playground.events = frozenset()
    page.headers["Authorization"] = f"Bearer {credentials.BOT_TOKEN}"
    for payload in valid():
        answer = (await _send(page, playground, payload)).json()
        assert answer["ok"], (answer, payload)


def test_the_payloads_themselves_follow_the_schema() -> None:
    """Else they would prove nothing."""
    assert [block for payload in valid() for block in payload.blocks if not follows_schema(block)] == []
    views = [payload for payload in valid() if payload.surface is not Surface.MESSAGE]
    assert [view for view in views if not _envelope_follows_schema(view)] == []


def test_every_type_and_field_of_the_schema_comes_up() -> None:
    used = {(each.get("type"), field) for payload in valid() for each in objects(payload.sent) for field in each}
    known = set(_typed_fields())
    assert len({kind for kind, _ in known}) > 60
    assert known - used == set()


def test_what_the_schema_refuses_is_refused_and_what_it_takes_only_for_a_reason() -> None:
    rng = random.Random(SEED)
    softer, unexplained, refused = [], [], 0
    for payload in valid() * MUTATIONS:
        block = mutated(payload.blocks[0], rng)
        found, follows = check_blocks([block], payload.surface), follows_schema(block)
        refused += not follows
        if not follows and not found:
            softer.append(block)
        if follows:
            unexplained += [each for each in found if not any(re.search(known, each) for known in STRICTER)]
    assert (softer, unexplained) == ([], [])
    assert refused > COUNT  # the mutations do hurt


def test_views_that_the_schema_refuses_are_refused() -> None:
    rng = random.Random(SEED)
    views = [payload for payload in valid() if payload.surface is not Surface.MESSAGE]
    for payload in views:
        view = {**payload.sent, "blocks": [{"type": "divider"}]}
        changed = mutated(view, rng)
        name = "modal_view" if payload.surface is Surface.MODAL else "home_view"
        if changed.get("type") == payload.surface and not definition(name).is_valid(changed):
            assert check_view(changed), changed


def _envelope_follows_schema(payload: Payload) -> bool:
    """With stand-ins for the blocks, of which the view asks only whether any is an input."""
    element = {"type": "datepicker"}
    asking = {"type": "input", "label": {"type": "plain_text", "text": "When"}, "element": element}
    blocks = [asking if block["type"] == "input" else {"type": "divider"} for block in payload.blocks]
    return definition(f"{payload.surface}_view").is_valid({**payload.sent, "blocks": blocks})


def _typed_fields() -> Iterator[tuple[str, str]]:
    for node in objects(schema()["$defs"]):
        kind = node.get("properties", {}).get("type", {})
        if isinstance(kind, dict) and "const" in kind:
            yield from ((kind["const"], field) for field in node["properties"])


async def _send(page: httpx.AsyncClient, playground: Playground, payload: Payload) -> httpx.Response:
    match payload.surface:
        case Surface.MESSAGE:
            said = {"channel": "C0TECH", "text": "x", "blocks": payload.sent}
            return await page.post("/api/chat.postMessage", json=said)
        case Surface.HOME:
            return await page.post("/api/views.publish", json={"user_id": "U0BEN", "view": payload.sent})
    trigger = playground.triggers.give("U0BEN")
    return await page.post("/api/views.open", json={"trigger_id": trigger, "view": payload.sent})
