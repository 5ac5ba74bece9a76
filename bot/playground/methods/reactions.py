"""reactions.*: emoji on messages."""

import re

from bot.playground.events import announce_reaction
from bot.playground.files import File
from bot.playground.methods.call import Call, Method
from bot.playground.methods.pages import page
from bot.playground.people import Channel
from bot.playground.shown import show_message
from bot.playground.shown_files import show_file
from bot.playground.wire import Object, Refusal


def add(call: Call) -> Object:
    channel, message, name = _target(call)
    call.playground.messages.react(channel.id, message["ts"], name, call.actor)
    announce_reaction(call.playground, call.actor, channel.id, message["ts"], name)
    return {}


def remove(call: Call) -> Object:
    if _file(call):
        raise Refusal("no_reaction")
    channel, message, name = _target(call)
    call.playground.messages.react(channel.id, message["ts"], name, call.actor, remove=True)
    announce_reaction(call.playground, call.actor, channel.id, message["ts"], name, removed=True)
    return {}


def get(call: Call) -> Object:
    if file := _file(call):
        return {"type": "file", "file": show_file(call.playground, file)}
    channel, message = _message(call)
    return {"type": "message", "channel": channel.id, "message": show_message(message, with_metadata=False)}


def list_reactions(call: Call) -> Object:
    """What one person reacted to, the latest message first; by page, or by cursor with `limit`."""
    user = call.arguments.text("user", call.actor)
    call.playground.workspace.person(user)
    channels = [channel.id for channel in call.playground.workspace.channels if call.actor in channel.members]
    found = [m for m in reversed(call.playground.messages.of(channels)) if _reacted(m, user)]
    items = [
        {"type": "message", "channel": m["channel"], "message": show_message(m, with_metadata=False)} for m in found
    ]
    if "limit" in call.arguments or "cursor" in call.arguments:
        shown, cursor = page(call, items, 100, 1000)
        return {"items": shown, "response_metadata": {"next_cursor": cursor}}
    count, number = max(1, call.arguments.integer("count", 100)), max(1, call.arguments.integer("page", 1))
    paging = {"count": count, "total": len(items), "page": number, "pages": -(-len(items) // count)}
    return {"items": items[(number - 1) * count : number * count], "paging": paging}


def _reacted(message: Object, user: str) -> bool:
    return any(user in each["users"] for each in message.get("reactions", []))


def _file(call: Call) -> File | None:
    """Nobody reacts to files any more, and there are no comments on them; they can still be asked for."""
    if "file_comment" in call.arguments:
        raise Refusal("file_comment_not_found")
    if "file" not in call.arguments:
        return None
    try:
        return call.playground.files.find(call.arguments.text("file"), call.playground.team.id)
    except Refusal:
        raise Refusal("file_not_found") from None


def _target(call: Call) -> tuple[Channel, Object, str]:
    name = call.arguments.text("name").strip(":")
    if not re.fullmatch(r"[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?", name):
        raise Refusal("invalid_name")
    channel, message = _message(call)
    if message.get("subtype") == "tombstone":
        raise Refusal("not_reactable")
    if call.actor not in channel.members:
        raise Refusal("not_in_channel")
    if channel.is_archived:
        raise Refusal("is_archived")
    thread_ts = str(message.get("thread_ts", message["ts"]))
    if (channel.id, thread_ts) in call.playground.restrictions.locked_threads:
        raise Refusal("thread_locked")
    return channel, message, name


def _message(call: Call) -> tuple[Channel, Object]:
    if "channel" not in call.arguments or "timestamp" not in call.arguments:
        raise Refusal("no_item_specified")
    ts = call.arguments.text("timestamp")
    if not re.fullmatch(r"\d+\.\d{6}", ts):
        raise Refusal("bad_timestamp")
    channel = call.channel()
    return channel, call.playground.messages.find(channel.id, ts)


METHODS = (
    Method("reactions.add", add, ("name",), ("channel", "timestamp"), "reactions:write"),
    Method(
        "reactions.remove",
        remove,
        ("name",),
        ("channel", "timestamp", "file", "file_comment"),
        "reactions:write",
        2,
    ),
    Method("reactions.get", get, (), ("channel", "timestamp", "file", "file_comment", "full"), "reactions:read"),
    Method(
        "reactions.list",
        list_reactions,
        (),
        ("count", "cursor", "full", "limit", "page", "user"),
        "reactions:read",
        2,
    ),
)
