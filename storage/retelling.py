"""Retelling: a mark, in the transaction of what happened, that a case's story is another one now."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select

from storage.store import Transaction
from storage.story_tables import retold
from storage.tables import cases


async def retell(tx: Transaction, workspace: str, case_id: str, created_at: datetime) -> None:
    """Note that the story of a case has changed. A row of its own each time: nobody waits for another's."""
    await tx.connection.execute(retold.insert(), {"workspace": workspace, "case_id": case_id, "created_at": created_at})


async def retell_all(tx: Transaction, case_ids: Sequence[str] | None = None) -> None:
    """Note the same of these cases, or of every one in the database, so that all is computed anew."""
    every = select(cases.c.workspace, cases.c.created_at, cases.c.id)
    if case_ids is not None:
        every = every.where(cases.c.id.in_(case_ids))
    await tx.connection.execute(insert(retold).from_select(["workspace", "created_at", "case_id"], every))
