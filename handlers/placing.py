"""A ticket that was read is matched to a known intent, or waits as new until a batch finds one for it."""

import asyncio
from dataclasses import dataclass

from handlers.bursts import join_or_owe
from handlers.services import Services
from handlers.watching import owe_watchers
from pipeline.analysis import Analysis
from pipeline.case import Case
from pipeline.draft import Grade
from pipeline.errors import Unavailable
from pipeline.intents import LONGEST_WORDS, TicketIntent
from pipeline.mask import Masked
from pipeline.matching import MATCH, nearest_intent
from pipeline.neighbours import Vectors
from pipeline.ticket import Ticket
from pipeline.triage import read, shorten
from storage import intents
from storage.intent_log import last_run
from storage.jobs import Kind, Priority, enqueue
from storage.store import Transaction

FIRST = 24  # tickets that wait as new, from which on a desk without intents has a batch
ENOUGH = 200  # the same for one that has some
YOUNG = 2_000  # tickets of the last batch, below which twice as many are worth another


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a ticket goes, and the vector that led there."""

    ticket: TicketIntent
    vector: Vectors
    embedder: str


async def placing(services: Services, case: Case, ticket: Ticket, analysis: Analysis) -> Placing | None:
    """Return where a ticket goes as it comes in; None where nothing on this machine can tell now."""
    if services.embedder is None:
        return None
    _, masked, _ = await asyncio.to_thread(read, ticket)
    try:
        [vector] = await services.embedder.embed([masked])
    except Unavailable:
        return None  # the next batch takes it in
    async with services.store.reader() as connection:
        known = await intents.centres(connection, services.workspace, services.embedder.name)
        run = await last_run(connection, services.workspace, finished=True)
    match = nearest_intent(vector, known.matrix)
    here = unplaced(case, analysis, masked)
    if match is not None and match.cosine >= (run.threshold if run else MATCH):
        here = here.model_copy(update={"intent": known.intents[match.place].id, "cosine": match.cosine})
    return Placing(here, vector, services.embedder.name)


async def keep_placing(services: Services, tx: Transaction, place: Placing) -> None:
    """Remember where a ticket went, and owe a batch when enough wait as new."""
    await intents.put(tx, services.workspace, place.ticket, place.vector, place.embedder)
    await join_or_owe(services, tx, place.ticket.case_id, place.vector, place.embedder)
    if place.ticket.intent:
        await owe_watchers(services, tx, place.ticket.intent)
    elif await _due(services, tx):
        await enqueue(tx, Kind.DISCOVER, services.workspace, now=services.clock.now(), priority=Priority.IDLE)


def unplaced(case: Case, analysis: Analysis, masked: Masked) -> TicketIntent:
    """Return the place of a ticket that waits as new."""
    return TicketIntent(
        case_id=case.id,
        words=shorten(" ".join(masked.whole.split()), LONGEST_WORDS),
        known=analysis.draft.grade in (Grade.ANSWER, Grade.SUGGESTION),
        at=case.created_at,
    )


async def _due(services: Services, tx: Transaction) -> bool:
    """Whether so many wait as new, or came since the last batch, that the next shall not wait for the night.

    Those that a batch left waiting count only once as many again have come.
    """
    run = await last_run(tx.connection, services.workspace, finished=False)
    waiting = await intents.counted(tx.connection, services.workspace, intent="")
    if run is None:
        return waiting >= FIRST
    if run.total >= YOUNG and waiting < ENOUGH:
        return False
    came = await intents.counted(tx.connection, services.workspace) - run.total
    return (came >= ENOUGH and waiting >= ENOUGH) or (run.total < YOUNG and came >= max(FIRST, run.total))
