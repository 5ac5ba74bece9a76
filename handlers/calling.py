"""A step of an alarm's chain came due: call whoever it means, once, and owe the next."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.once import Effect, once
from handlers.retrying import again_on_conflict
from handlers.services import Services
from handlers.summoning import DueStep, due_step, summoned
from handlers.views.call import call_card
from pipeline.alarm import Alarm, Condition
from pipeline.case import DESK, Case
from pipeline.chain import Occasion
from pipeline.errors import Refused
from pipeline.ports import Card
from pipeline.summon import Held, Passed
from storage import alarms, outbox
from storage.alarms import Call
from storage.cards import Placed
from storage.cases import Event, load, save
from storage.jobs import Job, Kind, Priority, enqueue, finish
from storage.store import Transaction

_ANSWERED = "answered_meanwhile"


async def call(services: Services, job: Job) -> None:
    """Make the call that a step means. Raises Unavailable to be called again."""
    step = await due_step(services, job.subject)
    if step is None or not (step.wanted or await _tried(services, step)):
        await _finish(services, job)
        return
    planned = step.call or await summoned(services, step)
    match planned:
        case Held():
            await _hold(services, job, planned)
        case Passed():
            await _pass_over(services, job, planned)
        case Call():
            await _make(services, job, step, planned)


async def give_up_call(services: Services, job: Job, reason: str) -> None:
    """Go on to the next of the chain, because a call failed for a reason of ours."""
    step = await due_step(services, job.subject)
    planned = step.call if step else None
    passed = Passed(planned.who if planned else "somebody", f"could not be called: {reason}")
    await _pass_over(services, job, passed, planned)


async def shown_call(services: Services, alarm: Alarm, case: Case, made: Call, card: Placed | None) -> Card:
    """Return the message of a call as it is now; away from the card it leads there."""
    link = ""
    if made.thread is None and card is not None:
        try:
            link = await services.chat.permalink(card.channel, card.ts)
        except Refused:
            link = ""  # somebody deleted the card: a call without the way to it is better than none
    loud = alarm.occasion is Occasion.CRITICAL
    return call_card(case, alarm, user=made.user, link=link, everybody=loud and not made.user)


async def _tried(services: Services, step: DueStep) -> bool:
    """Whether the call may have gone out already, so that its outcome has to be found out and kept."""
    async with services.store.reader() as connection:
        return step.call is not None and await outbox.effect(connection, step.key) is not None


async def _make(services: Services, job: Job, step: DueStep, planned: Call) -> None:
    if step.call is None:
        async with services.store.begin() as tx:
            await alarms.plan(tx, planned)
    try:
        ts = await once(services, job, await _posting(services, step, planned))
    except Refused as refusal:
        if refusal.code == _ANSWERED:
            await _finish(services, job, planned)
        else:
            await _pass_over(services, job, Passed(planned.who, str(refusal)), planned)
        return
    await _called(services, job, planned, ts)


async def _posting(services: Services, step: DueStep, planned: Call) -> Effect:
    shown = await shown_call(services, step.alarm, step.case, planned, step.card)

    async def do() -> str:
        async with services.store.reader() as connection:  # as late as can be: an answer ends it at once
            alarm = await alarms.load(connection, planned.alarm_id)
        if alarm is None or not alarm.calls(planned.step):
            raise Refused("answered meanwhile", code=_ANSWERED)
        return await services.chat.post(planned.channel, shown, key=step.key, thread=planned.thread)

    async def ask(since: datetime) -> str | None:
        return await services.chat.find(planned.channel, step.key, since=since, thread=planned.thread)

    return Effect(key=step.key, case_id=step.case.id, do=do, ask=ask)


@again_on_conflict
async def _called(services: Services, job: Job, made: Call, ts: str) -> None:
    """Note that a call went out, and owe the next one."""
    now = services.clock.now()
    async with services.store.begin() as tx:
        await finish(tx, job)
        case, alarm = await _now(tx.connection, made.alarm_id)
        await alarms.sent(tx, made, ts, now)
        if alarm.step == made.step and alarm.condition is not Condition.OVER:
            await alarms.keep(tx, alarm := alarm.advanced(now))
        how = "thread" if made.thread else "direct" if made.user else "channel"
        detail = {"who": made.who, "how": how, "occasion": alarm.occasion.value}
        await _tell(tx, case, Event(kind="call.made", actor=DESK, detail=detail), now)
        await _owe_next(tx, alarm, now)
        if alarm.condition is not Condition.CALLING:
            await enqueue(tx, Kind.SHOW_CALLS, alarm.id, now=now, priority=Priority.NOW)


@again_on_conflict
async def _hold(services: Services, job: Job, held: Held) -> None:
    """Let a call wait until it reaches somebody."""
    now = services.clock.now()
    async with services.store.begin() as tx:
        await finish(tx, job)
        case, alarm = await _now(tx.connection, job.subject.partition(":")[0])
        if not alarm.calls(_number(job)):
            return
        await alarms.keep(tx, alarm := alarm.held(held.until))
        detail = {"who": held.who, "reason": held.reason, "until": held.until.isoformat()}
        await _tell(tx, case, Event(kind="call.held", actor=DESK, detail=detail), now)
        await _owe_next(tx, alarm, now)


@again_on_conflict
async def _pass_over(services: Services, job: Job, passed: Passed, dropped: Call | None = None) -> None:
    """Go on to the next of the chain at once: whoever knows already had the time before."""
    now = services.clock.now()
    async with services.store.begin() as tx:
        await finish(tx, job)
        case, alarm = await _now(tx.connection, job.subject.partition(":")[0])
        if dropped is not None:
            await alarms.drop(tx, dropped)
        if not alarm.calls(_number(job)):
            return
        await alarms.keep(tx, alarm := alarm.advanced(now, at_once=True))
        detail = {"who": passed.who[:160], "reason": passed.reason[:300]}
        await _tell(tx, case, Event(kind="call.passed", actor=DESK, detail=detail), now)
        await _owe_next(tx, alarm, now)


async def _now(connection: AsyncConnection, alarm_id: str) -> tuple[Case, Alarm]:
    """Return a case and its alarm. The case is read first: who changes the alarm afterwards changes it, too."""
    known = await alarms.load(connection, alarm_id)
    assert known is not None
    case = await load(connection, known.case_id)
    alarm = await alarms.load(connection, alarm_id)
    assert case is not None
    assert alarm is not None
    return case, alarm


async def _tell(tx: Transaction, case: Case, event: Event, now: datetime) -> None:
    await save(tx, case, event, now)
    await enqueue(tx, Kind.SHOW_CARD, case.id, now=now, priority=Priority.SOON)


async def _owe_next(tx: Transaction, alarm: Alarm, now: datetime) -> None:
    if alarm.condition is Condition.CALLING and alarm.next_at is not None:
        await enqueue(tx, Kind.CALL, f"{alarm.id}:{alarm.step}", now=now, run_at=alarm.next_at, priority=Priority.NOW)


async def _finish(services: Services, job: Job, dropped: Call | None = None) -> None:
    async with services.store.begin() as tx:
        await finish(tx, job)
        if dropped is not None:
            await alarms.drop(tx, dropped)


def _number(job: Job) -> int:
    return int(job.subject.partition(":")[2])
