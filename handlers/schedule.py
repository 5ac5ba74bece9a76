"""What is due by the calendar: a row in the database decides which process owes it, once."""

from datetime import datetime, timedelta

from handlers.retrain import news
from handlers.services import Services
from storage.jobs import Kind, Priority, enqueue
from storage.outbox import first_tick

NIGHT = 2  # hour, UTC, from which the night's retraining is due
MORNING = 7  # hour, UTC, of a Monday, from which the week's review is due
ENOUGH = 20  # tickets somebody spoke of since the last try, below which a night passes without one


async def owe_retraining(services: Services) -> bool:
    """Owe tonight's retraining where enough was said since the last one. Returns whether this call did."""
    now = services.clock.now()
    if now.hour < NIGHT:
        return False
    enough = await news(services.store, services.workspace, services.learner.name) >= ENOUGH
    async with services.store.begin() as tx:
        mine = await first_tick(tx, f"retrain:{services.workspace}", f"{now:%Y-%m-%d}", now)
        if mine and enough:
            await enqueue(tx, Kind.RETRAIN, services.workspace, now=now, priority=Priority.IDLE)
    return mine and enough


async def owe_intents(services: Services) -> bool:
    """Owe the night's batch of intents. Returns whether this call did."""
    now = services.clock.now()
    if services.embedder is None or now.hour < NIGHT:
        return False
    async with services.store.begin() as tx:
        if mine := await first_tick(tx, f"intents:{services.workspace}", f"{now:%Y-%m-%d}", now):
            await enqueue(tx, Kind.DISCOVER, services.workspace, now=now, priority=Priority.IDLE)
    return mine


async def owe_review(services: Services) -> bool:
    """Owe the week's review from Monday morning on. Returns whether this call did."""
    now = services.clock.now()
    slot = week(now - timedelta(hours=MORNING))
    async with services.store.begin() as tx:
        if mine := await first_tick(tx, f"review:{services.workspace}", slot, now):
            await enqueue(tx, Kind.REVIEW, slot, now=now)
    return mine


async def owe_quiet(services: Services) -> bool:
    """Owe from each morning on what was kept quiet the day before. Returns whether this call did."""
    now = services.clock.now()
    day = (now - timedelta(hours=MORNING)).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
    async with services.store.begin() as tx:
        if mine := await first_tick(tx, f"quiet:{services.workspace}", f"{day:%Y-%m-%d}", now):
            await enqueue(tx, Kind.QUIET, f"{day:%Y-%m-%d}T00:00+00:00", now=now)
    return mine


def week(moment: datetime) -> str:
    """Return the week's name, such as 2026-W19 (ISO 8601)."""
    year, number, _ = moment.isocalendar()
    return f"{year}-W{number:02}"
