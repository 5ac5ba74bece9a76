"""Somebody opened a line of a digest: its ticket gets its card at once."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

from handlers.decisions import load_case
from handlers.digest import open_line
from handlers.services import Services
from handlers.slack.answers import attempt, whisper
from handlers.slack.press import read_press
from handlers.views.digest import OPEN, card_comes, card_is
from pipeline.authorise import may_look
from storage.cards import CARD, placed


def register(app: AsyncApp, services: Services) -> None:
    """Listen to the buttons of a digest."""

    async def listen(body: dict[str, Any], ack: AsyncAck, respond: AsyncRespond) -> None:
        async def work() -> None:
            await whisper(respond, await opened(services, body))

        await attempt(work, ack, respond)

    app.action(re.compile(rf"{re.escape(OPEN)}\.\d+"))(listen)


async def opened(services: Services, body: dict[str, Any]) -> str:
    """Give the ticket of a line its card, and return what the person reads. Raises NotNow."""
    press = read_press(body)
    may_look(await services.chat.person(press.user), services.policy)
    case = await load_case(services, press.value)
    async with services.store.begin() as tx:
        if await open_line(services, tx, case.id):
            return card_comes(case)
        shown = await placed(tx.connection, case.id)
    here = next((one for one in reversed(shown) if one.role == CARD), None)
    return card_is(case, await services.chat.permalink(here.channel, here.ts) if here else "")
