"""A person clicked: authorise and decide, in one transaction with the work that follows."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from handlers.acted import acted
from handlers.alarms import follow
from handlers.assigning import owe_assignee
from handlers.retrying import again_on_conflict
from handlers.services import Services
from handlers.views.remark import is_told
from pipeline.acts import (
    Acknowledge,
    Act,
    Approve,
    Choose,
    Claim,
    Edit,
    FollowUp,
    Keep,
    Merge,
    Reassign,
    SendHolding,
    Unacknowledge,
)
from pipeline.authorise import NotAllowed, may_answer, may_decide
from pipeline.case import DESK, Actor, Case, Sending, Status
from pipeline.decide import Change, NotNow, Stale, Unsendable, decide
from pipeline.draft import Grade
from pipeline.feedback import edit_distance
from pipeline.hear import Sent, hear
from pipeline.mask import mask_text
from pipeline.ports import Person
from pipeline.sla import timed
from pipeline.triage import read
from pipeline.whereabouts import apart
from storage import alarms, feedback
from storage.cards import is_placed
from storage.cases import Event, by_card, load, lock, save
from storage.jobs import Kind, Priority, enqueue
from storage.outbox import first_time
from storage.store import Transaction

__all__ = [
    "Beside",
    "NotAllowed",
    "UnknownCase",
    "act",
    "approve",
    "case_at",
    "draft_text",
    "edit",
    "load_case",
]

Making = Callable[[Case, Actor], Act]
Doing = Callable[[Transaction, Case, Case, Actor], Awaitable[None]]

SOURCE = "slack"  # of what is delivered to us by Slack itself
_ANSWERING = (Acknowledge, Unacknowledge, Claim)
_TEACHING = (Choose, Reassign, Keep, Merge)


@dataclass(frozen=True, slots=True)
class Beside:
    """What else changes with a case, in the same transaction: `do` gets the case before and after, and who acted.

    `cases` are the others that it changes.
    """

    cases: tuple[str, ...]
    do: Doing


class UnknownCase(NotNow):
    """This message is not one of my present cards. Look for the ticket with /triage queue."""


async def case_at(services: Services, channel: str, ts: str, named: str = "") -> Case:
    """Return the case that a message shows, by our own record of it. Raises UnknownCase.

    A card that stands in Slack already may not be on record yet: then the case that it names counts.
    """
    async with services.store.reader() as connection:
        case = await by_card(connection, services.workspace, channel, ts)
        if case is None and not await is_placed(connection, services.workspace, channel, ts):
            case = await load(connection, named)
        strange = case is not None and not _may_stand(services, case, channel)
        if case is not None and strange and channel not in await alarms.called_in(connection, case.id):
            raise UnknownCase
    if case is None or case.workspace != services.workspace:
        raise UnknownCase
    return case


async def card_at(services: Services, channel: str, ts: str) -> Case | None:
    """Return the case whose present card a message is, None for a message that is not ours. Raises UnknownCase."""
    async with services.store.reader() as connection:
        case = await by_card(connection, services.workspace, channel, ts)
        if case is None and await is_placed(connection, services.workspace, channel, ts):
            raise UnknownCase
    return case


def _may_stand(services: Services, case: Case, channel: str) -> bool:
    """Whether a card of the case can be in that channel's workspace: its team's, or the usual one."""
    return apart(channel)[0] in ("", services.policy.known_team(case.home).workspace)


async def load_case(services: Services, case_id: str) -> Case:
    """Return the case with that id. Raises UnknownCase."""
    async with services.store.reader() as connection:
        case = await load(connection, case_id)
    if case is None or case.workspace != services.workspace:
        raise UnknownCase
    return case


async def may_act(services: Services, user: str, case: Case) -> Actor:
    """Return who acts, or note the refusal and raise NotAllowed."""
    person = await services.chat.person(user)
    try:
        return may_decide(person, case, services.policy)
    except NotAllowed as refusal:
        await _audit(services, case.id, person, refusal)
        raise


async def act(
    services: Services,
    user: str,
    case_id: str,
    make: Making,
    *,
    sent: Sent | None = None,
    beside: Beside | None = None,
    delivery: str = "",
) -> Case:
    """Do what a person decided and return the case as it is afterwards. `sent` tells of a draft that was edited.

    A `delivery` that came before changes nothing. Raises NotNow (or one of its kinds) with a sentence for the
    person; then nothing has changed.
    """
    services = services.still()
    person = await services.chat.person(user)
    await load_case(services, case_id)
    try:
        return await _decided(services, person, case_id, make, sent, beside, delivery)
    except NotAllowed as refusal:
        await _audit(services, case_id, person, refusal)
        raise
    except Stale as stale:
        if Change.AGE in stale.changes:
            await _draft_anew(services, case_id)
        raise


async def approve(services: Services, user: str, case_id: str, shown: str) -> Case:
    """Send the draft, if it still is what the person was shown. One that only acknowledges leaves the ticket open."""
    services = services.still()
    case = await load_case(services, case_id)
    await may_act(services, user, case)
    text = await asyncio.to_thread(draft_text, case)
    await asyncio.to_thread(must_be_sendable, case, text)
    return await act(services, user, case_id, lambda now, by: _sending(now)(by=by, shown=shown, text=text))


def _sending(case: Case) -> type[Approve | SendHolding]:
    only_acknowledges = case.analysis is not None and case.analysis.draft.grade is Grade.NEEDS_PERSON
    return SendHolding if only_acknowledges else Approve


async def edit(services: Services, user: str, case_id: str, shown: str, text: str) -> Case:
    """Send what the person wrote instead of the draft."""
    services = services.still()
    case = await load_case(services, case_id)
    await may_act(services, user, case)
    await asyncio.to_thread(must_be_sendable, case, text)
    sent = await asyncio.to_thread(_compared, case, text)
    return await act(services, user, case_id, lambda _, by: Edit(by=by, shown=shown, text=text), sent=sent)


async def say(services: Services, user: str, case_id: str, shown: str, after: int, text: str) -> Case:
    """Send words of a person's own, be it the first answer or a further one after so many."""
    services = services.still()
    case = await load_case(services, case_id)
    if case.open:
        return await edit(services, user, case_id, shown, text)
    await may_act(services, user, case)
    await asyncio.to_thread(must_be_sendable, case, text)
    return await act(services, user, case_id, lambda _, by: FollowUp(by=by, shown=shown, after=after, text=text))


