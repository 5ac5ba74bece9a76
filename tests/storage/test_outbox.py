"""What came in is noted once, and what goes out is written down before and after."""

import asyncio
from datetime import timedelta

from storage import outbox
from storage.store import Store
from tests.fakes.clock import MORNING
from tests.storage.casework import new_case, stored

LATER = MORNING + timedelta(minutes=1)


async def test_a_delivery_is_new_once_however_many_bring_it(store: Store) -> None:
    async def bring(n: int) -> bool:
        async with store.begin() as tx:
            return await outbox.first_time(tx, "zendesk", "d1", f"case{n}", MORNING)

    results = await asyncio.gather(*(bring(n) for n in range(20)))
    assert results.count(True) == 1
    async with store.reader() as connection:
        assert await outbox.case_of(connection, "zendesk", "d1") == f"case{results.index(True)}"
        assert await outbox.case_of(connection, "plain", "d1") is None


async def test_an_effect_is_meant_then_tried_again_then_known(store: Store) -> None:
    await stored(store, new_case())
    async with store.reader() as connection:
        assert await outbox.effect(connection, "k") is None
    for at in (MORNING, LATER):
        async with store.begin() as tx:
            await outbox.intend(tx, "k", "case1", at)
    async with store.reader() as connection:
        assert await outbox.effect(connection, "k") == outbox.Effect(key="k", first_at=MORNING, tried_at=LATER)
    async with store.begin() as tx:
        await outbox.happened(tx, "k", "1.1")
    async with store.reader() as connection:
        known = await outbox.effect(connection, "k")
    assert known is not None
    assert known.result == "1.1"


async def test_an_intent_can_be_taken_back_but_what_happened_cannot(store: Store) -> None:
    await stored(store, new_case())
    async with store.begin() as tx:
        await outbox.intend(tx, "meant", "case1", MORNING)
        await outbox.intend(tx, "done", "case1", MORNING)
        await outbox.happened(tx, "done", "1.1")
        await outbox.forget(tx, "meant")
        await outbox.forget(tx, "done")
    async with store.reader() as connection:
        assert await outbox.effect(connection, "meant") is None
        assert await outbox.effect(connection, "done") is not None


async def test_one_process_gets_each_slot_of_a_scheduled_job(store: Store) -> None:
    async def tick(slot: str) -> bool:
        async with store.begin() as tx:
            return await outbox.first_tick(tx, "sla", slot, MORNING)

    assert (await asyncio.gather(*(tick("12:00") for _ in range(8)))).count(True) == 1
    assert await tick("12:01")
