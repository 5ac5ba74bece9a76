"""What a batch of intents reads of the cases themselves."""

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.case import Case
from storage.cases import as_case
from storage.intent_tables import ticket_intents
from storage.tables import cases


async def unread_cases(
    connection: AsyncConnection, workspace: str, embedder: str, after: str, limit: int
) -> tuple[Case, ...]:
    """Return cases that were read, but whose vector this embedder did not make, in the order of their ids."""
    made = exists().where(ticket_intents.c.case_id == cases.c.id, ticket_intents.c.embedder == embedder)
    lacking = select(cases).where(cases.c.workspace == workspace, cases.c.id > after, cases.c.urgency != "", ~made)
    rows = await connection.execute(lacking.order_by(cases.c.id).limit(limit))
    return tuple(as_case(row) for row in rows.mappings())


async def categories_of(connection: AsyncConnection, workspace: str) -> dict[str, str]:
    """Return the category of each case that has a place among intents."""
    placed = select(cases.c.id, cases.c.category).join(ticket_intents, ticket_intents.c.case_id == cases.c.id)
    rows = await connection.execute(placed.where(cases.c.workspace == workspace))
    return {row.id: row.category for row in rows}
