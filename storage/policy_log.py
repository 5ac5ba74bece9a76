"""The policy's log: what leads changed, append-only, each row sealing the one before."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Column, Integer, RowMapping, String, Table, Text, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.case import Actor
from pipeline.policy_change import PolicyChange, Step
from storage.cases import Conflict
from storage.store import Transaction
from storage.tables import Moment, metadata

policy_changes = Table(
    "policy_changes",
    metadata,
    Column("workspace", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # from 1 on, without a gap
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),  # JSON
    Column("why", Text, nullable=False),
    Column("steps", Text, nullable=False),  # JSON: pipeline.policy_change.Step, in their order
    Column("undoes", Integer),  # the change that this one takes back
    Column("hash", String(64), nullable=False),
)


async def append(tx: Transaction, workspace: str, change: PolicyChange) -> None:
    """Add a change after the last one. Raises Conflict when its number is taken meanwhile."""
    prior = await _hash_of(tx.connection, workspace, change.number - 1)
    row = {
        "workspace": workspace,
        "number": change.number,
        "at": change.at,
        "actor": change.by.model_dump_json(),
        "why": change.why,
        "steps": _written(change.steps),
        "undoes": change.undoes,
        "hash": _seal(prior, change),
    }
    if not await tx.insert_new(policy_changes, row):
        raise Conflict


async def last_number(connection: AsyncConnection, workspace: str) -> int:
    """Return the number of the newest change; 0 before the first."""
    newest = select(func.max(policy_changes.c.number)).where(policy_changes.c.workspace == workspace)
    return (await connection.execute(newest)).scalar_one_or_none() or 0


async def changes(connection: AsyncConnection, workspace: str) -> tuple[PolicyChange, ...]:
    """Return every change, oldest first."""
    return tuple(_change(row) for row in await _rows(connection, workspace))


async def tampered(connection: AsyncConnection, workspace: str) -> bool:
    """Whether a change was altered, or removed from before another, since it was written."""
    prior = ""
    for number, row in enumerate(await _rows(connection, workspace), start=1):
        prior = _seal(prior, _change(row))
        if (row["number"], row["hash"]) != (number, prior):
            return True
    return False


async def _rows(connection: AsyncConnection, workspace: str) -> Sequence[RowMapping]:
    query = select(policy_changes).where(policy_changes.c.workspace == workspace).order_by(policy_changes.c.number)
    return (await connection.execute(query)).mappings().all()


async def _hash_of(connection: AsyncConnection, workspace: str, number: int) -> str:
    column = select(policy_changes.c.hash)
    query = column.where(policy_changes.c.workspace == workspace, policy_changes.c.number == number)
    found: str | None = (await connection.execute(query)).scalar_one_or_none()
    if found is None and number:
        raise Conflict
    return found or ""


def _change(row: RowMapping) -> PolicyChange:
    return PolicyChange(
        number=row["number"],
        at=row["at"],
        by=Actor.model_validate_json(row["actor"]),
        why=row["why"],
        steps=tuple(Step.model_validate(step) for step in json.loads(row["steps"])),
        undoes=row["undoes"],
    )


def _written(steps: Sequence[Step]) -> str:
    return json.dumps([step.model_dump(mode="json") for step in steps], sort_keys=True)


def _seal(prior: str, change: PolicyChange) -> str:
    content = [prior, change.number, _moment(change.at), change.by.id, change.by.name, change.why,
               _written(change.steps), change.undoes]  # fmt: skip
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def _moment(at: datetime) -> float:
    return at.timestamp()
