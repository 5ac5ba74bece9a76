"""Absences: who said that they are away, and until when."""

from datetime import datetime

from sqlalchemy import Column, String, Table, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.store import Transaction
from storage.tables import Moment, metadata

absences = Table(
    "absences",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("member", String(128), primary_key=True),  # the name in the policy, by which tickets are assigned
    Column("since", Moment, nullable=False),
    Column("until", Moment),  # null: until they say that they are back
)


async def leave(tx: Transaction, workspace: str, member: str, now: datetime, until: datetime | None) -> None:
    """Note that a member is away; said again, the later word counts."""
    await come_back(tx, workspace, member)
    row = {"workspace": workspace, "member": member, "since": now, "until": until}
    await tx.connection.execute(absences.insert().values(row))


async def come_back(tx: Transaction, workspace: str, member: str) -> bool:
    """Note that a member is back. Returns whether they had been away."""
    theirs = (absences.c.workspace == workspace, absences.c.member == member)
    return (await tx.connection.execute(delete(absences).where(*theirs))).rowcount > 0


async def absent(connection: AsyncConnection, workspace: str, now: datetime) -> dict[str, datetime | None]:
    """Return the names of those who are away at a moment, each with until when; None: until they say otherwise."""
    still = or_(absences.c.until.is_(None), absences.c.until > now)
    found = select(absences).where(absences.c.workspace == workspace, absences.c.since <= now, still)
    return {row.member: row.until for row in (await connection.execute(found)).all()}


async def away(connection: AsyncConnection, workspace: str, now: datetime) -> frozenset[str]:
    """Return the names of those who are away at a moment."""
    return frozenset(await absent(connection, workspace, now))
