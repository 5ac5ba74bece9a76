"""The breaker leaves a failing service alone, and lets exactly one trial through after the pause."""

import asyncio

import pytest

from bot.adapters.breaker import Breaker, BreakerState
from pipeline.errors import Refused, Unavailable


class Time:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def fail(breaker: Breaker, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(Unavailable), breaker.guard():
            raise Unavailable


def test_it_opens_at_the_fifth_failure_in_a_row() -> None:
    breaker = Breaker(Time())
    fail(breaker, 4)
    assert breaker.state is BreakerState.CLOSED
    fail(breaker)
    assert breaker.state is BreakerState.OPEN


def test_a_success_and_a_refusal_both_show_that_the_service_answers() -> None:
    breaker = Breaker(Time())
    fail(breaker, 4)
    with breaker.guard():
        pass
    fail(breaker, 4)
    with pytest.raises(Refused), breaker.guard():
        raise Refused
    fail(breaker, 4)
    assert breaker.state is BreakerState.CLOSED


def test_an_open_breaker_lets_nothing_through_and_says_for_how_long() -> None:
    time = Time()
    breaker = Breaker(time)
    fail(breaker, 5)
    time.seconds += 20
    entered = False
    with pytest.raises(Unavailable) as refused, breaker.guard():
        entered = True
    assert not entered
    assert refused.value.retry_after == pytest.approx(40)


async def test_after_the_pause_exactly_one_of_many_goes_through() -> None:
    time = Time()
    breaker = Breaker(time)
    fail(breaker, 5)
    time.seconds += 60
    assert breaker.state is BreakerState.HALF_OPEN
    answered, entered = asyncio.Event(), 0

    async def call() -> None:
        nonlocal entered
        with breaker.guard():
            entered += 1
            await answered.wait()

    calls = [asyncio.create_task(call()) for _ in range(20)]
    await asyncio.sleep(0)
    assert not breaker.admits
    answered.set()
    results = await asyncio.gather(*calls, return_exceptions=True)
    assert entered == 1
    assert sum(isinstance(result, Unavailable) for result in results) == 19
    assert breaker.state is BreakerState.CLOSED


def test_a_failed_trial_opens_it_for_a_whole_pause_again() -> None:
    time = Time()
    breaker = Breaker(time)
    fail(breaker, 5)
    time.seconds += 60
    fail(breaker)
    time.seconds += 59
    assert breaker.state is BreakerState.OPEN
    time.seconds += 1
    assert breaker.admits


@pytest.mark.parametrize(("asked", "left"), [(90.0, 90.0), (86_400.0, 600.0)])
def test_a_service_that_asks_for_a_long_wait_gets_it_at_once(asked: float, left: float) -> None:
    time = Time()
    breaker = Breaker(time)
    with pytest.raises(Unavailable), breaker.guard():
        raise Unavailable(retry_after=asked)
    assert breaker.state is BreakerState.OPEN
    time.seconds += left - 1
    assert not breaker.admits
    time.seconds += 1
    assert breaker.admits


def test_a_service_that_asks_for_a_short_wait_fails_like_any_other() -> None:
    breaker = Breaker(Time())
    with pytest.raises(Unavailable), breaker.guard():
        raise Unavailable(retry_after=2.0)
    assert breaker.state is BreakerState.CLOSED
    fail(breaker, 4)
    assert breaker.state is BreakerState.OPEN


async def test_a_cancelled_trial_gives_its_place_to_the_next() -> None:
    time = Time()
    breaker = Breaker(time)
    fail(breaker, 5)
    time.seconds += 60

    async def hang() -> None:
        with breaker.guard():
            await asyncio.Event().wait()

    trial = asyncio.create_task(hang())
    await asyncio.sleep(0)
    trial.cancel()
    with pytest.raises(asyncio.CancelledError):
        await trial
    assert breaker.admits


async def test_a_late_answer_from_before_the_opening_does_not_close_it() -> None:
    breaker = Breaker(Time())
    answered = asyncio.Event()

    async def slow() -> None:
        with breaker.guard():
            await answered.wait()

    call = asyncio.create_task(slow())
    await asyncio.sleep(0)
    fail(breaker, 5)
    answered.set()
    await call
    assert breaker.state is BreakerState.OPEN
