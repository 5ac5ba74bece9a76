"""Two workspaces side by side: who sees whom, whose app hears what, and what a guest or a stranger may do."""

import json
from typing import Any

import httpx
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.installations import install
from bot.playground.oauth import Grant
from bot.playground.scopes import SCOPES
from bot.playground.server import Playground
from bot.playground.tokens import TokenKind
from tests.playground.block_cases import actions, button, plain, section
from tests.playground.conftest import refusal
from tests.playground.running import Bot

MODAL = {"type": "modal", "title": plain("Edit"), "submit": plain("Send"), "blocks": [section()]}


@pytest.fixture
def harbor(playground: Playground, slack: AsyncWebClient) -> AsyncWebClient:
    """The client of the same app in the other workspace."""
    issued = install(playground.of("T0HARBOR"), Grant("T0HARBOR", "U1NORA", SCOPES, frozenset()))
    assert issued.bot is not None
    playground.of("T0HARBOR").workspace.join("C1OPS", "U1TRIAGE")
    return AsyncWebClient(issued.bot.secret, base_url=slack.base_url)


def person(playground: Playground, slack: AsyncWebClient, user: str) -> AsyncWebClient:
    token = playground.tokens.issue(TokenKind.USER, "T0PLAY", user, SCOPES, rotating=False)
    return AsyncWebClient(token.secret, base_url=slack.base_url)


def events(bot: Bot) -> list[dict[str, Any]]:
    return [json.loads(received.body) for received in bot.received]


async def test_each_token_opens_its_own_workspace(slack: AsyncWebClient, harbor: AsyncWebClient) -> None:
    assert [(await client.auth_test())["team"] for client in (slack, harbor)] == ["Lumen Boards", "Harbor Labs"]
    assert (await slack.auth_test())["user_id"] != (await harbor.auth_test())["user_id"]
    assert (await refusal(slack.conversations_info(channel="C1OPS")))["error"] == "channel_not_found"
    assert (await refusal(harbor.users_info(user="U0BEN")))["error"] == "user_not_found"
    names = {channel["name"] for channel in (await harbor.conversations_list())["channels"]}
    assert names == {"all-harbor", "operations", "shared-harbor-labs"}
    posted = await harbor.chat_postMessage(channel="C1OPS", text="Ahoy")
    assert (posted["message"]["team"], posted["message"]["bot_id"]) == ("T0HARBOR", "B1TRIAGE")


async def test_a_press_in_the_other_workspace_opens_a_form_there_and_nowhere_else(
    harbor: AsyncWebClient, slack: AsyncWebClient, page: httpx.AsyncClient, bot: Bot, playground: Playground
) -> None:
    blocks = [{**actions(button("ticket.edit")), "block_id": "row"}]
    card = await harbor.chat_postMessage(channel="C1OPS", text="Card", blocks=blocks)
    await playground.background.settle()
    bot.received.clear()
    action = {"block_id": "row", "action_id": "ticket.edit"}
    act = {"team": "T0HARBOR", "user": "U1PAUL", "channel": "C1OPS", "ts": card["ts"], "action": action}
    assert (await page.post("/playground/click", json=act)).json() == {"ok": True}
    payload = json.loads(bot.received[0].form["payload"])
    assert (payload["team"]["id"], payload["user"]["team_id"]) == ("T0HARBOR", "T0HARBOR")
    elsewhere = slack.views_open(trigger_id=payload["trigger_id"], view=MODAL)
    assert (await refusal(elsewhere))["error"] == "invalid_trigger_id"
    view = (await harbor.views_open(trigger_id=payload["trigger_id"], view=MODAL))["view"]
    assert (view["team_id"], view["bot_id"]) == ("T0HARBOR", "B1TRIAGE")
    sent = {"team": "T0HARBOR", "user": "U1PAUL", "view_id": view["id"], "values": {}}
    assert (await page.post("/playground/submit", json=sent)).json() == {"ok": True}


async def test_what_a_stranger_says_in_a_shared_channel_is_heard_once(
    harbor: AsyncWebClient, page: httpx.AsyncClient, bot: Bot, playground: Playground
) -> None:
    said = {"team": "T0HARBOR", "user": "U1NORA", "channel": "C0HARBOR", "text": "<@U0TRIAGE> from next door"}
    assert (await page.post("/playground/say", json=said)).json() == {"ok": True}
    await playground.background.settle()
    told = events(bot)
    assert [each["event"]["type"] for each in told] == ["message", "app_mention"]
    for each in told:
        assert (each["team_id"], each["event"]["team"], each["is_ext_shared_channel"]) == ("T0PLAY", "T0HARBOR", True)


