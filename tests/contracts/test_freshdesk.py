"""What we send to Freshdesk is what its contract says."""

from tests.bot.adapters.helpdesks.desks import freshdesk
from tests.bot.adapters.helpdesks.fake_freshdesk import FakeFreshdesk
from tests.contracts import openapi
from tests.contracts.helpdesk_requests import use_everything, violations


async def test_every_request_is_within_the_contract() -> None:
    fake = FakeFreshdesk(requester={"id": 5, "name": "Ines", "email": "i@c.example"})
    await use_everything(freshdesk(fake))
    assert violations(openapi.freshdesk(), fake.requests) == []
    assert len(fake.changes) == 22 and len(fake.said) == 26
    assert {change.get("group_id") for change in fake.changes} == {None, 119}
