"""Trend: how many tickets of an intent came in a period, against the period before."""

from collections.abc import Mapping, Sequence
from math import sqrt

from pydantic import Field

from pipeline.intents import Intent
from pipeline.value import Value

FEWEST = 4  # tickets of a period, below which nothing is said to grow
SURE = 1.64  # standard errors of a difference of two counts


class Cluster(Value):
    """An intent in a period. `known` is for how many of its tickets something was found that answers them."""

    intent: Intent
    size: int
    before: int
    share: float = Field(ge=0, le=1, description="of all tickets of the period")
    known: int = 0
    teams: Mapping[str, int] = Field(default={}, description="how many tickets each has, the most first")

    @property
    def rise(self) -> float:
        """How far it has grown, in standard errors of the difference between two counts."""
        return (self.size - self.before) / sqrt(max(self.size + self.before, 1))

    @property
    def grows(self) -> bool:
        """Whether more came than before, and more than chance alone brings."""
        return self.size >= FEWEST and self.rise >= SURE


def most_telling(clusters: Sequence[Cluster], largest: int, growing: int) -> tuple[Cluster, ...]:
    """Return the largest ones, then those that grow fastest and are not among them."""
    by_size = sorted(clusters, key=lambda each: (-each.size, each.intent.id))[:largest]
    rest = [each for each in clusters if each.grows and each not in by_size]
    return (*by_size, *sorted(rest, key=lambda each: (-each.rise, each.intent.id))[:growing])
