"""Health of the house itself, from the database alone: does the work keep up, and does the model read?"""

from datetime import timedelta

from handlers.health_checks import Check
from handlers.services import Services
from pipeline.classify import Engine
from storage.cases import newest
from storage.jobs import oldest_due

LATE = timedelta(minutes=2)  # that a job may wait once it is due
LOOKED_AT = 20  # of the newest tickets that were read


async def house(services: Services) -> tuple[Check, ...]:
    """Return what the database tells: how long work waits, and who reads."""
    return await _queue(services), *await _model(services)


async def _queue(services: Services) -> Check:
    now = services.clock.now()
    async with services.store.reader() as connection:
        oldest = await oldest_due(connection, now)
    waited = now - oldest if oldest else timedelta()
    says = f"the oldest work waits {waited.total_seconds() / 60:.0f} minutes" if oldest else "nothing waits"
    if waited <= LATE:
        return Check(name="queue", ok=True, says=says)
    return Check(name="queue", ok=False, says=says, fix="see that `triage serve` runs a worker, then start another one")


async def _model(services: Services) -> tuple[Check, ...]:
    if services.model is None:
        return ()
    async with services.store.reader() as connection:
        read = [case.analysis.classification.engine for case in await newest(connection, services.workspace, LOOKED_AT)
                if case.analysis]  # fmt: skip
    missed = sum(engine is not Engine.LLM for engine in read)
    says = f"read {len(read) - missed} of the newest {len(read)} tickets"
    if missed <= len(read) // 2:
        return (Check(name="language model", ok=True, says=says),)
    fix = "the engine on this machine reads meanwhile; check OPENAI_BASE_URL, the key and its limits: `triage doctor`"
    return (Check(name="language model", ok=False, says=says, fix=fix),)
