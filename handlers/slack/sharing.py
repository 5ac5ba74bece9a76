"""Somebody shares with the channel what only they could see."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

from handlers.inside import must_be_inside
from handlers.services import Services
from handlers.slack.answers import attempt, told
from handlers.slack.commands import answer
from handlers.slack.whence import addressed
from handlers.stats import stats, understood
from handlers.views.share import SHARE_ANSWER, is_sharable, shared
from handlers.views.stats import SHARE, stats_card
from handlers.zones import zone_for
from pipeline.authorise import may_ask, may_look
from pipeline.decide import NotNow
from pipeline.errors import BadPayload

Body = dict[str, Any]  # as Bolt hands it over


class NotShared(NotNow):
    """Slack did not take it. Ask again, then share what you get."""


def register(app: AsyncApp, services: Services) -> None:
    """Listen to the buttons under the figures and under other answers."""

    async def share(body: Body, ack: AsyncAck, respond: AsyncRespond) -> None:
        await attempt(lambda: _shared(services, body, respond), ack, respond)

    async def share_answer(body: Body, ack: AsyncAck, respond: AsyncRespond) -> None:
        await attempt(lambda: _answer_shared(services, body, respond), ack, respond)

    app.action(SHARE)(share)
    app.action(SHARE_ANSWER)(share_answer)


async def _answer_shared(services: Services, body: Body, respond: AsyncRespond) -> None:
    """Answer anew, as whoever pressed would see it now, and for everybody."""
    person = await services.chat.person(addressed(body, body["user"]["id"]))
    may_ask(person)
    await must_be_inside(services, _channel(body))
    asked = str(body["actions"][0].get("value", ""))
    if not is_sharable(asked):
        raise NotShared
    card = await answer(services, person.id, asked)
    if not card.blocks:
        raise NotNow(card.text)
    if not await told(respond, shared(card, asked, person.name), to="in_channel"):
        raise NotShared


async def _shared(services: Services, body: Body, respond: AsyncRespond) -> None:
    """Count anew and say so in the channel, as whoever pressed would see it now."""
    person = await services.chat.person(addressed(body, body["user"]["id"]))
    may_look(person, services.policy)
    await must_be_inside(services, _channel(body))
    asked = understood(services.policy, str(body["actions"][0].get("value", "")))
    card = stats_card(await stats(services, asked, await zone_for(services, person)), shared=True)
    if not await told(respond, card, to="in_channel"):
        raise NotShared


def _channel(body: Body) -> str:
    """Return where the answer will stand: Slack takes it into the channel in which the button is."""
    try:
        return addressed(body, body["channel"]["id"])
    except (KeyError, TypeError) as error:
        raise BadPayload("This was not pressed in a channel.") from error
