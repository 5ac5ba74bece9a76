"""The gate: after Slack asked us to wait, nobody knocks at that door before the time is over."""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from pipeline.errors import Refused, Unavailable

GENTLE = 60.0
"""Seconds after a refusal in which calls go one by one: Slack counts in minutes."""


class Gate:
    """Remembers by method and channel until when Slack wants no calls, and is gentle for a while afterwards."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._closed: dict[tuple[str, str], float] = {}
        self._gentle: dict[tuple[str, str], float] = {}

    @contextmanager
    def through(self, method: str, channel: str = "", *, pace: float = 0.0) -> Generator[None]:
        """Raise Unavailable at once while the door is closed; close it when Slack says so.

        A channel is named where Slack counts by channel, as it does for posting. `pace`: the seconds
        between two calls for a while after a refusal, since all who waited knock in the same moment.
        """
        door = (method, channel)
        self._knock(door, pace)
        try:
            yield
        except Unavailable as refusal:
            if refusal.retry_after:
                self._closed[door] = self._now() + refusal.retry_after
                self._gentle[door] = self._closed[door] + GENTLE
            raise
        except Refused:
            self._closed.pop(door, None)  # nothing was shown, so what is tried in its place need not wait
            raise

    def _knock(self, door: tuple[str, str], pace: float) -> None:
        now = self._now()
        if (left := self._closed.get(door, 0.0) - now) > 0:
            raise Unavailable("Slack asked us to wait.", retry_after=left)
        if now < self._gentle.get(door, 0.0):
            self._closed[door] = now + pace
        else:
            self._closed.pop(door, None)
            self._gentle.pop(door, None)
