"""Lists in pages, with cursors as opaque as Slack's."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from bot.playground.methods.call import Call
from bot.playground.wire import Refusal

Item = TypeVar("Item")


def page(call: Call, items: Sequence[Item], default: int, most: int) -> tuple[list[Item], str]:
    """The page that `cursor` and `limit` ask for, and the cursor of the next one, "" at the end."""
    limit = call.arguments.integer("limit", default)
    if not 1 <= limit <= most:
        raise Refusal("invalid_limit")
    start = _position(call.arguments.text("cursor"))
    end = start + limit
    return list(items[start:end]), _cursor(end) if end < len(items) else ""


def _cursor(position: int) -> str:
    return base64.b64encode(f"next:{position}".encode()).decode()


def _position(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        name, _, position = base64.b64decode(cursor, validate=True).decode().partition(":")
        if name != "next":
            raise Refusal("invalid_cursor")
        return int(position)
    except (binascii.Error, ValueError):
        raise Refusal("invalid_cursor") from None
