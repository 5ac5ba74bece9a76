"""What a model takes is on the bill of whoever asked, and a shared call is shared out whole."""

import asyncio

from pipeline.bill import Used, billed, charge, shared

USED = Used(model="m", purpose="Answers", outcome="ok", tokens_in=11, tokens_cached=4, tokens_out=7, cost=0.3)


async def test_each_asker_has_their_own_bill_and_nobody_needs_one() -> None:
    charge(USED)

    async def ask(times: int) -> int:
        with billed() as bill:
            await asyncio.gather(*(asyncio.to_thread(charge, USED) for _ in range(times)))
            return len(bill)

    assert await asyncio.gather(ask(1), ask(3)) == [1, 3]


def test_the_parts_of_a_call_add_up_to_it() -> None:
    parts = shared(USED, 3)
    assert sum(part.tokens_in for part in parts) == 11
    assert sum(part.tokens_cached for part in parts) == 4
    assert sum(part.tokens_out for part in parts) == 7
    assert abs(sum(part.cost or 0 for part in parts) - 0.3) < 1e-9
    assert shared(USED.model_copy(update={"cost": None}), 2)[0].cost is None
