"""What calls people in vain is told to leads, and goes to a daily digest once they agree; they can take that back."""

from datetime import timedelta

import pytest

from handlers.quieting import NotQuiet, call_again
from handlers.reviewing import answer
from handlers.schedule import owe_quiet, week
from pipeline.acts import CallOff
from pipeline.authorise import NotAllowed
from pipeline.case import Actor
from pipeline.review import Answer, Proposal
from storage import reviews
from storage.jobs import Kind, enqueue
from storage.quiet import hush, hushed
from storage.store import Store
from tests.fakes.clock import MORNING
from tests.fakes.desk import build_services
from tests.fakes.house import House, said, told
from tests.handlers.test_calling import LENA, THREATENS, USUAL, alarm_of, calls, pressed, with_policy
from tests.handlers.views.valid import must_be_valid

SLOT = week(MORNING)


@pytest.fixture
def house(store: Store) -> House:
    return with_policy(House(store), USUAL)


async def called_off(house: House, count: int) -> tuple[str, ...]:
    """So many tickets escalate and are called off. Returns what raised the last alarm."""
    for number in range(count):
        case_id = await house.arrive(told(said("m1", THREATENS), id_=f"t{number}"), f"d{number}")
        await house.work()
        case = await house.case(case_id)
        await pressed(house, LENA, case, CallOff)
        await house.work()
    return (await alarm_of(house, case)).causes


async def proposed(house: House, slot: str = SLOT) -> list[Proposal]:
    async with house.store.begin() as tx:
        await enqueue(tx, Kind.REVIEW, slot, now=MORNING)
    await house.work()
    async with house.store.reader() as connection:
        review = await reviews.load(connection, house.services.workspace, slot)
    assert review is not None
    return [each for each in review.proposals if each.cause]


async def test_leads_are_asked_about_what_is_called_off_again_and_again(house: House) -> None:
    causes = await called_off(house, 10)
    found = await proposed(house)
    assert {each.cause for each in found} == set(causes)
    assert {(each.hits, each.total) for each in found} == {(10, 10)}
    post = house.world.chat.keyed(f"review:default:{SLOT}")
    must_be_valid(post.card)
    assert "called people for 10 tickets in four weeks" in str(post.card.blocks)


async def test_few_are_no_pattern(house: House) -> None:
    await called_off(house, 3)
    async with house.store.begin() as tx:
        await enqueue(tx, Kind.REVIEW, SLOT, now=MORNING)
    await house.work()
    assert [post for post in house.world.chat.posts if post.key.startswith("review:")] == []


async def test_what_a_lead_accepts_calls_nobody_and_is_told_the_next_morning(house: House) -> None:
    await called_off(house, 10)
    for each in await proposed(house):
        await answer(house.services, LENA, each.number, Answer.ACCEPTED)
    await house.work()
    must_be_valid(house.world.chat.keyed(f"review:default:{SLOT}").card)
    before = len(calls(house))
    await house.arrive(told(said("m1", THREATENS), id_="next"), "next")
    await house.work()
    house.world.clock.advance(24 * 3600)
    assert await owe_quiet(house.services)
    assert not await owe_quiet(build_services(house.store, house.world))
    await house.work()
    assert len(calls(house)) == before
    [digest] = [post for post in house.world.chat.posts if post.key.startswith("quiet:")]
    must_be_valid(digest.card)
    assert (digest.channel, "1 ticket called nobody" in digest.card.text) == ("C-general-support", True)
    assert await proposed(house, "2026-W99") == []


async def test_what_a_lead_declines_calls_on_and_is_not_asked_again_for_weeks(house: House) -> None:
    await called_off(house, 10)
    for each in await proposed(house):
        await answer(house.services, LENA, each.number, Answer.DECLINED)
    async with house.store.reader() as connection:
        assert await hushed(connection, house.services.workspace) == {}
    assert await proposed(house, "2026-W99") == []


async def test_only_leads_let_it_call_again_and_then_it_does(house: House) -> None:
    case_id = await house.arrive(told(said("m1", THREATENS), id_="first"), "first")
    await house.work()
    causes = (await alarm_of(house, await house.case(case_id))).causes
    async with house.store.begin() as tx:
        for cause in causes:
            await hush(tx, house.services.workspace, cause, Actor(id=LENA, name="Lena Fischer"), MORNING)
    with pytest.raises(NotAllowed):
        await call_again(house.services, "UANA", causes[0])
    for cause in causes:
        await call_again(house.services, LENA, cause)
    with pytest.raises(NotQuiet):
        await call_again(house.services, LENA, causes[0])
    await house.arrive(told(said("m1", THREATENS), id_="second"), "second")
    await house.work()
    assert len(calls(house)) == 2


async def test_a_day_on_which_nothing_was_kept_quiet_is_not_told(house: House) -> None:
    house.world.clock.advance(timedelta(days=2).total_seconds())
    assert await owe_quiet(house.services)
    await house.work()
    assert [post for post in house.world.chat.posts if post.key.startswith("quiet:")] == []
