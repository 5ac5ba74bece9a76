"""Weekly reviews, and what leads made of their proposals."""

from datetime import datetime

from sqlalchemy import RowMapping, and_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.case import Actor
from pipeline.review import Answer, Proposal, Review
from storage.review_tables import proposals, reviews
from storage.store import Transaction


async def create(tx: Transaction, workspace: str, review: Review) -> None:
    """Store a week's review with its proposals, unless it is there already."""
    content = review.model_copy(update={"proposals": ()}).model_dump_json()
    row = {"workspace": workspace, "slot": review.slot, "at": review.at, "content": content}
    if not await tx.insert_new(reviews, row):
        return
    for each in review.proposals:
        asked = {"workspace": workspace, "slot": review.slot, "content": each.model_dump_json(), "answer": "open"}
        await tx.connection.execute(proposals.insert().values(asked))


async def load(connection: AsyncConnection, workspace: str, slot: str) -> Review | None:
    """Return a week's review with its proposals as they are answered now."""
    query = select(reviews.c.content).where(reviews.c.workspace == workspace, reviews.c.slot == slot)
    content = (await connection.execute(query)).scalar_one_or_none()
    if content is None:
        return None
    asked = select(proposals).where(proposals.c.workspace == workspace, proposals.c.slot == slot)
    rows = (await connection.execute(asked.order_by(proposals.c.number))).mappings()
    return Review.model_validate_json(content).model_copy(update={"proposals": tuple(map(_proposal, rows))})


async def find(connection: AsyncConnection, workspace: str, number: int) -> tuple[str, Proposal] | None:
    """Return a proposal and the week it was made in."""
    query = select(proposals).where(proposals.c.workspace == workspace, proposals.c.number == number)
    row = (await connection.execute(query)).mappings().first()
    return None if row is None else (row["slot"], _proposal(row))


async def answer(tx: Transaction, number: int, made: Answer, by: Actor, now: datetime) -> bool:
    """Write down what a lead made of a proposal. Returns False when somebody had answered it."""
    still_open = and_(proposals.c.number == number, proposals.c.answer == Answer.OPEN.value)
    answered = {"answer": made.value, "actor": by.id, "actor_name": by.name, "answered_at": now}
    return (await tx.connection.execute(update(proposals).where(still_open).values(answered))).rowcount == 1


async def answered(connection: AsyncConnection, workspace: str) -> frozenset[int]:
    """Return the entries of the feedback log that leads have decided on."""
    closed = and_(proposals.c.workspace == workspace, proposals.c.answer != Answer.OPEN.value)
    rows = (await connection.execute(select(proposals).where(closed))).mappings()
    return frozenset(entry for row in rows for entry in _proposal(row).entries)


async def answered_causes(connection: AsyncConnection, workspace: str, since: datetime) -> frozenset[str]:
    """Return what raised alarms and leads have decided on since a moment."""
    closed = and_(proposals.c.workspace == workspace, proposals.c.answered_at >= since)
    rows = (await connection.execute(select(proposals).where(closed))).mappings()
    return frozenset(cause for row in rows if (cause := _proposal(row).cause))


async def answered_doubts(connection: AsyncConnection, workspace: str, since: datetime) -> frozenset[str]:
    """Return the doubts on intents that leads have decided on since a moment, by their keys."""
    closed = and_(proposals.c.workspace == workspace, proposals.c.answered_at >= since)
    rows = (await connection.execute(select(proposals).where(closed))).mappings()
    return frozenset(doubt.key for row in rows if (doubt := _proposal(row).doubt) is not None)


def _proposal(row: RowMapping) -> Proposal:
    by = Actor(id=row["actor"], name=row["actor_name"]) if row["actor"] else None
    now = {"number": row["number"], "answer": Answer(row["answer"]), "by": by, "at": row["answered_at"]}
    return Proposal.model_validate_json(row["content"]).model_copy(update=now)