def must_be_sendable(case: Case, text: str) -> None:
    """Raise Unsendable when a text still holds a placeholder for data that a customer must not get."""
    _, masked, _ = read(case.ticket)
    if strange := masked.unknown(text):
        raise Unsendable(f"Not sent: replace {', '.join(strange[:3])} by what the customer shall read.")


def draft_text(case: Case) -> str:
    """Return the draft with the customer's own data put back, as it would be sent. Takes milliseconds."""
    if case.analysis is None:
        return ""
    _, masked, _ = read(case.ticket)
    return masked.restore(case.analysis.draft.text)


def _compared(case: Case, text: str) -> Sent:
    return Sent(mask_text(text, case.ticket.customer).text, edit_distance(draft_text(case), text))


@again_on_conflict
async def _decided(
    services: Services,
    person: Person,
    case_id: str,
    make: Making,
    sent: Sent | None,
    beside: Beside | None,
    delivery: str,
) -> Case:
    now = services.clock.now()
    async with services.store.begin() as tx:
        if beside is not None:
            await lock(tx, case_id, *beside.cases)
        case = await load(tx.connection, case_id)
        assert case is not None  # nobody deletes a case under a person's hand
        if delivery and not await first_time(tx, SOURCE, delivery, case_id, now):
            return case
        made, actor = await _made(services, tx, person, case, make)  # in here: it may have moved to another team
        after = decide(case, made, services.policy, now)
        event = acted(made, actor, case, after)
        saved = await save(tx, timed(after, services.policy, now), event, now)
        await feedback.note(tx, hear(case, made, services.policy, now, sent), services.workspace)
        await owe(services, tx, saved, event)
        await follow(services, tx, case, saved, by=actor)
        if isinstance(made, _TEACHING):
            await enqueue(tx, Kind.LEARN, saved.id, now=now)
        if beside is not None:
            await beside.do(tx, case, saved, actor)
    return saved


async def _made(services: Services, tx: Transaction, person: Person, case: Case, make: Making) -> tuple[Act, Actor]:
    """Return what a person does. Who was called may answer the call and claim the case, and no more for that."""
    actor = may_answer(person, case, services.policy, await alarms.called(tx.connection, case.id))
    made = make(case, actor)
    if not isinstance(made, _ANSWERING):
        may_decide(person, case, services.policy)
    return made, actor


async def owe(services: Services, tx: Transaction, after: Case, event: Event) -> None:
    """Write down what follows from an event by which a case came to be as it is."""
    now = services.clock.now()
    await enqueue(tx, Kind.SHOW_CARD, after.id, now=now, priority=Priority.NOW)
    if after.sending is Sending.QUEUED:
        await enqueue(tx, Kind.SEND_REPLY, after.id, now=now, priority=Priority.NOW)
    if after.held is not None and after.held.sending is Sending.QUEUED:
        await enqueue(tx, Kind.SEND_HOLDING, after.id, now=now, priority=Priority.NOW)
    if after.status is Status.WAITING:
        await enqueue(tx, Kind.TRIAGE, after.id, now=now, priority=Priority.NOW)
    if after.status is Status.SNOOZED:
        await enqueue(tx, Kind.WAKE, after.id, now=now, run_at=after.snoozed_until)
    if is_told(event):
        await enqueue(tx, Kind.REMARK, after.id, now=now)
    await owe_assignee(services, tx, after, event)


@again_on_conflict
async def _audit(services: Services, case_id: str, person: Person, refusal: NotAllowed) -> None:
    async with services.store.begin() as tx:
        if case := await load(tx.connection, case_id):
            actor = Actor(id=person.id, name=person.name)
            refused = Event(kind="decision.refused", actor=actor, detail={"reason": str(refusal)})
            await save(tx, case, refused, services.clock.now())


@again_on_conflict
async def _draft_anew(services: Services, case_id: str) -> None:
    now = services.clock.now()
    async with services.store.begin() as tx:
        case = await load(tx.connection, case_id)
        if case is not None and case.status is Status.OPEN:
            await save(tx, case.but(status=Status.WAITING), Event(kind="case.expired", actor=DESK), now)
            await enqueue(tx, Kind.TRIAGE, case_id, now=now, priority=Priority.SOON)