async def test_a_stranger_works_with_the_app_of_the_shared_channel(
    slack: AsyncWebClient, page: httpx.AsyncClient, bot: Bot, playground: Playground
) -> None:
    """From their own workspace, where the app is not installed."""
    playground.events = frozenset()
    blocks = [{**actions(button("ticket.edit")), "block_id": "row"}]
    card = await slack.chat_postMessage(channel="C0HARBOR", text="Card", blocks=blocks)
    nora = {"team": "T0HARBOR", "user": "U1NORA"}
    act = {**nora, "channel": "C0HARBOR", "ts": card["ts"], "action": {"block_id": "row", "action_id": "ticket.edit"}}
    assert (await page.post("/playground/click", json=act)).json() == {"ok": True}
    payload = json.loads(bot.received[0].form["payload"])
    assert (payload["team"]["id"], payload["user"]["team_id"]) == ("T0PLAY", "T0HARBOR")
    view = (await slack.views_open(trigger_id=payload["trigger_id"], view=MODAL))["view"]
    shown = (await page.get("/playground/snapshot", params={"team": "T0HARBOR"})).json()
    assert [each["id"] for each in shown["views"]["U1NORA"]] == [view["id"]]
    sent = {**nora, "view_id": view["id"], "values": {}}
    assert (await page.post("/playground/submit", json=sent)).json() == {"ok": True}


async def test_strangers_are_told_from_people_one_shares_a_channel_with(slack: AsyncWebClient) -> None:
    nora, ida = [(await slack.users_info(user=user))["user"] for user in ("U1NORA", "U1IDA")]
    assert (nora["team_id"], nora.get("is_stranger")) == ("T0HARBOR", None)
    assert (ida["team_id"], ida["is_stranger"]) == ("T0HARBOR", True)
    shared = (await slack.conversations_info(channel="C0HARBOR"))["channel"]
    assert shared["is_ext_shared"]
    assert shared["shared_team_ids"] == ["T0PLAY", "T0HARBOR"]


async def test_the_snapshot_shows_one_workspace_and_names_all(page: httpx.AsyncClient) -> None:
    shown = (await page.get("/playground/snapshot", params={"team": "T0HARBOR"})).json()
    assert [each["id"] for each in shown["workspaces"]] == ["T0PLAY", "T0HARBOR"]
    assert (shown["team"], shown["me_default"]) == ("T0HARBOR", "U1NORA")
    assert {channel["name"] for channel in shown["channels"]} == {
        "all-harbor",
        "operations",
        "shared-harbor-labs",
        "harbor-contract",
    }
    assert (await page.get("/playground/snapshot", params={"team": "T0NONE"})).status_code == 422


async def test_to_somebody_who_left_nothing_is_said(slack: AsyncWebClient, playground: Playground) -> None:
    known = (await slack.conversations_open(users="U0BEN"))["channel"]["id"]
    playground.workspace.deactivate("U0BEN")
    assert (await refusal(slack.conversations_open(users="U0BEN")))["error"] == "user_disabled"
    assert (await refusal(slack.chat_postMessage(channel="U0BEN", text="x")))["error"] == "channel_not_found"
    assert (await refusal(slack.chat_postMessage(channel=known, text="x")))["error"] == "is_archived"
    whisper = slack.chat_postEphemeral(channel="C0TECH", user="U0BEN", text="x")
    assert (await refusal(whisper))["error"] == "user_not_in_channel"
    assert "U0BEN" not in (await slack.conversations_members(channel="C0TECH"))["members"]
    assert (await slack.users_info(user="U0BEN"))["user"]["deleted"]


async def test_a_guest_sees_their_channels_and_the_people_in_them(
    slack: AsyncWebClient, playground: Playground
) -> None:
    gina = person(playground, slack, "U0GINA")
    assert {c["name"] for c in (await gina.conversations_list())["channels"]} == {"general-support", "random"}
    assert (await refusal(gina.conversations_history(channel="C0TECH")))["error"] == "channel_not_found"
    assert (await gina.users_info(user="U0SAM"))["user"]["is_ultra_restricted"]
    roles = (await slack.users_info(user="U0ADA"))["user"]
    assert (roles["is_admin"], roles["is_owner"]) == (True, True)


async def test_a_private_channel_is_there_for_its_members_only(slack: AsyncWebClient, playground: Playground) -> None:
    playground.scopes = SCOPES
    ben, ana = person(playground, slack, "U0BEN"), person(playground, slack, "U0ANA")
    secret = (await ben.conversations_create(name="secret-plans", is_private=True))["channel"]["id"]
    for client in (slack, ana):
        assert (await refusal(client.conversations_info(channel=secret)))["error"] == "channel_not_found"
        listed = (await client.conversations_list(types="private_channel"))["channels"]
        assert secret not in {channel["id"] for channel in listed}
    await ben.conversations_invite(channel=secret, users="U0TRIAGE")
    assert (await slack.chat_postMessage(channel=secret, text="Hello"))["ok"]
    assert (await slack.conversations_info(channel=secret))["channel"]["is_private"]


