"""Connecting: a connection is opened and given back whole, whatever is cancelled meanwhile."""

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar, cast

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.pool import QueuePool

CLOSING = 5.0  # seconds that connections in use get to come back when an engine is disposed of

Result = TypeVar("Result")
_under_way: set[asyncio.Task[Any]] = set()


@asynccontextmanager
async def connected(engine: AsyncEngine) -> AsyncGenerator[AsyncConnection]:
    """Yield a connection. Whoever is cancelled does not wait, and it goes back to the pool all the same."""
    connection = await opened(engine)
    try:
        yield connection
    finally:
        await asyncio.shield(started(connection.close(), _under_way))


async def opened(engine: AsyncEngine) -> AsyncConnection:
    """Connect. Cancelled between two steps of it, the drivers would leave half a connection behind."""
    opening = started(_open(engine), _under_way)
    try:
        return await asyncio.shield(opening)
    except asyncio.CancelledError:
        started(_give_back(opening), _under_way)
        raise


async def dispose(engine: AsyncEngine) -> None:
    """Close every connection, when those in use have come back or have had their time."""
    with suppress(TimeoutError):
        async with asyncio.timeout(CLOSING):
            while cast(QueuePool, engine.pool).checkedout():  # noqa: ASYNC110 - a pool tells nobody
                await asyncio.sleep(0.01)
    await engine.dispose()


async def _open(engine: AsyncEngine) -> AsyncConnection:
    return await engine.connect()


async def _give_back(opening: asyncio.Task[AsyncConnection]) -> None:
    with suppress(Exception):  # whoever asked is gone, and nobody else is concerned
        await (await opening).close()


def started(coroutine: Coroutine[Any, Any, Result], tasks: set[asyncio.Task[Any]]) -> asyncio.Task[Result]:
    """Start work that nobody may wait for; `tasks` holds it until it has ended, since the loop does not."""
    tasks.add(task := asyncio.create_task(coroutine))
    task.add_done_callback(tasks.discard)
    return task
