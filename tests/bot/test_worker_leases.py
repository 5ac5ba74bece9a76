"""Work in hand belongs to one worker at a time, and is handed on when that one dies or stops."""

import asyncio
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from pipeline.case import Status
from pipeline.errors import Refused, Unavailable
from storage.jobs import LEASE, Kind, claim
from storage.store import Store
from tests.bot.working import (
    FailingClassifier,
    HeldClassifier,
    one,
    rows,
    until,
    with_classifier,
    worker_of,
    working,
)
from tests.fakes.clock import MORNING
from tests.fakes.house import House, told

LEAD = "ULENA"
SOON = timedelta(seconds=1)


@pytest.fixture
def house(store: Store) -> House:
    house = House(store)
    house.world.chat.lag = house.world.helpdesk.lag = timedelta(0)
    return house


# Leases


async def test_who_took_over_does_the_work_and_what_the_first_finds_late_is_ignored(house: House) -> None:
    case_id = await house.arrive(told())
    slow = HeldClassifier()
    first = worker_of(house, slow)
    late = asyncio.create_task(first.do(await one(house, Kind.TRIAGE)))

    async def started() -> bool:
        return slow.reading == 1

    await until(started)
    house.world.clock.advance((LEASE + SOON).total_seconds())
    await house.work()
    before = await house.case(case_id)
    assert before.status is Status.OPEN
    slow.gate.set()
    with capture_logs() as logs:
        await late
    assert [log["event"] for log in logs] == ["job.taken_over"]
    assert await house.case(case_id) == before
    assert [event.kind for event in await house.history(case_id)].count("case.analysed") == 1


@pytest.mark.parametrize(
    "error", [Unavailable("away"), Refused("no"), RuntimeError("a bug")], ids=lambda error: type(error).__name__
)
async def test_who_lost_its_lease_changes_nothing_by_failing(house: House, error: Exception) -> None:
    case_id = await house.arrive(told())
    lost = await one(house, Kind.TRIAGE)
    house.world.clock.advance((LEASE + SOON).total_seconds())
    again = await one(house, Kind.TRIAGE)
    with capture_logs() as logs:
        await worker_of(house, FailingClassifier(error)).do(lost)
    assert logs[-1]["event"] == "job.taken_over"
    [row] = await rows(house.store)
    assert (row["state"], row["attempt"]) == ("running", again.attempt)
    assert (await house.case(case_id)).status is Status.WAITING


async def test_a_worker_that_lives_keeps_what_it_has_in_hand(house: House) -> None:
    await house.arrive(told())
    slow = HeldClassifier()

    async def renewed() -> bool:
        [row] = await rows(house.store)
        return row["lease_until"] == house.world.clock.now() + LEASE

    async with working(with_classifier(house, slow), {"triage": 1}, renew_every=0.01):
        await until(renewed)
        for _ in range(3):
            house.world.clock.advance(LEASE.total_seconds() * 0.9)
            await until(renewed)
            assert await claim(house.store, (Kind.TRIAGE,), 1, house.world.clock.now()) == ()
        slow.gate.set()
    assert slow.asked == 1


async def test_the_only_process_takes_at_once_what_a_dead_one_held(house: House) -> None:
    await house.arrive(told())
    await one(house, Kind.TRIAGE)  # and its worker dies
    async with working(house.services, alone=True):

        async def is_shown() -> bool:
            return bool(house.world.chat.posts)

        await until(is_shown)


# The end


async def test_a_worker_that_stops_lets_work_in_hand_come_to_its_end(house: House) -> None:
    case_id = await house.arrive(told())
    slow = HeldClassifier()

    async def reading() -> bool:
        return slow.reading == 1

    async with working(with_classifier(house, slow)):
        await until(reading)
        asyncio.get_running_loop().call_later(0.05, slow.gate.set)
    assert (await house.case(case_id)).status is Status.OPEN
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_worker_that_stops_puts_back_what_takes_too_long(house: House) -> None:
    case_id = await house.arrive(told())
    slow = HeldClassifier()

    async def reading() -> bool:
        return slow.reading == 1

    async with working(with_classifier(house, slow), drain=0.01):
        await until(reading)
    [row] = await rows(house.store)
    assert (row["state"], row["run_at"], row["error"]) == ("waiting", MORNING, "stopped")
    assert asyncio.all_tasks() == {asyncio.current_task()}
    await house.work()  # another process needs not wait for a lease
    assert (await house.case(case_id)).status is Status.OPEN


async def test_a_database_that_is_away_for_a_while_stops_no_lane(database_url: str) -> None:
    class AwayStore(Store):
        away = True
        looks = 0

        def reader(self):  # type: ignore[no-untyped-def]
            self.looks += 1
            if self.away:
                raise ConnectionRefusedError("no database")
            return super().reader()

    store = AwayStore(database_url)
    house = House(store)

    async def looked_in_vain() -> bool:
        return store.looks >= 2

    async def is_shown() -> bool:
        return bool(house.world.chat.posts)

    with capture_logs() as logs:
        async with working(house.services, {"triage": 1, "slack": 1}):
            await until(looked_in_vain)
            store.away = False
            await house.arrive(told())
            await until(is_shown)
    assert {"event": "database.away", "error": "ConnectionRefusedError", "log_level": "error"} in logs
    await store.close()
