"""How far the engine is on its way to reading, for whoever waits: a terminal, a page, GET /health."""

import time
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

import structlog

Told = Callable[[str], None]
Value = TypeVar("Value")


class State(StrEnum):
    """What the engine does now."""

    IDLE = "idle"  # nobody has asked for it in this process
    LEARNING = "learning"
    READY = "ready"
    AWAY = "away"  # it could not be loaded; tickets are read by their words


class Readiness:
    """Told from the engine's threads, too. Listeners hear each step's sentence, and "" at the end."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._began = 0.0
        self.state = State.IDLE
        self.doing = ""
        self.listeners: list[Told] = []

    def begin(self, doing: str) -> None:
        """Say that it is loaded now; what was tried in vain before is tried again without a word."""
        if self.state is not State.AWAY:
            self.step(doing)

    def step(self, doing: str) -> None:
        """Say what is done now."""
        if self.state is not State.LEARNING:
            self._began, self.state = self._now(), State.LEARNING
        self._tell(doing)
        structlog.get_logger().info("engine.learning", step=doing, seconds=round(self._now() - self._began, 1))

    def ended(self, *, well: bool) -> None:
        """Say that nothing is done any more."""
        self.state = State.READY if well else State.AWAY
        self._tell("")

    def _tell(self, doing: str) -> None:
        self.doing = doing
        for listener in self.listeners:
            listener(doing)


class Counted(Mapping[str, Value]):
    """A mapping whose values are worked through one after the other: says which one it is."""

    def __init__(self, values: Mapping[str, Value], step: Callable[[str, int, int], None]) -> None:
        self._values = values
        self._step = step

    def __getitem__(self, key: str) -> Value:
        self._step(key, list(self._values).index(key) + 1, len(self._values))
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)
