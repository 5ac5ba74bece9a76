"""Models: heads learnt from feedback, kept in the database so that every process can load them.

The newest adopted one is the present one, so that retiring it brings the one before back.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import ColumnElement, RowMapping, and_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.value import Value
from storage.feedback_table import models
from storage.store import Transaction

Figures = Mapping[str, Any]  # JSON: what it was adopted or refused by

KEPT = 5  # adopted ones that can be returned to; of older ones the figures stay


class State(StrEnum):
    """What became of a model."""

    ADOPTED = "adopted"
    REFUSED = "refused"  # it was worse than the present one
    RETIRED = "retired"  # a person gave it back, or it is too old to return to


class Kept(Value):
    """A model as it is listed. Its content is loaded apart."""

    number: int
    at: AwareDatetime
    embedder: str
    state: State
    figures: Figures


async def adopt(
    tx: Transaction, workspace: str, embedder: str, content: bytes, figures: Figures, now: datetime
) -> Kept:
    """Make this the present model."""
    kept = await _insert(tx, workspace, embedder, State.ADOPTED, content, figures, now)
    adopted = await tx.connection.execute(
        select(models.c.number).where(_adopted(workspace, embedder)).order_by(models.c.number.desc()).offset(KEPT)
    )
    old = update(models).where(models.c.number.in_(adopted.scalars().all()))
    await tx.connection.execute(old.values(state=State.RETIRED.value, content=b""))
    return kept


async def refuse(tx: Transaction, workspace: str, embedder: str, figures: Figures, now: datetime) -> Kept:
    """Keep the figures by which a model was refused."""
    return await _insert(tx, workspace, embedder, State.REFUSED, b"", figures, now)


async def present(connection: AsyncConnection, workspace: str, embedder: str) -> Kept | None:
    """Return the model in force; None when the engine reads as it was shipped, or trained."""
    return await _newest(connection, _adopted(workspace, embedder))


async def last_tried(connection: AsyncConnection, workspace: str, embedder: str) -> Kept | None:
    """Return the newest model, whatever became of it."""
    return await _newest(connection, and_(models.c.workspace == workspace, models.c.embedder == embedder))


async def content_of(connection: AsyncConnection, number: int) -> bytes:
    """Return a model's heads as they were kept; nothing when it cannot be returned to."""
    found = await connection.execute(select(models.c.content).where(models.c.number == number))
    return bytes(found.scalar_one_or_none() or b"")


async def give_back(tx: Transaction, workspace: str, embedder: str) -> Kept | None:
    """Retire the present model, so that the one before counts again. Returns the one retired."""
    gone = await present(tx.connection, workspace, embedder)
    if gone is None:
        return None
    retired = update(models).where(models.c.number == gone.number).values(state=State.RETIRED.value)
    await tx.connection.execute(retired)
    return gone.model_copy(update={"state": State.RETIRED})


async def listed(connection: AsyncConnection, workspace: str, limit: int = 50) -> tuple[Kept, ...]:
    """Return the newest models, whatever became of them, newest first."""
    query = select(*_LISTED).where(models.c.workspace == workspace).order_by(models.c.number.desc()).limit(limit)
    return tuple(_kept(row) for row in (await connection.execute(query)).mappings())


_LISTED = tuple(column for column in models.c if column.name != "content")


async def _newest(connection: AsyncConnection, condition: ColumnElement[bool]) -> Kept | None:
    query = select(*_LISTED).where(condition).order_by(models.c.number.desc()).limit(1)
    row = (await connection.execute(query)).mappings().first()
    return None if row is None else _kept(row)


async def _insert(
    tx: Transaction, workspace: str, embedder: str, state: State, content: bytes, figures: Figures, now: datetime
) -> Kept:
    row = {
        "workspace": workspace,
        "embedder": embedder,
        "at": now,
        "state": state.value,
        "figures": json.dumps(figures, sort_keys=True),
        "content": content,
    }
    inserted = await tx.connection.execute(models.insert().values(row).returning(models.c.number))
    return Kept(number=inserted.scalar_one(), at=now, embedder=embedder, state=state, figures=figures)


def _adopted(workspace: str, embedder: str) -> ColumnElement[bool]:
    return and_(models.c.workspace == workspace, models.c.embedder == embedder, models.c.state == State.ADOPTED.value)


def _kept(row: RowMapping) -> Kept:
    return Kept(
        number=row["number"],
        at=row["at"],
        embedder=row["embedder"],
        state=State(row["state"]),
        figures=json.loads(row["figures"]),
    )
