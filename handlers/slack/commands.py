"""Somebody typed /triage."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.services import Services
from handlers.slack.answers import LATER
from handlers.slack.presence import away, back
from handlers.stats import stats, understood
from handlers.team_names import team_named
from handlers.views.escape import line
from handlers.views.found import found_card
from handlers.views.help import help_card
from handlers.views.lists import case_line, case_list
from handlers.views.stats import stats_card
from handlers.views.why import why_card
from handlers.views.words import title
from pipeline.authorise import is_theirs, may_look, zone_of
from pipeline.case import Case
from pipeline.decide import NotNow
from pipeline.errors import TriageError, Unavailable
from pipeline.mask import mask_text
from pipeline.ports import Card, Person
from storage.cards import CARD, placed
from storage.cases import by_ticket, load, undecided

MOST_READ = 500
MOST_SEARCHED = 2000  # characters

Answering = Callable[[Services, Person, str], Awaitable[Card]]


def register(app: AsyncApp, services: Services) -> None:
    """Listen to the one slash command."""

    async def listen(command: dict[str, Any], ack: AsyncAck) -> None:
        card = await answer(services, command["user_id"], command.get("text") or "")
        blocks = [dict(block) for block in card.blocks]
        await ack(text=card.text, blocks=blocks, response_type="ephemeral")

    app.command("/triage")(listen)


async def answer(services: Services, user: str, text: str) -> Card:
    """Return what one person gets to read for what they typed after /triage."""
    name, _, rest = text.strip().partition(" ")
    if name.casefold() in ("", "help"):
        return help_card()
    if (answering := _COMMANDS.get(name.casefold())) is None:
        return help_card(name)
    try:
        person = await services.chat.person(user)
        may_look(person)
        return await answering(services, person, rest.strip())
    except TriageError as error:
        told = LATER if isinstance(error, Unavailable) else line(str(error), 1000)
        return Card(text=told, blocks=())


async def _queue(services: Services, person: Person, text: str) -> Card:
    team = team_named(services.policy, text, "queue") if text else ""
    async with services.store.reader() as connection:
        waiting = await undecided(connection, services.workspace, team=team, limit=MOST_READ)
    name = f"Queue of {title(team)}" if team else "Queue"
    return case_list(name, waiting, "Nothing waits for a decision. 🎉")


async def _mine(services: Services, person: Person, text: str) -> Card:
    async with services.store.reader() as connection:
        waiting = await undecided(connection, services.workspace, limit=MOST_READ)
    mine = [case for case in waiting if is_theirs(case, person, services.policy)]
    return case_list("Yours", mine, "Nothing is assigned to you. `/triage queue` shows what waits.")


async def _ticket(services: Services, person: Person, text: str) -> Card:
    case = await _found(services, text, "ticket")
    async with services.store.reader() as connection:
        shown = await placed(connection, case.id)
    here = next((one for one in reversed(shown) if one.role == CARD), None)
    link = await services.chat.permalink(here.channel, here.ts) if here else ""
    return case_line(case, link)


async def _why(services: Services, person: Person, text: str) -> Card:
    return why_card(await _found(services, text, "why"), services.policy)


async def _search(services: Services, person: Person, text: str) -> Card:
    if not text:
        raise NotNow("Search for what? /triage search charged twice")
    masked = await asyncio.to_thread(mask_text, text[:MOST_SEARCHED])
    return found_card(text, await services.index.search(masked, k=5))


async def _found(services: Services, text: str, command: str) -> Case:
    """Return the case with that id, or of the ticket with that number. Raises NotNow."""
    if not (named := text[:200].removeprefix("#")):
        raise NotNow(f"Which one? /triage {command} 4711")
    async with services.store.reader() as connection:
        case = await load(connection, named)
        if case is not None and case.workspace == services.workspace:
            return case
        for source in services.helpdesks:
            if found := await by_ticket(connection, services.workspace, source, named):
                return found
    raise NotNow(f"I know no ticket “{named[:60]}”. Give its number in the helpdesk, or its case id.")


async def _stats(services: Services, person: Person, text: str) -> Card:
    asked = understood(services.policy, text)
    return stats_card(await stats(services, asked, zone_of(person, services.policy)))


_COMMANDS: dict[str, Answering] = {
    "queue": _queue,
    "mine": _mine,
    "ticket": _ticket,
    "why": _why,
    "search": _search,
    "stats": _stats,
    "away": away,
    "back": back,
}
