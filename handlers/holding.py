"""Tell the customer that somebody looks into it, once; the ticket stays open, since the answer is still owed."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from handlers.alarms import follow
from handlers.authors import author_of, in_their_name
from handlers.once import Effect, begun, once
from handlers.retrying import again_on_conflict
from handlers.services import Services
from pipeline.case import DESK, Case, Holding, Sending, held_so_far
from pipeline.errors import Refused
from pipeline.ports import Reply
from pipeline.sla import timed
from storage.cases import Event, load, save
from storage.jobs import Job, Kind, Priority, enqueue, finish


class Outcome(StrEnum):
    """What came of it; the kind of the event that says so."""

    SENT = "holding.sent"
    REFUSED = "holding.refused"
    DROPPED = "holding.dropped"  # the customer wrote, or somebody decided, before it left


_SENDING: Final[Mapping[Outcome, Sending]] = {
    Outcome.SENT: Sending.SENT,
    Outcome.REFUSED: Sending.FAILED,
    Outcome.DROPPED: Sending.NONE,
}


async def send_holding(services: Services, job: Job) -> None:
    """Send the holding reply in hand, unless it has been overtaken before it left."""
    async with services.store.reader() as connection:
        case = await load(connection, job.subject)
    if case is None or not case.holdings:
        return await _finish(services, job)
    number, last = len(case.holdings), case.holdings[-1]
    key = f"holding:{case.id}:{number}"
    tried = await begun(services, key)
    if last.sending is not Sending.QUEUED and not tried:
        return await _finish(services, job)
    if case.held is None and not tried:
        return await _settle(services, job, number, Outcome.DROPPED)
    try:
        await once(services, job, await _sending(services, job, case, last, key))
    except Refused as refusal:
        outcome = Outcome.DROPPED if refusal.code == "superseded" else Outcome.REFUSED
        return await _settle(services, job, number, outcome, str(refusal))
    return await _settle(services, job, number, Outcome.SENT)


async def give_up_holding(services: Services, job: Job, reason: str) -> None:
    """Say that it failed for a reason of ours; a person decides whether to try again."""
    async with services.store.reader() as connection:
        case = await load(connection, job.subject)
    await _settle(services, job, len(case.holdings) if case else 0, Outcome.REFUSED, reason)


async def _sending(services: Services, job: Job, case: Case, last: Holding, key: str) -> Effect:
    desk = services.helpdesks[case.ticket.source]
    author = await author_of(services, job, last.by, desk.source)

    async def do() -> str:
        if case.held is None:
            raise Refused("superseded before it left", code="superseded")
        said = Reply(key=key, text=last.text, answers=False, author=author)
        await in_their_name(desk.reply, case, said)
        return "sent"

    async def ask(_since: datetime) -> str | None:
        return "found" if await desk.happened(case.ticket.id, key) else None

    return Effect(key=key, case_id=case.id, do=do, ask=ask)


@again_on_conflict
async def _settle(services: Services, job: Job, number: int, outcome: Outcome, reason: str = "") -> None:
    """Save what came of the holding reply with that number, and strike the job off."""
    now = services.clock.now()
    async with services.store.begin() as tx:
        await finish(tx, job)
        case = await load(tx.connection, job.subject)
        if case is None or len(case.holdings) < number or case.holdings[number - 1].sending is not Sending.QUEUED:
            return  # it was settled before
        after = held_so_far(case, number, _SENDING[outcome])
        if outcome is Outcome.REFUSED:
            after = after.but(problem=f"The acknowledgement was not sent: {reason}"[:500])
        event = Event(kind=outcome.value, actor=DESK, detail={"reason": reason[:500]} if reason else {})
        reached = outcome is Outcome.SENT
        still_owed = after.held is not None
        clocked = timed(after, services.policy, now, replied=reached, held=reached and still_owed)
        saved = await save(tx, clocked, event, now)
        await follow(services, tx, case, saved)
        await enqueue(tx, Kind.SHOW_CARD, case.id, now=now, priority=Priority.SOON)


async def _finish(services: Services, job: Job) -> None:
    async with services.store.begin() as tx:
        await finish(tx, job)
