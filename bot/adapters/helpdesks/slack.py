"""Slack as a helpdesk: a ticket is a thread that somebody asked to be triaged, and its reply goes there."""

from datetime import UTC, datetime

from bot.adapters.helpdesks.in_slack import InSlack
from handlers.views.answer import answer_card
from pipeline.errors import Refused
from pipeline.ports import Chat, Reply
from pipeline.ticket import SLACK


class SlackThreads(InSlack):
    """Tickets that began in Slack. Nothing but an approved reply is ever written where their customers read."""

    source = SLACK

    def __init__(self, chat: Chat) -> None:
        self._chat = chat

    @property
    def voice(self) -> str:
        return "Triage Desk, in the thread in Slack where it was asked"

    async def reply(self, ticket_id: str, reply: Reply) -> None:
        """Answer in the thread."""
        channel, thread = _place(ticket_id)
        await self._chat.post(channel, answer_card(reply.text), key=reply.key, thread=thread)

    async def happened(self, ticket_id: str, key: str) -> bool:
        """Look for the key in the metadata of the thread's messages."""
        channel, thread = _place(ticket_id)
        began = datetime.fromtimestamp(float(thread), UTC)
        return await self._chat.find(channel, key, since=began, thread=thread) is not None


def _place(ticket_id: str) -> tuple[str, str]:
    channel, _, thread = ticket_id.partition(":")
    if not channel or not thread.replace(".", "", 1).isdecimal():
        raise Refused("This is not a thread in Slack.", code="404")
    return channel, thread
