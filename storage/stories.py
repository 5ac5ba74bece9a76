"""Stories: what happened to cases, read from the cases, from what people said of them and what models took."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.backlog import AGES, Backlog
from pipeline.case import Status
from pipeline.feedback import Aspect, Standing
from pipeline.judgements import Judged, Word, judged
from pipeline.story import Spent, Story
from storage.feedback_table import feedback
from storage.story_tables import model_calls
from storage.tables import cases

_OPEN = (Status.WAITING, Status.OPEN, Status.SNOOZED)
_AT_ONCE = 500  # ids in one statement


async def stories(connection: AsyncConnection, workspace: str, since: datetime, *, team: str = "") -> tuple[Story, ...]:
    """Return what arrived since a moment and what waits however long, in the order of arrival.

    Without what people said of them and what models took, which stories_of() tells.
    """
    wanted = [cases.c.workspace == workspace, or_(cases.c.created_at >= since, cases.c.status.in_(_OPEN))]
    if team:
        wanted.append(cases.c.team == team)
    query = _stories().where(*wanted).order_by(cases.c.created_at, cases.c.id)
    return tuple(_story(row) for row in await connection.execute(query))


async def stories_of(connection: AsyncConnection, case_ids: Sequence[str]) -> tuple[Story, ...]:
    """Return the whole stories of these cases; of those that are gone there is none."""
    found: list[Story] = []
    for start in range(0, len(case_ids), _AT_ONCE):
        ids = case_ids[start : start + _AT_ONCE]
        said, spent = await _judged(connection, ids), await _spent(connection, ids)
        for row in await connection.execute(_stories().where(cases.c.id.in_(ids))):
            found.append(_story(row, said.get(row.id, Judged()), spent.get(row.id, Spent())))
    return tuple(found)


async def backlogs(connection: AsyncConnection, workspace: str, now: datetime, *, team: str = "") -> dict[str, Backlog]:
    """Return what waits, by team, counted by the database."""
    age = _age(now)
    query = (
        select(cases.c.team, age, func.count(), func.min(cases.c.created_at).label("first"))
        .where(cases.c.workspace == workspace, cases.c.status.in_(_OPEN))
        .group_by(cases.c.team, age)
    )
    found: dict[str, Backlog] = {}
    for name, number, count, first in await connection.execute(query.where(cases.c.team == team) if team else query):
        part = Backlog(ages={list(AGES)[number]: count}, first=first)
        found[name] = found.get(name, Backlog()) + part
    return found


def _stories() -> Select[Any]:
    row = cases.c
    due = func.coalesce(row.first_due_at, row.due_at).label("due_at")
    return select(
        row.id, row.agent, row.team, row.category, row.urgency, row.status, row.escalated,
        row.created_at, due, row.responded_at, row.answered_at, row.resolved_at,
    )  # fmt: skip


def _story(row: Any, said: Judged = Judged(), spent: Spent = Spent()) -> Story:  # noqa: B008  # both are frozen
    return Story(
        case_id=row.id,
        agent=row.agent,
        team=row.team,
        category=row.category,
        urgency=row.urgency,
        created_at=row.created_at,
        due_at=row.due_at,
        responded_at=row.responded_at,
        resolved_at=row.resolved_at,
        answered=row.status == Status.ANSWERED or row.answered_at is not None,
        open=row.status in _OPEN,
        escalated=row.escalated,
        judged=said,
        spent=spent,
    )


async def _judged(connection: AsyncConnection, case_ids: Sequence[str]) -> dict[str, Judged]:
    said = feedback.c
    chosen = case((said.aspect == Aspect.ESCALATION.value, said.chosen), else_="")  # the other texts may be long
    query = (
        select(said.case_id, said.aspect, said.shown != said.chosen, chosen, said.distance)
        .where(said.case_id.in_(case_ids), said.standing != Standing.UNDONE.value)
        .order_by(said.number)
    )
    words: dict[str, list[Word]] = {}
    for case_id, aspect, corrects, choice, distance in await connection.execute(query):
        words.setdefault(case_id, []).append(Word(Aspect(aspect), bool(corrects), choice, distance))
    return {case_id: judged(each) for case_id, each in words.items()}


async def _spent(connection: AsyncConnection, case_ids: Sequence[str]) -> dict[str, Spent]:
    call = model_calls.c
    query = (
        select(
            call.case_id,
            func.sum(call.tokens_in),
            func.sum(call.tokens_out),
            func.sum(func.coalesce(call.cost, 0)),
            func.count() - func.count(call.cost),
        )
        .where(call.case_id.in_(case_ids))
        .group_by(call.case_id)
    )
    return {
        case_id: Spent(tokens_in=tokens_in, tokens_out=tokens_out, cost=cost, unpriced=unpriced > 0)
        for case_id, tokens_in, tokens_out, cost, unpriced in await connection.execute(query)
    }


def _age(now: datetime) -> Any:
    edges = list(AGES.values())[:-1]
    steps = [(cases.c.created_at > now - timedelta(hours=below), number) for number, below in enumerate(edges)]
    return case(*steps, else_=len(edges))
