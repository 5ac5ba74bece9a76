"""Rates: by tier and method, by channel, by workspace, and by response_url; a 429 says how long to wait."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest

from bot.playground import credentials
from bot.playground.clock import Clock
from bot.playground.rates import BURST, MINUTE, PER_MINUTE, SPECIAL, Rates
from bot.playground.server import Playground, create_app
from tests.playground.running import Ticking, running
from tests.shared import shared


@pytest.fixture
def rates(clock: Ticking) -> Rates:
    return Rates(Clock(clock), on=True)


@pytest.fixture
def limited(clock: Ticking) -> Playground:
    return Playground("http://127.0.0.1:1", rate_limits=True, now=clock, events=frozenset())


@pytest.fixture
async def client(limited: Playground) -> AsyncIterator[httpx.AsyncClient]:
    bearer = {"Authorization": f"Bearer {credentials.BOT_TOKEN}"}
    async with running(create_app(limited)) as url, httpx.AsyncClient(base_url=url, headers=bearer) as client:
        yield client


@pytest.mark.parametrize("tier", PER_MINUTE)
def test_a_tier_lets_so_many_calls_pass_in_any_minute(rates: Rates, clock: Ticking, tier: int) -> None:
    most = PER_MINUTE[tier]
    assert [rates.wait_for_method("T1", "a.method", tier) for _ in range(most)] == [0] * most
    clock.advance(20)
    assert rates.wait_for_method("T1", "a.method", tier) == MINUTE - 20
    clock.advance(MINUTE - 20)
    assert rates.wait_for_method("T1", "a.method", tier) == 0


def test_a_refused_call_does_not_put_the_next_one_off(rates: Rates, clock: Ticking) -> None:
    assert [rates.wait_for_method("T1", "a.method", 1) for _ in range(5)] == [0, 60, 60, 60, 60]
    clock.advance(60)
    assert rates.wait_for_method("T1", "a.method", 1) == 0


def test_each_method_and_each_workspace_has_its_own_count(rates: Rates) -> None:
    for workspace, method in (("T1", "a.method"), ("T1", "another.method"), ("T2", "a.method")):
        assert rates.wait_for_method(workspace, method, 1) == 0
    assert rates.wait_for_method("T2", "a.method", 1) == 60


def test_a_workspace_takes_several_hundred_messages_a_minute_in_all_its_channels(rates: Rates) -> None:
    waits = [rates.wait_for_method("T1", "chat.postMessage", 5) for _ in range(SPECIAL["chat.postMessage"] + 1)]
    assert (waits[-2], waits[-1]) == (0, 60)


def test_a_channel_takes_a_short_burst_and_then_one_message_a_second(rates: Rates, clock: Ticking) -> None:
    assert [rates.wait_for_channel("C1") for _ in range(BURST + 1)] == [0] * BURST + [1]
    assert rates.wait_for_channel("C2") == 0
    clock.advance(0.4)
    assert rates.wait_for_channel("C1") == 1  # whole seconds, never too few
    clock.advance(0.6)
    assert [rates.wait_for_channel("C1") for _ in range(2)] == [0, 1]
    clock.advance(3600)
    assert [rates.wait_for_channel("C1") for _ in range(BURST + 1)] == [0] * BURST + [1]


def test_nothing_waits_while_rates_are_off(clock: Ticking) -> None:
    off = Rates(Clock(clock), on=False)
    assert [off.wait_for_method("T1", "a.method", 1) for _ in range(9)] == [0] * 9
    assert [off.wait_for_channel("C1") for _ in range(9)] == [0] * 9


async def test_a_429_says_in_its_header_how_long_to_wait(client: httpx.AsyncClient, clock: Ticking) -> None:
    said = {"channel": "C0TECH", "text": "x"}
    answers = [await client.post("/api/chat.postMessage", json=said) for _ in range(BURST + 1)]
    assert [answer.status_code for answer in answers] == [200] * BURST + [429]
    assert answers[-1].headers["Retry-After"] == "1"
    assert answers[-1].headers["Content-Type"].startswith("application/json")
    assert answers[-1].json() == {"ok": False, "error": "ratelimited"}
    clock.advance(1)
    assert (await client.post("/api/chat.postMessage", json=said)).json()["ok"]


async def test_a_refused_message_is_not_posted(client: httpx.AsyncClient, limited: Playground) -> None:
    for n in range(BURST + 3):
        await client.post("/api/chat.postMessage", json={"channel": "C0TECH", "text": str(n)})
    assert [each["text"] for each in limited.messages.top_level("C0TECH")] == [str(n) for n in range(BURST)]


async def test_changes_are_counted_for_the_whole_workspace(client: httpx.AsyncClient) -> None:
    ts = (await client.post("/api/chat.postMessage", json={"channel": "C0TECH", "text": "x"})).json()["ts"]
    said = {"channel": "C0TECH", "ts": ts, "text": "y"}
    statuses = [(await client.post("/api/chat.update", json=said)).status_code for _ in range(PER_MINUTE[3] + 1)]
    assert statuses == [200] * PER_MINUTE[3] + [429]


async def test_a_response_url_too_soon_waits_and_loses_no_use(
    client: httpx.AsyncClient, limited: Playground, clock: Ticking
) -> None:
    secret = limited.response_urls.give("T0PLAY", "U0BEN", "C0TECH")
    answers = [await client.post(f"/response/{secret}", json={"text": str(n)}) for n in range(BURST + 2)]
    assert [answer.status_code for answer in answers] == [200] * BURST + [429] * 2
    assert answers[-1].headers["Retry-After"] == "1"
    assert answers[-1].json()["error"] == "rate_limited"
    clock.advance(5)
    answers = [await client.post(f"/response/{secret}", json={"text": "later"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 404]


@pytest.mark.parametrize(
    "method", ["chat.update", "chat.postEphemeral", "conversations.list", "views.open", "auth.test"]
)
async def test_each_method_waits_by_its_own_tier(client: httpx.AsyncClient, method: str) -> None:
    told = json.loads(shared(f"contracts/slack-methods/{method}.json").read_text())
    most = PER_MINUTE[int(told["rate_limits"].removeprefix("t"))]
    statuses = [(await client.post(f"/api/{method}")).status_code for _ in range(min(most, 100) + 1)]
    assert statuses.count(429) == (1 if most <= 100 else 0)
