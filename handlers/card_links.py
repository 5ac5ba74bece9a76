"""Where the card of a case stands now, as an address that opens it."""

from collections.abc import Iterable, Sequence

from handlers.services import Services
from pipeline.case import Case
from pipeline.errors import TriageError
from pipeline.whereabouts import apart
from storage.cards import CARD, Placed, placed, present

_TRIES = 3  # a card may have been deleted: then another one tells how addresses look


async def link_to_card(services: Services, case_id: str) -> str:
    """Return the permalink of the present card of a case, or nothing while Slack does not have it."""
    async with services.store.reader() as connection:
        shown = await placed(connection, case_id)
    here = next((one for one in reversed(shown) if one.role == CARD), None)
    if here is None:
        return ""
    try:
        return await services.chat.permalink(here.channel, here.ts)
    except TriageError:
        return ""  # what leads there says enough without it


async def links_to_cards(services: Services, cases: Iterable[Case]) -> dict[str, str]:
    """Return the permalink of each case that has a card, by case."""
    return await links_to(services, [case.id for case in cases])


async def links_to(services: Services, case_ids: Sequence[str]) -> dict[str, str]:
    """Return the permalink of each case that has a card, by its id.

    Slack is asked for one of each workspace, and the others are made in its likeness.
    """
    async with services.store.reader() as connection:
        shown = await present(connection, case_ids)
    by_workspace: dict[str, list[Placed]] = {}
    for card in shown.values():
        by_workspace.setdefault(apart(card.channel)[0], []).append(card)
    found: dict[str, str] = {}
    for there in by_workspace.values():
        if archive := await _archive(services, there):
            found |= {card.case_id: archive + _end(card) for card in there}
    return found


async def _archive(services: Services, there: list[Placed]) -> str:
    """Return what the permalinks of a workspace begin with, "" where Slack does not tell."""
    for card in there[:_TRIES]:
        try:
            address = await services.chat.permalink(card.channel, card.ts)
        except TriageError:
            continue
        if address.endswith(_end(card)):
            return address.removesuffix(_end(card))
    return ""


def _end(card: Placed) -> str:
    return f"/{apart(card.channel)[1]}/p{card.ts.replace('.', '')}"
