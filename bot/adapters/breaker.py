"""Breaker: after several failures in a row, nobody waits for a service that does not answer."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum

from pipeline.errors import Refused, Unavailable

PATIENCE = 5.0  # seconds; asked to wait longer, nobody holds a place for it
LONGEST = 600.0  # seconds that a service may ask for: whoever asks for a day has made a mistake


class BreakerState(StrEnum):
    """Closed: calls go through. Open: none does. Half open: one trial decides."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class Breaker:
    """Counts failures in a row; lives in one event loop and never awaits, so no two tasks can race in it.

    Only Unavailable is a failure: a service that refuses has answered. One that asks to be left alone for
    longer than a caller would wait is left alone at once, and for that long.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic, *, failures: int = 5, pause: float = 60.0) -> None:
        self._now = now  # seconds on a clock that never goes back
        self._failures = failures
        self._pause = pause
        self._failed = 0
        self._until: float | None = None
        self._trying = False

    @property
    def state(self) -> BreakerState:
        if self._until is None:
            return BreakerState.CLOSED
        return BreakerState.HALF_OPEN if self._left() <= 0 else BreakerState.OPEN

    @property
    def admits(self) -> bool:
        """Whether a call made now would go through."""
        return self.state is BreakerState.CLOSED or (self.state is BreakerState.HALF_OPEN and not self._trying)

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Let one call through and learn from how it ends. Raises Unavailable when no call may be made."""
        if not self.admits:
            raise Unavailable(
                "The service failed several times and is left alone for a while.",
                retry_after=max(self._left(), 1.0),
            )
        trial = self.state is BreakerState.HALF_OPEN
        self._trying = self._trying or trial
        try:
            yield
        except Unavailable as error:
            self._failed_once(trial, error.retry_after or 0.0)
            raise
        except Refused:
            self._answered(trial)
            raise
        else:
            self._answered(trial)
        finally:
            if trial:  # a cancelled trial has proved nothing: the next call is the trial
                self._trying = False

    def _answered(self, trial: bool) -> None:
        if trial or self._until is None:  # a call from before the opening knows nothing of how the service is now
            self._failed, self._until = 0, None

    def _failed_once(self, trial: bool, asked: float) -> None:
        if not trial and self._until is not None:
            return
        self._failed += 1
        if asked > PATIENCE:
            self._until = self._now() + min(asked, LONGEST)
        elif trial or self._failed >= self._failures:
            self._until = self._now() + self._pause

    def _left(self) -> float:
        return 0.0 if self._until is None else self._until - self._now()
