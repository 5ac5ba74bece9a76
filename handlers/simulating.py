"""A change is tried on the newest tickets, as they were read, before anybody makes it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from handlers.services import Services
from pipeline.case import Case
from pipeline.decide import NotNow
from pipeline.past import Hits, Past, Rules, compare_rules, hits
from pipeline.policy import Policy
from pipeline.simulate import Simulation, simulate
from pipeline.triage import read
from storage.cases import newest

CHUNK = 200  # tickets between two words on how far it is

Progress = Callable[[int, int], Awaitable[None]]


class NothingToReplay(NotNow):
    """No ticket was read with a receipt yet, so there is nothing to try a change on."""


async def simulated(services: Services, changed: Policy, last: int, progress: Progress) -> Simulation:
    """Return what the changed policy would have made of the last tickets. Raises NothingToReplay."""
    policy = services.policy
    pasts = await _pasts(services, last)
    if not pasts:
        raise NothingToReplay
    rules = await asyncio.to_thread(compare_rules, policy, changed)
    found: list[Hits] = []
    for start in range(0, len(pasts), CHUNK):
        await progress(start, len(pasts))
        found += await asyncio.to_thread(_hits, pasts[start : start + CHUNK], rules)
    return await asyncio.to_thread(simulate, pasts, found, policy, changed, services.clock.now())


async def _pasts(services: Services, last: int) -> list[Past]:
    """Return the newest tickets that have a receipt, in the order in which they were read."""
    found: list[Past] = []
    async with services.store.reader() as connection:
        for start in range(0, last, CHUNK):
            page = await newest(connection, services.workspace, min(CHUNK, last - start), skip=start)
            found += [past for case in page if (past := past_of(case)) is not None]
            if len(page) < CHUNK:
                break
    return sorted(found, key=lambda past: (_read_at(past), past.id))


def past_of(case: Case) -> Past | None:
    """Return a case as a simulation takes it; None for one without a receipt."""
    if case.analysis is None or case.analysis.receipt is None:
        return None
    until = case.decision.at if case.decision else None
    ticket = case.ticket
    return Past(
        case.id,
        ticket.subject,
        ticket.url,
        case.analysis,
        until,
        lambda: read(ticket)[1],
        created=ticket.created_at,
        responded=case.timer.responded_at if case.timer else None,
        owed=case.open,
    )


def _hits(pasts: Sequence[Past], rules: Rules) -> list[Hits]:
    return [hits(past, rules) for past in pasts]


def _read_at(past: Past) -> float:
    assert past.analysis.receipt is not None
    return past.analysis.receipt.at.timestamp()
