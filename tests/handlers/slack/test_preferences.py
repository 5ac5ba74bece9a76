"""People say when and for what they want to be called, and calls and new tickets keep to it."""

from datetime import timedelta

import pytest

from handlers.slack.preferences import form_for, save
from handlers.slack.press import Form
from handlers.slack.unfit import Unfit
from handlers.zones import zone_for
from pipeline.acts import Claim
from pipeline.authorise import NotAllowed
from pipeline.chain import Step, Whom
from pipeline.ports import Person
from pipeline.preferences import Mentions, Preferences
from storage.preferences import preferred
from storage.store import Store
from tests.fakes.clock import MORNING
from tests.fakes.house import House, told
from tests.handlers.test_calling import (
    EVE,
    LENA,
    calls,
    escalating,
    happened,
    later,
    pressed,
    threatened,
    with_policy,
)
from tests.handlers.test_warn import at_share
from tests.handlers.views.valid import must_be_valid_view


@pytest.fixture
def house(store: Store) -> House:
    steps = Step(call="Eve Berg", after=0), Step(call=Whom.LEAD, after=10)
    return with_policy(House(store), escalating(*steps))


async def prefers(house: House, user: str, **values: str) -> None:
    usual = {"mentions": "all", "hours": "", "zone": "UTC"}
    form = Form(user=user, case="", shown="", channel="", ts="", values=usual | values)
    await save(house.services, await house.services.chat.person(user), form)


async def test_the_form_shows_what_counts_and_keeps_what_was_chosen(house: House) -> None:
    person = await house.services.chat.person(EVE)
    must_be_valid_view(await form_for(house.services, person))
    await prefers(house, EVE, mentions="mine", hours="09:00 - 17:30", zone="Europe/Berlin")
    shown = await form_for(house.services, person)
    must_be_valid_view(shown)
    assert "'initial_value': '09:00-17:30'" in str(shown)
    assert shown["blocks"][0]["element"]["initial_option"]["value"] == "mine"
    async with house.store.reader() as connection:
        known = await preferred(connection, house.services.workspace)
    assert known == {"Eve Berg": Preferences(mentions=Mentions.MINE, hours="09:00-17:30", zone="Europe/Berlin")}
    assert (await zone_for(house.services, person)).key == "Europe/Berlin"


@pytest.mark.parametrize(
    ("values", "block"),
    [
        ({"hours": "9-5"}, "hours"),
        ({"hours": "25:00-26:00"}, "hours"),
        ({"hours": "09:00-1٠:00"}, "hours"),
        ({"zone": "Berlin"}, "zone"),
        ({"zone": ""}, "zone"),
        ({"mentions": "some"}, "mentions"),
    ],
)
async def test_what_cannot_be_is_refused_with_what_to_write(house: House, values: dict[str, str], block: str) -> None:
    with pytest.raises(Unfit) as refusal:
        await prefers(house, EVE, **values)
    assert refusal.value.block == block


async def test_who_is_in_no_team_has_nothing_to_choose(house: House) -> None:
    house.world.chat.join(Person(id="UOUT", name="Otto", email="otto@x.example", stranger=False))
    with pytest.raises(NotAllowed, match="in no team"):
        await prefers(house, "UOUT")


async def test_outside_their_hours_a_call_waits_where_the_target_allows_it(house: House) -> None:
    await prefers(house, EVE, hours="10:00-18:00")
    case = await threatened(house)
    assert calls(house) == []
    [held] = await happened(house, case, "call.held")
    assert held == {
        "who": "Eve Berg",
        "reason": "is not at work",
        "until": (MORNING + timedelta(hours=1)).isoformat(),
    }
    await later(house, 59)
    assert calls(house) == []
    await later(house, 1)
    assert f"<@{EVE}>" in calls(house)[0].card.text
    await later(house, 10)
    assert len(calls(house)) == 2


async def test_an_answer_ends_a_call_that_waits(house: House) -> None:
    await prefers(house, EVE, hours="10:00-18:00")
    case = await threatened(house)
    await pressed(house, LENA, case, Claim)
    await later(house, 60)
    assert calls(house) == []


async def test_where_waiting_would_miss_the_target_the_next_is_called_at_once(house: House) -> None:
    await prefers(house, EVE, hours="09:30-10:00")
    house.world.clock.set(MORNING + timedelta(hours=2))
    case = await threatened(house)
    assert case.due_at == MORNING + timedelta(hours=24)  # half an hour before Eve is there again
    assert [LENA in post.card.text for post in calls(house)] == [True]
    [passed] = await happened(house, case, "call.passed")
    assert passed == {"who": "Eve Berg", "reason": "is not at work"}


async def test_do_not_disturb_is_kept_to_and_when_slack_does_not_tell_the_call_is_made(house: House) -> None:
    house.world.chat.quiet[EVE] = MORNING + timedelta(minutes=30)
    case = await threatened(house)
    [held] = await happened(house, case, "call.held")
    assert held["reason"] == "has notifications switched off"
    await later(house, 30)
    assert len(calls(house)) == 1


async def test_who_does_not_want_to_be_mentioned_is_passed_over(house: House) -> None:
    await prefers(house, EVE, mentions="none")
    await threatened(house)
    assert [LENA in post.card.text for post in calls(house)] == [True]


async def test_who_wants_only_their_own_is_called_for_these(house: House) -> None:
    await prefers(house, "UANA", mentions="mine")
    case = await house.shown()
    await at_share(house, case, 0.8)
    assert "<@UANA>" in calls(house)[0].card.text


async def test_new_tickets_go_to_who_is_at_work_by_their_own_hours(house: House) -> None:
    assert (await house.shown()).agent == "Ana Ribeiro"
    await prefers(house, "UANA", hours="09:00-17:00", zone="Asia/Tokyo")
    case_id = await house.arrive(told(id_="t2"), "d2")
    await house.work()
    assert (await house.case(case_id)).agent != "Ana Ribeiro"
