"""A link to a ticket: which case it leads to, and what people get to see of it."""

import asyncio
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from handlers.card_links import link_to_card
from handlers.services import Services
from handlers.views.blocks import Element
from handlers.views.entity import entity
from pipeline.case import Case
from pipeline.triage import read
from storage.cases import by_ticket

_NUMBERED = re.compile(r"[\w-]*\d[\w-]*")
_LONGEST = 1500


@dataclass(frozen=True, slots=True)
class _Address:
    """Where a ticket is: helpdesks lead to one by several paths, and all of them end in its number."""

    host: str
    ticket: str


async def case_at_link(services: Services, url: str) -> Case | None:
    """Return the case of a ticket whose own address this is, whatever stands between host and number."""
    if (address := _address(url)) is None:
        return None
    async with services.store.reader() as connection:
        for source in services.helpdesks:
            case = await by_ticket(connection, services.workspace, source, address.ticket)
            if case is not None and _address(case.ticket.url) == address:
                return case
    return None


async def work_object(services: Services, case: Case, url: str) -> Element:
    """Return the case as Slack shows it under a link, masked, since a channel may have readers of all kinds."""
    _, masked, _ = await asyncio.to_thread(read, case.ticket)
    return entity(case, masked.subject, url, await link_to_card(services, case.id))


def _address(url: str) -> _Address | None:
    try:
        parts = urlsplit(url[:_LONGEST])
        host = parts.netloc.casefold()
    except ValueError:
        return None
    last = f"{parts.path}/{parts.fragment}".rstrip("/").rpartition("/")[2]
    return _Address(host, last) if host and _NUMBERED.fullmatch(last) else None
