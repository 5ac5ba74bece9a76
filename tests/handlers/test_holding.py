"""An acknowledgement tells the customer that somebody looks into it, once, and the ticket stays to be answered."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.decisions import act, approve, edit
from handlers.policies import Policies
from handlers.stats import Asked, stats
from pipeline.acts import Dismiss
from pipeline.case import Case, Sending, Status
from pipeline.decide import AlreadyDecided, AlreadyHeld, Stale
from pipeline.draft import Grade
from pipeline.errors import Refused
from pipeline.passage import Passage, Resolution
from pipeline.question import Span
from pipeline.ticket import Author, Message, Ticket
from pipeline.timer import Aim, Phase
from storage.feedback import of_case
from storage.jobs import Kind
from storage.store import Store
from tests.fakes.desk import policy
from tests.fakes.house import House, said, told
from tests.fakes.reading import FakeIndex
from tests.fakes.settle import settle
from tests.handlers.test_decisions import LEAD, member

AGENT = member("account_support")
KNOWN = "You find your login under Profile on the start page."
ASKED = said("m1", "I cannot find my login any more.")


@pytest.fixture
async def house(store: Store) -> House:
    house = House(store)
    house.world.chat.lag = house.world.helpdesk.lag = timedelta(0)
    return house


def asked(*more: Message) -> Ticket:
    return told(ASKED, *more).model_copy(update={"subject": "Login"})


async def unknown(house: House) -> Case:
    """A ticket to which nobody knows an answer: its draft only acknowledges."""
    case = await house.shown(asked())
    assert case.analysis is not None and case.analysis.draft.grade is Grade.NEEDS_PERSON
    return case


async def acknowledged(house: House, case: Case) -> Case:
    await approve(house.services, AGENT, case.id, case.shown)
    await settle(house.services, house.world.clock)
    return await house.case(case.id)


def sent(house: House) -> list[tuple[str, bool]]:
    return [(reply.key.partition(":")[0], reply.answers) for _, reply in house.world.helpdesk.replies]


async def test_it_reaches_the_customer_and_the_ticket_is_still_to_be_answered(house: House) -> None:
    case = await acknowledged(house, await unknown(house))
    assert (case.status, case.decision, case.replies) == (Status.OPEN, None, 0)
    assert case.held is not None and case.held.sending is Sending.SENT
    assert sent(house) == [("holding", False)]
    [(_, reply)] = house.world.helpdesk.replies
    assert reply.text == case.held.text
    kinds = [event.kind for event in await house.history(case.id)]
    assert kinds[-2:] == ["case.holding", "holding.sent"]
    card = house.world.chat.keyed(f"card:{case.id}:{case.placement}").card
    assert "still to answer" in str(card.blocks) and "ticket.edit" in str(card.blocks)
    assert "ticket.approve" not in str(card.blocks)


async def test_pressed_by_many_at_once_it_is_sent_once_and_they_hear_by_whom(house: House) -> None:
    case = await unknown(house)
    ends = await asyncio.gather(
        *(approve(house.services, user, case.id, case.shown) for user in (LEAD, AGENT) * 3), return_exceptions=True
    )
    [won] = [end for end in ends if isinstance(end, Case)]
    lost = [end for end in ends if isinstance(end, AlreadyHeld)]
    assert len(lost) == 5 and won.held is not None and won.held.by.name in str(lost[0])
    await settle(house.services, house.world.clock)
    with pytest.raises(AlreadyHeld):
        await approve(house.services, LEAD, case.id, case.shown)
    await settle(house.services, house.world.clock)
    assert sent(house) == [("holding", False)]


async def test_the_answer_follows_and_ends_it(house: House) -> None:
    case = await acknowledged(house, await unknown(house))
    await edit(house.services, AGENT, case.id, case.shown, "Your login is mara-1.")
    await settle(house.services, house.world.clock)
    after = await house.case(case.id)
    assert (after.status, after.sending, after.held) == (Status.ANSWERED, Sending.SENT, None)
    assert sent(house) == [("holding", False), ("reply", True)]


async def test_while_a_reply_is_on_its_way_nobody_acknowledges(house: House) -> None:
    case = await unknown(house)
    await edit(house.services, AGENT, case.id, case.shown, "Your login is mara-1.")
    with pytest.raises(AlreadyDecided):
        await approve(house.services, LEAD, case.id, case.shown)


@pytest.mark.parametrize("what", ["answered", "dismissed", "customer"])
async def test_what_overtakes_it_before_it_left_keeps_it_from_leaving(house: House, what: str) -> None:
    case = await unknown(house)
    await approve(house.services, AGENT, case.id, case.shown)
    if what == "answered":
        await edit(house.services, LEAD, case.id, case.shown, "Your login is mara-1.")
    elif what == "dismissed":
        await act(house.services, LEAD, case.id, lambda _, by: Dismiss(by=by))
    else:
        await house.arrive(asked(said("m2", "Found it, thank you!", minutes=5)), "d2")
    await settle(house.services, house.world.clock)
    assert sent(house) == ([("reply", True)] if what == "answered" else [])
    after = await house.case(case.id)
    assert after.holdings[0].sending is Sending.NONE and after.held is None
    assert "holding.dropped" in [event.kind for event in await house.history(case.id)]


async def test_what_the_customer_writes_next_may_be_acknowledged_too(house: House) -> None:
    case = await acknowledged(house, await unknown(house))
    await house.arrive(asked(said("m2", "And my login in the shop?", minutes=600)), "d2")
    await settle(house.services, house.world.clock)
    case = await house.case(case.id)
    assert case.held is None
    with pytest.raises(Stale):
        await approve(house.services, AGENT, case.id, "old.old")
    again = await acknowledged(house, case)
    assert len(again.holdings) == 2 and again.held is not None
    assert [reply.key[-2:] for _, reply in house.world.helpdesk.replies] == [":1", ":2"]


async def test_a_helpdesk_that_refuses_it_leaves_a_word_and_the_button(house: House) -> None:
    async def refuse(*_: object) -> None:
        raise Refused("the ticket is locked", code="422")

    case, reply = await unknown(house), house.world.helpdesk.reply
    house.world.helpdesk.reply = refuse  # type: ignore[method-assign]
    after = await acknowledged(house, case)
    assert (after.held, after.problem) == (None, "The acknowledgement was not sent: the ticket is locked")
    house.world.helpdesk.reply = reply  # type: ignore[method-assign]
    assert (await acknowledged(house, after)).held is not None


async def test_its_echo_is_no_answer_of_an_agent_and_stops_no_clock(house: House) -> None:
    case = await acknowledged(house, await unknown(house))
    assert case.held is not None
    late = (house.world.clock.now() - ASKED.at).total_seconds() / 60 + 1
    echo = said("ours", f"{case.held.text}\nRef: 1", minutes=late, author=Author.AGENT)
    house.world.clock.set(echo.at + timedelta(minutes=1))
    await house.arrive(asked(echo), "d2")
    after = await house.case(case.id)
    assert (await house.history(case.id))[-1].kind == "ticket.updated"
    assert after.timer is not None and after.timer.phase is Phase.RUNS and after.due_at == case.due_at


async def test_it_is_the_first_response_and_not_the_answer(house: House) -> None:
    before = await unknown(house)
    assert before.timer is not None and before.timer.aim is Aim.FIRST
    case = await acknowledged(house, before)
    assert case.timer is not None
    assert case.timer.responded_at is not None and case.timer.phase is Phase.RUNS and case.timer.aim is not Aim.FIRST
    assert case.due_at is not None and before.due_at is not None and case.due_at >= before.due_at
    figures = (await stats(house.services, Asked(Span.TODAY, ""), ZoneInfo("UTC"))).whole
    assert figures.first_response is not None
    assert (figures.answered, figures.waiting) == (0, 1)


@pytest.mark.parametrize("first", [True, False])
async def test_autopilot_leaves_to_people_what_one_of_them_has_acknowledged(house: House, first: bool) -> None:
    categories = tuple(each.model_copy(update={"autopilot": True}) for each in policy().categories)
    case = await unknown(house)
    automatic = Policies(policy().model_copy(update={"categories": categories}))
    solved = Resolution.model_validate({"id": "s", "question": ASKED.text, "answer": KNOWN, "category": "account"})
    known = FakeIndex((Passage(resolution=solved, score=0.95, reasons=("meaning",)),))
    if first:
        await acknowledged(house, case)
    house.services = replace(house.services, policies=automatic, index=known)
    await house.arrive(asked(said("m2", "I cannot find my login, please help.", minutes=600)), "d2")
    await settle(house.services, house.world.clock)
    assert ((await house.case(case.id)).decision is None) is first


async def test_it_owes_no_lesson_and_says_nothing_of_the_draft(house: House) -> None:
    case = await unknown(house)
    await approve(house.services, AGENT, case.id, case.shown)
    assert {job.kind for job in await house.due()} == {Kind.SHOW_CARD, Kind.SEND_HOLDING}
    async with house.store.reader() as connection:
        assert await of_case(connection, case.id) == ()
