"""An alarm calls one person after the other until somebody acts: each call once, whatever happens."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.calling import call
from handlers.decisions import act
from handlers.intake import receive
from handlers.jobs import GIVING_UP
from handlers.policies import Policies
from pipeline.acts import Acknowledge, CallOff, Claim, Dismiss, Escalate, Reassign, Snooze, Unacknowledge
from pipeline.alarm import Alarm, Condition, End
from pipeline.authorise import NotAllowed
from pipeline.case import Case
from pipeline.chain import Chain, Occasion, Step, Whom
from pipeline.decide import AlreadyHeard, NotNow
from pipeline.errors import Refused
from pipeline.policy import Member, Policy
from pipeline.ports import Person
from pipeline.ticket import Author
from storage import alarms
from storage.absences import leave
from storage.alarms import Call
from storage.jobs import Kind, LeaseLost
from storage.store import Store
from tests.fakes.chat import Posted
from tests.fakes.clock import MORNING
from tests.fakes.desk import build_services, policy
from tests.fakes.house import House, said, told
from tests.fakes.settle import settle
from tests.fakes.tickets import arrival

THREATENS = "You charged us twice and do not answer. If we get no refund by Friday, our lawyer will file a lawsuit."
ANA, LENA, EVE = "UANA", "ULENA", "UEVE"
MINUTE = 60


def escalating(*steps: Step, members: tuple[Member, ...] = (), **chain: object) -> Policy:
    """The policy that ships, with Eve in the team that billing escalates to, and a chain there."""
    eve = Member(name="Eve Berg", email="eve@playground.example")
    calls = Chain.model_validate({"on": tuple(Occasion), "steps": steps, **chain})
    teams = [
        team.model_copy(update={"members": (*(members or (eve,)), *team.members), "chains": (calls,) if steps else ()})
        if team.name == "billing_lead"
        else team
        for team in policy().teams
    ]
    return policy().model_copy(update={"teams": tuple(teams)})


USUAL = escalating(Step(call="Eve Berg", after=0), Step(call=Whom.LEAD, after=10), Step(call=Whom.CHANNEL, after=10))


@pytest.fixture
def house(store: Store) -> House:
    return with_policy(House(store), USUAL)


def with_policy(house: House, used: Policy) -> House:
    house.services = replace(house.services, policies=Policies(used))
    house.world.chat.join(Person(id=EVE, name="Eve Berg", email="eve@playground.example", stranger=False))
    return house


async def threatened(house: House) -> Case:
    return await house.shown(told(said("m1", THREATENS)))


async def later(house: House, minutes: float) -> None:
    house.world.clock.advance(minutes * MINUTE)
    await house.work()


async def alarm_of(house: House, case: Case) -> Alarm:
    async with house.store.reader() as connection:
        found = await alarms.latest(connection, case.id)
    assert found is not None
    return found


async def calls_of(house: House, case: Case) -> tuple[Call, ...]:
    alarm = await alarm_of(house, case)
    async with house.store.reader() as connection:
        return await alarms.calls_of(connection, alarm.id)


def calls(house: House) -> list[Posted]:
    return [post for post in house.world.chat.posts if post.key.startswith("call:")]


def places(house: House) -> list[str]:
    return [post.channel for post in calls(house)]


async def happened(house: House, case: Case, kind: str) -> list[dict[str, str]]:
    return [dict(event.detail) for event in await house.history(case.id) if event.kind == kind]


async def pressed(house: House, user: str, case: Case, make: type) -> Case:
    return await act(house.services, user, case.id, lambda _, by: make(by=by))


async def test_each_is_called_after_their_wait_down_to_the_last_resort(house: House) -> None:
    case = await threatened(house)
    [first] = calls(house)
    card = house.world.chat.keyed(f"card:{case.id}:1")
    assert (first.channel, first.thread) == (card.channel, card.ts)
    assert f"<@{EVE}>" in first.card.text
    told_so_far = 1
    for minutes, expected in ((9, 0), (1, 1), (9, 0), (1, 1), (14, 0), (1, 2), (600, 0)):
        await later(house, minutes)
        told_so_far += expected
        assert len(calls(house)) == told_so_far
    assert [post.channel for post in calls(house)[1:]] == [
        "C-billing-lead",
        "C-billing-lead",
        f"D-{LENA}",
        "C-general-support",
    ]
    assert calls(house)[1].thread == card.ts
    assert [post.thread for post in calls(house)[2:]] == [None, None, None]
    assert max(house.world.chat.counts.values()) == 1
    assert [each["who"] for each in await happened(house, case, "call.made")] == [
        "Eve Berg", "Lena Fischer", "#billing-lead", "Lena Fischer", "#general-support",
    ]  # fmt: skip


async def test_an_acknowledgement_ends_the_calls_and_taking_it_back_goes_on_where_it_stood(house: House) -> None:
    case = await threatened(house)
    await later(house, 4)
    await pressed(house, EVE, case, Acknowledge)
    await later(house, 300)
    assert len(calls(house)) == 1
    assert "Acknowledged by Eve Berg" in str(calls(house)[0].card.blocks)
    assert "Acknowledged by Eve Berg" in str(house.world.chat.keyed(f"card:{case.id}:1").card.blocks)
    await pressed(house, LENA, case, Unacknowledge)
    await later(house, 5.9)
    assert len(calls(house)) == 1
    assert "ticket.acknowledge" in str(calls(house)[0].card.blocks)
    await later(house, 0.2)
    assert len(calls(house)) == 2
    kinds = [event.kind for event in await house.history(case.id)]
    assert kinds.count("case.acknowledged") == kinds.count("case.unacknowledged") == 1
    assert "Acknowledged" not in str(house.world.chat.keyed(f"card:{case.id}:1").card.blocks)


async def test_an_acknowledgement_after_the_last_call_can_be_taken_back(house: House) -> None:
    case = await threatened(house)
    await later(house, 600)
    await settle(house.services, house.world.clock)
    made = len(calls(house))
    await pressed(house, EVE, case, Acknowledge)
    await pressed(house, EVE, case, Unacknowledge)
    await later(house, 600)
    assert len(calls(house)) == made == 5


async def test_the_second_who_acknowledges_is_told_who_did(house: House) -> None:
    case = await threatened(house)
    with pytest.raises(NotNow, match="nothing to take back"):
        await pressed(house, LENA, case, Unacknowledge)
    await pressed(house, EVE, case, Acknowledge)
    with pytest.raises(AlreadyHeard, match="Already acknowledged by Eve Berg"):
        await pressed(house, LENA, case, Acknowledge)


async def test_who_may_not_decide_and_was_not_called_may_not_acknowledge(house: House) -> None:
    case = await threatened(house)
    with pytest.raises(NotAllowed):
        await pressed(house, "UCHLOE", case, Acknowledge)
    assert (await alarm_of(house, case)).condition is Condition.CALLING


@pytest.mark.parametrize(("make", "end"), [(Claim, End.CLAIMED), (Dismiss, End.DECIDED), (CallOff, End.CALLED_OFF)])
async def test_whatever_a_person_does_about_it_ends_the_calls(house: House, make: type, end: End) -> None:
    case = await threatened(house)
    await later(house, 2)
    await pressed(house, LENA, case, make)
    await later(house, 600)
    assert len(calls(house)) == 1
    alarm = await alarm_of(house, case)
    assert (alarm.condition, alarm.end) == (Condition.OVER, end)
    [made] = await calls_of(house, case)
    assert (made.act, made.acted_at) == (end, MORNING + timedelta(minutes=2))
    assert str(end.value).capitalize() in str(calls(house)[0].card.blocks)
    assert "ticket.acknowledge" not in str(calls(house)[0].card.blocks)


async def test_a_snooze_ends_the_calls_and_its_end_calls_again(house: House) -> None:
    case = await threatened(house)
    until = MORNING + timedelta(hours=1)
    await act(house.services, LENA, case.id, lambda _, by: Snooze(by=by, until=until))
    await later(house, 59)
    assert len(calls(house)) == 1
    await later(house, 1)
    assert len(calls(house)) == 2


async def test_an_answer_in_the_helpdesk_ends_the_calls(house: House) -> None:
    case = await threatened(house)
    answer = said("m2", "We look into it.", minutes=1, author=Author.AGENT)
    await receive(house.services, arrival(told(said("m1", THREATENS), answer), "d2"))
    await later(house, 600)
    assert len(calls(house)) == 1
    assert (await alarm_of(house, case)).end is End.ANSWERED


async def test_who_moves_it_starts_the_calls_of_the_new_team(house: House) -> None:
    case = await threatened(house)
    await act(house.services, EVE, case.id, lambda _, by: Reassign(by=by, team="engineering_oncall", reason="theirs"))
    await house.work()
    assert places(house) == ["C-billing-lead", "C-engineering-oncall"]
    assert "<@UOMAR>" in calls(house)[1].card.text
    alarm = await alarm_of(house, case)
    assert (alarm.team, alarm.condition) == ("engineering_oncall", Condition.CALLING)


async def test_who_takes_it_themselves_is_not_called(house: House) -> None:
    case = await threatened(house)
    move = lambda _, by: Reassign(by=by, team="engineering_oncall", agent=by.name)  # noqa: E731
    await act(house.services, LENA, case.id, move)
    await later(house, 600)
    assert len(calls(house)) == 1


async def test_who_escalates_is_not_called_and_the_next_is_at_once(house: House) -> None:
    case = await house.shown()
    await act(house.services, LENA, case.id, lambda _, by: Escalate(by=by))
    await house.work()
    assert [EVE in post.card.text for post in calls(house)] == [True]
    await later(house, 9)
    assert len(calls(house)) == 1
    await later(house, 1)
    assert places(house)[1:] == ["C-billing-lead"]
    assert {"who": "Lena Fischer", "reason": "raised it"} in await happened(house, case, "call.passed")


async def test_the_next_is_called_at_once_where_who_is_on_call_leads_as_well(store: Store) -> None:
    steps = (Step(call="Lena Fischer", after=0), Step(call=Whom.LEAD, after=5), Step(call=Whom.CHANNEL, after=5))
    house = with_policy(House(store), escalating(*steps))
    case = await threatened(house)
    await later(house, 5)
    assert [(LENA in post.card.text, post.thread is None) for post in calls(house)] == [(True, False), (False, True)]
    assert {"who": "Lena Fischer", "reason": "was called already"} in await happened(house, case, "call.passed")


async def test_the_customer_who_writes_again_calls_nobody_twice(house: House) -> None:
    case = await threatened(house)
    await house.arrive(told(said("m1", THREATENS), said("m2", THREATENS + " Now!", minutes=1)), "d2")
    await house.work()
    assert len(calls(house)) == 1
    await pressed(house, LENA, case, Claim)
    await house.arrive(told(said("m1", THREATENS), said("m3", THREATENS + " Hello?", minutes=2)), "d3")
    await later(house, 600)
    assert len(calls(house)) == 1


async def test_what_was_called_off_and_threatens_again_calls_again(house: House) -> None:
    case = await threatened(house)
    await pressed(house, LENA, case, CallOff)
    await house.arrive(told(said("m1", THREATENS), said("m2", THREATENS + " Now!", minutes=1)), "d2")
    await house.work()
    assert len(calls(house)) == 2


async def test_who_is_away_or_unknown_to_slack_is_passed_over_at_once_and_the_history_says_so(store: Store) -> None:
    ghost = Member(name="Gus Ghost", email="gus@playground.example")
    steps = [Step(call=name, after=0 if name == "Gus Ghost" else 30) for name in ("Gus Ghost", "Eve Berg", "lead")]
    eve = Member(name="Eve Berg", email="eve@playground.example")
    house = with_policy(House(store), escalating(*steps, members=(ghost, eve)))
    async with store.begin() as tx:
        await leave(tx, house.services.workspace, "Eve Berg", MORNING, None)
    case = await threatened(house)
    assert [LENA in post.card.text for post in calls(house)] == [True]
    reasons = {each["who"]: each["reason"] for each in await happened(house, case, "call.passed")}
    assert reasons["Eve Berg"] == "is away"
    assert "not known to Slack" in reasons["Gus Ghost"]


async def test_a_channel_that_is_closed_to_us_is_passed_over(house: House) -> None:
    case = await threatened(house)
    house.world.chat.without_direct.add(LENA)
    house.world.chat.missing_channels.add("general-support")
    await later(house, 600)
    await settle(house.services, house.world.clock)
    assert len(calls(house)) == 3
    assert len(await happened(house, case, "call.passed")) == 2


async def test_people_from_other_teams_get_a_direct_message_with_the_way_to_the_card(store: Store) -> None:
    house = with_policy(House(store), escalating(Step(call="Ana Ribeiro", after=0)))
    case = await threatened(house)
    [made] = calls(house)
    assert (made.channel, made.thread) == (f"D-{ANA}", None)
    assert "Open its card" in str(made.card.blocks)
    assert {"who": "Ana Ribeiro", "how": "direct", "occasion": "high"} in await happened(house, case, "call.made")


async def test_who_was_called_may_acknowledge_and_claim_and_no_more(store: Store) -> None:
    house = with_policy(
        House(store), escalating(Step(call="Ben Adeyemi", after=0), Step(call="Chloe Martin", after=30))
    )
    case = await threatened(house)
    await pressed(house, "UBEN", case, Acknowledge)
    assert (await alarm_of(house, case)).condition is Condition.ACKNOWLEDGED
    await pressed(house, "UBEN", case, Unacknowledge)
    with pytest.raises(NotAllowed):
        await pressed(house, "UBEN", case, Dismiss)
    with pytest.raises(NotAllowed):  # her turn has not come
        await pressed(house, "UCHLOE", case, Acknowledge)
    claimed = await pressed(house, "UBEN", case, Claim)
    assert claimed.claimed_by is not None
    assert claimed.claimed_by.name == "Ben Adeyemi"


async def test_without_a_card_the_first_call_is_made_all_the_same(house: House) -> None:
    case_id = await house.arrive(told(said("m1", THREATENS)))
    [job] = await house.due(Kind.TRIAGE)
    await house.do(job)
    assert not await house.due(Kind.CALL)
    house.world.clock.advance(2 * MINUTE)
    for job in await house.due(Kind.CALL):
        await house.do(job)
    [made] = calls(house)
    assert (made.channel, made.thread) == ("C-billing-lead", None)
    assert (await house.case(case_id)).escalated


async def test_two_processes_make_each_call_once(house: House, store: Store, database_url: str) -> None:
    case = await threatened(house)
    other = Store(database_url)
    twin = build_services(other, house.world)
    house.world.clock.advance(10 * MINUTE)
    first = await house.due(Kind.CALL)
    assert await house.due(Kind.CALL) == ()
    house.world.clock.advance(MINUTE)  # its lease has run out, as if the first had died
    [second] = await house.due(Kind.CALL)
    await call(twin, second)
    with pytest.raises(LeaseLost):
        await call(house.services, first[0])
    assert len(calls(house)) == 2
    assert len(await happened(house, case, "call.made")) == 2
    await other.close()


async def test_a_call_that_fails_for_a_reason_of_ours_goes_on_to_the_next(house: House) -> None:
    case = await threatened(house)
    house.world.clock.advance(10 * MINUTE)
    [job] = await house.due(Kind.CALL)
    await GIVING_UP[Kind.CALL](house.services, job, "KeyError in x:1")
    await house.work()
    assert places(house)[1:] == ["C-billing-lead"]
    assert "could not be called" in (await happened(house, case, "call.passed"))[0]["reason"]


async def test_slack_that_refuses_one_call_does_not_end_the_chain(house: House) -> None:
    await threatened(house)
    post = house.world.chat.post

    async def refusing(channel: str, *args: object, **more: object) -> str:
        if channel == f"D-{LENA}":
            raise Refused("user is gone", code="user_not_found")
        return await post(channel, *args, **more)  # type: ignore[arg-type]

    house.world.chat.post = refusing  # type: ignore[method-assign,assignment]
    await later(house, 600)
    await settle(house.services, house.world.clock)
    assert places(house)[-1] == "C-general-support"
