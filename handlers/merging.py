"""Somebody merges a ticket into another one of its customer, or takes it out again: two cases, one transaction."""

from handlers.alarms import follow
from handlers.decisions import Beside, act, load_case, owe
from handlers.services import Services
from pipeline.acts import Merge, Reopen
from pipeline.authorise import may_decide
from pipeline.case import Actor, Case, Verdict
from pipeline.decide import AlreadyDecided, NotNow
from pipeline.merge import absorbing, parting, same_customer
from pipeline.sla import timed
from storage.cases import Event, load, save, undecided
from storage.store import Transaction

MOST_READ = 500
MOST_OFFERED = 25


class NotTheirs(NotNow):
    """That ticket is not surely of the same customer, who would read what somebody else wrote. Answer both."""


async def mergeable(services: Services, case: Case) -> tuple[Case, ...]:
    """Return the undecided cases of the same customer, the most pressing first."""
    async with services.store.reader() as connection:
        others = await undecided(connection, services.workspace, limit=MOST_READ)
    return tuple(each for each in others if each.id != case.id and same_customer(case, each))[:MOST_OFFERED]


async def merge(services: Services, user: str, case_id: str, into: str) -> Case:
    """Close a case and let another one go on with what its customer wrote. Raises NotNow."""
    services = services.still()
    survivor = await load_case(services, into)
    person = await services.chat.person(user)

    async def absorb(tx: Transaction, before: Case, _after: Case, by: Actor) -> None:
        fresh = await load(tx.connection, into)
        assert fresh is not None
        may_decide(person, fresh, services.policy)
        if fresh.decision is not None:
            raise AlreadyDecided(fresh.decision)
        if not same_customer(before, fresh):
            raise NotTheirs
        await _save(
            services, tx, fresh, absorbing(fresh, before), Event(kind="case.absorbed", actor=by, detail=_other(before))
        )

    category = survivor.chosen_category
    return await act(
        services,
        user,
        case_id,
        lambda _, by: Merge(by=by, into=into, category=category),
        beside=Beside((into,), absorb),
    )


async def reopen(services: Services, user: str, case: Case) -> Case:
    """Reopen a closed case; one that was merged is taken out of the other again."""
    merged = case.decision is not None and case.decision.verdict is Verdict.MERGED

    async def part(tx: Transaction, before: Case, _after: Case, by: Actor) -> None:
        fresh = await load(tx.connection, before.duplicate_of)
        if fresh is not None and (left := parting(fresh, before.id)) != fresh:
            await _save(services, tx, fresh, left, Event(kind="case.parted", actor=by, detail=_other(before)))

    beside = Beside((case.duplicate_of,), part) if merged else None
    return await act(services, user, case.id, lambda _, by: Reopen(by=by), beside=beside)


async def _save(services: Services, tx: Transaction, before: Case, after: Case, event: Event) -> None:
    now = services.clock.now()
    saved = await save(tx, timed(after, services.policy, now), event, now)
    await follow(services, tx, before, saved, by=event.actor)
    await owe(services, tx, saved, event)


def _other(case: Case) -> dict[str, str]:
    return {"other": case.id}
