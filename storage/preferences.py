"""Preferences: when and for what each member wants to be called, in their own words."""

from datetime import datetime

from sqlalchemy import Column, String, Table, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.preferences import Mentions, Preferences
from storage.store import Transaction
from storage.tables import Moment, metadata

preferences = Table(
    "preferences",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("member", String(128), primary_key=True),  # the name in the policy, by which tickets are assigned
    Column("mentions", String(8), nullable=False),
    Column("hours", String(11)),  # null: the policy's; "": always
    Column("zone", String(64)),
    Column("at", Moment, nullable=False),
)


async def prefer(tx: Transaction, workspace: str, member: str, chosen: Preferences, now: datetime) -> None:
    """Store what a member prefers; said again, the later word counts."""
    theirs = (preferences.c.workspace == workspace, preferences.c.member == member)
    await tx.connection.execute(delete(preferences).where(*theirs))
    row = {"workspace": workspace, "member": member, "at": now, **chosen.model_dump(mode="json")}
    await tx.connection.execute(preferences.insert().values(row))


async def preferred(connection: AsyncConnection, workspace: str) -> dict[str, Preferences]:
    """Return what everybody prefers who said so, by member's name."""
    rows = await connection.execute(select(preferences).where(preferences.c.workspace == workspace))
    return {
        row.member: Preferences(mentions=Mentions(row.mentions), hours=row.hours, zone=row.zone) for row in rows.all()
    }
