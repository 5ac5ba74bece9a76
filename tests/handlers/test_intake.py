"""A ticket is taken in once, however often and in whatever order its helpdesk tells of it."""

import asyncio
from collections import Counter

import pytest

from handlers.decisions import edit
from handlers.intake import Receipt, receive
from pipeline.case import Status
from pipeline.ticket import Author
from storage.jobs import Kind, depth
from storage.store import Store
from tests.fakes.house import House, said, told
from tests.fakes.tickets import arrival

FIRST = said("m1", "Our card was charged twice.")
AGAIN = said("m2", "It happened again!", minutes=5)
LEAD = "ULENA"
ANSWER = said("a1", "We look into it.", minutes=3, author=Author.AGENT)


@pytest.fixture
def house(store: Store) -> House:
    return House(store)


async def queue(house: House) -> dict[tuple[str, str], int]:
    async with house.store.reader() as connection:
        return await depth(connection)


async def test_a_hundred_copies_of_a_delivery_make_one_case_and_one_job(house: House) -> None:
    one = arrival(told(FIRST), "d1")
    received = await asyncio.gather(*(receive(house.services, one) for _ in range(100)))
    assert Counter(each.receipt for each in received) == {Receipt.ACCEPTED: 1, Receipt.DUPLICATE: 99}
    assert len({each.case_id for each in received}) == 1
    case = await house.case(received[0].case_id)
    assert case.ticket.messages == (FIRST,)
    assert [event.kind for event in await house.history(case.id)] == ["ticket.opened"]
    assert await queue(house) == {("triage", "waiting"): 1}


async def test_thirty_different_messages_at_once_make_one_case_that_has_them_all(house: House) -> None:
    tickets = [told(said(f"m{n}", f"Message {n}.", minutes=n)) for n in range(30)]
    deliveries = [arrival(ticket, f"d{n}") for n, ticket in enumerate(tickets)]
    received = await asyncio.gather(*(receive(house.services, each) for each in deliveries))
    (case_id,) = {each.case_id for each in received}
    case = await house.case(case_id)
    assert [message.id for message in case.ticket.messages] == [f"m{n}" for n in range(30)]
    for each in deliveries:
        assert await receive(house.services, each) == (Receipt.DUPLICATE, case_id)


async def test_a_comment_updates_its_case_and_has_it_read_and_shown_again(house: House) -> None:
    case = await house.shown(told(FIRST))
    assert case.status is Status.OPEN
    assert await house.arrive(told(FIRST, AGAIN), "d2") == case.id
    after = await house.case(case.id)
    assert after.status is Status.WAITING
    assert after.ticket.messages == (FIRST, AGAIN)
    assert {job.kind for job in await house.due()} == {Kind.TRIAGE, Kind.SHOW_CARD}


async def test_what_an_agent_writes_is_kept_and_changes_nothing_else(house: House) -> None:
    case = await house.shown(told(FIRST))
    await house.arrive(told(FIRST, ANSWER), "d2")
    after = await house.case(case.id)
    assert after.ticket.messages == (FIRST, ANSWER)
    assert (after.status, after.analysis) == (Status.OPEN, case.analysis)
    assert await house.due() == ()
    assert (await house.history(case.id))[-1].kind == "agent.wrote"


async def test_our_own_reply_coming_back_is_no_answer_of_an_agent(house: House) -> None:
    case = await house.shown(told(FIRST))
    await edit(house.services, LEAD, case.id, case.shown, "Hello Maria,\nwe refund it.")
    ours = ANSWER.model_copy(update={"id": "ours", "text": "Hello Maria,\r\n\r\nwe refund it.\nRef: 1"})
    await house.arrive(told(FIRST, ours), "d2")
    assert (await house.history(case.id))[-1].kind == "ticket.updated"


async def test_our_own_note_coming_back_is_no_answer_of_an_agent(house: House) -> None:
    case = await house.shown(told(FIRST))
    note = ANSWER.model_copy(update={"id": "note", "public": False})
    await house.arrive(told(FIRST, note), "d2")
    assert await house.due() == ()
    assert (await house.history(case.id))[-1].kind == "ticket.updated"


async def test_messages_that_arrive_in_the_wrong_order_end_in_the_right_one(house: House) -> None:
    case_id = await house.arrive(told(AGAIN), "d2")
    await house.arrive(told(FIRST), "d1")
    assert (await house.case(case_id)).ticket.messages == (FIRST, AGAIN)


async def test_a_message_that_arrives_late_while_a_later_one_is_read_is_read_too(house: House) -> None:
    """The last message is the same before and after, so the time of it alone would not tell."""
    case_id = await house.arrive(told(AGAIN), "d2")
    (job,) = await house.due(Kind.TRIAGE)
    house.world.helpdesk.complete = meanwhile(house)  # type: ignore[method-assign]
    await house.do(job)
    assert (await house.case(case_id)).status is Status.WAITING
    await house.work()
    case = await house.case(case_id)
    assert case.status is Status.OPEN
    assert case.analysis is not None
    assert "charged twice" in case.analysis.excerpt


def meanwhile(house: House):  # type: ignore[no-untyped-def]
    """Let an earlier message arrive while the helpdesk is asked for the rest of the ticket."""

    async def complete(ticket):  # type: ignore[no-untyped-def]
        await house.arrive(told(FIRST), "d1")
        return ticket

    return complete


async def test_the_same_ticket_told_again_under_another_delivery_changes_nothing(house: House) -> None:
    case_id = await house.arrive(told(FIRST))
    before = await house.case(case_id)
    assert await house.arrive(told(FIRST), "d2") == case_id
    assert await house.case(case_id) == before


async def test_what_no_customer_wrote_opens_no_case(house: House) -> None:
    received = await receive(house.services, arrival(told(ANSWER), "d1"))
    assert received == (Receipt.IGNORED, "")
    assert await queue(house) == {}
    assert await house.arrive(told(ANSWER, FIRST), "d2") != ""
