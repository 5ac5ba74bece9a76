"""Who watches an intent is told when it grows: once for each time that it has grown by half."""

from datetime import datetime, timedelta

from handlers.once import Effect, once
from handlers.services import Services
from handlers.views.watched import unwatched, watched, watched_card
from pipeline.errors import Refused
from pipeline.intents import Intent, Standing
from storage import intent_log, intents
from storage.intent_figures import recent
from storage.intent_log import Watch
from storage.jobs import Job, Kind, enqueue, finish
from storage.store import Transaction

WEEK = timedelta(days=7)
GROWN, AT_LEAST = 1.5, 5  # times as many as when they were told last, and so many more
SOON = timedelta(minutes=1)  # many tickets within it are one look


async def watch(services: Services, person: str, intent: Intent) -> str:
    """Begin or end watching, and return what the person reads."""
    async with services.store.begin() as tx:
        now = await recent(tx.connection, intent.id, services.clock.now() - WEEK)
        if await intent_log.watch(tx, intent.id, person, now):
            return watched(intent, now)
        await intent_log.unwatch(tx, intent.id, person)
    return unwatched(intent)


async def owe_watchers(services: Services, tx: Transaction, intent: str) -> None:
    """Owe a look at an intent that has a further ticket, where somebody watches it."""
    now = services.clock.now()
    for each in await intent_log.watches(tx.connection, services.workspace):
        if each.intent == intent:
            await enqueue(tx, Kind.WATCHED, f"{each.intent}:{each.person}"[:64], now=now, run_at=now + SOON)


async def tell_watcher(services: Services, job: Job) -> None:
    """Tell somebody that what they watch has grown, if it has. Raises Unavailable to be called again."""
    id_, _, person = job.subject.partition(":")
    async with services.store.reader() as connection:
        every = await intent_log.watches(connection, services.workspace)
        intent = await intents.load_intent(connection, services.workspace, id_)
        now = await recent(connection, id_, services.clock.now() - WEEK)
    known = next((each for each in every if (each.intent, each.person) == (id_, person)), None)
    if known is not None and intent is not None and intent.standing is Standing.ACTIVE:
        if now >= max(GROWN * known.told, known.told + AT_LEAST):
            await _tell(services, job, intent, known, now)
        elif now >= known.told // 2:
            now = known.told
    async with services.store.begin() as tx:
        if known is not None and now != known.told:
            await intent_log.note_told(tx, known.model_copy(update={"told": now}))
        await finish(tx, job)


async def _tell(services: Services, job: Job, intent: Intent, known: Watch, now: int) -> None:
    card, key = watched_card(intent, known.told, now), f"watch:{known.intent}:{known.person}:{known.told}"[:128]
    try:
        channel = await services.chat.direct(known.person)
    except Refused:
        return  # they left, or take no messages

    async def do() -> str:
        return await services.chat.post(channel, card, key=key)

    async def ask(since: datetime) -> str | None:
        return await services.chat.find(channel, key, since=since)

    await once(services, job, Effect(key=key, case_id=None, do=do, ask=ask))
