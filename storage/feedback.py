"""The feedback log: what people said of our work, written in the transaction of their decision."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import RowMapping, Select, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.case import Actor
from pipeline.feedback import TAUGHT_BY, Aspect, Feedback, Standing
from storage.feedback_table import feedback
from storage.retelling import retell_all
from storage.store import Transaction

_COLUMNS = ("shown", "chosen", "distance", "category", "team", "grade", "language", "engine")


async def note(tx: Transaction, said: Sequence[Feedback], workspace: str) -> None:
    """Append to the log."""
    if said:
        await tx.connection.execute(feedback.insert(), [_row(each, workspace) for each in said])
        await retell_all(tx, sorted({each.case_id for each in said}))


async def judged(
    connection: AsyncConnection,
    workspace: str,
    aspect: Aspect,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    standings: Sequence[Standing] = TAUGHT_BY,
) -> tuple[Feedback, ...]:
    """Return the last word on each case in that aspect, oldest first.

    Of one case, what a later person said takes the place of what was said before; what was undone says nothing.
    """
    said = feedback.c
    last = (
        select(func.max(said.number))
        .where(said.workspace == workspace, said.aspect == aspect.value, said.standing.in_(standings))
        .group_by(said.case_id)
    )
    query = select(feedback).where(said.number.in_(last))
    if since is not None:
        query = query.where(said.at >= since)
    if until is not None:
        query = query.where(said.at < until)
    return await _read(connection, query.order_by(said.number))


async def entries(
    connection: AsyncConnection,
    workspace: str,
    *,
    aspects: Sequence[Aspect] = tuple(Aspect),
    standings: Sequence[Standing] = tuple(Standing),
    by: str = "",
    since: datetime | None = None,
) -> tuple[Feedback, ...]:
    """Return the log, oldest first; `by` is a Slack user id, or a name as the policy has it."""
    said = feedback.c
    query = select(feedback).where(
        said.workspace == workspace,
        said.aspect.in_([aspect.value for aspect in aspects]),
        said.standing.in_([standing.value for standing in standings]),
    )
    if by:
        query = query.where(or_(said.actor == by, func.lower(said.actor_name) == by.lower()))
    if since is not None:
        query = query.where(said.at >= since)
    return await _read(connection, query.order_by(said.number))


async def last_words(connection: AsyncConnection, case_ids: Sequence[str], aspect: Aspect) -> dict[str, Feedback]:
    """Return the last word on each of these cases that counts, by case id."""
    said = feedback.c
    counts = [standing.value for standing in TAUGHT_BY]
    query = select(feedback).where(said.case_id.in_(case_ids), said.aspect == aspect.value, said.standing.in_(counts))
    return {each.case_id: each for each in await _read(connection, query.order_by(said.number))}


async def numbered(connection: AsyncConnection, numbers: Sequence[int]) -> tuple[Feedback, ...]:
    """Return entries of the log by their number."""
    return await _read(connection, select(feedback).where(feedback.c.number.in_(numbers)))


async def of_case(connection: AsyncConnection, case_id: str) -> tuple[Feedback, ...]:
    """Return everything that was said of a case, oldest first."""
    return await _read(connection, select(feedback).where(feedback.c.case_id == case_id).order_by(feedback.c.number))


async def place(tx: Transaction, numbers: Sequence[int], standing: Standing) -> int:
    """Give entries of the log another standing and return how many changed. What was undone stays so."""
    final = [standing.value, Standing.UNDONE.value]
    changed = update(feedback).where(feedback.c.number.in_(numbers), feedback.c.standing.not_in(final))
    answer = await tx.connection.execute(changed.values(standing=standing.value).returning(feedback.c.case_id))
    case_ids = answer.scalars().all()
    await retell_all(tx, sorted(set(case_ids)))
    return len(case_ids)


async def _read(connection: AsyncConnection, query: Select[tuple[object, ...]]) -> tuple[Feedback, ...]:
    return tuple(_feedback(row) for row in (await connection.execute(query)).mappings())


def _row(said: Feedback, workspace: str) -> dict[str, object]:
    return {
        **{name: getattr(said, name) for name in _COLUMNS},
        "workspace": workspace,
        "case_id": said.case_id,
        "aspect": said.aspect.value,
        "actor": said.by.id,
        "actor_name": said.by.name,
        "at": said.at,
        "standing": said.standing.value,
    }


def _feedback(row: RowMapping) -> Feedback:
    return Feedback(
        **{name: row[name] for name in _COLUMNS},
        case_id=row["case_id"],
        aspect=Aspect(row["aspect"]),
        by=Actor(id=row["actor"], name=row["actor_name"]),
        at=row["at"],
        standing=Standing(row["standing"]),
        number=row["number"],
    )
