"""A lead's change is tried, written down and in force at once; two leads never overwrite each other unseen."""

import asyncio
from dataclasses import replace

import pytest

from handlers.changing import NothingChanged, NothingToUndo, Overtaken, change, lead_of, may_take, undo
from handlers.policies import Policies
from handlers.services import Services
from pipeline.authorise import NotAllowed
from pipeline.case import Actor
from pipeline.errors import PolicyError
from pipeline.policy import Member
from pipeline.policy_change import Step
from pipeline.ports import Person
from storage import policy_log
from storage.store import Store
from tests.fakes.desk import policy
from tests.fakes.house import House

LENA, KIM = Actor(id="ULENA", name="Lena"), Actor(id="UKIM", name="Kim")
ANSWER = Step(path=("thresholds", "answer"), value=0.55)
HOURS = Step(path=("approval_hours",), value=5)


@pytest.fixture
def house(store: Store) -> House:
    return House(store)


def another_process(services: Services) -> Services:
    return replace(services, policies=Policies(policy()))


async def test_a_change_is_in_force_here_at_once_and_elsewhere_at_the_next_look(house: House) -> None:
    here, there = house.services, another_process(house.services)
    kept = here.still()
    written = await change(here, LENA, [ANSWER], "  Too many suggestions. ", 0)
    assert (written.number, written.why, written.steps[0].was) == (1, "Too many suggestions.", 0.6)
    assert (here.policy.thresholds.answer, there.policy.thresholds.answer) == (0.55, 0.6)
    assert kept.policy.thresholds.answer == 0.6
    await there.policies.catch_up(there.store, there.workspace)
    assert there.policies.now == here.policies.now


async def test_a_mistake_changes_nothing(house: House) -> None:
    with pytest.raises(PolicyError):
        await change(house.services, LENA, [Step(path=("thresholds", "answer"), value=7)], "", 0)
    with pytest.raises(NothingChanged):
        await change(house.services, LENA, [Step(path=("thresholds", "answer"), value=0.6)], "", 0)
    async with house.store.reader() as connection:
        assert await policy_log.changes(connection, house.services.workspace) == ()


async def test_two_leads_at_once_both_count_where_they_speak_of_different_places(house: House) -> None:
    there = another_process(house.services)
    await asyncio.gather(change(house.services, LENA, [ANSWER], "", 0), change(there, KIM, [HOURS], "", 0))
    await house.services.policies.catch_up(house.store, house.services.workspace)
    assert (house.services.policy.thresholds.answer, house.services.policy.approval_hours) == (0.55, 5)


async def test_who_would_overwrite_what_they_have_not_seen_is_told(house: House) -> None:
    await change(house.services, LENA, [ANSWER], "", 0)
    with pytest.raises(Overtaken):
        await change(house.services, KIM, [ANSWER.model_copy(update={"value": 0.7})], "", 0)
    await undo(house.services, LENA)
    with pytest.raises(Overtaken):  # what was taken back counts as changed, too
        await change(house.services, KIM, [ANSWER.model_copy(update={"value": 0.7})], "", 1)


async def test_undo_takes_back_one_change_after_the_other_and_never_another_than_was_seen(house: House) -> None:
    await change(house.services, LENA, [ANSWER], "", 0)
    await change(house.services, LENA, [HOURS], "", 1)
    with pytest.raises(Overtaken):
        await undo(house.services, KIM, 1)
    assert (await undo(house.services, KIM, 2)).undoes == 2
    assert (house.services.policy.approval_hours, house.services.policy.thresholds.answer) == (72, 0.55)
    assert (await undo(house.services, KIM)).undoes == 1
    assert house.services.policy == policy()
    with pytest.raises(NothingToUndo):
        await undo(house.services, KIM)


def person(member: Member) -> Person:
    return Person(id="UL", name="L", email=member.email, stranger=False)


def test_only_leads_change_the_policy_and_only_admins_who_is_what() -> None:
    lead, agent = person(policy().leads[0]), person(policy().team("billing_support").members[0])
    with pytest.raises(NotAllowed, match="Only leads can change the policy"):
        lead_of(agent, policy())
    assert may_take(lead, policy(), [ANSWER]).name == policy().leads[0].name
    with pytest.raises(NotAllowed, match="Only admins can change who is what"):
        may_take(lead, policy(), [ANSWER, Step(path=("leads", "Kai"), gone=True)])
