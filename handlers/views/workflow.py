"""Workflow: what a step gives back, and the answer where the workflow wanted it."""

from handlers.views import blocks
from handlers.views.escape import escaped, line
from handlers.views.words import title
from pipeline.case import Case
from pipeline.draft import LONGEST
from pipeline.ports import Card
from pipeline.ticket import Ticket


def outputs(case: Case, link: str) -> dict[str, str]:
    """Return what the workflow's next steps can use, by the names in the manifest."""
    assert case.analysis is not None
    return {
        "ticket_id": case.id,
        "card_link": link,
        "category": case.category,
        "urgency": case.analysis.classification.urgency.value,
        "team": title(case.team),
    }


def request_answered(ticket: Ticket, text: str, *, answers: bool = True) -> Card:
    """Show an approved reply to whoever waits for it in Slack; one that `answers` nothing yet does not say it does."""
    heading = (
        f"*{'Answer to your request' if answers else 'Your request'}:* {line(ticket.subject, 200, 'without a subject')}"
    )
    told = f"{heading}\n{escaped(text, 3000)}"
    return Card(text=told, blocks=(blocks.section("heading", heading), blocks.quote("answer", text, LONGEST)))


def goes_to(ticket: Ticket) -> str:
    """Return where the reply to a workflow's ticket goes, as the card says it."""
    if not ticket.answer_to:
        return "nowhere: the workflow named no place"
    return f"<#{ticket.answer_to}>" if ticket.answer_to[0] in "CG" else f"<@{ticket.answer_to}>"
