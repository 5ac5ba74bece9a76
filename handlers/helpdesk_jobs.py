"""Carry what was found and decided back to the helpdesk, each write once."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime
from enum import StrEnum

import structlog

from handlers.alarms import follow
from handlers.authors import author_of, in_their_name
from handlers.card_links import link_to_card
from handlers.decisions import draft_text
from handlers.identities import owner_there
from handlers.once import Effect, begun, once
from handlers.retrying import again_on_conflict
from handlers.services import Services
from handlers.views.note import note_text
from handlers.workflow import complete_step
from pipeline.case import DESK, Case, Sending, sent, unsent
from pipeline.errors import Refused, Unavailable
from pipeline.ports import Note, Reply
from pipeline.sla import timed
from pipeline.ticket import WORKFLOW
from storage.cases import Event, load, save
from storage.jobs import Job, Kind, Priority, enqueue, finish


class Outcome(StrEnum):
    """What came of a write; the kind of the event that says so."""

    NOTE_REFUSED = "note.refused"
    REPLY_SENT = "reply.sent"
    REPLY_REFUSED = "reply.refused"


_WORRY = 3  # failed attempts after which the card says that the reply still waits


async def write_note(services: Services, job: Job) -> None:
    """Tell the helpdesk what triage found: tags, priority, group and an internal note."""
    case = await _case(services, job)
    if case is not None and case.ticket.source == WORKFLOW:
        return await complete_step(services, job, case)
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
        await once(services, job, await _sending(services, job, case, key))
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
    text = note_text(case, await asyncio.to_thread(draft_text, case), await link_to_card(services, case.id))
    read = analysis.classification
    tags = ("triage", f"triage_{read.category}", f"triage_{read.urgency.value.lower()}", *read.tags)
    if case.escalated:
        tags = (*tags, "triage_escalated")
    group = services.policy.known_team(analysis.route.team).helpdesk_group
    assignee = await owner_there(services, case)
    note = Note(key=key, text=text, tags=tags, urgency=read.urgency, group=group, assignee=assignee)

    async def do() -> str:
        try:
            await desk.annotate(case.ticket.id, note)
        except Refused as refusal:
            if not note.assignee:
                raise
            structlog.get_logger().warning("assignee.refused", case=case.id, code=refusal.code)
            await desk.annotate(case.ticket.id, note.model_copy(update={"assignee": ""}))
        return "noted"

    return Effect(key=key, case_id=case.id, do=do, ask=_asking(services, case, key))


async def _sending(services: Services, job: Job, case: Case, key: str) -> Effect:
    desk = services.helpdesks[case.ticket.source]
    author = await author_of(services, job, case.decision.by, desk.source) if case.decision else ""

    async def do() -> str:
        if case.decision is None or case.sending is not Sending.QUEUED:
            raise Refused("superseded before it left", code="superseded")
        await in_their_name(desk.reply, case, Reply(key=key, text=case.decision.text, author=author))
        return "sent"

    return Effect(key=key, case_id=case.id, do=do, ask=_asking(services, case, key))


def _asking(services: Services, case: Case, key: str) -> Callable[[datetime], Awaitable[str | None]]:
    async def ask(_since: datetime) -> str | None:
        desk = services.helpdesks[case.ticket.source]
        return "found" if await desk.happened(case.ticket.id, key) else None

    return ask


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
        after, replied = _after(case, outcome, reason) if current else case, outcome is Outcome.REPLY_SENT
        saved = await save(tx, timed(after, services.policy, now, replied=replied), event, now)
        await follow(services, tx, case, saved)
        await enqueue(tx, Kind.SHOW_CARD, case.id, now=now, priority=Priority.SOON)
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
        await enqueue(tx, Kind.SHOW_CARD, case.id, now=now, priority=Priority.SOON)


async def _case(services: Services, job: Job) -> Case | None:
    async with services.store.reader() as connection:
        return await load(connection, job.subject)


async def _finish(services: Services, job: Job) -> None:
    async with services.store.begin() as tx:
        await finish(tx, job)
