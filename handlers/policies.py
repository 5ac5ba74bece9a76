"""Policies: the policy in force in this process, which every reader asks anew and a job keeps to its end."""

import asyncio
from dataclasses import dataclass
from typing import Self

import structlog

from pipeline.policy import Policy
from pipeline.policy_change import Misfit, combined
from storage import policy_log
from storage.store import Store


@dataclass(frozen=True, slots=True)
class InForce:
    """A policy, the number of the last change that was heard of (0 for the file alone), and what does not fit."""

    policy: Policy
    number: int = 0
    misfits: tuple[Misfit, ...] = ()


class Policies:
    """Holds what is in force: what the file says, with what leads changed since."""

    def __init__(self, base: Policy) -> None:
        self.base = base
        self.now = InForce(base)

    def still(self) -> Self:
        """Return the same as it is now, which nobody changes any more."""
        kept = type(self)(self.base)
        kept.now = self.now
        return kept

    async def catch_up(self, store: Store, workspace: str) -> None:
        """Put in force what was changed since, here or by another process."""
        async with store.reader() as connection:
            if await policy_log.last_number(connection, workspace) == self.now.number:
                return
            log = await policy_log.changes(connection, workspace)
        found = await asyncio.to_thread(combined, self.base, log)
        if not log or log[-1].number <= self.now.number:
            return  # somebody else caught up meanwhile, and knows more
        self.now = InForce(found.policy, log[-1].number, found.misfits)
        structlog.get_logger().info("policy.in_force", number=self.now.number, misfits=len(found.misfits))
