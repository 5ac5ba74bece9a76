"""Every analysis is kept with its receipt, and comes to the same bytes again from the database."""

from handlers.changing import change
from pipeline.case import Actor
from pipeline.policy_change import Step
from pipeline.replay import replayed, serialised
from pipeline.triage import read
from storage.store import Store
from tests.fakes.house import House


async def test_what_is_stored_can_be_replayed(store: Store) -> None:
    house = House(store)
    lena = Actor(id="ULENA", name="Lena")
    await change(house.services, lena, [Step(path=("thresholds", "answer"), value=0.55)], "", 0)
    case = await house.shown()
    assert case.analysis is not None and case.analysis.receipt is not None
    assert case.analysis.receipt.policy == 1
    again = replayed(case.analysis, read(case.ticket)[1], house.services.policy, 1)
    assert serialised(again) == serialised(case.analysis)
