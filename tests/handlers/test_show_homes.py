"""A Home that somebody has open follows what people decide, once things are quiet for a moment, and no other does."""

import pytest

from handlers.decisions import act, approve
from handlers.desk import home_of
from handlers.show_homes import digest_of
from pipeline.acts import Claim, Rate
from storage import homes
from storage.jobs import Kind
from storage.store import Store
from tests.fakes.house import House


@pytest.fixture
async def house(store: Store) -> House:
    return House(store)


async def opens(house: House, user: str) -> None:
    view = await home_of(house.services, await house.services.chat.person(user))
    async with house.store.begin() as tx:
        now = house.services.clock.now()
        await homes.opened(tx, house.services.workspace, user, digest_of(view), now)


async def test_several_decisions_show_on_an_open_home_at_once(house: House) -> None:
    case = await house.shown()
    await opens(house, "UANA")
    await act(house.services, "ULENA", case.id, lambda _, by: Claim(by=by))
    await house.work()
    assert house.world.chat.homes == []  # it waits for what follows closely
    await approve(house.services, "ULENA", case.id, (await house.case(case.id)).shown)
    house.world.clock.advance(6)
    await house.work()
    [(user, view)] = house.world.chat.homes
    assert user == "UANA" and "Nothing waits for a decision." in str(view)


async def test_a_home_that_shows_the_same_is_left_alone(house: House) -> None:
    case = await house.shown()
    await opens(house, "UANA")
    await act(house.services, "ULENA", case.id, lambda _, by: Rate(by=by, good=True))
    assert await house.due(Kind.HOMES) == ()
    await act(house.services, "ULENA", case.id, lambda _, by: Claim(by=by))
    await act(house.services, "ULENA", case.id, lambda _, by: Claim(by=by))
    house.world.clock.advance(6)
    await house.work()
    assert house.world.chat.homes == []


async def test_who_has_not_opened_it_lately_is_left_alone(house: House) -> None:
    case = await house.shown()
    await opens(house, "ULENA")
    house.world.clock.advance(homes.LASTS.total_seconds() + 1)
    await act(house.services, "ULENA", case.id, lambda _, by: Claim(by=by))
    house.world.clock.advance(6)
    await house.work()
    assert house.world.chat.homes == []
