"""The newest tickets are replayed in pages, with a word on how far it is, on either database."""

import pytest

from handlers.simulating import CHUNK, NothingToReplay, simulated
from pipeline.case import DESK, Case
from pipeline.policy_change import Step, changed
from pipeline.simulate import Change
from storage.cases import Event, create
from storage.store import Store
from tests.fakes.clock import MORNING
from tests.fakes.desk import policy
from tests.fakes.house import House, told
from tests.pipeline.concluding import analysed, read_as

STRICTER = changed(policy(), [Step(path=("thresholds", "alarm"), value=0.055)])


async def stored(house: House, count: int) -> None:
    analysis, _ = analysed("My card was charged twice.", read_as(complaint=0.06), policy())
    async with house.store.begin() as tx:
        for number in range(count):
            ticket = told(id_=f"t{number}")
            case = Case(id=f"c{number}", workspace="default", ticket=ticket, created_at=MORNING, analysis=analysis)
            await create(tx, case, Event(kind="ticket.opened", actor=DESK))


async def test_as_many_as_were_asked_for_are_replayed_and_progress_is_told(store: Store) -> None:
    house, heard = House(store), []
    await stored(house, CHUNK + 5)

    async def progress(done: int, total: int) -> None:
        heard.append((done, total))

    found = await simulated(house.services, STRICTER, 2000, progress)
    assert (found.tickets, found.raised) == (CHUNK + 5, CHUNK + 5)
    assert heard == [(0, CHUNK + 5), (CHUNK, CHUNK + 5)]
    assert found == await simulated(house.services, STRICTER, 2000, progress)
    fewer = await simulated(house.services, STRICTER, 7, progress)
    assert fewer.teams["billing_lead"] == Change(before=0, after=7)


async def test_without_a_receipt_there_is_nothing_to_replay(store: Store) -> None:
    house = House(store)
    with pytest.raises(NothingToReplay):
        await simulated(house.services, STRICTER, 200, lambda *_: None)  # type: ignore[arg-type, return-value]
