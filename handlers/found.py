"""Found: the case that somebody names."""

from handlers.services import Services
from pipeline.case import Case
from pipeline.decide import NotNow
from storage.cases import by_ticket, load


class NotFound(NotNow):
    """I know no such ticket."""


async def found_case(services: Services, named: str) -> Case:
    """Return the case with that id, or of the ticket with that number. Raises NotFound."""
    async with services.store.reader() as connection:
        case = await load(connection, named)
        if case is not None and case.workspace == services.workspace:
            return case
        for source in services.helpdesks:
            if found := await by_ticket(connection, services.workspace, source, named):
                return found
    raise NotFound(f"I know no ticket “{named[:60]}”. Give its number in the helpdesk, or its case id.")
