"""Tell the helpdesk who works on a ticket: the last word counts, and an earlier one never comes after it."""

import hashlib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

from handlers.identities import identity_of, owner_there
from handlers.once import Effect, begun, once
from handlers.retrying import again_on_conflict
from handlers.services import Services
from pipeline.assigned import is_turn
from pipeline.case import DESK, Case
from pipeline.errors import Refused
from pipeline.policy_people import DESKS
from pipeline.ports import HelpDesk
from storage import outbox
from storage.cases import Event, history, load, save
from storage.jobs import Job, Kind, Priority, enqueue, finish
from storage.outbox import first_tick
from storage.store import Transaction

_LEFT = "left"  # with whom somebody there chose
REFUSED, UNMAPPED = "assignee.refused", "assignee.unmapped"


async def owe_assignee(services: Services, tx: Transaction, after: Case, event: Event) -> None:
    """Owe the helpdesk word of who works on a case, where an event changed that and the policy maps anybody there."""
    source = after.ticket.source
    if is_turn(event) and source in DESKS and services.policy.maps(source):
        await enqueue(tx, Kind.ASSIGN, after.id, now=services.clock.now(), priority=Priority.SOON)


async def tell_assignee(services: Services, job: Job) -> None:
    """Set or clear the helpdesk's assignee as the last turn has it."""
    async with services.store.reader() as connection:
        case = await load(connection, job.subject)
        turns = [event for event in await history(connection, job.subject) if is_turn(event)]
    if case is not None and turns and case.ticket.source in services.helpdesks:
        await _settle_earlier(services, job, case, turns[:-1])
        await _tell(services, job, case, turns[-1])
    async with services.store.begin() as tx:
        await finish(tx, job)


async def _settle_earlier(services: Services, job: Job, case: Case, turns: list[Event]) -> None:
    """Wait until it is known what became of an earlier write, so that it cannot come after the last one."""
    for turn in turns:
        if await begun(services, _key(case, turn)):
            with suppress(Refused):
                await once(services, job, _Assigning(services, case, turn, "").overtaken)


async def _tell(services: Services, job: Job, case: Case, turn: Event) -> None:
    key, to = _key(case, turn), await owner_there(services, case)
    if case.owner and not to and turn.kind != "case.released":
        await _left_alone(services, case, key, UNMAPPED, {"who": case.owner, "desk": case.ticket.source})
        return
    try:
        came_of_it = await once(services, job, _Assigning(services, case, turn, to).effect)
    except Refused as refusal:
        await _left_alone(services, case, key, REFUSED, {"who": case.owner, "reason": str(refusal)[:500]})
        return
    if case.assignee and came_of_it != _LEFT:
        await _not_theirs_any_more(services, case.id)


class _Assigning:
    """One turn's write. `to` is the e-mail or id of who shall have the ticket, "" for nobody."""

    def __init__(self, services: Services, case: Case, turn: Event, to: str) -> None:
        self._services = services
        self._desk: HelpDesk = services.helpdesks[case.ticket.source]
        self._ticket = case.ticket.id
        self._case = case.id
        self._turn = turn
        self._to = to
        self._name = _key(case, turn)

    @property
    def effect(self) -> Effect:
        return self._as(self._do)

    @property
    def overtaken(self) -> Effect:
        """The same, done no more if it was not done: a later turn counts."""

        async def do() -> str:
            raise Refused("overtaken before it left", code="superseded")

        return self._as(do)

    def _as(self, do: Callable[[], Awaitable[str]]) -> Effect:
        return Effect(key=self._name, case_id=self._case, do=do, ask=self._ask)

    async def _do(self) -> str:
        if not self._to and self._turn.kind == "case.released" and not await self._is_still_theirs():
            return _LEFT
        await self._desk.assign(self._ticket, self._to, self._name)
        return "assigned" if self._to else "cleared"

    async def _is_still_theirs(self) -> bool:
        """Whether the helpdesk has it with whoever released it: whom somebody there chose meanwhile stays."""
        released = await identity_of(self._services, self._turn.actor, self._desk.source)
        return bool(released) and await self._desk.assigned(self._ticket, released)

    async def _ask(self, _since: datetime) -> str | None:
        return "found" if await self._desk.assigned(self._ticket, self._to) else None


def _key(case: Case, turn: Event) -> str:
    return f"assign:{case.id}:{turn.number}"


@again_on_conflict
async def _left_alone(services: Services, case: Case, key: str, kind: str, detail: dict[str, str]) -> None:
    """Note that this turn is not told, and say why in the thread; of somebody who is not mapped, once ever."""
    now = services.clock.now()
    async with services.store.begin() as tx:
        known = await outbox.effect(tx.connection, key)
        if known is not None and known.result is not None:
            return
        await outbox.intend(tx, key, case.id, now)
        await outbox.happened(tx, key, kind)
        who = hashlib.sha256(detail["who"].encode()).hexdigest()[:32]
        if kind == UNMAPPED and not await first_tick(tx, f"unmapped:{case.ticket.source}", who, now):
            return
        present = await load(tx.connection, case.id)
        assert present is not None
        await save(tx, present, Event(kind=kind, actor=DESK, detail=detail), now)
        await enqueue(tx, Kind.SHOW_CARD, case.id, now=now, priority=Priority.SOON)


@again_on_conflict
async def _not_theirs_any_more(services: Services, case_id: str) -> None:
    """Take the name off the card of who had it in the helpdesk before."""
    now = services.clock.now()
    async with services.store.begin() as tx:
        case = await load(tx.connection, case_id)
        if case is None or not case.assignee:
            return
        await save(tx, case.but(assignee=""), Event(kind="assignee.replaced", actor=DESK), now)
        await enqueue(tx, Kind.SHOW_CARD, case_id, now=now, priority=Priority.SOON)
