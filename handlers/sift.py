"""Many tickets wait to be read: those that sound like an alarm go first."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from handlers.services import Services
from pipeline.case import Case
from pipeline.escalate import sounds_alarming
from pipeline.policy import Policy
from storage.cases import load
from storage.jobs import Job, Kind, Priority, enqueue, finish, sifted, unsifted, waits
from storage.store import Transaction

AT_A_TIME = 120  # tickets: half a second, in which no more than the newest of these come
FEW = 8  # tickets that are read so soon that their order does not matter
GRACE = timedelta(milliseconds=100)  # tickets that come together are looked at together


async def owe_sifting(services: Services, tx: Transaction) -> None:
    """Owe a look at what waits to be read, where that is much; tickets that come at once share it."""
    crowd = await unsifted(tx.connection, Kind.TRIAGE, FEW + 1)
    if len(crowd) <= FEW or await waits(tx.connection, Kind.SIFT, services.workspace):
        return
    now = services.clock.now()
    await enqueue(tx, Kind.SIFT, services.workspace, now=now, run_at=now + GRACE, priority=Priority.SOON)


async def sift(services: Services, job: Job) -> None:
    """Let tickets on which a rule of escalation fires be read before the others, which keep their order.

    Each look takes the newest and the oldest, so that an alarm does not wait until all before it were looked at.
    """
    async with services.store.reader() as connection:
        ids = await unsifted(connection, Kind.TRIAGE, AT_A_TIME)
        cases = [case for case_id in ids if (case := await load(connection, case_id)) is not None]
    alarming = await asyncio.to_thread(_alarming, cases, services.policy)
    async with services.store.begin() as tx:
        await finish(tx, job)
        await sifted(tx, Kind.TRIAGE, alarming, Priority.SOON)
        await sifted(tx, Kind.TRIAGE, [case_id for case_id in ids if case_id not in alarming], Priority.SIFTED)
        await owe_sifting(services, tx)


def _alarming(cases: Sequence[Case], policy: Policy) -> list[str]:
    return [case.id for case in cases if sounds_alarming(_said(case), policy)]


def _said(case: Case) -> str:
    return "\n".join((case.ticket.subject, *(message.text for message in case.ticket.asked[-1:])))
