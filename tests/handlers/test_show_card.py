"""A card whose channel does not take it stands where somebody sees it."""

import pytest

from handlers.show_card import show_card
from pipeline.case import DESK
from pipeline.errors import Refused, Unavailable, Unknown
from storage.cases import Event, save
from storage.jobs import Job, Kind, enqueue, retry
from storage.store import Store
from tests.fakes.fuse import Point, Side
from tests.fakes.house import House, said, told

ARCHIVED = Refused("That channel is archived: unarchive it.", code="is_archived")


async def analysed(house: House) -> None:
    await house.arrive(told())
    [job] = await house.due(Kind.TRIAGE)
    await house.do(job)


async def test_a_channel_that_refuses_the_post_leaves_it_to_the_fallback_channel_with_the_reason(store: Store) -> None:
    house = House(store)
    await analysed(house)
    house.world.fuse.arm(1, lambda point: ARCHIVED, commits=False)
    await house.work()
    [card] = [post for post in house.world.chat.posts if post.key.startswith("card:")]
    assert card.channel == f"C-{house.services.policy.fallback_channel}"
    assert "This belongs in #billing-support" in str(card.card.blocks)
    assert "unarchive it" in str(card.card.blocks)


async def test_a_post_in_the_fallback_channel_whose_answer_was_lost_is_found_there(store: Store) -> None:
    house = House(store)
    house.world.chat.missing_channels.add("billing-support")
    await analysed(house)

    def lost(point: Point) -> Exception | None:
        return Unknown("no answer") if point.side is Side.AFTER else None

    house.world.fuse.arm(2, lost, commits=False)
    [job] = await house.due(Kind.SHOW_CARD)
    with pytest.raises(Unavailable):
        await show_card(house.services, job)
    house.world.clock.advance(20)
    await show_card(house.services, job)
    assert [post.channel for post in house.world.chat.posts if post.key.startswith("card:")] == [
        f"C-{house.services.policy.fallback_channel}"
    ]


async def test_a_line_that_has_to_wait_does_not_change_the_card_at_each_try(store: Store) -> None:
    """Slack takes some fifty changes a minute, and a busy channel makes its lines wait often."""
    house = House(store)
    case = await house.shown()
    await house.arrive(told(said("m1", "Charged twice."), said("m2", "And again!", minutes=5)), "d2")
    [job] = await house.due(Kind.SHOW_CARD)
    for point in (3, 1, 1, 1):  # after the update at first, and before it from then on
        house.world.fuse.arm(point, lambda _: Unavailable("busy", retry_after=1), commits=False)
        with pytest.raises(Unavailable):
            await show_card(house.services, job)
        assert house.world.fuse.blown is not None
        assert house.world.fuse.blown.what == "chat.post thread"
        job = await again(house, job)
    await show_card(house.services, job)
    assert house.world.chat.keyed(f"card:{case.id}:1").edits == 2
    assert [post.key for post in house.world.chat.posts if post.thread] == [f"thread:{case.id}:1:2"]


async def test_a_card_that_was_deleted_while_its_line_waited_is_posted_anew(store: Store) -> None:
    house = House(store)
    case = await house.shown()
    await house.arrive(told(said("m1", "Charged twice."), said("m2", "And again!", minutes=5)), "d2")
    [job] = await house.due(Kind.SHOW_CARD)
    house.world.chat.delete(house.world.chat.keyed(f"card:{case.id}:1").ts)
    house.world.fuse.arm(1, lambda _: Refused("no such thread", code="cannot_reply_to_message"), commits=False)
    await show_card(house.services, await again(house, job))
    assert [job.kind for job in await house.due(Kind.SHOW_CARD)] == [Kind.SHOW_CARD]
    assert (await house.case(case.id)).placement == 2


async def again(house: House, job: Job) -> Job:
    """Put a job back and claim it once more."""
    async with house.store.begin() as tx:
        await retry(tx, job, house.world.clock.now(), "busy")
    [claimed] = await house.due(Kind.SHOW_CARD)
    return claimed


async def test_a_case_whose_team_has_left_the_policy_is_shown_and_noted_all_the_same(store: Store) -> None:
    house = House(store)
    case = await house.shown()
    assert case.analysis is not None
    gone = case.analysis.model_copy(update={"route": case.analysis.route.model_copy(update={"team": "disbanded"})})
    now = house.world.clock.now()
    async with store.begin() as tx:
        moved = case.but(analysis=gone, team="disbanded", home="disbanded", placement=2)
        await save(tx, moved, Event(kind="case.analysed", actor=DESK), now)
        await enqueue(tx, Kind.SHOW_CARD, case.id, now=now)
        await enqueue(tx, Kind.WRITE_NOTE, case.id, now=now)
    await house.work()
    policy = house.services.policy
    card = house.world.chat.keyed(f"card:{case.id}:2")
    assert card.channel == f"C-{policy.team(policy.fallback.team).channel}"
    assert len(house.world.helpdesk.notes) == 2
