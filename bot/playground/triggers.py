"""Trigger ids: a person did something just now, so one modal may open."""

import random
from dataclasses import dataclass

from bot.playground.clock import Clock
from bot.playground.wire import Refusal

SECONDS = 3.0
KEPT = 1_000


@dataclass(frozen=True)
class Trigger:
    user: str
    view_id: str
    """The modal in which it happened, or nothing."""
    born: float


class Triggers:
    """Gives out trigger ids that work once and for three seconds."""

    def __init__(self, clock: Clock, rng: random.Random) -> None:
        self._clock = clock
        self._rng = rng
        self._fresh: dict[str, Trigger] = {}
        self._spent: dict[str, None] = {}

    def give(self, user: str, view_id: str = "") -> str:
        trigger_id = f"{self._clock.ts()}.{self._rng.getrandbits(64):016x}"
        self._fresh[trigger_id] = Trigger(user, view_id, self._clock.now())
        while len(self._fresh) > KEPT:
            del self._fresh[next(iter(self._fresh))]
        return trigger_id

    def spend(self, trigger_id: str) -> Trigger:
        if trigger_id in self._spent:
            raise Refusal("exchanged_trigger_id")
        if trigger_id not in self._fresh:
            raise Refusal("invalid_trigger_id")
        trigger = self._fresh.pop(trigger_id)
        if self._clock.now() - trigger.born > SECONDS:
            self._fresh[trigger_id] = trigger
            raise Refusal("expired_trigger_id")
        self._spent[trigger_id] = None
        while len(self._spent) > KEPT:
            del self._spent[next(iter(self._spent))]
        return trigger
