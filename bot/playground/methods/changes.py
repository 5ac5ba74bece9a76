"""chat.update and chat.delete: what the app said, said otherwise or taken back."""

from bot.playground.events import announce_change, announce_deletion
from bot.playground.methods.call import Call, Method
from bot.playground.methods.content import CONTENT, read_content, require_saying
from bot.playground.methods.destination import broadcast, find_root, is_own, may_write
from bot.playground.people import Channel
from bot.playground.shown import show_message
from bot.playground.shown_files import show_file
from bot.playground.wire import Object, Refusal

LONGEST_TEXT = 4_000
"""A posted message may say more than a changed one."""


def update(call: Call) -> Object:
    """Fields that are left out stay as they were."""
    channel = call.channel()
    old = _own(call, channel, "cant_update_message")
    if channel.is_archived:
        raise Refusal("is_inactive")
    if old.get("streaming"):
        raise Refusal("streaming_state_conflict")
    content = _new_content(call, channel, old)
    edited = {"user": call.actor, "ts": call.playground.clock.ts()}
    message = call.playground.messages.change(channel.id, old["ts"], **content, edited=edited)
    announce_change(call.playground, message, old)
    shown = show_message(message, with_metadata=True)
    del shown["ts"]  # Slack gives it beside the message, not in it.
    return {"channel": channel.id, "ts": old["ts"], "text": message.get("text", ""), "message": shown}


def delete(call: Call) -> Object:
    channel = call.channel()
    message = _own(call, channel, "cant_delete_message")
    if channel.is_archived:
        raise Refusal("cant_delete_message")
    call.playground.messages.delete(channel.id, message["ts"])
    announce_deletion(call.playground, message)
    return {"channel": channel.id, "ts": message["ts"]}


def _own(call: Call, channel: Channel, wrong: str) -> Object:
    """The caller's own message, in a channel where it may still write."""
    message = call.playground.messages.find(channel.id, call.arguments.text("ts"))
    if message.get("subtype") == "tombstone":
        raise Refusal("message_not_found")
    if not is_own(call, message) or not may_write(call, channel):
        raise Refusal(wrong)
    return message


def _new_content(call: Call, channel: Channel, old: Object) -> Object:
    changed = any(part in call.arguments for part in (*CONTENT, "file_ids"))
    if call.arguments.boolean("reply_broadcast"):
        if changed:
            raise Refusal("no_dual_broadcast_content_update")
        return _broadcast(call, channel, old)
    if not changed:
        raise Refusal("no_text")
    content = {**read_content(call, LONGEST_TEXT), **_files(call)}
    require_saying(old | content)
    if content.get("metadata") == {}:
        content["metadata"] = None
    return content


def _broadcast(call: Call, channel: Channel, old: Object) -> Object:
    is_reply = old.get("thread_ts", old["ts"]) != old["ts"]
    if not is_reply or old.get("subtype") == "thread_broadcast":
        raise Refusal("cant_broadcast_message")
    return broadcast(find_root(call, channel, old["ts"], "cant_broadcast_message"))


def _files(call: Call) -> Object:
    """The files that the message carries from now on, where the call names them."""
    if "file_ids" not in call.arguments:
        return {}
    named = call.arguments.values["file_ids"]
    ids = named if isinstance(named, list) else [each for each in str(named).strip("[]").split(",") if each]
    files = [call.playground.files.find(str(each).strip(' "'), call.playground.team.id) for each in ids]
    return {"files": [show_file(call.playground, file) for file in files] or None}


METHODS = (
    Method(
        "chat.update",
        update,
        ("channel", "ts"),
        (*CONTENT, "as_user", "file_ids", "link_names", "parse", "reply_broadcast"),
        "chat:write",
    ),
    Method("chat.delete", delete, ("channel", "ts"), ("as_user",), "chat:write"),
)
