"""Judgements: how often people agreed with what we had found."""

from collections.abc import Iterable

from pydantic import Field

from pipeline.feedback import Aspect, Feedback, Standing
from pipeline.value import Value


class Judgements(Value):
    """What people said of the tickets of a period; each ticket counts once, by the last word on it."""

    handled: int = Field(description="tickets whose category passed a person: confirmed, or let stand by deciding")
    filed_anew: int = Field(description="those of them whose category somebody changed")
    reassigned: int
    called_off: int = Field(description="escalations that people called off")
    raised: int = Field(description="tickets that people escalated and we had not")


def judgements(said: Iterable[Feedback]) -> Judgements:
    """Fold the log, oldest first; what was undone says nothing."""
    last: dict[tuple[Aspect, str], Feedback] = {}
    for each in said:
        if each.standing is not Standing.UNDONE:
            last[each.aspect, each.case_id] = each
    filed = [each for (aspect, _), each in last.items() if aspect is Aspect.CATEGORY]
    alarms = [each for (aspect, _), each in last.items() if aspect is Aspect.ESCALATION and each.corrects]
    return Judgements(
        handled=len(filed),
        filed_anew=sum(each.corrects for each in filed),
        reassigned=sum(aspect is Aspect.TEAM for aspect, _ in last),
        called_off=sum(each.chosen == "false" for each in alarms),
        raised=sum(each.chosen == "true" for each in alarms),
    )
