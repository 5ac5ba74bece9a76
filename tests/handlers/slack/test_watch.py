"""/triage sla and /triage escalations: what presses, and who is called for it."""

import random
import re
from datetime import UTC, datetime, timedelta

import pytest

from handlers.slack.commands import answer
from pipeline.acts import Acknowledge, CallOff
from pipeline.chain import Step
from pipeline.errors import Unavailable
from pipeline.policy import Member
from pipeline.ports import Person
from storage import alarms
from storage.absences import leave
from storage.cases import Event
from storage.store import Store
from tests.fakes.house import House, said, told
from tests.handlers.test_calling import (
    LENA,
    THREATENS,
    USUAL,
    calls,
    escalating,
    later,
    pressed,
    threatened,
    with_policy,
)
from tests.handlers.views.valid import must_be_valid


@pytest.fixture
def house(store: Store) -> House:
    return with_policy(House(store), USUAL)


async def asked(house: House, text: str) -> str:
    card = await answer(house.services, "UANA", text)
    must_be_valid(card)
    return card.text + "\n" + str(card.blocks)


async def test_escalations_say_who_was_called_and_who_is_next(house: House) -> None:
    assert "no escalation is open" in await asked(house, "escalations")
    case = await threatened(house)
    said = await asked(house, "escalations")
    assert "🚨 high" in said
    assert "called Eve Berg · nobody acknowledged · next: Lena Fischer, <!date^" in said
    await pressed(house, LENA, case, Acknowledge)
    assert "👂 acknowledged by Lena Fischer" in await asked(house, "escalations")
    await pressed(house, LENA, case, CallOff)
    assert "no escalation is open" in await asked(house, "escalations")


async def test_an_escalation_that_has_called_everybody_says_so(house: House) -> None:
    await threatened(house)
    for _ in range(5):
        await later(house, 15)
    assert "nobody is left to call" in await asked(house, "escalations")


@pytest.mark.parametrize("seed", range(6))
async def test_who_is_shown_as_next_is_who_is_called_then(store: Store, seed: int) -> None:
    chance = random.Random(seed)
    names = [f"Eve {letter}" for letter in "ABCDEF"]
    night, day = "20:00-04:00", "09:30-17:00"
    hours = {name: chance.choice(["", night, day]) for name in names}
    crew = tuple(Member(name=each, email=f"{each[-1]}@playground.example", hours=hours[each]) for each in names)
    order = [chance.choice([*names, "lead", "channel"]) for _ in range(6)]
    house = with_policy(
        House(store), escalating(*(Step(call=who, after=chance.choice([0, 5, 20])) for who in order), members=crew)
    )
    for name in names:
        user = f"UEVE{name[-1]}"
        if chance.random() < 0.8:  # the others are unknown to Slack
            house.world.chat.join(Person(id=user, name=name, email=f"{name[-1]}@playground.example", stranger=False))
        if chance.random() < 0.3:
            house.world.chat.quiet[user] = house.world.clock.now() + timedelta(hours=chance.randint(1, 9))
        if chance.random() < 0.3:
            async with store.begin() as tx:
                until = chance.choice([None, house.world.clock.now() + timedelta(minutes=chance.randint(1, 90))])
                await leave(tx, house.services.workspace, name, house.world.clock.now(), until)
    await threatened(house)
    for _ in range(12):
        told = re.search(r"next: ([^,]+), <!date\^(\d+)\^", await asked(house, "escalations"))
        if told is None:
            break
        before = len(calls(house))
        at = datetime.fromtimestamp(int(told[2]), UTC)
        await later(house, max(0.0, (at - house.world.clock.now()).total_seconds() / 60) + 0.02)
        assert len(calls(house)) > before
        made = [event.detail["who"] for event in await all_calls(house)]
        assert made[before] == told[1]
    assert "nobody is left to call" in await asked(house, "escalations")


async def all_calls(house: House) -> list[Event]:
    async with house.store.reader() as connection:
        [found] = await alarms.unended(connection, house.services.workspace)
    return [event for event in await house.history(found.case_id) if event.kind == "call.made"]


async def test_escalations_say_who_is_passed_over_and_why(house: House) -> None:
    await threatened(house)
    async with house.store.begin() as tx:
        await leave(tx, house.services.workspace, "Lena Fischer", house.world.clock.now(), None)
    told = await asked(house, "escalations")
    assert "passes over Lena Fischer (is away) · next: #billing-lead, <!date^" in told


async def test_slack_that_does_not_answer_leaves_the_rest_of_escalations(house: House) -> None:
    await threatened(house)

    async def silent(email: str) -> str | None:
        raise Unavailable("ratelimited")

    house.world.chat.user_id = silent  # type: ignore[method-assign]
    told = await asked(house, "escalations")
    assert "called Eve Berg · nobody acknowledged · who is next cannot be told" in told


async def test_sla_counts_what_is_still_being_read(house: House) -> None:
    await house.arrive(told(said("m1", THREATENS)))
    assert "0 in time, 1 still being read, which have no target yet" in await asked(house, "sla")


async def test_sla_sorts_by_how_the_targets_stand(house: House) -> None:
    case = await house.shown()
    assert case.due_at is not None
    for share, expected in (
        (0.5, "0 overdue, 0 at risk"),
        (0.8, "0 overdue, 1 at risk"),
        (1.0, "1 overdue, 0 at risk"),
    ):
        house.world.clock.set(case.created_at + (case.due_at - case.created_at) * share)
        assert expected in await asked(house, "sla")
    assert "Targets of Billing Support*: 1 overdue" in await asked(house, "sla billing_support")
    assert "0 overdue, 0 at risk (four fifths of the time are gone), 0 in time" in await asked(
        house, "sla tech_support"
    )
    assert "I know no team" in await asked(house, "sla nobody")
