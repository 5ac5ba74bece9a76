"""A card that its channel does not take stands elsewhere or waits; leads are told once, and it goes home afterwards."""

from datetime import timedelta

import pytest

from handlers.decisions import act
from handlers.strays import owe_look
from pipeline.decide import Dismiss
from pipeline.errors import Refused
from storage import strays
from storage.jobs import Kind, enqueue
from storage.store import Store
from storage.strays import Stray
from tests.fakes.chat import Posted
from tests.fakes.house import House, told
from tests.fakes.settle import settle

HOME = "billing-support"
BLOCKS, LONG = Refused("no", code="invalid_blocks"), Refused("no", code="msg_too_long")


@pytest.fixture
def house(store: Store) -> House:
    house = House(store)
    house.world.chat.lag = timedelta(0)
    return house


async def come(house: House, *names: str) -> list[str]:
    ids = [await house.arrive(told(id_=name), name) for name in names]
    await settle(house.services, house.world.clock)
    return ids


def posts(house: House, kind: str) -> list[Posted]:
    return [post for post in house.world.chat.posts if post.key.startswith(f"{kind}:")]


async def known(house: House) -> tuple[Stray, ...]:
    async with house.store.reader() as connection:
        return await strays.all_strays(connection, house.services.workspace)


async def mend(house: House, *channels: str) -> None:
    """Somebody invites us, and Slack says so."""
    house.world.chat.missing_channels -= set(channels)
    await owe_look(house.services)
    await settle(house.services, house.world.clock)


async def test_leads_are_told_once_what_to_do_however_many_tickets_there_are(house: House) -> None:
    house.world.chat.missing_channels.add(HOME)
    await come(house, "t1", "t2", "t3")
    told_to = [post.channel for post in posts(house, "remedy")]
    assert len(told_to) == len(set(told_to)) == len(house.services.policy.leads)
    [first, *_] = posts(house, "remedy")
    assert f"#{HOME}" in first.card.text
    assert house.services.policy.fallback_channel in str(first.card.blocks)


async def test_the_next_day_leads_are_told_again(house: House) -> None:
    house.world.chat.missing_channels.add(HOME)
    await come(house, "t1")
    house.world.clock.advance(24 * 3600)
    await come(house, "t2")
    assert len(posts(house, "remedy")) == 2 * len(house.services.policy.leads)


async def test_when_the_channel_is_mended_the_cards_go_home_once(house: House) -> None:
    house.world.chat.missing_channels.add(HOME)
    ids = await come(house, "t1", "t2")
    away = posts(house, "card")
    assert {post.channel for post in away} == {f"C-{house.services.policy.fallback_channel}"}
    await mend(house, HOME)
    at_home = [post for post in posts(house, "card") if post.channel == f"C-{HOME}"]
    assert {post.key for post in at_home} == {f"card:{case_id}:2" for case_id in ids}
    assert set(house.world.chat.counts.values()) == {1}
    assert all(f"#{HOME}" in house.world.chat.keyed(post.key).card.text for post in away)
    assert await known(house) == ()


async def test_the_next_card_that_the_channel_takes_brings_the_others_home(house: House) -> None:
    house.world.chat.missing_channels.add(HOME)
    [first] = await come(house, "t1")
    house.world.chat.missing_channels.clear()
    await come(house, "t2")
    assert house.world.chat.keyed(f"card:{first}:2").channel == f"C-{HOME}"


async def test_nothing_goes_home_before_that(house: House) -> None:
    house.world.chat.missing_channels.add(HOME)
    await come(house, "t1")
    for _ in range(3):
        await mend(house)
    assert len(posts(house, "card")) == 1


async def test_what_is_decided_stays_where_it_was(house: House) -> None:
    house.world.chat.missing_channels.add(HOME)
    [case_id] = await come(house, "t1")
    await act(house.services, "ULENA", case_id, lambda _, by: Dismiss(by=by))
    await mend(house, HOME)
    assert len(posts(house, "card")) == 1
    assert await known(house) == ()


async def test_a_card_that_no_channel_takes_waits_and_nothing_says_that_it_stands(house: House) -> None:
    fallback = house.services.policy.fallback_channel
    house.world.chat.missing_channels |= {HOME, fallback}
    [case_id] = await come(house, "t1")
    assert posts(house, "card") == []
    [stray] = await known(house)
    assert (stray.case_id, stray.shown) == (case_id, False)
    assert "no card anywhere" in str(posts(house, "remedy")[0].card.blocks)
    await mend(house, HOME)
    assert house.world.chat.keyed(f"card:{case_id}:1").channel == f"C-{HOME}"
    assert await known(house) == ()


async def test_what_stands_nowhere_is_tried_one_at_a_time(house: House) -> None:
    house.world.chat.missing_channels |= {HOME, house.services.policy.fallback_channel}
    await come(house, "t1", "t2", "t3")
    await owe_look(house.services)
    [job] = await house.due(Kind.BRING_HOME)
    await house.do(job)
    assert len(await house.due(Kind.SHOW_CARD)) == 1


async def test_an_archived_channel_s_cards_move_to_the_fallback_channel_when_they_change(house: House) -> None:
    [case_id] = await come(house, "t1")
    archived = Refused("archived", code="is_archived")
    house.world.chat.missing_channels.add(HOME)
    async with house.store.begin() as tx:
        await enqueue(tx, Kind.SHOW_CARD, case_id, now=house.world.clock.now())
    house.world.fuse.arm(1, lambda _: archived, commits=False)
    await settle(house.services, house.world.clock)
    moved = house.world.chat.keyed(f"card:{case_id}:2:fallback")
    assert moved.channel == f"C-{house.services.policy.fallback_channel}"


@pytest.mark.parametrize(("refusals", "shows"), [([BLOCKS], "actions"), ([BLOCKS, LONG], "")])
async def test_blocks_that_slack_refuses_become_simpler_and_then_words(
    house: House, refusals: list[Refused], shows: str
) -> None:
    """The first try has every block, the second none of the fancy ones, and the third has words alone."""
    chat = house.world.chat
    post, left = chat.post, list(refusals)

    async def refusing(*args: object, **named: object) -> str:
        if left:
            raise left.pop(0)
        return await post(*args, **named)  # type: ignore[arg-type]

    chat.post = refusing  # type: ignore[method-assign]
    [case_id] = await come(house, "t1")
    card = chat.keyed(f"card:{case_id}:1").card
    kinds = [block["type"] for block in card.blocks]
    assert (shows in kinds) if shows else kinds == []
    assert not {"markdown", "context_actions"} & set(kinds)
