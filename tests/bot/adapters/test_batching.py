"""Callers share calls, and none of them notices."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.adapters.batching import Batcher
from handlers.urgency import urgency
from pipeline.errors import Unavailable
from storage.jobs import Priority


class Doubler:
    """Doubles numbers, remembers how they came, and holds each call until it is let through."""

    def __init__(self, *, open_: bool = True) -> None:
        self.calls: list[list[int]] = []
        self.busy = 0
        self.busiest = 0
        self.gate = asyncio.Event()
        if open_:
            self.gate.set()

    async def __call__(self, items: Sequence[int]) -> Sequence[int]:
        self.calls.append(list(items))
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        await self.gate.wait()
        self.busy -= 1
        if -1 in items:
            raise Unavailable("not now")
        return [2 * item for item in items]


async def turns(count: int = 5) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


async def test_callers_of_one_moment_share_a_call_and_each_gets_its_own_result() -> None:
    run = Doubler()
    batcher = Batcher(run, largest=10, at_once=1)
    assert await asyncio.gather(*(batcher.ask(n) for n in range(10))) == [2 * n for n in range(10)]
    assert run.calls == [list(range(10))]


async def test_what_waits_is_spread_over_the_calls_that_may_be_made() -> None:
    run = Doubler(open_=False)
    batcher = Batcher(run, largest=10, at_once=4)
    waiting = asyncio.gather(*(batcher.ask(n) for n in range(6)))
    await turns()
    assert run.calls == [[0, 1], [2, 3], [4], [5]]
    run.gate.set()
    assert await waiting == [2 * n for n in range(6)]


async def test_a_single_caller_does_not_wait_for_others() -> None:
    run = Doubler()
    assert await asyncio.wait_for(Batcher(run, largest=10, at_once=1).ask(4), 30) == 8
    assert run.calls == [[4]]


async def test_no_call_is_larger_and_no_more_calls_run_than_allowed() -> None:
    run = Doubler(open_=False)
    batcher = Batcher(run, largest=3, at_once=2)
    waiting = asyncio.gather(*(batcher.ask(n) for n in range(10)))
    await turns()
    assert run.calls == [[0, 1, 2], [3, 4, 5]]
    run.gate.set()
    assert await waiting == [2 * n for n in range(10)]
    assert run.busiest == 2
    assert max(len(call) for call in run.calls) == 3


async def test_whatever_gathers_during_a_call_goes_together_in_the_next() -> None:
    run = Doubler(open_=False)
    batcher = Batcher(run, largest=10, at_once=1)
    asking = [asyncio.create_task(batcher.ask(1))]
    for n in (2, 3, 4):
        await turns()
        asking.append(asyncio.create_task(batcher.ask(n)))
    await turns()
    run.gate.set()
    assert await asyncio.gather(*asking) == [2, 4, 6, 8]
    assert run.calls == [[1], [2, 3, 4]]


async def test_an_error_reaches_each_waiter_of_its_call_and_nobody_else() -> None:
    batcher = Batcher(Doubler(), largest=2, at_once=1)
    answers = await asyncio.gather(*(batcher.ask(n) for n in (5, -1, 6, 7)), return_exceptions=True)
    assert [type(answer) for answer in answers] == [Unavailable, Unavailable, int, int]
    assert await batcher.ask(1) == 2


async def test_a_waiter_who_left_is_not_asked_for() -> None:
    run = Doubler(open_=False)
    batcher = Batcher(run, largest=10, at_once=1)
    first = asyncio.create_task(batcher.ask(1))
    await turns()
    leaving, staying = asyncio.create_task(batcher.ask(2)), asyncio.create_task(batcher.ask(3))
    await turns()
    leaving.cancel()
    await turns()
    run.gate.set()
    assert await asyncio.gather(first, staying) == [2, 6]
    assert run.calls == [[1], [3]]


async def test_one_who_leaves_during_the_call_does_not_disturb_the_others() -> None:
    run = Doubler(open_=False)
    batcher = Batcher(run, largest=10, at_once=1)
    leaving, staying = asyncio.create_task(batcher.ask(1)), asyncio.create_task(batcher.ask(2))
    await turns()
    leaving.cancel()
    run.gate.set()
    assert await staying == 4


async def test_a_wrong_number_of_results_is_an_error_and_not_a_wrong_answer() -> None:
    async def forgetful(items: Sequence[int]) -> Sequence[int]:
        return items[1:]

    batcher = Batcher(forgetful, largest=4, at_once=1)
    answers = await asyncio.gather(batcher.ask(1), batcher.ask(2), return_exceptions=True)
    assert all(isinstance(answer, ValueError) for answer in answers)


async def test_a_stopped_call_stops_its_waiters() -> None:
    async def stopped(items: Sequence[int]) -> Sequence[int]:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await Batcher(stopped, largest=4, at_once=1).ask(1)


async def test_what_is_urgent_overtakes_what_waits_and_shares_no_call_with_it() -> None:
    run = Doubler(open_=False)
    batcher = Batcher(run, 8, at_once=1)

    async def ask(item: int, priority: Priority) -> int:
        urgency.set(priority)
        return await batcher.ask(item)

    asked = [asyncio.create_task(ask(1, Priority.USUAL))]
    await turns()
    asked += [asyncio.create_task(ask(item, Priority.SIFTED)) for item in (2, 3)]
    asked += [asyncio.create_task(ask(item, Priority.SOON)) for item in (4, 5)]
    await turns()
    run.gate.set()
    assert await asyncio.gather(*asked) == [2, 4, 6, 8, 10]
    assert run.calls == [[1], [4, 5], [2, 3]]
