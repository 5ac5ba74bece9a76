"""Summing up: what has changed goes into the columns from which figures are computed."""

from handlers.services import Services
from storage import story_days
from storage.jobs import Job, Kind, Priority, enqueue, finish


async def owe_summing(services: Services) -> bool:
    """Owe the summing up of whatever has changed. Returns whether anything has."""
    async with services.store.reader() as connection:
        changed = await story_days.has_news(connection, services.workspace)
    if changed:
        async with services.store.begin() as tx:
            now = services.clock.now()
            await enqueue(tx, Kind.SUM_UP, services.workspace, now=now, priority=Priority.IDLE)
    return changed


async def sum_up(services: Services, job: Job) -> None:
    """Sum up in short steps, each of which stands if we die after it, until nothing new is left."""
    while await story_days.sum_up(services.store, services.workspace) == story_days.MOST_AT_ONCE:
        pass
    async with services.store.begin() as tx:
        await finish(tx, job)
