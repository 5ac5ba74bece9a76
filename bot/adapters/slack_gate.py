"""The gate: one workspace's calls, in the order of their urgency and no faster than Slack takes them."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Final

from bot.adapters.slack_errors import ours
from pipeline.errors import Unavailable

urgency: ContextVar[int] = ContextVar("urgency", default=0)
"""Of the work in hand, as storage.jobs.Priority counts. Who calls without a job is a person who waits."""
URGENT: Final = 1  # work up to here may use the reserve of each budget
PATIENCE: Final = 2.0  # seconds that work waits here for its turn, before it gives its place to other work
URGENT_PATIENCE: Final = 5.0
SHORTEST: Final = 0.001  # seconds of sleep, so that the time moves on whatever its rounding

PER_MINUTE: Final = {
    "conversations.list": 20,
    "usergroups.list": 20,
    "usergroups.users.list": 20,
    "chat.update": 50,
    "conversations.history": 50,
    "conversations.info": 50,
    "conversations.replies": 50,
    "users.lookupByEmail": 50,
    "users.info": 100,
    "chat.postMessage": 300,  # Slack says "several hundred" for a workspace
}
"""Slack's tiers: https://docs.slack.dev/apis/web-api/rate-limits. What is not here, Slack takes as it comes."""
_BURST, _STEADY = 0.25, 0.7  # shares of a minute's calls; what is left of it is for clocks that differ
_CHANNEL_BURST, _CHANNEL_PER_SECOND = 3.0, 1.0

Door = tuple[str, str]  # method and channel; no channel: the whole workspace


@dataclass(slots=True)
class Budget:
    """So many calls at once, then as many as flow in again. The last third is kept for what is urgent."""

    size: float
    per_second: float
    level: float
    filled: float
    closed_until: float = 0.0

    def wait(self, now: float, calls: int, *, urgent: bool) -> float:
        """Return the seconds until so many calls can be made."""
        self._fill(now)
        missing = calls + (0.0 if urgent else self.size / 3) - self.level
        return max(self.closed_until - now, 0.0) + max(missing, 0.0) / self.per_second

    def take(self, now: float) -> None:
        self._fill(now)
        self.level -= 1

    def close(self, now: float, seconds: float) -> None:
        """Slack has counted more than we have: begin with a single call when the time is over."""
        self.closed_until = max(self.closed_until, now + seconds)
        self.level, self.filled = 1.0, self.closed_until

    def _fill(self, now: float) -> None:
        if now > self.filled:
            self.level = min(self.size, self.level + (now - self.filled) * self.per_second)
            self.filled = now


@dataclass(frozen=True, slots=True, order=True)
class _Turn:
    """Somebody who waits: the most urgent first, then whoever came first."""

    urgency: int
    number: int
    doors: tuple[Door, ...] = field(compare=False)


class Gate:
    """Lets calls through in turn. After Slack asked to wait, nobody knocks at that door before the time is over.

    It knows what this process has called; where several work, Slack's own refusals keep them in step.
    """

    def __init__(
        self, now: Callable[[], float] = time.monotonic, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    ) -> None:
        self._now = now
        self._sleep = sleep
        self._budgets: dict[Door, Budget] = {}
        self._waiting: set[_Turn] = set()
        self._turns = 0

    @asynccontextmanager
    async def through(self, method: str, channel: str = "", *, writes: bool = False) -> AsyncGenerator[None]:
        """Wait for a turn, then turn Slack's errors into ours. A channel is named where Slack counts by channel.

        Raises Unavailable, with the seconds to come back after, when the turn would not come soon.
        """
        doors = self._doors(method, channel)
        await self._wait(doors)
        try:
            with ours(writes=writes):
                yield
        except Unavailable as refusal:
            if refusal.retry_after:
                self._budget(doors[-1]).close(self._now(), refusal.retry_after)
            raise

    async def _wait(self, doors: tuple[Door, ...]) -> None:
        with self._turn(doors) as turn:
            urgent = turn.urgency <= URGENT
            until = self._now() + (URGENT_PATIENCE if urgent else PATIENCE)
            while (wait := self._seconds(turn, urgent=urgent)) > 0:
                if self._now() + wait > until:
                    raise Unavailable("Slack takes no more of these just now.", retry_after=wait)
                await self._sleep(max(wait, SHORTEST))
            for door in doors:
                self._budget(door).take(self._now())

    def _seconds(self, turn: _Turn, *, urgent: bool) -> float:
        return max((self._seconds_at(door, turn, urgent=urgent) for door in turn.doors), default=0.0)

    def _seconds_at(self, door: Door, turn: _Turn, *, urgent: bool) -> float:
        before = sum(door in other.doors for other in self._waiting if other < turn)
        return self._budget(door).wait(self._now(), before + 1, urgent=urgent)

    @contextmanager
    def _turn(self, doors: tuple[Door, ...]) -> Generator[_Turn]:
        self._turns += 1
        turn = _Turn(urgency.get(), self._turns, doors)
        self._waiting.add(turn)
        try:
            yield turn
        finally:
            self._waiting.discard(turn)

    def _doors(self, method: str, channel: str) -> tuple[Door, ...]:
        return ((method, ""), (method, channel)) if channel else ((method, ""),)

    def _budget(self, door: Door) -> Budget:
        if door not in self._budgets:
            size, per_second = _allowed(door)
            self._budgets[door] = Budget(size, per_second, level=size, filled=self._now())
        return self._budgets[door]


def _allowed(door: Door) -> tuple[float, float]:
    method, channel = door
    if channel:
        return _CHANNEL_BURST, _CHANNEL_PER_SECOND
    calls = PER_MINUTE.get(method, 6000)
    return calls * _BURST, calls * _STEADY / 60
