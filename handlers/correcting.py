"""What people said of our work is taken back, or let out of quarantine, with the learning that follows."""

from collections.abc import Sequence
from datetime import datetime

from pipeline.feedback import Feedback, Standing
from pipeline.ports import Clock
from storage.feedback import place
from storage.jobs import Kind, enqueue
from storage.store import Store, Transaction


async def undo(store: Store, clock: Clock, said: Sequence[Feedback], workspace: str) -> int:
    """Let entries of the log teach nothing any more, and return how many still did.

    What was decided on the tickets stays as it is; what was learnt from them is forgotten by the work that this owes.
    """
    async with store.begin() as tx:
        changed = await place(tx, [each.number for each in said], Standing.UNDONE)
        await _relearn(tx, clock, said, workspace)
    return changed


async def accept(store: Store, clock: Clock, said: Sequence[Feedback], workspace: str) -> int:
    """Let entries out of quarantine for good, and return how many were in it."""
    held = [each for each in said if each.standing is Standing.QUARANTINED]
    async with store.begin() as tx:
        changed = await place(tx, [each.number for each in held], Standing.TRUSTED)
        await _relearn(tx, clock, held, workspace)
    return changed


async def owe_learning(tx: Transaction, said: Sequence[Feedback], now: datetime) -> None:
    """Owe what follows for each case when what was said of it counts otherwise than before."""
    for case_id in dict.fromkeys(each.case_id for each in said):
        await enqueue(tx, Kind.LEARN, case_id, now=now)


async def _relearn(tx: Transaction, clock: Clock, said: Sequence[Feedback], workspace: str) -> None:
    if said:
        await enqueue(tx, Kind.RETRAIN, workspace, now=clock.now())
    await owe_learning(tx, said, clock.now())
