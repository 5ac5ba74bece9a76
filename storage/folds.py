"""Folds: cases that are a line in their channel's digest, in place of a card that is still to come."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from pydantic import AwareDatetime
from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Table,
    and_,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.case import Case
from pipeline.value import Value
from storage.cases import load
from storage.jobs import Kind
from storage.store import Transaction
from storage.tables import Moment, cards, cases, jobs, metadata

folds = Table(
    "folds",
    metadata,
    Column("case_id", String(20), ForeignKey("cases.id"), primary_key=True),
    Column("workspace", String(64), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("at", Moment, nullable=False),
    Column("released", Boolean, nullable=False),  # its card is owed; the line stays until that stands
    Index(None, "workspace", "channel"),
)
digests = Table(  # one message in a channel; its key in the outbox ends in the moment at which it was opened
    "digests",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("opened_at", Moment, nullable=False),
    Column("shown", String(64), nullable=False),  # a digest of what it says, so that nothing is said twice
)


class Fold(Value):
    """A case that is a line in a digest."""

    case_id: str
    channel: str
    released: bool


class Digest(Value):
    """A digest that is open in a channel."""

    opened_at: AwareDatetime
    shown: str


async def fold(tx: Transaction, case: Case, channel: str, now: datetime) -> None:
    """Make a case a line of its channel's digest."""
    row = {"case_id": case.id, "workspace": case.workspace, "channel": channel, "at": now, "released": False}
    await tx.insert_new(folds, row)


async def fold_of(connection: AsyncConnection, case_id: str) -> Fold | None:
    """Return the line that a case is, if it is one."""
    row = (await connection.execute(select(folds).where(folds.c.case_id == case_id))).mappings().first()
    return None if row is None else Fold(case_id=case_id, channel=row["channel"], released=row["released"])


async def release(tx: Transaction, case_ids: Iterable[str]) -> None:
    """Note that the cards of these are owed now."""
    await tx.connection.execute(update(folds).where(folds.c.case_id.in_(tuple(case_ids))).values(released=True))


async def unfold(tx: Transaction, case_id: str) -> str | None:
    """Take the line of a case away, since its card stands. Returns the digest's channel, if it was a line."""
    gone = delete(folds).where(folds.c.case_id == case_id).returning(folds.c.channel)
    return (await tx.connection.execute(gone)).scalar_one_or_none()


async def lines(
    connection: AsyncConnection, workspace: str, channel: str, limit: int, *, waiting: bool = False
) -> tuple[Case, ...]:
    """Return the first cases of a digest, the soonest due first. `waiting`: only those whose card is not owed yet."""
    here = and_(_in(workspace, channel), ~folds.c.released) if waiting else _in(workspace, channel)
    first = select(folds.c.case_id).join(cases, cases.c.id == folds.c.case_id).where(here)
    first = first.order_by(cases.c.due_at.is_(None), cases.c.due_at, cases.c.id).limit(limit)
    found = [await load(connection, case_id) for case_id in (await connection.execute(first)).scalars().all()]
    return tuple(case for case in found if case is not None)


async def count(
    connection: AsyncConnection, workspace: str, channel: str, *, since: datetime | None = None, waiting: bool = False
) -> int:
    """Return how many lines a digest has, or how many that came since; `waiting` as in lines()."""
    asked = select(func.count()).select_from(folds).where(_in(workspace, channel))
    if since is not None:
        asked = asked.where(folds.c.at > since)
    if waiting:
        asked = asked.where(~folds.c.released)
    return (await connection.execute(asked)).scalar_one()


async def cards_owed(connection: AsyncConnection, workspace: str, teams: Sequence[str], most: int) -> int:
    """Return how many cases of these teams wait for their first card; `most` is as far as it counts."""
    shown = select(cards.c.case_id).where(cards.c.case_id == cases.c.id).exists()
    owed = (
        select(cases.c.id)
        .join(jobs, jobs.c.subject == cases.c.id)
        .where(jobs.c.kind == Kind.SHOW_CARD.value, jobs.c.state.in_(("waiting", "running")))
        .where(cases.c.workspace == workspace, cases.c.team.in_(tuple(teams)), ~shown)
        .distinct()
        .limit(most)
    )
    return len((await connection.execute(owed)).all())


async def open_digest(tx: Transaction, workspace: str, channel: str, now: datetime) -> Digest:
    """Return the digest that is open in a channel, or open one."""
    row = {"workspace": workspace, "channel": channel, "opened_at": now, "shown": ""}
    await tx.insert_new(digests, row)
    here = digests.c.workspace == workspace, digests.c.channel == channel
    found = (await tx.connection.execute(select(digests).where(*here))).mappings().one()
    return Digest(opened_at=found["opened_at"], shown=found["shown"])


async def note_shown(tx: Transaction, workspace: str, channel: str, shown: str) -> None:
    """Remember what the digest of a channel says now."""
    here = digests.c.workspace == workspace, digests.c.channel == channel
    await tx.connection.execute(update(digests).where(*here).values(shown=shown))


async def close_digest(tx: Transaction, workspace: str, channel: str) -> None:
    """Forget the digest of a channel: what folds next opens another."""
    here = digests.c.workspace == workspace, digests.c.channel == channel
    await tx.connection.execute(delete(digests).where(*here))


def _in(workspace: str, channel: str) -> ColumnElement[bool]:
    return and_(folds.c.workspace == workspace, folds.c.channel == channel)
