"""Somebody turns the page of what they searched for."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

from handlers.finding import like_words
from handlers.services import Services
from handlers.slack.answers import attempt, told
from handlers.slack.whence import addressed
from handlers.views.share import sharable
from handlers.views.similar import PAGE
from pipeline.authorise import may_look
from pipeline.decide import NotNow
from pipeline.errors import BadPayload

Body = dict[str, Any]  # as Bolt hands it over


class NotTurned(NotNow):
    """Slack did not take the page. Press again, or search anew."""


def register(app: AsyncApp, services: Services) -> None:
    """Listen to the buttons under a page."""

    async def turn(body: Body, ack: AsyncAck, respond: AsyncRespond) -> None:
        await attempt(lambda: _turned(services, body, respond), ack, respond)

    app.action(re.compile(rf"{re.escape(PAGE)}\\.(?:back|next)"))(turn)


async def _turned(services: Services, body: Body, respond: AsyncRespond) -> None:
    """Search anew, as whoever pressed would find it now; the page takes the place of one that only they see."""
    try:
        user, container = addressed(body, body["user"]["id"]), body["container"]
        number, _, words = str(body["actions"][0]["value"]).partition(" ")
        own = bool(container.get("is_ephemeral"))
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise BadPayload("This was not pressed under a page.") from error
    may_look(await services.chat.person(user), services.policy)
    page = int(number) if number.isdecimal() and len(number) < 4 else 1
    card = sharable(await like_words(services, words, page), f"search {words}")
    if not await told(respond, card, replace=own):
        raise NotTurned
