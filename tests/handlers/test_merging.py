"""Two tickets of one customer become one case, in Slack and in the helpdesk, and come apart again."""

from datetime import timedelta

import pytest

from handlers.decisions import act, approve
from handlers.merging import NotTheirs, merge, mergeable, reopen
from pipeline.acts import Choose, Reassign
from pipeline.authorise import NotAllowed
from pipeline.case import Case, Status, Verdict
from pipeline.decide import AlreadyDecided
from pipeline.errors import Refused
from pipeline.feedback import Aspect
from pipeline.ticket import Customer, TicketStatus
from storage.feedback import of_case
from storage.store import Store
from tests.fakes.fuse import Point
from tests.fakes.house import House, said, told
from tests.handlers.test_decisions import AGENT, LEAD, OUTSIDER

MARA = Customer(id="7", name="Mara Klein", email="mara@client.example")


@pytest.fixture
async def house(store: Store) -> House:
    house = House(store)
    house.world.chat.lag = house.world.helpdesk.lag = timedelta(0)
    return house


async def of(house: House, number: str, customer: Customer = MARA, text: str = "I was charged twice.") -> Case:
    ticket = told(said("m1", text), id_=number)
    case_id = await house.arrive(ticket.model_copy(update={"customer": customer}), f"delivery of {number}")
    await house.work()
    return await house.case(case_id)


async def test_the_survivor_shows_the_words_and_the_merged_one_leads_there(house: House) -> None:
    one, two = await of(house, "1"), await of(house, "2", text="Where is my refund for the second charge?")
    await merge(house.services, AGENT, two.id, one.id)
    await house.work()
    merged, survivor = await house.case(two.id), await house.case(one.id)
    assert merged.decision is not None
    assert (merged.status, merged.decision.verdict, merged.duplicate_of) == (Status.CLOSED, Verdict.MERGED, one.id)
    assert survivor.status is Status.OPEN and not survivor.unread
    shown = {post.key: str(post.card.blocks) for post in house.world.chat.posts}
    assert "Where is my refund for the second charge?" in shown[f"card:{one.id}:1"]
    way = await house.services.chat.permalink(
        house.world.chat.keyed(f"card:{one.id}:1").channel, house.world.chat.keyed(f"card:{one.id}:1").ts
    )
    assert way in shown[f"card:{two.id}:1"]


async def test_the_helpdesk_hears_of_it_once_on_both_tickets(house: House) -> None:
    one, two = await of(house, "1"), await of(house, "2", text="And my refund?")
    await merge(house.services, AGENT, two.id, one.id)
    await house.work()
    await reopen(house.services, AGENT, await house.case(two.id))
    await house.work()
    told_of = [(ticket, remark.status) for ticket, remark in house.world.helpdesk.remarks]
    assert sorted(told_of, key=str) == sorted(
        [("1", None), ("1", None), ("2", TicketStatus.SOLVED), ("2", TicketStatus.OPEN)], key=str
    )
    [closing] = [each.text for ticket, each in house.world.helpdesk.remarks if each.status is TicketStatus.SOLVED]
    assert "merged this into ticket 1" in closing
    assert max(house.world.helpdesk.counts.values()) == 1


async def test_reopening_takes_it_out_again(house: House) -> None:
    one, two = await of(house, "1"), await of(house, "2")
    await merge(house.services, AGENT, two.id, one.id)
    await house.work()
    await reopen(house.services, AGENT, await house.case(two.id))
    await house.work()
    apart, left = await house.case(two.id), await house.case(one.id)
    assert (apart.status, apart.duplicate_of, apart.decision) == (Status.OPEN, "", None)
    assert (left.status, left.absorbed, [message.id for message in left.ticket.asked]) == (Status.OPEN, (), ["m1"])


async def test_tickets_of_two_customers_stay_apart(house: House) -> None:
    one, other = await of(house, "1"), await of(house, "2", MARA.model_copy(update={"email": "kim@client.example"}))
    assert await mergeable(house.services, one) == ()
    with pytest.raises(NotTheirs):
        await merge(house.services, AGENT, other.id, one.id)
    assert (await house.case(other.id)).status is Status.OPEN
    assert (await house.case(one.id)).absorbed == ()


async def test_only_the_same_customers_undecided_tickets_are_offered(house: House) -> None:
    one, two, done = await of(house, "1"), await of(house, "2"), await of(house, "3")
    await approve(house.services, AGENT, done.id, done.shown)
    await house.work()
    assert [each.id for each in await mergeable(house.services, one)] == [two.id]
    with pytest.raises(AlreadyDecided):
        await merge(house.services, AGENT, one.id, done.id)
    assert (await house.case(one.id)).decision is None


async def test_who_may_not_decide_on_both_merges_neither(house: House) -> None:
    one, two = await of(house, "1"), await of(house, "2")
    with pytest.raises(NotAllowed):
        await merge(house.services, OUTSIDER, two.id, one.id)
    await act(house.services, LEAD, one.id, lambda _, by: Reassign(by=by, team="tech_support"))
    with pytest.raises(NotAllowed):
        await merge(house.services, AGENT, two.id, one.id)
    assert {(await house.case(each.id)).status for each in (one, two)} == {Status.OPEN}


async def test_a_merge_into_what_a_person_filed_files_this_one_too(house: House) -> None:
    one, two = await of(house, "1"), await of(house, "2")
    await act(house.services, LEAD, one.id, lambda _, by: Choose(by=by, category="technical"))
    await house.work()
    await merge(house.services, LEAD, two.id, one.id)
    async with house.store.reader() as connection:
        [word] = [each for each in await of_case(connection, two.id) if each.aspect is Aspect.CATEGORY]
    assert (word.shown, word.chosen) == (two.category, "technical")


async def test_a_helpdesk_that_takes_no_note_is_named_on_the_card_and_not_asked_again(house: House) -> None:
    def refusing(point: Point) -> Exception:
        return Refused("the ticket is closed", code="422")

    one, two = await of(house, "1"), await of(house, "2")
    await merge(house.services, AGENT, two.id, one.id)
    house.world.fuse.arm(1, refusing, commits=False)
    for job in await house.due():
        if job.kind == "remark" and job.subject == two.id:
            await house.do(job)
    house.world.fuse.arm(None)
    assert "took no note" in (await house.case(two.id)).problem
    await reopen(house.services, AGENT, await house.case(two.id))
    await house.work()
    remarks = [remark for ticket, remark in house.world.helpdesk.remarks if ticket == "2"]
    assert [remark.status for remark in remarks] == [TicketStatus.OPEN]
