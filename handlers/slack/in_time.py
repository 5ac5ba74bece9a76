"""In time: Slack waits three seconds for an acknowledgement, and what a person asked for may take longer."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

SECONDS = 1.6  # for the work alone; a word to the person and the acknowledgement follow within three
Made = TypeVar("Made")
_under_way: set[asyncio.Task[object]] = set()  # the loop itself holds on to none


def started(work: Awaitable[Made]) -> asyncio.Task[Made]:
    """Start it, so that it goes on whatever becomes of the listener that asked for it."""

    async def run() -> Made:
        return await work

    task = asyncio.create_task(run())
    _under_way.add(task)
    task.add_done_callback(_under_way.discard)
    return task


async def over(task: asyncio.Task[Made], seconds: float | None = None) -> bool:
    """Whether it ended, well or not, before somebody has to be told that it takes longer."""
    await asyncio.wait({task}, timeout=SECONDS if seconds is None else seconds)
    return task.done()
