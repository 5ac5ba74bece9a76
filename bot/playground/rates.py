"""Slack's rate limits: so many calls of a method in a minute, and one message a second.

Slack counts per workspace, per app and per method; there is one app here.
"""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.playground.clock import Clock

MINUTE = 60.0
PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100, 5: 600}
"""Calls a minute by tier: what Slack promises, without the bursts that it may let pass. Tier 5 is "special"."""
SPECIAL = {"chat.postMessage": 300}
"""Slack says "several hundred" messages a minute for a whole workspace."""
BURST = 3
"""Messages at once, to a channel or through a response_url, before one a second is all there is."""
ZENDESK_PER_MINUTE = 700


@dataclass
class Window:
    """No more than so many calls in any minute."""

    most: int
    taken: deque[float] = field(default_factory=deque)

    def take(self, now: float) -> float:
        """Seconds until a call is allowed; 0 when it was, and is counted."""
        while self.taken and self.taken[0] <= now - MINUTE:
            self.taken.popleft()
        if len(self.taken) >= self.most:
            return self.taken[0] + MINUTE - now
        self.taken.append(now)
        return 0.0


@dataclass
class Bucket:
    """So many at once, then as many as flow in again."""

    size: float
    per_second: float
    filled: float
    level: float = -1.0

    def __post_init__(self) -> None:
        self.level = self.size

    def take(self, now: float) -> float:
        """Seconds until a token is there; 0 when one was taken."""
        self.level = min(self.size, self.level + (now - self.filled) * self.per_second)
        self.filled = now
        if self.level >= 1:
            self.level -= 1
            return 0.0
        return (1 - self.level) / self.per_second


class Rates:
    """Says how many whole seconds to wait, as Retry-After says them; nothing, while switched off."""

    def __init__(self, clock: Clock, on: bool) -> None:
        self._clock = clock
        self.on = on
        self._limits: dict[str, Window | Bucket] = {}

    def wait_for_method(self, workspace: str, method: str, tier: int) -> int:
        return self._wait(f"{workspace} {method}", lambda now: Window(SPECIAL.get(method, PER_MINUTE[tier])))

    def wait_for_channel(self, channel: str) -> int:
        return self._wait(f"channel {channel}", lambda now: Bucket(BURST, 1.0, now))

    def wait_for_response_url(self, secret: str) -> int:
        return self._wait(f"response_url {secret}", lambda now: Bucket(BURST, 1.0, now))

    def wait_for_zendesk(self) -> int:
        return self._wait("zendesk", lambda now: Window(ZENDESK_PER_MINUTE))

    def _wait(self, name: str, begin: Callable[[float], Window | Bucket]) -> int:
        if not self.on:
            return 0
        now = self._clock.now()
        if name not in self._limits:
            self._limits[name] = begin(now)
        return math.ceil(self._limits[name].take(now))
