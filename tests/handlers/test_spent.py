"""What a model took for a ticket is written down with what it gave, and again where the ticket had to be asked anew."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from pipeline.bill import Used, charge
from pipeline.classify import Classification
from pipeline.errors import Unavailable
from pipeline.mask import Masked
from pipeline.policy import Policy
from storage.store import Store
from storage.stories import stories_of
from storage.story_tables import model_calls
from tests.fakes.house import House, told
from tests.fakes.reading import FakeClassifier

USED = Used(model="m", purpose="Answers", outcome="ok", tokens_in=1000, tokens_cached=10, tokens_out=50, cost=0.25)


class Paid(FakeClassifier):
    """Charges for each reading; the first one fails after it."""

    failed = False

    async def classify(self, masked: Masked, policy: Policy) -> Classification:
        charge(USED)
        if not self.failed:
            self.failed = True
            raise Unavailable
        return await super().classify(masked, policy)


async def test_each_call_for_a_ticket_is_in_its_story(store: Store) -> None:
    house = House(store)
    house.services = replace(house.services, classifier=Paid())
    case_id = await house.arrive(told())
    [job] = [job for job in await house.due() if job.kind.value == "triage"]
    with pytest.raises(Unavailable):
        await house.do(job)
    await house.do(job)
    async with store.reader() as connection:
        [story] = await stories_of(connection, [case_id])
        rows = (await connection.execute(select(model_calls))).all()
    assert (story.spent.tokens_in, story.spent.tokens_out, story.spent.cost) == (2000, 100, 0.5)
    assert not story.spent.unpriced
    assert [(row.case_id, row.model, row.tokens_cached) for row in rows] == [(case_id, "m", 10)] * 2
