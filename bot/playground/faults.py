"""Faults: what goes wrong with each call and delivery, and the same way for the same seed."""

import random
from collections.abc import Iterable

from bot.playground.fault import Fault, FaultKind, is_slack_method
from bot.playground.fault_plan import BadPlan, read_plan
from bot.playground.wire import Object

__all__ = ["BadPlan", "Fault", "FaultKind", "Faults"]


class Faults:
    """Draws the fault for each call; one random stream per line of the plan and method."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.plan: tuple[Fault, ...] = ()
        self._seen: dict[int, int] = {}
        self._struck: dict[int, int] = {}
        self._streams: dict[tuple[int, str], random.Random] = {}
        self._revoked: Fault | None = None

    def follow(self, lines: Iterable[Object], seed: int | None = None) -> None:
        """Replace the plan; counts and random streams begin anew. Raises BadPlan, and keeps the old one."""
        self.plan = read_plan(lines)
        self.seed = self.seed if seed is None else seed
        self._seen, self._struck, self._streams, self._revoked = {}, {}, {}, None

    @property
    def struck(self) -> list[int]:
        """How often each line of the plan has struck."""
        return [self._struck.get(position, 0) for position in range(len(self.plan))]

    def draw(self, what: str) -> Fault | None:
        """The first fault of the plan that strikes this call; a token that was revoked stays so for every method."""
        if self._revoked and is_slack_method(what):
            return self._revoked
        for position, fault in enumerate(self.plan):
            struck = self._drawn(position, fault, what)
            if struck and struck.kind not in {FaultKind.LAGGING_LOOKUP, FaultKind.OK}:
                self._revoked = struck if struck.kind is FaultKind.TOKEN_REVOKED else self._revoked
                return struck
        return None

    def lag(self, what: str) -> float:
        """How many seconds a look-up is behind this time."""
        for position, fault in enumerate(self.plan):
            if fault.kind is FaultKind.LAGGING_LOOKUP and self._strikes(position, fault, what):
                return fault.seconds
            step = self._step(position, fault) if fault.applies_to(what) else None
            if step and step.kind is FaultKind.LAGGING_LOOKUP:
                return step.seconds
        return 0.0

    def _drawn(self, position: int, fault: Fault, what: str) -> Fault | None:
        if fault.script:
            return self._next_step(position, fault) if fault.applies_to(what) else None
        if fault.kind is FaultKind.LAGGING_LOOKUP:
            return None
        return fault if self._strikes(position, fault, what) else None

    def _next_step(self, position: int, fault: Fault) -> Fault | None:
        self._seen[position] = self._seen.get(position, 0) + 1
        step = self._step(position, fault)
        if step and step.kind is not FaultKind.OK:
            self._struck[position] = self._struck.get(position, 0) + 1
        return step

    def _step(self, position: int, fault: Fault) -> Fault | None:
        """The step of the script at which this line's latest call was."""
        number = self._seen.get(position, 0)
        return fault.script[number - 1] if 0 < number <= len(fault.script) else None

    def _strikes(self, position: int, fault: Fault, what: str) -> bool:
        if not fault.applies_to(what) or self._struck.get(position, 0) == fault.times:
            return False
        stream = self._streams.setdefault((position, what), random.Random(f"{self.seed}:{position}:{what}"))
        if stream.random() >= fault.probability:
            return False
        self._struck[position] = self._struck.get(position, 0) + 1
        return True
