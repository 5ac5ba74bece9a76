"""Somebody writes in a channel: only the threads of which tickets were made are listened to."""

import re
from collections.abc import Awaitable, Callable
from typing import Any, Final

from slack_bolt.async_app import AsyncApp

from handlers.services import Services
from handlers.slack.whence import addressed
from handlers.slack_thread import Heard, hear
from pipeline.ports import Spoken

Body = dict[str, Any]  # as Bolt hands it over; heard_in is the border
Next = Callable[[], Awaitable[None]]
_WORDS: Final = (None, "file_share", "me_message", "thread_broadcast")  # subtypes under which a person says something
_TS: Final = re.compile(r"\d{1,12}\.\d{1,9}")


def register(app: AsyncApp, services: Services) -> None:
    """Listen to channels. What counts is saved before Bolt acknowledges, which it does on the listener's way."""

    async def save(body: Body, next: Next) -> None:
        if (heard := heard_in(body)) is not None:
            await hear(services, heard)
        await next()

    app.event("message", matchers=[_in_channel], middleware=[save])(_done)


async def _in_channel(event: Body) -> bool:
    return event.get("channel_type") in ("channel", "group")


def heard_in(body: Body) -> Heard | None:
    """Return what a person said, edited or took back in a thread; None for all else, and for what any app wrote.

    A message that begins a thread is no ticket yet. Slack tells of a link's preview and of a counted answer as of
    a change, and of a deleted message with answers as of one that became its own gravestone.
    """
    event = body["event"]
    subtype, now, before = event.get("subtype"), event.get("message") or {}, event.get("previous_message") or {}
    if subtype == "message_deleted" or (subtype == "message_changed" and now.get("subtype") == "tombstone"):
        return _heard(body, {"ts": event.get("deleted_ts") or now.get("ts"), **before}, gone=True)
    if subtype == "message_changed":
        changed = bool(now.get("edited")) and now.get("text") != before.get("text")
        return _heard(body, now, edited=str(now["edited"].get("ts") or ""), gone=_is_blank(now)) if changed else None
    if subtype not in _WORDS or event.get("thread_ts") in (None, event.get("ts")) or _is_blank(event):
        return None
    return _heard(body, event)


def _heard(body: Body, message: Body, *, edited: str = "", gone: bool = False) -> Heard | None:
    ts, user = str(message.get("ts") or ""), message.get("user")
    thread = str(message.get("thread_ts") or ts)
    if message.get("bot_id") or not (user or gone) or not all(map(_TS.fullmatch, (ts, thread, edited or ts))):
        return None
    said = Spoken(ts=ts, thread=thread, user=str(user or ""), text=str(message.get("text") or ""))
    return Heard(channel=addressed(body, body["event"].get("channel", "")), said=said, edited=edited, gone=gone)


def _is_blank(message: Body) -> bool:
    return not str(message.get("text") or "").strip()


async def _done() -> None:
    """What there was to do is saved."""
