"""Under pressure patient tickets are lines of one message, and every one of them gets its card later, once."""

from datetime import timedelta

import pytest

from handlers import fold as folding
from handlers.decisions import act
from handlers.digest import AT_A_TIME, open_line
from handlers.fold import EVERY, MOST_OWED
from handlers.views.digest import MOST_LINES
from pipeline.case import Case
from pipeline.decide import Claim, Escalate
from pipeline.errors import Refused, Unavailable
from storage import folds, outbox
from storage.jobs import Job, Kind, Priority, enqueue
from storage.store import Store
from tests.fakes.chat import Posted
from tests.fakes.house import House, said, told
from tests.fakes.settle import settle

MANY = 30
LEAD = "ULENA"


@pytest.fixture
def house(store: Store) -> House:
    house = House(store)
    house.world.chat.lag = timedelta(0)
    return house


async def flood(house: House, count: int = MANY, name: str = "t") -> list[str]:
    """Take tickets in and read them; their cards are owed and none stands."""
    ids = [await house.arrive(told(id_=f"{name}{n}"), f"{name}{n}") for n in range(count)]
    for job in await house.due(Kind.TRIAGE):
        await house.do(job)
    return ids


async def show(house: House) -> None:
    """Do all that is due in Slack at this moment."""
    while jobs := await house.due(Kind.SHOW_CARD, Kind.DIGEST):
        for job in jobs:
            await house.do(job)


def cards(house: House) -> list[Posted]:
    return [post for post in house.world.chat.posts if post.key.startswith("card:")]


def digests(house: House) -> list[Posted]:
    return [post for post in house.world.chat.posts if post.key.startswith("digest:")]


async def fold_of(house: House, case_id: str) -> folds.Fold | None:
    async with house.store.reader() as connection:
        return await folds.fold_of(connection, case_id)


async def test_a_few_tickets_have_cards_and_no_digest(house: House) -> None:
    await flood(house, MOST_OWED)
    await show(house)
    assert (len(cards(house)), digests(house)) == (MOST_OWED, [])


async def test_many_tickets_at_once_are_one_message_that_lists_the_first_and_counts_the_rest(house: House) -> None:
    await flood(house)
    await show(house)
    [digest] = digests(house)
    assert cards(house) == []
    house.world.clock.advance(EVERY.total_seconds())
    await show(house)
    [digest] = digests(house)
    assert f"{MANY} more tickets" in digest.card.text
    assert len([block for block in digest.card.blocks if "accessory" in block]) == MOST_LINES
    assert f"{MANY - MOST_LINES} more, due later" in str(digest.card.blocks)


async def test_a_p1_among_hundreds_has_its_own_card_before_any_of_them(house: House) -> None:
    await flood(house)
    urgent = told(said("m1", "Our lawyer will file a lawsuit because you charged us twice."), id_="p1")
    p1 = await house.arrive(urgent, "p1")
    [job] = await house.due(Kind.TRIAGE)
    await house.do(job)
    first, *_ = await house.due(Kind.SHOW_CARD)
    assert first.subject == p1
    await house.do(first)
    assert [post.key for post in cards(house)] == [f"card:{p1}:1"]


async def test_every_line_gets_its_card_in_the_end_gently_and_the_soonest_due_first(house: House) -> None:
    ids = await flood(house)
    await show(house)
    house.world.clock.advance(2 * EVERY.total_seconds())
    await show(house)
    assert len(cards(house)) == AT_A_TIME
    due = [(await house.case(case_id)).due_at for case_id in ids]
    assert all(due)
    await settle(house.services, house.world.clock)
    assert house.world.chat.counts.keys() >= {f"card:{case_id}:1" for case_id in ids}
    assert set(house.world.chat.counts.values()) == {1}
    [digest] = digests(house)
    assert "has a card of its own now" in digest.card.text
    async with house.store.reader() as connection:
        assert await folds.count(connection, house.services.workspace, digest.channel) == 0


async def test_while_a_digest_is_open_newer_tickets_do_not_overtake_its_lines(house: House) -> None:
    await flood(house)
    await show(house)
    late = await house.arrive(told(id_="late"), "late")
    await house.do((await house.due(Kind.TRIAGE))[0])
    await show(house)
    assert await fold_of(house, late) is not None
    assert cards(house) == []


