"""What listeners call at once is counted with the cards, and nobody knocks at a door that Slack has closed."""

from collections.abc import AsyncIterator

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack_gate import Gate
from bot.adapters.slack_interactive import GatedClient, GatedRespond
from bot.adapters.slack_tiers import PER_MINUTE
from bot.playground import credentials
from bot.playground.server import Playground, create_app
from handlers.urgency import urgency
from pipeline.errors import Unavailable
from storage.jobs import Priority
from tests.playground.running import Ticking, running


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
def playground(clock: Ticking) -> Playground:
    return Playground("http://127.0.0.1:1", rate_limits=True, now=clock, events=frozenset())


@pytest.fixture
def gate(clock: Ticking) -> Gate:
    async def passes(seconds: float) -> None:
        clock.advance(seconds)

    return Gate(clock, sleep=passes)


@pytest.fixture
async def client(playground: Playground, gate: Gate) -> AsyncIterator[GatedClient]:
    async with running(create_app(playground)) as url:
        yield GatedClient(AsyncWebClient(credentials.BOT_TOKEN, base_url=f"{url}/api/"), gate)


def calls(playground: Playground, status: int) -> int:
    return sum(entry["status"] == status for entry in playground.log.since(0, 1_000)["entries"])


async def card_waits(gate: Gate, method: str, channel: str = "") -> float:
    """The seconds after which a card's call may come back; 0 when it is let through."""
    urgency.set(Priority.NORMAL)
    try:
        async with gate.through(method, channel):
            return 0.0
    except Unavailable as asked:
        return asked.retry_after or -1.0


async def say(client: GatedClient) -> None:
    await client.chat_postMessage(channel="C0TECH", text="Too many questions.")


async def test_what_a_listener_says_is_taken_from_the_cards_of_that_channel(
    client: GatedClient, gate: Gate, clock: Ticking
) -> None:
    for _ in range(3):
        await say(client)
    began = clock()
    assert await card_waits(gate, "chat.postMessage", "C0BILLING") == 0
    assert clock() == began
    assert await card_waits(gate, "chat.postMessage", "C0TECH") == 0
    assert clock() - began == pytest.approx(2, abs=0.01), "one that is used up, and one that is kept for the urgent"


async def test_a_press_does_not_wait_behind_cards(client: GatedClient, gate: Gate, clock: Ticking) -> None:
    assert [await card_waits(gate, "chat.postMessage", "C0TECH") for _ in range(5)] == [0] * 5
    clock.advance(1.5)
    began = clock()
    await say(client)
    assert clock() == began


async def test_a_door_that_slack_closed_to_a_press_is_closed_to_cards(
    client: GatedClient, gate: Gate, playground: Playground
) -> None:
    for _ in range(PER_MINUTE["chat.update"] + 1):
        with pytest.raises(SlackApiError):
            await client.api_call("chat.update", json={"channel": "C0TECH", "ts": "1.0", "text": "x"})
    assert calls(playground, 429) == 1
    assert await card_waits(gate, "chat.update") > 10


async def test_a_press_at_a_closed_door_is_refused_without_asking_slack(
    client: GatedClient, gate: Gate, playground: Playground, clock: Ticking
) -> None:
    await gate.refused("views.open", "", 30)
    with pytest.raises(SlackApiError) as refused:
        await client.views_open(trigger_id="1.2.abc", view={"type": "modal"})
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "30"
    assert not playground.log.since(0, 10)["entries"]


async def test_a_word_to_a_person_counts_by_its_own_address(playground: Playground, gate: Gate, clock: Ticking) -> None:
    async with running(create_app(playground)) as url:
        respond = GatedRespond(f"{url}/response/none", gate)
        assert (await respond(text="Done.")).status_code == 404, "the address is not known, so nothing is closed"
        await gate.refused("response_url", f"{url}/response/none", 30)
        asked = await respond(text="Done.")
    assert (asked.status_code, asked.headers["Retry-After"]) == (429, "30.0")
    assert await card_waits(gate, "response_url", "another") == 0


async def test_doors_as_good_as_new_are_forgotten(gate: Gate, clock: Ticking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.slack_gate.MOST_DOORS", 3)
    for number in range(20):
        async with gate.at_once("response_url", str(number), patience=0):
            pass
        await gate.settled()
        clock.advance(5)
    assert len(gate._budgets) <= 4
