"""Savings: what our work came to in people's time and money, by assumptions that a lead sets and everybody sees."""

from collections.abc import Iterable

from pipeline.feedback import Aspect, Fate, Feedback, Standing
from pipeline.policy import Savings
from pipeline.value import Value


class Saved(Value):
    """What was saved, and the counts that it comes from. Written anew, a draft saved nothing."""

    triaged: int
    approved: int
    edited: int
    hours: float
    money: float


def saved(triaged: int, said: Iterable[Feedback], assumed: Savings) -> Saved:
    """Return what was saved on so many tickets that were read, and on the drafts that people judged by sending them."""
    fates = [each.fate for each in said if each.aspect is Aspect.DRAFT and each.standing is not Standing.UNDONE]
    approved, edited = fates.count(Fate.AS_IT_WAS), fates.count(Fate.EDITED)
    minutes = triaged * assumed.triage_minutes + approved * assumed.approved_minutes + edited * assumed.edited_minutes
    return Saved(
        triaged=triaged,
        approved=approved,
        edited=edited,
        hours=round(minutes / 60, 4),
        money=round(minutes / 60 * assumed.cost_per_hour, 2),
    )
