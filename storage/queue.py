"""The queue: undecided cases that fit, and how many there are of them, both found by the database."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import JSON, ColumnElement, Text, and_, case, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.case import Case, Status
from pipeline.classify import Urgency
from pipeline.draft import Grade
from pipeline.policy import Member
from pipeline.ports import Person
from pipeline.value import Value
from storage.cases import UNDECIDED, as_case
from storage.tables import cases

_BODY = cast(cases.c.body, JSON().with_variant(Text(), "sqlite"))
_HOME = _BODY["home"].as_string()
_CLAIMED_BY = _BODY[("claimed_by", "id")].as_string()
CLAIMER = _BODY[("claimed_by", "name")].as_string()
_GRADE = _BODY[("analysis", "draft", "grade")].as_string()
_OFFERED = (Grade.ANSWER, Grade.SUGGESTION, Grade.QUESTION)


class Fits(Value):
    """Which undecided cases are wanted; "", () and None mean all. `worker` is a member's name.

    `teams` own the case or have its card.
    """

    teams: tuple[str, ...] = ()
    category: str = ""
    urgency: Urgency | None = None
    worker: str = ""
    escalated: bool = False
    drafted: bool = False
    burning_at: datetime | None = None  # P1, escalated, or late by then


class Queue(Value):
    """The first cases, the most pressing first, and how many fit altogether."""

    cases: tuple[Case, ...]
    total: int


async def queue(connection: AsyncConnection, workspace: str, fits: Fits, limit: int) -> Queue:
    """Return the undecided cases that fit."""
    return await _queue(connection, [*_undecided(workspace), *_conditions(fits)], limit)


async def theirs(
    connection: AsyncConnection, workspace: str, person: Person, member: Member | None, limit: int
) -> Queue:
    """Return what a person works on, as pipeline.authorise.is_theirs has it: claimed, or assigned and not claimed."""
    assigned = and_(_CLAIMED_BY.is_(None), cases.c.agent == (member.name if member else ""), cases.c.agent != "")
    return await _queue(connection, [*_undecided(workspace), or_(person.id == _CLAIMED_BY, assigned)], limit)


async def _queue(connection: AsyncConnection, conditions: Sequence[ColumnElement[bool]], limit: int) -> Queue:
    first = select(cases).where(*conditions).order_by(case((cases.c.due_at.is_(None), 1), else_=0))
    rows = await connection.execute(first.order_by(cases.c.due_at, cases.c.id).limit(limit))
    found = tuple(as_case(row) for row in rows.mappings())
    if len(found) < limit:
        return Queue(cases=found, total=len(found))
    total = await connection.execute(select(func.count()).select_from(cases).where(*conditions))
    return Queue(cases=found, total=int(total.scalar_one()))


def _undecided(workspace: str) -> list[ColumnElement[bool]]:
    return [cases.c.workspace == workspace, cases.c.status.in_(UNDECIDED)]


def _conditions(fits: Fits) -> list[ColumnElement[bool]]:
    column = cases.c
    wanted: list[tuple[object, ColumnElement[bool]]] = [
        (fits.teams, or_(column.team.in_(fits.teams), _HOME.in_(fits.teams))),
        (fits.category, column.category == fits.category),
        (fits.urgency, column.urgency == fits.urgency),
        (fits.worker, func.coalesce(CLAIMER, column.agent) == fits.worker),
        (fits.escalated, column.escalated.is_(True)),
        (fits.drafted, and_(column.status == Status.OPEN.value, _GRADE.in_(_OFFERED))),
    ]
    if fits.burning_at is not None:
        burns = column.urgency == Urgency.P1, column.escalated.is_(True), column.due_at <= fits.burning_at
        wanted.append((True, or_(*burns)))
    return [condition for asked, condition in wanted if asked]
