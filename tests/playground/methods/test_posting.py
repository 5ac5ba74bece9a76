"""What becomes of a message: cut, posted once, linked, broadcast, forbidden, buried, unfolded, pinned."""

import json
from typing import Any

import httpx
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import Playground
from tests.playground.conftest import refusal
from tests.playground.methods.stage import LINK, SCOPES, TECH, Stage
from tests.playground.running import Bot, Ticking


@pytest.fixture
def stage(playground: Playground, clock: Ticking) -> Stage:
    return Stage(playground, clock)


async def test_very_long_text_is_cut_and_the_answer_says_so(slack: AsyncWebClient) -> None:
    posted = await slack.chat_postMessage(channel=TECH, text="x" * 40_001)
    assert len(posted["message"]["text"]) == 40_000
    assert posted["warning"] == "message_truncated"


async def test_the_same_client_msg_id_posts_once(slack: AsyncWebClient, playground: Playground) -> None:
    first = await slack.chat_postMessage(channel=TECH, text="One", client_msg_id="one")
    again = await slack.chat_postMessage(channel=TECH, text="Two", client_msg_id="one")
    assert (again["ts"], again["message"]["text"], again["is_duplicate"]) == (first["ts"], "One", True)
    assert "is_duplicate" not in first.data
    assert len(playground.messages.top_level(TECH)) == 1


async def test_group_and_channel_names_become_links_when_asked_for(slack: AsyncWebClient) -> None:
    text = "@billing-team see #tech-support, not @nobody"
    plain = await slack.chat_postMessage(channel=TECH, text=text)
    assert plain["message"]["text"] == text
    linked = await slack.chat_postMessage(channel=TECH, text=text, link_names=True)
    assert linked["message"]["text"] == "<!subteam^S0BILLING> see <#C0TECH|tech-support>, not @nobody"


async def test_full_parsing_reads_no_markup_and_links_addresses(slack: AsyncWebClient) -> None:
    posted = await slack.chat_postMessage(channel=TECH, text="a < b, see https://a.example/x", parse="full")
    assert posted["message"]["text"] == "a &lt; b, see <https://a.example/x>"


async def test_a_broadcast_reply_stands_in_the_channel_too(slack: AsyncWebClient, playground: Playground) -> None:
    root = await slack.chat_postMessage(channel=TECH, text="Root")
    reply = await slack.chat_postMessage(channel=TECH, text="Reply", thread_ts=root["ts"])
    assert [m["text"] for m in playground.messages.top_level(TECH)] == ["Root"]
    broadcast = {"channel": TECH, "ts": reply["ts"], "reply_broadcast": True}
    await slack.api_call("chat.update", json=broadcast)
    told = (await slack.conversations_history(channel=TECH))["messages"][0]
    assert (told["subtype"], told["text"], told["root"]["text"]) == ("thread_broadcast", "Reply", "Root")


async def test_a_deleted_message_with_replies_leaves_a_mark(slack: AsyncWebClient) -> None:
    root = await slack.chat_postMessage(channel=TECH, text="Root")
    await slack.chat_postMessage(channel=TECH, text="Reply", thread_ts=root["ts"])
    await slack.chat_delete(channel=TECH, ts=root["ts"])
    mark, reply = (await slack.conversations_replies(channel=TECH, ts=root["ts"]))["messages"]
    assert (mark["subtype"], mark["reply_count"], reply["text"]) == ("tombstone", 1, "Reply")
    assert "blocks" not in mark


async def test_a_public_channel_takes_messages_from_outside_with_the_scope_for_it(
    slack: AsyncWebClient, playground: Playground
) -> None:
    assert (await refusal(slack.chat_postMessage(channel="C0RANDOM", text="Hi")))["error"] == "not_in_channel"
    playground.scopes = SCOPES | {"chat:write.public"}
    posted = await slack.chat_postMessage(channel="C0RANDOM", text="Hi")
    assert (await slack.chat_update(channel="C0RANDOM", ts=posted["ts"], text="Ho"))["text"] == "Ho"


