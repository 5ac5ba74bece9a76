"""What leads do with intents: each act authorised at the click, sealed, and heeded by every later batch."""

from collections.abc import Mapping, Sequence

import numpy as np

from handlers.retrying import again_on_conflict
from handlers.services import Services
from pipeline.authorise import must_lead
from pipeline.case import Actor
from pipeline.decide import NotNow
from pipeline.intents import LONGEST_NAME, By, Intent, Standing, TicketIntent, distinct
from pipeline.matching import Judged, centre_of
from pipeline.neighbours import Vectors
from storage import intent_log, intents
from storage.cases import new_id
from storage.intents import Batch
from storage.store import Transaction

MOST = 20_000  # tickets of one intent that a change of its shape looks at


class NoIntent(NotNow):
    """This cluster is not there any more: others took its tickets. Ask /triage cluster again."""


class NotNamed(NotNow):
    """Another cluster has this name already. Merge the two, or choose another name."""


async def the_intent(services: Services, id_: str) -> Intent:
    """Return an intent that takes tickets. Raises NoIntent."""
    async with services.store.reader() as connection:
        found = await intents.load_intent(connection, services.workspace, id_)
    if found is None or found.standing is not Standing.ACTIVE:
        raise NoIntent
    return found


async def leads(services: Services, user: str) -> Actor:
    """Return who acts. Raises NotAllowed with who can help."""
    return must_lead(await services.chat.person(user), services.policy)


@again_on_conflict
async def rename(services: Services, user: str, id_: str, name: str) -> Intent:
    """Give an intent another name."""
    by, name = await leads(services, user), " ".join(name.split())[:LONGEST_NAME]
    async with services.store.begin() as tx:
        before = await _present(services, tx, id_)
        if not name or name == before.name:
            return before
        others = await intents.active(tx.connection, services.workspace)
        if any(each.id != id_ and each.name.casefold() == name.casefold() for each in others):
            raise NotNamed
        after = await intents.save_intent(tx, before.model_copy(update={"name": name, "named": True}))
        await _note(services, tx, after, "intent.renamed", by, {"from": before.name, "to": name})
    return after


@again_on_conflict
async def file(services: Services, user: str, id_: str, l1: str, l2: str) -> Intent:
    """Move an intent to another place in the tree."""
    by, l2 = await leads(services, user), " ".join(l2.split())[:LONGEST_NAME]
    if l1 not in {category.name for category in services.policy.categories}:
        raise NotNow("That category is no longer in the policy.")
    async with services.store.begin() as tx:
        before = await _present(services, tx, id_)
        after = await intents.save_intent(tx, before.model_copy(update={"l1": l1, "l2": l2, "filed": True}))
        detail = {"from": f"{before.l1} › {before.l2}", "to": f"{l1} › {l2}"}
        await _note(services, tx, after, "intent.filed", by, detail)
    return after


@again_on_conflict
async def merge_intents(services: Services, user: str, one: str, into: str) -> Intent:
    """Let an intent go on within another, with every ticket of it."""
    by = await leads(services, user)
    if one == into:
        raise NotNow("Choose the other one.")
    async with services.store.begin() as tx:
        gone, kept = await _present(services, tx, one), await _present(services, tx, into)
        return await merge_into(services, tx, gone, kept, by)


async def merge_into(services: Services, tx: Transaction, gone: Intent, kept: Intent, by: Actor) -> Intent:
    """Put every ticket of an intent into another, which takes its place from then on."""
    await intents.follow_merge(tx, services.workspace, gone.id, kept.id)
    away = {"standing": Standing.MERGED, "into": kept.id, "size": 0}
    await intents.save_intent(tx, gone.model_copy(update=away))
    grown = kept.model_copy(update={"size": kept.size + gone.size, "settled": True})
    after = await _centred(services, tx, grown)
    detail = {"into": kept.id, "name": kept.name, "tickets": str(gone.size)}
    await _note(services, tx, gone, "intent.merged", by, detail)
    return after


