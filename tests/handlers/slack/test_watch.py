"""/triage sla and /triage escalations: what presses, and who is called for it."""

import pytest

from handlers.slack.commands import answer
from pipeline.acts import Acknowledge, CallOff
from storage.store import Store
from tests.fakes.house import House, said, told
from tests.handlers.test_calling import LENA, THREATENS, USUAL, later, pressed, threatened, with_policy
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
