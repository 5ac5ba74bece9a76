"""Alarms follow their case: raised, acknowledged and ended in the transaction of what causes that."""

from datetime import timedelta

from handlers.services import Services
from pipeline.alarm import ACTED, Alarm, Condition, End, begun, ending, is_quiet, owner_of, raised
from pipeline.case import Actor, Case
from pipeline.chain import Occasion
from storage import alarms, homes
from storage.cards import CARD, placed
from storage.cases import new_id
from storage.jobs import Kind, Priority, enqueue
from storage.quiet import hushed
from storage.store import Transaction

PATIENCE = timedelta(minutes=2)
"""How long the first call waits for a card to stand below; without one, it is made all the same."""


async def follow(
    services: Services, tx: Transaction, before: Case, after: Case, *, by: Actor | None = None, answered: bool = False
) -> None:
    """Bring a case's alarm, and the Homes that show the case, in step with a change saved in this transaction.

    `by` is the person who changed it, if it was one; `answered` says that somebody wrote to the customer elsewhere.
    """
    await homes.owe(tx, before, after, services.clock.now())
    known = await alarms.latest(tx.connection, after.id)
    current = known if known is not None and known.condition is not Condition.OVER else None
    if current is not None:
        if end := End.ANSWERED if answered else ending(current, before, after):
            known, current = await over(services, tx, current, end, by), None
        else:
            current = await _heard(services, tx, current, before, after)
    occasion = raised(before, after, current, known)
    takes_it = known is not None and known.end is End.MOVED and by is not None and after.agent == by.name
    if occasion is not None and not takes_it:
        await begin(services, tx, after, occasion, current, owner=owner_of(after), by=by)


async def begin(
    services: Services,
    tx: Transaction,
    case: Case,
    occasion: Occasion,
    current: Alarm | None,
    *,
    owner: str,
    by: Actor | None = None,
) -> None:
    """Raise an alarm; the present one, if there is one, is over with it. The case was saved in this transaction."""
    now = services.clock.now()
    if current is not None:
        await over(services, tx, current, End.OVERTAKEN, by)
    team = services.policy.known_team(case.home if occasion.escalates else case.team or case.home)
    alarm = begun(case, occasion, team.chains, id=new_id(), by=by, owner=owner, now=now)
    if is_quiet(alarm, await hushed(tx.connection, services.workspace)):
        await alarms.create(tx, alarm.over(End.QUIET, None, now))
        return
    await alarms.create(tx, alarm)
    shown = any(one.role == CARD and one.placement == case.placement for one in await placed(tx.connection, case.id))
    await enqueue(
        tx, Kind.CALL, f"{alarm.id}:0", now=now, run_at=now if shown else now + PATIENCE, priority=Priority.NOW
    )


async def over(services: Services, tx: Transaction, alarm: Alarm, end: End, by: Actor | None) -> Alarm:
    """End an alarm, and note of its calls whether somebody acted. Returns it as it is then."""
    now = services.clock.now()
    ended = alarm.over(end, by, now)
    await alarms.keep(tx, ended)
    if end in ACTED or end is End.CALLED_OFF:
        await alarms.score(tx, ended, end, by, now)
    await enqueue(tx, Kind.SHOW_CALLS, alarm.id, now=now, priority=Priority.NOW)
    return ended


async def hasten(services: Services, tx: Transaction, case_id: str) -> None:
    """Make the first call that waits for a card now, because the card stands."""
    alarm = await alarms.latest(tx.connection, case_id)
    if alarm is not None and alarm.calls(0):
        await enqueue(tx, Kind.CALL, f"{alarm.id}:0", now=services.clock.now(), priority=Priority.NOW)


async def _heard(services: Services, tx: Transaction, alarm: Alarm, before: Case, after: Case) -> Alarm:
    """Rest while somebody has acknowledged the call, and go on when they take that back."""
    now = services.clock.now()
    if after.acknowledged == before.acknowledged:
        return alarm
    if after.acknowledged is not None:
        changed = alarm.acknowledged(after.acknowledged.by, now)
        await alarms.score(tx, changed, End.ACKNOWLEDGED, after.acknowledged.by, now)
    else:
        changed = alarm.resumed(now)
        if changed.next_at is not None:
            await enqueue(
                tx, Kind.CALL, f"{alarm.id}:{changed.step}", now=now, run_at=changed.next_at, priority=Priority.NOW
            )
    await alarms.keep(tx, changed)
    await enqueue(tx, Kind.SHOW_CALLS, alarm.id, now=now, priority=Priority.NOW)
    return changed
