"""Many alike tickets within minutes become one incident, whose tickets stand in its thread."""

from datetime import timedelta

import pytest

from handlers.bursts import NoIncident, effect_key, end_by_hand, end_quiet
from pipeline.authorise import NotAllowed
from pipeline.burst import FEWEST, QUIET
from pipeline.incident import Incident
from pipeline.ports import Person
from storage.cards import placed
from storage.incidents import open_incidents
from storage.store import Store
from tests.fakes.house import House, said, told
from tests.handlers.test_intents import housed

OUTAGE = "the upload of pictures ends in an error for everybody here {}"
SURE = 12  # alike tickets by which a burst is certain


@pytest.fixture
def house(store: Store) -> House:
    return housed(store)


async def arrives(house: House, name: str, text: str) -> str:
    ticket = told(said("m1", text), id_=name).model_copy(update={"subject": "error"})
    case_id = await house.arrive(ticket, name)
    await house.work()
    return case_id


async def bursts(house: House, count: int, begin: int = 0) -> list[str]:
    """So many alike tickets, one in ten seconds, while another matter comes beside them."""
    if not begin:
        await arrives(house, "before", "a calm day with one ticket")
        house.world.clock.advance(86_400)
    made = []
    for number in range(begin, begin + count):
        made.append(await arrives(house, f"b{number}", OUTAGE.format(number)))
        await arrives(house, f"o{number}", f"word{number} thing{number} matter{number} question{number}")
        house.world.clock.advance(10)
    house.world.clock.advance(10)
    await house.work()
    return made


async def under_way(house: House) -> tuple[Incident, ...]:
    async with house.store.reader() as connection:
        return (await open_incidents(connection, house.services.workspace)).incidents


async def test_a_burst_raises_one_incident_and_its_further_tickets_stand_in_its_thread(house: House) -> None:
    cases = await bursts(house, 20)
    [incident] = await under_way(house)
    card = house.world.chat.keyed(effect_key(incident.id))
    assert (incident.count, incident.team) == (20, "tech_support")
    assert "20 alike tickets" in card.card.text and card.thread is None and card.channel == "C-tech-support"
    threaded = [post for post in house.world.chat.posts if post.thread == card.ts]
    own = [post for post in house.world.chat.posts if post.key.startswith("card:") and post.thread is None]
    alone = [post for post in own if OUTAGE[:20] in str(post.card.blocks)]
    assert FEWEST <= len(alone) <= SURE  # whose cards came before it
    assert len(threaded) == 20 - len(alone)
    async with house.store.reader() as connection:
        [last] = await placed(connection, cases[-1])
    assert (last.thread, last.root) == (card.ts, card.ts)
    assert "ticket.claim" in str(threaded[-1].card.blocks)  # it is worked on there


async def test_what_happens_to_a_ticket_of_an_incident_is_told_in_its_thread(house: House) -> None:
    cases = await bursts(house, SURE)
    [incident] = await under_way(house)
    card = house.world.chat.keyed(effect_key(incident.id))
    words = said("m1", OUTAGE.format(SURE - 1)), said("m2", "Any news on that?", minutes=9)
    await house.arrive(told(*words, id_=f"b{SURE - 1}"), "again")
    await house.work()
    lines = [post for post in house.world.chat.posts if post.key.startswith(f"thread:{cases[-1]}")]
    assert lines and {post.thread for post in lines} == {card.ts}


async def test_it_is_over_when_nothing_came_for_a_while_and_later_ones_have_their_own_cards(house: House) -> None:
    await bursts(house, SURE)
    [incident] = await under_way(house)
    house.world.clock.advance((QUIET - timedelta(minutes=1)).total_seconds())
    assert await end_quiet(house.services) == 0
    house.world.clock.advance(120)
    assert await end_quiet(house.services) == 1
    await house.work()
    assert "Incident over" in house.world.chat.keyed(effect_key(incident.id)).card.text
    alone = await arrives(house, "later", OUTAGE.format("later"))
    [own] = [post for post in house.world.chat.posts if post.key.startswith(f"card:{alone}:")]
    assert own.thread is None


async def test_somebody_of_the_team_ends_it_once(house: House) -> None:
    await bursts(house, SURE)
    [incident] = await under_way(house)
    house.world.chat.join(Person(id="UNOBODY", name="Nobody", stranger=False))
    with pytest.raises(NotAllowed):
        await end_by_hand(house.services, "UNOBODY", incident.id)
    await end_by_hand(house.services, "ULENA", incident.id)
    with pytest.raises(NoIncident):
        await end_by_hand(house.services, "ULENA", incident.id)
    assert await under_way(house) == ()


async def test_what_comes_as_often_as_ever_is_no_burst(house: House) -> None:
    for number in range(60):
        await arrives(house, f"u{number}", OUTAGE.format(number))
        house.world.clock.advance(1200 if number < 50 else 30)
        await end_quiet(house.services)
    usual = await under_way(house)
    assert len(usual) == 1 and usual[0].expected == pytest.approx(0.25, abs=0.05)


async def test_few_alike_ones_are_no_burst(house: House) -> None:
    await bursts(house, FEWEST - 1)
    assert await under_way(house) == ()
