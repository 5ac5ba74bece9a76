"""A target that is nearly missed calls people before it is, each once; who works on it first."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers import warn
from handlers.decisions import act
from handlers.policies import Policies
from handlers.warn import find_breaches
from pipeline.acts import Acknowledge, Claim, Dismiss
from pipeline.case import DESK, Case, Status
from pipeline.classify import Urgency
from storage.cases import Event, create
from storage.jobs import Kind
from storage.store import Store
from tests.fakes.clock import MORNING
from tests.fakes.desk import build_services, policy
from tests.fakes.house import House, said, told
from tests.handlers.test_calling import ANA, LENA, THREATENS, alarm_of, calls, happened, pressed


@pytest.fixture
def house(store: Store) -> House:
    return House(store)


async def at_share(house: House, case: Case, share: float) -> None:
    """Move the clock to where so much of the target is gone, and do what is due."""
    assert case.due_at is not None
    house.world.clock.set(case.created_at + (case.due_at - case.created_at) * share)
    await find_breaches(house.services)
    await house.work()


def under(house: House, team: Mapping[str, object] | None = None, **category: object) -> None:
    """Put a policy in force whose categories, and whose team for billing, say something else."""
    known = policy()
    teams = tuple(
        each.model_copy(update=dict(team or {})) if each.name == "billing_support" else each for each in known.teams
    )
    categories = tuple(each.model_copy(update=category) for each in known.categories)
    changed = known.model_copy(update={"categories": categories, "teams": teams})
    house.services = replace(house.services, policies=Policies(changed))


async def test_who_has_it_is_called_before_the_target_then_the_lead_and_the_lead_again_when_it_is_missed(
    house: House,
) -> None:
    case = await house.shown()
    assert case.agent == "Ana Ribeiro"
    await at_share(house, case, 0.79)
    assert calls(house) == []
    await at_share(house, case, 0.8)
    [first] = calls(house)
    assert f"<@{ANA}>" in first.card.text
    assert first.thread == house.world.chat.keyed(f"card:{case.id}:1").ts
    await at_share(house, case, 0.99)
    assert [f"<@{LENA}>" in post.card.text for post in calls(house)] == [False, True]
    await at_share(house, case, 1.0)
    await at_share(house, case, 5)
    assert len(calls(house)) == 3
    assert "is overdue" in calls(house)[2].card.text
    assert max(house.world.chat.counts.values()) == 1


async def test_every_call_for_a_short_target_comes_before_it(house: House) -> None:
    under(house, sla_hours=dict.fromkeys(Urgency, 1 / 6))
    case = await house.shown()
    for hundredth in range(80, 100, 2):
        await at_share(house, case, hundredth / 100)
    assert len(calls(house)) == 2


async def test_who_claimed_or_acknowledged_it_is_called_rather_than_who_has_it(house: House) -> None:
    case = await house.shown()
    await pressed(house, LENA, case, Claim)
    await at_share(house, case, 0.8)
    assert f"<@{LENA}>" in calls(house)[0].card.text
    await pressed(house, LENA, case, Acknowledge)
    await at_share(house, case, 0.99)
    assert len(calls(house)) == 1
    await at_share(house, case, 1)
    assert len(calls(house)) == 2
    assert (await house.case(case.id)).acknowledged is None


async def test_an_escalation_that_still_calls_is_not_joined_by_a_second_chain(house: House) -> None:
    case = await house.shown(told(said("m1", THREATENS)))
    before = await alarm_of(house, case)
    await at_share(house, case, 0.8)
    assert (await alarm_of(house, case)).id == before.id
    await pressed(house, LENA, case, Acknowledge)
    await at_share(house, case, 1)
    assert (await alarm_of(house, case)).id != before.id


async def test_a_decision_ends_the_calls(house: House) -> None:
    case = await house.shown()
    await at_share(house, case, 0.8)
    await act(house.services, LENA, case.id, lambda _, by: Dismiss(by=by))
    await at_share(house, case, 2)
    assert len(calls(house)) == 1


async def test_every_case_is_found_however_many_there_are(
    house: House, store: Store, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warn, "PAGE", 3)
    due = MORNING + timedelta(hours=1)
    for number in range(10):
        ticket = told(id_=f"t{number}")
        known = {"workspace": house.services.workspace, "ticket": ticket, "created_at": MORNING}
        same = due if number < 7 else due + timedelta(minutes=number)
        case = Case(id=f"c{number}", status=Status.OPEN, team="billing_support", due_at=same, warn_at=same, **known)  # type: ignore[arg-type]
        async with store.begin() as tx:
            await create(tx, case, Event(kind="ticket.opened", actor=DESK))
    house.world.clock.set(due + timedelta(hours=1))
    other = Store(database_url)
    twin = build_services(other, house.world)
    assert await find_breaches(house.services) == 10
    assert await find_breaches(twin) == 0
    assert len(await house.due(Kind.WARN)) == 10
    await other.close()


async def test_the_history_tells_who_was_called(house: House) -> None:
    case = await house.shown()
    await at_share(house, case, 0.8)
    assert [each["who"] for each in await happened(house, case, "call.made")] == ["Ana Ribeiro"]
