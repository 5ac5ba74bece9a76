"""What just happened, for every page that looks on: numbered, and kept for a while."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from itertools import islice

from bot.playground.wire import Object

KEPT = 5_000


class Stream:
    """A bounded list of numbered happenings that any number of readers follow at their own speed."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept: deque[tuple[int, Object]] = deque(maxlen=kept)
        self._last = 0
        self._closed = False
        self._bell = asyncio.Event()

    @property
    def last(self) -> int:
        return self._last

    def publish(self, kind: str, **fields: object) -> None:
        self._last += 1
        self._kept.append((self._last, {"type": kind, **fields}))
        self._ring()

    def close(self) -> None:
        """Let every reader come to its end, so that the server can stop."""
        self._closed = True
        self._ring()

    async def follow(self, after: int, idle: float) -> AsyncIterator[tuple[int, Object] | None]:
        """Each happening after number `after`; None whenever nothing happened for `idle` seconds.

        A reader that fell behind what is kept gets one `resync`: it must read the snapshot again.
        """
        while not self._closed:
            bell = self._bell
            for number, happening in self._after(after):
                after = number
                yield number, happening
            if bell is self._bell:
                try:
                    await asyncio.wait_for(bell.wait(), idle)
                except TimeoutError:
                    yield None

    def _after(self, number: int) -> list[tuple[int, Object]]:
        if number > self._last or number < self._last - len(self._kept):
            return [(self._last, {"type": "resync"})]
        return list(islice(self._kept, len(self._kept) - (self._last - number), None))

    def _ring(self) -> None:
        bell, self._bell = self._bell, asyncio.Event()
        bell.set()
