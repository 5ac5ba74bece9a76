"""Intents: the tree, and where each ticket is in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import RowMapping, and_, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.intents import By, Intent, Standing, TicketIntent
from storage.cases import Conflict
from storage.intent_tables import intents, ticket_intents
from storage.store import Transaction

Matrix = NDArray[np.float32]
_INTENT = [column for column in intents.c if column.name not in ("centre", "embedder", "workspace")]
_TICKET = [ticket_intents.c[name] for name in ("case_id", "intent", "cosine", "by", "words", "known", "at")]


@dataclass(frozen=True, slots=True)
class Centres:
    """The intents that take tickets, with the matrix of their centres in the same order."""

    intents: tuple[Intent, ...]
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class Batch:
    """Tickets with their vectors, in the same order, oldest first."""

    tickets: tuple[TicketIntent, ...]
    vectors: Matrix


async def centres(connection: AsyncConnection, workspace: str, embedder: str, *, others: bool = False) -> Centres:
    """Return the intents that take tickets now, and whose centre this embedder made.

    With `others` come those of another embedder, too, their centres all zeroes: they are like nothing.
    """
    wanted = [intents.c.workspace == workspace, intents.c.standing == Standing.ACTIVE.value]
    if not others:
        wanted.append(intents.c.embedder == embedder)
    found = select(*_INTENT, intents.c.centre, intents.c.embedder).where(*wanted).order_by(intents.c.id)
    rows = (await connection.execute(found)).mappings().all()
    sizes = [len(row["centre"]) for row in rows if row["embedder"] == embedder]
    nothing = bytes(sizes[0] if sizes else 0)
    stored = [row["centre"] if row["embedder"] == embedder else nothing for row in rows]
    return Centres(tuple(map(_intent, rows)), _matrix(stored))


async def active(connection: AsyncConnection, workspace: str) -> tuple[Intent, ...]:
    """Return the intents that take tickets, the largest first."""
    found = select(*_INTENT).where(intents.c.workspace == workspace, intents.c.standing == Standing.ACTIVE.value)
    rows = await connection.execute(found.order_by(intents.c.size.desc(), intents.c.name))
    return tuple(map(_intent, rows.mappings()))


async def load_intent(connection: AsyncConnection, workspace: str, id_: str) -> Intent | None:
    """Return an intent, wherever it stands."""
    found = select(*_INTENT).where(intents.c.workspace == workspace, intents.c.id == id_)
    row = (await connection.execute(found)).mappings().first()
    return None if row is None else _intent(row)


async def create_intent(tx: Transaction, workspace: str, intent: Intent, centre: Matrix, embedder: str) -> None:
    """Insert an intent."""
    row = {**_row(intent), "workspace": workspace, "centre": packed(centre), "embedder": embedder}
    await tx.connection.execute(intents.insert().values(row))


async def save_intent(tx: Transaction, intent: Intent, centre: Matrix | None = None, embedder: str = "") -> Intent:
    """Save an intent that was read at its version. Raises Conflict when it has changed since."""
    after = intent.model_copy(update={"version": intent.version + 1})
    values = _row(after) if centre is None else {**_row(after), "centre": packed(centre), "embedder": embedder}
    at_version = and_(intents.c.id == intent.id, intents.c.version == intent.version)
    if (await tx.connection.execute(update(intents).where(at_version).values(values))).rowcount != 1:
        raise Conflict
    return after


async def put(tx: Transaction, workspace: str, ticket: TicketIntent, vector: Matrix, embedder: str) -> None:
    """Remember where a ticket is. What a person said of it stands, and where it is when it is like none any more."""
    row = {**_ticket_row(ticket), "workspace": workspace, "vector": packed(vector), "embedder": embedder}
    if await tx.insert_new(ticket_intents, row):
        return
    kept = ("intent", "cosine", "by")
    mine = ticket_intents.c.case_id == ticket.case_id
    read_anew = {name: value for name, value in row.items() if name not in kept}
    await tx.connection.execute(update(ticket_intents).where(mine).values(read_anew))
    if not ticket.intent:
        return
    moved = {name: row[name] for name in kept}
    await tx.connection.execute(update(ticket_intents).where(mine, _FREE).values(moved))


async def move(tx: Transaction, moves: Sequence[tuple[TicketIntent, str, float]], by: By) -> int:
    """Put tickets into other intents, each with its likeness, unless they were moved since they were read.

    A batch leaves alone what people moved. Returns how many went.
    """
    free = _FREE if by is By.BATCH else ticket_intents.c.by.is_not(None)
    moved = 0
    for ticket, intent, cosine in moves:
        mine = and_(ticket_intents.c.case_id == ticket.case_id, ticket_intents.c.intent == ticket.intent, free)
        there = update(ticket_intents).where(mine).values(intent=intent, cosine=cosine, by=by.value)
        moved += (await tx.connection.execute(there)).rowcount
    return moved


async def follow_merge(tx: Transaction, workspace: str, one: str, into: str) -> None:
    """Put every ticket of an intent into another."""
    mine = ticket_intents.c.workspace == workspace, ticket_intents.c.intent == one
    await tx.connection.execute(update(ticket_intents).where(*mine).values(intent=into))


async def batch(connection: AsyncConnection, workspace: str, embedder: str, most: int, intent: str = "") -> Batch:
    """Return the newest tickets of which this embedder made the vector, or those of one intent."""
    wanted = [ticket_intents.c.workspace == workspace, ticket_intents.c.embedder == embedder]
    if intent:
        wanted.append(ticket_intents.c.intent == intent)
    newest = select(*_TICKET, ticket_intents.c.vector).where(*wanted)
    newest = newest.order_by(ticket_intents.c.at.desc(), ticket_intents.c.case_id).limit(most)
    rows = (await connection.execute(newest)).mappings().all()[::-1]
    return Batch(tuple(map(_ticket, rows)), _matrix([row["vector"] for row in rows]))


async def came_since(connection: AsyncConnection, workspace: str, embedder: str, since: datetime) -> Batch:
    """Return the tickets that came since a moment, oldest first."""
    wanted = ticket_intents.c.workspace == workspace, ticket_intents.c.embedder == embedder
    came = select(*_TICKET, ticket_intents.c.vector).where(*wanted, ticket_intents.c.at >= since)
    rows = (await connection.execute(came.order_by(ticket_intents.c.at, ticket_intents.c.case_id))).mappings().all()
    return Batch(tuple(map(_ticket, rows)), _matrix([row["vector"] for row in rows]))


async def came_count(connection: AsyncConnection, workspace: str, since: datetime) -> int:
    """Return how many tickets came since a moment."""
    came = select(func.count()).where(ticket_intents.c.workspace == workspace, ticket_intents.c.at >= since)
    return int((await connection.execute(came)).scalar_one())


async def ticket_of(connection: AsyncConnection, case_id: str) -> TicketIntent | None:
    """Return where a ticket is."""
    found = select(*_TICKET).where(ticket_intents.c.case_id == case_id)
    row = (await connection.execute(found)).mappings().first()
    return None if row is None else _ticket(row)


async def tickets_in(
    connection: AsyncConnection, workspace: str, intent: str, limit: int, *, farthest: bool = False
) -> tuple[TicketIntent, ...]:
    """Return tickets of an intent, the newest first, or those least like it."""
    mine = select(*_TICKET).where(ticket_intents.c.workspace == workspace, ticket_intents.c.intent == intent)
    order = ticket_intents.c.cosine if farthest else ticket_intents.c.at.desc()
    rows = await connection.execute(mine.order_by(order, ticket_intents.c.case_id).limit(limit))
    return tuple(map(_ticket, rows.mappings()))


async def counted(connection: AsyncConnection, workspace: str, *, intent: str | None = None) -> int:
    """Return how many tickets have a place, or how many of them an intent has ("": wait as new)."""
    wanted = [ticket_intents.c.workspace == workspace]
    if intent is not None:
        wanted.append(ticket_intents.c.intent == intent)
    return int((await connection.execute(select(func.count()).where(*wanted))).scalar_one())


def packed(vector: Matrix) -> bytes:
    """Return a vector as it is stored: half the precision, which changes a cosine by less than 0.001."""
    return np.asarray(vector, np.float16).tobytes()


_FREE = ticket_intents.c.by != By.PERSON.value


def _matrix(stored: Iterable[bytes]) -> Matrix:
    rows = [np.frombuffer(each, np.float16) for each in stored]
    return np.asarray(rows, np.float32) if rows else np.zeros((0, 0), np.float32)


def _intent(row: RowMapping) -> Intent:
    return Intent.model_validate({column.name: row[column.name] for column in _INTENT})


def _row(intent: Intent) -> dict[str, Any]:
    return intent.model_dump() | {"standing": intent.standing.value}


def _ticket(row: RowMapping) -> TicketIntent:
    return TicketIntent.model_validate({column.name: row[column.name] for column in _TICKET})


def _ticket_row(ticket: TicketIntent) -> dict[str, Any]:
    return ticket.model_dump() | {"by": ticket.by.value}
