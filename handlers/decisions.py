"""A person clicked: authorise and decide, in one transaction with the work that follows."""

import asyncio
from collections.abc import Callable
from difflib import SequenceMatcher

from handlers.retrying import again_on_conflict
from handlers.services import Services
from pipeline.authorise import NotAllowed, may_decide
from pipeline.case import DESK, Actor, Case, Sending, Status
from pipeline.decide import (
    Act,
    Approve,
    CallOff,
    Change,
    Choose,
    Claim,
    Dismiss,
    Edit,
    Escalate,
    Keep,
    MarkDuplicate,
    NotNow,
    Rate,
    Reassign,
    Regenerate,
    Reopen,
    Snooze,
    Stale,
    Unsendable,
    decide,
)
from pipeline.feedback import edit_distance
from pipeline.hear import Sent, hear
from pipeline.mask import mask_text
from pipeline.ports import Person
from pipeline.triage import read
from storage import feedback
from storage.cards import is_placed
from storage.cases import Event, by_card, load, save, undecided
from storage.jobs import Kind, enqueue
from storage.store import Transaction

__all__ = [
    "NotAllowed",
    "UnknownCase",
    "act",
    "approve",
    "case_at",
    "draft_text",
    "edit",
    "load_case",
    "suggestions",
]

Making = Callable[[Case, Actor], Act]

_KINDS: dict[type[Act], str] = {
    Approve: "case.approved",
    Edit: "case.edited",
    Reassign: "case.reassigned",
    Choose: "case.category_chosen",
    Claim: "case.claimed",
    Dismiss: "case.dismissed",
    MarkDuplicate: "case.marked_duplicate",
    Snooze: "case.snoozed",
    Reopen: "case.reopened",
    Escalate: "case.escalated",
    CallOff: "case.called_off",
    Rate: "draft.rated",
    Keep: "answer.kept",
    Regenerate: "draft.asked_anew",
}
_TEACHING = (Choose, Reassign, Keep)


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
    if case is None or case.workspace != services.workspace:
        raise UnknownCase
    return case


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


async def act(services: Services, user: str, case_id: str, make: Making, sent: Sent | None = None) -> Case:
    """Do what a person decided and return the case as it is afterwards. `sent` tells of a draft that was edited.

    Raises NotNow (or one of its kinds) with a sentence for the person; then nothing has changed.
    """
    person = await services.chat.person(user)
    await load_case(services, case_id)
    try:
        return await _decided(services, person, case_id, make, sent)
    except NotAllowed as refusal:
        await _audit(services, case_id, person, refusal)
        raise
    except Stale as stale:
        if Change.AGE in stale.changes:
            await _draft_anew(services, case_id)
        raise


async def approve(services: Services, user: str, case_id: str, shown: str) -> Case:
    """Send the draft, if it still is what the person was shown."""
    case = await load_case(services, case_id)
    await may_act(services, user, case)
    text = await asyncio.to_thread(draft_text, case)
    await asyncio.to_thread(must_be_sendable, case, text)
    return await act(services, user, case_id, lambda _, by: Approve(by=by, shown=shown, text=text))


async def edit(services: Services, user: str, case_id: str, shown: str, text: str) -> Case:
    """Send what the person wrote instead of the draft."""
    case = await load_case(services, case_id)
    await may_act(services, user, case)
    await asyncio.to_thread(must_be_sendable, case, text)
    sent = await asyncio.to_thread(_compared, case, text)
    return await act(services, user, case_id, lambda _, by: Edit(by=by, shown=shown, text=text), sent)


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


async def suggestions(services: Services, case: Case) -> tuple[Case, ...]:
    """Return up to 25 undecided cases that this one may duplicate, likeliest first."""
    async with services.store.reader() as connection:
        others = await undecided(connection, services.workspace, limit=200)
    ranked = sorted((other for other in others if other.id != case.id), key=lambda other: -_likeness(case, other))
    return tuple(ranked[:25])


@again_on_conflict
async def _decided(services: Services, person: Person, case_id: str, make: Making, sent: Sent | None) -> Case:
    now = services.clock.now()
    async with services.store.begin() as tx:
        case = await load(tx.connection, case_id)
        assert case is not None  # nobody deletes a case under a person's hand
        actor = may_decide(person, case, services.policy)  # in here, since it may have moved to another team
        made = make(case, actor)
        after = decide(case, made, services.policy, now)
        saved = await save(tx, after, Event(kind=_kind(made, after), actor=actor, detail=_detail(made)), now)
        await feedback.note(tx, hear(case, made, services.policy, now, sent), services.workspace)
        await _owe(services, tx, saved)
        if isinstance(made, _TEACHING):
            await enqueue(tx, Kind.LEARN, saved.id, now=now)
    return saved


async def _owe(services: Services, tx: Transaction, after: Case) -> None:
    now = services.clock.now()
    await enqueue(tx, Kind.SHOW_CARD, after.id, now=now, priority=0)
    if after.sending is Sending.QUEUED:
        await enqueue(tx, Kind.SEND_REPLY, after.id, now=now, priority=0)
    if after.status is Status.WAITING:
        await enqueue(tx, Kind.TRIAGE, after.id, now=now, priority=0)
    if after.status is Status.SNOOZED:
        await enqueue(tx, Kind.WAKE, after.id, now=now, run_at=after.snoozed_until)


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
            await enqueue(tx, Kind.TRIAGE, case_id, now=now, priority=1)


def _kind(made: Act, after: Case) -> str:
    if isinstance(made, Claim) and after.claimed_by is None:
        return "case.released"
    return _KINDS[type(made)]


def _detail(made: Act) -> dict[str, str]:
    match made:
        case Reassign(team=team, agent=agent, reason=reason):
            return {"team": team, "agent": agent, "reason": reason}
        case Choose(category=category):
            return {"category": category}
        case MarkDuplicate(of=of):
            return {"of": of}
        case Snooze(until=until):
            return {"until": until.isoformat()}
        case Rate(good=good):
            return {"rating": "up" if good else "down"}
        case Regenerate(instruction=instruction):
            return {"instruction": instruction}
        case Keep(worth=worth):
            return {"worth": worth.value}
        case _:
            return {}


def _likeness(case: Case, other: Case) -> float:
    same_writer = bool(case.ticket.customer.email) and case.ticket.customer.email == other.ticket.customer.email
    alike = SequenceMatcher(None, case.ticket.subject.casefold(), other.ticket.subject.casefold()).ratio()
    return alike + (0.5 if same_writer else 0.0)