async def test_another_flood_opens_another_digest(house: House) -> None:
    await flood(house, MOST_OWED + 1)
    await settle(house.services, house.world.clock)
    await flood(house, MOST_OWED + 1, "again")
    await settle(house.services, house.world.clock)
    assert len(digests(house)) == 2
    assert set(house.world.chat.counts.values()) == {1}


async def lines_then(house: House) -> Case:
    """Fold many tickets and return the last to be due."""
    ids = await flood(house)
    await show(house)
    return await house.case(ids[-1])


async def has_its_card(house: House, case: Case) -> bool:
    await show(house)
    return house.world.chat.counts[f"card:{case.id}:{(await house.case(case.id)).placement}"] == 1


async def test_a_line_that_is_escalated_gets_its_card_at_once(house: House) -> None:
    case = await lines_then(house)
    await act(house.services, LEAD, case.id, lambda _, by: Escalate(by=by))
    assert await has_its_card(house, case)


async def test_a_line_that_somebody_claims_gets_its_card_at_once(house: House) -> None:
    case = await lines_then(house)
    await act(house.services, LEAD, case.id, lambda _, by: Claim(by=by))
    assert await has_its_card(house, case)


async def test_a_line_whose_customer_writes_again_gets_its_card_at_once(house: House) -> None:
    case = await lines_then(house)
    await house.arrive(told(said("m1", "Charged twice."), said("m2", "Hello?", minutes=5), id_=case.ticket.id), "again")
    assert await has_its_card(house, case)


async def test_a_line_that_nears_its_target_gets_its_card_at_once(house: House) -> None:
    case = await lines_then(house)
    assert case.due_at
    house.world.clock.set(case.due_at - timedelta(minutes=1))
    async with house.store.begin() as tx:
        await enqueue(tx, Kind.SHOW_CARD, case.id, now=house.world.clock.now(), priority=Priority.SOON)
    [job] = [job for job in await house.due(Kind.SHOW_CARD) if job.subject == case.id]
    await house.do(job)
    assert house.world.chat.counts[f"card:{case.id}:1"] == 1


async def test_a_line_that_somebody_opens_gets_its_card_before_the_others(house: House) -> None:
    case = await lines_then(house)
    async with house.store.begin() as tx:
        assert await open_line(house.services, tx, case.id)
    await show(house)
    assert cards(house)[0].key == f"card:{case.id}:1"
    async with house.store.begin() as tx:
        assert not await open_line(house.services, tx, case.id)


@pytest.mark.parametrize(("seconds", "folds_now"), [(folding.LONG, True), (folding.LONG - 1, False)])
async def test_a_card_that_slack_makes_wait_long_is_a_line_meanwhile(
    house: House, seconds: float, folds_now: bool
) -> None:
    [case_id] = await flood(house, 1)
    house.world.fuse.arm(1, lambda _: Unavailable("wait", retry_after=seconds), commits=False)
    [job] = await house.due(Kind.SHOW_CARD)
    if folds_now:
        await house.do(job)
    else:
        with pytest.raises(Unavailable):
            await house.do(job)
    assert (await fold_of(house, case_id) is not None) is folds_now
    await settle(house.services, house.world.clock)
    assert house.world.chat.counts[f"card:{case_id}:1"] == 1


async def test_a_card_that_may_stand_already_is_no_line(house: House) -> None:
    """Its first post got no answer, so the digest must not promise what is there."""
    ids = await flood(house)
    async with house.store.begin() as tx:
        await outbox.intend(tx, f"card:{ids[0]}:1", ids[0], house.world.clock.now())
    jobs: tuple[Job, ...] = await house.due(Kind.SHOW_CARD)
    with pytest.raises(Unavailable):
        await house.do(jobs[0])
    assert await fold_of(house, ids[0]) is None


async def test_a_digest_that_somebody_deleted_is_posted_anew(house: House) -> None:
    await flood(house)
    await show(house)
    [digest] = digests(house)
    house.world.chat.delete(digest.ts)
    for _ in range(3):  # it changes, so that this is found out, and is opened again
        house.world.clock.advance(EVERY.total_seconds())
        await show(house)
    assert len(digests(house)) == 1


async def test_a_channel_that_takes_no_digest_gets_cards(house: House) -> None:
    ids = await flood(house)
    house.world.fuse.arm(1, lambda point: Refused("no", code="restricted_action"), commits=False)
    await settle(house.services, house.world.clock)
    assert len(cards(house)) == len(ids)
