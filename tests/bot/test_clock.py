"""The clock wakes, the database decides who warns, and each target is warned of once per share of it."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.clock import BREACHES_EVERY, ticking
from handlers.decisions import act
from handlers.policies import Policies
from handlers.warn import find_breaches
from pipeline.acts import Dismiss, Snooze
from pipeline.case import Case
from pipeline.classify import Urgency
from pipeline.policy import Policy
from storage.jobs import Kind
from storage.store import Store
from tests.bot.working import until
from tests.fakes.clock import MORNING
from tests.fakes.desk import build_services, policy
from tests.fakes.house import House, said, told

LEAD = "ULENA"


@pytest.fixture
def house(store: Store) -> House:
    return House(store)


def at_share(house: House, case: Case, share: float) -> None:
    """Move the clock to where so much of the target is gone."""
    assert case.due_at is not None
    house.world.clock.set(case.created_at + (case.due_at - case.created_at) * share)


async def warned(house: House, case: Case) -> list[str]:
    return [str(event.detail["percent"]) for event in await house.history(case.id) if event.kind == "sla.warned"]


async def test_a_case_is_warned_of_once_at_each_share_and_its_thread_tells(house: House) -> None:
    case = await house.shown()
    for share, told_so_far in (
        (0.49, []),
        (0.5, ["50"]),
        (0.79, ["50"]),
        (0.8, ["50", "80"]),
        (0.99, ["50", "80"]),
        (1.0, ["50", "80", "100"]),
    ):
        at_share(house, case, share)
        for _ in range(2):
            await find_breaches(house.services)
            await house.work()
        assert await warned(house, case) == told_so_far
    lines = [post.card.text for post in house.world.chat.posts if post.thread]
    assert sum("50% of the time for a first response is gone" in line for line in lines) == 1
    assert sum("80% of the time for a first response is gone" in line for line in lines) == 1
    assert sum("The first response is overdue" in line for line in lines) == 1


async def test_after_a_long_absence_only_the_breach_is_told(house: House) -> None:
    case = await house.shown()
    at_share(house, case, 3)
    assert await find_breaches(house.services) == 1
    assert await find_breaches(house.services) == 0
    await house.work()
    assert await warned(house, case) == ["100"]


async def test_two_processes_that_wake_together_warn_once(house: House, store: Store, database_url: str) -> None:
    case = await house.shown()
    at_share(house, case, 0.9)
    other = Store(database_url)
    twin = build_services(other, house.world)
    assert await find_breaches(twin) + await find_breaches(house.services) == 1
    await other.close()


async def test_what_is_decided_or_asleep_is_not_warned_of(house: House) -> None:
    case = await house.shown()
    until_late = MORNING + timedelta(days=9)
    await act(house.services, LEAD, case.id, lambda _, by: Snooze(by=by, until=until_late))
    at_share(house, case, 1.5)
    assert await find_breaches(house.services) == 0
    await act(house.services, LEAD, case.id, lambda _, by: Dismiss(by=by))
    assert await find_breaches(house.services) == 0


async def test_a_warning_that_comes_too_late_says_nothing(house: House) -> None:
    case = await house.shown()
    at_share(house, case, 0.9)
    assert await find_breaches(house.services) == 1
    await act(house.services, LEAD, case.id, lambda _, by: Dismiss(by=by))
    await house.work()
    assert await warned(house, case) == []
    assert await house.due(Kind.WARN) == ()


def slow_policy(hours: float) -> Policy:
    """The policy that ships, with one target that is longer than all others."""
    billing, *others = policy().categories
    slower = billing.model_copy(update={"sla_hours": {**billing.sla_hours, Urgency.P3: hours}})
    return policy().model_copy(update={"categories": (slower, *others)})


async def test_a_target_of_months_is_warned_of_as_early_as_a_target_of_hours(store: Store) -> None:
    house = House(store)
    house.services = services = replace(house.services, policies=Policies(slow_policy(2000)))
    case = await house.shown(told(said("m1", "Hello, our card was charged twice for March.")))
    assert case.due_at is not None
    assert case.due_at - case.created_at == timedelta(hours=2000)
    at_share(house, case, 0.8)
    assert await find_breaches(services) == 1


def wake(clock) -> None:  # type: ignore[no-untyped-def]  # apscheduler has no types
    clock.get_job("breaches").modify(next_run_time=datetime.now(UTC))


async def test_the_clock_finds_breaches_by_itself(house: House) -> None:
    case = await house.shown()
    at_share(house, case, 0.9)

    async def owed() -> bool:
        await house.work()
        return await warned(house, case) == ["80"]

    async with ticking(house.services) as clock:
        assert clock.get_job("breaches").trigger.interval == timedelta(seconds=BREACHES_EVERY)
        wake(clock)
        await until(owed)


async def test_a_round_that_fails_is_told_and_the_next_one_comes(database_url: str) -> None:
    class AwayStore(Store):
        looks = 0

        def reader(self):  # type: ignore[no-untyped-def]
            self.looks += 1
            if self.looks == 1:
                raise ConnectionRefusedError("no database")
            return super().reader()

    store = AwayStore(database_url)

    async def looked(times: int) -> bool:
        return store.looks >= times and (times > 1 or bool(logs))

    with capture_logs() as logs:
        async with ticking(House(store).services) as clock:
            wake(clock)
            await until(lambda: looked(1))
            wake(clock)
            await until(lambda: looked(2))
    assert [log["event"] for log in logs] == ["schedule.failed"]
    assert logs[0]["error"] == "ConnectionRefusedError"
    await store.close()


async def test_a_round_under_way_has_ended_when_the_clock_has_stopped(store: Store) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    class Waiting(Store):
        @asynccontextmanager
        async def reader(self):  # type: ignore[no-untyped-def,override]
            begun.set()
            try:
                await asyncio.Event().wait()
                yield
            finally:
                await asyncio.sleep(0.05)  # as a connection that is given back over a network
                ended.set()

    services = replace(House(store).services, store=Waiting(store.url))
    async with ticking(services) as clock:
        wake(clock)
        await begun.wait()
    assert ended.is_set()
