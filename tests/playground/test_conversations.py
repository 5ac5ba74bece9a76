"""Channels and people: found, listed in pages, joined, refused."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.server import Playground
from tests.playground.conftest import refusal
from tests.playground.running import Ticking


async def test_channels_are_listed_page_by_page(slack: AsyncWebClient) -> None:
    names: list[str] = []
    cursor = ""
    while True:
        answer = await slack.conversations_list(limit=4, cursor=cursor)
        names += [channel["name"] for channel in answer["channels"]]
        if not (cursor := answer["response_metadata"]["next_cursor"]):
            break
    assert len(names) == len(set(names)) == 12
    assert {"billing-support", "engineering-oncall", "random"} <= set(names)


async def test_the_bot_is_in_every_channel_but_one(slack: AsyncWebClient) -> None:
    channels = (await slack.conversations_list())["channels"]
    assert [channel["name"] for channel in channels if not channel["is_member"]] == ["random"]


async def test_joining_makes_a_member_and_warns_the_second_time(slack: AsyncWebClient) -> None:
    assert (await slack.conversations_join(channel="C0RANDOM"))["channel"]["is_member"]
    assert (await slack.conversations_join(channel="C0RANDOM"))["warning"] == "already_in_channel"
    assert "U0TRIAGE" in (await slack.conversations_members(channel="C0RANDOM"))["members"]


async def test_history_is_newest_first_between_its_ends_and_in_pages(slack: AsyncWebClient) -> None:
    said = [(await slack.chat_postMessage(channel="C0TECH", text=str(n)))["ts"] for n in range(5)]
    between = await slack.conversations_history(channel="C0TECH", oldest=said[1], latest=said[3])
    assert [m["text"] for m in between["messages"]] == ["2"]
    inclusive = await slack.conversations_history(channel="C0TECH", oldest=said[1], latest=said[3], inclusive=True)
    assert [m["text"] for m in inclusive["messages"]] == ["3", "2", "1"]
    first = await slack.conversations_history(channel="C0TECH", limit=2)
    assert first["has_more"]
    second = await slack.conversations_history(
        channel="C0TECH", limit=2, cursor=first["response_metadata"]["next_cursor"]
    )
    assert [m["text"] for m in (*first["messages"], *second["messages"])] == ["4", "3", "2", "1"]


async def test_a_look_up_may_lag_behind(slack: AsyncWebClient, playground: Playground, clock: Ticking) -> None:
    playground.faults.follow([{"method": "conversations.history", "kind": "lagging_lookup", "seconds": 5}])
    await slack.chat_postMessage(channel="C0TECH", text="fresh")
    assert (await slack.conversations_history(channel="C0TECH"))["messages"] == []
    clock.advance(6)
    assert len((await slack.conversations_history(channel="C0TECH"))["messages"]) == 1


async def test_a_thread_may_lag_behind_too(slack: AsyncWebClient, playground: Playground, clock: Ticking) -> None:
    playground.faults.follow([{"method": "conversations.replies", "kind": "lagging_lookup", "seconds": 5}])
    root = (await slack.chat_postMessage(channel="C0TECH", text="root"))["ts"]
    await slack.chat_postMessage(channel="C0TECH", text="fresh", thread_ts=root)
    assert len((await slack.conversations_replies(channel="C0TECH", ts=root))["messages"]) == 1
    clock.advance(6)
    assert len((await slack.conversations_replies(channel="C0TECH", ts=root))["messages"]) == 2


async def test_a_direct_message_opens_once_and_takes_messages(slack: AsyncWebClient) -> None:
    channel = (await slack.conversations_open(users="U0ANA"))["channel"]["id"]
    assert (await slack.conversations_open(users="U0ANA"))["channel"]["id"] == channel
    assert (await slack.chat_postMessage(channel=channel, text="Hello"))["ok"]
    assert (await slack.chat_postMessage(channel="U0ANA", text="Again"))["channel"] == channel
    assert (await slack.conversations_info(channel=channel))["channel"]["is_im"]


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("conversations.info", {"channel": "C0NOWHERE"}, "channel_not_found"),
        ("conversations.members", {"channel": "C0NOWHERE"}, "channel_not_found"),
        ("conversations.history", {"channel": "C0RANDOM"}, "not_in_channel"),
        ("conversations.history", {"channel": "C0TECH", "oldest": "soon"}, "invalid_ts_oldest"),
        ("conversations.history", {"channel": "C0TECH", "cursor": "%%%"}, "invalid_cursor"),
        ("conversations.list", {"limit": 0}, "invalid_limit"),
        ("conversations.list", {"types": "secret"}, "invalid_types"),
        ("conversations.list", {"types": "mpim"}, "missing_scope"),
        ("conversations.replies", {"channel": "C0TECH", "ts": "1.000001"}, "thread_not_found"),
        ("conversations.open", {}, "users_list_not_supplied"),
        ("conversations.open", {"users": "U0NOBODY"}, "user_not_found"),
        ("conversations.join", {"channel": "C0NOWHERE"}, "channel_not_found"),
        ("users.info", {"user": "U0NOBODY"}, "user_not_found"),
        ("users.lookupByEmail", {"email": "nobody@playground.example"}, "users_not_found"),
        ("usergroups.users.list", {"usergroup": "S0NONE"}, "no_such_subteam"),
        ("bots.info", {"bot": "B0NONE"}, "bot_not_found"),
        ("team.info", {"team": "T0OTHER"}, "team_not_found"),
        ("api.test", {"error": "my_error"}, "my_error"),
    ],
)
async def test_what_is_not_there_is_refused_by_name(
    slack: AsyncWebClient, method: str, arguments: dict[str, object], error: str
) -> None:
    assert (await refusal(slack.api_call(method, params=arguments)))["error"] == error


async def test_an_archived_channel_cannot_be_joined(slack: AsyncWebClient, playground: Playground) -> None:
    playground.workspace.archive("C0RANDOM", True)
    assert (await refusal(slack.conversations_join(channel="C0RANDOM")))["error"] == "is_archived"


async def test_people_are_found_by_id_and_address(slack: AsyncWebClient) -> None:
    ana = (await slack.users_info(user="U0ANA"))["user"]
    assert (ana["real_name"], ana["profile"]["email"]) == ("Ana Ribeiro", "ana@playground.example")
    assert (await slack.users_lookupByEmail(email="Ana@Playground.example"))["user"]["id"] == "U0ANA"
    assert (await slack.users_info(user="U0GINA"))["user"]["is_restricted"]


async def test_without_the_scope_nobody_has_an_address(slack: AsyncWebClient, playground: Playground) -> None:
    playground.scopes -= {"users:read.email"}
    assert "email" not in (await slack.users_info(user="U0ANA"))["user"]["profile"]
    assert (await refusal(slack.users_lookupByEmail(email="x")))["needed"] == "users:read.email"


async def test_groups_bots_and_the_team_tell_who_they_are(slack: AsyncWebClient) -> None:
    groups = (await slack.usergroups_list(include_users=True))["usergroups"]
    assert groups[0]["users"] == (await slack.usergroups_users_list(usergroup=groups[0]["id"]))["users"]
    assert "users" not in (await slack.usergroups_list())["usergroups"][0]
    assert (await slack.bots_info(bot="B0TRIAGE"))["bot"]["user_id"] == "U0TRIAGE"
    assert (await slack.team_info())["team"]["id"] == "T0PLAY"
    assert len((await slack.users_list())["members"]) == 14
    assert (await slack.auth_test())["bot_id"] == "B0TRIAGE"
    assert (await slack.api_test(foo="bar"))["args"] == {"foo": "bar"}
