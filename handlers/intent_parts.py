"""What a form on an intent shows: its parts, and an article drafted from what solved its tickets."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from handlers.intents import MOST, NoIntent, leads, the_intent
from handlers.services import Services
from pipeline.cluster import cluster, cluster_into
from pipeline.discovery import FEWEST
from pipeline.intents import Intent, TicketIntent
from pipeline.mask import mask_text
from pipeline.matching import centre_of
from pipeline.passage import Resolution
from storage import intent_log, intents
from storage.articles import solved_in
from storage.intents import Batch
from storage.jobs import Kind, enqueue

MOST_SOURCES = 3
LONGEST_ANSWER = 2_800  # characters of a draft


@dataclass(frozen=True, slots=True)
class Part:
    """Some tickets of an intent that are closer to each other than to the rest."""

    medoid: TicketIntent
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drafted:
    """An article that nobody has read yet."""

    question: str
    answer: str
    sources: int


async def parts_of(services: Services, id_: str) -> tuple[Part, ...]:
    """Return into what an intent can be divided, the largest first; nothing where it is one matter."""
    if services.embedder is None:
        return ()
    async with services.store.reader() as connection:
        batch = await intents.batch(connection, services.workspace, services.embedder.name, MOST, id_)
    return await asyncio.to_thread(_parts, batch)


def _parts(batch: Batch) -> tuple[Part, ...]:
    if len(batch.tickets) < 2 * FEWEST:
        return ()
    labels = cluster(batch.vectors)
    if not labels.any():
        labels = cluster_into(batch.vectors, 2)
    found = []
    for label in range(int(labels.max()) + 1):
        members = (labels == label).nonzero()[0].tolist()
        if len(members) >= FEWEST:
            vectors = batch.vectors[members]
            medoid = members[int((vectors @ centre_of(vectors)).argmax())]
            found.append(Part(batch.tickets[medoid], tuple(batch.tickets[each].case_id for each in members)))
    return tuple(found) if len(found) > 1 else ()


async def drafted(services: Services, intent: Intent) -> Drafted:
    """Return an article in draft, from the answers that solved the intent's tickets: gold ones first, each once."""
    async with services.store.reader() as connection:
        solved = await solved_in(connection, services.workspace, intent.id, MOST_SOURCES)
    text = ""
    used = 0
    for each in solved:
        more = f"{text}\n\n{each.answer}".strip()
        if len(more) <= LONGEST_ANSWER or not text:
            text, used = more[:LONGEST_ANSWER], used + 1
    return Drafted(intent.words, text, used)


async def keep_article(services: Services, user: str, id_: str, title: str, question: str, answer: str) -> None:
    """Take an article that a lead has read into the knowledge base, masked. An earlier one on the intent goes."""
    by, intent = await leads(services, user), await the_intent(services, id_)
    document = f"articles/{intent.id}"
    masked = [mask_text(each.strip()).text for each in (title, question, answer)]
    digest = blake2b("\0".join(masked).encode(errors="replace"), digest_size=8).hexdigest()
    article = Resolution(
        id=f"article-{intent.id}-{digest}",
        title=masked[0],
        question=masked[1],
        answer=masked[2],
        category=intent.l1,
        document=document,
        solved_at=services.clock.now(),
    )
    before = await services.knowledge.of_document(document, services.workspace)
    await services.knowledge.add((article,), services.workspace)
    await services.knowledge.remove(sorted(before - {article.id}), services.workspace)
    async with services.store.begin() as tx:
        now = services.clock.now()
        detail = {"title": masked[0][:100]}
        await intent_log.changed(tx, services.workspace, intent.id, "intent.article", by, detail, now)
        await enqueue(tx, Kind.INDEX, services.workspace, now=now)


def chosen_parts(parts: Sequence[Part], medoids: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the tickets of the parts that were chosen by a ticket of theirs. Raises NoIntent when none is left."""
    found = [part.cases for part in parts if any(medoid in part.cases for medoid in medoids)]
    if not found:
        raise NoIntent("Its tickets have changed meanwhile: open the form again.")
    return found
