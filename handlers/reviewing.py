"""The week's review: made once, posted once where leads look, and changed in place as they answer."""

import asyncio
from collections.abc import Iterable
from datetime import datetime

from handlers.correcting import owe_learning
from handlers.doubting import doubts_of, settle_doubt
from handlers.once import Effect, once
from handlers.quieting import noise
from handlers.retrying import again_on_conflict
from handlers.services import Services
from handlers.views.review import review_card
from pipeline.authorise import must_lead
from pipeline.case import Case
from pipeline.decide import NotNow
from pipeline.drift import PAST, RECENT
from pipeline.feedback import Aspect, Standing
from pipeline.review import LOOKED_AT, Answer, Proposal, Review, look_back
from pipeline.triage import read
from storage import outbox, reviews
from storage.cases import load
from storage.feedback import judged, numbered, place
from storage.jobs import Job, Kind, Priority, enqueue, finish
from storage.quiet import hush

MOST_LOUD = 5  # causes of alarms that a review asks about
_HEARD = tuple(standing for standing in Standing if standing is not Standing.UNDONE)


class AlreadyAnswered(NotNow):
    """Another lead has answered this proposal already."""


class NoProposal(NotNow):
    """This proposal is not there any more."""


async def show_review(services: Services, job: Job) -> None:
    """Bring Slack to the present state of a week's review. Raises Unavailable to be called again.

    A week in which nobody said anything needs no review.
    """
    review = await _review(services, job.subject)
    if review.judged or review.proposals:
        await _show(services, job, review)
    async with services.store.begin() as tx:
        await finish(tx, job)


@again_on_conflict
async def answer(services: Services, user: str, number: int, made: Answer) -> None:
    """Do what a lead decided: trust the corrections of a proposal, or set them aside, and learn anew.

    Raises NotNow (or one of its kinds) with a sentence for the person; then nothing has changed.
    """
    by = must_lead(await services.chat.person(user), services.policy)
    now = services.clock.now()
    async with services.store.begin() as tx:
        if (found := await reviews.find(tx.connection, services.workspace, number)) is None:
            raise NoProposal
        slot, proposal = found
        if not await reviews.answer(tx, number, made, by, now):
            raise AlreadyAnswered
        await enqueue(tx, Kind.REVIEW, slot, now=now, priority=Priority.SOON)
        if proposal.doubt is not None:
            await settle_doubt(services, tx, proposal.doubt, by, accepted=made is Answer.ACCEPTED)
            return
        if proposal.cause:
            if made is Answer.ACCEPTED:
                await hush(tx, services.workspace, proposal.cause, by, now)
            return
        standing = Standing.TRUSTED if made is Answer.ACCEPTED else Standing.QUARANTINED
        await place(tx, proposal.entries, standing)
        await owe_learning(tx, await numbered(tx.connection, proposal.entries), now)
        await enqueue(tx, Kind.RETRAIN, services.workspace, now=now)


async def _review(services: Services, slot: str) -> Review:
    """Return the week's review, which is made when it is first asked for."""
    async with services.store.reader() as connection:
        known = await reviews.load(connection, services.workspace, slot)
    if known is not None:
        return known
    made = await _looked_back(services, slot, services.clock.now())
    async with services.store.begin() as tx:
        await reviews.create(tx, services.workspace, made)
        stored = await reviews.load(tx.connection, services.workspace, slot)
    assert stored is not None
    return stored


async def _looked_back(services: Services, slot: str, now: datetime) -> Review:
    async with services.store.reader() as connection:
        said = await judged(
            connection, services.workspace, Aspect.CATEGORY, since=now - RECENT - PAST, until=now, standings=_HEARD
        )
        answered = await reviews.answered(connection, services.workspace)
        recent = dict.fromkeys(each.case_id for each in said if each.at >= now - LOOKED_AT)
        cases = [case for case_id in recent if (case := await load(connection, case_id)) is not None]
    texts = await asyncio.to_thread(_texts, cases)
    found = await asyncio.to_thread(look_back, slot, said, texts, answered, now)
    loud = [
        Proposal(cause=each.cause, hits=each.rate.hits, total=each.rate.total) for each in await noise(services, now)
    ]
    doubted = await doubts_of(services, now)
    return found.model_copy(update={"proposals": (*found.proposals, *loud[:MOST_LOUD], *doubted)})


def _texts(cases: Iterable[Case]) -> dict[str, str]:
    return {case.id: read(case.ticket)[1].whole for case in cases}


async def _show(services: Services, job: Job, review: Review) -> None:
    channel = await services.chat.channel(services.policy.fallback_channel)
    key, card = f"review:{services.workspace}:{review.slot}", review_card(review)
    async with services.store.reader() as connection:
        posted = await outbox.effect(connection, key)
    if posted is not None and posted.result is not None:
        await services.chat.update(channel, posted.result, card)
        return

    async def do() -> str:
        return await services.chat.post(channel, card, key=key)

    async def ask(since: datetime) -> str | None:
        return await services.chat.find(channel, key, since=since)

    await once(services, job, Effect(key=key, case_id=None, do=do, ask=ask))
