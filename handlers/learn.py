"""What people decide on a ticket makes the next one better: it is remembered, masked."""

import asyncio
from collections.abc import Iterable
from itertools import takewhile

from handlers.services import Services
from pipeline.case import Case
from pipeline.mask import mask_text
from pipeline.passage import Resolution
from pipeline.policy import Policy
from pipeline.precedent import Precedent
from pipeline.triage import read
from storage.cases import Event, history, load
from storage.jobs import Job, Kind, enqueue, finish

_CORRECTING = ("case.category_chosen", "case.reassigned")


async def learn(services: Services, job: Job) -> None:
    """Remember where a person filed the case, and its question with the reply that was sent."""
    async with services.store.reader() as connection:
        case = await load(connection, job.subject)
        events = await history(connection, job.subject)
    if case is not None and (category := filed_under(case, services.policy)):
        await services.precedents.note(case.id, await asyncio.to_thread(precedent, case, category, events))
    if case is not None and case.decision is not None and case.decision.text:
        solved = await asyncio.to_thread(resolution, case)
        await services.knowledge.add((solved,), services.workspace, case_id=case.id)
    async with services.store.begin() as tx:
        await enqueue(tx, Kind.INDEX, services.workspace, now=services.clock.now())
        await finish(tx, job)


async def index(services: Services, job: Job) -> None:
    """Bring the index up to what was learnt. Raises Unavailable to be called again."""
    await services.index.index_waiting()
    await services.precedents.index_waiting()
    async with services.store.begin() as tx:
        await finish(tx, job)


def filed_under(case: Case, policy: Policy) -> str:
    """Return the category that a person gave the case, be it by moving it to the team that owns one; "" for none."""
    owned = [category.name for category in policy.categories if category.team == case.chosen_team]
    return owned[0] if len(owned) == 1 else case.chosen_category


def precedent(case: Case, category: str, events: Iterable[Event]) -> Precedent:
    """Return the ticket with the category that a person gave it, and the one that we had read before they did."""
    before = takewhile(lambda event: event.kind not in _CORRECTING, events)
    read_as = [event.detail["category"] for event in before if "category" in event.detail]
    other = read_as[-1] if read_as and read_as[-1] != category else ""
    _, masked, _ = read(case.ticket)
    return Precedent(text=masked.whole, category=category, instead_of=other)


def resolution(case: Case) -> Resolution:
    """Return what was asked and what was answered, without personal data."""
    assert case.decision is not None and case.analysis is not None
    _, masked, language = read(case.ticket)
    return Resolution(
        id=f"{case.id}:{case.replies}",
        question=masked.whole,
        answer=mask_text(case.decision.text, case.ticket.customer).text,
        title=masked.subject[:200],
        category=case.chosen_category or case.analysis.classification.category,
        language=language,
    )
