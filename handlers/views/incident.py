"""An incident: one card for many alike tickets, whose own cards stand in its thread."""

from collections.abc import Mapping, Sequence

from handlers.views import blocks
from handlers.views.escape import date, line
from handlers.views.lists import case_row, more
from handlers.views.words import title
from pipeline.burst import WINDOW
from pipeline.case import Case
from pipeline.incident import Incident
from pipeline.ports import Block, Card

MOST_LISTED = 8
END = "incident.end"


def incident_card(incident: Incident, first: Sequence[Case], links: Mapping[str, str]) -> Card:
    """Show an incident as it is now, with its first tickets."""
    tickets = f"{incident.count:,} alike ticket{'s' if incident.count != 1 else ''}"
    state = "🔥 Incident" if incident.ended_at is None else "✅ Incident over"
    head = f"{state}: {tickets}"
    told = f"*{head}* for {line(title(incident.team), 100, 'nobody yet')}, since {date(incident.started_at)}"
    shown: list[Block] = [
        blocks.header("head", head),
        blocks.context("state", told, _usual(incident), _end(incident)),
        blocks.quote("words", incident.words, 300),
        *(blocks.section(f"ticket.{number}", case_row(case, links.get(case.id, ""))) for number, case in _few(first)),
        *more("more", incident.count - len(first[:MOST_LISTED]), ", each with its card in this thread"),
    ]
    if incident.ended_at is None:
        button = blocks.button(END, "End incident", incident.id, says="Later tickets like these get cards of their own")
        shown.append(blocks.actions("incident", button))
    return Card(text=f"{told}.", blocks=tuple(shown))


def _few(first: Sequence[Case]) -> list[tuple[int, Case]]:
    return list(enumerate(first[:MOST_LISTED]))


def _usual(incident: Incident) -> str:
    minutes = int(WINDOW.total_seconds() // 60)
    often = f"about {incident.expected:.1f}" if incident.expected >= 0.05 else "hardly any"
    return f"Usually {often} in {minutes} minutes. Further ones come into this thread, each a ticket to be answered."


def _end(incident: Incident) -> str:
    if incident.ended_at is None:
        return f"The last one came {date(incident.last_at)}"
    by = f"Ended by {line(incident.ended_by.name, 80)}" if incident.ended_by else "Quiet since"
    return f"{by} {date(incident.ended_at if incident.ended_by else incident.last_at)}"
