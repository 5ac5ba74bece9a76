"""SlackChat in a workspace that keeps to its rates: all arrives, once, and Slack never has to say no."""

from collections.abc import AsyncIterator
from functools import partial

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import SlackChat
from bot.adapters.slack_gate import Gate
from bot.playground import credentials
from bot.playground.server import Playground, create_app
from handlers.urgency import urgency
from pipeline.errors import Unavailable
from pipeline.ports import Card
from storage.jobs import Priority
from tests.playground.running import Ticking, running


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
def playground(clock: Ticking) -> Playground:
    return Playground("http://127.0.0.1:1", rate_limits=True, now=clock, events=frozenset())


@pytest.fixture
async def chat(playground: Playground, clock: Ticking) -> AsyncIterator[SlackChat]:
    async with running(create_app(playground)) as url:
        gate = Gate(clock, sleep=partial(_pass, clock))
        yield SlackChat(AsyncWebClient(credentials.BOT_TOKEN, base_url=f"{url}/api/"), gate)


async def _pass(clock: Ticking, seconds: float) -> None:
    clock.advance(seconds)


def refusals(playground: Playground) -> int:
    return sum(entry["status"] == 429 for entry in playground.log.since(0, 1_000)["entries"])


async def test_forty_cards_for_one_channel_arrive_one_a_second(
    chat: SlackChat, playground: Playground, clock: Ticking
) -> None:
    urgency.set(Priority.NORMAL)
    waiting, began = list(range(40)), clock()
    while waiting:
        waits = []
        for number in tuple(waiting):  # all who wait try again in the same moment, as jobs do
            try:
                await chat.post("C0TECH", Card(text=str(number), blocks=()), key=f"card:{number}")
                waiting.remove(number)
            except Unavailable as asked:
                waits.append(asked.retry_after or 0)
        clock.advance(max(waits, default=0))
    posted = [each["text"] for each in playground.messages.top_level("C0TECH")]
    assert sorted(posted, key=int) == [str(number) for number in range(40)]
    assert clock() - began <= 45
    assert refusals(playground) == 0
