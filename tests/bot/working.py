"""A house with a worker that runs in the background, and a classifier that can be held up."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from bot.metrics import Metrics
from bot.worker import Worker
from handlers.services import Services
from pipeline.classify import Classification
from pipeline.mask import Masked
from pipeline.policy import Policy
from storage.jobs import Job, Kind, claim
from storage.store import Store
from storage.tables import jobs
from tests.fakes.house import House
from tests.fakes.reading import FakeClassifier

PATIENCE = 60.0  # seconds; only a broken product waits that long
PLACES = {"triage": 4, "sift": 1, "slack": 2, "helpdesk": 2, "house": 1, "study": 1}
Look = Callable[[], Awaitable[object]]


class HeldClassifier(FakeClassifier):
    """Answers nobody until `gate` opens, and counts who waits."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.reading = self.most = self.asked = 0

    async def classify(self, masked: Masked, policy: Policy) -> Classification:
        self.asked += 1
        self.reading += 1
        self.most = max(self.most, self.reading)
        try:
            await self.gate.wait()
        finally:
            self.reading -= 1
        return await super().classify(masked, policy)


class FailingClassifier(FakeClassifier):
    """Raises what it was given, each time, and counts."""

    def __init__(self, error: Exception) -> None:
        self._error = error
        self.asked = 0

    async def classify(self, masked: Masked, policy: Policy) -> Classification:
        self.asked += 1
        raise self._error


def with_classifier(house: House, classifier: FakeClassifier) -> Services:
    """Return another product on the house's database and world that reads with this classifier."""
    return replace(house.services, classifier=classifier)


@asynccontextmanager
async def working(
    services: Services,
    places: dict[str, int] | None = None,
    *,
    alone: bool = False,
    renew_every: float = 10,
    drain: float = PATIENCE,
) -> AsyncIterator[Worker]:
    """Run a worker until the block ends."""
    worker = Worker(services, places or PLACES, Metrics(), renew_every=renew_every, drain=drain)
    task = asyncio.create_task(worker.run(alone=alone))
    try:
        yield worker
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(look: Look) -> None:
    """Wait until `look` finds something."""
    async with asyncio.timeout(PATIENCE):
        while not await look():
            await asyncio.sleep(0.01)


async def rows(store: Store) -> list[dict[str, object]]:
    """Return the queue as it is stored, oldest first."""
    async with store.reader() as connection:
        return [dict(row) for row in (await connection.execute(select(jobs).order_by(jobs.c.id))).mappings()]


def quiet(store: Store) -> Look:
    """Look whether nothing is owed any more."""

    async def look() -> bool:
        return not await rows(store)

    return look


def worker_of(house: House, classifier: object = None) -> Worker:
    services = with_classifier(house, classifier) if classifier else house.services  # type: ignore[arg-type]
    return Worker(services, {}, Metrics())


async def one(house: House, kind: Kind, now: datetime | None = None) -> Job:
    [job] = await claim(house.store, (kind,), 1, now or house.world.clock.now())
    return job
