"""A target is about to be missed: find the cases, say so once in each card's thread, and call who can still help."""

from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.alarms import begin
from handlers.retrying import again_on_conflict
from handlers.services import Services
from pipeline.alarm import Alarm, Condition, owner_of
from pipeline.case import DESK, Case, Status
from pipeline.chain import Occasion
from pipeline.sla import share_reached, timed
from pipeline.timer import AT_RISK
from storage import alarms
from storage.cases import Event, load, save, to_warn_of
from storage.jobs import Job, Kind, Priority, enqueue, finish

PAGE = 500  # cases


async def find_breaches(services: Services) -> int:
    """Owe a warning for each undecided case of whose clock people are to be told. Returns how many."""
    now, owed, last = services.clock.now(), 0, ""
    while True:
        async with services.store.reader() as connection:
            page = await to_warn_of(connection, services.workspace, now, after=last, limit=PAGE)
        if page:
            async with services.store.begin() as tx:
                for case_id in page:
                    await enqueue(tx, Kind.WARN, case_id, now=now, priority=Priority.SOON)
        owed += len(page)
        if len(page) < PAGE:
            return owed
        last = page[-1]


@again_on_conflict
async def warn(services: Services, job: Job) -> None:
    """Note the highest share that is used up in the case's history, which its card's thread tells; call where it helps.

    The case remembers of what people were told: whoever comes second finds nothing to tell.
    """
    now = services.clock.now()
    async with services.store.begin() as tx:
        await finish(tx, job)
        case = await load(tx.connection, job.subject)
        if case is None or case.status not in (Status.WAITING, Status.OPEN):
            return
        case = timed(case, services.policy, now)
        share = share_reached(case, services.policy, now)
        if case.timer is None or share <= case.timer.told:
            await save(tx, case, Event(kind="sla.timed", actor=DESK), now)  # the policy's hours are others by now
            return
        current = await _current(tx.connection, case)
        joins = current is not None and current.occasion.escalates and current.condition is Condition.CALLING
        calls = share >= AT_RISK and not joins
        told = case.but(timer=case.timer.model_copy(update={"told": share}))
        if calls:
            told = told.but(acknowledged=None)  # who said so has not answered, and hears it first
        detail = {"percent": f"{share * 100:.0f}", "aim": case.timer.aim.value}
        event = Event(kind="sla.warned", actor=DESK, detail=detail)
        saved = await save(tx, timed(told, services.policy, now), event, now)
        await enqueue(tx, Kind.SHOW_CARD, case.id, now=now, priority=Priority.SOON)
        if calls:
            occasion = Occasion.OVERDUE if share >= 1 else Occasion.DUE
            await begin(services, tx, saved, occasion, current, owner=owner_of(case))


async def _current(connection: AsyncConnection, case: Case) -> Alarm | None:
    alarm = await alarms.latest(connection, case.id)
    return None if alarm is None or alarm.condition is Condition.OVER else alarm
