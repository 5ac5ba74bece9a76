"""New intents are named by a language model, where there is one: several at once, and each content once."""

import structlog

from handlers.retrying import again_on_conflict
from handlers.services import Services
from pipeline.case import DESK
from pipeline.errors import TriageError
from pipeline.intents import Intent, Standing, distinct
from pipeline.name_intents import AT_ONCE, Named, content_hash, name_intents
from storage import intent_log, intents

EXAMPLES = 5  # tickets of an intent that a model reads, beside the one in its middle


async def name_new(services: Services, fresh: frozenset[str]) -> None:
    """Name these intents. While the model is away they keep the names that their tickets' words gave them."""
    if services.model is None or not fresh:
        return
    async with services.store.reader() as connection:
        every = await intents.active(connection, services.workspace)
        mine = [each for each in every if each.id in fresh and not each.named]
        some = {each.id: await _examples(services, each) for each in mine}
        hashes = {id_: content_hash(words) for id_, words in some.items()}
        known = await intent_log.names_kept(connection, services.workspace, list(hashes.values()))
    others = [(each.id, each.name) for each in every if each.id not in fresh]
    asked = [each for each in mine if hashes[each.id] not in known]
    for start in range(0, len(asked), AT_ONCE):
        batch = asked[start : start + AT_ONCE]
        try:
            said = await name_intents([some[each.id] for each in batch], others, services.model)
        except TriageError as error:
            structlog.get_logger().warning("intents.not_named", error=type(error).__name__)
            break
        answers = {hashes[each.id]: one for each, one in zip(batch, said, strict=True) if one is not None}
        async with services.store.begin() as tx:
            await intent_log.keep_names(tx, services.workspace, answers)
        known |= answers
    for each in mine:
        if (found := known.get(hashes[each.id])) is not None:
            await _keep(services, each.id, found)


async def _examples(services: Services, intent: Intent) -> list[str]:
    async with services.store.reader() as connection:
        tickets = await intents.tickets_in(connection, services.workspace, intent.id, EXAMPLES)
    return [intent.words, *(each.words for each in tickets if each.words != intent.words)]


@again_on_conflict
async def _keep(services: Services, id_: str, found: Named) -> None:
    now = services.clock.now()
    async with services.store.begin() as tx:
        before = await intents.load_intent(tx.connection, services.workspace, id_)
        if before is None or before.named or before.standing is not Standing.ACTIVE or before.name == found.name:
            return
        others = await intents.active(tx.connection, services.workspace)
        name = distinct({id_: found.name}, [each.name for each in others if each.id != id_])[id_]
        await intents.save_intent(tx, before.model_copy(update={"name": name}))
        detail = {"from": before.name, "to": name, "by": "model"} | (
            {"same_as": found.same_as} if found.same_as else {}
        )
        await intent_log.changed(tx, services.workspace, id_, "intent.named", DESK, detail, now)
