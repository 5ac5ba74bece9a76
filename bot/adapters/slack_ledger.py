"""Calls to Slack counted by all processes on one database; by one process alone in its own memory."""

import fcntl
import os
import time
import weakref
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import structlog

from bot.adapters.slack_gate import OwnLedger
from bot.adapters.slack_tiers import Door
from pipeline.budget import Budget
from storage import budgets as shared
from storage.store import DATABASE_ERRORS, Store

LOCK: Final = "slack.lock"
Alone = Callable[[], bool]


class SharedLedger:
    """What Slack refuses one process, the others do not ask for; while the database is away each counts alone."""

    def __init__(self, store: Store, workspace: str, alone: Alone, now: Callable[[], float] = time.time) -> None:
        self._store = store
        self._workspace = workspace
        self._alone = alone
        self._now = now
        self._own = OwnLedger()

    async def spend(self, budgets: Mapping[Door, Budget], now: float, *, kept: float, anyway: bool = False) -> float:
        """Count a call together with others: see storage.budgets."""
        if self._alone():
            return await self._own.spend(budgets, now, kept=kept, anyway=anyway)
        then = self._now()
        known = {door: each.at(now, then) for door, each in budgets.items()}
        try:
            wait = await shared.spend(self._store, self._workspace, known, then, kept=kept, anyway=anyway)
        except DATABASE_ERRORS as error:
            structlog.get_logger().warning("slack.counted_alone", error=type(error).__name__)
            return await self._own.spend(budgets, now, kept=kept, anyway=anyway)
        for door, each in known.items():
            budgets[door].learn(each.at(then, now))
        return wait

    async def shut(self, door: Door, closed: Budget, now: float) -> None:
        """Let the others know."""
        if self._alone():
            return
        then = self._now()
        try:
            await shared.shut(self._store, self._workspace, door, closed.at(now, then), then)
        except DATABASE_ERRORS as error:
            structlog.get_logger().warning("slack.counted_alone", error=type(error).__name__)


def never_alone() -> bool:
    """Any number of processes may work on a PostgreSQL."""
    return False


class AloneIn:
    """Tells whether this is the one process on a data folder, which SQLite's are all on one machine to ask.

    Each holds a shared lock, and can make it an exclusive one for a moment only where nobody else holds it.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK
        self._file: int | None = None

    def __call__(self) -> bool:
        try:
            if self._file is None:
                self._file = self._join()
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.lockf(self._file, fcntl.LOCK_SH)
        except OSError:
            return False
        return True

    def _join(self) -> int:
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        weakref.finalize(self, os.close, file)
        fcntl.lockf(file, fcntl.LOCK_SH)
        return file
