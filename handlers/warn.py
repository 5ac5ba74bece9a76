"""A target is about to be missed: find the cases, and say so once in each card's thread."""

from datetime import datetime, timedelta

from handlers.retrying import again_on_conflict
from handlers.services import Services
from pipeline.case import DESK, Case
from pipeline.policy import Policy
from pipeline.sla import share_used
from storage.cases import Event, load, save, undecided
from storage.jobs import Job, Kind, enqueue, finish
from storage.outbox import first_tick

WARN_AT = (0.8, 1.0)  # shares of the target that are used up


async def find_breaches(services: Services) -> int:
    """Owe a warning for each undecided case that has used up a share of its target. Returns how many."""
    now = services.clock.now()
    async with services.store.reader() as connection:
        due_before = now + _horizon(services.policy)
        cases = await undecided(connection, services.workspace, due_before=due_before, limit=1000)
    return sum([await _owe_warning(services, case, now) for case in cases])


async def _owe_warning(services: Services, case: Case, now: datetime) -> bool:
    """Owe the warning for the highest share that was not told yet; a lower one says nothing beside it."""
    assert case.due_at is not None
    used = share_used(case.created_at, case.due_at, now)
    if not (reached := [share for share in WARN_AT if used >= share]):
        return False
    async with services.store.begin() as tx:
        slots = {share: f"{case.id}:{case.due_at:%m%d%H%M%S}:{share:.0%}"[:32] for share in reached}
        new = [share for share, slot in slots.items() if await first_tick(tx, "sla", slot, now)]
        if max(reached) not in new:
            return False
        await enqueue(tx, Kind.WARN, f"{case.id}:{max(new):.0%}", now=now, priority=1)
    return True


def _horizon(policy: Policy) -> timedelta:
    """Return what is left of the longest target when its first share is used up, and a minute for rounding."""
    longest = max(hours for category in policy.categories for hours in category.sla_hours.values())
    return timedelta(hours=longest * (1 - min(WARN_AT)), minutes=1)


@again_on_conflict
async def warn(services: Services, job: Job) -> None:
    """Note the warning in the case's history, which its card's thread tells."""
    case_id, _, percent = job.subject.partition(":")
    now = services.clock.now()
    async with services.store.begin() as tx:
        await finish(tx, job)
        case = await load(tx.connection, case_id)
        if case is None or not case.open:
            return
        await save(tx, case, Event(kind="sla.warned", actor=DESK, detail={"percent": percent.removesuffix("%")}), now)
        await enqueue(tx, Kind.SHOW_CARD, case_id, now=now, priority=1)
