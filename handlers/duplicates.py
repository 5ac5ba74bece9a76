"""Which undecided tickets one may repeat, the likeliest first."""

import asyncio

from handlers.services import Services
from handlers.views.duplicate import Candidate
from pipeline.case import Case
from pipeline.merge import same_customer
from pipeline.triage import read
from storage.cases import UNDECIDED, some, undecided

MOST_COMPARED = 100
MOST_READ = 200
MOST_OFFERED = 25


async def candidates(services: Services, case: Case) -> tuple[Candidate, ...]:
    """Return up to 25 undecided cases by their likeness; those of which none is known come last.

    Among these the customer's own come first, else those that are due the soonest.
    """
    _, masked, _ = await asyncio.to_thread(read, case.ticket)
    found = await services.cases.like(masked, but=case.id, k=MOST_COMPARED, floor=0.0)
    likeness = {each.case: each.likeness for each in found}
    async with services.store.reader() as connection:
        near = await some(connection, list(likeness))
        others = await undecided(connection, services.workspace, limit=MOST_READ)
    mine = {each.id: each for each in (*near, *others) if _may_be_meant(each, case)}
    offered = [
        Candidate(case=each, likeness=likeness.get(each.id), same_customer=same_customer(case, each))
        for each in mine.values()
    ]
    return tuple(sorted(offered, key=lambda each: (-(each.likeness or 0.0), not each.same_customer))[:MOST_OFFERED])


def _may_be_meant(other: Case, case: Case) -> bool:
    return other.workspace == case.workspace and other.id != case.id and other.status.value in UNDECIDED
