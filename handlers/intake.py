"""A ticket arrived: store it with the work that it causes, once, however often it is told."""

from enum import StrEnum
from typing import NamedTuple

from handlers.alarms import follow
from handlers.retrying import again_on_conflict
from handlers.services import Services
from handlers.sift import owe_sifting
from pipeline.case import DESK, HELPDESK, Actor, Case, is_ours, told
from pipeline.sla import timed
from pipeline.standing import stood
from pipeline.ticket import Arrival, Author, Message, TicketStatus
from storage.cases import Conflict, Event, by_ticket, create, new_id, save
from storage.jobs import Kind, Priority, enqueue
from storage.outbox import case_of, first_time
from storage.store import Transaction


class Receipt(StrEnum):
    """What became of a delivery."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    IGNORED = "ignored"


class Received(NamedTuple):
    """The answer to a delivery: what became of it, and the case it belongs to."""

    receipt: Receipt
    case_id: str


@again_on_conflict
async def receive(services: Services, arrival: Arrival) -> Received:
    """Store an arrival and enqueue its triage in one transaction; durable when this returns."""
    ticket = arrival.ticket
    async with services.store.begin() as tx:
        known = await by_ticket(tx.connection, services.workspace, ticket.source, ticket.id, lock=True)
        if known is None and not ticket.asked:
            return Received(Receipt.IGNORED, "")
        case_id = known.id if known else new_id()
        if not await first_time(tx, ticket.source, arrival.delivery, case_id, services.clock.now()):
            earlier = await case_of(tx.connection, ticket.source, arrival.delivery)
            return Received(Receipt.DUPLICATE, earlier or "")
        if known is None:
            return await _open(services, tx, case_id, arrival)
        return await _continue(services, tx, known, arrival)


async def _open(services: Services, tx: Transaction, case_id: str, arrival: Arrival) -> Received:
    now, ticket = services.clock.now(), arrival.ticket
    case = Case(id=case_id, workspace=services.workspace, ticket=ticket, created_at=now)
    if not await create(tx, case, Event(kind="ticket.opened", actor=_writer(ticket.messages))):
        raise Conflict  # another process opened it between our look and our insert
    await enqueue(tx, Kind.TRIAGE, case.id, now=now)
    await owe_sifting(services, tx)
    if arrival.assigned:
        await enqueue(tx, Kind.ASSIGNEE, case.id, now=now, priority=Priority.SOON)
    return Received(Receipt.ACCEPTED, case.id)


async def _continue(services: Services, tx: Transaction, known: Case, arrival: Arrival) -> Received:
    now = services.clock.now()
    heard = told(known, arrival.ticket)
    status = arrival.status or (TicketStatus.DELETED if known.ticket.asked and not heard.ticket.asked else None)
    case = heard if status is None else stood(heard, status, now)
    if arrival.assigned:
        await enqueue(tx, Kind.ASSIGNEE, case.id, now=now, priority=Priority.SOON)
    if case == known:
        return Received(Receipt.ACCEPTED, case.id)
    event = _event(known, heard) if case == heard else _standing(status)
    saved = await save(tx, timed(case, services.policy, now), event, now)
    await follow(services, tx, known, saved, answered=event.kind == "agent.wrote")
    if case.ticket.asked != known.ticket.asked or case != heard:
        await enqueue(tx, Kind.TRIAGE, case.id, now=now)
        await owe_sifting(services, tx)
        await enqueue(tx, Kind.SHOW_CARD, case.id, now=now, priority=Priority.SOON)
    return Received(Receipt.ACCEPTED, case.id)


def _event(known: Case, heard: Case) -> Event:
    before = {message.id for message in known.ticket.messages}
    new = tuple(message for message in heard.ticket.messages if message.id not in before)
    kind = _kind(new, known) if new or heard.ticket.asked == known.ticket.asked else _changed(known, heard)
    return Event(kind=kind, actor=_writer(new), detail={"messages": " ".join(message.id for message in new)})


def _changed(known: Case, heard: Case) -> str:
    taken_back = {message.id for message in known.ticket.asked} - {message.id for message in heard.ticket.asked}
    return "customer.deleted" if taken_back else "customer.edited"


def _standing(status: TicketStatus | None) -> Event:
    return Event(kind=f"ticket.{status}_there", actor=HELPDESK)


def _kind(new: tuple[Message, ...], case: Case) -> str:
    if any(message.asks for message in new):
        return "customer.wrote"
    # An internal note answers nobody, and of our own reply the thread tells already.
    answered = any(message.public and not is_ours(case, message.text) for message in new)
    return "agent.wrote" if answered else "ticket.updated"


def _writer(messages: tuple[Message, ...]) -> Actor:
    if any(message.author is Author.CUSTOMER for message in messages):
        return Actor(id="customer", name="the customer")
    return HELPDESK if messages else DESK
