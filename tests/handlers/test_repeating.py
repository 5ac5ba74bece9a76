"""A ticket that repeats another one leads to it, and never back to itself, whoever marks what at the same time."""

import asyncio
from datetime import timedelta

import pytest

from handlers.decisions import UnknownCase, act
from handlers.merging import reopen
from handlers.repeating import InARing, repeat
from pipeline.acts import Dismiss
from pipeline.case import DESK, Status, Verdict
from pipeline.decide import NotNow
from pipeline.ticket import TicketStatus
from storage.cases import Event, create
from storage.store import Store
from tests.fakes.house import House
from tests.handlers.test_decisions import AGENT, LEAD, shown


@pytest.fixture
async def house(store: Store) -> House:
    house = House(store)
    house.world.chat.lag = house.world.helpdesk.lag = timedelta(0)
    return house


async def test_two_tickets_marked_as_each_others_duplicates_at_once_leave_one_to_answer(house: House) -> None:
    one, two = await shown(house, "1"), await shown(house, "2")
    taken = await asyncio.gather(
        repeat(house.services, AGENT, one.id, two.id),
        repeat(house.services, LEAD, two.id, one.id),
        return_exceptions=True,
    )
    assert sorted(isinstance(each, NotNow) for each in taken) == [False, True], taken
    now = [await house.case(each.id) for each in (one, two)]
    assert sorted(each.status for each in now) == [Status.CLOSED, Status.OPEN]


async def test_a_duplicate_of_a_duplicate_leads_to_what_is_answered_in_the_end(house: House) -> None:
    one, two, three = [await shown(house, number) for number in "123"]
    await repeat(house.services, AGENT, two.id, one.id)
    await repeat(house.services, AGENT, three.id, two.id)
    assert (await house.case(three.id)).duplicate_of == one.id
    with pytest.raises(InARing):
        await repeat(house.services, AGENT, one.id, three.id)
    assert (await house.case(one.id)).status is Status.OPEN


@pytest.mark.parametrize("of", ["nothing", "foreign"])
async def test_a_ticket_that_is_not_ours_is_repeated_by_none(house: House, of: str) -> None:
    one = await shown(house, "1")
    foreign = one.but(id="foreign", workspace="elsewhere", version=0)
    async with house.store.begin() as tx:
        assert await create(tx, foreign, Event(kind="ticket.opened", actor=DESK))
    with pytest.raises(UnknownCase):
        await repeat(house.services, AGENT, one.id, of)
    assert (await house.case(one.id)).status is Status.OPEN


async def test_both_threads_and_the_helpdesk_hear_of_a_duplicate(house: House) -> None:
    one, two = await shown(house, "1"), await shown(house, "2")
    await repeat(house.services, AGENT, two.id, one.id)
    await house.work()
    said = [str(post.card.text) for post in house.world.chat.posts]
    assert any("marked ticket 2 as a duplicate of this one" in each for each in said)
    [(ticket, remark)] = house.world.helpdesk.remarks
    assert (ticket, remark.status) == ("2", TicketStatus.SOLVED)
    assert "as a duplicate of ticket 1" in remark.text


@pytest.mark.parametrize("verdict", [Verdict.DISMISSED, Verdict.DUPLICATE])
async def test_what_is_set_aside_is_solved_in_the_helpdesk_and_opened_with_its_reopening(
    house: House, verdict: Verdict
) -> None:
    one, two = await shown(house, "1"), await shown(house, "2")
    if verdict is Verdict.DISMISSED:
        await act(house.services, AGENT, two.id, lambda _, by: Dismiss(by=by))
    else:
        await repeat(house.services, AGENT, two.id, one.id)
    await house.work()
    await reopen(house.services, AGENT, await house.case(two.id))
    await house.work()
    assert [(ticket, each.status) for ticket, each in house.world.helpdesk.remarks] == [
        ("2", TicketStatus.SOLVED),
        ("2", TicketStatus.OPEN),
    ]
    assert max(house.world.helpdesk.counts.values()) == 1
