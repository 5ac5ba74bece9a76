"""Each week leads are asked about the tree of intents, and their answers shape it."""

from datetime import datetime, timedelta

from handlers.intents import merge_into
from handlers.services import Services
from pipeline.case import Actor
from pipeline.intent_doubts import Doubt, Matter, doubts
from pipeline.intents import Standing
from pipeline.review import Proposal
from storage import intent_log, intents, reviews
from storage.store import Transaction

REST = timedelta(weeks=8)  # that what was answered is not asked again
RECENT = timedelta(weeks=1)


async def doubts_of(services: Services, now: datetime) -> tuple[Proposal, ...]:
    """Return what leads should be asked about intents."""
    if services.embedder is None:
        return ()
    async with services.store.reader() as connection:
        known = await intents.centres(connection, services.workspace, services.embedder.name)
        answered = await reviews.answered_doubts(connection, services.workspace, now - REST)
        log = await intent_log.changes(connection, services.workspace)
    said = {each.intent: each.detail["same_as"] for each in log if "same_as" in each.detail and each.at >= now - RECENT}
    by_id = {each.id: each for each in known.intents}
    return tuple(
        Proposal(
            doubt=each,
            shown=by_id[each.intent].name,
            chosen=by_id[each.other].name if each.other else "",
            hits=by_id[each.intent].size,
            total=by_id[each.intent].size,
            excerpt=by_id[each.intent].words[:160],
        )
        for each in doubts(known.intents, known.matrix, said, answered, now)
    )


async def settle_doubt(services: Services, tx: Transaction, doubt: Doubt, by: Actor, *, accepted: bool) -> None:
    """Do what a lead answered. What has changed meanwhile, so that the question is void, stays as it is."""
    one = await intents.load_intent(tx.connection, services.workspace, doubt.intent)
    other = await intents.load_intent(tx.connection, services.workspace, doubt.other) if doubt.other else None
    if one is None or one.standing is not Standing.ACTIVE:
        return
    if doubt.matter is Matter.NEW and accepted:
        await intents.save_intent(tx, one.model_copy(update={"settled": True}))
        await intent_log.changed(tx, services.workspace, one.id, "intent.accepted", by, {}, services.clock.now())
    elif other is not None and other.standing is Standing.ACTIVE and accepted is not (doubt.matter is Matter.NEW):
        await merge_into(services, tx, one, other, by)
