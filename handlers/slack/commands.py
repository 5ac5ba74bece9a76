"""Somebody typed /triage."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

from handlers.card_links import link_to_card, links_to_cards
from handlers.finding import like_words
from handlers.found import found_case
from handlers.services import Services
from handlers.slack import policy
from handlers.slack.answers import LATER, PATIENT_SECONDS, told, whisper
from handlers.slack.clusters import cluster
from handlers.slack.doctor import examined
from handlers.slack.in_time import over, started
from handlers.slack.on_call import on_call_now
from handlers.slack.presence import away, back
from handlers.slack.watch import escalations, sla
from handlers.slack.whence import addressed
from handlers.stats import stats, understood
from handlers.team_names import team_named
from handlers.views.charts import is_native
from handlers.views.escape import line
from handlers.views.help import help_card
from handlers.views.lists import MOST_LISTED, case_line, case_list
from handlers.views.share import sharable
from handlers.views.stats import stats_card
from handlers.views.why import why_card
from handlers.views.words import title
from handlers.views.working import NOT_TAKEN, SLOW_ANSWER
from handlers.zones import zone_for
from pipeline.authorise import may_ask, may_look, member_of
from pipeline.case import Case
from pipeline.decide import NotNow
from pipeline.errors import TriageError, Unavailable
from pipeline.ports import Card, Person
from storage.queue import Fits, queue, theirs
from storage.strays import nowhere

_FOR_EVERYBODY = ("on-call", "away", "back")  # members without a role: none of these tells of tickets
MOST_SEARCHED = 2000  # characters

Answering = Callable[[Services, Person, str], Awaitable[Card]]


def register(app: AsyncApp, services: Services) -> None:
    """Listen to the one slash command."""

    async def listen(command: dict[str, Any], ack: AsyncAck, respond: AsyncRespond) -> None:
        asked = command.get("text") or ""
        if asked.strip().casefold() == "doctor":
            await examined(services, addressed(command, command["user_id"]), ack, respond)
            return
        task = started(answer(services, addressed(command, command["user_id"]), asked))
        if not await over(task):
            await ack(text=SLOW_ANSWER, response_type="ephemeral")
            card = sharable(await asyncio.shield(task), asked)
            if not await told(respond, card, seconds=PATIENT_SECONDS):
                await whisper(respond, NOT_TAKEN, PATIENT_SECONDS)
            return
        card = sharable(task.result(), asked)
        if any(map(is_native, card.blocks)) and await told(respond, card):
            await ack()
        else:
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
    services = services.still()
    try:
        person = await services.chat.person(user)
        if name.casefold() in _FOR_EVERYBODY:
            may_ask(person)
        else:
            may_look(person, services.policy)
        return await answering(services, person, rest.strip())
    except TriageError as error:
        told = LATER if isinstance(error, Unavailable) else line(str(error), 1000)
        return Card(text=told, blocks=())


async def _queue(services: Services, person: Person, text: str) -> Card:
    team = team_named(services.policy, text, "queue") if text else ""
    async with services.store.reader() as connection:
        found = await queue(connection, services.workspace, Fits(teams=(team,) if team else ()), MOST_LISTED)
        cardless = await nowhere(connection, services.workspace)
    links = await links_to_cards(services, found.cases)
    name, nothing = f"Queue of {title(team)}" if team else "Queue", "Nothing waits for a decision. 🎉"
    return case_list(name, found.cases, nothing, total=found.total, links=links, cardless=cardless)


async def _mine(services: Services, person: Person, text: str) -> Card:
    member = member_of(person, services.policy)
    async with services.store.reader() as connection:
        found = await theirs(connection, services.workspace, person, member, MOST_LISTED)
    links = await links_to_cards(services, found.cases)
    nothing = "Nothing is assigned to you. `/triage queue` shows what waits."
    return case_list("Yours", found.cases, nothing, total=found.total, links=links)


async def _ticket(services: Services, person: Person, text: str) -> Card:
    case = await _named(services, text, "ticket")
    return case_line(case, await link_to_card(services, case.id))


async def _why(services: Services, person: Person, text: str) -> Card:
    return why_card(await _named(services, text, "why"), services.policy)


async def _search(services: Services, person: Person, text: str) -> Card:
    if not text:
        raise NotNow("Search for what? /triage search charged twice")
    return await like_words(services, text[:MOST_SEARCHED])


async def _named(services: Services, text: str, command: str) -> Case:
    """Return the case with that id, or of the ticket with that number. Raises NotNow."""
    if not (named := text[:200].removeprefix("#")):
        raise NotNow(f"Which one? /triage {command} 4711")
    return await found_case(services, named)


async def _stats(services: Services, person: Person, text: str) -> Card:
    asked = understood(services.policy, text)
    return stats_card(await stats(services, asked, await zone_for(services, person)))


_COMMANDS: dict[str, Answering] = {
    "queue": _queue,
    "mine": _mine,
    "ticket": _ticket,
    "why": _why,
    "search": _search,
    "stats": _stats,
    "cluster": cluster,
    "sla": sla,
    "escalations": escalations,
    "on-call": on_call_now,
    "policy": policy.look,
    "simulate": policy.ask_what,
    "away": away,
    "back": back,
}
