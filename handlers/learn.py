"""Every answered ticket makes the next one better: it goes into the knowledge base, masked."""

import asyncio

from handlers.services import Services
from pipeline.case import Case
from pipeline.mask import mask_text
from pipeline.passage import Resolution
from pipeline.triage import read
from storage.cases import load
from storage.jobs import Job, Kind, enqueue, finish


async def learn(services: Services, job: Job) -> None:
    """Add the case's question and the reply that was sent to the knowledge base."""
    async with services.store.reader() as connection:
        case = await load(connection, job.subject)
    if case is not None and case.decision is not None and case.decision.text:
        solved = await asyncio.to_thread(resolution, case)
        await services.knowledge.add((solved,), services.workspace, case_id=case.id)
    async with services.store.begin() as tx:
        await enqueue(tx, Kind.INDEX, services.workspace, now=services.clock.now())
        await finish(tx, job)


async def index(services: Services, job: Job) -> None:
    """Bring the index up to the knowledge base. Raises Unavailable to be called again."""
    await services.index.index_waiting()
    async with services.store.begin() as tx:
        await finish(tx, job)


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
