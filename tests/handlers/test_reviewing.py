"""Once a week leads are told how tickets were read, and what they answer decides what is learnt."""

from datetime import timedelta

import pytest

from handlers.reviewing import AlreadyAnswered, NoProposal, answer
from handlers.schedule import MORNING as HOUR
from handlers.schedule import owe_review, week
from pipeline.authorise import NotAllowed
from pipeline.case import Actor, Case
from pipeline.errors import Unknown
from pipeline.feedback import Aspect, Feedback, Standing
from pipeline.review import Answer, Proposal, Review
from storage import feedback, reviews
from storage.cases import Event, create
from storage.jobs import Kind, enqueue
from storage.store import Store
from tests.fakes.chat import Posted
from tests.fakes.clock import MORNING
from tests.fakes.desk import build_services
from tests.fakes.house import House, said, told

LEAD, OTHER_LEAD, AGENT, STRANGER = "ULENA", "UOMAR", "UANA", "UNOBODY"
ANA = Actor(id=AGENT, name="Ana Ribeiro")
DAY = 86_400  # seconds
SLOT = week(MORNING)
ERRORS = "The page shows a payment error, number {}"
BILLS = "Please send invoice {} to ana@example.com"


@pytest.fixture
def house(store: Store) -> House:
    return House(store)


async def filed(house: House, count: int, text: str, chosen: str, standing: Standing = Standing.COUNTED) -> None:
    """Ana files so many tickets that were read as billing."""
    async with house.store.begin() as tx:
        begun = len(await feedback.entries(tx.connection, house.services.workspace))
        for number in range(begun, begun + count):
            ticket = told(said("m1", text.format(number)), id_=f"t{number}")
            case = Case(id=f"c{number}", workspace=house.services.workspace, ticket=ticket, created_at=MORNING)
            await create(tx, case, Event(kind="ticket.opened", actor=ANA))
            entry = Feedback(
                case_id=case.id,
                aspect=Aspect.CATEGORY,
                by=ANA,
                at=MORNING - timedelta(days=1),
                shown="billing",
                chosen=chosen,
                standing=standing,
            )
            await feedback.note(tx, [entry], house.services.workspace)


async def confused(house: House) -> Proposal:
    """Fourteen of seventeen payment errors are moved, and a review says so."""
    await filed(house, 14, ERRORS, "technical")
    await filed(house, 3, ERRORS, "billing")
    await filed(house, 30, BILLS, "billing")
    await reviewed(house)
    [proposal] = (await stored(house)).proposals
    return proposal


async def reviewed(house: House) -> None:
    async with house.store.begin() as tx:
        await enqueue(tx, Kind.REVIEW, SLOT, now=house.services.clock.now())
    await house.work()


async def stored(house: House) -> Review:
    async with house.store.reader() as connection:
        found = await reviews.load(connection, house.services.workspace, SLOT)
    assert found is not None
    return found


async def standings(house: House) -> list[Standing]:
    async with house.store.reader() as connection:
        return [each.standing for each in await feedback.entries(connection, house.services.workspace)]


def posts(house: House) -> list[Posted]:
    return [post for post in house.world.chat.posts if post.key.startswith("review:")]


async def test_a_confusion_is_proposed_once_in_the_fallback_channel(house: House) -> None:
    proposal = await confused(house)
    assert (proposal.hits, proposal.total, proposal.chosen) == (14, 17, "technical")
    for _ in range(2):
        await reviewed(house)
    [post] = posts(house)
    assert post.channel == "C-general-support"
    assert "payment" in str(post.card.blocks)
    assert "14 of 17" in str(post.card.blocks)
    assert "ana@example.com" not in str(post.card.blocks)


async def test_a_post_whose_answer_was_lost_is_looked_for_before_it_is_posted_again(house: House) -> None:
    await filed(house, 14, ERRORS, "technical")
    house.world.fuse.arm(2, lambda _: Unknown("no answer"), commits=False)  # it was posted, and we do not know
    async with house.store.begin() as tx:
        await enqueue(tx, Kind.REVIEW, SLOT, now=MORNING)
    [job] = await house.due(Kind.REVIEW)
    with pytest.raises(Unknown):
        await house.do(job)
    house.world.clock.advance(60)
    await house.do(job)
    assert len(posts(house)) == 1


