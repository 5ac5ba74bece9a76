"""Doctor: who of the policy is nobody in the helpdesk, and which of its agents are not there."""

import pytest

from handlers.agent_checks import agents
from handlers.health_checks import people
from handlers.policies import Policies
from pipeline.policy import Member, Policy
from pipeline.ports import Agent
from storage.store import Store
from tests.fakes.desk import World, build_services
from tests.pipeline.people import POLICY


def of(*members: Member) -> Policy:
    return POLICY.model_copy(update={"leads": members, "admins": (), "teams": POLICY.teams[:0]})


async def said(store: Store, policy: Policy, *known: Agent) -> list[str]:
    world = World()
    world.helpdesk.agents = {who: agent for agent in known for who in (agent.id, agent.email) if who}
    services = build_services(store, world)
    services.policies.now = Policies(policy).now
    return [check.told for check in (*await people(services), *await agents(services)) if not check.ok]


ANA = Member(name="Ana", slack="U-ana", helpdesk={"zendesk": "ana@desk.example"})
BEN = Member(name="Ben", slack="U-ben", helpdesk={"zendesk": "9002"})


async def test_who_has_no_identity_is_named_with_the_step(store: Store) -> None:
    [told] = await said(store, of(ANA, Member(name="Eva", slack="U-eva")), Agent(id="9001", email="ana@desk.example"))
    assert told.startswith("nobody there, so their claims and names do not reach it: Eva: write their e-mail or id")


async def test_an_agent_that_the_helpdesk_lacks_is_named_with_the_step(store: Store) -> None:
    [told] = await said(store, of(ANA, BEN), Agent(id="9001", email="ana@desk.example"))
    assert told == (
        "Ben is 9002 in the policy, and zendesk has no such agent: "
        "correct it in the form of Ben: /triage policy, Change, their team, the person"
    )


async def test_two_people_who_are_one_agent_by_e_mail_and_by_id_are_found_out(store: Store) -> None:
    [told] = await said(store, of(ANA, BEN), Agent(id="9002", email="ana@desk.example"))
    assert told.startswith("Ana and Ben are one agent of zendesk, 9002")


@pytest.mark.parametrize("members", [(), (Member(name="Eva", slack="U-eva"),)])
async def test_where_nobody_is_mapped_nothing_is_missed(store: Store, members: tuple[Member, ...]) -> None:
    assert await said(store, of(*members)) == []
