"""What we send to Intercom is what its contract says, for conversations and for tickets."""

import pytest

from tests.bot.adapters.helpdesks.desks import intercom
from tests.bot.adapters.helpdesks.fake_intercom import FakeIntercom
from tests.contracts import openapi
from tests.contracts.helpdesk_requests import use_everything, violations


@pytest.mark.parametrize("kind", ["conversations", "tickets"])
async def test_every_request_is_within_the_contract(kind: str) -> None:
    fake = FakeIntercom(kind=kind, contact={"name": "Ines", "email": "i@c.example"})
    await use_everything(intercom(fake), customer="63a07ddf05a32042dffac965")
    assert violations(openapi.intercom(), fake.requests) == []
    assert {path.rpartition("/")[2] for _, path, _ in fake.wrote} >= {"reply", "tags"}
    assert len(fake.parts) == 26
