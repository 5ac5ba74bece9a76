"""Incidents, and the tickets in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    RowMapping,
    String,
    Table,
    Text,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.case import Actor
from pipeline.incident import Incident
from storage.intents import Matrix, packed
from storage.store import Transaction
from storage.tables import Moment, metadata

incidents = Table(
    "incidents",
    metadata,
    Column("id", String(20), primary_key=True),
    Column("workspace", String(64), nullable=False),
    Column("team", String(64), nullable=False),  # in whose channel it stands
    Column("words", Text, nullable=False),  # masked
    Column("count", Integer, nullable=False),
    Column("expected", Float, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("ended_by", Text),  # JSON
    Column("centre", LargeBinary, nullable=False),
    Column("reach", Float, nullable=False),  # the least cosine with the centre of a ticket that belongs
    Column("embedder", String(128), nullable=False),
    Index(None, "workspace", "ended_at"),
)
incident_tickets = Table(
    "incident_tickets",
    metadata,
    Column("case_id", String(20), ForeignKey("cases.id"), primary_key=True),  # a ticket is in one incident at most
    Column("incident", String(20), ForeignKey("incidents.id"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
)
_INCIDENT = [incidents.c[name] for name in Incident.model_fields]


@dataclass(frozen=True, slots=True)
class Open:
    """The incidents that are not over, with their centres and reaches in the same order."""

    incidents: tuple[Incident, ...]
    matrix: Matrix
    reaches: tuple[float, ...]


async def open_incidents(connection: AsyncConnection, workspace: str, embedder: str | None = None) -> Open:
    """Return the incidents that are not over; of one embedder, where tickets are compared with them."""
    wanted = [incidents.c.workspace == workspace, incidents.c.ended_at.is_(None)]
    if embedder is not None:
        wanted.append(incidents.c.embedder == embedder)
    found = (
        select(*_INCIDENT, incidents.c.centre, incidents.c.reach)
        .where(*wanted)
        .order_by(incidents.c.started_at, incidents.c.id)
    )
    rows = (await connection.execute(found)).mappings().all()
    stored = [np.frombuffer(row["centre"], np.float16) for row in rows] if embedder is not None else []
    matrix = np.asarray(stored, np.float32) if stored else np.zeros((0, 0), np.float32)
    return Open(tuple(map(_incident, rows)), matrix, tuple(row["reach"] for row in rows))


async def load_incident(connection: AsyncConnection, workspace: str, id_: str) -> Incident | None:
    """Return an incident."""
    found = select(*_INCIDENT).where(incidents.c.workspace == workspace, incidents.c.id == id_)
    row = (await connection.execute(found)).mappings().first()
    return None if row is None else _incident(row)


async def incident_of(connection: AsyncConnection, workspace: str, case_id: str) -> Incident | None:
    """Return the incident that a ticket is in."""
    mine = select(incident_tickets.c.incident).where(incident_tickets.c.case_id == case_id)
    id_ = (await connection.execute(mine)).scalar_one_or_none()
    return None if id_ is None else await load_incident(connection, workspace, id_)


async def raise_incident(
    tx: Transaction, workspace: str, incident: Incident, centre: Matrix, reach: float, embedder: str
) -> None:
    """Insert an incident."""
    row = incident.model_dump(exclude={"ended_by"})
    row |= {"workspace": workspace, "centre": packed(centre), "reach": reach, "embedder": embedder}
    await tx.connection.execute(incidents.insert().values(row))


async def join_incident(tx: Transaction, incident: str, case_ids: Iterable[str], now: datetime) -> int:
    """Put tickets into an incident unless they are in one already. Returns how many are new."""
    joined = 0
    for case_id in case_ids:
        joined += await tx.insert_new(incident_tickets, {"case_id": case_id, "incident": incident, "at": now})
    if joined:
        counted = {"count": incidents.c.count + joined, "last_at": now}
        await tx.connection.execute(update(incidents).where(incidents.c.id == incident).values(counted))
    return joined


async def widen_incident(tx: Transaction, id_: str, centre: Matrix, reach: float) -> None:
    """Let an incident stand for more than it was raised for."""
    wider = update(incidents).where(incidents.c.id == id_).values(centre=packed(centre), reach=reach)
    await tx.connection.execute(wider)


async def end_incident(tx: Transaction, id_: str, by: Actor | None, now: datetime) -> bool:
    """End an incident. Returns False when it was over already."""
    still = update(incidents).where(incidents.c.id == id_, incidents.c.ended_at.is_(None))
    ended = {"ended_at": now, "ended_by": by.model_dump_json() if by else None}
    return (await tx.connection.execute(still.values(ended))).rowcount == 1


async def tickets_of(connection: AsyncConnection, incident: str, limit: int) -> tuple[str, ...]:
    """Return the first tickets of an incident, by their case."""
    mine = select(incident_tickets.c.case_id).where(incident_tickets.c.incident == incident)
    first = mine.order_by(incident_tickets.c.at, incident_tickets.c.case_id).limit(limit)
    return tuple((await connection.execute(first)).scalars())


async def in_incidents(connection: AsyncConnection, case_ids: Sequence[str]) -> frozenset[str]:
    """Return which of these tickets are in an incident."""
    found = select(incident_tickets.c.case_id).where(incident_tickets.c.case_id.in_(case_ids))
    return frozenset((await connection.execute(found)).scalars())


def _incident(row: RowMapping) -> Incident:
    held = {name: row[name] for name in Incident.model_fields}
    held["ended_by"] = Actor.model_validate_json(row["ended_by"]) if row["ended_by"] else None
    return Incident.model_validate(held)
