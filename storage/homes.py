"""Homes: who has the app's Home open, and what it showed last, so that it is shown anew when that changes."""

from datetime import datetime, timedelta

from sqlalchemy import Column, Index, String, Table, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.case import Case
from pipeline.value import Value
from storage.jobs import Kind, Priority, enqueue
from storage.store import Transaction
from storage.tables import Moment, metadata

homes = Table(
    "homes",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("user", String(64), primary_key=True),  # as the Chat door takes it
    Column("opened_at", Moment, nullable=False),
    Column("looked_at", Moment, nullable=False),  # when we last compared it with what there is to show
    Column("shown", String(64), nullable=False),  # hash of the view; "" when it is not known
    Index(None, "workspace", "looked_at"),
)
PAUSE = timedelta(seconds=5)  # in which changes gather
LASTS = timedelta(hours=12)  # after which nobody is taken to look any more


class Home(Value):
    """One person's Home."""

    user: str
    shown: str


async def opened(tx: Transaction, workspace: str, user: str, shown: str, now: datetime) -> None:
    """Note that a person looks at their Home, and what it shows."""
    row = {"workspace": workspace, "user": user, "opened_at": now, "looked_at": now, "shown": shown}
    if not await tx.insert_new(homes, row):
        theirs = (homes.c.workspace == workspace, homes.c.user == user)
        await tx.connection.execute(update(homes).where(*theirs).values(row))


async def owe(tx: Transaction, before: Case, after: Case, now: datetime) -> None:
    """Owe the Homes another look where a change shows on one; changes that follow closely share it."""
    if _seen(before) == _seen(after):
        return
    open_now = select(homes.c.user).where(homes.c.workspace == after.workspace, homes.c.opened_at > now - LASTS)
    if (await tx.connection.execute(open_now.limit(1))).first() is not None:
        await enqueue(tx, Kind.HOMES, after.workspace, now=now, run_at=now + PAUSE, priority=Priority.IDLE)


async def to_look_at(connection: AsyncConnection, workspace: str, now: datetime, limit: int) -> tuple[Home, ...]:
    """Return Homes that may be open and that we have not looked at since, the longest ago first."""
    here = (homes.c.workspace == workspace, homes.c.opened_at > now - LASTS, homes.c.looked_at < now)
    rows = select(homes.c.user, homes.c.shown).where(*here).order_by(homes.c.looked_at, homes.c.user).limit(limit)
    return tuple(Home(user=row.user, shown=row.shown) for row in await connection.execute(rows))


async def looked_at(tx: Transaction, workspace: str, home: Home, now: datetime) -> None:
    """Note what a Home shows now."""
    theirs = (homes.c.workspace == workspace, homes.c.user == home.user)
    await tx.connection.execute(update(homes).where(*theirs).values(shown=home.shown, looked_at=now))


def _seen(case: Case) -> tuple[object, ...]:
    draft = case.analysis.draft.grade if case.analysis else None
    due = (case.due_at, case.at_risk_at, case.escalated)
    return case.status, case.team, case.home, case.agent, case.claimed_by, case.placement, draft, *due
