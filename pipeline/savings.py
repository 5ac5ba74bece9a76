"""Savings: what our work came to in people's time and money, by assumptions that a lead sets and everybody sees."""

from pipeline.figures import Figures
from pipeline.policy import Savings
from pipeline.value import Value


class Saved(Value):
    """What was saved, and the counts that it comes from. Written anew, a draft saved nothing."""

    triaged: int
    approved: int
    edited: int
    hours: float
    money: float


def saved(found: Figures, assumed: Savings) -> Saved:
    """Return what was saved on the tickets that were read, and on the drafts that people judged by sending them."""
    minutes = (
        found.triaged * assumed.triage_minutes
        + found.as_it_was * assumed.approved_minutes
        + found.edited * assumed.edited_minutes
    )
    return Saved(
        triaged=found.triaged,
        approved=found.as_it_was,
        edited=found.edited,
        hours=round(minutes / 60, 4),
        money=round(minutes / 60 * assumed.cost_per_hour, 2),
    )
