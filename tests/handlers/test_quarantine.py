"""A correction against many teaches nothing until somebody else says the same, or a lead accepts it."""

from dataclasses import replace

import pytest

from handlers.correcting import accept
from handlers.decisions import act
from handlers.policies import Policies
from pipeline.acts import Choose
from pipeline.case import Case
from pipeline.feedback import Aspect, Standing
from storage import feedback
from storage.jobs import Kind, enqueue
from storage.store import Store
from tests.fakes.house import House, told
from tests.fakes.reading import FakePrecedents

LEAD, ANA, BEN = "ULENA", "UANA", "UBEN"


@pytest.fixture
def house(store: Store) -> House:
    """One in which whoever is in a team may decide on every ticket."""
    house = House(store)
    policy = house.services.policy
    everybody = tuple({member.name: member for team in policy.teams for member in team.members}.values())
    house.services = replace(house.services, policies=Policies(policy.model_copy(update={"leads": everybody})))
    return house


async def filed(house: House, number: int, category: str, by: str) -> Case:
    """A ticket about the same thing as every other here, and where somebody filed it."""
    case_id = await house.arrive(told(id_=f"t{number}"), f"d{number}")
    await house.work()
    await act(house.services, by, case_id, lambda _, actor: Choose(by=actor, category=category))
    await house.work()
    return await house.case(case_id)


async def standings(house: House) -> list[Standing]:
    async with house.store.reader() as connection:
        log = await feedback.entries(connection, house.services.workspace, aspects=[Aspect.CATEGORY])
    return [each.standing for each in log]


def remembered(house: House, case: Case) -> bool:
    memory = house.services.precedents
    assert isinstance(memory, FakePrecedents)
    return case.id in memory.noted


async def many(house: House) -> None:
    """Five tickets that others filed under account."""
    for number in range(5):
        await filed(house, number, "account", LEAD)


async def test_what_contradicts_many_is_no_precedent(house: House) -> None:
    await many(house)
    wrong = await filed(house, 9, "technical", ANA)
    assert (await standings(house))[-1] is Standing.QUARANTINED
    assert not remembered(house, wrong)


async def test_one_who_contradicts_only_themselves_is_believed(house: House) -> None:
    await many(house)
    right = await filed(house, 9, "technical", LEAD)
    assert (await standings(house))[-1] is Standing.COUNTED
    assert remembered(house, right)


async def test_a_second_voice_lets_both_count(house: House) -> None:
    await many(house)
    first = await filed(house, 8, "technical", ANA)
    again = await filed(house, 9, "technical", ANA)
    assert (await standings(house))[-2:] == [Standing.QUARANTINED] * 2
    other = await filed(house, 10, "technical", BEN)
    assert (await standings(house))[-3:] == [Standing.TRUSTED] * 3
    assert all(remembered(house, case) for case in (first, again, other))


async def test_what_a_lead_accepted_is_not_weighed_again(house: House) -> None:
    await many(house)
    case = await filed(house, 9, "technical", ANA)
    async with house.store.reader() as connection:
        said = await feedback.of_case(connection, case.id)
    await accept(house.store, house.services.clock, said, house.services.workspace)
    for _ in range(2):
        async with house.store.begin() as tx:
            await enqueue(tx, Kind.LEARN, case.id, now=house.services.clock.now())
        await house.work()
    assert (await standings(house))[-1] is Standing.TRUSTED
    assert remembered(house, case)
