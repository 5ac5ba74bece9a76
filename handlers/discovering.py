"""A batch of tickets is looked at as a whole: intents are found, keep their identity, and take what waited as new."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import structlog

from handlers.naming import name_new
from handlers.placing import unplaced
from handlers.retrying import again_on_conflict
from handlers.services import Services
from pipeline.areas import areas
from pipeline.case import DESK
from pipeline.discovery import Found, Known, discover
from pipeline.groups import groups_of
from pipeline.intents import By, Intent, Standing, distinct, usual
from pipeline.matching import calibrated
from pipeline.ports import Embedder
from pipeline.triage import read
from storage import intent_log, intents
from storage.cases import new_id
from storage.intent_backlog import categories_of, unread_cases
from storage.intents import Batch, Centres
from storage.jobs import Job, finish

MOST = 50_000  # tickets of a batch, the newest
AT_ONCE = 64  # tickets embedded, and tickets moved by one transaction times eight
TOLD_EVERY = 1.0  # seconds


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a batch came to: intents as they shall be, new ones first told by `new`, and each with its tickets."""

    intents: tuple[Intent, ...]
    found: tuple[Found, ...]
    new: frozenset[str]


async def discover_intents(services: Services, job: Job) -> None:
    """Find the intents in what came in. Doing it again changes nothing more. Raises Unavailable to be called again."""
    if services.embedder is not None:
        await _taken_in(services, services.embedder)
        await _discover(services, services.embedder)
    async with services.store.begin() as tx:
        await finish(tx, job)


async def _taken_in(services: Services, embedder: Embedder) -> None:
    """Give every ticket a vector that lacks one: those from before there were intents, or of another embedder."""
    after = ""
    while True:
        async with services.store.reader() as connection:
            some = await unread_cases(connection, services.workspace, embedder.name, after, AT_ONCE)
        if not some:
            return
        after = some[-1].id
        masked = await asyncio.to_thread(lambda cases: [read(case.ticket)[1] for case in cases], some)
        vectors = await embedder.embed(masked)
        async with services.store.begin() as tx:
            for case, one, vector in zip(some, masked, vectors, strict=True):
                assert case.analysis is not None
                ticket = unplaced(case, case.analysis, one)
                await intents.put(tx, services.workspace, ticket, vector, embedder.name)


async def _discover(services: Services, embedder: Embedder) -> None:
    async with services.store.reader() as connection:
        batch = await intents.batch(connection, services.workspace, embedder.name, MOST)
        known = await intents.centres(connection, services.workspace, embedder.name, others=True)
        categories = await categories_of(connection, services.workspace)
        said = await intent_log.judged(connection, services.workspace)
    if not batch.tickets:
        return
    async with services.store.begin() as tx:
        run = await intent_log.begin_run(tx, services.workspace, len(batch.tickets), services.clock.now())
    found = await _with_progress(services, run, batch, known)
    drawn = await asyncio.to_thread(_drawn, services, batch, known, found, categories)
    await _keep_intents(services, embedder.name, drawn)
    moved = await _move(services, batch, drawn)
    await _retire(services, batch, known, drawn)
    await name_new(services, drawn.new)
    async with services.store.begin() as tx:
        await intent_log.end_run(tx, run, calibrated(said), services.clock.now())
    log = structlog.get_logger()
    log.info("intents.discovered", tickets=len(batch.tickets), intents=len(drawn.intents), new=len(drawn.new),
             moved=moved)  # fmt: skip


async def _with_progress(services: Services, run: int, batch: Batch, known: Centres) -> tuple[Found, ...]:
    done = [0]

    def some(rows: int) -> None:
        done[0] += rows

    before = [ticket.intent for ticket in batch.tickets]
    held = [Known(one.id, centre, one.settled) for one, centre in zip(known.intents, known.matrix, strict=True)]
    finding = asyncio.create_task(asyncio.to_thread(discover, batch.vectors, before, held, some))
    while not finding.done():
        await asyncio.wait({finding}, timeout=TOLD_EVERY)
        async with services.store.begin() as tx:
            await intent_log.progress(tx, run, min(done[0], len(batch.tickets)))
    return finding.result()