@again_on_conflict
async def split_off(
    services: Services, user: str, id_: str, parts: Sequence[Sequence[str]], *, wrong: bool = False
) -> tuple[Intent, ...]:
    """Make intents of some tickets of an intent, each part one of its own. `wrong`: they had been matched wrongly."""
    by, made = await leads(services, user), list[Intent]()
    async with services.store.begin() as tx:
        before = await _present(services, tx, id_)
        batch = await _of(services, tx, id_)
        for part in parts:
            if chosen := _chosen(batch, part):
                said = [Judged(cosine=batch.tickets[number].cosine, right=False) for number in chosen]
                await intent_log.judge(tx, services.workspace, said if wrong else (), services.clock.now())
                made.append(await _begun(services, tx, before, batch, chosen))
        if not made:
            raise NotNow("Choose some of them.")
        left = before.size - sum(each.size for each in made)
        await _centred(services, tx, before.model_copy(update={"settled": True, "size": max(left, 0)}))
        for each in made:
            await _note(services, tx, each, "intent.split", by, {"from": id_, "tickets": str(each.size)})
    return tuple(made)


@again_on_conflict
async def take_out(services: Services, user: str, id_: str, shown: Sequence[str], out: Sequence[str], into: str) -> int:
    """Move single tickets to another intent. What was shown and not chosen belongs, which matching learns from, too."""
    by, now = await leads(services, user), services.clock.now()
    async with services.store.begin() as tx:
        before, there = await _present(services, tx, id_), await _present(services, tx, into)
        batch = await _of(services, tx, id_)
        moves = [(batch.tickets[number], into, 1.0) for number in _chosen(batch, out)]
        moved = await intents.move(tx, moves, By.PERSON)
        said = [
            Judged(cosine=each.cosine, right=each.case_id not in out)
            for each in batch.tickets
            if each.case_id in {*shown, *out} and each.by is not By.PERSON and each.cosine
        ]
        await intent_log.judge(tx, services.workspace, said, now)
        await _centred(services, tx, before.model_copy(update={"size": max(before.size - moved, 0)}))
        await _centred(services, tx, there.model_copy(update={"size": there.size + moved}))
        await _note(services, tx, before, "intent.tickets_moved", by, {"into": into, "tickets": str(moved)})
    return moved


async def _present(services: Services, tx: Transaction, id_: str) -> Intent:
    found = await intents.load_intent(tx.connection, services.workspace, id_)
    if found is None or found.standing is not Standing.ACTIVE:
        raise NoIntent
    return found


async def _of(services: Services, tx: Transaction, id_: str) -> Batch:
    name = services.embedder.name if services.embedder else ""
    return await intents.batch(tx.connection, services.workspace, name, MOST, id_)


def _chosen(batch: Batch, cases: Sequence[str]) -> list[int]:
    wanted = frozenset(cases)
    return [number for number, ticket in enumerate(batch.tickets) if ticket.case_id in wanted]


async def _begun(services: Services, tx: Transaction, of: Intent, batch: Batch, chosen: Sequence[int]) -> Intent:
    assert services.embedder is not None  # its vectors are in the batch
    vectors = batch.vectors[np.asarray(chosen)]
    medoid = _medoid([batch.tickets[number] for number in chosen], vectors)
    others = await intents.active(tx.connection, services.workspace)
    wanted = {"": " ".join(medoid.words.split()[:6])}
    intent = Intent(
        id=new_id(),
        name=distinct(wanted, [each.name for each in others])[""],
        l1=of.l1,
        l2=of.l2,
        medoid=medoid.case_id,
        words=medoid.words,
        size=len(chosen),
        settled=True,
        created_at=services.clock.now(),
    )
    centre = centre_of(vectors)
    await intents.create_intent(tx, services.workspace, intent, centre, services.embedder.name)
    moves = [(batch.tickets[number], intent.id, float(batch.vectors[number] @ centre)) for number in chosen]
    await intents.move(tx, moves, By.PERSON)
    return intent


async def _centred(services: Services, tx: Transaction, intent: Intent) -> Intent:
    """Save an intent whose tickets have changed, with the centre and the medoid that they have now."""
    batch = await _of(services, tx, intent.id)
    if not batch.tickets or services.embedder is None:
        return await intents.save_intent(tx, intent)
    medoid = _medoid(batch.tickets, batch.vectors)
    told = intent.model_copy(update={"medoid": medoid.case_id, "words": medoid.words})
    return await intents.save_intent(tx, told, centre_of(batch.vectors), services.embedder.name)


def _medoid(tickets: Sequence[TicketIntent], vectors: Vectors) -> TicketIntent:
    return tickets[int(np.argmax(vectors @ centre_of(vectors)))]


async def _note(
    services: Services, tx: Transaction, intent: Intent, kind: str, by: Actor, detail: Mapping[str, str]
) -> None:
    await intent_log.changed(tx, services.workspace, intent.id, kind, by, detail, services.clock.now())
