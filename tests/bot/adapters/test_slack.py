"""SlackChat against a workspace on a real port: posted once, found again, refused in our words."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import SlackChat
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
    chat = SlackChat(client, now=lambda: moment[0])
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


async def test_a_member_is_known_and_a_guest_or_a_bot_is_a_stranger(chat: SlackChat) -> None:
    ana = await chat.person("U0ANA")
    assert (ana.name, ana.email, ana.stranger) == ("Ana Ribeiro", "ana@playground.example", False)
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
