"""A workflow as a helpdesk: its approved replies go where it said."""

from bot.adapters.helpdesks.in_slack import InSlack
from handlers.views.workflow import request_answered
from pipeline.errors import Refused
from pipeline.ports import Chat, Reply
from pipeline.ticket import WORKFLOW, Ticket
from pipeline.whereabouts import beside
from storage.cases import by_ticket
from storage.store import Store


class WorkflowDesk(InSlack):
    """What stands where a helpdesk would, for tickets of workflows: the place in Slack where the answer goes."""

    source = WORKFLOW

    def __init__(self, chat: Chat, store: Store, workspace: str) -> None:
        self._chat = chat
        self._store = store
        self._workspace = workspace

    @property
    def voice(self) -> str:
        return "Triage Desk, where the workflow says"

    async def reply(self, ticket_id: str, reply: Reply) -> None:
        """Post the answer where the workflow said."""
        ticket = await self._ticket(ticket_id)
        if not ticket.answer_to:
            raise Refused("its workflow names no place for it. Answer the customer yourself, then resolve the ticket.")
        card = request_answered(ticket, reply.text, answers=reply.answers)
        await self._chat.post(await self._place(ticket), card, key=reply.key)

    async def happened(self, ticket_id: str, key: str) -> bool:
        """Look whether the answer stands where it was to be posted."""
        ticket = await self._ticket(ticket_id)
        if not ticket.answer_to:
            return False
        return await self._chat.find(await self._place(ticket), key, since=ticket.created_at) is not None

    async def _place(self, ticket: Ticket) -> str:
        to = beside(ticket.id, ticket.answer_to)
        return await self._chat.direct(to) if ticket.answer_to[0] in "UW" else to

    async def _ticket(self, ticket_id: str) -> Ticket:
        async with self._store.reader() as connection:
            case = await by_ticket(connection, self._workspace, WORKFLOW, ticket_id)
        if case is None:
            raise Refused("The ticket is not there any more.", code="ticket_not_found")
        return case.ticket
