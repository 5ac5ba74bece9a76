"""Strays: cards that could not be posted where they belong, why, and whether they stand anywhere at all."""

from pydantic import AwareDatetime
from sqlalchemy import Boolean, Column, ForeignKey, String, Table, Text, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.value import Value
from storage.store import Transaction
from storage.tables import Moment, metadata

strays = Table(
    "strays",
    metadata,
    Column("case_id", String(20), ForeignKey("cases.id"), primary_key=True),
    Column("workspace", String(64), nullable=False),
    Column("channel", String(80), nullable=False),  # the name of the one that it belongs in
    Column("code", String(64), nullable=False),  # Slack's word for what is wrong; empty once it is mended
    Column("remedy", Text, nullable=False),
    Column("shown", Boolean, nullable=False),  # in the fallback channel; else nowhere
    Column("at", Moment, nullable=False),
)


class Stray(Value):
    """A case whose card is not where it belongs."""

    case_id: str
    workspace: str
    channel: str
    code: str
    remedy: str
    shown: bool
    at: AwareDatetime


async def note(tx: Transaction, stray: Stray) -> None:
    """Remember a stray; told again, the later word counts."""
    row = stray.model_dump()
    if not await tx.insert_new(strays, row):
        await tx.connection.execute(update(strays).where(strays.c.case_id == stray.case_id).values(row))


async def forget(tx: Transaction, case_id: str) -> None:
    """Forget a stray, whose card is where it belongs or is about to be posted anew."""
    await tx.connection.execute(delete(strays).where(strays.c.case_id == case_id))


async def stray_of(connection: AsyncConnection, case_id: str) -> Stray | None:
    """Return what is remembered of a case."""
    row = (await connection.execute(select(strays).where(strays.c.case_id == case_id))).mappings().first()
    return None if row is None else Stray.model_validate(dict(row))


async def all_strays(connection: AsyncConnection, workspace: str) -> tuple[Stray, ...]:
    """Return every stray, those that stand nowhere first, then the oldest."""
    asked = select(strays).where(strays.c.workspace == workspace).order_by(strays.c.shown, strays.c.at)
    return tuple(Stray.model_validate(dict(row)) for row in (await connection.execute(asked)).mappings())


async def nowhere(connection: AsyncConnection, workspace: str = "") -> int:
    """Return how many cases have no card at all, in one workspace or in every one."""
    asked = select(func.count()).select_from(strays).where(~strays.c.shown)
    asked = asked.where(strays.c.workspace == workspace) if workspace else asked
    return (await connection.execute(asked)).scalar_one()


async def mended(tx: Transaction, workspace: str, channel: str) -> bool:
    """Note that a channel took a card: what belongs there, and what stands nowhere, can be posted. Was there any?"""
    theirs = strays.c.workspace == workspace, or_(strays.c.channel == channel, ~strays.c.shown)
    return (await tx.connection.execute(update(strays).where(*theirs).values(code=""))).rowcount > 0