def _drawn(
    services: Services, batch: Batch, known: Centres, found: Sequence[Found], categories: dict[str, str]
) -> _Drawn:
    """Return the intents with their names and places in the tree. Takes seconds: call it in a thread."""
    before = {each.id: each for each in known.intents}
    named = [each if each.id else Found(new_id(), each.members, each.centre, each.medoid) for each in found]
    wanted = _names(batch, named)
    fresh = {each.id: wanted[each.id] for each in named if each.id not in before}
    names = distinct(fresh, [each.name for each in known.intents])
    made = []
    for each in named:
        medoid = batch.tickets[each.medoid]
        l1 = usual([categories.get(batch.tickets[member].case_id, "") for member in each.members])
        present = {"medoid": medoid.case_id, "words": medoid.words, "size": len(each.members)}
        if (old := before.get(each.id)) is not None:
            made.append(old.model_copy(update=present if old.filed else {**present, "l1": l1}))
        else:
            now = services.clock.now()
            made.append(Intent(id=each.id, name=names[each.id], l1=l1, created_at=now, **present))
    placed = areas(made, np.array([each.centre for each in named])) if named else {}
    filed = tuple(each.model_copy(update={"l2": placed[each.id][:80]}) for each in made)
    return _Drawn(filed, tuple(named), frozenset(fresh))


def _names(batch: Batch, found: Sequence[Found]) -> dict[str, str]:
    """Return a name for each from the words of the ticket in its middle."""
    labels = np.full(len(batch.tickets), len(found), np.intp)  # those in no intent are the last group
    for number, each in enumerate(found):
        labels[each.members] = number
    texts = [ticket.words for ticket in batch.tickets]
    groups = groups_of(texts, batch.vectors, labels)
    return {each.id: groups[number].name for number, each in enumerate(found)}


@again_on_conflict
async def _keep_intents(services: Services, embedder: str, drawn: _Drawn) -> None:
    """Write the tree down. A name, a place or a standing that somebody gave an intent meanwhile stays."""
    now = services.clock.now()
    async with services.store.begin() as tx:
        for intent, found in zip(drawn.intents, drawn.found, strict=True):
            present = await intents.load_intent(tx.connection, services.workspace, intent.id)
            if present is None:
                await intents.create_intent(tx, services.workspace, intent, found.centre, embedder)
                detail = {"name": intent.name, "tickets": str(intent.size)}
                await intent_log.changed(tx, services.workspace, intent.id, "intent.found", DESK, detail, now)
                continue
            drawn_anew = {"medoid": intent.medoid, "words": intent.words, "size": intent.size}
            if not present.filed:
                drawn_anew |= {"l1": intent.l1, "l2": intent.l2}
            if present.standing is Standing.ACTIVE:
                await intents.save_intent(tx, present.model_copy(update=drawn_anew), found.centre, embedder)


async def _move(services: Services, batch: Batch, drawn: _Drawn) -> int:
    """Put each ticket where the batch found it; one that found nothing waits as new."""
    where, cosines = np.full(len(batch.tickets), -1), np.zeros(len(batch.tickets))
    for number, found in enumerate(drawn.found):
        where[found.members] = number
        cosines[found.members] = batch.vectors[found.members] @ found.centre
    moves = [
        (ticket, there, float(cosines[number]))
        for number, ticket in enumerate(batch.tickets)
        if ticket.intent != (there := drawn.found[where[number]].id if where[number] >= 0 else "")
        and ticket.by is not By.PERSON
    ]
    moved = 0
    for start in range(0, len(moves), 8 * AT_ONCE):
        async with services.store.begin() as tx:
            moved += await intents.move(tx, moves[start : start + 8 * AT_ONCE], By.BATCH)
    return moved


@again_on_conflict
async def _retire(services: Services, batch: Batch, known: Centres, drawn: _Drawn) -> None:
    """Retire what a batch found in others. What has no tickets in it, and what people settled, stays."""
    kept, now = {each.id for each in drawn.intents}, services.clock.now()
    went: dict[str, Counter[str]] = {}
    for found in drawn.found:
        for member in found.members:
            went.setdefault(batch.tickets[member].intent, Counter())[found.id] += 1
    held = {ticket.intent for ticket in batch.tickets if ticket.by is not By.PERSON}
    by_hand = {ticket.intent for ticket in batch.tickets if ticket.by is By.PERSON}
    async with services.store.begin() as tx:
        for old in known.intents:
            if old.id in kept or old.id not in held or old.id in by_hand or old.settled:
                continue
            present = await intents.load_intent(tx.connection, services.workspace, old.id)
            if present is None or present.standing is not Standing.ACTIVE or present.settled:
                continue
            into = went[old.id].most_common(1)[0][0] if went.get(old.id) else ""
            retired = present.model_copy(update={"standing": Standing.RETIRED, "into": into, "size": 0})
            await intents.save_intent(tx, retired)
            await intent_log.changed(tx, services.workspace, old.id, "intent.retired", DESK, {"into": into}, now)
