"""Who is away gets no new tickets, and is told which old ones wait."""

import pytest

from handlers.slack.commands import answer
from pipeline.ports import Person
from storage.store import Store
from tests.fakes.house import House, told
from tests.handlers.views.valid import must_be_valid


@pytest.fixture
def house(store: Store) -> House:
    return House(store)


async def assigned(house: House, id_: str) -> str:
    case_id = await house.arrive(told(id_=id_), f"delivery of {id_}")
    await house.work()
    return (await house.case(case_id)).agent


async def said(house: House, agent: str, text: str) -> str:
    card = await answer(house.services, f"U{agent.split()[0].upper()}", text)
    must_be_valid(card)
    return card.text


async def test_new_tickets_go_to_others_until_somebody_is_back(house: House) -> None:
    first = await assigned(house, "t1")
    assert "until you type /triage back" in await said(house, first, "away")
    second = await assigned(house, "t2")
    assert second not in ("", first)
    assert "Welcome back" in await said(house, first, "back")
    assert await assigned(house, "t3") == first
    assert "not away" in await said(house, first, "back")


async def test_an_absence_ends_at_the_moment_that_was_said(house: House) -> None:
    first = await assigned(house, "t1")
    assert "1 still wait for you" in await said(house, first, "away 2h")
    assert await assigned(house, "t2") != first
    house.world.clock.advance(3 * 3600)
    assert await assigned(house, "t3") == first


async def test_who_is_in_no_team_cannot_be_away_and_a_moment_must_be_one(house: House) -> None:
    house.world.chat.join(Person(id="UOUTIS", name="Outis", email="outis@acme.example", stranger=False))
    assert "in no team" in await said(house, "Outis", "away")
    first = await assigned(house, "t1")
    assert "Say until when: 4h, 2d, tomorrow" in await said(house, first, "away soon")
    assert await assigned(house, "t2") != ""
