"""What is due by the calendar: a row in the database decides which process owes it, once."""

from handlers.retrain import news
from handlers.services import Services
from storage.jobs import Kind, enqueue
from storage.outbox import first_tick

NIGHT = 2  # hour, UTC, from which the night's retraining is due
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
            await enqueue(tx, Kind.RETRAIN, services.workspace, now=now, priority=9)
    return mine and enough
