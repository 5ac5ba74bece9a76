"""Work that is owed is done at least once, by one worker at a time, the most urgent first."""

import asyncio
from datetime import timedelta

import pytest

from storage import jobs
from storage.jobs import LEASE, Job, Kind, LeaseLost
from storage.store import Store
from tests.fakes.clock import MORNING

LATER = MORNING + LEASE + timedelta(seconds=1)


async def ask(store: Store, subject: str = "a", kind: Kind = Kind.TRIAGE, **more: object) -> None:
    async with store.begin() as tx:
        await jobs.enqueue(tx, kind, subject, **({"now": MORNING} | more))  # type: ignore[arg-type]


async def claim(store: Store, limit: int = 10, now: object = MORNING) -> tuple[Job, ...]:
    return await jobs.claim(store, tuple(Kind), limit, now)  # type: ignore[arg-type]


async def finish(store: Store, job: Job) -> None:
    async with store.begin() as tx:
        await jobs.finish(tx, job)


async def depth(store: Store) -> dict[tuple[str, str], int]:
    async with store.reader() as connection:
        return await jobs.depth(connection)


async def test_work_asked_for_twice_waits_once(store: Store) -> None:
    await asyncio.gather(*(ask(store) for _ in range(20)))
    assert await depth(store) == {("triage", "waiting"): 1}


async def test_asked_again_it_keeps_the_sooner_time_and_the_higher_urgency(store: Store) -> None:
    await ask(store, run_at=MORNING + timedelta(hours=1), priority=5)
    await ask(store, priority=5)
    await ask(store, run_at=MORNING + timedelta(hours=2), priority=0)
    await ask(store, "other", priority=1)
    assert [(job.subject, job.priority) for job in await claim(store)] == [("a", 0), ("other", 1)]


async def test_work_asked_for_while_it_runs_is_done_again_afterwards(store: Store) -> None:
    await ask(store)
    (first,) = await claim(store)
    await ask(store)
    assert await claim(store) == ()
    await finish(store, first)
    (again,) = await claim(store)
    assert again.id != first.id
    await finish(store, again)
    assert await depth(store) == {}


async def test_four_who_claim_at_once_share_the_work_and_take_nothing_twice(store: Store) -> None:
    for n in range(60):
        await ask(store, f"s{n}")

    async def drain() -> list[int]:
        mine: list[int] = []
        while taken := await claim(store, 3):
            mine.extend(job.id for job in taken)
        return mine

    taken = [id_ for one in await asyncio.gather(*(drain() for _ in range(4))) for id_ in one]
    # Whoever only saw rows that another had locked gave up early, so the last look is ours.
    taken.extend(job.id for job in await claim(store, 60))
    assert len(taken) == len(set(taken)) == 60


async def test_work_of_another_kind_or_of_later_is_left(store: Store) -> None:
    await ask(store, "later", run_at=MORNING + timedelta(seconds=5))
    await ask(store, "card", Kind.SHOW_CARD)
    assert await jobs.claim(store, [Kind.TRIAGE], 10, MORNING) == ()
    (due,) = await jobs.claim(store, [Kind.TRIAGE], 10, MORNING + timedelta(seconds=5))
    assert due.subject == "later"


async def test_the_most_urgent_comes_first_then_the_oldest(store: Store) -> None:
    for subject, priority in [("old", 5), ("young", 5), ("urgent", 0), ("soon", 1)]:
        await ask(store, subject, priority=priority)
    assert [job.subject for job in await claim(store, 3)] == ["urgent", "soon", "old"]


async def test_an_expired_lease_is_taken_over_and_its_first_holder_can_change_nothing(store: Store) -> None:
    await ask(store)
    (first,) = await claim(store)
    assert await claim(store, now=MORNING + LEASE) == ()
    (second,) = await claim(store, now=LATER)
    assert (second.id, second.attempt) == (first.id, first.attempt + 1)
    for change in (
        jobs.finish,
        jobs.check_held,
        lambda tx, job: jobs.retry(tx, job, LATER, "slow"),
        lambda tx, job: jobs.fail(tx, job, "slow"),
    ):
        with pytest.raises(LeaseLost):
            async with store.begin() as tx:
                await change(tx, first)  # type: ignore[no-untyped-call]
    await jobs.renew(store, [first], LATER + timedelta(hours=1))
    await finish(store, second)
    assert await depth(store) == {}


async def test_a_renewed_lease_is_not_taken_over(store: Store) -> None:
    await ask(store)
    held = await claim(store)
    await jobs.renew(store, held, LATER)
    assert await claim(store, now=LATER) == ()


async def test_what_is_put_back_comes_again_at_its_time(store: Store) -> None:
    await ask(store)
    (job,) = await claim(store)
    again = MORNING + timedelta(seconds=7)
    async with store.begin() as tx:
        await jobs.retry(tx, job, again, "Unavailable: come back later")
    assert await claim(store, now=again - timedelta(seconds=1)) == ()
    (second,) = await claim(store, now=again)
    assert second.attempt == 2


async def test_what_is_put_back_while_its_twin_waits_leaves_the_work_to_the_twin(store: Store) -> None:
    await ask(store)
    (job,) = await claim(store)
    await ask(store)
    async with store.begin() as tx:
        await jobs.retry(tx, job, MORNING + timedelta(hours=1), "Unavailable")
    (twin,) = await claim(store)
    assert twin.id != job.id
    await finish(store, twin)
    assert await depth(store) == {}


async def test_what_is_given_up_is_kept_and_not_claimed_again(store: Store) -> None:
    await ask(store)
    (job,) = await claim(store)
    async with store.begin() as tx:
        await jobs.fail(tx, job, "ValueError in read:12")
    assert await claim(store, now=LATER) == ()
    await ask(store)
    assert await depth(store) == {("triage", "failed"): 1, ("triage", "waiting"): 1}


async def test_what_a_dead_worker_held_is_free_at_once(store: Store) -> None:
    await ask(store)
    (job,) = await claim(store)
    await jobs.release_all(store)
    (again,) = await claim(store)
    assert (again.id, again.attempt) == (job.id, 2)
