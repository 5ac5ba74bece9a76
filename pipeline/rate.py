"""Rate: so many of so many, with what that says of the rate behind it."""

from math import sqrt
from typing import NamedTuple

USUAL = 1.96  # standard errors: 95 of 100 intervals hold the true rate


class Rate(NamedTuple):
    """`hits` of `total`."""

    hits: int
    total: int

    @property
    def share(self) -> float:
        """The rate that was seen, 0..1; nothing seen is no rate."""
        return self.hits / self.total if self.total else 0.0

    def interval(self, z: float = USUAL) -> tuple[float, float]:
        """Return between what the true rate lies (E. B. Wilson, 1927): right for few and for rare ones, too."""
        if not self.total:
            return 0.0, 1.0
        centre = self.share + z * z / (2 * self.total)
        reach = z * sqrt(self.share * (1 - self.share) / self.total + z * z / (4 * self.total**2))
        whole = 1 + z * z / self.total
        return max(0.0, (centre - reach) / whole), min(1.0, (centre + reach) / whole)

    def rise(self, before: "Rate", z: float = USUAL) -> tuple[float, float]:
        """Return between what the difference to `before` lies, from the intervals of both.

        This is method 10 of R. G. Newcombe, "Interval estimation for the difference between independent
        proportions" (1998).
        """
        (low, high), (low_before, high_before) = self.interval(z), before.interval(z)
        risen = self.share - before.share
        least = risen - sqrt((self.share - low) ** 2 + (high_before - before.share) ** 2)
        most = risen + sqrt((high - self.share) ** 2 + (before.share - low_before) ** 2)
        return max(-1.0, least), min(1.0, most)
