"""Cases: saved by compare and swap, each change with the event that sealed it."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime
from sqlalchemy import ColumnElement, RowMapping, and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.case import Actor, Case, Status
from pipeline.errors import TriageError
from pipeline.ticket import Ticket
from pipeline.value import Value
from storage.case_texts import digest_of, keep_up
from storage.jobs import Kind
from storage.retelling import retell
from storage.store import Transaction
from storage.tables import cards, cases, events, jobs

ANSWERS = ("reply.sent", "agent.wrote")  # by way of a card, or in the helpdesk
RESPONSES = (*ANSWERS, "holding.sent")
_BASE32 = "abcdefghjkmnpqrstvwxyz0123456789"  # without the letters that look like others


class Conflict(TriageError):
    """Somebody changed this case in between: read it again and decide again."""


class Event(Value):
    """Something that happened to a case. `number` and `at` are given when it is saved."""

    kind: str
    actor: Actor
    detail: Mapping[str, str] = {}
    number: int = 0
    at: AwareDatetime | None = None


def new_id() -> str:
    """Return an opaque id that a person can read out."""
    return "".join(secrets.choice(_BASE32) for _ in range(12))


async def load(connection: AsyncConnection, case_id: str) -> Case | None:
    """Return the case with that id."""
    return await _one(connection, cases.c.id == case_id)


async def some(connection: AsyncConnection, case_ids: Sequence[str]) -> tuple[Case, ...]:
    """Return those cases that are there, in the order of their ids in `case_ids`."""
    if not case_ids:
        return ()
    rows = await connection.execute(select(cases).where(cases.c.id.in_(case_ids)))
    found = {row["id"]: as_case(row) for row in rows.mappings()}
    return tuple(found[id_] for id_ in case_ids if id_ in found)


async def by_ticket(
    connection: AsyncConnection, workspace: str, source: str, ticket_id: str, *, lock: bool = False
) -> Case | None:
    """Return the case of a helpdesk's ticket. With `lock` nobody else changes it before the transaction's end.

    A burst of comments on one ticket takes turns by it; SQLite, with its one writer, needs no lock.
    """
    return await _one(connection, _is_ticket(workspace, source, ticket_id), lock=lock)


async def named(connection: AsyncConnection, workspace: str, name: str) -> Case | None:
    """Return the case with that id, or the newest of a ticket with that number in whichever helpdesk."""
    query = select(cases).where(cases.c.workspace == workspace, or_(cases.c.id == name, cases.c.ticket_id == name))
    row = (await connection.execute(query.order_by(cases.c.created_at.desc()).limit(1))).mappings().first()
    return None if row is None else as_case(row)


async def by_card(connection: AsyncConnection, workspace: str, channel: str, ts: str) -> Case | None:
    """Return the case that the message at (channel, ts) shows, if it is one of our cards."""
    card = select(cards.c.case_id).where(
        cards.c.workspace == workspace, cards.c.channel == channel, cards.c.ts == ts, cards.c.role == "card"
    )
    return await _one(connection, cases.c.id == card.scalar_subquery())


async def lock(tx: Transaction, *case_ids: str) -> None:
    """Let nobody else change these cases before the transaction's end; in one order, so that none waits in a ring."""
    for case_id in sorted(case_ids):
        await _one(tx.connection, cases.c.id == case_id, lock=True)


async def create(tx: Transaction, case: Case, event: Event) -> bool:
    """Insert a case with its first event. Returns False when its ticket has a case already."""
    head = _seal("", case.id, 0, case.created_at, event)
    if not await tx.insert_new(cases, {"id": case.id, **_row(case), "head": head}):
        return False
    await _append(tx, case, event, case.created_at, head)
    if digest_of(case):
        await keep_up(tx, case, case.created_at)
    await retell(tx, case.workspace, case.id, case.created_at)
    return True


async def save(tx: Transaction, case: Case, event: Event, now: datetime) -> Case:
    """Save a case that was read at `case.version`. Raises Conflict when it has changed since."""
    at_version = and_(cases.c.id == case.id, cases.c.version == case.version)
    moment = (cases.c.responded_at, cases.c.answered_at, cases.c.resolved_at)
    kept = select(cases.c.head, *moment).where(at_version)
    if (prior := (await tx.connection.execute(kept)).first()) is None:
        raise Conflict
    saved = case.but(version=case.version + 1)
    head = _seal(prior.head, saved.id, saved.version, now, event)
    moments = {
        "updated_at": now,
        "responded_at": prior.responded_at or (now if event.kind in RESPONSES else None),
        "answered_at": prior.answered_at or (now if event.kind in ANSWERS else None),
        "resolved_at": (prior.resolved_at or now) if saved.resolved else None,
    }
    changed = await tx.connection.execute(
        update(cases).where(at_version).values({**_row(saved), "head": head, **moments})
    )
    if changed.rowcount != 1:
        raise Conflict
    await _append(tx, saved, event, now, head)
    await keep_up(tx, saved, now)
    await retell(tx, saved.workspace, saved.id, saved.created_at)
    return saved


