"""A ticket waits to be understood: run the stages, and save what they found with what follows."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from handlers.alarms import follow
from handlers.assigning import owe_assignee
from handlers.decisions import draft_text, must_be_sendable
from handlers.placing import Placing, keep_placing, placing
from handlers.retrying import again_on_conflict
from handlers.services import Services
from pipeline.acts import Approve
from pipeline.analysis import Analysis
from pipeline.bill import Bill, billed
from pipeline.case import AUTOPILOT, DESK, Case, Status, analysed, untriaged
from pipeline.classify import Band, Urgency
from pipeline.decide import Unsendable, decide
from pipeline.draft import Grade
from pipeline.errors import TriageError, Unavailable
from pipeline.route import Roster
from pipeline.sla import timed
from pipeline.ticket import Ticket
from pipeline.triage import Minds, redraft, triage
from pipeline.wish import UNMET
from storage.absences import away
from storage.cases import Event, load, load_by_agent, save
from storage.jobs import Job, Kind, Priority, enqueue, fail, finish
from storage.preferences import preferred
from storage.spending import note_spent
from storage.store import Transaction

NOTE_WAITS = 30.0  # seconds that the helpdesk's note waits for a card to link to
_PATIENCE = 2  # attempts that wait for the helpdesk to tell the requester's name
_PRIORITY = {
    Urgency.P1: Priority.NOW,
    Urgency.P2: Priority.HIGH,
    Urgency.P3: Priority.NORMAL,
    Urgency.P4: Priority.LOW,
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a case was when reading it began."""

    ticket: Ticket
    chosen: str
    instruction: str
    anew: bool  # only the draft was asked for

    def differs(self, case: Case) -> bool:
        """Whether the customer wrote, or a person chose or wished something else, while it was read."""
        return case.ticket.heard != self.ticket.heard or (case.chosen_category, case.instruction) != (
            self.chosen,
            self.instruction,
        )


async def triage_case(services: Services, job: Job) -> None:
    """Understand a case's ticket as it is now. Raises Unavailable to be called again."""
    case = await _case(services, job)
    if case is None or case.status is not Status.WAITING:
        async with services.store.begin() as tx:
            await finish(tx, job)
        return
    ticket = await _completed(services, job, case.ticket)
    minds = Minds(services.classifier, services.index, services.model)
    async with services.store.reader() as connection:
        load_now = await load_by_agent(connection, services.workspace)
        gone = await away(connection, services.workspace, services.clock.now())
        roster = Roster(load=load_now, away=gone, chosen=await preferred(connection, services.workspace))
    anew = case.analysis is not None and bool(case.instruction) and not case.unread
    asked = _Asked(ticket, case.chosen_category, case.instruction, anew)
    with billed() as bill:
        try:
            analysis = await _analysed(services, case, asked, minds, roster)
        except TriageError:
            async with services.store.begin() as tx:  # it is asked again, and what was used is used
                await note_spent(tx, bill, services.workspace, services.clock.now(), case_id=case.id)
            raise
    place = None if anew else await placing(services, case, ticket, analysis)
    await _save(services, job, analysis, asked, bill, place)


async def _analysed(services: Services, case: Case, asked: _Asked, minds: Minds, roster: Roster) -> Analysis:
    if asked.anew and case.analysis is not None:
        return await redraft(asked.ticket, case.analysis, services.policy, minds, case.instruction)
    now, chosen, wish = services.clock.now(), case.chosen_category, case.instruction
    in_force = services.policies.now
    return await triage(
        asked.ticket, in_force.policy, minds, roster, now, chosen=chosen, instruction=wish, number=in_force.number
    )


async def give_up_triage(services: Services, job: Job, reason: str) -> None:
    """Show people the raw ticket, because triage failed too often."""
    await _untriaged(services, job, f"This ticket could not be read automatically: {reason}")


async def _case(services: Services, job: Job) -> Case | None:
    async with services.store.reader() as connection:
        return await load(connection, job.subject)


