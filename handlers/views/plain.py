"""Plain: a case in words alone, when Slack refuses its card."""

from handlers.views.escape import escaped, line
from pipeline.case import Case
from pipeline.ports import Card


def plain(case: Case, reason: str) -> Card:
    """Return the raw ticket as text, so that people see it whatever happens to its card."""
    said = "\n\n".join(message.text[:4000] for message in case.ticket.asked[-3:])
    lines = (
        f"{line(case.ticket.subject, 300, '(no subject)')}",
        f"from {line(case.ticket.customer.name or case.ticket.customer.email, 150, 'an unknown customer')}, "
        f"ticket {line(case.ticket.id, 100)}, case {line(case.id, 60)}",
        f"Its card could not be shown ({line(reason, 200)}). Answer it in the helpdesk.",
        escaped(said, 2500),
    )
    return Card(text="\n".join(lines), blocks=())
