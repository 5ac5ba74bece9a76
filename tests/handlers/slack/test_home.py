"""The Home shows what waits for whoever opens it, as it is now."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.desk import desk_of
from handlers.policies import Policies
from handlers.views.home import closed_home, home
from pipeline.case import Actor, Case, Status
from pipeline.ports import Card, Person
from pipeline.timer import Timer
from storage.cards import CARD, Placed, place
from storage.cases import Event, create
from storage.jobs import Kind, enqueue
from storage.store import Store
from tests.fakes.clock import MORNING
from tests.fakes.house import House
from tests.handlers.views.valid import must_be_valid_view
from tests.pipeline.deciding import a_case
from tests.pipeline.people import ANA, LEA, POLICY


@pytest.fixture
async def house(store: Store) -> House:
    house = House(store)
    house.services = replace(house.services, policies=Policies(POLICY))
    return house


async def waiting(house: House, id_: str, hours: int, **more: object) -> Case:
    ticket = a_case().ticket.model_copy(update={"id": id_, "subject": id_})
    due = MORNING + timedelta(hours=hours)
    case = a_case().but(id=id_, ticket=ticket, workspace=house.services.workspace, due_at=due, **more)
    goal = (due - case.created_at).total_seconds()
    case = case.but(timer=Timer(team=case.team, since=case.created_at, goal=goal))
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


async def test_a_list_tells_its_whole_length_and_leads_to_the_cards(house: House) -> None:
    for number in range(12):
        await waiting(house, f"w{number:02}", number, analysis=None, status=Status.WAITING)
    ts = await house.services.chat.post("C1", Card(text="w03", blocks=()), key="w03")
    shown = Placed(case_id="w03", placement=0, role=CARD, workspace=house.services.workspace, channel="C1", ts=ts)
    async with house.services.store.begin() as tx:
        await place(tx, shown)
    text = str(home(await desk_of(house.services, ANA)))
    assert "…and 2 more: `/triage queue`" in text
    assert f"<https://slack.example/archives/C1/p{ts.replace('.', '')}|w03>" in text


async def test_who_is_in_no_team_sees_every_queue(house: House) -> None:
    await waiting(house, "elsewhere", 4, team="care", home="care")
    await waiting(house, "here", 5)
    assert (await shown(house, LEA))["queue"] == ["elsewhere", "here"]


async def test_an_empty_desk_and_a_closed_one_are_views_too(house: House) -> None:
    assert await shown(house, ANA) == {"mine": [], "queue": [], "drafts": []}
    must_be_valid_view(closed_home("Ask Lea."))


async def test_what_is_mine_is_sorted_by_how_much_of_its_time_is_gone(house: House) -> None:
    await waiting(house, "long", 100, agent="Ana", created_at=MORNING - timedelta(hours=100))
    await waiting(house, "short", 4, agent="Ana")
    house.world.clock.set(MORNING + timedelta(hours=1))
    desk = await desk_of(house.services, ANA)
    assert [case.id for case in desk.mine] == ["long", "short"]
    assert "*50%* of its time gone" in str(home(desk))
    assert "*25%* of its time gone" in str(home(desk))
    house.world.clock.set(MORNING + timedelta(hours=101))
    assert str(home(await desk_of(house.services, ANA))).count("⏰ *overdue*") == 2


async def test_leads_see_what_is_wrong_with_the_set_up_and_agents_do_not(house: House) -> None:
    house.world.chat.missing_channels.add("money")
    async with house.store.begin() as tx:
        await enqueue(tx, Kind.LEARN, "c1", now=MORNING)
    house.world.clock.advance(600)
    assert (await desk_of(house.services, ANA)).health is None
    found = (await desk_of(house.services, LEA)).health
    assert found is not None
    told = {each.name: each.told for each in found}
    assert "the oldest work waits 10 minutes" in told["queue"]
    assert "channel #money" in told
    view = home(await desk_of(house.services, LEA))
    must_be_valid_view(view)
    assert "The set-up needs somebody" in str(view)


async def test_who_can_be_called_may_say_when(house: House) -> None:
    assert "home.preferences" in str(home(await desk_of(house.services, ANA)))
    stranger = Person(id="U-x", name="X", stranger=False)
    assert "home.preferences" not in str(home(await desk_of(house.services, stranger)))
