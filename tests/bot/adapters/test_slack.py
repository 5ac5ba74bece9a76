"""SlackChat against a workspace on a real port: posted once, found again, refused in our words."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import SlackChat
from bot.adapters.slack_directory import undisturbed_until
from bot.adapters.slack_gate import Gate
from bot.playground import credentials
from bot.playground.server import Playground, create_app
from pipeline.errors import Refused, Unavailable, Unknown
from pipeline.ports import Card
from tests.playground.running import running

CARD = Card(text="A card", blocks=({"type": "section", "text": {"type": "mrkdwn", "text": "A *card*"}},))


@pytest.fixture
def playground() -> Playground:
    return Playground("http://127.0.0.1:1")


@pytest.fixture
async def base(playground: Playground) -> AsyncIterator[str]:
    async with running(create_app(playground)) as url:
        yield url


@pytest.fixture
def chat(base: str) -> SlackChat:
    return SlackChat(AsyncWebClient(credentials.BOT_TOKEN, base_url=f"{base}/api/"))


def faults(playground: Playground, **fault: object) -> None:
    playground.faults.follow([{"probability": 1, **fault}])


async def test_a_channel_is_found_by_its_name_or_its_id(chat: SlackChat) -> None:
    assert await chat.channel("tech-support") == "C0TECH"
    assert await chat.channel("#tech-support") == "C0TECH"
    assert await chat.channel("C0TECH") == "C0TECH"


async def test_a_channel_without_us_says_how_to_invite_us(chat: SlackChat) -> None:
    with pytest.raises(Refused, match=r"#random.*/invite @Triage Desk") as caught:
        await chat.channel("random")
    assert caught.value.code == "not_in_channel"
    with pytest.raises(Refused) as caught:
        await chat.channel("no-such-channel")
    assert caught.value.code == "channel_not_found"


async def test_what_was_posted_is_found_by_its_key_and_nothing_else_is(chat: SlackChat) -> None:
    before = datetime.now(UTC)
    ts = await chat.post("C0TECH", CARD, key="card:1")
    await chat.post("C0TECH", CARD, key="card:2")
    assert await chat.find("C0TECH", "card:1", since=before) == ts
    assert await chat.find("C0TECH", "card:3", since=before) is None
    assert await chat.find("C0BILLING", "card:1", since=before) is None


async def test_a_line_of_a_thread_is_found_in_its_thread(chat: SlackChat) -> None:
    before = datetime.now(UTC)
    root = await chat.post("C0TECH", CARD, key="card:1")
    reply = await chat.post("C0TECH", CARD, key="thread:1", thread=root)
    assert await chat.find("C0TECH", "thread:1", since=before, thread=root) == reply
    assert await chat.find("C0TECH", "thread:1", since=before) is None


async def test_an_update_replaces_the_message_and_keeps_its_key(chat: SlackChat, playground: Playground) -> None:
    before = datetime.now(UTC)
    ts = await chat.post("C0TECH", CARD, key="card:1")
    await chat.update("C0TECH", ts, Card(text="Decided", blocks=()))
    assert playground.messages.find("C0TECH", ts)["text"] == "Decided"
    assert await chat.find("C0TECH", "card:1", since=before) == ts
    assert (await chat.permalink("C0TECH", ts)).endswith(f"/C0TECH/p{ts.replace('.', '')}")


async def test_a_refusal_keeps_slacks_word_for_it(chat: SlackChat) -> None:
    with pytest.raises(Refused) as caught:
        await chat.update("C0TECH", "1.000001", CARD)
    assert caught.value.code == "message_not_found"
    with pytest.raises(Refused) as caught:
        await chat.post("C0TECH", Card(text="x", blocks=({"type": "no_such"},)), key="k")
    assert caught.value.code == "invalid_blocks"


async def test_a_post_whose_answer_is_lost_may_have_happened_and_is_not_repeated(
    chat: SlackChat, playground: Playground
) -> None:
    faults(playground, method="chat.postMessage", kind="reset")
    with pytest.raises(Unknown):
        await chat.post("C0TECH", CARD, key="card:1")
    faults(playground, method="chat.postMessage", kind="error500")
    with pytest.raises(Unknown):
        await chat.post("C0TECH", CARD, key="card:1")
    faults(playground, method="chat.postMessage", kind="error:internal_error")
    with pytest.raises(Unknown):
        await chat.post("C0TECH", CARD, key="card:1")
    assert playground.messages.top_level("C0TECH") == []


async def test_an_update_whose_answer_is_lost_is_only_tried_later(chat: SlackChat, playground: Playground) -> None:
    ts = await chat.post("C0TECH", CARD, key="card:1")
    faults(playground, method="chat.update", kind="reset")
    with pytest.raises(Unavailable) as caught:
        await chat.update("C0TECH", ts, CARD)
    assert not isinstance(caught.value, Unknown)


async def test_a_server_that_is_not_there_took_nothing() -> None:
    chat = SlackChat(AsyncWebClient(credentials.BOT_TOKEN, base_url="http://127.0.0.1:1/api/"))
    with pytest.raises(Unavailable) as caught:
        await chat.post("C0TECH", CARD, key="card:1")
    assert not isinstance(caught.value, Unknown)


async def test_after_a_rate_limit_that_channel_waits_and_others_do_not(base: str, playground: Playground) -> None:
    moment = [100.0]
    client = AsyncWebClient(credentials.BOT_TOKEN, base_url=f"{base}/api/")
    chat = SlackChat(client, Gate(lambda: moment[0]))
    faults(playground, method="chat.postMessage", kind="ratelimited", seconds=7, times=1)
    with pytest.raises(Unavailable) as caught:
        await chat.post("C0TECH", CARD, key="card:1")
    assert caught.value.retry_after == 7
    with pytest.raises(Unavailable) as caught:
        await chat.post("C0TECH", CARD, key="card:1")
    assert caught.value.retry_after == 7
    assert await chat.post("C0BILLING", CARD, key="card:2")
    moment[0] += 7
    assert await chat.post("C0TECH", CARD, key="card:1")


async def test_a_conversation_ends_with_the_message_that_is_asked_about(chat: SlackChat) -> None:
    root = await chat.post("C0TECH", CARD, key="card:1")
    first = await chat.post("C0TECH", CARD, key="line:1", thread=root)
    await chat.post("C0TECH", CARD, key="line:2", thread=root)
    said = await chat.conversation("C0TECH", first)
    assert [(each.ts, each.thread, each.by_app) for each in said] == [(root, root, True), (first, root, True)]
    assert said[-1].text == "A card"
    with pytest.raises(Refused) as caught:
        await chat.conversation("C0TECH", "1772442000.000001")
    assert caught.value.code in ("thread_not_found", "message_not_found")


async def test_a_whisper_is_for_one_person(chat: SlackChat, playground: Playground) -> None:
    await chat.whisper("C0TECH", "U0BEN", CARD)
    assert [message["ephemeral_to"] for message in playground.messages.ephemerals()] == ["U0BEN"]


async def test_a_member_is_known_and_a_guest_or_a_bot_is_a_stranger(chat: SlackChat) -> None:
    ana = await chat.person("U0ANA")
    assert (ana.name, ana.email, ana.stranger) == ("Ana Ribeiro", "ana@playground.example", False)
    assert ana.zone == "Europe/Berlin"
    assert (await chat.person("U0GINA")).stranger
    assert (await chat.person(credentials.BOT_USER)).stranger
    with pytest.raises(Refused):
        await chat.person("U0NOBODY")


async def test_a_person_is_remembered_for_a_while(chat: SlackChat, playground: Playground) -> None:
    await chat.person("U0ANA")
    faults(playground, method="users.info", kind="error500")
    assert (await chat.person("U0ANA")).name == "Ana Ribeiro"
    with pytest.raises(Unavailable):
        await chat.person("U0BEN")


async def test_a_user_id_is_found_by_e_mail(chat: SlackChat) -> None:
    assert await chat.user_id("Omar@playground.example") == "U0OMAR"
    assert await chat.user_id("nobody@playground.example") is None
    assert await chat.user_id("") is None


async def test_a_person_comes_with_their_user_groups(chat: SlackChat) -> None:
    lena = await chat.person("U0LENA")
    assert lena.groups is not None
    assert {"billing-team", "s0billing", "tech-team"} <= lena.groups
    assert (await chat.person("U0OTTO")).groups == frozenset()


async def test_groups_that_slack_does_not_tell_are_unknown_and_not_empty(
    chat: SlackChat, playground: Playground
) -> None:
    faults(playground, method="usergroups.list", kind="error500")
    assert (await chat.person("U0LENA")).groups is None


async def test_a_person_acts_in_the_usual_workspace_under_both_its_names(chat: SlackChat) -> None:
    assert (await chat.person("U0ANA")).workspaces == {"", credentials.TEAM_ID}


async def test_a_direct_message_is_posted_once_and_found_again(chat: SlackChat) -> None:
    channel = await chat.direct("U0ANA")
    assert channel.startswith("D")
    assert await chat.direct("U0ANA") == channel
    began = datetime.now(UTC)
    ts = await chat.post(channel, CARD, key="call:1:0")
    assert await chat.find(channel, "call:1:0", since=began) == ts


async def test_an_app_that_may_not_see_do_not_disturb_is_told_so(chat: SlackChat) -> None:
    with pytest.raises(Refused, match="a scope is missing"):
        await chat.quiet_until("U0ANA")


@pytest.mark.parametrize(
    ("told", "until"),
    [
        ({"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}, None),
        ({"dnd_enabled": True, "next_dnd_start_ts": 900, "next_dnd_end_ts": 2000}, 2000),
        ({"dnd_enabled": True, "next_dnd_start_ts": 1500, "next_dnd_end_ts": 2000}, None),
        ({"dnd_enabled": True, "next_dnd_start_ts": 100, "next_dnd_end_ts": 900}, None),
        ({"dnd_enabled": True, "next_dnd_start_ts": 1500, "snooze_enabled": True, "snooze_endtime": 1200}, 1200),
        ({"snooze_enabled": True, "snooze_endtime": None}, None),
    ],
)
def test_a_snooze_and_the_hours_of_rest_are_read_from_slacks_answer(told: dict[str, Any], until: int | None) -> None:
    now = datetime.fromtimestamp(1000, UTC)
    assert undisturbed_until(told, now) == (None if until is None else datetime.fromtimestamp(until, UTC))


async def test_a_channel_is_internal_while_no_other_company_is_in_it(base: str, playground: Playground) -> None:
    chat = SlackChat(AsyncWebClient(credentials.BOT_TOKEN, base_url=f"{base}/api/"), cache_seconds=0)
    assert await chat.is_internal("C0TECH")
    assert not await chat.is_internal("C0HARBOR")
    faults(playground, method="conversations.info", kind="reset")
    with pytest.raises(Unavailable):
        await chat.is_internal("C0TECH")
    playground.faults.follow([])
    for unknown in ("C0NOWHERE", "COMPOSER", ""):
        with pytest.raises(Refused):
            await chat.is_internal(unknown)


@pytest.mark.parametrize(
    "told",
    [
        {"is_ext_shared": False, "is_pending_ext_shared": True},
        {"is_ext_shared": False, "pending_connected_team_ids": ["T0HARBOR"]},
        {"is_im": True},
    ],
    ids=["another company was asked in", "another company is on its way", "Slack does not tell"],
)
async def test_a_channel_that_may_be_another_companys_is_not_internal(
    chat: SlackChat, monkeypatch: pytest.MonkeyPatch, told: dict[str, object]
) -> None:
    async def info(_: object, **__: object) -> dict[str, object]:
        return {"channel": told}

    monkeypatch.setattr(AsyncWebClient, "conversations_info", info)
    assert not await chat.is_internal("C0TECH")
