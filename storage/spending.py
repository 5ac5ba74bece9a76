"""Spending: what language models took, written down with what they gave."""

from collections.abc import Sequence
from datetime import datetime

from pipeline.bill import Used
from storage.retelling import retell_all
from storage.store import Transaction
from storage.story_tables import model_calls


async def note_spent(
    tx: Transaction, used: Sequence[Used], workspace: str, now: datetime, *, case_id: str | None = None
) -> None:
    """Append calls to the log; without a case they were for no ticket, such as somebody's question."""
    if not used:
        return
    common = {"workspace": workspace, "case_id": case_id, "at": now}
    await tx.connection.execute(model_calls.insert(), [common | each.model_dump() for each in used])
    if case_id is not None:
        await retell_all(tx, [case_id])
