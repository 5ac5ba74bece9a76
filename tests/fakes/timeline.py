"""A timeline on which whoever sleeps is woken in order, and no time passes while anybody works."""

import asyncio
import heapq
from itertools import count


class Timeline:
    """Its time moves on when everybody sleeps, and when it is told to."""

    def __init__(self, at: float = 100.0) -> None:
        self._at = at
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = count()

    def now(self) -> float:
        return self._at

    def advance(self, seconds: float) -> None:
        self._at += seconds

    async def sleep(self, seconds: float) -> None:
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._at + seconds, next(self._numbers), mine))
        while not mine.done():
            for _ in range(20):  # let everybody else come to their own sleep first
                await asyncio.sleep(0)
            if not mine.done():
                self._wake_next()

    def _wake_next(self) -> None:
        while self._sleepers:
            until, _, sleeper = heapq.heappop(self._sleepers)
            if not sleeper.done():
                self._at = max(self._at, until)
                sleeper.set_result(None)
                return
