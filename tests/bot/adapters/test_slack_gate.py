"""The gate lets calls through in the order of their urgency, no faster than Slack takes them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.adapters.slack_gate import PATIENCE, Gate
from bot.adapters.slack_tiers import PER_MINUTE
from handlers.urgency import urgency
from pipeline.errors import Refused, Unavailable, Unknown
from storage.jobs import Priority
from tests.fakes.timeline import Timeline

POST, UPDATE = "chat.postMessage", "chat.update"


@pytest.fixture
def at() -> Timeline:
    return Timeline()


@pytest.fixture
def gate(at: Timeline) -> Gate:
    return Gate(at.now, at.sleep)


async def waits(gate: Gate, channel: str = "C1", *, as_urgent: Priority = Priority.NORMAL) -> float:
    """How long the gate asks to wait; 0 when it lets this call through."""
    urgency.set(as_urgent)
    try:
        async with gate.through(POST, channel):
            return 0.0
    except Unavailable as asked:
        return asked.retry_after or -1.0


async def refused_for(gate: Gate, seconds: int, channel: str = "C1") -> None:
    answer = AsyncSlackResponse(
        client=None,
        http_verb="POST",
        api_url="",
        req_args={},
        data={"ok": False, "error": "ratelimited"},
        headers={"Retry-After": str(seconds)},
        status_code=429,
    )
    with pytest.raises(Unavailable):
        async with gate.through(POST, channel):
            raise SlackApiError("ratelimited", answer)


@asynccontextmanager
async def caller(
    gate: Gate, as_urgent: Priority, method: str, channel: str, done: list[str], name: str
) -> AsyncIterator[None]:
    async def call() -> None:
        urgency.set(as_urgent)
        with suppress(Unavailable):
            async with gate.through(method, channel):
                done.append(name)

    task = asyncio.create_task(call())
    yield
    await task


async def test_a_channel_gets_one_message_a_second_before_slack_has_to_ask(gate: Gate, at: Timeline) -> None:
    began = at.now()
    for _ in range(20):
        while wait := await waits(gate):
            at.advance(wait)
    assert 17 <= at.now() - began <= 20


async def test_no_minute_sees_more_changes_than_slack_takes(gate: Gate, at: Timeline) -> None:
    urgency.set(Priority.NOW)
    made: list[float] = []
    while len(made) < 3 * PER_MINUTE[UPDATE]:
        try:
            async with gate.through(UPDATE):
                made.append(at.now())
        except Unavailable as asked:
            at.advance(asked.retry_after or 0)
    assert all(made[n + PER_MINUTE[UPDATE]] - made[n] > 60 for n in range(len(made) - PER_MINUTE[UPDATE]))


async def test_what_does_not_wait_long_waits_here_and_the_rest_comes_back_in_time(gate: Gate, at: Timeline) -> None:
    assert [await waits(gate) for _ in range(2)] == [0, 0]
    began = at.now()
    assert await waits(gate) == 0
    assert at.now() - began == pytest.approx(1, abs=0.01)
    await refused_for(gate, 30)
    assert await waits(gate) == pytest.approx(31, abs=0.01)
    assert PATIENCE < 30


async def test_all_wait_as_long_as_slack_asked_and_other_channels_do_not(gate: Gate, at: Timeline) -> None:
    await refused_for(gate, 7)
    assert await waits(gate, as_urgent=Priority.NOW) == 7
    at.advance(2)
    assert (await waits(gate, as_urgent=Priority.NOW), await waits(gate, "C2")) == (0, 0)
    assert at.now() == pytest.approx(107, abs=0.01), "the urgent one waited here for the rest of the time"


async def test_many_usual_messages_leave_room_for_one_that_cannot_wait(gate: Gate, at: Timeline) -> None:
    for _ in range(10):
        assert await waits(gate) == 0
    began = at.now()
    assert await waits(gate, as_urgent=Priority.NOW) == 0
    assert at.now() == began


async def test_the_more_urgent_overtakes_all_who_wait_at_the_door(gate: Gate, at: Timeline) -> None:
    done: list[str] = []
    assert [await waits(gate, as_urgent=Priority.NOW) for _ in range(3)] == [0, 0, 0]
    async with (
        caller(gate, Priority.NORMAL, POST, "C1", done, "P3"),
        caller(gate, Priority.SOON, POST, "C1", done, "changed"),
        caller(gate, Priority.NOW, POST, "C1", done, "P1"),
    ):
        pass
    assert done == ["P1", "changed"], "and the P3 comes back later, since its turn is no longer soon"


async def test_who_gives_up_holds_up_nobody(gate: Gate, at: Timeline) -> None:
    assert [await waits(gate) for _ in range(2)] == [0, 0]
    given_up = asyncio.create_task(waits(gate))
    given_up.cancel()
    await asyncio.gather(given_up, return_exceptions=True)
    began = at.now()
    assert await waits(gate) == 0
    assert at.now() - began == pytest.approx(1, abs=0.01)


async def test_what_slack_refuses_for_good_closes_nothing(gate: Gate) -> None:
    with pytest.raises(Refused):
        async with gate.through(POST, "C1"):
            raise Refused("no", code="invalid_blocks")
    assert await waits(gate) == 0


@pytest.mark.parametrize("error", [Unavailable("away"), Unknown("lost")])
async def test_an_error_without_a_time_closes_nothing(gate: Gate, error: Unavailable) -> None:
    with pytest.raises(Unavailable):
        async with gate.through(POST, "C1"):
            raise error
    assert await waits(gate) == 0


async def test_what_changes_soon_leaves_a_change_for_whoever_looks_at_a_button(gate: Gate, at: Timeline) -> None:
    urgency.set(Priority.SOON)
    with suppress(Unavailable):
        while True:
            async with gate.through(UPDATE):
                pass
            if at.now() > 110:
                break
    began = at.now()
    urgency.set(Priority.NOW)
    async with gate.through(UPDATE):
        assert at.now() == began
