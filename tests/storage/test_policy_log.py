"""The policy's log is append-only: numbers without a gap, sealed, once each."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from pipeline.policy_change import PolicyChange, Step
from storage import policy_log
from storage.cases import Conflict
from storage.policy_log import policy_changes
from storage.store import Store
from tests.fakes.clock import MORNING
from tests.storage.casework import ANA, WORKSPACE


def made(number: int, value: float = 0.5, undoes: int | None = None) -> PolicyChange:
    steps = () if undoes else (Step(path=("thresholds", "answer"), value=value, was=0.6),)
    at = MORNING + timedelta(minutes=number, microseconds=number)
    return PolicyChange(number=number, at=at, by=ANA, why="Fewer questions.", steps=steps, undoes=undoes)


async def written(store: Store, *changes: PolicyChange) -> None:
    async with store.begin() as tx:
        for each in changes:
            await policy_log.append(tx, WORKSPACE, each)


async def test_changes_come_back_as_they_were_written_oldest_first(store: Store) -> None:
    log = (made(1), made(2, 0.7), made(3, undoes=2))
    await written(store, *log)
    async with store.reader() as connection:
        assert await policy_log.changes(connection, WORKSPACE) == log
        assert await policy_log.last_number(connection, WORKSPACE) == 3
        assert await policy_log.last_number(connection, "another") == 0
        assert not await policy_log.tampered(connection, WORKSPACE)


async def test_a_number_that_is_taken_or_leaves_a_gap_is_a_conflict(store: Store) -> None:
    await written(store, made(1))
    for number in (1, 3):
        with pytest.raises(Conflict):
            await written(store, made(number))


async def test_an_altered_or_missing_change_shows(store: Store) -> None:
    await written(store, made(1), made(2), made(3))
    async with store.begin() as tx:
        await tx.connection.execute(update(policy_changes).where(policy_changes.c.number == 2).values(why="Else."))
    async with store.reader() as connection:
        assert await policy_log.tampered(connection, WORKSPACE)
    async with store.begin() as tx:
        await tx.connection.execute(delete(policy_changes).where(policy_changes.c.number == 2))
    async with store.reader() as connection:
        assert await policy_log.tampered(connection, WORKSPACE)
