"""The clock: APScheduler wakes, a row in the database decides who does it."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import structlog
from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from handlers.bursts import end_quiet
from handlers.schedule import owe_intents, owe_quiet, owe_retraining, owe_review
from handlers.services import Services
from handlers.strays import owe_look
from handlers.summing import owe_summing
from handlers.warn import find_breaches

CALENDAR_EVERY = 300  # seconds between looks at what the calendar says is due
SUMMED_EVERY = 60  # seconds; what is newer is read from the cases themselves
BREACHES_EVERY = 30  # seconds; also the most that a warning can be late


@asynccontextmanager
async def ticking(services: Services) -> AsyncGenerator[AsyncIOScheduler]:
    """Run the scheduler; when the block ends, no round of it is under way any more."""
    rounds: set[asyncio.Task[object]] = set()
    scheduler = AsyncIOScheduler(timezone="UTC", job_defaults={"coalesce": True, "misfire_grace_time": 3600})
    scheduler.add_job(_round(find_breaches, services, rounds), "interval", seconds=BREACHES_EVERY, id="breaches")
    scheduler.add_job(_round(end_quiet, services, rounds), "interval", seconds=BREACHES_EVERY, id="incidents")
    scheduler.add_job(_round(owe_look, services, rounds), "interval", seconds=CALENDAR_EVERY, id="strays")
    scheduler.add_job(_round(owe_retraining, services, rounds), "interval", seconds=CALENDAR_EVERY, id="retraining")
    scheduler.add_job(_round(owe_intents, services, rounds), "interval", seconds=CALENDAR_EVERY, id="intents")
    scheduler.add_job(_round(owe_review, services, rounds), "interval", seconds=CALENDAR_EVERY, id="review")
    scheduler.add_job(_round(owe_quiet, services, rounds), "interval", seconds=CALENDAR_EVERY, id="quiet")
    scheduler.add_job(_round(owe_summing, services, rounds), "interval", seconds=SUMMED_EVERY, id="summing")
    scheduler.add_listener(_failed, EVENT_JOB_ERROR)
    scheduler.start()
    try:
        yield scheduler
    finally:
        scheduler.shutdown(wait=False)
        await asyncio.sleep(0)  # it does so in the loop's next turn
        # It cancels its rounds but cannot wait for them, and they still give back their connections.
        await asyncio.gather(*rounds, return_exceptions=True)


def _round(
    act: Callable[[Services], Awaitable[object]], services: Services, rounds: set[asyncio.Task[object]]
) -> Callable[[], Awaitable[None]]:
    async def call() -> None:
        if task := asyncio.current_task():
            rounds.add(task)
            task.add_done_callback(rounds.discard)
        with suppress(asyncio.CancelledError):  # the clock stops, which is no failure to tell of
            await act(services)

    return call


def _failed(event: JobExecutionEvent) -> None:
    structlog.get_logger().error("schedule.failed", job=event.job_id, error=type(event.exception).__name__)
