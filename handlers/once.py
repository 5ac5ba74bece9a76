"""once(): an outside effect that happens once, whatever dies in between.

First the intent is written down, then the effect is tried, then its result is written down. Whoever
finds an intent without a result asks the other side before trying again.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.services import Services
from pipeline.errors import Refused, Unavailable, Unknown
from storage import outbox
from storage.jobs import Job, check_held

SETTLE = timedelta(seconds=12)
"""How long after a try we wait before asking: longer than the call's time-out, and than a look-up lags."""


@dataclass(frozen=True, slots=True)
class Effect:
    """`do` returns what came of it; `ask(since)` returns the same if it happened since, else None.

    `case_id` is the case that it belongs to, if it belongs to one.
    """

    key: str
    case_id: str | None
    do: Callable[[], Awaitable[str]]
    ask: Callable[[datetime], Awaitable[str | None]]


async def once(services: Services, job: Job, effect: Effect) -> str:
    """Make an effect happen once and return its result.

    Raises Unavailable (or Unknown) to be called again later, Refused when it will never happen, and
    LeaseLost when another worker has taken over.
    """
    known = await _known(services, effect.key)
    if known is not None and known.result is not None:
        return known.result
    if known is not None:
        if (waited := services.clock.now() - known.tried_at) < SETTLE:
            raise Unavailable("outcome not settled", retry_after=(SETTLE - waited).total_seconds())
        if (found := await effect.ask(known.first_at)) is not None:
            return await _note(services, effect.key, found)
    async with services.store.begin() as tx:
        await check_held(tx, job)
        await outbox.intend(tx, effect.key, effect.case_id, services.clock.now())
    return await _note(services, effect.key, await _try(services, effect))


async def begun(services: Services, key: str) -> bool:
    """Whether an effect was meant and its outcome is not known yet."""
    known = await _known(services, key)
    return known is not None and known.result is None


async def _known(services: Services, key: str) -> outbox.Effect | None:
    async with services.store.reader() as connection:
        return await outbox.effect(connection, key)


async def _note(services: Services, key: str, result: str) -> str:
    async with services.store.begin() as tx:
        await outbox.happened(tx, key, result)
    return result


async def _try(services: Services, effect: Effect) -> str:
    try:
        return await effect.do()
    except Unknown:
        raise  # the intent stays, so that the next try asks first
    except (Unavailable, Refused):
        async with services.store.begin() as tx:  # it surely did not happen
            await outbox.forget(tx, effect.key)
        raise
