"""Somebody shares with the channel what only they could see."""

import asyncio
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

from handlers.services import Services
from handlers.slack.answers import SECONDS, UNREACHED, attempt
from handlers.stats import stats, understood
from handlers.views.stats import SHARE, stats_card
from pipeline.authorise import may_look, zone_of
from pipeline.decide import NotNow

Body = dict[str, Any]  # as Bolt hands it over


class NotShared(NotNow):
    """Slack did not take it. Ask for the figures again, then share them."""


def register(app: AsyncApp, services: Services) -> None:
    """Listen to the button under the figures."""

    async def share(body: Body, ack: AsyncAck, respond: AsyncRespond) -> None:
        await attempt(lambda: _shared(services, body, respond), ack, respond)

    app.action(SHARE)(share)


async def _shared(services: Services, body: Body, respond: AsyncRespond) -> None:
    """Count anew and say so in the channel, as whoever pressed would see it now."""
    person = await services.chat.person(str(body["user"]["id"]))
    may_look(person)
    asked = understood(services.policy, str(body["actions"][0].get("value", "")))
    card = stats_card(await stats(services, asked, zone_of(person, services.policy)), shared=True)
    blocks = [dict(block) for block in card.blocks]
    try:
        async with asyncio.timeout(SECONDS):
            answer = await respond(text=card.text, blocks=blocks, response_type="in_channel", replace_original=False)
    except UNREACHED as error:
        raise NotShared from error
    if answer.status_code != 200:
        raise NotShared
