"""Backlog: what waits at this moment, however long ago it came in."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from math import inf
from typing import Self

from pydantic import AwareDatetime, Field

from pipeline.value import Value

AGES = {"under 4 h": 4.0, "4 to 24 h": 24.0, "1 to 3 days": 72.0, "over 3 days": inf}  # hours, each below


class Backlog(Value):
    """How many cases wait since when."""

    ages: Mapping[str, int] = Field(default={}, description="each of AGES with its number")
    first: AwareDatetime | None = Field(default=None, description="when the one that waits longest came in")

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(self.ages.values())

    def oldest(self, now: datetime) -> float | None:
        """Return for how many hours the oldest has waited."""
        return None if self.first is None else round((now - self.first) / timedelta(hours=1), 2)

    def __add__(self, other: Self) -> Self:
        moments = [each for each in (self.first, other.first) if each is not None]
        ages = {name: self.ages.get(name, 0) + other.ages.get(name, 0) for name in AGES}
        return type(self)(ages=ages, first=min(moments, default=None))


def backlog(arrivals: Iterable[datetime], now: datetime) -> Backlog:
    """Return the backlog of cases that came in at these moments and still wait."""
    moments = sorted(arrivals)
    ages = dict.fromkeys(AGES, 0)
    for moment in moments:
        ages[next(name for name, below in AGES.items() if (now - moment) / timedelta(hours=1) < below)] += 1
    return Backlog(ages=ages, first=moments[0] if moments else None)
