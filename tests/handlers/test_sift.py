"""While many tickets wait to be read, those that sound like an alarm are read first."""

import pytest

from handlers.sift import FEW, GRACE
from storage.jobs import Kind, claim
from storage.store import Store
from tests.fakes.house import House, said, told

OUTAGE = "Nobody in our company can open any board since this morning, error 503. A complete outage."

AT_A_TIME = 12


@pytest.fixture(autouse=True)
def few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.sift.AT_A_TIME", AT_A_TIME)


async def arrive(house: House, name: str, text: str) -> str:
    return await house.arrive(told(said("m1", text), id_=name), name)


async def sift(house: House) -> None:
    """Let the time pass that a look needs, as often as there is one."""
    house.world.clock.advance(GRACE.total_seconds())
    while jobs := await house.due(Kind.SIFT):
        for job in jobs:
            await house.do(job)
        house.world.clock.advance(GRACE.total_seconds())


async def order(house: House, count: int) -> list[str]:
    """Return the cases in the order in which they would be read."""
    found = []
    for _ in range(count):
        [job] = await claim(house.store, (Kind.TRIAGE,), 1, house.world.clock.now())
        found.append(job.subject)
    return found


async def test_an_alarm_overtakes_what_came_before_and_the_rest_keeps_its_order(store: Store) -> None:
    house = House(store)
    usual = [await arrive(house, f"t{n}", f"Please send invoice {n} again.") for n in range(FEW)]
    alarm = await arrive(house, "alarm", OUTAGE)
    await sift(house)
    assert await order(house, FEW + 1) == [alarm, *usual]


async def test_later_tickets_do_not_overtake_those_that_were_looked_at(store: Store) -> None:
    house = House(store)
    first = [await arrive(house, f"t{n}", f"Please send invoice {n} again.") for n in range(FEW + 1)]
    await sift(house)
    later = [await arrive(house, f"u{n}", f"How do I export board {n}?") for n in range(FEW + 1)]
    await sift(house)
    assert await order(house, 2 * FEW + 2) == [*first, *later]


async def test_more_than_one_look_takes_are_all_looked_at(store: Store) -> None:
    house = House(store)
    for n in range(AT_A_TIME):
        await arrive(house, f"t{n}", f"Please send invoice {n} again.")
    alarm = await arrive(house, "alarm", OUTAGE)
    await sift(house)
    assert await order(house, 1) == [alarm]


async def test_a_few_tickets_are_read_as_they_come(store: Store) -> None:
    house = House(store)
    ids = [await arrive(house, f"t{n}", OUTAGE) for n in range(FEW)]
    await sift(house)
    assert await order(house, FEW) == ids


async def test_an_alarm_does_not_wait_until_all_before_it_were_looked_at(store: Store) -> None:
    house = House(store)
    for n in range(AT_A_TIME + FEW):
        await arrive(house, f"t{n}", f"Please send invoice {n} again.")
    alarm = await arrive(house, "alarm", OUTAGE)
    house.world.clock.advance(GRACE.total_seconds())
    [job] = await house.due(Kind.SIFT)
    await house.do(job)
    assert await order(house, 1) == [alarm]
