"""Merge: one case goes on within another case of the same customer, and comes apart again."""

from pipeline.case import Absorbed, Case, Status, told
from pipeline.ticket import Customer


def same_customer(one: Case, other: Case) -> bool:
    """Whether two tickets surely come from one customer: nobody shall read in a reply what somebody else wrote."""
    ours, theirs = one.ticket.customer, other.ticket.customer
    if ours.email and theirs.email:
        return ours.email.casefold() == theirs.email.casefold()
    return _known(ours) and one.ticket.source == other.ticket.source and ours.id == theirs.id


def absorbing(survivor: Case, merged: Case) -> Case:
    """Return the survivor with what the customer wrote in the other ticket; it waits to be read anew."""
    theirs = tuple(
        message.model_copy(update={"id": f"{_mark(merged.id)}{message.id}"}) for message in merged.ticket.asked
    )
    word = Absorbed(
        case=merged.id,
        source=merged.ticket.source,
        ticket=merged.ticket.id,
        subject=merged.ticket.subject,
        url=merged.ticket.url,
        excerpt=merged.analysis.excerpt if merged.analysis else "",
    )
    heard = told(survivor, survivor.ticket.model_copy(update={"messages": theirs}))
    return heard.but(absorbed=(*survivor.absorbed, word))


def parting(survivor: Case, merged_id: str) -> Case:
    """Return the survivor without the other ticket. What was answered already stays as it was answered."""
    left = survivor.but(absorbed=tuple(each for each in survivor.absorbed if each.case != merged_id))
    if survivor.decision is not None or left == survivor:
        return left
    messages = tuple(each for each in survivor.ticket.messages if not each.id.startswith(_mark(merged_id)))
    ticket = survivor.ticket.model_copy(update={"messages": messages})
    return left.but(ticket=ticket, status=Status.WAITING, snoozed_until=None)


def _mark(case_id: str) -> str:
    return f"{case_id}/"


def _known(customer: Customer) -> bool:
    return bool(customer.id)
