"""Stories: what happened to the cases of a period, read from the cases and their events."""

from datetime import datetime

from sqlalchemy import case as either
from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.case import Status
from pipeline.figures import Story
from storage.tables import cases, events

_OPEN = (Status.WAITING, Status.OPEN, Status.SNOOZED)
_ANSWERS = ("reply.sent", "agent.wrote")  # by way of a card, or in the helpdesk
_RESPONSES = (*_ANSWERS, "holding.sent")


async def stories(connection: AsyncConnection, workspace: str, since: datetime, *, team: str = "") -> tuple[Story, ...]:
    """Return what arrived since a moment and what waits however long, in the order of arrival."""
    case = cases.c
    wanted = [case.workspace == workspace, or_(case.created_at >= since, case.status.in_(_OPEN))]
    if team:
        wanted.append(case.team == team)
    responses = (
        select(
            events.c.case_id,
            func.min(events.c.at).label("at"),
            func.max(either((events.c.kind.in_(_ANSWERS), 1), else_=0)).label("answered"),
        )
        .where(events.c.kind.in_(_RESPONSES), events.c.at >= since)
        .group_by(events.c.case_id)
        .subquery()
    )
    query = (
        select(
            case.id, case.agent, case.team, case.category, case.urgency, case.created_at,
            case.status, case.escalated,
            func.coalesce(case.first_due_at, case.due_at).label("due_at"), responses.c.at.label("responded_at"),
            responses.c.answered,
        )
        .outerjoin(responses, responses.c.case_id == case.id)
        .where(*wanted)
        .order_by(case.created_at, case.id)
    )  # fmt: skip
    return tuple(
        Story(
            case_id=row.id,
            agent=row.agent,
            team=row.team,
            category=row.category,
            urgency=row.urgency,
            created_at=row.created_at,
            due_at=row.due_at,
            responded_at=row.responded_at,
            answered=row.status == Status.ANSWERED or bool(row.answered),
            open=row.status in _OPEN,
            escalated=row.escalated,
        )
        for row in await connection.execute(query)
    )