async def test_an_archived_channel_is_read_but_not_written(slack: AsyncWebClient, playground: Playground) -> None:
    playground.scopes = SCOPES
    made = (await slack.conversations_create(name="short-lived"))["channel"]["id"]
    said = await slack.chat_postMessage(channel=made, text="While it lasts")
    await slack.conversations_archive(channel=made)
    for call in (
        slack.chat_postMessage(channel=made, text="x"),
        slack.reactions_add(channel=made, timestamp=said["ts"], name="eyes"),
        slack.conversations_setTopic(channel=made, topic="x"),
        slack.conversations_rename(channel=made, name="other"),
    ):
        assert (await refusal(call))["error"] == "is_archived"
    assert [m["text"] for m in (await slack.conversations_history(channel=made))["messages"]] == [
        "archived the channel",
        "While it lasts",
    ]
    await slack.conversations_unarchive(channel=made)
    assert (await slack.chat_postMessage(channel=made, text="Again"))["ok"]


async def test_a_channel_keeps_what_is_said_of_it(slack: AsyncWebClient, playground: Playground) -> None:
    playground.scopes = SCOPES
    made = (await slack.conversations_create(name="plans"))["channel"]["id"]
    await slack.conversations_setTopic(channel=made, topic="Now")
    await slack.conversations_setPurpose(channel=made, purpose="Later")
    await slack.conversations_rename(channel=made, name="old-plans")
    await slack.conversations_mark(channel=made, ts="1700000000.000100")
    shown = (await slack.conversations_info(channel=made))["channel"]
    assert (shown["topic"]["value"], shown["purpose"]["value"]) == ("Now", "Later")
    assert (shown["name"], shown["previous_names"], shown["creator"]) == ("old-plans", ["plans"], "U0TRIAGE")
    assert shown["last_read"] == "1700000000.000100"


async def test_slack_itself_writes_down_what_happens_to_a_channel(
    slack: AsyncWebClient, playground: Playground, bot: Bot
) -> None:
    playground.scopes = SCOPES
    await slack.conversations_join(channel="C0RANDOM")
    await slack.conversations_setTopic(channel="C0RANDOM", topic="Soup & cats")
    await slack.conversations_leave(channel="C0RANDOM")
    await playground.background.settle()
    assert [(m["subtype"], m["text"]) for m in playground.messages.top_level("C0RANDOM")] == [
        ("channel_join", "<@U0TRIAGE> has joined the channel"),
        ("channel_topic", "set the channel topic: Soup & cats"),
        ("channel_leave", "<@U0TRIAGE> has left the channel"),
    ]
    told = [(e["event"]["type"], e["event"].get("subtype")) for e in events(bot)]
    assert told == [
        ("member_joined_channel", None),
        ("message", "channel_join"),
        ("message", "channel_topic"),
        ("member_left_channel", None),
    ]


async def test_the_page_hears_that_people_and_channels_changed(slack: AsyncWebClient, playground: Playground) -> None:
    playground.scopes, playground.events = SCOPES, frozenset()
    before = playground.stream.last
    await slack.conversations_create(name="plans")
    follower = playground.stream.follow(before, 1.0)
    assert (await anext(follower)) == (before + 1, {"type": "town"})


async def test_a_group_conversation_opens_once_and_takes_messages(
    slack: AsyncWebClient, playground: Playground
) -> None:
    playground.scopes = SCOPES
    opened = await slack.conversations_open(users="U0ANA,U0BEN", return_im=True)
    assert (opened["channel"]["is_mpim"], opened["channel"]["name"]) == (True, "mpdm-ana--ben--triage_desk-1")
    again = await slack.conversations_open(users="U0BEN,U0ANA")
    assert (again["channel"]["id"], again["already_open"]) == (opened["channel"]["id"], True)
    assert (await slack.chat_postMessage(channel=opened["channel"]["id"], text="Hello"))["ok"]
    assert [c["id"] for c in (await slack.conversations_list(types="mpim"))["channels"]] == [opened["channel"]["id"]]


async def test_a_user_group_is_kept_as_it_was_made(slack: AsyncWebClient, playground: Playground) -> None:
    playground.scopes = SCOPES
    made = (await slack.usergroups_create(name="Night shift", channels="C0TECH"))["usergroup"]
    assert (made["handle"], made["prefs"]["channels"]) == ("night-shift", ["C0TECH"])
    await slack.usergroups_users_update(usergroup=made["id"], users="U0BEN,U0EVA")
    assert (await slack.usergroups_users_list(usergroup=made["id"]))["users"] == ["U0BEN", "U0EVA"]
    await slack.usergroups_disable(usergroup=made["id"])
    assert made["id"] not in {group["id"] for group in (await slack.usergroups_list())["usergroups"]}
    assert (await slack.usergroups_enable(usergroup=made["id"]))["usergroup"]["date_delete"] == 0
