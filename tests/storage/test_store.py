"""The store: transactions are durable when their block ends, alone or in company, on each database."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import event, insert, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool
from sqlalchemy.util import await_only

from storage.jobs import Kind, enqueue
from storage.store import LARGEST_GROUP, GroupCommit, Store, Transaction
from storage.tables import effects, ticks

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


async def note(tx: Transaction, job: str, at: datetime = NOON) -> None:
    await tx.connection.execute(insert(ticks).values(job=job, slot="1", at=at))


async def write(store: Store, job: str) -> None:
    async with store.begin() as tx:
        await note(tx, job)


async def noted(store: Store) -> set[str]:
    async with store.reader() as connection:
        return set((await connection.execute(select(ticks.c.job))).scalars())


def on_commit(store: Store, call: Callable[[], None]) -> None:
    """Call whenever the embedded store's writer is about to commit."""
    assert isinstance(store._writer, GroupCommit)
    event.listen(store._writer._engine.sync_engine, "commit", lambda _: call())


async def break_commit(store: Store) -> None:
    """A block that ends well, and whose commit SQLite refuses."""
    async with store.begin() as tx:
        await tx.connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        orphan = {"key": "k", "case_id": "nobody", "first_at": NOON, "tried_at": NOON}
        await tx.connection.execute(insert(effects).values(orphan))


@pytest.fixture
async def embedded(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Store]:
    """SQLite alone: the group commit is its own."""
    path = tmp_path / "alone.db"
    path.write_bytes(sqlite_template.read_bytes())
    store = Store(f"sqlite+aiosqlite:///{path}")
    yield store
    await store.close()


async def test_what_a_block_wrote_is_seen_by_another_connection_as_soon_as_it_ends(
    store: Store, database_url: str
) -> None:
    async with AsyncExitStack() as stack:
        stack.push_async_callback((other := Store(database_url)).close)
        async with store.begin() as tx:
            await note(tx, "a")
            assert await noted(other) == set()
        assert await noted(other) == {"a"}


async def test_closing_waits_for_the_connection_of_who_was_cancelled(database_url: str) -> None:
    store, reading = Store(database_url), asyncio.Event()

    async def read() -> None:
        async with store.reader() as connection:
            await connection.execute(text("SELECT 1"))
            reading.set()
            await asyncio.Event().wait()

    reader, pool = asyncio.create_task(read()), store.engine.pool
    await reading.wait()
    reader.cancel()
    await store.close()
    assert isinstance(pool, QueuePool)
    assert (pool.checkedout(), pool.checkedin()) == (0, 0)


@pytest.mark.parametrize("steps", range(0, 40, 3))
async def test_who_is_cancelled_while_connecting_leaves_nothing_behind(database_url: str, steps: int) -> None:
    """Cancelled after so many turns of the loop, be it while connecting, preparing the connection or reading."""
    store = Store(database_url)
    pool, reader = store.engine.pool, asyncio.create_task(store.ping())
    for _ in range(steps):
        await asyncio.sleep(0)
    reader.cancel()
    await asyncio.gather(reader, return_exceptions=True)
    await store.close()
    assert isinstance(pool, QueuePool)
    assert (pool.checkedout(), pool.checkedin()) == (0, 0)
    gc.collect()  # what was left behind complains now, and complaints are errors


async def test_one_that_fails_among_many_rolls_back_alone(store: Store) -> None:
    async def fail() -> None:
        async with store.begin() as tx:
            await note(tx, "bad")
            raise RuntimeError("a bug in the block")

    work = [fail() if n in (0, 7, 39) else write(store, f"j{n}") for n in range(40)]
    results = await asyncio.gather(*work, return_exceptions=True)
    assert [n for n, result in enumerate(results) if result] == [0, 7, 39]
    assert await noted(store) == {f"j{n}" for n in range(40) if n not in (0, 7, 39)}


async def test_neighbours_share_a_commit(embedded: Store) -> None:
    commits: list[None] = []
    on_commit(embedded, lambda: commits.append(None))
    await asyncio.gather(*(write(embedded, f"j{n}") for n in range(LARGEST_GROUP * 2)))
    assert len(await noted(embedded)) == LARGEST_GROUP * 2
    assert len(commits) <= 4


async def test_a_commit_that_fails_fails_everyone_who_shared_it_and_nobody_after(embedded: Store) -> None:
    work = [write(embedded, f"j{n}") for n in range(LARGEST_GROUP - 1)]
    results = await asyncio.gather(*work, break_commit(embedded), return_exceptions=True)
    assert all(isinstance(result, SQLAlchemyError) for result in results)
    await write(embedded, "later")
    assert await noted(embedded) == {"later"}


async def test_a_cancelled_waiter_does_not_strand_those_before_it(embedded: Store) -> None:
    entered, go = asyncio.Event(), asyncio.Event()

    async def first() -> None:
        async with embedded.begin() as tx:
            await note(tx, "first")
            entered.set()
            await go.wait()

    before = asyncio.create_task(first())
    await entered.wait()
    waiter = asyncio.create_task(write(embedded, "cancelled"))
    await asyncio.sleep(0)  # it queues, so the first one leaves its commit to it
    go.set()
    while not embedded._writer._group:  # type: ignore[attr-defined]
        await asyncio.sleep(0)
    waiter.cancel()
    await asyncio.wait_for(before, 30)
    with suppress(asyncio.CancelledError):
        await waiter
    assert "first" in await noted(embedded)


async def test_whoever_is_cancelled_while_committing_leaves_the_next_transaction_whole(embedded: Store) -> None:
    """The commit goes on without the one who began it, and the next turn must not begin inside it."""
    committing, go, order = asyncio.Event(), asyncio.Event(), list[str]()

    def hold() -> None:
        committing.set()
        await_only(go.wait())
        order.append("committed")

    async def second() -> None:
        async with embedded.begin() as tx:
            order.append("began")
            await note(tx, "second")

    on_commit(embedded, hold)
    first = asyncio.create_task(write(embedded, "first"))
    await committing.wait()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    following = asyncio.create_task(second())
    for _ in range(20):
        await asyncio.sleep(0)
    go.set()
    await asyncio.wait_for(following, 30)
    assert order[:2] == ["committed", "began"]
    assert await noted(embedded) == {"first", "second"}


async def test_a_moment_comes_back_aware_and_in_utc(store: Store) -> None:
    async with store.begin() as tx:
        await note(tx, "a", NOON.astimezone(timezone(timedelta(hours=5, minutes=30))))
    async with store.reader() as connection:
        at = (await connection.execute(select(ticks.c.at))).scalar_one()
    assert at == NOON
    assert at.utcoffset() == timedelta(0)


async def test_the_worker_is_woken_after_the_commit_and_only_when_work_is_owed(store: Store) -> None:
    seen: list[str] = []
    store.listeners.append(lambda: seen.append("woken"))
    await write(store, "no work")
    assert seen == []
    with suppress(RuntimeError):
        async with store.begin() as tx:
            await enqueue(tx, Kind.TRIAGE, "case", now=NOON)
            raise RuntimeError("a bug in the block")
    assert seen == []
    async with store.begin() as tx:
        await enqueue(tx, Kind.TRIAGE, "case", now=NOON)
        assert seen == []
    assert seen == ["woken"]
