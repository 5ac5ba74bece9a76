"""A budget of calls: so many at once, then as many as flow in again."""

from dataclasses import dataclass


@dataclass(slots=True)
class Budget:
    """Moments are seconds on any one clock.

    What cannot wait is taken all the same, and the level falls below nothing: whoever comes later waits longer.
    """

    size: float
    per_second: float
    level: float
    filled: float
    closed_until: float = 0.0

    def wait(self, now: float, calls: int, *, kept: float) -> float:
        """Return the seconds until so many calls can be made, with a share of the whole left for others."""
        self._fill(now)
        missing = calls + self.size * kept - self.level
        return self.closed(now) + max(missing, 0.0) / self.per_second

    def closed(self, now: float) -> float:
        """Return the seconds in which nobody may call at all."""
        return max(self.closed_until - now, 0.0)

    def take(self, now: float) -> None:
        """Count a call."""
        self._fill(now)
        self.level = max(self.level - 1, -self.size)

    def close(self, now: float, seconds: float) -> None:
        """Whoever gives it has counted more than we have: begin with a single call when the time is over."""
        self.closed_until = max(self.closed_until, now + seconds)
        self.level, self.filled = 1.0, self.closed_until

    def at(self, now: float, then: float) -> "Budget":
        """Return the same as it stands now, on a clock on which it is then."""
        self._fill(now)
        shift = then - now
        return Budget(self.size, self.per_second, self.level, self.filled + shift, self.closed_until + shift)

    def learn(self, better: "Budget") -> None:
        """Go on from what somebody knows better."""
        self.level, self.filled, self.closed_until = better.level, better.filled, better.closed_until

    def meet(self, other: "Budget", now: float) -> None:
        """Take the lower of two levels and the later of two ends, since each may miss calls that the other knows."""
        self._fill(now)
        other._fill(now)
        if other.closed_until > max(self.closed_until, now):
            self.learn(other)
        elif self.closed_until <= now:
            self.level = min(self.level, other.level)
            self.filled = max(self.filled, other.filled)

    def is_full(self, now: float) -> bool:
        """Whether it is as good as new."""
        self._fill(now)
        return self.level >= self.size and not self.closed(now)

    def _fill(self, now: float) -> None:
        if now > self.filled:
            self.level = min(self.size, self.level + (now - self.filled) * self.per_second)
            self.filled = now
