"""The inbox and the outbox: what came in once, and what went out once."""

from datetime import datetime

from pydantic import AwareDatetime
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.value import Value
from storage.store import Transaction
from storage.tables import deliveries, effects, ticks


class Effect(Value):
    """Something that we mean to do outside. `result` is None until we know that it happened."""

    key: str
    first_at: AwareDatetime
    tried_at: AwareDatetime
    result: str | None = None


async def first_time(tx: Transaction, source: str, delivery: str, case_id: str, now: datetime) -> bool:
    """Note a delivery. Returns False when it was noted before."""
    return await tx.insert_new(deliveries, {"source": source, "delivery": delivery, "case_id": case_id, "at": now})


async def case_of(connection: AsyncConnection, source: str, delivery: str) -> str | None:
    """Return the id of the case that a delivery went to."""
    query = select(deliveries.c.case_id).where(deliveries.c.source == source, deliveries.c.delivery == delivery)
    return (await connection.execute(query)).scalar_one_or_none()


async def effect(connection: AsyncConnection, key: str) -> Effect | None:
    """Return what is known of an effect, or None when nobody meant it yet."""
    row = (await connection.execute(select(effects).where(effects.c.key == key))).mappings().first()
    if row is None:
        return None
    return Effect(key=key, first_at=row["first_at"], tried_at=row["tried_at"], result=row["result"])


async def intend(tx: Transaction, key: str, case_id: str | None, now: datetime) -> None:
    """Write down that an effect is about to be tried."""
    row = {"key": key, "case_id": case_id, "first_at": now, "tried_at": now}
    if not await tx.insert_new(effects, row):
        await tx.connection.execute(update(effects).where(effects.c.key == key).values(tried_at=now))


async def happened(tx: Transaction, key: str, result: str) -> None:
    """Write down that an effect happened, and what came of it."""
    await tx.connection.execute(update(effects).where(effects.c.key == key).values(result=result))


async def forget(tx: Transaction, key: str) -> None:
    """Take back an intent of which we know that it did not happen."""
    await tx.connection.execute(delete(effects).where(effects.c.key == key, effects.c.result.is_(None)))


async def first_tick(tx: Transaction, job: str, slot: str, now: datetime) -> bool:
    """Claim one slot of a scheduled job. Returns False when another process has it."""
    return await tx.insert_new(ticks, {"job": job, "slot": slot, "at": now})
