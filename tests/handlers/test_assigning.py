"""Who works on a ticket is the same in Slack and in the helpdesk, whoever says so and wherever."""

import pytest

from handlers.decisions import act
from handlers.intake import receive
from pipeline.acts import Claim, Reassign
from pipeline.case import Case
from pipeline.errors import Refused, Unknown
from pipeline.ports import Agent, Person
from pipeline.ticket import Arrival
from storage.cases import save
from storage.jobs import Kind
from storage.store import Store
from tests.fakes.house import House, told
from tests.fakes.settle import settle

ANA, BEN, LENA = "ana@desk.example", "ben@desk.example", "lena@desk.example"


@pytest.fixture
def house(store: Store) -> House:
    return House(store, mapped=True)


async def claim(house: House, case: Case, user: str = "ULENA", *, hold: bool | None = True) -> None:
    await act(house.services, user, case.id, lambda _, by: Claim(by=by, hold=hold))


async def reassign(house: House, case: Case, team: str, agent: str = "") -> None:
    await act(house.services, "ULENA", case.id, lambda _, by: Reassign(by=by, team=team, agent=agent))


async def hears(house: House, delivery: str = "there") -> None:
    """The helpdesk tells that somebody was put on the ticket, or taken off."""
    ticket = told().model_copy(update={"messages": ()})
    await receive(house.services, Arrival(delivery=delivery, ticket=ticket, assigned=True))


async def kinds(house: House, case: Case) -> list[str]:
    return [event.kind for event in await house.history(case.id)]


def has_it(house: House) -> str:
    return house.world.helpdesk.has_it("t1")


async def test_a_claim_a_release_and_a_handover_reach_the_helpdesk(house: House) -> None:
    case = await house.shown()
    assert has_it(house) == ANA, "whom triage chose, by the note"
    await claim(house, case)
    await house.work()
    assert has_it(house) == LENA
    await claim(house, case, hold=False)
    await house.work()
    assert has_it(house) == ANA, "the card has it with her again"
    await claim(house, case, "UANA")
    await claim(house, case, "UANA", hold=False)
    await house.work()
    assert (has_it(house), (await house.case(case.id)).agent) == ("", ""), "who lets go of it does not have it"
    await reassign(house, case, "tech_support", "Ben Adeyemi")
    await house.work()
    assert has_it(house) == BEN
    await reassign(house, case, "billing_support")
    await house.work()
    assert has_it(house) == ""


async def test_only_the_last_turn_is_told(house: House) -> None:
    case = await house.shown()
    before = len(house.world.helpdesk.counts)
    for hold in (True, False, True, False):
        await claim(house, case, hold=hold)
    await house.work()
    assert has_it(house) == ANA
    assert len(house.world.helpdesk.counts) == before + 1


async def test_a_claim_whose_fate_is_unknown_never_comes_after_its_release(house: House) -> None:
    case, desk, left = await house.shown(), house.world.helpdesk, [1]
    real = desk.assign

    async def slow(ticket_id: str, who: str, key: str) -> None:
        await real(ticket_id, who, key)
        if left:
            left.pop()
            raise Unknown

    desk.assign = slow  # type: ignore[method-assign]
    await claim(house, case)
    [job] = await house.due(Kind.ASSIGN)
    with pytest.raises(Unknown):
        await house.do(job)
    await claim(house, case, hold=False)
    await settle(house.services, house.world.clock)
    assert has_it(house) == ANA
    assert set(desk.counts.values()) == {1}


async def test_a_claim_that_never_left_is_not_made_after_its_release(house: House) -> None:
    case, desk, lost = await house.shown(), house.world.helpdesk, [1]
    real = desk.assign

    async def lossy(ticket_id: str, who: str, key: str) -> None:
        if lost:
            lost.pop()
            raise Unknown
        await real(ticket_id, who, key)

    desk.assign = lossy  # type: ignore[method-assign]
    await claim(house, case)
    [job] = await house.due(Kind.ASSIGN)
    with pytest.raises(Unknown):
        await house.do(job)
    await claim(house, case, hold=False)
    await settle(house.services, house.world.clock)
    assert has_it(house) == ANA
    assert LENA not in [who for _, who in desk.given]


async def test_who_is_not_mapped_is_told_once_and_the_helpdesk_not_at_all(house: House) -> None:
    stranger = Person(id="UNEW", name="New One", email="new@lumen.example", stranger=False, groups=frozenset({"b"}))
    house.world.chat.join(stranger)
    team = house.services.policy.team("billing_support").model_copy(update={"user_group": "b"})
    teams = tuple(team if each.name == team.name else each for each in house.services.policy.teams)
    house.services.policies.now = type(house.services.policies.now)(
        house.services.policy.model_copy(update={"teams": teams})
    )
    ids = [await house.arrive(told(id_=name), name) for name in ("n1", "n2")]
    await house.work()
    cases = [await house.case(each) for each in ids]
    before = dict(house.world.helpdesk.counts)
    for case in cases:
        await claim(house, case, "UNEW")
    await house.work()
    written = {key for key in house.world.helpdesk.counts if key not in before}
    assert not [key for key in written if key.startswith("assign:")]
    assert [("assignee.unmapped" in await kinds(house, case)) for case in cases] == [True, False]
    assert "New One is nobody in Zendesk by the policy" in str(house.world.chat.posts)


