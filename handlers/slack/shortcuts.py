"""Somebody chose one of our shortcuts in a message's menu."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

from handlers.services import Services
from handlers.slack.answers import attempt
from handlers.slack.whence import addressed
from handlers.slack_ticket import ask_for_ticket
from pipeline.errors import BadPayload

Body = dict[str, Any]  # as Bolt hands it over


def register(app: AsyncApp, services: Services) -> None:
    """Listen to the shortcuts."""

    async def triage(body: Body, ack: AsyncAck, respond: AsyncRespond) -> None:
        await attempt(lambda: _triaged(services, body), ack, respond)

    app.shortcut("triage_message")(triage)


async def _triaged(services: Services, body: Body) -> None:
    try:
        user, ts = addressed(body, body["user"]["id"]), str(body["message_ts"])
        channel = addressed(body, body["channel"]["id"])
    except (KeyError, TypeError) as error:
        raise BadPayload("This was not chosen on a message.") from error
    await ask_for_ticket(services, user, channel, ts)
