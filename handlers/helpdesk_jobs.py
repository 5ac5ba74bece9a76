"""Carry what was found and decided back to the helpdesk, each write once."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime
from enum import StrEnum

from handlers.decisions import draft_text
from handlers.once import Effect, begun, once
from handlers.retrying import again_on_conflict
from handlers.services import Services
from handlers.views.note import note_text
from pipeline.case import DESK, Case, Sending, sent, unsent
from pipeline.errors import Refused, TriageError, Unavailable
from pipeline.ports import Note, Reply
from storage.cards import CARD, placed
from storage.cases import Event, load, save
from storage.jobs import Job, Kind, enqueue, finish


class Outcome(StrEnum):
    """What came of a write; the kind of the event that says so."""

    NOTE_REFUSED = "note.refused"
    REPLY_SENT = "reply.sent"
    REPLY_REFUSED = "reply.refused"


_WORRY = 3  # failed attempts after which the card says that the reply still waits


async def write_note(services: Services, job: Job) -> None:
    """Tell the helpdesk what triage found: tags, priority, group and an internal note."""
    case = await _case(services, job)
    if case is None or case.analysis is None:
        return await _finish(services, job)
    try:
        await once(services, job, await _noting(services, case))
    except Refused as refusal:
        return await _settle(services, job, Outcome.NOTE_REFUSED, str(refusal))
    return await _finish(services, job)


async def send_reply(services: Services, job: Job) -> None:
    """Send the approved reply, once; then teach the knowledge base."""
    case = await _case(services, job)
    if case is None:
        return await _finish(services, job)
    key = f"reply:{case.id}:{case.replies}"
    if case.sending is not Sending.QUEUED and not await begun(services, key):
        return await _finish(services, job)
    try:
        await once(services, job, _sending(services, case, key))
    except Refused as refusal:
        return await _settle(services, job, Outcome.REPLY_REFUSED, str(refusal), reply=case.replies)
    except Unavailable:
        if job.attempt == _WORRY:
            await _worry(services, job)
        raise
    return await _settle(services, job, Outcome.REPLY_SENT, reply=case.replies)


async def give_up_reply(services: Services, job: Job, reason: str) -> None:
    """Hand a reply that failed for a reason of ours back to a person."""
    await _settle(services, job, Outcome.REPLY_REFUSED, reason)


async def _noting(services: Services, case: Case) -> Effect:
    assert case.analysis is not None
    analysis = case.analysis
    desk = services.helpdesks[case.ticket.source]
    key = f"note:{case.id}:{hashlib.sha256(analysis.model_dump_json().encode()).hexdigest()[:16]}"
    text = note_text(case, await asyncio.to_thread(draft_text, case), await _link(services, case))
    read = analysis.classification
    tags = ("triage", f"triage_{read.category}", f"triage_{read.urgency.value.lower()}", *read.tags)
    if case.escalated:
        tags = (*tags, "triage_escalated")
    group = services.policy.team(analysis.route.team).helpdesk_group
    note = Note(key=key, text=text, tags=tags, urgency=read.urgency, group=group)

    async def do() -> str:
        await desk.annotate(case.ticket.id, note)
        return "noted"

    return Effect(key=key, case_id=case.id, do=do, ask=_asking(services, case, key))


def _sending(services: Services, case: Case, key: str) -> Effect:
    desk = services.helpdesks[case.ticket.source]

    async def do() -> str:
        if case.decision is None or case.sending is not Sending.QUEUED:
            raise Refused("superseded before it left", code="superseded")
        await desk.reply(case.ticket.id, Reply(key=key, text=case.decision.text))
        return "sent"

    return Effect(key=key, case_id=case.id, do=do, ask=_asking(services, case, key))


def _asking(services: Services, case: Case, key: str) -> Callable[[datetime], Awaitable[str | None]]:
    async def ask(_since: datetime) -> str | None:
        desk = services.helpdesks[case.ticket.source]
        return "found" if await desk.happened(case.ticket.id, key) else None

    return ask


async def _link(services: Services, case: Case) -> str:
    """Return the permalink of the card, or nothing while Slack does not have it."""
    async with services.store.reader() as connection:
        shown = await placed(connection, case.id)
    here = next((one for one in shown if one.role == CARD and one.placement == case.placement), None)
    if here is None:
        return ""
    try:
        return await services.chat.permalink(here.channel, here.ts)
    except TriageError:
        return ""  # a note without the link is better than none


@again_on_conflict
async def _settle(
    services: Services, job: Job, outcome: Outcome, reason: str = "", *, reply: int | None = None
) -> None:
    """Save what came of a write, with what follows from it, and strike the job off.

    `reply` is the number of the reply that was written: a newer one may have been decided on meanwhile.
    """
    now = services.clock.now()
    async with services.store.begin() as tx:
        await finish(tx, job)
        case = await load(tx.connection, job.subject)
        assert case is not None
        event = Event(kind=outcome.value, actor=DESK, detail={"reason": reason[:500]} if reason else {})
        current = reply is None or reply == case.replies
        await save(tx, _after(case, outcome, reason) if current else case, event, now)
        await enqueue(tx, Kind.SHOW_CARD, case.id, now=now, priority=1)
        if outcome is Outcome.REPLY_SENT:
            await enqueue(tx, Kind.LEARN, case.id, now=now)


def _after(case: Case, outcome: Outcome, reason: str) -> Case:
    waits = case.sending is Sending.QUEUED
    match outcome:
        case Outcome.REPLY_SENT:
            return sent(case) if waits else case
        case Outcome.REPLY_REFUSED:
            return unsent(case, reason) if waits else case
        case Outcome.NOTE_REFUSED:
            return case.but(problem=f"The helpdesk took no note: {reason}"[:500])


@again_on_conflict
async def _worry(services: Services, job: Job) -> None:
    """Say on the card that the reply still waits."""
    now = services.clock.now()
    async with services.store.begin() as tx:
        case = await load(tx.connection, job.subject)
        assert case is not None
        waiting = case.but(problem="The helpdesk does not answer. The reply is tried again until it does.")
        await save(tx, waiting, Event(kind="reply.waits", actor=DESK), now)
        await enqueue(tx, Kind.SHOW_CARD, case.id, now=now, priority=1)


async def _case(services: Services, job: Job) -> Case | None:
    async with services.store.reader() as connection:
        return await load(connection, job.subject)


async def _finish(services: Services, job: Job) -> None:
    async with services.store.begin() as tx:
        await finish(tx, job)
