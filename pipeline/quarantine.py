"""Quarantine: a correction that contradicts many teaches nothing until somebody else agrees with it.

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
FEWEST = 5  # neighbours that are many
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


def contradicts(category: str, neighbours: Sequence[Neighbour]) -> bool:
    """Whether the tickets around it are overwhelmingly filed under one other category."""
    filed = Counter(each.category for each in _near(neighbours, Standing.COUNTED)[:ASKED])
    others = {name: count for name, count in filed.items() if name != category}
    return filed.total() >= FEWEST and max(others.values(), default=0) >= UNITED * filed.total()


def agreeing(category: str, by: str, neighbours: Sequence[Neighbour]) -> tuple[str, ...]:
    """Return the cases in quarantine that somebody else filed there, too: each corroborates the other."""
    waiting = _near(neighbours, Standing.QUARANTINED)
    return tuple(each.case_id for each in waiting if each.category == category and each.by != by)


def _near(neighbours: Sequence[Neighbour], standing: Standing) -> list[Neighbour]:
    near = [each for each in neighbours if each.standing is standing and each.likeness >= NEAR]
    return sorted(near, key=lambda each: -each.likeness)
