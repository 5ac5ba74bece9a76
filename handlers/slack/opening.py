"""Opening a form, which Slack allows for three seconds after a press."""

import asyncio
from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.answers import UNREACHED, attempt, explained
from handlers.slack.forms import changed
from handlers.slack.in_time import over, started
from handlers.views.blocks import Element
from handlers.views.modals import closed_modal
from handlers.views.working import working_view
from pipeline.decide import NotNow
from pipeline.errors import TriageError

SECONDS = 1.0  # for what a form shows; then it is opened without
_BROKEN = "That did not work; nothing was changed. The reference is told where you pressed."
Making = Callable[[], Awaitable[Element]]


class NotOpened(NotNow):
    """Slack did not open the form. Press the button again."""


async def opening(
    make: Making,
    client: AsyncWebClient,
    trigger: str,
    ack: AsyncAck,
    respond: AsyncRespond,
) -> None:
    """Open the form that `make` returns, or tell why not; what takes long to make is filled into an open one."""
    making = started(make())
    if await over(making, SECONDS):
        await attempt(lambda: _opened(client, trigger, making), ack, respond)
        return
    opened: list[str] = []

    async def skeleton() -> None:
        opened.append(await _open(client, trigger, working_view("One moment…")))

    await attempt(skeleton, ack, respond)
    if not opened:
        making.cancel()
        return
    try:
        await changed(client, opened[0], await _made(making))
    except Exception:
        await changed(client, opened[0], closed_modal("Not now", _BROKEN))
        raise


async def _opened(client: AsyncWebClient, trigger: str, making: Awaitable[Element]) -> None:
    await _open(client, trigger, await making)


async def _open(client: AsyncWebClient, trigger: str, view: Element) -> str:
    """Open a view and return its id. Raises NotOpened."""
    try:
        answer = await client.views_open(trigger_id=trigger, view=view)
    except UNREACHED as error:
        raise NotOpened from error
    return str(answer["view"]["id"])


async def _made(making: asyncio.Task[Element]) -> Element:
    try:
        return await making
    except TriageError as error:
        return closed_modal("Not now", await explained(error))
