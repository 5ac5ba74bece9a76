"""Where Slack shows a case, and how much of its history the thread has."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.value import Value
from storage.store import Transaction
from storage.tables import cards

CARD, POINTER, MOVED = "card", "pointer", "moved"


class Placed(Value):
    """One message of ours. `role` is card, pointer (in the owner's channel) or moved (a card's old place)."""

    case_id: str
    placement: int
    role: str
    workspace: str
    channel: str
    ts: str
    told: int = 0
    thread: str = ""  # of the incident that it is a part of

    @property
    def root(self) -> str:
        """The message whose thread holds what is said of the case."""
        return self.thread or self.ts


async def placed(connection: AsyncConnection, case_id: str) -> tuple[Placed, ...]:
    """Return every message that shows the case, in the order of its moves."""
    rows = await connection.execute(
        select(cards).where(cards.c.case_id == case_id).order_by(cards.c.placement, cards.c.role)
    )
    return tuple(Placed.model_validate(dict(row)) for row in rows.mappings())


async def present(connection: AsyncConnection, case_ids: Sequence[str]) -> dict[str, Placed]:
    """Return the card of each case that has one, by case: that of its last move."""
    rows = await connection.execute(
        select(cards).where(cards.c.case_id.in_(case_ids), cards.c.role == CARD).order_by(cards.c.placement)
    )
    return {row["case_id"]: Placed.model_validate(dict(row)) for row in rows.mappings()}


async def is_placed(connection: AsyncConnection, workspace: str, channel: str, ts: str) -> bool:
    """Whether a message is on record, in whatever role."""
    found = await connection.execute(select(cards.c.case_id).where(*_place(workspace, channel, ts)))
    return found.first() is not None


async def place(tx: Transaction, message: Placed) -> None:
    """Remember a message that was posted."""
    await tx.insert_new(cards, message.model_dump())


async def tell(tx: Transaction, message: Placed, number: int) -> None:
    """Remember that the thread of this card has the history up to an event's number."""
    await tx.connection.execute(update(cards).where(*_at(message)).values(told=number))


async def retire(tx: Transaction, message: Placed) -> None:
    """Remember that this card now only says where the case went."""
    await tx.connection.execute(update(cards).where(*_at(message)).values(role=MOVED))


async def lose(tx: Transaction, message: Placed) -> None:
    """Forget a message that somebody deleted in Slack."""
    await tx.connection.execute(delete(cards).where(*_at(message)))


def _at(message: Placed) -> tuple[ColumnElement[bool], ...]:
    return _place(message.workspace, message.channel, message.ts)


def _place(workspace: str, channel: str, ts: str) -> tuple[ColumnElement[bool], ...]:
    return cards.c.workspace == workspace, cards.c.channel == channel, cards.c.ts == ts
