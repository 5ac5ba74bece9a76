"""Somebody put an emoji on a message, or took it away."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

from slack_bolt.async_app import AsyncApp

from handlers.decisions import Making, act, card_at
from handlers.services import Services
from handlers.slack.answers import explained
from handlers.slack.whence import addressed
from handlers.slack_ticket import ask_for_ticket
from pipeline.acts import Claim, Escalate, Resolve
from pipeline.case import Case
from pipeline.decide import AlreadySo
from pipeline.errors import Refused, TriageError
from pipeline.ports import Card
from pipeline.value import Value

CLAIMS, RESOLVES, ESCALATES, ASKS = "eyes", "white_check_mark", "rotating_light", "ticket"
_ACTS: Final = (CLAIMS, RESOLVES, ESCALATES)
_PATIENCE: Final = (0.0, 0.2, 0.5, 1.0)  # seconds between looks; Slack waits three for the acknowledgement

Body = dict[str, Any]  # as Bolt hands it over; _read is the border
Next = Callable[[], Awaitable[None]]


class Reaction(Value):
    """An emoji that was added to a message, or taken from it."""

    delivery: str
    user: str
    emoji: str
    channel: str
    ts: str
    added: bool
    ours: bool = False  # the message is one of the bot's own


def register(app: AsyncApp, services: Services) -> None:
    """Listen to emoji. What they ask for is saved before Bolt acknowledges, which it does on the listener's way."""

    async def save(body: Body, next: Next) -> None:
        if (reaction := _read(body)) is not None:
            await react(services, reaction)
        await next()

    app.event("reaction_added", middleware=[save])(_done)
    app.event("reaction_removed", middleware=[save])(_done)


async def react(services: Services, reaction: Reaction) -> None:
    """Do what the emoji says; a refusal is for that person's eyes only."""
    try:
        await _react(services, reaction)
    except AlreadySo:
        return
    except TriageError as error:
        await _tell(services, reaction, Card(text=await explained(error), blocks=()))


async def _tell(services: Services, reaction: Reaction, card: Card) -> None:
    """Tell that person alone: where they are, or by direct message where we are not in the channel."""
    try:
        await services.chat.whisper(reaction.channel, reaction.user, card)
    except Refused:
        channel = await services.chat.direct(reaction.user)
        await services.chat.post(channel, card, key=f"told:{reaction.delivery}")


async def _react(services: Services, reaction: Reaction) -> None:
    if reaction.emoji == ASKS:
        if reaction.added:
            await ask_for_ticket(services, reaction.user, reaction.channel, reaction.ts)
        return
    if reaction.emoji not in _ACTS or (case := await _card(services, reaction)) is None:
        return
    if (make := _asked(reaction, case)) is not None:
        await act(services, reaction.user, case.id, make, delivery=reaction.delivery)


async def _card(services: Services, reaction: Reaction) -> Case | None:
    """Return the case of a card. One that was just posted may stand in Slack before it stands on our record."""
    for seconds in _PATIENCE if reaction.ours else _PATIENCE[:1]:
        await asyncio.sleep(seconds)
        if (case := await card_at(services, reaction.channel, reaction.ts)) is not None:
            return case
    return None


def _asked(reaction: Reaction, case: Case) -> Making | None:
    match reaction.emoji, reaction.added:
        case "eyes", hold if case.open or hold:
            return lambda _, by: Claim(by=by, hold=hold)
        case "white_check_mark", True:
            return lambda _, by: Resolve(by=by)
        case "rotating_light", True if not case.escalated:
            return lambda _, by: Escalate(by=by)
    return None


def _read(body: Body) -> Reaction | None:
    """Return the reaction, or None where it is not on a message."""
    event, item = body["event"], body["event"].get("item") or {}
    if item.get("type") != "message" or not event.get("user"):
        return None
    return Reaction(
        delivery=str(body["event_id"])[:255],
        user=addressed(body, event["user"]),
        emoji=str(event.get("reaction", "")),
        channel=addressed(body, item.get("channel", "")),
        ts=str(item.get("ts", "")),
        added=event["type"] == "reaction_added",
        ours=any(each.get("user_id") == event.get("item_user") for each in body.get("authorizations") or ()),
    )


async def _done() -> None:
    """What there was to do is saved."""
