"""The workspace's time: seconds, and Slack's unique message timestamps."""

import time
from collections.abc import Callable
from datetime import UTC, datetime


class Clock:
    """Reads the time and hands out timestamps that never repeat, as Slack's `ts` never does."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._last = 0

    def now(self) -> float:
        return self._now()

    def ts(self) -> str:
        self._last = max(self._last + 1, int(self._now() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def iso(self) -> str:
        """To the second, as Zendesk writes its dates."""
        return datetime.fromtimestamp(self._now(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