async def history(connection: AsyncConnection, case_id: str, after: int = -1) -> tuple[Event, ...]:
    """Return the events of a case that come after the number given, oldest first."""
    rows = await connection.execute(
        select(events).where(events.c.case_id == case_id, events.c.number > after).order_by(events.c.number)
    )
    return tuple(_event(row) for row in rows.mappings())


async def tampered(connection: AsyncConnection, case_id: str) -> bool:
    """Whether an event of the case was altered, removed or cut off since it was written."""
    head = ""
    for event in await history(connection, case_id):
        assert event.at is not None
        head = _seal(head, case_id, event.number, event.at, event)
    kept = (await connection.execute(select(cases.c.head).where(cases.c.id == case_id))).scalar_one_or_none()
    return head != kept


async def load_by_agent(connection: AsyncConnection, workspace: str) -> dict[str, int]:
    """Return how many undecided cases each agent holds, by member name."""
    rows = await connection.execute(
        select(cases.c.agent, func.count())
        .where(cases.c.workspace == workspace, cases.c.status.in_(UNDECIDED), cases.c.agent != "")
        .group_by(cases.c.agent)
    )
    return {row[0]: row[1] for row in rows}


async def undecided(
    connection: AsyncConnection, workspace: str, *, team: str = "", limit: int = 100
) -> tuple[Case, ...]:
    """Return undecided cases, the most pressing first; last come those whose clock rests or has not begun."""
    query = select(cases).where(cases.c.workspace == workspace, cases.c.status.in_(UNDECIDED))
    if team:
        query = query.where(cases.c.team == team)
    pressing = query.order_by(cases.c.due_at.is_(None), cases.c.due_at, cases.c.id)
    return tuple(as_case(row) for row in (await connection.execute(pressing.limit(limit))).mappings())


async def to_warn_of(
    connection: AsyncConnection, workspace: str, now: datetime, *, after: str = "", limit: int
) -> tuple[str, ...]:
    """Return the ids of undecided cases of whose clock people are to be told, and for which nobody does so yet."""
    told = exists().where(jobs.c.kind == Kind.WARN, jobs.c.subject == cases.c.id, jobs.c.state == "waiting")
    query = select(cases.c.id).where(
        cases.c.workspace == workspace,
        cases.c.status.in_(UNDECIDED),
        cases.c.warn_at <= now,
        cases.c.id > after,
        ~told,
    )
    return tuple((await connection.execute(query.order_by(cases.c.id).limit(limit))).scalars())


async def newest(connection: AsyncConnection, workspace: str, limit: int, skip: int = 0) -> tuple[Case, ...]:
    """Return the cases that arrived last, the newest first."""
    query = select(cases).where(cases.c.workspace == workspace).order_by(cases.c.created_at.desc(), cases.c.id)
    return tuple(as_case(row) for row in (await connection.execute(query.offset(skip).limit(limit))).mappings())


UNDECIDED = (Status.WAITING.value, Status.OPEN.value)


def _is_ticket(workspace: str, source: str, ticket_id: str) -> ColumnElement[bool]:
    return and_(cases.c.workspace == workspace, cases.c.source == source, cases.c.ticket_id == ticket_id)


async def _one(connection: AsyncConnection, condition: ColumnElement[bool], *, lock: bool = False) -> Case | None:
    query = select(cases).where(condition)
    row = (await connection.execute(query.with_for_update() if lock else query)).mappings().first()
    return None if row is None else as_case(row)


def as_case(row: RowMapping) -> Case:
    """Return the case that a row holds."""
    body: dict[str, Any] = json.loads(row["body"])
    return Case.model_validate({**body, "ticket": Ticket.model_validate_json(row["ticket"])})


def _row(case: Case) -> dict[str, Any]:
    analysis = case.analysis
    return {
        "workspace": case.workspace,
        "source": case.ticket.source,
        "ticket_id": case.ticket.id,
        "version": case.version,
        "status": case.status.value,
        "team": case.team,
        "agent": case.agent,
        "category": case.category,
        "urgency": analysis.classification.urgency.value if analysis else "",
        "escalated": case.escalated,
        "due_at": case.due_at,
        "first_due_at": case.first_due_at,
        "warn_at": case.warn_at,
        "created_at": case.created_at,
        "updated_at": case.created_at,
        "ticket": case.ticket.model_dump_json(),
        "body": case.model_dump_json(exclude={"ticket"}),
    }


async def _append(tx: Transaction, case: Case, event: Event, at: datetime, head: str) -> None:
    row = {
        "case_id": case.id,
        "number": case.version,
        "at": at,
        "actor": event.actor.model_dump_json(),
        "kind": event.kind,
        "detail": json.dumps(dict(event.detail), sort_keys=True),
        "hash": head,
    }
    await tx.connection.execute(events.insert().values(row))


def _event(row: RowMapping) -> Event:
    return Event(
        kind=row["kind"],
        actor=Actor.model_validate_json(row["actor"]),
        detail=json.loads(row["detail"]),
        number=row["number"],
        at=row["at"],
    )


def _seal(prior: str, case_id: str, number: int, at: datetime, event: Event) -> str:
    content = [
        prior,
        case_id,
        number,
        at.isoformat(),
        event.actor.id,
        event.actor.name,
        event.kind,
        dict(event.detail),
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
