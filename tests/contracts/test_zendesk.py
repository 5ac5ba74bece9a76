"""What we send to Zendesk is what its contract says, and what is sent goes to it as JSON."""

import httpx
import pytest

from tests.bot.adapters.helpdesks.desks import zendesk
from tests.bot.adapters.helpdesks.fake_zendesk import FakeZendesk
from tests.contracts import openapi
from tests.contracts.helpdesk_requests import use_everything, violations


@pytest.mark.parametrize("status", ["pending", "open", "solved", ""])
async def test_every_request_is_within_the_contract(status: str) -> None:
    fake, collided = FakeZendesk(users={501: {"name": "Ines", "email": "i@c.example"}}), [False]

    def collide_once(_: httpx.Request) -> None:
        if not collided[0]:
            collided[0] = True
            fake.move_on()

    fake.before_write = collide_once
    await use_everything(zendesk(fake, reply_status=status))
    assert violations(openapi.zendesk(), fake.requests) == []
    assert len(fake.changes) == 29 and collided[0]
    assert {request.headers.get("content-type") for request in fake.requests if request.content} == {"application/json"}


async def test_the_check_would_see_a_wrong_request() -> None:
    fake = FakeZendesk()
    await use_everything(zendesk(fake, reply_status="waiting"))
    assert any("'waiting' is not one of" in each for each in violations(openapi.zendesk(), fake.requests))
