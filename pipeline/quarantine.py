"""Quarantine: a correction that contradicts many others teaches nothing until somebody agrees with it.

Whoever corrects by mistake, or on purpose wrongly, contradicts tickets that others have filed. Judging a label
by those of its nearest neighbours is edited nearest neighbour (D. L. Wilson, 1972), which is also a defence
against labels that were flipped on purpose (Paudice, Muñoz-González and Lupu, 2018). A policy that changed
contradicts many, too, and there a colleague will soon say the same.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.feedback import Standing

NEAR = 0.6  # cosine from which tickets are about the same thing; the one from which solved tickets are precedents
FEWEST = 5  # neighbours that are many; one's own say nothing, for whoever errs once may err always
UNITED = 0.8  # share of them that says one and the same other thing: then the correction contradicts them
ASKED = 15  # nearest tickets that are looked at


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A ticket like the one that was corrected. `by` is who filed it there, "" where nobody remembers."""

    case_id: str
    category: str
    by: str
    likeness: float  # cosine
    standing: Standing = Standing.COUNTED


def contradicts(category: str, by: str, neighbours: Sequence[Neighbour]) -> bool:
    """Whether others have overwhelmingly filed the tickets around it under one other category."""
    others = [each for each in neighbours if each.by != by and each.standing is not Standing.QUARANTINED]
    filed = Counter(each.category for each in _near(others)[:ASKED])
    against = max((count for name, count in filed.items() if name != category), default=0)
    return filed.total() >= FEWEST and against >= UNITED * filed.total()


def agreeing(category: str, by: str, neighbours: Sequence[Neighbour]) -> tuple[str, ...]:
    """Return the cases in quarantine that somebody else filed there, too: each corroborates the other."""
    waiting = [each for each in neighbours if each.standing is Standing.QUARANTINED and each.by != by]
    return tuple(each.case_id for each in _near(waiting) if each.category == category)


def _near(neighbours: Sequence[Neighbour]) -> list[Neighbour]:
    near = [each for each in neighbours if each.likeness >= NEAR]
    return sorted(near, key=lambda each: -each.likeness)
