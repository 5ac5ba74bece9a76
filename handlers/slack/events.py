"""Something happened in the workspace."""

import re

from slack_bolt.async_app import AsyncApp

from handlers.services import Services
from handlers.strays import owe_look
from storage.outbox import first_time

SOURCE = "slack"


def register(app: AsyncApp, services: Services) -> None:
    """Look after strays when a channel opens to us; acknowledge every other event."""

    async def opened() -> None:
        await owe_look(services)

    app.event("member_joined_channel")(opened)
    app.event(re.compile(".*"))(_nothing)


async def is_new(services: Services, event_id: str) -> bool:
    """Whether an event comes for the first time: Slack delivers one up to four times."""
    async with services.store.begin() as tx:
        return await first_time(tx, SOURCE, event_id[:255], "", services.clock.now())


async def _nothing() -> None:
    """Bolt would answer 404 to an event without a listener, and Slack would send it again."""
