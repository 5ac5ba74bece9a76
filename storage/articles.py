"""What the answers to an intent's tickets were, for an article on it."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from pipeline.value import Value
from storage.intent_tables import ticket_intents
from storage.knowledge_tables import resolutions


class Solved(Value):
    """An answer that reached a customer, masked."""

    answer: str
    gold: bool


async def solved_in(connection: AsyncConnection, workspace: str, intent: str, limit: int) -> tuple[Solved, ...]:
    """Return answers to an intent's tickets that nobody calls poor: gold ones first, then the newest, each once."""
    best = (
        select(resolutions.c.answer, resolutions.c.gold)
        .join(ticket_intents, ticket_intents.c.case_id == resolutions.c.case_id)
        .where(resolutions.c.workspace == workspace, ticket_intents.c.intent == intent, ~resolutions.c.poor)
        .order_by(resolutions.c.gold.desc(), resolutions.c.number.desc())
        .limit(10 * limit)
    )
    found = {row.answer: Solved(answer=row.answer, gold=row.gold) for row in await connection.execute(best)}
    return tuple(found.values())[:limit]
