"""Our methods and answers against Slack's own reference, which nobody here wrote."""

import json
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.methods.call import Method
from bot.playground.server import Playground
from bot.playground.webapi import METHODS
from tests.playground.block_cases import plain, section
from tests.shared import shared

TIERS = {"t1": 1, "t2": 2, "t3": 3, "t4": 4, "t5": 5}
UNUSED = {"assertion", "current_draft_last_updated_ts", "unfurled_attachments"}
"""Arguments of other kinds of app."""


def reference(method: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shared(f"contracts/slack-methods/{method}.json").read_text())
    return found


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_a_method_takes_what_its_reference_names(method: Method) -> None:
    told = reference(method.name)
    known = set(told["args"]["properties"])
    assert known - method.known <= UNUSED
    assert set(method.required) <= set(told["args"].get("required", []))
    assert method.known - known <= {"team_id", "pretty", "token", "foo", "blocks", "metadata", "client_msg_id"}
    assert method.tier == TIERS[told.get("rate_limits", "t3")]
    if method.scope:
        assert [method.scope] == told["scope"]["bot"]


CALLS: dict[str, dict[str, Any]] = {
    "auth.test": {},
    "bots.info": {"bot": "B0TRIAGE"},
    "chat.getPermalink": {"channel": "C0TECH", "message_ts": "TS"},
    "chat.postEphemeral": {"channel": "C0TECH", "user": "U0BEN", "text": "x"},
    "chat.postMessage": {"channel": "C0TECH", "text": "x", "thread_ts": "TS"},
    "chat.update": {"channel": "C0TECH", "ts": "TS", "text": "y"},
    "conversations.info": {"channel": "C0TECH", "include_num_members": True},
    "conversations.join": {"channel": "C0RANDOM"},
    "conversations.list": {},
    "conversations.members": {"channel": "C0TECH"},
    "conversations.replies": {"channel": "C0TECH", "ts": "TS"},
    "reactions.add": {"channel": "C0TECH", "timestamp": "TS", "name": "eyes"},
    "team.info": {},
    "usergroups.list": {"include_users": True},
    "usergroups.users.list": {"usergroup": "S0TECH"},
    "users.info": {"user": "U0BEN"},
    "users.list": {},
    "users.lookupByEmail": {"email": "ben@playground.example"},
    "views.open": {"view": {"type": "modal", "title": plain("Edit"), "blocks": [section()]}},
    "views.publish": {"user_id": "U0BEN", "view": {"type": "home", "blocks": [section()]}},
}


def strange(ours: Any, theirs: Any, where: str = "") -> list[str]:
    """Fields of ours, however deep, that their sample does not have; and fields of another type."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        if not theirs:
            return []
        unknown = [f"{where}/{name}" for name in ours.keys() - theirs.keys()]
        shared_names = ours.keys() & theirs.keys()
        return unknown + [s for n in shared_names for s in strange(ours[n], theirs[n], f"{where}/{n}")]
    if isinstance(ours, list) and isinstance(theirs, list) and theirs:
        return [s for each in ours for s in strange(each, theirs[0], where)]
    same = ours is None or isinstance(ours, type(theirs)) or isinstance(theirs, type(ours))
    return [] if same else [f"{where} is {type(ours).__name__}"]


@pytest.mark.parametrize("method", CALLS)
async def test_an_answer_has_the_shape_of_the_sample(
    slack: AsyncWebClient, playground: Playground, method: str
) -> None:
    playground.events = frozenset()
    root = await slack.chat_postMessage(channel="C0TECH", text="root")
    arguments = {name: root["ts"] if value == "TS" else value for name, value in CALLS[method].items()}
    if method == "views.open":
        arguments["trigger_id"] = playground.triggers.give("U0BEN")
    answer = await slack.api_call(method, json=arguments)
    sample = json.loads(shared(f"contracts/slack-payloads/api.{method}.json").read_text())
    assert isinstance(answer.data, dict)
    assert [s for s in strange(answer.data, sample) if "/blocks" not in s] == []


async def test_history_and_reactions_answer_as_documented(slack: AsyncWebClient) -> None:
    root = await slack.chat_postMessage(channel="C0TECH", text="root")
    await slack.reactions_add(channel="C0TECH", timestamp=root["ts"], name="eyes")
    got = (await slack.reactions_get(channel="C0TECH", timestamp=root["ts"])).data
    example = reference("reactions.get")["examples"]["success"]["example"]
    assert isinstance(got, dict)
    assert got.keys() == example.keys()
    assert got["message"]["reactions"] == [{"name": "eyes", "users": ["U0TRIAGE"], "count": 1}]
    history = (await slack.conversations_history(channel="C0TECH")).data
    assert isinstance(history, dict)
    assert history.keys() <= {"ok", *reference("conversations.history")["output"]["properties"]}