async def _completed(services: Services, job: Job, ticket: Ticket) -> Ticket:
    try:
        return await services.helpdesks[ticket.source].complete(ticket)
    except Unavailable:
        if job.attempt <= _PATIENCE:
            raise
    except TriageError as error:
        structlog.get_logger().warning("ticket.incomplete", case=job.subject, error=type(error).__name__)
    return ticket  # a card without the requester's name is better than no card


@again_on_conflict
async def _save(
    services: Services, job: Job, analysis: Analysis, asked: _Asked, bill: Bill, place: Placing | None
) -> None:
    now = services.clock.now()
    async with services.store.begin() as tx:
        await finish(tx, job)
        await note_spent(tx, bill, services.workspace, now, case_id=job.subject)
        case = await load(tx.connection, job.subject)
        assert case is not None
        if asked.differs(case):
            return  # superseded while it was read; whoever changed it has asked for another triage
        case = case.but(ticket=asked.ticket.joined_by(case.ticket))
        read = timed(analysed(case, analysis, now), services.policy, now)
        event = _event(case, read, analysis, anew=asked.anew)
        saved = await save(tx, read, event, now)
        await owe_assignee(services, tx, saved, event)
        await enqueue(tx, Kind.SHOW_CARD, saved.id, now=now, priority=_soon(saved, analysis))
        await enqueue(tx, Kind.WRITE_NOTE, saved.id, now=now, run_at=_later(services))
        await follow(services, tx, case, saved)
        if place is not None:
            await keep_placing(services, tx, place)
        await _autopilot(services, tx, saved)


def _soon(case: Case, analysis: Analysis) -> Priority:
    return Priority.NOW if case.escalated else _PRIORITY[analysis.classification.urgency]


def _event(case: Case, after: Case, analysis: Analysis, *, anew: bool) -> Event:
    read = analysis.classification
    if anew:
        return Event(kind="draft.written_anew", actor=DESK, detail={"unmet": "yes"} if UNMET in analysis.tags else {})
    kind = "case.analysed" if case.analysis is None else "case.reanalysed"
    detail = {"category": read.category, "urgency": read.urgency.value, "engine": read.engine.value}
    if after.owner != case.owner and case.analysis is not None:
        detail["agent"] = after.owner
    return Event(kind=kind, actor=DESK, detail=detail)


async def _autopilot(services: Services, tx: Transaction, case: Case) -> None:
    """Send the draft without a person, only where a lead switched that on and nothing speaks against it."""
    analysis = case.analysis
    assert analysis is not None
    category = services.policy.category(analysis.classification.category)
    sure = analysis.classification.band is Band.HIGH and analysis.draft.grade is Grade.ANSWER
    free = case.status is Status.OPEN and not case.replies and not case.holdings and not case.instruction
    if not (category.autopilot and sure and free) or case.escalated:
        return
    text = await asyncio.to_thread(draft_text, case)
    try:
        await asyncio.to_thread(must_be_sendable, case, text)
    except Unsendable:
        return
    now = services.clock.now()
    approved = decide(case, Approve(by=AUTOPILOT, shown=case.shown, text=text), services.policy, now)
    saved = await save(tx, timed(approved, services.policy, now), Event(kind="case.approved", actor=AUTOPILOT), now)
    await follow(services, tx, case, saved)
    await enqueue(tx, Kind.SEND_REPLY, case.id, now=now, priority=Priority.NOW)


@again_on_conflict
async def _untriaged(services: Services, job: Job, reason: str) -> None:
    now = services.clock.now()
    async with services.store.begin() as tx:
        await fail(tx, job, reason)
        case = await load(tx.connection, job.subject)
        assert case is not None
        shown = timed(untriaged(case, reason, services.policy), services.policy, now)
        saved = await save(tx, shown, Event(kind="case.untriaged", actor=DESK, detail={"reason": reason}), now)
        await follow(services, tx, case, saved)
        await enqueue(tx, Kind.SHOW_CARD, case.id, now=now, priority=Priority.SOON)
        await enqueue(tx, Kind.WRITE_NOTE, case.id, now=now, run_at=_later(services))


def _later(services: Services) -> datetime:
    return services.clock.now() + timedelta(seconds=NOTE_WAITS)