async def test_another_name_needs_a_scope(slack: AsyncWebClient, stage: Stage) -> None:
    await slack.chat_postMessage(channel=TECH, text="Hi", username="Somebody")
    stage.playground.scopes = SCOPES - {"chat:write.customize"}
    answer = await refusal(slack.chat_postMessage(channel=TECH, text="Hi", username="Somebody"))
    assert (answer["error"], answer["needed"]) == ("missing_scope", "chat:write.customize")


async def test_a_deactivated_persons_direct_message_is_closed_and_opens_no_more(
    slack: AsyncWebClient, playground: Playground
) -> None:
    direct = (await slack.chat_postMessage(channel="U0BEN", text="Hi"))["channel"]
    playground.workspace.deactivate("U0BEN")
    assert (await refusal(slack.chat_postMessage(channel=direct, text="Gone?")))["error"] == "is_archived"
    assert (await refusal(slack.chat_postMessage(channel="U0BEN", text="Gone?")))["error"] == "channel_not_found"


async def test_a_person_speaks_through_the_app_under_their_own_name(
    slack: AsyncWebClient, stage: Stage, base: str
) -> None:
    token = stage.person_token()
    ben = AsyncWebClient(token, base_url=f"{base}/api/")
    posted = await ben.chat_postMessage(channel="C0RANDOM", text="Mine")
    assert posted["message"]["user"] == "U0BEN"
    assert "bot_id" not in posted["message"]
    own = slack.chat_update(channel="C0RANDOM", ts=posted["ts"], text="Yours")
    assert (await refusal(own))["error"] == "cant_update_message"
    assert (await ben.chat_update(channel="C0RANDOM", ts=posted["ts"], text="Still mine"))["ok"]


async def test_a_whisper_keeps_no_event_of_its_metadata(slack: AsyncWebClient, playground: Playground) -> None:
    metadata = {"event_type": "a", "event_payload": {}}
    await slack.api_call(
        "chat.postEphemeral", json={"channel": TECH, "user": "U0BEN", "text": "x", "metadata": metadata}
    )
    assert "metadata" not in playground.messages.ephemerals()[0]


async def test_a_change_and_a_deletion_are_events(slack: AsyncWebClient, playground: Playground, bot: Bot) -> None:
    playground.events = frozenset()
    posted = await slack.chat_postMessage(channel=TECH, text="One")
    playground.events = frozenset({"message"})
    await slack.chat_update(channel=TECH, ts=posted["ts"], text="Two")
    await bot.until(1)
    await slack.chat_delete(channel=TECH, ts=posted["ts"])
    changed, deleted = (json.loads(each.body)["event"] for each in await bot.until(2))
    assert (changed["subtype"], changed["message"]["text"]) == ("message_changed", "Two")
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", posted["ts"])


@pytest.mark.parametrize(
    ("forbidden", "error"),
    [
        ({"channel": TECH, "posting": "restricted_action_read_only_channel"}, "restricted_action_read_only_channel"),
        ({"channel": TECH, "posting": "restricted_action"}, "restricted_action"),
    ],
)
async def test_what_an_administrator_forbids_on_the_page_is_refused_until_allowed(
    slack: AsyncWebClient, page: httpx.AsyncClient, forbidden: dict[str, Any], error: str
) -> None:
    assert (await page.post("/playground/restrict", json=forbidden)).json() == {"ok": True}
    assert (await refusal(slack.chat_postMessage(channel=TECH, text="x")))["error"] == error
    await page.post("/playground/restrict", json={"channel": TECH, "open": True})
    assert (await slack.chat_postMessage(channel=TECH, text="x"))["ok"]


async def test_a_thread_is_locked_and_opened_again_on_the_page(slack: AsyncWebClient, page: httpx.AsyncClient) -> None:
    root = (await slack.chat_postMessage(channel=TECH, text="Root"))["ts"]
    await page.post("/playground/restrict", json={"channel": TECH, "thread_ts": root, "locked": True})
    reply = {"channel": TECH, "text": "x", "thread_ts": root}
    assert (await refusal(slack.chat_postMessage(**reply)))["error"] == "restricted_action_thread_locked"
    await page.post("/playground/restrict", json={"channel": TECH, "thread_ts": root, "locked": False})
    assert (await slack.chat_postMessage(**reply))["ok"]


