"""The helpdesk put somebody on a ticket, or took them off: look who has it there, and let the card follow."""

import structlog

from handlers.alarms import follow
from handlers.identities import owner_there
from handlers.retrying import again_on_conflict
from handlers.services import Services
from pipeline.assigned import THERE, assigned_there, is_turn
from pipeline.case import HELPDESK, Case
from pipeline.errors import Refused, Unavailable
from pipeline.ports import Agent
from storage.cases import Event, history, load, save
from storage.jobs import Job, Kind, Priority, enqueue, finish, is_owed
from storage.store import Transaction

_SOON = 2.0  # seconds until we look again where something of ours is on its way there


async def hear_assignee(services: Services, job: Job) -> None:
    """Make the card show who works on the ticket in the helpdesk.

    What a delivery said may be old by now, and may be the echo of our own write: the ticket itself is read.
    """
    case, turn = await _as_it_is(services, job.subject)
    there = None
    if case is not None and case.ticket.source in services.helpdesks:
        try:
            there = await services.helpdesks[case.ticket.source].assignee(case.ticket.id)
        except Refused as refusal:
            structlog.get_logger().warning("assignee.unknown", case=case.id, code=refusal.code)
            case = None
    owner = await owner_there(services, case) if case is not None else ""
    await _follow(services, job, case, turn, there, owner)


async def _as_it_is(services: Services, case_id: str) -> tuple[Case | None, int]:
    """Return the case and its last turn, once the helpdesk knows of that. Raises Unavailable before."""
    async with services.store.reader() as connection:
        if await is_owed(connection, Kind.ASSIGN, case_id):
            raise Unavailable("our own word is still on its way there", retry_after=_SOON)
        return await load(connection, case_id), _last_turn(await history(connection, case_id))


@again_on_conflict
async def _follow(services: Services, job: Job, seen: Case | None, turn: int, there: Agent | None, owner: str) -> None:
    now = services.clock.now()
    async with services.store.begin() as tx:
        await finish(tx, job)
        case = await load(tx.connection, job.subject) if seen is not None else None
        if case is None or seen is None:
            return
        if _last_turn(await history(tx.connection, case.id)) != turn or case.owner != seen.owner:
            await enqueue(tx, Kind.ASSIGNEE, case.id, now=now)  # somebody was faster: look again
            return
        await _save(services, tx, case, assigned_there(case, there, owner, services.policy))


async def _save(services: Services, tx: Transaction, before: Case, after: Case) -> None:
    if after == before:
        return
    now = services.clock.now()
    detail = {"agent": after.agent, "name": after.assignee} if after.owner != before.owner or after.assignee else {}
    saved = await save(tx, after, Event(kind=THERE, actor=HELPDESK, detail=detail), now)
    await follow(services, tx, before, saved)
    await enqueue(tx, Kind.SHOW_CARD, after.id, now=now, priority=Priority.SOON)


def _last_turn(happened: tuple[Event, ...]) -> int:
    return max((event.number for event in happened if is_turn(event)), default=0)
