"""Standing: what a ticket's status in the helpdesk makes of its case."""

from datetime import datetime

from pipeline.case import HELPDESK, Case, Decision, Sending, Status, Verdict
from pipeline.ticket import TicketStatus

_ENDS = {TicketStatus.SOLVED: Verdict.SOLVED_THERE, TicketStatus.DELETED: Verdict.DELETED_THERE}
_ENDED = (Verdict.RESOLVED, *_ENDS.values())


def stood(case: Case, status: TicketStatus, now: datetime) -> Case:
    """Return the case after its ticket came to a status there; the echo of what was done here changes nothing.

    A reply that is on its way goes out first: what the helpdesk makes of the ticket then, it tells again.
    """
    if status is TicketStatus.OPEN:
        return _reopened(case)
    word = Decision(verdict=_ENDS[status], by=HELPDESK, at=now)
    if case.open:
        return case.but(status=Status.CLOSED, decision=word, snoozed_until=None)
    if case.status is Status.ANSWERED and case.sending is not Sending.QUEUED:
        return case.but(status=Status.CLOSED, closing=word)
    return case


def _reopened(case: Case) -> Case:
    ended = case.closing or case.decision
    if case.status is not Status.CLOSED or ended is None or ended.verdict not in _ENDED:
        return case
    return case.reopened()
