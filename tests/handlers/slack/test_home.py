"""The Home shows what waits for whoever opens it, as it is now."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.slack.home import desk_of
from handlers.views.home import closed_home, home
from pipeline.case import Actor, Case, Status
from pipeline.ports import Person
from storage.cases import Event, create
from storage.store import Store
from tests.fakes.clock import MORNING
from tests.fakes.house import House
from tests.handlers.views.valid import must_be_valid_view
from tests.pipeline.deciding import a_case
from tests.pipeline.people import ANA, LEA, POLICY


@pytest.fixture
async def house(store: Store) -> House:
    house = House(store)
    house.services = replace(house.services, policy=POLICY)
    return house


async def waiting(house: House, id_: str, hours: int, **more: object) -> Case:
    ticket = a_case().ticket.model_copy(update={"id": id_, "subject": id_})
    due = MORNING + timedelta(hours=hours)
    case = a_case().but(id=id_, ticket=ticket, workspace=house.services.workspace, due_at=due, **more)
    async with house.services.store.begin() as tx:
        await create(tx, case, Event(kind="ticket.opened", actor=Actor(id="U", name="U")))
    return case


async def shown(house: House, person: Person) -> dict[str, list[str]]:
    desk = await desk_of(house.services, person)
    must_be_valid_view(home(desk))
    return {name: [case.id for case in getattr(desk, name)] for name in ("mine", "queue", "drafts")}


async def test_each_list_has_what_concerns_the_person_the_most_pressing_first(house: House) -> None:
    await waiting(house, "late", 9, agent="Ana")
    await waiting(house, "soon", 1, claimed_by=Actor(id=ANA.id, name="Ana"))
    await waiting(house, "theirs", 2, agent="Ana", claimed_by=Actor(id="U-ben", name="Ben"))
    await waiting(house, "unread", 3, analysis=None, status=Status.WAITING)
    await waiting(house, "elsewhere", 4, team="care", home="care")
    await waiting(house, "done", 5, status=Status.ANSWERED)
    assert await shown(house, ANA) == {
        "mine": ["soon", "late"],
        "queue": ["soon", "theirs", "unread", "late"],
        "drafts": ["soon", "theirs", "late"],
    }


async def test_who_is_in_no_team_sees_every_queue(house: House) -> None:
    await waiting(house, "elsewhere", 4, team="care", home="care")
    await waiting(house, "here", 5)
    assert (await shown(house, LEA))["queue"] == ["elsewhere", "here"]


async def test_an_empty_desk_and_a_closed_one_are_views_too(house: House) -> None:
    assert await shown(house, ANA) == {"mine": [], "queue": [], "drafts": []}
    must_be_valid_view(closed_home())
