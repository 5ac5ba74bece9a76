"""Somebody typed /triage."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from handlers.services import Services
from handlers.slack.answers import LATER
from handlers.stats import stats, understood
from handlers.team_names import team_named
from handlers.views.escape import line
from handlers.views.help import help_card
from handlers.views.lists import case_line, case_list
from handlers.views.stats import stats_card
from handlers.views.words import title
from pipeline.authorise import NotAllowed, member_of, zone_of
from pipeline.case import Case
from pipeline.errors import TriageError, Unavailable
from pipeline.ports import Card, Person
from storage.cards import CARD, placed
from storage.cases import by_ticket, load, undecided

MOST_READ = 500

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
        if person.stranger:
            raise NotAllowed("Guests and people of other workspaces cannot look into tickets.")
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
    member = member_of(person, services.policy)
    async with services.store.reader() as connection:
        waiting = await undecided(connection, services.workspace, limit=MOST_READ)
    mine = [case for case in waiting if _is_theirs(case, person, member.name if member else "")]
    return case_list("Yours", mine, "Nothing is assigned to you. `/triage queue` shows what waits.")


async def _ticket(services: Services, person: Person, text: str) -> Card:
    case = await _found(services, text[:200])
    if case is None:
        told = f"I know no ticket “{line(text, 60)}”. Give its number in the helpdesk, or its case id."
        return Card(text=told if text else "Which one? `/triage ticket 4711`", blocks=())
    async with services.store.reader() as connection:
        shown = await placed(connection, case.id)
    here = next((one for one in reversed(shown) if one.role == CARD), None)
    link = await services.chat.permalink(here.channel, here.ts) if here else ""
    return case_line(case, link)


async def _found(services: Services, named: str) -> Case | None:
    async with services.store.reader() as connection:
        case = await load(connection, named)
        if case is not None and case.workspace == services.workspace:
            return case
        for source in services.helpdesks:
            if found := await by_ticket(connection, services.workspace, source, named.removeprefix("#")):
                return found
    return None


def _is_theirs(case: Case, person: Person, name: str) -> bool:
    if case.claimed_by is not None:
        return case.claimed_by.id == person.id
    return bool(name) and case.agent == name


async def _stats(services: Services, person: Person, text: str) -> Card:
    asked = understood(services.policy, text)
    return stats_card(await stats(services, asked, zone_of(person, services.policy)))


_COMMANDS: dict[str, Answering] = {"queue": _queue, "mine": _mine, "ticket": _ticket, "stats": _stats}
