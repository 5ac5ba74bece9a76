"""The worker loses nothing, holds up nobody, and hands to people what it cannot do."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.worker import MOST_ATTEMPTS
from handlers.decisions import edit
from handlers.jobs import LANES, UNSEEN, pause
from pipeline.case import Sending, Status
from pipeline.errors import Refused, Unavailable
from storage.jobs import Kind, Priority, enqueue, fail
from storage.store import Store
from tests.bot.working import (
    FailingClassifier,
    HeldClassifier,
    one,
    quiet,
    rows,
    until,
    with_classifier,
    worker_of,
    working,
)
from tests.fakes.clock import MORNING
from tests.fakes.fuse import Point, Side
from tests.fakes.house import House, told

LEAD = "ULENA"
SOON = timedelta(seconds=1)


@pytest.fixture
def house(store: Store) -> House:
    house = House(store)
    house.world.chat.lag = house.world.helpdesk.lag = timedelta(0)
    return house


def blows(what: str, error: Exception) -> Callable[[Point], Exception | None]:
    """Let the world fail before this effect, once."""
    return lambda point: error if point.what == what and point.side is Side.BEFORE else None


async def fail_before(house: House, what: str, error: Exception) -> None:
    """Blow the fuse at the next effect of this name."""
    house.world.fuse.arm(1, blows(what, error), commits=False)


# Lanes


def test_every_kind_of_work_has_one_lane() -> None:
    assert sorted(kind for kinds in LANES.values() for kind in kinds) == sorted(Kind)


async def test_a_lane_that_is_full_and_slow_does_not_hold_up_the_others(house: House) -> None:
    shown = await house.arrive(told(), "d1")
    await house.do(await one(house, Kind.TRIAGE))
    for n in range(6):
        await house.arrive(told(id_=f"slow{n}"), f"slow{n}")
    slow = HeldClassifier()

    async def posted() -> bool:
        return slow.reading == 4 and house.world.chat.counts[f"card:{shown}:1"] == 1

    async with working(with_classifier(house, slow)):
        await until(posted)
        slow.gate.set()

        async def all_shown() -> bool:
            return sum(post.key.startswith("card:") for post in house.world.chat.posts) == 7

        await until(all_shown)
    assert slow.most == 4


async def test_a_lane_takes_no_more_than_it_has_places_for(house: House) -> None:
    for n in range(7):
        await house.arrive(told(id_=f"t{n}"), f"d{n}")
    slow = HeldClassifier()

    async def full() -> bool:
        return slow.reading == 3

    async with working(with_classifier(house, slow), {"triage": 3}):
        await until(full)
        assert [row["state"] for row in await rows(house.store)].count("running") == 3
        slow.gate.set()

        async def all_read() -> bool:
            return slow.asked == 7 and not slow.reading

        await until(all_read)
    assert slow.most == 3


async def test_while_deliveries_queue_for_the_database_each_lane_takes_one_at_a_time(database_url: str) -> None:
    class CrowdedStore(Store):
        @property
        def crowded(self) -> bool:
            return True

    store = CrowdedStore(database_url)
    house = House(store)
    for n in range(5):
        await house.arrive(told(id_=f"t{n}"), f"d{n}")
    slow = HeldClassifier()

    async def busy() -> bool:
        return slow.reading > 0

    async with working(with_classifier(house, slow), {"triage": 4}):
        await until(busy)
        slow.gate.set()

        async def all_read() -> bool:
            return slow.asked == 5 and not slow.reading

        await until(all_read)
    assert slow.most == 1
    await store.close()


# What fails


async def test_what_was_asked_to_wait_waits_that_long(house: House) -> None:
    await house.arrive(told())
    job = await one(house, Kind.TRIAGE)
    await worker_of(house, FailingClassifier(Unavailable("busy", retry_after=7))).do(job)
    [row] = await rows(house.store)
    assert (row["state"], row["run_at"]) == ("waiting", MORNING + timedelta(seconds=7))
    assert row["error"] == "Unavailable: busy"


async def test_what_does_not_answer_is_left_alone_for_longer_each_time_and_never_given_up(house: House) -> None:
    case_id = await house.arrive(told())
    away = FailingClassifier(Unavailable("away"))
    waits: list[float] = []
    for _ in range(12):
        job = await one(house, Kind.TRIAGE)
        await worker_of(house, away).do(job)
        [row] = await rows(house.store)
        assert isinstance(row["run_at"], datetime)
        waits.append((row["run_at"] - house.world.clock.now()).total_seconds())
        house.world.clock.set(row["run_at"])
    expected = [pause(attempt).total_seconds() for attempt in range(1, 13)]
    assert all(0.8 * usual <= wait <= 1.2 * usual for wait, usual in zip(waits, expected, strict=True))
    assert (expected[0], expected[3], expected[-1]) == (1, 8, 60)
    assert (await house.case(case_id)).status is Status.WAITING


async def test_what_fails_for_a_reason_of_ours_is_tried_five_times_and_then_shown_as_it_came(house: House) -> None:
    case_id = await house.arrive(told())
    broken = FailingClassifier(KeyError("a word of the customer"))
    for attempt in range(1, MOST_ATTEMPTS + 1):
        house.world.clock.advance(120)
        with capture_logs() as logs:
            await worker_of(house, broken).do(await one(house, Kind.TRIAGE))
        assert "customer" not in str(logs)
        assert (await house.case(case_id)).status is (Status.OPEN if attempt == MOST_ATTEMPTS else Status.WAITING)
    assert broken.asked == MOST_ATTEMPTS
    assert "KeyError in classify" in (await house.case(case_id)).problem
    await house.work()
    [card] = [post.card for post in house.world.chat.posts if post.key.startswith("card:")]
    assert "could not be read automatically" in str(card.blocks)
    assert "charged twice" in str(card.blocks)


async def test_what_is_refused_goes_to_people_at_once_with_its_reason(house: House) -> None:
    case_id = await house.arrive(told())
    refusing = FailingClassifier(Refused("The model was taken away. Choose another one.", code="model_not_found"))
    async with working(with_classifier(house, refusing)):

        async def told_to_people() -> bool:
            return any("The model was taken away" in str(post.card.blocks) for post in house.world.chat.posts)

        await until(told_to_people)
    assert refusing.asked == 1
    assert (await house.case(case_id)).status is Status.OPEN
    assert ("triage", "failed") in [(row["kind"], row["state"]) for row in await rows(house.store)]


async def test_a_reply_that_breaks_us_is_handed_back_to_a_person(house: House) -> None:
    case = await house.shown()
    await edit(house.services, LEAD, case.id, case.shown, "Here you are.")
    for _ in range(MOST_ATTEMPTS):
        await fail_before(house, "helpdesk.reply", RuntimeError("a bug"))
        house.world.clock.advance(120)
        await worker_of(house).do(await one(house, Kind.SEND_REPLY))
        house.world.clock.advance(60)
    after = await house.case(case.id)
    assert (after.status, after.sending, after.decision) == (Status.OPEN, Sending.FAILED, None)
    assert after.problem.startswith("The reply was not sent: RuntimeError in ")


@pytest.mark.parametrize("kind", [kind for kind in UNSEEN if kind is not Kind.TELL_ASKER])  # which waits for a card
async def test_what_is_given_up_unseen_is_kept_and_tried_anew_at_the_next_start(house: House, kind: Kind) -> None:
    subject = "2026-03-02T00:00+00:00" if kind is Kind.QUIET else "c1"
    async with house.store.begin() as tx:
        await enqueue(tx, kind, subject, now=MORNING)
    job = await one(house, kind)
    async with house.store.begin() as tx:
        await fail(tx, job, "Refused: token_revoked")
        await enqueue(tx, kind, subject, now=MORNING)  # asked for again since
    assert await rows(house.store)
    async with working(house.services):
        await until(quiet(house.store))


async def test_what_went_to_a_person_is_not_tried_anew(house: House) -> None:
    await house.arrive(told())
    job = await one(house, Kind.TRIAGE)
    async with house.store.begin() as tx:
        await fail(tx, job, "KeyError")
    classifier = HeldClassifier()
    async with working(with_classifier(house, classifier)):
        await house.arrive(told(id_="t2"), "d2")  # by the time that this is read, the other would have been
        classifier.gate.set()

        async def second_is_shown() -> bool:
            return bool(house.world.chat.posts)

        await until(second_is_shown)
    assert (await rows(house.store))[0]["state"] == "failed"
    assert classifier.asked == 1


async def test_what_cannot_wait_has_places_that_nothing_else_takes(house: House) -> None:
    """Five tickets wait for a reader who does not answer; the one that somebody asked for is begun all the same."""
    slow = HeldClassifier()
    for n in range(6):
        await house.arrive(told(id_=f"slow{n}"), f"slow{n}")
    async with working(with_classifier(house, slow), {"triage": 5}):

        async def begun(asked: int) -> bool:
            return slow.reading == asked

        await until(lambda: begun(4))
        urgent = await house.arrive(told(id_="urgent"), "urgent")
        assert slow.reading == 4
        async with house.store.begin() as tx:
            await enqueue(tx, Kind.TRIAGE, urgent, now=house.world.clock.now(), priority=Priority.NOW)
        await until(lambda: begun(5))
        slow.gate.set()


async def test_beside_what_cannot_wait_little_else_is_begun(house: House) -> None:
    """It shares the processor with one other, although there are places for four."""
    slow = HeldClassifier()
    ids = [await house.arrive(told(id_=f"t{n}"), f"t{n}") for n in range(7)]
    async with house.store.begin() as tx:
        await enqueue(tx, Kind.TRIAGE, ids[-1], now=house.world.clock.now(), priority=Priority.NOW)
    async with working(with_classifier(house, slow), {"triage": 5}):

        async def begun() -> bool:
            return slow.reading == 2

        await until(begun)
        running = {row["subject"] for row in await rows(house.store) if row["state"] == "running"}
        assert running == {ids[0], ids[-1]}
        slow.gate.set()

        async def all_read() -> bool:
            return slow.asked == 7 and not slow.reading

        await until(all_read)
