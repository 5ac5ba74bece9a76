"""The gate: one workspace's calls, in the order of their urgency and no faster than Slack takes them."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Final, Protocol

from slack_sdk.errors import SlackApiError

from bot.adapters.slack_errors import asked_to_wait, ours
from bot.adapters.slack_tiers import RESPONSE_URL, Door, budget
from handlers.urgency import urgency
from pipeline.budget import Budget
from pipeline.errors import Unavailable
from storage.jobs import Priority

KEPT: Final = {Priority.NOW: 0.0, Priority.SOON: 1 / 6}  # shares of each budget that this work leaves for others
USUALLY_KEPT: Final = 1 / 3
PATIENCE: Final = 2.0  # seconds that work waits here for its turn, before it gives its place to other work
URGENT_PATIENCE: Final = {Priority.NOW: 5.0, Priority.SOON: 3.0}
SHORTEST: Final = 0.001  # seconds of sleep, so that the time moves on whatever its rounding
MOST_DOORS: Final = 1000  # known at once, before those that are as good as new are forgotten


class Ledger(Protocol):
    """Where calls are counted: in this process, or together with others."""

    async def spend(self, budgets: Mapping[Door, Budget], now: float, *, kept: float, anyway: bool = False) -> float:
        """Count a call at these doors and return 0, or the seconds to wait when they do not allow it yet.

        `kept` is the share of each that is left for others. The budgets are brought up to date. `anyway`: it is made
        in any case.
        """
        ...

    async def shut(self, door: Door, closed: Budget, now: float) -> None:
        """Let others know that Slack asked to wait at a door."""
        ...


class OwnLedger:
    """Counts in this process alone."""

    async def spend(self, budgets: Mapping[Door, Budget], now: float, *, kept: float, anyway: bool = False) -> float:
        """Count a call, as above."""
        wait = max((each.wait(now, 1, kept=kept) for each in budgets.values()), default=0.0)
        if wait <= 0 or anyway:
            for each in budgets.values():
                each.take(now)
            return 0.0
        return wait

    async def shut(self, door: Door, closed: Budget, now: float) -> None:
        """There is nobody else."""


@dataclass(frozen=True, slots=True, order=True)
class _Turn:
    """Somebody who waits: the most urgent first, then whoever came first."""

    urgency: int
    number: int
    doors: tuple[Door, ...] = field(compare=False)


class Gate:
    """Lets calls through in turn. After Slack asked to wait, nobody knocks at that door before the time is over."""

    def __init__(
        self,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        ledger: Ledger | None = None,
    ) -> None:
        self._now = now
        self._sleep = sleep
        self._ledger = ledger or OwnLedger()
        self._budgets: dict[Door, Budget] = {}
        self._waiting: set[_Turn] = set()
        self._turns = 0
        self._counting: set[asyncio.Task[float]] = set()

    @asynccontextmanager
    async def through(self, method: str, channel: str = "", *, writes: bool = False) -> AsyncGenerator[None]:
        """Wait for a turn, then turn Slack's errors into ours. A channel is named where Slack counts by channel.

        Raises Unavailable, with the seconds to come back after, when the turn would not come soon.
        """
        doors = _doors(method, channel)
        await self._wait(doors)
        try:
            with ours(writes=writes):
                yield
        except Unavailable as refusal:
            if refusal.retry_after:
                await self._shut(doors[-1], refusal.retry_after)
            raise

    @asynccontextmanager
    async def at_once(self, method: str, channel: str = "", *, patience: float) -> AsyncGenerator[None]:
        """Count the call of a person for whom Slack waits: it overtakes all, and what comes later waits for it.

        Slack's errors stay as they are. Raises Unavailable when Slack asked to wait for longer than `patience`.
        """
        doors, until = _doors(method, channel), self._now() + patience
        while (closed := max(self._budget(door).closed(self._now()) for door in doors)) > 0:
            if self._now() + closed > until:
                raise Unavailable("Slack asked us to wait.", retry_after=closed)
            await self._sleep(max(closed, SHORTEST))
        self._count(doors)
        try:
            yield
        except SlackApiError as error:
            if seconds := asked_to_wait(error):
                await self._shut(doors[-1], seconds)
            raise

    async def refused(self, method: str, channel: str, seconds: float) -> None:
        """Note that Slack asked to wait, in an answer that is no error."""
        await self._shut(_doors(method, channel)[-1], seconds)

    async def settled(self) -> None:
        """Wait until all is counted that was made without waiting for it."""
        await asyncio.gather(*self._counting)

    async def _wait(self, doors: tuple[Door, ...]) -> None:
        with self._turn(doors) as turn:
            until = self._now() + URGENT_PATIENCE.get(Priority(turn.urgency), PATIENCE)
            while (wait := await self._taken(turn)) > 0:
                if self._now() + wait > until:
                    raise Unavailable("Slack takes no more of these just now.", retry_after=wait)
                await self._sleep(max(wait, SHORTEST))

    async def _taken(self, turn: _Turn) -> float:
        """Make the call's mark and return 0, or the seconds until its turn may have come."""
        wait = max((self._seconds_at(door, turn) for door in turn.doors), default=0.0)
        if wait > 0:
            return wait
        return await self._ledger.spend(self._open(turn.doors), self._now(), kept=_kept(turn.urgency))

    def _count(self, doors: tuple[Door, ...]) -> None:
        spending = self._ledger.spend(self._open(doors), self._now(), kept=0.0, anyway=True)
        self._counting.add(task := asyncio.ensure_future(spending))
        task.add_done_callback(self._counting.discard)

    async def _shut(self, door: Door, seconds: float) -> None:
        closed = self._budget(door)
        closed.close(self._now(), seconds)
        if door[0] != RESPONSE_URL:  # which no other process has
            await self._ledger.shut(door, closed, self._now())

    def _seconds_at(self, door: Door, turn: _Turn) -> float:
        before = sum(door in other.doors for other in self._waiting if other < turn)
        return self._budget(door).wait(self._now(), before + 1, kept=_kept(turn.urgency))

    @contextmanager
    def _turn(self, doors: tuple[Door, ...]) -> Generator[_Turn]:
        self._turns += 1
        turn = _Turn(urgency.get(), self._turns, doors)
        self._waiting.add(turn)
        try:
            yield turn
        finally:
            self._waiting.discard(turn)

    def _open(self, doors: tuple[Door, ...]) -> dict[Door, Budget]:
        return {door: self._budget(door) for door in doors}

    def _budget(self, door: Door) -> Budget:
        if door not in self._budgets:
            now = self._now()
            if len(self._budgets) >= MOST_DOORS:
                self._budgets = {known: each for known, each in self._budgets.items() if not each.is_full(now)}
            self._budgets[door] = budget(door, now)
        return self._budgets[door]


def _kept(urgency: int) -> float:
    return KEPT.get(Priority(urgency), USUALLY_KEPT)


def _doors(method: str, channel: str) -> tuple[Door, ...]:
    if method == RESPONSE_URL:
        return ((method, channel),)
    return ((method, ""), (method, channel)) if channel else ((method, ""),)