async def test_a_name_that_somebody_gave_themselves_is_nobodys_identity(house: House) -> None:
    case = await house.shown()
    house.world.chat.join(Person(id="UFALSE", name="Lena Fischer", email="x@lumen.example", stranger=False))
    await claim(house, case)
    async with house.store.begin() as tx:
        claimed = await house.case(case.id)
        assert claimed.claimed_by is not None
        false = claimed.but(claimed_by=claimed.claimed_by.model_copy(update={"id": "UFALSE"}))
        event = (await house.history(case.id))[-1]
        await save(tx, false, event, house.world.clock.now())
    await house.work()
    assert has_it(house) == ANA


async def test_an_agent_whom_the_helpdesk_does_not_take_is_told_in_the_thread(house: House) -> None:
    case = await house.shown()

    async def refuse(ticket_id: str, who: str, key: str) -> None:
        raise Refused("Zendesk said 422: it will not do this.", code="422")

    house.world.helpdesk.assign = refuse  # type: ignore[method-assign]
    await claim(house, case)
    await house.work()
    assert (await kinds(house, case)).count("assignee.refused") == 1
    assert "did not give the ticket to Lena Fischer" in str(house.world.chat.posts)


async def test_without_a_map_nothing_is_sent_or_said(store: Store) -> None:
    house = House(store)
    case = await house.shown()
    await claim(house, case)
    assert not await house.due(Kind.ASSIGN)


async def test_the_card_follows_who_gets_it_in_the_helpdesk(house: House) -> None:
    case = await house.shown()
    await claim(house, case)
    await house.work()
    house.world.helpdesk.gives("t1", BEN)
    await hears(house)
    await house.work()
    now = await house.case(case.id)
    assert (now.agent, now.claimed_by) == ("Ben Adeyemi", None)
    assert "given to Ben Adeyemi in the helpdesk" in str(house.world.chat.posts)
    house.world.helpdesk.gives("t1", "")
    await hears(house, "again")
    await house.work()
    assert (await house.case(case.id)).owner == ""
    assert has_it(house) == "", "what was said there is not said back"


async def test_the_echo_of_our_own_write_changes_nothing_however_late(house: House) -> None:
    case = await house.shown()
    await claim(house, case)
    await house.work()
    await claim(house, case, hold=False)
    await claim(house, case, "UANA")
    await hears(house)  # of the first claim: our last word is still on its way there
    await settle(house.services, house.world.clock)
    before = await house.case(case.id)
    assert (before.owner, has_it(house)) == ("Ana Ribeiro", ANA)
    await hears(house, "again")
    await house.work()
    assert await house.case(case.id) == before


async def test_somebody_unknown_there_is_shown_by_name_and_owns_nothing_here(house: House) -> None:
    case = await house.shown()
    house.world.helpdesk.agents["77"] = Agent(id="77", name="Marta *Ruiz*")
    house.world.helpdesk.gives("t1", "77")
    await hears(house)
    await house.work()
    now = await house.case(case.id)
    assert (now.owner, now.assignee) == ("", "Marta *Ruiz*")
    card = house.world.chat.keyed(f"card:{case.id}:1").card
    assert "Marta" in str(card.blocks)
    await claim(house, case, "UANA")
    await claim(house, case, "UANA", hold=False)
    await house.work()
    assert ((await house.case(case.id)).assignee, has_it(house)) == ("Marta *Ruiz*", "77"), "it is hers as before"
    await claim(house, case)
    await house.work()
    assert (await house.case(case.id)).assignee == ""
    assert has_it(house) == LENA


async def test_who_has_it_there_before_it_is_read_here_keeps_it(house: House) -> None:
    house.world.helpdesk.gives("t1", BEN)
    case = (await receive(house.services, Arrival(delivery="d1", ticket=told(), assigned=True))).case_id
    [job] = await house.due(Kind.ASSIGNEE)
    await house.do(job)
    await house.work()
    assert ((await house.case(case)).agent, has_it(house)) == ("Ben Adeyemi", BEN)


async def test_whoever_releases_takes_it_from_nobody_else_there(house: House) -> None:
    case = await house.shown()
    await claim(house, case, "UANA")
    await house.work()
    house.world.helpdesk.gives("t1", BEN)  # of which we have not heard yet
    await claim(house, case, "UANA", hold=False)
    await house.work()
    assert has_it(house) == BEN