async def test_tabs_and_the_agent_are_switched_off_on_the_page(
    slack: AsyncWebClient, page: httpx.AsyncClient, stage: Stage
) -> None:
    await page.post("/playground/restrict", json={"messages_tab": False, "home_tab": False, "agent": False})
    said = slack.chat_postMessage(channel=stage.direct, text="x")
    assert (await refusal(said))["error"] == "messages_tab_disabled"
    assert not (stage.playground.restrictions.home_tab or stage.playground.restrictions.agent)


async def test_a_link_is_unfolded_once_for_each_address(slack: AsyncWebClient, stage: Stage) -> None:
    ts = stage.said(f"{LINK} and {LINK}1")
    for text in ("First", "Second"):
        await slack.chat_unfurl(channel=TECH, ts=ts, unfurls={LINK: {"text": text}})
    await slack.chat_unfurl(channel=TECH, ts=ts, unfurls={f"{LINK}1": {"text": "Other"}})
    attachments = stage.playground.messages.find(TECH, ts)["attachments"]
    assert [(each["id"], each["from_url"], each["text"]) for each in attachments] == [
        (1, LINK, "Second"),
        (2, f"{LINK}1", "Other"),
    ]


async def test_an_invitation_to_sign_in_is_for_the_poster_alone(slack: AsyncWebClient, stage: Stage) -> None:
    ts = stage.said(LINK)
    await slack.chat_unfurl(channel=TECH, ts=ts, user_auth_required=True, user_auth_url="https://a.example/in")
    (whisper,) = stage.playground.messages.ephemerals()
    assert whisper["ephemeral_to"] == "U0BEN"
    assert "<https://a.example/in|Connect>" in whisper["text"]
    assert "attachments" not in stage.playground.messages.find(TECH, ts)


async def test_pins_are_listed_the_latest_first(slack: AsyncWebClient, stage: Stage) -> None:
    one, two = stage.posted(), stage.posted()
    for ts in (one, two):
        await slack.pins_add(channel=TECH, timestamp=ts)
    pinned = (await slack.pins_list(channel=TECH))["items"]
    assert [item["message"]["ts"] for item in pinned] == [two, one]
    assert pinned[0]["message"]["pinned_to"] == [TECH]
    await slack.pins_remove(channel=TECH, timestamp=two)
    await slack.chat_delete(channel=TECH, ts=one)
    assert (await slack.pins_list(channel=TECH))["items"] == []


async def test_reactions_are_listed_by_person_and_page(slack: AsyncWebClient, stage: Stage) -> None:
    first, second = stage.reacted(), stage.reacted()
    stage.playground.messages.react(TECH, second, "heart", "U0BEN")
    listed = await slack.reactions_list(count=1)
    assert [item["message"]["ts"] for item in listed["items"]] == [second]
    assert listed["paging"] == {"count": 1, "total": 2, "page": 1, "pages": 2}
    by_cursor = await slack.reactions_list(limit=1)
    rest = await slack.reactions_list(limit=1, cursor=by_cursor["response_metadata"]["next_cursor"])
    assert [item["message"]["ts"] for item in rest["items"]] == [first]
    assert [item["message"]["ts"] for item in (await slack.reactions_list(user="U0BEN"))["items"]] == [second]


async def test_a_taken_back_reaction_is_an_event(
    slack: AsyncWebClient, stage: Stage, playground: Playground, bot: Bot
) -> None:
    playground.events = frozenset({"reaction_removed"})
    await slack.reactions_remove(channel=TECH, timestamp=stage.reacted(), name="emoji0")
    event = json.loads((await bot.until(1))[0].body)["event"]
    assert (event["type"], event["reaction"], event["user"]) == ("reaction_removed", "emoji0", "U0TRIAGE")
