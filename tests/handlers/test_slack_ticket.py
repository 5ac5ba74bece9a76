"""A Slack thread is a ticket like any other: read, answered once in its thread, and shown where it came from."""

from datetime import timedelta

import pytest

from handlers.decisions import approve
from handlers.slack_ticket import ask_for_ticket
from pipeline.case import Case, Sending, Status
from pipeline.ports import Person
from storage.cases import by_ticket
from storage.jobs import Kind
from storage.store import Store
from tests.fakes.house import House
from tests.fakes.settle import settle
from tests.handlers.test_decisions import LEAD

KIM = Person(id="UKIM", name="Kim Park", email="kim@client.example")  # a guest: may write, but not ask for tickets
ASKED = "Hello, our card was charged twice for March."


@pytest.fixture
async def house(store: Store) -> House:
    house = House(store)
    house.world.chat.lag = house.world.helpdesk.lag = timedelta(0)
    house.world.chat.join(KIM)
    return house


async def asked(house: House) -> tuple[str, Case]:
    ts = house.world.chat.says("C1", KIM.id, ASKED)
    await ask_for_ticket(house.services, LEAD, "C1", ts)
    await settle(house.services, house.world.clock)
    async with house.store.reader() as connection:
        found = await by_ticket(connection, house.services.workspace, "slack", f"C1:{ts}")
    assert found is not None
    return ts, found


async def test_who_asked_is_told_where_the_card_is(house: House) -> None:
    _, case = await asked(house)
    card = house.world.chat.keyed(f"card:{case.id}:{case.placement}")
    way = await house.services.chat.permalink(card.channel, card.ts)
    first, second = house.world.chat.whispers
    assert (first[1], second[1]) == (LEAD, LEAD)
    assert "I am reading it" in first[2].text and way in str(second[2].blocks)


async def test_the_reply_goes_into_the_thread_once_and_nothing_else_does(house: House) -> None:
    ts, case = await asked(house)
    await approve(house.services, LEAD, case.id, case.shown)
    await settle(house.services, house.world.clock)
    sent = await house.case(case.id)
    assert (sent.status, sent.sending) == (Status.ANSWERED, Sending.SENT)
    [reply] = [post for post in house.world.chat.posts if post.thread == ts]
    assert (reply.channel, reply.key) == ("C1", f"reply:{case.id}:1")
    [section] = reply.card.blocks[0]["elements"]
    assert sent.decision is not None and section["elements"] == [{"type": "text", "text": sent.decision.text}]
    assert house.world.helpdesk.notes == []


async def test_the_card_says_where_the_reply_goes(house: House) -> None:
    _, case = await asked(house)
    assert "the reply goes into that thread" in str(
        house.world.chat.keyed(f"card:{case.id}:{case.placement}").card.blocks
    )


async def test_asking_again_leads_to_the_card_that_is_there(house: House) -> None:
    ts, case = await asked(house)
    house.world.chat.whispers.clear()
    await ask_for_ticket(house.services, LEAD, "C1", ts)
    [(_, _, told)] = house.world.chat.whispers
    assert "Open its card" in str(told.blocks)
    assert (await house.case(case.id)).version == case.version
    assert await house.due(Kind.TELL_ASKER) == ()


async def test_what_the_asker_wrote_since_is_read_when_it_is_asked_for(house: House) -> None:
    ts, case = await asked(house)
    more = house.world.chat.says("C1", KIM.id, "And for April, too.", thread=ts)
    await ask_for_ticket(house.services, LEAD, "C1", more)
    await settle(house.services, house.world.clock)
    assert [message.text for message in (await house.case(case.id)).ticket.asked] == [ASKED, "And for April, too."]
