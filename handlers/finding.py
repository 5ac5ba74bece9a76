"""Tickets like some words or another ticket, for somebody who may look."""

import asyncio
from collections.abc import Sequence

from handlers.card_links import links_to_cards
from handlers.services import Services
from handlers.views.similar import ON_A_PAGE, Near, Pages, similar_card
from pipeline.alike import Alike
from pipeline.case import Case
from pipeline.mask import Masked, mask_text
from pipeline.passage import Passage
from pipeline.ports import Card
from pipeline.triage import read
from storage.cases import some

MOST_FOUND = 25
MOST_ANSWERS = 3


async def like_case(services: Services, case: Case) -> Card:
    """Show the cases like one, and what was answered before to such a one."""
    _, masked, _ = await asyncio.to_thread(read, case.ticket)
    found = await services.cases.like(masked, but=case.id, k=ON_A_PAGE)
    near = await nearest(services, found)
    return similar_card(case.ticket.subject or case.ticket.id, near, await _answers(services, masked))


async def like_words(services: Services, words: str, page: int = 1) -> Card:
    """Show a page of the cases like some words; the first also has what was answered before."""
    masked = await asyncio.to_thread(mask_text, words)
    found = await services.cases.like(masked, k=MOST_FOUND)
    last = max(1, -(-len(found) // ON_A_PAGE))
    page = min(max(page, 1), last)
    near = await nearest(services, found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE])
    passages = await _answers(services, masked) if page == 1 else ()
    return similar_card(words, near, passages, Pages(number=page, total=len(found), words=words))


async def nearest(services: Services, found: Sequence[Alike]) -> tuple[Near, ...]:
    """Return the cases that were found, in their order, each with its likeness and the way to its card."""
    async with services.store.reader() as connection:
        cases = await some(connection, [each.case for each in found])
    links, likeness = await links_to_cards(services, cases), {each.case: each.likeness for each in found}
    ours = (case for case in cases if case.workspace == services.workspace)
    return tuple(Near(case=case, card=links.get(case.id, ""), likeness=likeness[case.id]) for case in ours)


async def _answers(services: Services, masked: Masked) -> tuple[Passage, ...]:
    """Return what was answered before, of what can be relied on at least as a suggestion."""
    least = services.policy.thresholds.suggestion
    return tuple(each for each in await services.index.search(masked, k=MOST_ANSWERS) if each.score >= least)
