"""The worker: claims what is owed, does it at least once, and never loses it."""

import asyncio
import random
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial

import structlog

from bot.metrics import Metrics
from handlers.jobs import DOING, GIVING_UP, LANES, UNSEEN, give_up, pause
from handlers.services import Services
from handlers.urgency import urgency
from pipeline.errors import Refused, Unavailable
from storage.jobs import LEASE, Job, Kind, LeaseLost, Priority, claim, release_all, renew, retry, revive
from storage.store import DATABASE_ERRORS

POLL = 0.5  # seconds between looks for work that another process or the past has left
MOST_ATTEMPTS = 5  # of a job that fails for a reason of ours; one that waits for others is never given up
KEPT = 5  # of so many places of a lane one is kept for what cannot wait, and half of these for what is wanted NOW
BUSY = frozenset({"triage"})  # lanes whose work keeps the processor busy
BESIDE = 4  # of so many places of a busy lane one is used beside work that cannot wait
DRAIN = 5.0  # seconds that work in hand gets to come to its end when the worker stops


class Worker:
    """Runs one loop per lane, each with so many places."""

    def __init__(
        self,
        services: Services,
        places: Mapping[str, int],
        metrics: Metrics,
        *,
        renew_every: float = LEASE.total_seconds() / 3,
        drain: float = DRAIN,
    ) -> None:
        self._services = services
        self._metrics = metrics
        self._renew_every = renew_every
        self.drain = drain
        self._held: dict[int, Job] = {}
        self._lanes = [
            _Lane(self, services, LANES[name], count, max(1, count // BESIDE) if name in BUSY else 0)
            for name, count in places.items()
        ]

    async def run(self, *, alone: bool = False) -> None:
        """Work until cancelled. `alone`: no other process works on this database, so none holds a lease.

        A start mostly follows a repair, so what was given up without a person knowing is tried anew.
        """
        if alone:
            await release_all(self._services.store)
        await revive(self._services.store, UNSEEN, self._services.clock.now())
        async with asyncio.TaskGroup() as group:
            group.create_task(self._keep_leases())
            for lane in self._lanes:
                self._services.store.listeners.append(lane.wake)
                group.create_task(lane.run())

    async def do(self, job: Job) -> None:
        """Do one job; whatever happens, it is finished, put back or given up."""
        self._held[job.id] = job
        urgency.set(job.priority)
        try:
            with self._metrics.job(job.kind.value):
                await self._attempt(job)
        except LeaseLost:
            structlog.get_logger().info("job.taken_over", kind=job.kind.value, subject=job.subject)
        except asyncio.CancelledError:
            await self._put_back(job, 0, "stopped")
            raise
        finally:
            self._held.pop(job.id, None)

    async def _attempt(self, job: Job) -> None:
        try:
            await DOING[job.kind](self._services.still(), job)
        except LeaseLost:
            raise
        except Unavailable as reason:
            wait = reason.retry_after if reason.retry_after is not None else _jittered(job)
            await self._put_back(job, wait, f"{type(reason).__name__}: {reason}")
        except Refused as refusal:
            await self._give_up(job, str(refusal))
        except Exception as error:  # noqa: BLE001 - the one place where nothing may pass, lest a ticket be lost
            await self._failed(job, error)

    async def _failed(self, job: Job, error: Exception) -> None:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        reason = f"{type(error).__name__} in {frame.name}:{frame.lineno}"
        log = structlog.get_logger()
        log.error("job.failed", kind=job.kind.value, subject=job.subject, attempt=job.attempt, reason=reason)
        if job.attempt < MOST_ATTEMPTS:
            await self._put_back(job, _jittered(job), reason)
        else:
            await self._give_up(job, reason)

    async def _give_up(self, job: Job, reason: str) -> None:
        log = structlog.get_logger()
        log.error("job.given_up", kind=job.kind.value, subject=job.subject, attempt=job.attempt)
        self._metrics.gave_up(job.kind.value)
        await GIVING_UP.get(job.kind, give_up)(self._services, job, reason)

    async def _put_back(self, job: Job, wait: float, reason: str) -> None:
        run_at = self._services.clock.now() + timedelta(seconds=wait)
        async with self._services.store.begin() as tx:
            await retry(tx, job, run_at, reason)

    async def _keep_leases(self) -> None:
        while True:
            await asyncio.sleep(self._renew_every)
            if held := tuple(self._held.values()):
                with suppress(*DATABASE_ERRORS):  # the next round may still be in time
                    await renew(self._services.store, held, self._services.clock.now())


class _Lane:
    """Kinds of work that share their places; `busy` of these, if any, are used beside work that cannot wait."""

    def __init__(self, worker: Worker, services: Services, kinds: Sequence[Kind], places: int, busy: int) -> None:
        self._worker = worker
        self._services = services
        self._kinds = kinds
        self._free = places
        self._kept = places // KEPT
        self._wake = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._urgent = 0  # of those in hand
        self._busy = busy

    def wake(self) -> None:
        """Say that there may be work, or a place for it."""
        self._wake.set()

    async def run(self) -> None:
        """Claim and start work whenever there is some and a place is free."""
        try:
            while True:
                self._wake.clear()
                for job in await self._claimed():
                    self._start(job)
                with suppress(TimeoutError):
                    async with asyncio.timeout(POLL):  # wait_for() of Python 3.11 may lose a cancellation
                        await self._wake.wait()
        finally:
            await self._drain()

    async def _drain(self) -> None:
        """Let the work in hand come to its end for a while; what does not is put back."""
        try:
            if self._tasks:
                await asyncio.wait(self._tasks, timeout=self._worker.drain)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _claimed(self) -> tuple[Job, ...]:
        # While deliveries queue for the database they go first: one job at a time keeps each lane alive.
        crowded = self._services.store.crowded
        usual = min(self._free, 1 - len(self._tasks)) if crowded else self._free - self._kept
        urgent = min(self._free, self._kept) if crowded else self._free
        try:
            if self._busy:
                return await self._claimed_with_care(usual, urgent)
            taken = await self._take(usual, Priority.IDLE)
            if len(taken) < usual:
                return taken  # nothing else is due
            taken += await self._take(urgent - self._kept // 2 - len(taken), Priority.SOON)
            return taken + await self._take(urgent - len(taken), Priority.NOW)
        except DATABASE_ERRORS as error:
            structlog.get_logger().error("database.away", error=type(error).__name__)
            return ()

    async def _claimed_with_care(self, usual: int, urgent: int) -> tuple[Job, ...]:
        """Take what cannot wait first: it shall not share the processor with all that could be begun beside it."""
        first = await self._take(urgent, Priority.SOON)
        usual -= len(first)
        if first or self._urgent:
            usual = min(usual, self._busy - (len(self._tasks) - self._urgent))
        return first + await self._take(usual, Priority.IDLE)

    async def _take(self, places: int, up_to: Priority) -> tuple[Job, ...]:
        if places <= 0:
            return ()
        return await claim(self._services.store, self._kinds, places, self._services.clock.now(), up_to=up_to)

    def _start(self, job: Job) -> None:
        urgent = job.priority <= Priority.SOON
        self._free -= 1
        self._urgent += urgent
        self._tasks.add(task := asyncio.create_task(self._worker.do(job)))
        task.add_done_callback(partial(self._ended, urgent))

    def _ended(self, urgent: bool, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._free += 1
        self._urgent -= urgent
        self._wake.set()
        if not task.cancelled() and (error := task.exception()):
            # Its result could not be written down, so its lease brings it back.
            structlog.get_logger().error("job.left_to_lease", error=type(error).__name__)


def _jittered(job: Job) -> float:
    return pause(job.attempt).total_seconds() * random.uniform(0.8, 1.2)  # noqa: S311 - spreads retries only
