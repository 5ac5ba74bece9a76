"""A form was sent: its answer is an acknowledgement, or takes the form's place when it comes later."""

from collections.abc import Awaitable
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.answers import UNREACHED
from handlers.slack.failures import noted
from handlers.slack.in_time import over, started
from handlers.views.blocks import Element
from handlers.views.escape import line
from handlers.views.working import done_view, form_again, working_view

Body = dict[str, Any]  # as Bolt hands it over
Answer = dict[str, Any]  # what `ack` takes


async def answered(body: Body, answering: Awaitable[Answer], ack: AsyncAck, client: AsyncWebClient) -> None:
    """Answer a form. One that takes long says so in its own place, and then how it ended."""
    task = started(answering)
    if await over(task):
        await ack(**task.result())
        return
    view = body["view"]
    name = str((view.get("title") or {}).get("text", "Working"))
    await ack(response_action="update", view=working_view(name))
    try:
        shown = _as_view(view, name, await task)
    except Exception as error:  # noqa: BLE001 - whoever waits is told of all of them
        shown = form_again(view, f"That did not work; nothing was lost. Reference {noted(error, body)}.")
    await changed(client, str(view["id"]), shown)


async def changed(client: AsyncWebClient, view_id: str, view: Element) -> None:
    """Let another view take a view's place. Whoever closed it meanwhile misses nothing that the card does not tell."""
    try:
        await client.views_update(view_id=view_id, view=view)
    except UNREACHED as error:
        structlog.get_logger().warning("view.not_changed", error=type(error).__name__)


def _as_view(view: Body, name: str, answer: Answer) -> Element:
    if "errors" in answer:
        return form_again(view, " ".join(line(words, 300) for words in answer["errors"].values()))
    following: Element | None = answer.get("view")
    return following or done_view(name)
