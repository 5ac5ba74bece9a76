"""More cards than a channel takes: patient tickets become lines of its digest, and get their cards later."""

from datetime import timedelta

from handlers.once import begun
from handlers.services import Services
from pipeline.case import Case
from pipeline.errors import Refused, Unavailable
from pipeline.fold import foldable
from pipeline.policy import Policy
from storage import folds
from storage.folds import Fold
from storage.jobs import Kind, Priority, enqueue
from storage.store import Transaction

MOST_OWED = 10  # first cards that a channel's people shall wait for before patient tickets fold
LONG = 5.0  # seconds of waiting that Slack asks for, from which a line is better than nothing
EVERY = timedelta(seconds=10)  # between two looks at a digest


async def is_line(services: Services, case: Case, channel_name: str) -> bool:
    """Whether a case is a line of a digest now, in place of its first card; under pressure it becomes one."""
    async with services.store.reader() as connection:
        known = await folds.fold_of(connection, case.id)
    if known is not None and known.released:
        return False
    if not await _patient(services, case):
        if known is not None:
            await _release(services, known)
        return False
    if known is not None:
        async with services.store.begin() as tx:
            await owe_digest(services, tx, known.channel)
        return True
    try:
        channel = await services.chat.channel(channel_name)
    except Refused:
        return False  # the fallback channel takes its card, with the reason
    return await pressed(services, channel, channel_name) and await _fold(services, case, channel)


async def folds_instead(services: Services, case: Case, channel_name: str, wait: Unavailable) -> bool:
    """Make a case a line when its card would have to wait long. Returns whether it is one now."""
    if (wait.retry_after or 0.0) < LONG or not await _patient(services, case):
        return False
    async with services.store.reader() as connection:
        if await folds.fold_of(connection, case.id) is not None:
            return False  # its turn has come, so it waits for its card
    try:
        channel = await services.chat.channel(channel_name)
    except Refused:
        return False  # a digest could not be shown there, either
    return await _fold(services, case, channel)


async def pressed(services: Services, channel: str, channel_name: str) -> bool:
    """Whether a channel is owed more first cards than its people shall wait for, or has a digest already."""
    async with services.store.reader() as connection:
        if await folds.count(connection, services.workspace, channel, waiting=True):
            return True
        teams = teams_in(services.policy, channel_name)
        return await folds.cards_owed(connection, services.workspace, teams, MOST_OWED + 1) > MOST_OWED


def teams_in(policy: Policy, channel_name: str) -> tuple[str, ...]:
    """Return the names of the teams whose cards go to a channel."""
    return tuple(team.name for team in policy.teams if team.address == channel_name)


async def owe_digest(services: Services, tx: Transaction, channel: str, *, at_once: bool = False) -> None:
    """Owe a look at a channel's digest, soon; many that are owed within that time are one."""
    now = services.clock.now()
    run_at = now if at_once else now + EVERY
    await enqueue(tx, Kind.DIGEST, channel, now=now, run_at=run_at, priority=Priority.HIGH)


async def _patient(services: Services, case: Case) -> bool:
    """Whether the case can do with a line, and its card surely does not stand yet."""
    key = f"card:{case.id}:{case.placement}"
    if not foldable(case, services.clock.now()):
        return False
    return not (await begun(services, key) or await begun(services, f"{key}:fallback"))


async def _fold(services: Services, case: Case, channel: str) -> bool:
    now = services.clock.now()
    async with services.store.begin() as tx:
        first = not await folds.count(tx.connection, services.workspace, channel)
        await folds.fold(tx, case, channel, now)
        await owe_digest(services, tx, channel, at_once=first)
    return True


async def _release(services: Services, known: Fold) -> None:
    async with services.store.begin() as tx:
        await folds.release(tx, [known.case_id])
