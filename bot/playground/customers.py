"""Customers write: each letter becomes a ticket or a comment, and a webhook to the bot."""

from bot.playground.playground import Playground
from bot.playground.zendesk.records import BOT_AGENT, Comment, Ticket

CHANNELS = {
    "email": "email",
    "chat": "chat",
    "form": "web",
    "api": "api",
    "social": "twitter",
    "in_app": "mobile_sdk",
}
"""From a ticket line's channel to what Zendesk calls it in `via`."""


def open_ticket(
    playground: Playground, *, name: str, email: str, tier: str, subject: str, text: str, channel: str
) -> Ticket:
    customer = playground.desk.customer(name, email, tier)
    return playground.desk.open_ticket(customer, subject, text, CHANNELS.get(channel, channel or "email"))


def move_on(playground: Playground, ticket: Ticket, status: str) -> str:
    """An agent of the helpdesk sets a status there; return the one before."""
    before, ticket.status = ticket.status, status
    change = {"type": "Change", "field_name": "status", "value": status, "previous_value": before}
    playground.desk.note(ticket, BOT_AGENT, [change], {}, None)
    return before


def give(playground: Playground, ticket: Ticket, email: str) -> int | None:
    """Somebody in the helpdesk puts an agent on a ticket, or takes it from whoever has it; return who had it."""
    had, ticket.assignee_id = ticket.assignee_id, playground.desk.agent(email).id if email else None
    change = {"type": "Change", "field_name": "assignee_id", "value": ticket.assignee_id, "previous_value": had}
    playground.desk.note(ticket, BOT_AGENT, [change], {}, None)
    return had


def write_again(playground: Playground, ticket: Ticket, text: str) -> Comment:
    """The customer's further word; a solved ticket opens again."""
    if ticket.status in {"solved", "pending", "hold"}:
        ticket.status = "open"
    return playground.desk.write(ticket, ticket.requester, text, public=True)
