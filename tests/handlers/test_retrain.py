"""What people said is learnt anew when there is enough of it, tried, kept, and can be given back."""

from datetime import timedelta

import pytest

from handlers import schedule
from handlers.correcting import undo
from handlers.decisions import act, approve
from handlers.retrain import catch_up, learn_anew, news
from handlers.schedule import ENOUGH, owe_retraining
from pipeline.acts import Choose, Escalate
from pipeline.case import Actor, Case
from pipeline.feedback import Aspect, Feedback, Standing
from storage import feedback, models
from storage.cases import Event, create
from storage.jobs import Kind
from storage.models import Kept, State
from storage.store import Store
from tests.fakes.clock import MORNING
from tests.fakes.desk import build_services
from tests.fakes.house import House, said, told
from tests.fakes.learning import FakeLearner

DAY = 86_400  # seconds
LEAD, ANA = "ULENA", Actor(id="UANA", name="Ana")


@pytest.fixture
def house(store: Store) -> House:
    return House(store)


def learner(house: House) -> FakeLearner:
    found = house.services.learner
    assert isinstance(found, FakeLearner)
    return found


async def filed(house: House, count: int, start: int = 0) -> None:
    """Somebody files so many tickets."""
    async with house.store.begin() as tx:
        for number in range(start, start + count):
            ticket = told(said("m1", f"Ticket {number} of ana@example.com"), id_=f"t{number}")
            case = Case(id=f"c{number}", workspace=house.services.workspace, ticket=ticket, created_at=MORNING)
            await create(tx, case, Event(kind="ticket.opened", actor=ANA))
            entry = Feedback(
                case_id=case.id, aspect=Aspect.CATEGORY, by=ANA, at=MORNING, shown="billing", chosen="technical"
            )
            await feedback.note(tx, [entry], house.services.workspace)


async def learnt(house: House) -> Kept | None:
    it = house.services
    return await learn_anew(it.store, it.learner, it.policy, it.clock, it.workspace)


async def listed(house: House) -> list[State]:
    async with house.store.reader() as connection:
        return [each.state for each in await models.listed(connection, house.services.workspace)]


async def test_a_lesson_is_what_people_said_last_with_the_ticket_masked(house: House) -> None:
    case = await house.shown(told(said("m1", "I was charged twice, write to ana@example.com")))
    await act(house.services, LEAD, case.id, lambda _, by: Choose(by=by, category="account"))
    await act(house.services, LEAD, case.id, lambda _, by: Choose(by=by, category="technical"))
    await act(house.services, LEAD, case.id, lambda _, by: Escalate(by=by))
    await learnt(house)
    [lesson] = learner(house).lessons
    assert (lesson.labels, lesson.by) == ({"category": "technical", "escalation": "true"}, LEAD)
    assert "charged twice" in lesson.masked.whole
    assert "ana@example.com" not in lesson.masked.whole


async def test_who_answers_a_ticket_is_content_with_its_alarm(house: House) -> None:
    case = await house.shown()
    await approve(house.services, LEAD, case.id, case.shown)
    await learnt(house)
    [lesson] = learner(house).lessons
    assert lesson.labels == {"category": "billing", "escalation": "false"}


async def test_what_is_no_worse_is_adopted_and_the_rest_keeps_its_figures(house: House) -> None:
    await filed(house, 2)
    assert await learnt(house) is None
    await filed(house, 2, start=2)
    adopted = await learnt(house)
    assert adopted is not None and adopted.state is State.ADOPTED
    assert adopted.figures["until"] == 4
    await filed(house, 1, start=4)
    learner(house).no_worse = False
    refused = await learnt(house)
    assert refused is not None and refused.figures["rows"] == 5
    assert [lesson.present for lesson in learner(house).lessons].count(False) == 1
    assert await listed(house) == [State.REFUSED, State.ADOPTED]


async def test_quarantined_and_undone_words_teach_nothing_and_trusted_ones_are_known(house: House) -> None:
    await filed(house, 4)
    async with house.store.begin() as tx:
        await feedback.place(tx, [1], Standing.QUARANTINED)
        await feedback.place(tx, [2], Standing.UNDONE)
        await feedback.place(tx, [3], Standing.TRUSTED)
    await learnt(house)
    assert sorted(lesson.trusted for lesson in learner(house).lessons) == [False, True]


async def test_what_was_learnt_from_words_that_are_all_undone_is_forgotten(house: House) -> None:
    await filed(house, 4)
    await learnt(house)
    async with house.store.reader() as connection:
        everything = await feedback.entries(connection, house.services.workspace)
    await undo(house.store, house.services.clock, everything, house.services.workspace)
    again = await learnt(house)
    assert again is not None and again.state is State.ADOPTED
    assert await catch_up(house.services, 1) == again.number
    assert learner(house).using == [b"0 lessons"]


async def test_a_night_with_enough_news_owes_one_retraining(house: House, store: Store, database_url: str) -> None:
    await filed(house, ENOUGH - 1)
    assert not await owe_retraining(house.services)
    await filed(house, 1, start=ENOUGH)
    assert not await owe_retraining(house.services)
    house.world.clock.advance(DAY)
    other = Store(database_url)
    assert await owe_retraining(build_services(other, house.world)) + await owe_retraining(house.services) == 1
    await other.close()
    await house.work()
    assert await listed(house) == [State.ADOPTED]
    house.world.clock.advance(DAY)
    assert not await owe_retraining(house.services)


async def test_before_the_hour_the_night_has_not_come(house: House) -> None:
    await filed(house, ENOUGH)
    house.world.clock.set(MORNING.replace(hour=schedule.NIGHT - 1) + timedelta(days=1))
    assert not await owe_retraining(house.services)
    house.world.clock.set(MORNING.replace(hour=schedule.NIGHT) + timedelta(days=1))
    assert await owe_retraining(house.services)


async def test_what_was_given_back_does_not_return_by_itself(house: House) -> None:
    await filed(house, ENOUGH)
    await learnt(house)
    async with house.store.begin() as tx:
        await models.give_back(tx, house.services.workspace, "fake")
    assert await news(house.store, house.services.workspace, "fake") == 0
    house.world.clock.advance(DAY)
    assert not await owe_retraining(house.services)


async def test_every_process_reads_with_the_model_in_force_soon(house: House) -> None:
    assert await catch_up(house.services, 0) == 0
    await filed(house, 4)
    first = await learnt(house)
    assert first is not None
    assert await catch_up(house.services, 0) == first.number
    assert await catch_up(house.services, first.number) == first.number
    async with house.store.begin() as tx:
        await models.give_back(tx, house.services.workspace, "fake")
    assert await catch_up(house.services, first.number) == 0
    assert learner(house).using == [b"4 lessons", b""]


async def test_a_job_that_has_nothing_to_learn_ends(house: House) -> None:
    async with house.store.begin() as tx:
        await schedule.enqueue(tx, Kind.RETRAIN, house.services.workspace, now=MORNING)
    await house.work()
    assert await house.due(Kind.RETRAIN) == ()
    assert learner(house).lessons == []
