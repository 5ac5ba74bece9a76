"""An admin asks how we are: /triage doctor looks at every door and answers them alone."""

import asyncio

from slack_bolt.async_app import AsyncAck, AsyncRespond

from handlers.door_checks import thorough
from handlers.services import Services
from handlers.slack.answers import PATIENT_SECONDS, UNREACHED, explained
from handlers.views.doctor import Looked, doctor_card
from pipeline.authorise import must_have
from pipeline.errors import TriageError
from pipeline.ports import Card
from pipeline.roles import Right


async def examined(services: Services, user: str, ack: AsyncAck, respond: AsyncRespond) -> None:
    """Acknowledge at once, since looking takes longer than Slack waits; nothing is changed by it."""
    try:
        must_have(Right.INSTALLING, await services.chat.person(user), services.policy)
    except TriageError as error:
        await ack(text=await explained(error), response_type="ephemeral")
        return
    await ack(text="🩺 Looking at every door…", response_type="ephemeral")
    card = await checks_card(services)
    try:
        async with asyncio.timeout(PATIENT_SECONDS):
            shown = [dict(block) for block in card.blocks]
            await respond(text=card.text, blocks=shown, response_type="ephemeral", replace_original=True)
    except UNREACHED:
        return  # whoever asked sees that no answer came, and asks again


async def checks_card(services: Services) -> Card:
    """Look at everything, and return what there is to read."""
    checks = await thorough(services)
    return doctor_card([Looked(name=check.name, ok=check.ok, told=check.told) for check in checks])
