"""The app was removed from a workspace, or a token revoked: what is owed there waits until it is back."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp

from handlers.services import Services
from handlers.slack.whence import WORKSPACE
from pipeline.errors import TriageError
from storage.installations import deactivate

Body = dict[str, Any]  # as Bolt hands it over
Next = Callable[[], Awaitable[None]]
REMOVED = "The app was removed"


def register(app: AsyncApp, services: Services) -> None:
    """Listen to both events. With a token from the settings no installation is on record, and nothing changes.

    Bolt acknowledges an event before its listener runs, so what must not be lost is done in a middleware.
    """

    async def uninstalled(body: Body, next: Next) -> None:
        await _gone(services, body)
        await next()

    async def revoked(body: Body, next: Next) -> None:
        try:  # it may have been an older token: whether ours still opens, only Slack can tell
            await services.chat.scopes(str(body.get(WORKSPACE) or ""))
        except TriageError as error:
            structlog.get_logger().warning("token.revoked", error=type(error).__name__)
        await next()

    app.event("app_uninstalled", middleware=[uninstalled])(_nothing)
    app.event("tokens_revoked", middleware=[revoked])(_nothing)


async def _gone(services: Services, body: Body) -> None:
    """Note it, unless the app was installed again since: Slack delivers an event up to some minutes late."""
    team, at = str(body.get("team_id", "")), datetime.fromtimestamp(int(body.get("event_time", 0)) + 1, UTC)
    async with services.store.begin() as tx:
        gone = await deactivate(tx, services.workspace, team, REMOVED, before=at)
    structlog.get_logger().warning("workspace.uninstalled", team=team[:32], known=gone)


async def _nothing() -> None:
    """The middleware has noted it."""
