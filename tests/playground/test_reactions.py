"""reactions.*: added once, taken back once."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import Playground
from tests.playground.conftest import refusal


async def test_a_reaction_comes_and_goes(slack: AsyncWebClient) -> None:
    ts = (await slack.chat_postMessage(channel="C0TECH", text="x"))["ts"]
    said = {"channel": "C0TECH", "timestamp": ts, "name": "eyes"}
    assert (await slack.reactions_add(**said))["ok"]
    assert (await refusal(slack.reactions_add(**said)))["error"] == "already_reacted"
    assert (await slack.reactions_remove(**said))["ok"]
    assert (await refusal(slack.reactions_remove(**said)))["error"] == "no_reaction"


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"name": "not an emoji"}, "invalid_name"),
        ({"timestamp": "today"}, "bad_timestamp"),
        ({"timestamp": "1.000001"}, "message_not_found"),
        ({"channel": "C0NOWHERE"}, "channel_not_found"),
        ({"channel": None}, "no_item_specified"),
    ],
)
async def test_a_reaction_to_nothing_is_refused(slack: AsyncWebClient, more: dict[str, object], error: str) -> None:
    said = {"channel": "C0TECH", "timestamp": "1.000001", "name": "eyes", **more}
    assert (await refusal(slack.api_call("reactions.add", json=said)))["error"] == error


async def test_people_react_beside_the_bot(slack: AsyncWebClient, playground: Playground) -> None:
    ts = (await slack.chat_postMessage(channel="C0TECH", text="x"))["ts"]
    playground.messages.react("C0TECH", ts, "eyes", "U0BEN")
    await slack.reactions_add(channel="C0TECH", timestamp=ts, name="eyes")
    got = await slack.reactions_get(channel="C0TECH", timestamp=ts)
    assert got["message"]["reactions"][0]["users"] == ["U0BEN", "U0TRIAGE"]
