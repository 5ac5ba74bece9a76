"""What people decide on a ticket makes the next one better: it is remembered, masked."""

import asyncio

from handlers.services import Services
from pipeline.case import Case, Sending, Status, Verdict, Worth
from pipeline.draft import Grade
from pipeline.mask import mask_text
from pipeline.passage import Resolution
from pipeline.policy import Policy
from pipeline.precedent import Precedent
from pipeline.triage import read
from storage.cases import load
from storage.jobs import Job, Kind, enqueue, finish


async def learn(services: Services, job: Job) -> None:
    """Remember where a person filed the case, and its question with the reply that was sent."""
    async with services.store.reader() as connection:
        case = await load(connection, job.subject)
    if case is not None and (category := filed_under(case, services.policy)):
        await services.precedents.note(case.id, await asyncio.to_thread(precedent, case, category))
    if case is not None and worth_learning(case):
        solved = await asyncio.to_thread(resolution, case, filed_under(case, services.policy) or case.category)
        await services.knowledge.add((solved,), services.workspace, case_id=case.id)
    if case is not None and case.status is Status.ANSWERED:
        gold, poor = case.worth is Worth.GOLD, case.worth is Worth.POOR
        await services.knowledge.mark(case.id, services.workspace, gold=gold, poor=poor)
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
    return policy.owned_by(case.chosen_team) or case.chosen_category


def worth_learning(case: Case) -> bool:
    """Whether the reply that was sent helps with later tickets.

    A mere acknowledgement or question does not, unless a person wrote it, nor what a person called poor.
    """
    if case.decision is None or not case.decision.text or case.sending is not Sending.SENT or case.analysis is None:
        return False
    if case.worth is not Worth.PLAIN:
        return case.worth is Worth.GOLD
    return case.decision.verdict is Verdict.EDITED or case.analysis.draft.grade in (Grade.ANSWER, Grade.SUGGESTION)


def precedent(case: Case, category: str) -> Precedent:
    """Return the ticket with the category that a person gave it, and the one that we had read before they did."""
    _, masked, _ = read(case.ticket)
    return Precedent(text=masked.whole, category=category, instead_of="" if case.read_as == category else case.read_as)


def resolution(case: Case, category: str) -> Resolution:
    """Return what was asked and what was answered, without personal data, under its category."""
    assert case.decision is not None and case.analysis is not None
    _, masked, language = read(case.ticket)
    return Resolution(
        id=f"{case.id}:{case.replies}",
        question=masked.whole,
        answer=mask_text(case.decision.text, case.ticket.customer).text,
        title=masked.subject[:200],
        category=category,
        language=language,
        gold=case.worth is Worth.GOLD,
    )
