"""Every request of an adapter, held against the helpdesk's own contract."""

import contextlib
import json
from collections.abc import Sequence

import httpx

from pipeline.classify import Urgency
from pipeline.errors import Refused
from pipeline.ports import Agent, HelpDesk, Note, Remark, Reply
from pipeline.ticket import Customer, Ticket, TicketStatus
from tests.bot.adapters.helpdesks.desks import NOW
from tests.contracts.openapi import Contract

AGENT = Agent(id="814", name="Ana Ribeiro", email="ana@desk.example")  # whom each pretend helpdesk employs


async def use_everything(desk: HelpDesk, *, customer: str = "501") -> None:
    """Call whatever sends something, with odd texts and with every urgency."""
    ticket = Ticket(source=desk.source, id="77", created_at=NOW, customer=Customer(id=customer))
    await desk.complete(ticket)
    for urgency in Urgency:
        for group in ("Billing", "Group 119", "", "Nobody"):
            text = 'A note with <b>, "quotes", ☃ and\n\ntwo paragraphs'
            note = Note(key=f"{urgency}-{group}", text=text, tags=("a", "b c"), urgency=urgency, group=group)
            await desk.annotate("77", note)
    assigned = Note(key="assigned", text="Ana's", tags=("a",), urgency=Urgency.P3, assignee=AGENT.id)
    await desk.annotate("77", assigned)
    for author in ("", AGENT.id, AGENT.email):
        await desk.reply("77", Reply(key=f"reply-{author}", text="Done", author=author))
        await desk.remark("77", Remark(key=f"kept-{author}", text="Mind this.", author=author))
    for who in (AGENT.id, AGENT.email, ""):
        await desk.assign("77", who, f"assign-{who}")
        assert await desk.assigned("77", who)
        await desk.assignee("77")
    for status in (TicketStatus.SOLVED, TicketStatus.OPEN, None):
        await desk.remark("77", Remark(key=f"remark-{status}", text="Merged into ticket 78.", status=status))
    await desk.happened("77", "none")
    with contextlib.suppress(Refused):
        await desk.reply("78", Reply(key="reply", text="To nobody"))


def violations(contract: Contract, requests: Sequence[httpx.Request]) -> list[str]:
    """Return what the contract holds against the requests, each once."""
    found = (
        violation
        for request in requests
        for violation in contract.violations(
            request.method,
            request.url.path,
            json.loads(request.content) if request.content else None,
            dict(request.url.params),
        )
    )
    return list(dict.fromkeys(found))
