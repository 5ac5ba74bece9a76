"""/triage on-call says who is on call now and next; who is away is passed over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.policies import Policies
from handlers.slack.commands import answer
from pipeline.rotation import Rotation
from storage.store import Store
from tests.fakes.clock import MORNING
from tests.fakes.desk import policy
from tests.fakes.house import House
from tests.handlers.views.valid import must_be_valid

ROTATION = Rotation(members=("Omar Haddad", "Lena Fischer"), at="10:00", since=MORNING.date() - timedelta(days=7))


@pytest.fixture
def house(store: Store) -> House:
    house = House(store)
    teams = tuple(
        team.model_copy(update={"on_call": ROTATION if team.name == "engineering_oncall" else None})
        for team in policy().teams
    )
    house.services = replace(house.services, policies=Policies(policy().model_copy(update={"teams": teams})))
    return house


async def said(house: House, user: str, text: str) -> str:
    card = await answer(house.services, user, text)
    must_be_valid(card)
    return card.text


async def test_now_and_next_are_named_with_the_moment_of_handover(house: House) -> None:
    told = await said(house, "UANA", "on-call")
    handover = int((MORNING + timedelta(hours=1)).timestamp())
    assert f"Omar Haddad until <!date^{handover}" in told
    assert "then Lena Fischer" in told
    house.world.clock.advance(3600)
    assert "📟 Lena Fischer" in await said(house, "UANA", "on-call engineering_oncall")


async def test_who_is_away_is_passed_over_while_they_are(house: House) -> None:
    await said(house, "UOMAR", "away")
    assert "📟 Lena Fischer (for Omar Haddad, who is away)" in await said(house, "UANA", "on-call")
    await said(house, "UOMAR", "back")
    assert "📟 Omar Haddad until" in await said(house, "UANA", "on-call")


async def test_a_team_without_a_rotation_says_who_is_called_instead(house: House) -> None:
    assert "its lead Lena Fischer" in await said(house, "UANA", "on-call billing_lead")
    assert "no rotation" in await said(house, "UANA", "on-call #billing-support")
