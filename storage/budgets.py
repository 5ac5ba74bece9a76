"""What all processes together have called at a workspace's doors, for those that share a database."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Double, RowMapping, String, Table, and_, or_, select, text, update

from pipeline.budget import Budget
from storage.store import Store, Transaction
from storage.tables import metadata

JUMP = 60.0  # seconds by which no two clocks differ: whatever lies further ahead was written before a clock was set
LONGEST = 3600.0  # seconds that anybody is asked to wait

Door = tuple[str, str]  # method and channel

budgets = Table(  # moments are seconds of the machines' clocks; what is lost here Slack says again
    "slack_budgets",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("method", String(64), primary_key=True),
    Column("channel", String(64), primary_key=True),
    Column("level", Double, nullable=False),
    Column("filled", Double, nullable=False),
    Column("closed_until", Double, nullable=False),
)


async def spend(
    store: Store, workspace: str, ours: Mapping[Door, Budget], now: float, *, kept: float, anyway: bool = False
) -> float:
    """Count a call at all of these doors and return 0; else the seconds to wait, and nothing is counted.

    `kept` is the share of each budget that is left for what is more urgent.
    `ours` is what this process knows; it is brought up to date.
    """
    async with store.begin() as tx:
        await _meet(tx, workspace, ours, now)
        wait = max((each.wait(now, 1, kept=kept) for each in ours.values()), default=0.0)
        if wait > 0 and not anyway:
            return wait
        for each in ours.values():
            each.take(now)
        await _write(tx, workspace, ours)
    return 0.0


async def shut(store: Store, workspace: str, door: Door, closed: Budget, now: float) -> None:
    """Let all know until when a door is closed."""
    async with store.begin() as tx:
        await _meet(tx, workspace, {door: closed}, now)
        await _write(tx, workspace, {door: closed})


async def _meet(tx: Transaction, workspace: str, ours: Mapping[Door, Budget], now: float) -> None:
    """Take the doors' rows for this transaction, always in the same order, and learn what they say."""
    if tx.connection.dialect.name == "postgresql":  # a count that a crash loses is no loss
        await tx.connection.execute(text("SET LOCAL synchronous_commit TO off"))
    rows = await _rows(tx, workspace, ours)
    if missing := [door for door in sorted(ours) if door not in rows]:
        for door in missing:
            await tx.insert_new(budgets, _values(workspace, door, ours[door]))
        rows = await _rows(tx, workspace, ours)
    for door, row in rows.items():
        ours[door].meet(_read(ours[door], row, now), now)


async def _rows(tx: Transaction, workspace: str, doors: Mapping[Door, Budget]) -> dict[Door, RowMapping]:
    named = or_(*(and_(budgets.c.method == method, budgets.c.channel == channel) for method, channel in doors))
    query = select(budgets).where(budgets.c.workspace == workspace, named)
    query = query.order_by(budgets.c.method, budgets.c.channel).with_for_update()  # left out on SQLite: one writer
    found = (await tx.connection.execute(query)).mappings().all()
    return {(row["method"], row["channel"]): row for row in found}


async def _write(tx: Transaction, workspace: str, ours: Mapping[Door, Budget]) -> None:
    for door in sorted(ours):
        said = _values(workspace, door, ours[door])
        theirs = and_(*(budgets.c[name] == said[name] for name in ("workspace", "method", "channel")))
        levels = {name: said[name] for name in ("level", "filled", "closed_until")}
        await tx.connection.execute(update(budgets).where(theirs).values(**levels))


def _read(like: Budget, row: RowMapping, now: float) -> Budget:
    found = Budget(like.size, like.per_second, row["level"], row["filled"], row["closed_until"])
    if max(found.closed_until - LONGEST, found.filled - max(found.closed_until - now, 0.0)) > now + JUMP:
        return Budget(like.size, like.per_second, like.size, now)
    return found


def _values(workspace: str, door: Door, of: Budget) -> dict[str, Any]:
    method, channel = door
    levels = {"level": of.level, "filled": of.filled, "closed_until": of.closed_until}
    return {"workspace": workspace, "method": method, "channel": channel, **levels}
