"""What the page is told of an act: that it went well, or in a person's words why it did not."""

from collections.abc import Awaitable, Callable

from bot.playground.delivery import Ack
from bot.playground.wire import Object, Refusal

SAID = {
    "message_not_found": "That message is not there any more.",
    "element_not_found": "That control is not there any more.",
    "channel_not_found": "There is no such channel.",
    "user_not_found": "There is no such person.",
    "not_in_channel": "This person is not in that channel.",
    "not_found": "That window is not open any more.",
    "already_reacted": "Already reacted with this emoji.",
    "no_reaction": "There is no such reaction of this person.",
    "is_archived": "This channel is archived.",
    "cant_update_message": "Only its author can change a message.",
    "cant_delete_message": "Only its author can delete a message.",
    "user_disabled": "This account is deactivated.",
}
"""Slack's codes in words that a person understands."""


def refused(refusal: Refusal) -> Object:
    return {"ok": False, "error": SAID.get(refusal.error, refusal.error)}


def tried(act: Callable[[], Object | None]) -> Object:
    """Do it, with what it answers beside `ok`."""
    try:
        return {"ok": True, **(act() or {})}
    except Refusal as refusal:
        return refused(refusal)


async def told(delivery: Awaitable[Ack]) -> Object:
    """How the app took it."""
    try:
        ack = await delivery
    except Refusal as refusal:
        return refused(refusal)
    return {"ok": False, "error": ack.explanation} if ack.error else {"ok": True}
