"""What desks have in common that live in Slack: nothing comes by webhook, and there is nowhere to write a note."""

from collections.abc import Mapping
from datetime import datetime

from bot.adapters.helpdesks.agentless import Agentless
from pipeline.errors import BadSignature
from pipeline.ports import Note, Remark
from pipeline.ticket import Arrival, Ticket


class InSlack(Agentless):
    """Nothing but an approved reply is ever written where customers read; the card has the rest."""

    def verify(self, headers: Mapping[str, str], body: bytes, now: datetime) -> None:
        """Refuse: what happens in Slack comes as Slack's own events."""
        raise BadSignature

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Arrival | None:
        """There is nothing to read that was verified."""
        return None

    async def complete(self, ticket: Ticket) -> Ticket:
        """Everything was told when the ticket was made."""
        return ticket

    async def annotate(self, ticket_id: str, note: Note) -> None:
        """There is no place that the customer does not see."""

    async def remark(self, ticket_id: str, remark: Remark) -> None:
        """The same as for a note."""
