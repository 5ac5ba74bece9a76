"""From which workspace something comes: ids from another than the usual one have that workspace before them."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_bolt.response import BoltResponse

from handlers.services import Services

WORKSPACE = "triage_workspace"  # what we add to a payload; whatever Slack sent under this name goes


def register(app: AsyncApp, services: Services) -> None:
    """Note in each payload which workspace it comes from, before any listener reads it."""

    async def note(
        body: dict[str, Any], context: AsyncBoltContext, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        body[WORKSPACE] = await services.chat.workspace(context.team_id or "")
        return await next()

    app.use(note)


def addressed(body: Mapping[str, Any], id_: object) -> str:
    """Return an id of a person or channel as the Chat door takes it."""
    before = str(body.get(WORKSPACE) or "")
    return f"{before}/{id_}" if before else str(id_)
