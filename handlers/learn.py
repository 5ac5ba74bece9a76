"""What people decide on a ticket makes the next one better: it is remembered, masked."""

import asyncio
from collections.abc import Sequence

from handlers.quarantine import weigh
from handlers.services import Services
from pipeline.case import Case, Sending, Verdict, Worth
from pipeline.draft import Grade
from pipeline.feedback import Aspect, Feedback, last_word, stands
from pipeline.mask import mask_text
from pipeline.passage import Resolution
from pipeline.policy import Policy
from pipeline.precedent import Precedent
from pipeline.triage import read
from storage.cases import load
from storage.feedback import of_case
from storage.jobs import Job, Kind, enqueue, finish


async def learn(services: Services, job: Job) -> None:
    """Remember where a person filed the case, and its question with the reply that was sent.

    What was undone or waits in quarantine is forgotten again, so this may run whenever something was said.
    """
    async with services.store.reader() as connection:
        case = await load(connection, job.subject)
        said = await of_case(connection, job.subject)
    if case is not None:
        await _remember_filing(services, case, said)
        await _remember_answer(services, case, said)
        await weigh(services, case, said)
    async with services.store.begin() as tx:
        await enqueue(tx, Kind.INDEX, services.workspace, now=services.clock.now())
        await finish(tx, job)


async def index(services: Services, job: Job) -> None:
    """Bring the index up to what was learnt. Raises Unavailable to be called again."""
    await services.index.index_waiting()
    await services.precedents.index_waiting()
    await services.cases.index_waiting()
    async with services.store.begin() as tx:
        await finish(tx, job)


async def _remember_filing(services: Services, case: Case, said: Sequence[Feedback]) -> None:
    word = last_word(said, Aspect.CATEGORY)
    if word is not None and filed_under(case, services.policy):
        filed = await asyncio.to_thread(precedent, case, word)
        await services.precedents.note(case.id, filed)
    else:
        await services.precedents.forget(case.id)


async def _remember_answer(services: Services, case: Case, said: Sequence[Feedback]) -> None:
    worth = worth_now(case, said)
    if worth_learning(case, worth):
        filed = filed_under(case, services.policy)
        known = not filed or last_word(said, Aspect.CATEGORY)  # what waits in quarantine does not say what it is about
        solved = await asyncio.to_thread(
            resolution, case, (filed or case.category) if known else "", gold=worth is Worth.GOLD
        )
        await services.knowledge.add((solved,), services.workspace, case_id=case.id)
    if case.answered:
        gold, poor = worth is Worth.GOLD, worth is Worth.POOR
        await services.knowledge.mark(case.id, services.workspace, gold=gold, poor=poor)


def filed_under(case: Case, policy: Policy) -> str:
    """Return the category that a person gave the case, be it by moving it to the team that owns one; "" for none."""
    return policy.owned_by(case.chosen_team) or case.chosen_category


def worth_now(case: Case, said: Sequence[Feedback]) -> Worth:
    """Return what the answer is worth; one whose sender's word was undone is worth nothing."""
    if any(not stands(said, aspect) for aspect in (Aspect.DRAFT, Aspect.GOLD)):
        return Worth.PLAIN if stands(said, Aspect.DRAFT) else Worth.POOR
    return case.worth


def worth_learning(case: Case, worth: Worth) -> bool:
    """Whether the reply that was sent helps with later tickets.

    A mere acknowledgement or question does not, unless a person wrote it, nor what a person called poor.
    """
    if case.decision is None or not case.decision.text or case.sending is not Sending.SENT or case.analysis is None:
        return False
    if worth is not Worth.PLAIN or case.decision.verdict is Verdict.FOLLOWED_UP:
        return worth is Worth.GOLD
    return case.decision.verdict is Verdict.EDITED or case.analysis.draft.grade in (Grade.ANSWER, Grade.SUGGESTION)


def precedent(case: Case, word: Feedback) -> Precedent:
    """Return the ticket with the category that a person gave it, and the one that we had read before they did."""
    _, masked, _ = read(case.ticket)
    return Precedent(text=masked.whole, category=word.chosen, instead_of=word.shown if word.corrects else "")


def resolution(case: Case, category: str, *, gold: bool) -> Resolution:
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
        gold=gold,
        solved_at=case.decision.at,
        minutes=max(0, int((case.decision.at - case.created_at).total_seconds() // 60)),
    )