async def test_what_a_lead_accepts_is_trusted_and_learnt_at_once(house: House) -> None:
    proposal = await confused(house)
    await answer(house.services, LEAD, proposal.number, Answer.ACCEPTED)
    found = await standings(house)
    assert found.count(Standing.TRUSTED) == 14
    assert [job.subject for job in await house.due(Kind.RETRAIN)] == [house.services.workspace]
    await house.work()
    [post] = posts(house)
    assert post.edits >= 1
    assert "Accepted by Lena Fischer" in str(post.card.blocks)
    assert "proposal.accept" not in str(post.card.blocks)


async def test_what_a_lead_declines_is_set_aside_and_not_proposed_again(house: House) -> None:
    proposal = await confused(house)
    await answer(house.services, OTHER_LEAD, proposal.number, Answer.DECLINED)
    await house.work()
    assert (await standings(house)).count(Standing.QUARANTINED) == 14
    async with house.store.begin() as tx:
        await enqueue(tx, Kind.REVIEW, "2026-W99", now=MORNING)
    await house.work()
    async with house.store.reader() as connection:
        later = await reviews.load(connection, house.services.workspace, "2026-W99")
    assert later is not None and later.proposals == ()


async def test_what_was_undone_stays_undone_whatever_a_lead_answers(house: House) -> None:
    proposal = await confused(house)
    async with house.store.begin() as tx:
        await feedback.place(tx, [proposal.entries[0]], Standing.UNDONE)
    await answer(house.services, LEAD, proposal.number, Answer.ACCEPTED)
    assert (await standings(house)).count(Standing.TRUSTED) == 13


@pytest.mark.parametrize("user", [AGENT, STRANGER])
async def test_only_leads_decide(house: House, user: str) -> None:
    proposal = await confused(house)
    before = await standings(house)
    with pytest.raises(NotAllowed, match="Only leads"):
        await answer(house.services, user, proposal.number, Answer.ACCEPTED)
    assert await standings(house) == before


async def test_of_two_leads_the_first_decides(house: House) -> None:
    proposal = await confused(house)
    await answer(house.services, LEAD, proposal.number, Answer.ACCEPTED)
    with pytest.raises(AlreadyAnswered):
        await answer(house.services, OTHER_LEAD, proposal.number, Answer.DECLINED)
    assert Standing.QUARANTINED not in await standings(house)
    with pytest.raises(NoProposal):
        await answer(house.services, LEAD, 999, Answer.ACCEPTED)


async def test_what_waits_in_quarantine_is_listed_with_who_said_it(house: House) -> None:
    await filed(house, 2, "Where is {}?", "technical", Standing.QUARANTINED)
    await filed(house, 30, BILLS, "billing")
    await reviewed(house)
    proposals = (await stored(house)).proposals
    assert [each.waits_alone for each in proposals] == [True, True]
    [post] = posts(house)
    assert "Ana Ribeiro" in str(post.card.blocks)
    await answer(house.services, LEAD, proposals[0].number, Answer.ACCEPTED)
    assert (await standings(house)).count(Standing.TRUSTED) == 1


async def test_a_week_without_findings_is_one_line_and_one_without_words_is_none(house: House) -> None:
    await reviewed(house)
    assert posts(house) == []
    await filed(house, 5, BILLS, "billing")
    async with house.store.begin() as tx:
        await enqueue(tx, Kind.REVIEW, "2026-W99", now=MORNING)
    await house.work()
    [post] = posts(house)
    assert len(post.card.blocks) == 1
    assert "Nothing drifted" in post.card.text


async def test_one_process_owes_the_week_s_review_from_monday_morning_on(
    house: House, store: Store, database_url: str
) -> None:
    other = Store(database_url)
    twin = build_services(other, house.world)
    assert await owe_review(house.services) + await owe_review(twin) == 1
    house.world.clock.set(MORNING.replace(hour=HOUR - 1) + timedelta(days=7))
    assert not await owe_review(house.services)
    house.world.clock.set(MORNING.replace(hour=HOUR) + timedelta(days=7))
    assert await owe_review(house.services) + await owe_review(twin) == 1
    await other.close()
