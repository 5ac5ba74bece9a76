"""Remark: what the helpdesk is told of what people did here, as a plain internal note."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from handlers.views.thread import Happened
from pipeline.case import Case, Verdict
from pipeline.ticket import Ticket, TicketStatus

KEPT: Final = "note.kept"  # words of a person's own
_CLOSED_THERE: Final = tuple(
    verdict.value for verdict in (Verdict.RESOLVED, Verdict.MERGED, Verdict.DUPLICATE, Verdict.DISMISSED)
)
_STATUS: Final[Mapping[str, TicketStatus]] = {
    "case.resolved": TicketStatus.SOLVED,
    "case.merged": TicketStatus.SOLVED,
    "case.marked_duplicate": TicketStatus.SOLVED,
    "case.dismissed": TicketStatus.SOLVED,
    "case.reopened": TicketStatus.OPEN,
}


class Told(NamedTuple):
    """An internal note, and the status that the ticket shall have where one follows."""

    text: str
    status: TicketStatus | None


def is_told(event: Happened) -> bool:
    """Whether the helpdesk is told of an event."""
    if event.kind == "case.reopened":
        return event.detail.get("was", "") in _CLOSED_THERE
    return event.kind in _SAID


def remark(event: Happened, other: Case | None) -> Told:
    """Return the note for an event that is told. `other` is the case that it names, if it names one."""
    heard = other.analysis.excerpt if other and other.analysis else ""
    said = _SAID[event.kind].format(
        who=event.actor.name,
        ticket=_named(other.ticket if other else None),
        words=event.detail.get("text", heard),
    )
    return Told(said, _STATUS.get(event.kind))


def _named(ticket: Ticket | None) -> str:
    if ticket is None:
        return "another ticket"
    return f"ticket {ticket.id}" + (f" ({ticket.url})" if ticket.url else "")


_SAID: Final[Mapping[str, str]] = {
    "case.resolved": "Triage Desk: {who} resolved this in Slack, without a further reply.",
    "case.merged": "Triage Desk: {who} merged this into {ticket}. The answer goes out there.",
    "case.marked_duplicate": "Triage Desk: {who} marked this in Slack as a duplicate of {ticket}.",
    "case.dismissed": "Triage Desk: {who} marked this in Slack as not a request.",
    "case.absorbed": "Triage Desk: {who} merged {ticket} into this one. What the customer wrote there:\n\n{words}",
    "case.parted": "Triage Desk: {who} took {ticket} out of this one again.",
    KEPT: "Triage Desk: {who} notes in Slack:\n\n{words}",
    "case.reopened": "Triage Desk: {who} reopened this in Slack.",
}
