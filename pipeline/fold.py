"""Which tickets can do with a line in a digest for a while, when more cards come than a channel takes."""

from datetime import datetime

from pipeline.case import Case, Status
from pipeline.classify import Urgency

_PATIENT = (Urgency.P3, Urgency.P4)


def foldable(case: Case, now: datetime) -> bool:
    """Whether a line will do: nobody is called, nobody works on it, and its target is far away."""
    if case.status is not Status.OPEN or case.analysis is None or case.escalated or case.home != case.team:
        return False
    if case.claimed_by or case.decision or case.problem:
        return False
    pressing = case.at_risk_at is not None and case.at_risk_at <= now
    return case.analysis.classification.urgency in _PATIENT and not pressing
