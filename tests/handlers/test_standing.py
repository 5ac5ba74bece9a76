"""What is done to a ticket in the helpdesk follows to its case, its card and its thread, once."""

from datetime import timedelta

import pytest

from handlers.decisions import act
from handlers.intake import Receipt, receive
from pipeline.acts import Resolve
from pipeline.case import Case, Status
from pipeline.ticket import Arrival, TicketStatus
from storage.store import Store
from tests.fakes.house import House, said, told
from tests.handlers.test_decisions import AGENT


@pytest.fixture
async def house(store: Store) -> House:
    house = House(store)
    house.world.chat.lag = house.world.helpdesk.lag = timedelta(0)
    return house


async def becomes(house: House, case: Case, status: TicketStatus, delivery: str) -> Receipt:
    ticket = told().model_copy(update={"messages": (), "tags": ("seen",)})
    receipt = (await receive(house.services, Arrival(delivery=delivery, ticket=ticket, status=status))).receipt
    await house.work()
    return receipt


async def test_solved_there_closes_the_card_and_opened_there_opens_it(house: House) -> None:
    case = await house.shown()
    await becomes(house, case, TicketStatus.SOLVED, "d2")
    assert (await house.case(case.id)).status is Status.CLOSED
    card = house.world.chat.keyed(f"card:{case.id}:1").card
    assert "Solved in the helpdesk" in str(card.blocks) and "ticket.approve" not in str(card.blocks)
    await becomes(house, case, TicketStatus.OPEN, "d3")
    assert (await house.case(case.id)).status is Status.OPEN
    assert "ticket.approve" in str(house.world.chat.keyed(f"card:{case.id}:1").card.blocks)
    lines = [post.card.text for post in house.world.chat.posts if post.thread]
    assert sum("solved in the helpdesk" in line for line in lines) == 1
    assert sum("opened again in the helpdesk" in line for line in lines) == 1


async def test_the_echo_of_what_was_resolved_here_is_not_told_again(house: House) -> None:
    case = await house.shown()
    await act(house.services, AGENT, case.id, lambda _, by: Resolve(by=by))
    await house.work()
    await becomes(house, case, TicketStatus.SOLVED, "d2")
    assert [event.kind for event in await house.history(case.id)][-1] != "ticket.solved_there"
    assert [remark.status for _, remark in house.world.helpdesk.remarks] == [TicketStatus.SOLVED]


async def test_the_status_of_an_unknown_ticket_is_nothing_for_us(house: House) -> None:
    ticket = told(id_="t9").model_copy(update={"messages": ()})
    arrival = Arrival(delivery="d9", ticket=ticket, status=TicketStatus.SOLVED)
    assert (await receive(house.services, arrival)).receipt is Receipt.IGNORED


async def test_an_edited_comment_is_shown_as_edited_and_read_anew(house: House) -> None:
    case = await house.shown()
    message = said("m1", "Our card was charged three times.").model_copy(update={"edited": True})
    await house.arrive(told(message), "d2")
    await house.work()
    found = await house.case(case.id)
    assert found.status is Status.OPEN and not found.unread
    assert "(edited)" in str(house.world.chat.keyed(f"card:{case.id}:1").card.blocks)
    assert "customer.edited" in [event.kind for event in await house.history(case.id)]
