"""A lead changes the policy: tried first, then written down with who and why, then in force."""

import asyncio
from collections.abc import Iterable, Sequence

from handlers.policies import Policies
from handlers.retrying import again_on_conflict
from handlers.services import Services
from pipeline.authorise import must_have
from pipeline.case import Actor
from pipeline.decide import NotNow
from pipeline.policy import Policy
from pipeline.policy_change import PolicyChange, Step, changed, combined, noted, standing, touching
from pipeline.ports import Clock, Person
from pipeline.roles import Right
from storage import policy_log
from storage.store import Store

LONGEST_WHY = 300
_OF_ROLES = ("leads", "admins", "roles", "everybody_looks")  # places that say who is what


class NothingChanged(NotNow):
    """This is what the policy says already."""


class Overtaken(NotNow):
    """Somebody changed the same place meanwhile. Open the form again to see what it says now."""


class NothingToUndo(NotNow):
    """No change stands that could be taken back: the policy is the file's."""


def lead_of(person: Person, policy: Policy) -> Actor:
    """Return who changes the policy. Raises NotAllowed with whom to ask."""
    return must_have(Right.POLICY, person, policy)


def may_take(person: Person, policy: Policy, steps: Iterable[Step]) -> Actor:
    """Return who takes these steps, some of which may say who is what. Raises NotAllowed."""
    if any(step.path[0] in _OF_ROLES for step in steps):
        return must_have(Right.ROLES, person, policy)
    return lead_of(person, policy)


async def change(services: Services, by: Actor, steps: Sequence[Step], why: str, seen: int) -> PolicyChange:
    """Change the policy as it was seen at the change `seen`, and return what was written down.

    Raises PolicyError with every mistake, or NotNow; then nothing has changed.
    """
    where = services.store, services.clock, services.policies, services.workspace
    made = await written(*where, by, steps, why, seen)
    await services.policies.catch_up(services.store, services.workspace)
    return made


async def undo(services: Services, by: Actor, number: int | None = None) -> PolicyChange:
    """Take the newest change back that stands, if it still is the one named. Raises NothingToUndo or Overtaken."""
    taken_back = await undone(services.store, services.clock, services.workspace, by, number)
    await services.policies.catch_up(services.store, services.workspace)
    return taken_back


@again_on_conflict
async def undone(store: Store, clock: Clock, workspace: str, by: Actor, number: int | None = None) -> PolicyChange:
    """Write down that the newest change that stands is taken back."""
    async with store.begin() as tx:
        log = await policy_log.changes(tx.connection, workspace)
        if not (stands := standing(log)):
            raise NothingToUndo
        if number not in (None, stands[-1].number):
            raise Overtaken("That is not the newest change any more. Look at /triage policy again.")
        taken_back = PolicyChange(number=log[-1].number + 1, at=clock.now(), by=by, undoes=stands[-1].number)
        await policy_log.append(tx, workspace, taken_back)
    return taken_back


async def tried(policies: Policies, store: Store, workspace: str, steps: Sequence[Step], seen: int) -> Policy:
    """Return the policy as these steps would make it. Raises as `change` does."""
    async with store.reader() as connection:
        log = await policy_log.changes(connection, workspace)
    return (await asyncio.to_thread(_tried, policies.base, log, steps, seen))[0]


@again_on_conflict
async def written(
    store: Store,
    clock: Clock,
    policies: Policies,
    workspace: str,
    by: Actor,
    steps: Sequence[Step],
    why: str,
    seen: int,
) -> PolicyChange:
    """Try a change and write it down, for whoever catches up next. Raises as `change` does."""
    async with store.reader() as connection:
        log = await policy_log.changes(connection, workspace)
    # Rules are tried outside of the transaction; whoever writes in between makes its number a conflict.
    _, real = await asyncio.to_thread(_tried, policies.base, log, steps, seen)
    made = PolicyChange(number=len(log) + 1, at=clock.now(), by=by, why=why[:LONGEST_WHY].strip(), steps=real)
    async with store.begin() as tx:
        await policy_log.append(tx, workspace, made)
    return made


def _tried(
    base: Policy, log: Sequence[PolicyChange], steps: Sequence[Step], seen: int
) -> tuple[Policy, tuple[Step, ...]]:
    policy = combined(base, log).policy
    before = policy if seen >= len(log) else combined(base, log[:seen]).policy
    if not (real := noted(policy, noted(before, steps))):  # what a form merely repeats was not asked for
        raise NothingChanged
    since = [step for each in log if each.number > seen for step in _of(each, log)]
    if touching(real, since):
        raise Overtaken
    return changed(policy, real), real


def _of(change: PolicyChange, log: Sequence[PolicyChange]) -> tuple[Step, ...]:
    """Return the steps that a change took, or took back."""
    return change.steps if change.undoes is None else log[change.undoes - 1].steps
