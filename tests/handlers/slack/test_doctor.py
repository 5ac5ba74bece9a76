"""/triage doctor looks at every door for an admin alone; everybody else hears whom to ask."""

import pytest

from pipeline.policy import Member
from tests.handlers.slack.desk import Desk, policy


async def ask(desk: Desk, user: str) -> str:
    told = {"user": user, "channel": "C0BILLING", "command": "/triage", "text": "doctor"}
    assert (await desk.page.post("/playground/command", json=told)).json() == {"ok": True}
    return str([m for m in desk.playground.messages.ephemerals() if m["ephemeral_to"] == user])


@pytest.mark.parametrize("user", ["U0ANA", "U0LENA", "U0GINA"])
async def test_who_is_no_admin_hears_whom_to_ask(desk: Desk, user: str) -> None:
    said = await ask(desk, user)
    assert "Only admins can install the app and look into its set-up" in said
    assert "helpdesk" not in said


async def test_an_admin_reads_what_is_wrong_and_what_to_do(desk: Desk) -> None:
    ada = Member(name="Ada Keller", email="ada@playground.example")
    desk.services.policies.now = type(desk.services.policies.now)(policy().model_copy(update={"admins": (ada,)}))
    assert "Looking at every door" in await ask(desk, "U0ADA")
    await desk.until(lambda: "somebody" in str(desk.playground.messages.ephemerals()))
    said = str(desk.playground.messages.ephemerals()[-1])
    assert "helpdesk zendesk" in said
    assert "In order" in said
