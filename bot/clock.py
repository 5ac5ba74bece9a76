"""The clock: APScheduler wakes, a row in the database decides who does it."""

from collections.abc import Awaitable, Callable

import structlog
from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from handlers.services import Services
from handlers.warn import find_breaches

BREACHES_EVERY = 30  # seconds; also the most that a warning can be late


def build_clock(services: Services) -> AsyncIOScheduler:
    """Return a scheduler that is not started yet."""
    scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True, "misfire_grace_time": 3600})
    scheduler.add_job(_calling(find_breaches, services), "interval", seconds=BREACHES_EVERY, id="breaches")
    scheduler.add_listener(_failed, EVENT_JOB_ERROR)
    return scheduler


def _calling(act: Callable[[Services], Awaitable[object]], services: Services) -> Callable[[], Awaitable[None]]:
    async def call() -> None:
        await act(services)

    return call


def _failed(event: JobExecutionEvent) -> None:
    structlog.get_logger().error("schedule.failed", job=event.job_id, error=type(event.exception).__name__)
