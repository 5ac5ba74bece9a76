"""Quiet causes: what leads found noisy, which goes to a daily digest instead of calling people."""

from datetime import datetime

from sqlalchemy import Column, String, Table, Text, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.case import Actor
from storage.store import Transaction
from storage.tables import Moment, metadata

quiet_causes = Table(
    "quiet_causes",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("cause", String(160), primary_key=True),  # one of pipeline.alarm.Alarm's
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),  # pipeline.case.Actor as JSON
)


async def hush(tx: Transaction, workspace: str, cause: str, by: Actor, now: datetime) -> None:
    """Let a cause call nobody any more."""
    await tx.insert_new(
        quiet_causes, {"workspace": workspace, "cause": cause, "at": now, "actor": by.model_dump_json()}
    )


async def unhush(tx: Transaction, workspace: str, cause: str) -> bool:
    """Let a cause call people again. Returns whether it had been quiet."""
    theirs = (quiet_causes.c.workspace == workspace, quiet_causes.c.cause == cause)
    return (await tx.connection.execute(delete(quiet_causes).where(*theirs))).rowcount > 0


async def hushed(connection: AsyncConnection, workspace: str) -> dict[str, Actor]:
    """Return the quiet causes, each with who decided that."""
    rows = await connection.execute(select(quiet_causes).where(quiet_causes.c.workspace == workspace))
    return {row.cause: Actor.model_validate_json(row.actor) for row in rows.all()}
