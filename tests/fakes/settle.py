"""settle(): do all that is owed, moving the clock on, until nothing is."""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.metrics import Metrics
from bot.worker import Worker
from handlers.services import Services
from storage.jobs import Kind, claim
from storage.store import Store
from storage.tables import jobs
from tests.fakes.clock import FakeClock

MOST_STEPS = 500
_MOMENT = timedelta(milliseconds=1)


class NeverQuiet(AssertionError):
    """Work begets work without end."""


async def settle(services: Services, clock: FakeClock, *, most: int = MOST_STEPS) -> None:
    """Claim and do one job after the other as the worker does. Raises NeverQuiet."""
    worker = Worker(services, {}, Metrics())
    for _ in range(most):
        if taken := await claim(services.store, tuple(Kind), 1, clock.now()):
            await worker.do(taken[0])
        elif (soon := await _next_moment(services.store, clock.now())) is not None:
            clock.set(soon)
        else:
            return
    raise NeverQuiet(f"still busy after {most} steps")


async def _next_moment(store: Store, now: datetime) -> datetime | None:
    """Return when something that waits comes due, or a lease runs out; None when all is done."""
    async with store.reader() as connection:
        rows = (await connection.execute(select(jobs.c.state, jobs.c.run_at, jobs.c.lease_until))).all()
    moments = [lease if state == "running" else run_at for state, run_at, lease in rows if state != "failed"]
    ahead = [moment for moment in moments if moment >= now]
    return min(ahead) + _MOMENT if ahead else None
