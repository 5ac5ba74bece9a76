"""Something of ours broke: a reference for the person, ids for the log, and no customer's words in it."""

import secrets
import traceback
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp, AsyncRespond

from handlers.slack.answers import whisper


def register(app: AsyncApp) -> None:
    """Take the place of Bolt's own handler, which logs the message of every error."""
    app.error(failed)


async def failed(error: Exception, body: dict[str, Any], respond: AsyncRespond) -> None:
    """Tell the person, and say where it broke. Slack gets a 500, so that it shows or repeats it."""
    reference = noted(error, body)
    if body.get("response_url"):
        await whisper(respond, f"That did not work; nothing was lost. Reference {reference}.")


def noted(error: Exception, body: dict[str, Any]) -> str:
    """Log where it broke, and return the reference under which it is found."""
    reference = secrets.token_hex(4)
    structlog.get_logger().error(
        "listener.failed",
        reference=reference,
        error=type(error).__name__,
        where=_where(error),
        what=str(body.get("type", body.get("command", "")))[:50],
        delivery=str(body.get("event_id", ""))[:50],
    )
    return reference


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].name}:{frames[-1].lineno}" if frames else ""
