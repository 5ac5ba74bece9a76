"""How many tickets each intent had in a period and in the one before, counted by the database."""

from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.value import Value
from storage.intent_tables import ticket_intents
from storage.tables import cases


class Counted(Value):
    """Tickets of an intent ("": waiting as new) that a team has; to `known` ones of the period there was an answer."""

    intent: str
    team: str
    now: int
    before: int
    known: int


async def counts(
    connection: AsyncConnection, workspace: str, before: datetime, since: datetime, team: str = ""
) -> tuple[Counted, ...]:
    """Return the tickets that came from `since` on, and those from `before` until then."""
    ticket = ticket_intents.c
    now = func.sum(case((ticket.at >= since, 1), else_=0))
    known = func.sum(case(((ticket.at >= since) & ticket.known, 1), else_=0))
    query = (
        select(ticket.intent, cases.c.team, now.label("now"), func.count().label("all"), known.label("known"))
        .join(cases, cases.c.id == ticket.case_id)
        .where(ticket.workspace == workspace, ticket.at >= before)
        .group_by(ticket.intent, cases.c.team)
        .order_by(ticket.intent, cases.c.team)
    )
    if team:
        query = query.where(cases.c.team == team)
    return tuple(
        Counted(intent=row.intent, team=row.team, now=row.now, before=row.all - row.now, known=row.known)
        for row in await connection.execute(query)
    )


async def recent(connection: AsyncConnection, intent: str, since: datetime) -> int:
    """Return how many tickets of an intent came since a moment."""
    came = select(func.count()).where(ticket_intents.c.intent == intent, ticket_intents.c.at >= since)
    return int((await connection.execute(came)).scalar_one())
