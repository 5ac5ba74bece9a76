"""What is asked for after /triage stats is told of the days named, and summed up meanwhile."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.slack.commands import answer
from handlers.stats import stats, understood
from handlers.summing import owe_summing
from storage.store import Store
from tests.fakes.clock import MORNING
from tests.fakes.house import House, told

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
async def house(store: Store) -> House:
    """Two tickets, two days apart, the later one this morning."""
    house = House(store)
    house.world.clock.set(MORNING - timedelta(days=2, hours=1))
    await house.shown(told(id_="t1"))
    house.world.clock.set(MORNING)
    await house.arrive(told(id_="t2"), "d2")
    await house.work()
    return house


async def arrived(house: House, words: str) -> tuple[int, int]:
    found = await stats(house.services, understood(house.services.policy, words), BERLIN)
    return found.whole.arrived, found.before.arrived if found.before else 0


async def test_days_are_asked_for_by_name_or_date_and_compared_with_those_before(house: House) -> None:
    today = MORNING.astimezone(BERLIN).date()
    first = today - timedelta(days=2)
    assert await arrived(house, "today") == (1, 0)
    assert await arrived(house, f"from {first} to {first}") == (1, 0)
    assert await arrived(house, f"from {first + timedelta(days=1)} to {today}") == (1, 1)
    assert await arrived(house, "7d") == (2, 0)
    said = await answer(house.services, "UANA", f"stats from {first} to {first}")
    assert f"{first.day} {first:%b %Y}, all teams: 1 tickets" in said.text
    future = await answer(house.services, "UANA", "stats from 2090-01-01 to 2090-01-02")
    assert future.text == "That period has not begun yet."
    wrong = await answer(house.services, "UANA", "stats from monday to friday")
    assert "stats from 2026-10-01 to 2026-10-31" in wrong.text


async def test_summing_up_is_owed_while_there_is_news_and_changes_nothing(house: House) -> None:
    before = await stats(house.services, understood(house.services.policy, "7d"), BERLIN)
    assert await owe_summing(house.services)
    await house.work()
    assert not await owe_summing(house.services)
    assert await stats(house.services, understood(house.services.policy, "7d"), BERLIN) == before
